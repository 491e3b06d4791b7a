//! The page a person meets instead of an answer, with ways on.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::Frame;
use crate::web::error::WebError;
use crate::web::state::App;

#[derive(Template)]
#[template(path = "error.html", config = ".config/askama.toml")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    detail: String,
    status: u16,
    path: String,
}

/// The page for an error.
pub(crate) fn error(
    app: &App,
    status: StatusCode,
    error: Option<&WebError>,
    path: &str,
    base: &str,
) -> Response {
    let heading = error
        .map_or_else(|| status.canonical_reason().unwrap_or("Error").to_owned(), WebError::title);
    let detail = error.map_or_else(
        || "The request cannot be answered as it stands.".to_owned(),
        WebError::detail,
    );
    let mut frame = Frame::new(app, base, heading.clone());
    frame.noindex = true;
    let path: String = path.chars().take(200).collect();
    let page = ErrorPage { frame, heading, detail, status: status.as_u16(), path };
    let html = page.render().unwrap_or_else(|_| "Something went wrong here.".to_owned());
    (status, Html(html)).into_response()
}
