//! The frontier as kept: what is still to be asked for, in which order, and not before when.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Archive, ArchiveError, At, kind};
use crate::outcome::Outcome;
use crate::page::PageKind;

/// A place in the order of asking: lower stages first, within a stage the latest day first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Stage of the crawl.
    pub stage: i64,
    /// Day as a number like 20240131.
    pub day: i64,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Ask for this address.
    Ask {
        /// The address, canonical.
        url: String,
        /// What should be there.
        kind: PageKind,
        /// How often it was asked for in this run.
        tries: u32,
    },
    /// Nothing may be asked before this time.
    Wait(Timestamp),
    /// Nothing is left.
    Nothing,
}

impl Archive {
    /// The next address to ask for at this time.
    pub fn next(&self, now: Timestamp) -> Result<Next, ArchiveError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT a.url, a.kind, f.tries FROM frontier f JOIN address a ON a.id = f.address
                 WHERE f.not_before <= ?1 ORDER BY f.stage, f.day DESC, f.address LIMIT 1",
            )
            .and_then(|mut s| {
                s.query_row([now.as_millisecond()], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
                })
                .optional()
            })
            .at(&self.path)?;
        if let Some((url, word, tries)) = row {
            return Ok(Next::Ask { url, kind: kind::from_word(&word), tries });
        }
        let earliest: Option<i64> = self
            .connection
            .query_row("SELECT min(not_before) FROM frontier", [], |row| row.get(0))
            .at(&self.path)?;
        Ok(match earliest.and_then(|ms| Timestamp::from_millisecond(ms).ok()) {
            Some(time) => Next::Wait(time),
            None => Next::Nothing,
        })
    }

    /// How many addresses are still to be asked for.
    pub fn waiting(&self) -> Result<u64, ArchiveError> {
        self.connection
            .query_row("SELECT count(*) FROM frontier", [], |row| row.get::<_, i64>(0))
            .map(|n| u64::try_from(n).unwrap_or(0))
            .at(&self.path)
    }

    /// Takes addresses of some kinds out of the frontier: a route that turned out to be closed. Those never asked for are noted with
    /// the outcome that closed it, so that the next run tries again. Gives them all, with their days.
    pub fn abandon(
        &mut self,
        kinds: &[PageKind],
        outcome: Outcome,
        why: &str,
    ) -> Result<Vec<(String, Option<i64>)>, ArchiveError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().at(&path)?;
        let mut taken = Vec::new();
        for kind in kinds {
            let word = kind::word(*kind);
            let rows: Vec<(String, Option<i64>)> = transaction
                .prepare_cached(
                    "SELECT a.url, a.day FROM frontier f JOIN address a ON a.id = f.address WHERE a.kind = ?1",
                )
                .and_then(|mut s| s.query_map([word], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
                .at(&path)?;
            taken.extend(rows);
            transaction
                .execute(
                    "UPDATE address SET outcome = ?2, reason = ?3 WHERE outcome IS NULL AND id IN
                       (SELECT f.address FROM frontier f JOIN address a ON a.id = f.address WHERE a.kind = ?1)",
                    params![word, outcome.word(), why],
                )
                .at(&path)?;
            transaction
                .execute(
                    "DELETE FROM frontier WHERE address IN
                       (SELECT f.address FROM frontier f JOIN address a ON a.id = f.address WHERE a.kind = ?1)",
                    [word],
                )
                .at(&path)?;
        }
        transaction.commit().at(&path)?;
        Ok(taken)
    }

    /// Takes one address out of the frontier without having asked for it.
    pub fn leave(&mut self, url: &str) -> Result<(), ArchiveError> {
        self.connection
            .execute(
                "DELETE FROM frontier WHERE address = (SELECT id FROM address WHERE url = ?1)",
                [url],
            )
            .map(drop)
            .at(&self.path)
    }

    /// Whether an address waits to be asked for.
    pub fn is_waiting(&self, url: &str) -> Result<bool, ArchiveError> {
        self.connection
            .prepare_cached(
                "SELECT 1 FROM frontier f JOIN address a ON a.id = f.address WHERE a.url = ?1",
            )
            .and_then(|mut s| s.exists([url]))
            .at(&self.path)
    }

    /// Addresses whose last answer was one of these outcomes, with their days.
    pub fn with_outcome(
        &self,
        outcomes: &[Outcome],
    ) -> Result<Vec<(String, PageKind, Option<i64>)>, ArchiveError> {
        let mut found = Vec::new();
        for outcome in outcomes {
            let mut statement = self
                .connection
                .prepare_cached(
                    "SELECT url, kind, day FROM address
                     WHERE outcome = ?1 AND kind <> 'robots' ORDER BY id",
                )
                .at(&self.path)?;
            let rows = statement
                .query_map([outcome.word()], |row| {
                    let word: String = row.get(1)?;
                    Ok((row.get(0)?, kind::from_word(&word), row.get(2)?))
                })
                .at(&self.path)?;
            for row in rows {
                found.push(row.at(&self.path)?);
            }
        }
        Ok(found)
    }

    /// Meetings whose minutes are drafts, with their days.
    pub fn drafts(&self) -> Result<Vec<(String, PageKind, Option<i64>)>, ArchiveError> {
        self.connection
            .prepare_cached(
                "SELECT url, kind, day FROM address
                 WHERE standing = 2 AND version IS NOT NULL AND kind IN ('meeting', 'service-meeting')
                 ORDER BY id",
            )
            .and_then(|mut s| {
                s.query_map([], |row| {
                    let word: String = row.get(1)?;
                    Ok((row.get(0)?, kind::from_word(&word), row.get(2)?))
                })?
                .collect()
            })
            .at(&self.path)
    }

    /// When the last request was made. Imports are no requests: they take no time.
    pub fn last_request(&self) -> Result<Option<Timestamp>, ArchiveError> {
        self.connection
            .query_row(
                "SELECT at FROM fetch WHERE outcome <> 'forbidden' AND took > 0 ORDER BY id DESC LIMIT 1",
                [],
                |row| row.get::<_, i64>(0),
            )
            .optional()
            .map(|ms| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
            .at(&self.path)
    }

    /// Lets everything that waits be asked for now: a new run does not serve the last one's pauses between tries.
    pub fn wake(&mut self) -> Result<(), ArchiveError> {
        self.connection
            .execute("UPDATE frontier SET not_before = 0, tries = 0", [])
            .map(drop)
            .at(&self.path)
    }
}

pub(super) fn queue(
    connection: &Connection,
    address: i64,
    place: Place,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO frontier (address, stage, day) VALUES (?1, ?2, ?3)")?
        .execute(params![address, place.stage, place.day])
}

pub(super) fn again(
    connection: &Connection,
    address: i64,
    not_before: Timestamp,
    tries: u32,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE frontier SET not_before = ?2, tries = ?3 WHERE address = ?1")?
        .execute(params![address, not_before.as_millisecond(), tries])
        .map(drop)
}

pub(super) fn done(connection: &Connection, address: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM frontier WHERE address = ?1")?
        .execute([address])
        .map(drop)
}
