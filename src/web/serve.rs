//! The server: accepts, answers, and at the end lets every answer under way finish.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{Request, header};
use axum::response::IntoResponse;
use axum::routing::get;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use super::error::WebError;
use super::held;
use super::state::App;

/// Connections held at once; further visitors wait to be accepted.
const CONNECTIONS: usize = 2_000;
/// How long a visitor may take to send the headers of a request.
const HEADERS: Duration = Duration::from_secs(15);
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
    let site = super::router(app);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let farewell = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let room = Arc::clone(&room);
        let next = async {
            let place = room.acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles, or a visitor gone before we looked: neither is a reason to stop.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = farewell.watch(connection(stream, peer, site.clone()));
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    // Nobody listening any more means that there is no metrics server to stop.
    let _ = stop.send(true);
    tokio::select! {
        () = farewell.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => tracing::warn!("some answers were not finished"),
    }
    Ok(())
}

/// One visitor's connection: slow senders of headers are not waited for.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    site: Router,
) -> impl GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>> + Send + 'static {
    let site = site.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEADERS)
        .keep_alive_timeout(HEADERS);
    builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(site)).into_owned()
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, and with it the server.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn metrics_text(State(app): State<App>) -> Result<impl IntoResponse, WebError> {
    let coverage = app.ask(held::coverage).await??;
    let text = app.metrics().text(coverage.generation, coverage.items, app.at_index());
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}
