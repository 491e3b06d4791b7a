//! Keeping what came of one request: log, body, links and frontier in one transaction.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::frontier::{self, Place};
use super::{Archive, ArchiveError, At, bodies, kind, pack};
use crate::outcome::Outcome;
use crate::page::PageKind;

/// What came of asking for one address.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The address, canonical.
    pub url: &'a str,
    /// What should be there.
    pub kind: PageKind,
    /// When the answer was whole.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, where it is not plainly good.
    pub reason: Option<&'a str>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The body, after content decoding.
    pub body: Option<&'a [u8]>,
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
    /// `ETag`.
    pub etag: Option<&'a str>,
    /// `Last-Modified`.
    pub modified: Option<&'a str>,
    /// `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// Where a redirect led.
    pub location: Option<&'a str>,
    /// How long the answer took.
    pub took: Duration,
}

impl<'a> Answer<'a> {
    /// An answer with nothing but its outcome.
    pub fn bare(url: &'a str, kind: PageKind, at: Timestamp, outcome: Outcome) -> Self {
        Self {
            url,
            kind,
            at,
            outcome,
            reason: None,
            status: None,
            body: None,
            content_type: None,
            etag: None,
            modified: None,
            retry_after: None,
            location: None,
            took: Duration::ZERO,
        }
    }
}

/// A link of a page, with what is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The address, canonical.
    pub url: String,
    /// What should be there.
    pub kind: PageKind,
    /// The words of the link.
    pub words: String,
    /// The day of the meeting it belongs to, where that is known, as a number like 20240131.
    pub day: Option<i64>,
    /// Where it goes in the frontier, if it is to be asked for.
    pub place: Option<Place>,
}

/// How far the words of a page have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// More is expected, or it cannot be told.
    #[default]
    Open = 0,
    /// Nothing more is expected to change: published minutes, a cancelled meeting.
    Settled = 1,
    /// Draft minutes: will be approved one day.
    Draft = 2,
}

/// What else changes together with an answer.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// The links the page offers. Empty for answers that are no pages.
    pub offers: Vec<Offer>,
    /// Addresses to ask for that the page does not link to.
    pub seeds: Vec<Offer>,
    /// How far the words have come. Imports leave it as it is.
    pub standing: Standing,
    /// The page holds minutes.
    pub minutes: bool,
    /// The run this belongs to; 0 for imports.
    pub run: i64,
    /// The address stays in the frontier: ask again no sooner than this, having tried so often.
    pub again: Option<(Timestamp, u32)>,
}

/// What keeping did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The outcome as logged: a page whose bytes we hold already is `Unchanged`.
    pub outcome: Outcome,
    /// A readable body that this address never had before.
    pub is_new: bool,
    /// How many addresses joined the frontier.
    pub queued: usize,
}

impl Archive {
    /// Keeps an answer and all that follows from it, in one transaction.
    pub fn keep(&mut self, answer: &Answer<'_>, step: &Step) -> Result<Kept, ArchiveError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().at(&path)?;
        let kept = keep_in(&transaction, &self.shelf, &path, answer, step)?;
        transaction.commit().at(&path)?;
        Ok(kept)
    }

    /// Puts addresses into the frontier that no page offered: where a run begins.
    pub fn seed(&mut self, offers: &[Offer]) -> Result<usize, ArchiveError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().at(&path)?;
        let queued = seed(&transaction, offers).at(&path)?;
        transaction.commit().at(&path)?;
        Ok(queued)
    }
}

fn seed(connection: &Connection, offers: &[Offer]) -> rusqlite::Result<usize> {
    let mut queued = 0;
    for offer in offers {
        let id = address(connection, &offer.url, offer.kind, offer.day)?;
        if let Some(place) = offer.place {
            queued += frontier::queue(connection, id, place)?;
        }
    }
    Ok(queued)
}

fn keep_in(
    connection: &Connection,
    shelf: &bodies::Shelf,
    path: &std::path::Path,
    answer: &Answer<'_>,
    step: &Step,
) -> Result<Kept, ArchiveError> {
    let id = address(connection, answer.url, answer.kind, None).at(path)?;
    let held: Option<(i64, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT f.at, b.sha256 FROM address a JOIN fetch f ON f.id = a.version
             JOIN body b ON b.id = f.body WHERE a.id = ?1",
        )
        .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .at(path)?;

    let mut outcome = answer.outcome;
    let mut body = None;
    if let Some(bytes) = answer.body {
        let hash = pack::hash(bytes);
        let same = held.as_ref().is_some_and(|(_, sha256)| sha256[..] == hash[..]);
        if outcome == Outcome::Fetched && same {
            outcome = Outcome::Unchanged;
        } else {
            body = Some(bodies::keep(connection, shelf, path, &hash, bytes)?);
        }
    }
    let fetch = log(connection, id, answer, outcome, body, step.run).at(path)?;
    let version = (outcome == Outcome::Fetched && body.is_some()).then_some(fetch);
    let at = answer.at.as_millisecond();
    let imported = step.run == 0;
    if step.minutes && outcome.is_good() {
        let latest = held.as_ref().map(|(latest, _)| *latest).filter(|latest| *latest <= at);
        minutes(connection, id, at, latest, outcome).at(path)?;
    }
    // What the site answers now is the latest whatever the clock says: it may have been set back.
    if imported && held.as_ref().is_some_and(|(latest, _)| at < *latest) {
        // A saved page from before the version we hold: kept, and never shown in its place.
        older(connection, id, at, version.is_some()).at(path)?;
        return Ok(Kept { outcome, is_new: false, queued: 0 });
    }
    update(connection, id, answer, outcome, version, step).at(path)?;
    match step.again {
        Some((not_before, tries)) => frontier::again(connection, id, not_before, tries).at(path)?,
        // A run that was cut short still asks for what is imported meanwhile: an import gives its links no place.
        None if imported => {}
        None => frontier::done(connection, id).at(path)?,
    }
    if outcome == Outcome::Fetched || (!imported && !step.offers.is_empty()) {
        // What a page does not link to any more gives way to what it offers now. One that is hidden offers nothing, and keeps its links.
        unlink(connection, id).at(path)?;
    }
    let queued =
        link(connection, id, &step.offers).at(path)? + seed(connection, &step.seeds).at(path)?;
    Ok(Kept { outcome, is_new: version.is_some() && held.is_none(), queued })
}

