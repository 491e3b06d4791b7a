//! One line in the log and one count for each request: the route's pattern, the status, the time. Never the query, never the address.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::web::state::App;

/// Logs and counts.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(none)".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let start = Instant::now();
    let response = next.run(request).await;
    let took = start.elapsed();
    let status = response.status().as_u16();
    app.metrics().count(&route, status, took);
    let milliseconds = took.as_secs_f64() * 1000.0;
    tracing::info!(target: "minutebook::access", %method, %route, status, ms = format!("{milliseconds:.1}"), "answered");
    response
}
