//! The server: accepts, answers, and at the end lets every answer under way finish.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::error::WebError;
use super::held;
use super::state::App;

/// How long answers under way may take to finish once the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(8);

/// Why the server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address for `/metrics` cannot be used.
    #[error("cannot serve /metrics on {address}: {source}; choose another address or leave it out")]
    Metrics {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// Accepting connections failed.
    #[error("the server stopped: {0}")]
    Accept(#[from] std::io::Error),
}

/// Serves the site on a listener until `shutdown` comes; answers under way are finished first, for eight seconds at most.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (stop, stopped) = watch::channel(false);
    if let Some(address) = app.settings().metrics {
        let metrics = TcpListener::bind(address)
            .await
            .map_err(|source| ServeError::Metrics { address, source })?;
        let routes = Router::new().route("/metrics", get(metrics_text)).with_state(app.clone());
        let until = until(stopped.clone());
        tokio::spawn(
            async move { axum::serve(metrics, routes).with_graceful_shutdown(until).await },
        );
    }
    let site = super::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, site).with_graceful_shutdown(until(stopped.clone()));
    tokio::spawn(async move {
        shutdown.await;
        // Nobody listening any more means that the server has ended by itself.
        let _ = stop.send(true);
    });
    let late = async {
        until(stopped).await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        served = async { serving.await } => Ok(served?),
        () = late => Ok(()),
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, and with it the server.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn metrics_text(State(app): State<App>) -> Result<impl IntoResponse, WebError> {
    let coverage = app.ask(|index| held::coverage(index)).await??;
    let text = app.metrics().text(coverage.generation, coverage.items, app.at_index());
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}
