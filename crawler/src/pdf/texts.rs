//! Texts of PDFs, kept by the hash of the bytes: reading records again runs `pdftotext` for new bodies only.
//!
//! A cache and no more: it can be deleted at any time, and one that cannot be used is done without, with a warning.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Limits, PdfText, text};
use crate::page::Page;

/// The tables. Another layout is another `user_version`, and begins anew.
const LAYOUT: i64 = 1;
const TABLE: &str = "CREATE TABLE IF NOT EXISTS text (
  sha256 TEXT PRIMARY KEY, outcome TEXT NOT NULL, words BLOB NOT NULL
) WITHOUT ROWID";
/// zstd level: texts are read more often than written, and there are few.
const LEVEL: i32 = 3;

/// Reads PDFs, each body once.
#[derive(Debug, Default)]
pub struct Texts {
    kept: Option<Mutex<Connection>>,
    limits: Limits,
    /// There is no tool: said once, and not tried again.
    toolless: AtomicBool,
    /// Which tool this is, asked once where a failure is kept or found: a newer one may read what an older one could not.
    version: OnceLock<String>,
}

impl Texts {
    /// Keeps what it reads in a file, made where there is none.
    pub fn kept_at(path: &Path) -> Self {
        let kept = match open(path) {
            Ok(connection) => Some(Mutex::new(connection)),
            Err(error) => {
                tracing::warn!(
                    "{}: {error}; PDFs are read without it, each time anew (delete the file to begin a new one)",
                    path.display()
                );
                None
            }
        };
        Self { kept, ..Self::default() }
    }

    /// The text of a page that is a PDF.
    pub fn of(&self, page: &Page) -> PdfText {
        if let Some(kept) = self.find(&page.sha256) {
            return kept;
        }
        if self.toolless.load(Ordering::Relaxed) {
            return PdfText::NoTool;
        }
        let found = text(&page.body, self.limits);
        match &found {
            PdfText::NoTool => {
                if !self.toolless.swap(true, Ordering::Relaxed) {
                    tracing::warn!(
                        "pdftotext is not installed, so minutes that exist as PDFs alone are not read: install poppler-utils and run `minutebook extract` again; nothing needs to be fetched anew"
                    );
                }
            }
            // A busy machine may do better next time.
            PdfText::TooSlow(_) | PdfText::Broke(_) => {}
            PdfText::Text(words) => self.keep(&page.sha256, "text", words),
            PdfText::NoTextLayer => self.keep(&page.sha256, "no-text-layer", ""),
            PdfText::Failed(why) => {
                self.keep(&page.sha256, &format!("failed {}", self.version()), why);
            }
        }
        found
    }

    fn version(&self) -> &str {
        self.version.get_or_init(super::version)
    }

    fn find(&self, sha256: &str) -> Option<PdfText> {
        let connection = self.kept.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let row = connection
            .prepare_cached("SELECT outcome, words FROM text WHERE sha256 = ?1")
            .and_then(|mut s| {
                s.query_row([sha256], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).optional()
            });
        drop(connection);
        let (outcome, packed): (String, Vec<u8>) = row.unwrap_or_else(|error| {
            tracing::warn!("the kept texts of PDFs cannot be read: {error}");
            None
        })?;
        let words = String::from_utf8(zstd::decode_all(packed.as_slice()).ok()?).ok()?;
        match outcome.as_str() {
            "text" => Some(PdfText::Text(words)),
            "no-text-layer" => Some(PdfText::NoTextLayer),
            failed => {
                let by = failed.strip_prefix("failed ")?;
                (by == self.version()).then_some(PdfText::Failed(words))
            }
        }
    }

    fn keep(&self, sha256: &str, outcome: &str, words: &str) {
        let Some(kept) = self.kept.as_ref().filter(|_| !sha256.is_empty()) else { return };
        let Ok(packed) = zstd::encode_all(words.as_bytes(), LEVEL) else { return };
        let connection = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let put = connection
            .prepare_cached(
                "INSERT OR REPLACE INTO text (sha256, outcome, words) VALUES (?1, ?2, ?3)",
            )
            .and_then(|mut s| s.execute(params![sha256, outcome, packed]));
        if let Err(error) = put {
            tracing::warn!("the text of a PDF cannot be kept: {error}; it will be read again");
        }
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    if let Some(folder) = path.parent() {
        // Where this fails, opening fails as well and says why.
        let _ = std::fs::create_dir_all(folder);
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What a power cut loses is read again.
    connection.pragma_update(None, "synchronous", "OFF")?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != LAYOUT {
        connection.execute_batch("DROP TABLE IF EXISTS text")?;
        connection.pragma_update(None, "user_version", LAYOUT)?;
    }
    connection.execute_batch(TABLE)?;
    Ok(connection)
}
