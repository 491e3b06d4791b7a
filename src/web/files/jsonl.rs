//! `GET /search.jsonl`: every result of a search, one JSON object a line, in the shape of the API's results.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use minutebook_index::results::Hit;

use super::stream;
use crate::web::api::{Base, StrictSearch};
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::view::HitView;

/// Every result of a search.
pub(crate) async fn jsonl(
    State(app): State<App>,
    Base(base): Base,
    StrictSearch(search): StrictSearch,
) -> Result<Response, WebError> {
    let settings = app.settings().clone();
    let text = search.text.clone();
    let line = move |hit: &Hit| {
        if settings.withholds(&hit.id, &hit.meeting) {
            return None;
        }
        self::line(hit, &base, &text).ok()
    };
    let body = stream::body(&app, search, Vec::new(), line).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"minutes.jsonl\""),
    ];
    Ok((headers, body).into_response())
}

/// One hit as a line; `text` is the query, for the item's address.
pub(crate) fn line(hit: &Hit, base: &str, text: &str) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&HitView::new(hit, base, text))?;
    line.push(b'\n');
    Ok(line)
}
