//! How a site stands: what is held, how fresh it is, what failed and why.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::OptionalExtension;
use serde::Serialize;

use super::{Archive, ArchiveError, At, Circuit, kind};
use crate::outcome::Outcome;
use crate::page::PageKind;

/// How many failing addresses are named. All are counted.
const NAMED: i64 = 100;

/// What counts as failing: named one by one, so that the index of outcomes serves. Gone and forbidden are plain answers.
const FAILING: &str = "outcome IN ('moved', 'blocked', 'busy', 'empty', 'erroneous', 'unreadable',
  'too-large', 'failed') AND kind <> 'robots'";

/// How a site stands. A stable format: fields are added, never renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteStatus {
    /// Base address.
    pub site: String,
    /// The archive's file.
    pub archive: String,
    /// Bytes of that file.
    pub bytes: u64,
    /// Pages held with a readable body.
    pub held: u64,
    /// The same by kind.
    pub kinds: Vec<HeldKind>,
    /// Addresses by what came of asking for them last.
    pub outcomes: BTreeMap<String, u64>,
    /// Addresses whose last answer was not as it should be.
    pub failing: u64,
    /// Some of them, latest first.
    pub failures: Vec<Failure>,
    /// Addresses still to be asked for.
    pub waiting: u64,
    /// The last run.
    pub last_run: Option<LastRun>,
    /// The circuit, where it is open.
    pub circuit: Option<Circuit>,
    /// What robots.txt asks of us, in words.
    pub robots: Option<String>,
    /// Which routes the site offers: `service`, `pages`, `both`.
    pub route: Option<String>,
    /// When the site is to be asked again: when its circuit closes; at once (a time that has passed) where addresses wait; else when
    /// the next regular run is due. `None` before the first run.
    pub next_due: Option<Timestamp>,
    /// A crawl is writing to the archive at this moment.
    pub running: bool,
    /// Meetings held whose minutes are drafts: read again at every run.
    pub drafts: u64,
    /// How many pages, items and phrases are hidden at somebody's request.
    pub suppressed: u64,
}

/// Pages held of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldKind {
    /// The kind's word.
    pub kind: String,
    /// Pages with a readable body.
    pub held: u64,
}

/// An address whose last answer was not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The address.
    pub url: String,
    /// What should be there.
    pub kind: String,
    /// What came of it.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Whether an earlier readable version is held.
    pub held: bool,
}

/// An address that fails, for deciding how a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// The address.
    pub url: String,
    /// What should be there.
    pub kind: PageKind,
    /// What came of asking last.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<String>,
}

/// The last run over a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastRun {
    /// When it began.
    pub started: Timestamp,
    /// When it ended; `None` when it was cut short and will be resumed.
    pub ended: Option<Timestamp>,
    /// How it ended, or was cut short, in words; `None` where it was killed or still runs.
    pub ending: Option<String>,
    /// Requests made in it, over all its parts; of a part that was killed none are counted.
    pub requests: u64,
}

