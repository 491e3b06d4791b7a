//! The pages: one struct and one template each. A handler parses, asks, renders.

mod error;
mod frame;
pub mod home;
pub mod item;
pub mod search;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

pub use error::error;
pub use frame::{Crumb, Feed, Frame};

use super::error::WebError;

/// Renders a page.
pub fn render(page: &impl Template) -> Result<Response, WebError> {
    page.render().map(|html| Html(html).into_response()).map_err(|error| WebError::internal(&error))
}
