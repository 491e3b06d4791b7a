//! Entity tags tied to the index's generation: whoever has the present answer hears 304 before anything is searched.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::state::App;

/// How long an answer of the API or a file may be kept without asking.
const KEEP: &str = "public, max-age=60";
/// Pages are asked for again each time, and answers to questions are no one else's business.
const ASK_AGAIN: &str = "private, no-cache";

/// Answers 304 where the visitor has the present answer, and tags what is answered.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return next.run(request).await;
    }
    app.look_at_withheld().await;
    if matches!(request.uri().path(), "/held" | "/.well-known/security.txt") {
        // How the crawls go and what day it is change without the index.
        let mut response = next.run(request).await;
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(ASK_AGAIN));
        return response;
    }
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let tag = app.entity_tag(&address, host);
    let keep = if address.starts_with("/api/") { KEEP } else { ASK_AGAIN };
    let fresh = has(request.headers(), &tag);
    let mut response =
        if fresh { StatusCode::NOT_MODIFIED.into_response() } else { next.run(request).await };
    if response.status() == StatusCode::OK || response.status() == StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.entry(header::ETAG).or_insert(tag);
        }
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    }
    response
}

fn has(headers: &HeaderMap, tag: &str) -> bool {
    let ours = tag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|theirs| theirs.trim().trim_start_matches("W/") == ours)
}
