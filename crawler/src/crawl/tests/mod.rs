//! The crawl against a pretend council: complete by each route, polite, patient, resumable.

mod council;
mod kill;
mod manners;
mod misbehave;
mod routes;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use self::council::Council;
use super::*;
use crate::address::Base;
use crate::clock::Clock;
use crate::fetch::{Limits, Manners};

/// The day it is in these tests.
pub(super) fn now() -> Timestamp {
    "2026-06-15T10:00:00Z".parse().unwrap()
}

pub(super) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

/// A council, served, and a place for its archive.
pub(super) struct Rig {
    pub(super) council: Arc<Council>,
    pub(super) base: Base,
    folder: TempDir,
    pub(super) events: Vec<Event>,
}

impl Rig {
    pub(super) async fn new(council: Council) -> Self {
        let council = Arc::new(council);
        let base = Base::from_pasted(&council::serve(Arc::clone(&council)).await).unwrap();
        Self { council, base, folder: tempfile::tempdir().unwrap(), events: Vec::new() }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("site.sqlite")
    }

    pub(super) fn archive(&self) -> Archive {
        Archive::create(&self.path(), &self.base).unwrap()
    }

    pub(super) fn fetcher(delay: u64, at: Timestamp) -> Fetcher {
        let limits = Limits {
            page: 1 << 20,
            silence: Duration::from_secs(2),
            whole: Duration::from_secs(3),
            ..Limits::default()
        };
        let manners = Manners { delay: Duration::from_millis(delay), limits, ..Manners::default() };
        Fetcher::new(manners, Clock::set_to(at)).unwrap()
    }

    pub(super) async fn crawl(&mut self) -> Summary {
        self.crawl_with(&SiteOptions::default(), now()).await
    }

    pub(super) async fn crawl_with(&mut self, options: &SiteOptions, at: Timestamp) -> Summary {
        let fetcher = Self::fetcher(0, at);
        let mut archive = self.archive();
        let (_stopper, stop) = stop();
        let events = &mut self.events;
        crawl(options, &mut archive, &fetcher, &stop, |event| events.push(event)).await.unwrap()
    }

    /// Paths of requests since the last look, without the leading slash.
    pub(super) fn asked(&self) -> Vec<String> {
        self.council
            .take_log()
            .into_iter()
            .map(|s| s.path.trim_start_matches('/').to_owned())
            .collect()
    }
}
