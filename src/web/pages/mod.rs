//! The pages: one struct and one template each. A handler parses, asks, renders.

pub(crate) mod cite;
pub(crate) mod committee;
mod error;
mod frame;
pub(crate) mod held;
pub(crate) mod home;
pub(crate) mod item;
pub(crate) mod listed;
pub(crate) mod lists;
pub(crate) mod meeting;
pub(crate) mod search;
pub(crate) mod texts;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

pub(crate) use error::error;
pub(crate) use frame::{Crumb, Feed, Frame};

use super::error::WebError;

/// Renders a page.
pub(crate) fn render(page: &impl Template) -> Result<Response, WebError> {
    page.render().map(|html| Html(html).into_response()).map_err(|error| WebError::internal(&error))
}
