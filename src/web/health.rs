//! How the crawls went, for the page that says what is held. The web face only shows it: whoever starts the server knows.

use std::sync::Arc;

use jiff::Timestamp;

/// How the crawl of one site stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteHealth {
    /// The site's base address.
    pub site: String,
    /// Its council, where known.
    pub council: Option<String>,
    /// When it was last asked for anything.
    pub last_crawl: Option<Timestamp>,
    /// Pages kept.
    pub pages: u64,
    /// Pages that could not be had, by reason.
    pub failures: Vec<(String, u64)>,
    /// Documents without readable text (scanned), by title and address.
    pub unreadable: Vec<(String, String)>,
}

/// Somebody to ask how the crawls went.
#[derive(Clone)]
pub struct CrawlHealth(Arc<dyn Fn() -> Vec<SiteHealth> + Send + Sync>);

impl CrawlHealth {
    /// Asks this each time the page is drawn, on a blocking thread.
    pub fn from(ask: impl Fn() -> Vec<SiteHealth> + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    /// Nobody knows.
    pub fn unknown() -> Self {
        Self::from(Vec::new)
    }

    /// Each site's health.
    pub(crate) fn sites(&self) -> Vec<SiteHealth> {
        (self.0)()
    }
}
