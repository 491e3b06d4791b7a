//! Gives every error its face: problem+json for programs, a page with ways on for people. Bare statuses of other layers
//! (no such route, wrong method, timeout) get the same treatment, so that no answer is ever empty.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::error::WebError;
use crate::web::limit::Visitor;
use crate::web::pages;
use crate::web::state::App;

/// An error, as RFC 9457 writes it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Address of the kind of problem.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What it is.
    pub(crate) title: String,
    /// HTTP status.
    pub(crate) status: u16,
    /// What it means and what to do.
    pub(crate) detail: String,
    /// The path asked for.
    pub(crate) instance: String,
    /// The parameters that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<ProblemParameter>,
}

/// One parameter that cannot be used.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProblemParameter {
    /// Its name.
    pub(crate) parameter: String,
    /// What is wrong with it.
    pub(crate) detail: String,
}

/// Renders errors.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let proxied = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.proxied);
    let base = app.base(request.headers(), proxied);
    let response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let program = is_for_programs(&path);
    let known = response.extensions().get::<WebError>().cloned();
    if known.is_none() && !program && is_page(&response) {
        // A page that is an error and says so itself, such as the search form with a wrong date.
        return response;
    }
    let status = response.status();
    let error = known.or_else(|| WebError::of_status(status));
    let mut rendered = if program {
        problem(&path, status, error.as_ref(), &base)
    } else {
        pages::error(&app, status, error.as_ref(), &path, &base)
    };
    for name in [header::ALLOW, header::ACCESS_CONTROL_ALLOW_ORIGIN] {
        if let Some(value) = response.headers().get(&name) {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(seconds) = error.as_ref().and_then(WebError::retry_after) {
        rendered.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    rendered.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    rendered
}

/// Whether an address is meant for programs: the API, health, files and feeds.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
        || matches!(path, "/healthz" | "/readyz" | "/search.csv" | "/search.jsonl" | "/search.atom")
}

fn problem(path: &str, status: StatusCode, error: Option<&WebError>, base: &str) -> Response {
    let plain = || status.canonical_reason().unwrap_or("Error").to_owned();
    let (title, detail, kind) = match error {
        Some(error) => (error.title(), error.detail(), error.kind()),
        None => (plain(), bare_detail(status), "refused"),
    };
    let errors = match error {
        Some(WebError::BadParameters(bad)) => bad
            .iter()
            .map(|bad| ProblemParameter {
                parameter: bad.name.clone(),
                detail: bad.message.clone(),
            })
            .collect(),
        _ => Vec::new(),
    };
    let problem = Problem {
        kind: format!("{base}/api#problem-{kind}"),
        title,
        status: status.as_u16(),
        detail,
        instance: path.to_owned(),
        errors,
    };
    let mut response = (status, Json(problem)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn bare_detail(status: StatusCode) -> String {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            "Only GET, HEAD and OPTIONS are answered here; nothing can be changed over the web."
                .to_owned()
        }
        _ => "The request cannot be answered as it stands.".to_owned(),
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
