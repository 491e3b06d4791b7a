//! What the API's handlers take: a checked search, or no parameters at all; and the site's address as this request sees it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use minutebook_index::Search;

use crate::web::error::WebError;
use crate::web::limit::Visitor;
use crate::web::params::{self, BadParameter, Face, MOST_NAMED, Raw};
use crate::web::state::App;

/// A search whose every parameter was understood.
pub(crate) struct StrictSearch(pub(crate) Search);

impl<S: Sync> FromRequestParts<S> for StrictSearch {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let raw = Raw::parse(parts.uri.query().unwrap_or_default());
        params::search(&raw, Face::Strict).map(Self).map_err(WebError::BadParameters)
    }
}

/// No parameters: any is one too many.
pub(crate) struct NoParameters;

impl<S: Sync> FromRequestParts<S> for NoParameters {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let raw = Raw::parse(parts.uri.query().unwrap_or_default());
        let refuse = |name: &str| {
            let shown = params::short(name);
            BadParameter::new(name, format!("`{shown}` is no parameter here; this takes none"))
        };
        let bad: Vec<_> = raw.names().into_iter().take(MOST_NAMED).map(refuse).collect();
        if bad.is_empty() { Ok(Self) } else { Err(WebError::BadParameters(bad)) }
    }
}

/// The site's public address, without a trailing slash.
pub(crate) struct Base(pub(crate) String);

impl FromRequestParts<App> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let proxied = parts.extensions.get::<Visitor>().is_some_and(|visitor| visitor.proxied);
        Ok(Self(app.base(&parts.headers, proxied)))
    }
}
