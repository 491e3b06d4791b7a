//! The web face: every address of the site in one list, what happens around each, and the server itself.
//!
//! Handlers parse, ask the index, render. Nothing here knows how searching works; nothing leaves but what is escaped.

mod api;
mod assets;
mod chart;
mod cite;
mod colour;
mod discovery;
mod error;
pub(crate) mod files;
mod gate;
mod health;
mod held;
mod layers;
mod limit;
mod links;
mod metrics;
mod pages;
pub(crate) mod params;
mod probes;
mod serve;
mod settings;
mod state;
pub mod view;
mod withheld;
mod words;
mod xml;

use axum::Router;
use axum::extract::{Path, State};
use axum::middleware::from_fn;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

pub use colour::{Colour, ColourError};
pub use health::{CrawlHealth, FailingPage, SiteHealth};
pub use serve::{ServeError, serve};
pub use settings::{
    Accessibility, Compliance, CouncilSettings, Network, NetworkError, Rate, Settings,
};
pub use state::App;
pub use withheld::{Hidden, Suppressed, Withheld};

use error::WebError;

/// Every address of the site, with everything that happens around it.
pub fn router(app: App) -> Router {
    let cached = Router::new()
        .route("/", get(pages::home::home))
        .route("/search", get(pages::search::search))
        .route("/items/{id}", get(pages::item::item))
        .route("/items/{id}/cite", get(pages::cite::cite))
        .route("/items/{id}/{file}", get(pages::cite::file))
        .route("/meetings/{id}", get(pages::meeting::meeting))
        .route("/committees", get(pages::lists::committees))
        .route("/committees/{slug}", get(pages::committee::committee))
        .route("/committees/{slug}/feed.atom", get(files::committee))
        .route("/roles", get(pages::lists::roles))
        .route("/roles/{slug}", get(pages::listed::role))
        .route("/topics", get(pages::lists::topics))
        .route("/topics/{slug}", get(pages::listed::topic))
        .route("/councils", get(pages::lists::councils))
        .route("/councils/{slug}", get(pages::listed::council))
        .route("/roles/{slug}/feed.atom", get(files::role))
        .route("/topics/{slug}/feed.atom", get(files::topic))
        .route("/years/{year}", get(pages::listed::year))
        .route("/held", get(pages::held::held))
        .route("/help", get(pages::texts::help))
        .route("/about-crawler", get(pages::texts::crawler))
        .route("/privacy", get(pages::texts::privacy))
        .route("/accessibility", get(pages::texts::accessibility))
        .route("/api", get(pages::texts::api))
        .route("/search.csv", get(files::csv))
        .route("/search.jsonl", get(files::jsonl))
        .route("/search.atom", get(files::atom))
        .route("/robots.txt", get(discovery::robots))
        .route("/sitemap.xml", get(discovery::sitemap))
        .route("/sitemap/{name}", get(discovery::sitemap_part))
        .route("/opensearch.xml", get(discovery::opensearch))
        .route("/.well-known/security.txt", get(discovery::security))
        .merge(api::routes())
        .route_layer(from_fn_with_state(app.clone(), layers::caching::layer));
    let timeout = app.settings().timeout;
    cached
        .route("/assets/{name}", get(asset))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .fallback(|| async { WebError::NotFound("page") })
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), layers::observe::layer))
                .layer(from_fn(layers::headers::layer))
                .layer(CompressionLayer::new().gzip(true).br(true))
                .layer(from_fn_with_state(app.clone(), layers::guard::visitor))
                .layer(from_fn_with_state(app.clone(), layers::errors::layer))
                .layer(from_fn_with_state(app.clone(), layers::guard::layer))
                .layer(TimeoutLayer::with_status_code(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    timeout,
                ))
                .layer(CatchPanicLayer::new()),
        )
        .with_state(app)
}

/// Style sheet and icon.
async fn asset(State(app): State<App>, Path(name): Path<String>) -> Result<Response, WebError> {
    app.assets().get(&name).ok_or(WebError::NotFound("page"))
}