impl Archive {
    /// How the site stands.
    pub fn status(&self) -> Result<SiteStatus, ArchiveError> {
        let count = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map(|n| u64::try_from(n).unwrap_or(0))
                .at(&self.path)
        };
        let kinds = self.held_by_kind()?;
        let last_run = self.last_run()?;
        let circuit = self.circuit()?;
        let waiting = self.waiting()?;
        Ok(SiteStatus {
            site: self.site.to_string(),
            archive: self.path.display().to_string(),
            bytes: std::fs::metadata(&self.path)
                .map_err(|e| ArchiveError::from_io(&self.path, e))?
                .len(),
            held: kinds.iter().map(|k| k.held).sum(),
            kinds,
            outcomes: self.outcomes()?,
            failing: count(&format!("SELECT count(*) FROM address WHERE {FAILING}"))?,
            failures: self.failures()?,
            waiting,
            next_due: self.next_due(circuit.as_ref(), waiting)?,
            running: super::is_being_written(&self.path),
            drafts: count(
                "SELECT count(*) FROM address WHERE standing = 2 AND version IS NOT NULL
                   AND kind IN ('meeting', 'service-meeting')",
            )?,
            last_run,
            circuit,
            robots: self.fact("robots")?,
            route: self.fact("route")?,
            suppressed: count("SELECT count(*) FROM suppression")?,
        })
    }

    fn next_due(
        &self,
        circuit: Option<&Circuit>,
        waiting: u64,
    ) -> Result<Option<Timestamp>, ArchiveError> {
        if let Some(circuit) = circuit {
            return Ok(Some(circuit.until));
        }
        if let Some(due) = self.fact("next-due")?.and_then(|text| text.parse().ok()) {
            return Ok(Some(due));
        }
        if waiting > 0 {
            // A run that was killed, or still runs.
            let earliest: Option<i64> = self
                .connection
                .query_row("SELECT min(not_before) FROM frontier", [], |row| row.get(0))
                .at(&self.path)?;
            let earliest = earliest.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            return Ok(earliest.max(self.last_request()?));
        }
        Ok(None)
    }

    /// How many pages are held with a readable body.
    pub fn held(&self) -> Result<u64, ArchiveError> {
        Ok(self.held_by_kind()?.iter().map(|kind| kind.held).sum())
    }

    /// Addresses whose last answer was a failure. Gone and forbidden are plain answers, not failures.
    pub fn failing(&self) -> Result<Vec<Failing>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT url, kind, outcome, reason FROM address WHERE {FAILING}"))
            .at(&self.path)?;
        statement
            .query_map([], |row| {
                let outcome: String = row.get(2)?;
                Ok(Failing {
                    url: row.get(0)?,
                    kind: kind::from_word(&row.get::<_, String>(1)?),
                    outcome: Outcome::from_word(&outcome).unwrap_or(Outcome::Failed),
                    reason: row.get(3)?,
                })
            })
            .and_then(Iterator::collect)
            .at(&self.path)
    }

    fn held_by_kind(&self) -> Result<Vec<HeldKind>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT kind, count(*) FROM address
                 WHERE version IS NOT NULL AND kind <> 'robots' GROUP BY kind ORDER BY kind",
            )
            .at(&self.path)?;
        statement
            .query_map([], |row| {
                Ok(HeldKind {
                    kind: row.get(0)?,
                    held: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                })
            })
            .and_then(Iterator::collect)
            .at(&self.path)
    }

    fn outcomes(&self) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT outcome, count(*) FROM address
                 WHERE outcome IS NOT NULL AND kind <> 'robots' GROUP BY outcome",
            )
            .at(&self.path)?;
        statement
            .query_map([], |row| {
                Ok((row.get(0)?, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
            })
            .and_then(Iterator::collect)
            .at(&self.path)
    }

    fn failures(&self) -> Result<Vec<Failure>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare(&format!(
                "SELECT url, kind, outcome, reason, tried_at, version IS NOT NULL FROM address
                 WHERE {FAILING} ORDER BY tried_at DESC, id LIMIT {NAMED}"
            ))
            .at(&self.path)?;
        statement
            .query_map([], |row| {
                Ok(Failure {
                    url: row.get(0)?,
                    kind: row.get(1)?,
                    outcome: row.get(2)?,
                    reason: row.get(3)?,
                    at: row
                        .get::<_, Option<i64>>(4)?
                        .and_then(|ms| Timestamp::from_millisecond(ms).ok()),
                    held: row.get(5)?,
                })
            })
            .and_then(Iterator::collect)
            .at(&self.path)
    }

    fn last_run(&self) -> Result<Option<LastRun>, ArchiveError> {
        let time = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
        self.connection
            .query_row(
                "SELECT started, ended, ending, requests FROM run ORDER BY id DESC LIMIT 1",
                [],
                |row| {
                    Ok(LastRun {
                        started: time(row.get(0)?),
                        ended: row.get::<_, Option<i64>>(1)?.map(time),
                        ending: row.get(2)?,
                        requests: u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
                    })
                },
            )
            .optional()
            .at(&self.path)
    }
}
