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
    /// Addresses still to be asked for.
    pub waiting: u64,
    /// Addresses that brought no page when last asked, by what came instead.
    pub failures: Vec<(String, u64)>,
    /// How many of those should have brought one.
    pub failing: u64,
    /// Some of them, latest first.
    pub named: Vec<FailingPage>,
}

/// An address that should have brought a page and did not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailingPage {
    /// The address.
    pub url: String,
    /// What came instead, in one word.
    pub outcome: String,
    /// Why, as far as is known.
    pub reason: Option<String>,
    /// Whether an earlier version is held.
    pub held: bool,
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
