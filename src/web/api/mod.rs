//! The JSON API: `/api/v1`. Handlers parse, ask, render; every error becomes problem+json in `layers::errors`.

mod description;
mod items;
mod lists;
mod search;
mod strict;

use axum::Router;
use axum::http::Method;
use axum::routing::get;
use tower_http::cors::{Any, CorsLayer};

pub(crate) use description::description;
pub(crate) use search::paged;
pub(crate) use strict::{Base, NoParameters, StrictSearch};

use super::state::App;

/// Every route of the API.
pub(crate) fn routes() -> Router<App> {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .expose_headers(Any);
    Router::new()
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/items/{id}", get(items::item))
        .route("/api/v1/meetings/{id}", get(items::meeting))
        .route("/api/v1/committees", get(lists::committees))
        .route("/api/v1/roles", get(lists::roles))
        .route("/api/v1/topics", get(lists::topics))
        .route("/api/v1/coverage", get(lists::coverage))
        .route("/api/v1/openapi.json", get(description::openapi))
        .layer(cors)
}
