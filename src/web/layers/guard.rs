//! Who asks, and whether they may: the visitor is worked out once, too long addresses and too many requests are refused.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::error::WebError;
use crate::web::limit::{self, Visitor};
use crate::web::state::App;

/// The longest address, path and query together: a whole page pasted into the search box is still answered.
const LONGEST: usize = 60_000;

/// Works out who asks, for everything further in.
pub(crate) async fn visitor(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let visitor = limit::visitor(peer, request.headers(), &app.settings().trusted_proxies);
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

/// Lets a request through or refuses it.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().copied();
    if let Some(visitor) = visitor
        && let Err(error) = may(&app, visitor, request.uri().path())
    {
        return error.into_response();
    }
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > LONGEST {
        return WebError::TooLong.into_response();
    }
    next.run(request).await
}

fn may(app: &App, visitor: Visitor, path: &str) -> Result<(), WebError> {
    let Some(limiter) = app.limiter() else { return Ok(()) };
    // Whoever watches the server must not be turned away, and what browsers keep for ever costs nothing.
    let exempt = matches!(path, "/healthz" | "/readyz") || path.starts_with("/assets/");
    if exempt || (visitor.local && !limiter.counts_loopback()) {
        return Ok(());
    }
    limiter
        .take(visitor.address, Instant::now())
        .map_err(|wait| WebError::TooMany(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)))
}
