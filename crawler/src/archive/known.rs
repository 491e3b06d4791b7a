//! What is known of one address without reading its body.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::keep::Standing;
use super::{Archive, ArchiveError, At, kind, pack};
use crate::outcome::Outcome;
use crate::page::Link;

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What came of asking last; `None` when it was only ever linked to.
    pub outcome: Option<Outcome>,
    /// When it was asked for last.
    pub tried_at: Option<Timestamp>,
    /// When it last answered as it should.
    pub good_at: Option<Timestamp>,
    /// `ETag` of the version held.
    pub etag: Option<String>,
    /// `Last-Modified` of the version held.
    pub modified: Option<String>,
    /// SHA-256 of the version held, hex; `None` when none is.
    pub sha256: Option<String>,
    /// The meeting's day, as a number like 20240131.
    pub day: Option<i64>,
    /// How far its words have come.
    pub standing: Standing,
    /// The last run that asked for it.
    pub run: i64,
    /// How often it was asked for in vain since it last answered as it should.
    pub failures: u32,
}

impl Known {
    /// Nothing more is expected to change here.
    pub fn is_settled(&self) -> bool {
        self.standing == Standing::Settled
    }

    /// Draft minutes.
    pub fn is_draft(&self) -> bool {
        self.standing == Standing::Draft
    }
}

impl Archive {
    /// What is known of an address; `None` when the archive never heard of it.
    pub fn known(&self, url: &str) -> Result<Option<Known>, ArchiveError> {
        let time = |ms: Option<i64>| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        self.connection
            .prepare_cached(
                "SELECT a.outcome, a.tried_at, a.good_at, a.etag, a.modified, b.sha256, a.day,
                   a.standing, a.run,
                   CASE WHEN a.outcome IN ('fetched', 'unchanged') THEN 0 ELSE
                     (SELECT count(*) FROM fetch v WHERE v.address = a.id AND v.at > coalesce(a.good_at, 0))
                   END
                 FROM address a LEFT JOIN fetch f ON f.id = a.version
                 LEFT JOIN body b ON b.id = f.body WHERE a.url = ?1",
            )
            .and_then(|mut s| {
                s.query_row([url], |row| {
                    Ok(Known {
                        outcome: row
                            .get::<_, Option<String>>(0)?
                            .and_then(|word| Outcome::from_word(&word)),
                        tried_at: time(row.get(1)?),
                        good_at: time(row.get(2)?),
                        etag: row.get(3)?,
                        modified: row.get(4)?,
                        sha256: row.get::<_, Option<Vec<u8>>>(5)?.map(|hash| pack::hex(&hash)),
                        day: row.get(6)?,
                        standing: match row.get::<_, i64>(7)? {
                            1 => Standing::Settled,
                            2 => Standing::Draft,
                            _ => Standing::Open,
                        },
                        run: row.get(8)?,
                        failures: row.get(9)?,
                    })
                })
                .optional()
            })
            .at(&self.path)
    }

    /// The links a page offered when it was last read.
    pub fn links_from(&self, url: &str) -> Result<Vec<Link>, ArchiveError> {
        self.connection
            .prepare_cached(
                "SELECT t.url, l.words, t.kind FROM address s JOIN link l ON l.source = s.id
                 JOIN address t ON t.id = l.target WHERE s.url = ?1 ORDER BY l.target",
            )
            .and_then(|mut s| {
                s.query_map([url], |row| {
                    Ok(Link {
                        url: row.get(0)?,
                        words: row.get(1)?,
                        kind: kind::from_word(&row.get::<_, String>(2)?),
                    })
                })?
                .collect()
            })
            .at(&self.path)
    }

    /// Whether a page offered an address in just these words when it was last read.
    pub fn offered(&self, source: &str, target: &str, words: &str) -> Result<bool, ArchiveError> {
        self.connection
            .prepare_cached(
                "SELECT 1 FROM link l JOIN address t ON t.id = l.target
                 JOIN address s ON s.id = l.source WHERE t.url = ?1 AND s.url = ?2 AND l.words = ?3",
            )
            .and_then(|mut s| s.exists(params![target, source, words]))
            .at(&self.path)
    }
}
