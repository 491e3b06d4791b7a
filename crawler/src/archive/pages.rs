//! Reading pages: the latest readable version of each address, those hidden for good left out.

use std::collections::VecDeque;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Archive, ArchiveError, At, bodies, pack};
use crate::page::{FoundOn, Page};

/// How many pages are looked up at once. Bodies are read one at a time.
const BATCH: i64 = 256;

const COLUMNS: &str = "a.id, a.url, f.body, f.content_type, f.at, a.first_seen, b.sha256";

const LATEST: &str = "FROM address a JOIN fetch f ON f.id = a.version JOIN body b ON b.id = f.body";

/// Readable versions of an address from before another, the latest first.
const BEFORE: &str = "FROM address a JOIN fetch f ON f.address = a.id AND f.outcome = 'fetched'
  JOIN body b ON b.id = f.body";

/// What hides a page; robots.txt is no page of the site's.
const VISIBLE: &str = "a.kind <> 'robots'
  AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.what = 'page' AND x.value = a.url)";

impl Archive {
    /// All pages, in the order their addresses were found.
    pub fn pages(&self) -> Pages<'_> {
        Pages { archive: self, after: 0, batch: VecDeque::new(), over: false }
    }

    /// The page at an address, where it is held and not hidden.
    pub fn page(&self, url: &str) -> Result<Option<Page>, ArchiveError> {
        let sql = format!("SELECT {COLUMNS} {LATEST} WHERE a.url = ?1 AND {VISIBLE}");
        let stub = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row([url], Stub::read).optional())
            .at(&self.path)?;
        stub.map(|stub| self.whole(stub)).transpose()
    }

    /// The readable version of a page that was held before this one.
    pub fn version_before(&self, page: &Page) -> Result<Option<Page>, ArchiveError> {
        let sql = format!(
            "SELECT {COLUMNS} {BEFORE} WHERE a.url = ?1 AND {VISIBLE} AND f.at <= ?2 AND hex(b.sha256) <> upper(?3)
             ORDER BY f.at DESC, f.id DESC LIMIT 1"
        );
        let at = page.fetched_at.as_millisecond();
        let stub = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_row(params![page.url, at, page.sha256], Stub::read).optional()
            })
            .at(&self.path)?;
        stub.map(|stub| self.whole(stub)).transpose()
    }

    /// When an address was first read with minutes in it, where that was noted.
    fn minutes_since(&self, id: i64) -> Result<Option<i64>, ArchiveError> {
        if !self.notes_minutes {
            return Ok(None);
        }
        self.connection
            .prepare_cached("SELECT at FROM minutes WHERE address = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
            .at(&self.path)
    }

    fn whole(&self, stub: Stub) -> Result<Page, ArchiveError> {
        let first_seen = self.minutes_since(stub.id)?.unwrap_or(stub.first_seen);
        let body = bodies::read(&self.connection, &self.shelf, &self.path, stub.body)?;
        let found_on = self
            .connection
            .prepare_cached(
                "SELECT s.url, l.words FROM link l JOIN address s ON s.id = l.source
                 WHERE l.target = ?1 ORDER BY l.source, l.words",
            )
            .and_then(|mut s| {
                s.query_map([stub.id], |row| Ok(FoundOn { url: row.get(0)?, words: row.get(1)? }))?
                    .collect()
            })
            .at(&self.path)?;
        let time = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
        Ok(Page {
            url: stub.url,
            site: self.site.to_string(),
            body,
            content_type: stub.content_type,
            fetched_at: time(stub.at),
            first_seen: time(first_seen),
            sha256: pack::hex(&stub.sha256),
            found_on,
        })
    }
}

/// Pages one after the other; see [`Archive::pages`].
#[derive(Debug)]
pub struct Pages<'a> {
    archive: &'a Archive,
    after: i64,
    batch: VecDeque<Stub>,
    over: bool,
}

impl Pages<'_> {
    fn fill(&mut self) -> Result<(), ArchiveError> {
        let sql = format!(
            "SELECT {COLUMNS} {LATEST} WHERE a.id > ?1 AND {VISIBLE} ORDER BY a.id LIMIT {BATCH}"
        );
        self.batch = self
            .archive
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([self.after], Stub::read)?.collect())
            .at(&self.archive.path)?;
        match self.batch.back() {
            Some(last) => self.after = last.id,
            None => self.over = true,
        }
        Ok(())
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Page, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.batch.is_empty()
            && !self.over
            && let Err(error) = self.fill()
        {
            self.over = true;
            return Some(Err(error));
        }
        let stub = self.batch.pop_front()?;
        Some(self.archive.whole(stub))
    }
}

/// A page without its body.
#[derive(Debug)]
struct Stub {
    id: i64,
    url: String,
    body: i64,
    content_type: Option<String>,
    at: i64,
    first_seen: i64,
    sha256: Vec<u8>,
}

impl Stub {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            url: row.get(1)?,
            body: row.get(2)?,
            content_type: row.get(3)?,
            at: row.get(4)?,
            first_seen: row.get::<_, Option<i64>>(5)?.unwrap_or_default(),
            sha256: row.get(6)?,
        })
    }
}
