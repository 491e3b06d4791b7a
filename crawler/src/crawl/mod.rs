//! The crawl: from a site to its archive, politely, resumably, and no further than needed.
//!
//! [`find`] turns any pasted address into the site's base; [`crawl`] walks the site. What to ask for is decided in `plan` (pure); what
//! a page offers is read in `reading`; each answer goes into the archive together with all that follows from it, as one transaction.

mod event;
mod find;
mod offers;
mod plan;
mod reading;
mod robots;
mod run;
mod stop;
#[cfg(test)]
mod tests;

use std::time::Duration;

use thiserror::Error;

pub use self::event::{Ending, Event, Summary};
pub use self::find::{FindError, find};
pub use self::plan::Route;
pub use self::stop::{Stop, Stopper, stop};
use crate::address;
use crate::archive::{Archive, ArchiveError};
use crate::fetch::{FetchError, Fetcher};
use crate::page::{Link, Page};

/// How one site is crawled.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// The most requests of this run.
    pub max_pages: Option<u64>,
    /// Crawl the Welsh twins of pages as well.
    pub welsh: bool,
    /// The longest wait this run sits through when the site asks for one, or its circuit is open. Beyond it the run ends and says when to come back.
    pub patience: Duration,
    /// How long after a run the next regular one is due: told by `status`, nothing waits for it here.
    pub every: Duration,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self {
            max_pages: None,
            welsh: false,
            patience: Duration::from_mins(15),
            every: Duration::from_hours(24),
        }
    }
}

/// What stops a crawl that is no answer of the site's.
#[derive(Debug, Error)]
pub enum CrawlError {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The manners.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// What a page offers, as the crawl reads it.
pub(crate) struct Offered {
    /// Its links, with the day of the meeting each belongs to (a number like 20240131).
    pub(crate) links: Vec<(Link, Option<i64>)>,
    /// It holds minutes, drafts or not.
    pub(crate) minutes: bool,
}

/// Reads what a page offers.
pub(crate) fn offered(page: &Page) -> Offered {
    let reading = reading::read(page, address::kind(&page.url));
    let links = reading.links.into_iter();
    let links = links.map(|found| (found.link, found.day.map(plan::number))).collect();
    Offered { links, minutes: reading.minutes.are_here() }
}

/// Absolute addresses a page leads to, on whatever host.
pub(crate) fn hrefs(page: &Page) -> Vec<String> {
    reading::hrefs(page)
}

/// Crawls the site of an archive, from where the last run left off.
///
/// A run that was cut short is resumed; a finished one is followed by a new one, which reads what can still change. Ends early when
/// `stop` says so (within moments; nothing is lost but the request in flight). Failing pages are tried again, then reported and left
/// for the next run.
pub async fn crawl(
    options: &SiteOptions,
    archive: &mut Archive,
    fetcher: &Fetcher,
    stop: &Stop,
    mut on_event: impl FnMut(Event),
) -> Result<Summary, CrawlError> {
    fetcher.require_contact(archive.site().url())?;
    let mut run = run::Run::begin(options, archive, fetcher).await?;
    let ending = run.walk(stop, &mut on_event).await?;
    let summary = run.end(ending).await?;
    on_event(Event::Ended(summary.clone()));
    Ok(summary)
}
