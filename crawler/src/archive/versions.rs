//! Every answer ever kept, in the order they came: what is exported.

use std::collections::VecDeque;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::{Archive, ArchiveError, At, bodies, kind};
use crate::outcome::Outcome;
use crate::page::PageKind;

/// The version whose bytes an answer repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// Number in the log.
    pub id: i64,
    /// When it came.
    pub at: Timestamp,
    /// SHA-256 of its body.
    pub sha256: Vec<u8>,
}

/// One answer of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Number in the log.
    pub id: i64,
    /// The address, canonical.
    pub url: String,
    /// What should have been there.
    pub kind: PageKind,
    /// When it came.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, where it is not plainly good.
    pub reason: Option<String>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
    /// Where a redirect led.
    pub location: Option<String>,
    /// The body, where one was kept.
    pub body: Option<Vec<u8>>,
    /// Which version came again, where the answer was unchanged and it is certain which.
    pub repeated: Option<Repeated>,
}

impl Archive {
    /// When the first answer came.
    pub fn begun(&self) -> Result<Option<Timestamp>, ArchiveError> {
        self.connection
            .query_row("SELECT at FROM fetch ORDER BY id LIMIT 1", [], |row| row.get::<_, i64>(0))
            .optional()
            .map(|ms| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
            .at(&self.path)
    }

    /// Every answer kept, oldest first.
    pub fn versions(&self) -> Versions<'_> {
        Versions { archive: self, after: 0, batch: VecDeque::new(), over: false }
    }
}

/// Answers one after the other; see [`Archive::versions`].
#[derive(Debug)]
pub struct Versions<'a> {
    archive: &'a Archive,
    after: i64,
    batch: VecDeque<(Version, Option<i64>)>,
    over: bool,
}

impl Versions<'_> {
    /// The version an unchanged answer repeated: the latest before it. Where times and the order of the log disagree on which that
    /// is, nothing is said.
    fn repeated(&self, id: i64) -> Result<Option<Repeated>, ArchiveError> {
        let find = |order: &str| {
            let sql = format!(
                "SELECT v.id, v.at, b.sha256 FROM fetch f JOIN fetch v ON v.address = f.address
                 JOIN body b ON b.id = v.body
                 WHERE f.id = ?1 AND v.id < f.id AND v.outcome = 'fetched' ORDER BY {order} DESC LIMIT 1"
            );
            self.archive
                .connection
                .prepare_cached(&sql)
                .and_then(|mut s| {
                    s.query_row([id], |row| {
                        let at = Timestamp::from_millisecond(row.get(1)?).unwrap_or_default();
                        Ok(Repeated { id: row.get(0)?, at, sha256: row.get(2)? })
                    })
                    .optional()
                })
                .at(&self.archive.path)
        };
        let (by_time, by_log) = (find("v.at")?, find("v.id")?);
        let same = |a: &Repeated, b: &Repeated| a.sha256 == b.sha256;
        Ok(by_time.filter(|a| by_log.as_ref().is_some_and(|b| same(a, b))))
    }

    fn fill(&mut self) -> Result<(), ArchiveError> {
        self.batch = self
            .archive
            .connection
            .prepare_cached(
                "SELECT f.id, a.url, a.kind, f.at, f.outcome, f.reason, f.status, f.content_type,
                   f.etag, f.modified, f.location, f.body
                 FROM fetch f JOIN address a ON a.id = f.address
                 WHERE f.id > ?1 ORDER BY f.id LIMIT 256",
            )
            .and_then(|mut s| s.query_map([self.after], read)?.collect())
            .at(&self.archive.path)?;
        match self.batch.back() {
            Some((last, _)) => self.after = last.id,
            None => self.over = true,
        }
        Ok(())
    }
}

impl Iterator for Versions<'_> {
    type Item = Result<Version, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.batch.is_empty()
            && !self.over
            && let Err(error) = self.fill()
        {
            self.over = true;
            return Some(Err(error));
        }
        let (mut version, body) = self.batch.pop_front()?;
        if let Some(id) = body {
            match bodies::read(
                &self.archive.connection,
                &self.archive.shelf,
                &self.archive.path,
                id,
            ) {
                Ok(bytes) => version.body = Some(bytes),
                Err(error) => return Some(Err(error)),
            }
        }
        if version.outcome == Outcome::Unchanged && version.body.is_none() {
            match self.repeated(version.id) {
                Ok(repeated) => version.repeated = repeated,
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(version))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Version, Option<i64>)> {
    let version = Version {
        id: row.get(0)?,
        url: row.get(1)?,
        kind: kind::from_word(&row.get::<_, String>(2)?),
        at: Timestamp::from_millisecond(row.get(3)?).unwrap_or_default(),
        outcome: Outcome::from_word(&row.get::<_, String>(4)?).unwrap_or(Outcome::Failed),
        reason: row.get(5)?,
        status: row.get(6)?,
        content_type: row.get(7)?,
        etag: row.get(8)?,
        modified: row.get(9)?,
        location: row.get(10)?,
        body: None,
        repeated: None,
    };
    Ok((version, row.get(11)?))
}