/// The number of an address, made where there is none.
pub(super) fn address(
    connection: &Connection,
    url: &str,
    kind: PageKind,
    day: Option<i64>,
) -> rusqlite::Result<i64> {
    let found: Option<(i64, Option<i64>)> = connection
        .prepare_cached("SELECT id, day FROM address WHERE url = ?1")?
        .query_row([url], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, held)) = found {
        if day.is_some() && day != held {
            connection
                .prepare_cached("UPDATE address SET day = ?2 WHERE id = ?1")?
                .execute(params![id, day])?;
        }
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO address (url, kind, day) VALUES (?1, ?2, ?3)")?
        .execute(params![url, kind_word(url, kind), day])?;
    Ok(connection.last_insert_rowid())
}

/// robots.txt is kept and logged like all else, but it is no page of the site's.
fn kind_word(url: &str, kind: PageKind) -> &'static str {
    if url.ends_with("/robots.txt") { "robots" } else { kind::word(kind) }
}

fn log(
    connection: &Connection,
    address: i64,
    answer: &Answer<'_>,
    outcome: Outcome,
    body: Option<i64>,
    run: i64,
) -> rusqlite::Result<i64> {
    // A request took some time, an import none: that tells them apart.
    let took = i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX);
    let took = if run == 0 { took } else { took.max(1) };
    connection
        .prepare_cached(
            "INSERT INTO fetch (address, at, outcome, status, body, content_type, etag, modified,
               retry_after, location, took, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            address,
            answer.at.as_millisecond(),
            outcome.word(),
            answer.status,
            body,
            answer.content_type,
            answer.etag,
            answer.modified,
            answer.retry_after,
            answer.location,
            took,
            answer.reason,
        ])?;
    Ok(connection.last_insert_rowid())
}

fn update(
    connection: &Connection,
    address: i64,
    answer: &Answer<'_>,
    outcome: Outcome,
    version: Option<i64>,
    step: &Step,
) -> rusqlite::Result<()> {
    let at = answer.at.as_millisecond();
    let good_at = outcome.is_good().then_some(at);
    // Validators belong to the body they came with: a 304 may leave them out, an error page's are nobody's.
    let (etag, modified) =
        if outcome.is_good() { (answer.etag, answer.modified) } else { (None, None) };
    connection
        .prepare_cached(
            "UPDATE address SET
               outcome = ?2, reason = ?3, tried_at = ?4, run = max(run, ?5),
               good_at = coalesce(?6, good_at),
               version = coalesce(?7, version),
               first_seen = CASE WHEN ?7 IS NULL THEN first_seen ELSE coalesce(first_seen, ?4) END,
               etag = CASE WHEN ?7 IS NULL THEN coalesce(?8, etag) ELSE ?8 END,
               modified = CASE WHEN ?7 IS NULL THEN coalesce(?9, modified) ELSE ?9 END,
               standing = CASE WHEN ?6 IS NULL OR ?5 = 0 THEN standing ELSE ?10 END
             WHERE id = ?1",
        )?
        .execute(params![
            address,
            outcome.word(),
            answer.reason,
            at,
            step.run,
            good_at,
            version,
            etag,
            modified,
            step.standing as i64,
        ])
        .map(drop)
}

fn older(connection: &Connection, address: i64, at: i64, readable: bool) -> rusqlite::Result<()> {
    if readable {
        connection
            .prepare_cached("UPDATE address SET first_seen = min(first_seen, ?2) WHERE id = ?1")?
            .execute([address, at])?;
    }
    Ok(())
}

/// Notes when an address was first read with minutes in it.
///
/// `latest` is when the version held before came. An archive older than this note has read minutes without noting them: those that came
/// again unchanged, or were settled or drafts by then, came with that version and are not new today.
fn minutes(
    connection: &Connection,
    address: i64,
    at: i64,
    latest: Option<i64>,
    outcome: Outcome,
) -> rusqlite::Result<()> {
    let read_before: bool = connection
        .prepare_cached("SELECT standing <> 0 FROM address WHERE id = ?1")?
        .query_row([address], |row| row.get(0))?;
    let at = latest.filter(|_| outcome == Outcome::Unchanged || read_before).unwrap_or(at);
    connection
        .prepare_cached(
            "INSERT INTO minutes (address, at) VALUES (?1, ?2)
             ON CONFLICT (address) DO UPDATE SET at = min(at, excluded.at)",
        )?
        .execute([address, at])
        .map(drop)
}

fn unlink(connection: &Connection, source: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM link WHERE source = ?1")?.execute([source]).map(drop)
}

fn link(connection: &Connection, source: i64, offers: &[Offer]) -> rusqlite::Result<usize> {
    let mut queued = 0;
    for offer in offers {
        let target = address(connection, &offer.url, offer.kind, offer.day)?;
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO link (target, source, words) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![target, source, offer.words])?;
        if let Some(place) = offer.place {
            queued += frontier::queue(connection, target, place)?;
        }
    }
    Ok(queued)
}
