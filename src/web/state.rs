//! What every handler shares: the index, the settings, the gate to the index, and how this request sees the site's address.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::HOST;
use minutebook_index::Index;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa::openapi::OpenApi;

use super::assets::{Assets, short_hash};
use super::error::WebError;
use super::gate::Gate;
use super::health::CrawlHealth;
use super::limit::Limiter;
use super::metrics::Metrics;
use super::settings::Settings;

/// The running site. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    index: Arc<Index>,
    settings: Settings,
    assets: Assets,
    gate: Gate,
    downloads: Arc<Semaphore>,
    limiter: Option<Limiter>,
    metrics: Metrics,
    api: OpenApi,
    health: CrawlHealth,
    mark: String,
}

impl App {
    /// A site over an index.
    pub fn new(index: impl Into<Arc<Index>>, settings: Settings) -> Self {
        Self::with_health(index, settings, CrawlHealth::unknown())
    }

    /// The same, with somebody to ask how the crawls went.
    pub fn with_health(
        index: impl Into<Arc<Index>>,
        settings: Settings,
        health: CrawlHealth,
    ) -> Self {
        let at_once = settings
            .searches_at_once
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
        let gate = Gate::new(at_once, settings.searches_waiting, settings.timeout);
        let downloads = Arc::new(Semaphore::new(settings.downloads));
        let limiter = settings.rate.map(Limiter::new);
        let assets = Assets::new(&settings);
        // What pages look like besides the index: a new version or new settings make new entity tags.
        let mark = short_hash(&format!("{}{settings:?}", env!("CARGO_PKG_VERSION")));
        let api = super::api::description(&settings);
        let metrics = Metrics::default();
        let index = index.into();
        Self(Arc::new(Shared {
            index,
            settings,
            assets,
            gate,
            downloads,
            limiter,
            metrics,
            api,
            health,
            mark,
        }))
    }

    /// The operator's settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Style sheet and icon.
    pub(crate) fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// The rate limit, if there is one.
    pub(crate) fn limiter(&self) -> Option<&Limiter> {
        self.0.limiter.as_ref()
    }

    /// The counters.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The API's description.
    pub(crate) fn api(&self) -> &OpenApi {
        &self.0.api
    }

    /// How the crawls went.
    pub(crate) fn health(&self) -> &CrawlHealth {
        &self.0.health
    }

    /// How many requests are at the index or wait for it.
    pub(crate) fn at_index(&self) -> usize {
        self.0.gate.present()
    }

    /// The index's generation; cheap.
    pub(crate) fn generation(&self) -> u64 {
        self.0.index.generation()
    }

    /// Asks the index something, on a blocking thread, when its turn comes.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Index) -> T + Send + 'static,
    ) -> Result<T, WebError> {
        let index = Arc::clone(&self.0.index);
        self.0.gate.run(move || question(&index)).await
    }

    /// Goes on with what was asked before, when its turn comes again.
    pub(crate) async fn go_on<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WebError> {
        self.0.gate.again(work).await
    }

    /// A place among the downloads under way, held until it is dropped; none where there are too many.
    pub(crate) fn download(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.downloads).try_acquire_owned().ok()
    }

    /// The entity tag of an address in the index's present state. Weak: compression may change the bytes.
    pub(crate) fn entity_tag(&self, address: &str, face: &str) -> String {
        let of = short_hash(&format!("{face} {address}"));
        let withheld = self.settings().withheld.version();
        // Items embedded meanwhile are found by meaning, though the index is the same.
        let (generation, embedded) = (self.generation(), self.0.index.embedded());
        format!("W/\"{generation}.{withheld}-{}.{embedded}-{of}\"", self.0.mark)
    }

    /// Takes up what the operator has withheld or given free since the last look.
    pub(crate) async fn look_at_withheld(&self) {
        let withheld = &self.settings().withheld;
        if withheld.is_due() {
            let withheld = withheld.clone();
            // A look that broke off leaves the list as it was; the next request looks again.
            let _ = tokio::task::spawn_blocking(move || withheld.look()).await;
        }
    }

    /// The site's public address without a trailing slash: as configured, else as this request addressed it.
    pub(crate) fn base(&self, headers: &HeaderMap, proxied: bool) -> String {
        if let Some(base) = &self.0.settings.base {
            return base.trim_end_matches('/').to_owned();
        }
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        let host = if !host.is_empty() && host.chars().all(plain) { host } else { "localhost" };
        let secure = proxied
            && headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https");
        format!("{}://{host}", if secure { "https" } else { "http" })
    }
}
