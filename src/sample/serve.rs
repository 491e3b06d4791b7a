//! The sample council behind a socket. All answers come from [`respond`](super::respond); this file only carries them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode, header};

use super::model::Council;
use super::respond::{Mode, respond};

/// The council as a router, for tests and for [`serve`].
pub fn router(council: Arc<Council>, mode: Mode) -> Router {
    Router::new().fallback(answer).with_state((council, mode))
}

/// Serves the council on this listener until the task is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    council: Arc<Council>,
    mode: Mode,
) -> std::io::Result<()> {
    axum::serve(listener, router(council, mode)).await
}

async fn answer(
    State((council, mode)): State<(Arc<Council>, Mode)>,
    request: Request<Body>,
) -> Response<Body> {
    let uri = request.uri();
    let reply =
        respond(&council, mode, uri.path(), uri.query().unwrap_or_default(), request.headers());
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
