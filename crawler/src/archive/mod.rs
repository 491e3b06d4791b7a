//! The archive: all pages of one site in one SQLite file, never rewritten, only added to.
//!
//! What came of one request (log entry, body, links, frontier) goes in as one transaction, so a crash at any moment leaves a whole
//! archive that lacks at most the request in flight. One process writes, any number read. Nothing here knows what a page says.

mod addresses;
mod bodies;
mod error;
mod frontier;
mod keep;
pub mod kind;
mod known;
mod meta;
#[cfg(test)]
mod order_tests;
mod pack;
mod pages;
mod schema;
mod status;
mod suppressed;
#[cfg(test)]
mod tests;
mod verify;
mod versions;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use self::error::ArchiveError;
pub(crate) use self::error::At;
pub use self::frontier::{Next, Place};
pub use self::keep::{Answer, Kept, Offer, Standing, Step};
pub use self::known::Known;
pub use self::meta::Circuit;
pub(crate) use self::pack::{hash, hex};
pub use self::pages::Pages;
pub use self::status::{Failing, Failure, HeldKind, LastRun, SiteStatus};
pub use self::verify::Verified;
pub use self::versions::{Repeated, Version, Versions};
use crate::address::Base;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    shelf: bodies::Shelf,
    path: PathBuf,
    site: Base,
    /// It has the table of when minutes were first read.
    notes_minutes: bool,
    /// Held while we may write; the lock goes with the file handle.
    _lock: Option<File>,
}

impl Archive {
    /// Opens an archive for reading; a crawl may be writing to it meanwhile.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        require_file(path)?;
        let read = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, read).at(path)?;
        match Self::over(connection, path, None) {
            // In a folder we may not write, SQLite cannot make the files a journal needs. Without a journal beside it, the file is all
            // there is; with one, reading past it would show what is torn or long past.
            Err(error) if error.is_for_want_of_a_journal() && !has_journal(path) => {
                tracing::debug!(
                    "{}: read as a file that does not change ({error})",
                    path.display()
                );
                let uri = format!("file:{}?immutable=1", uri_path(path));
                let flags = read | OpenFlags::SQLITE_OPEN_URI;
                let connection = Connection::open_with_flags(uri, flags).at(path)?;
                Self::over(connection, path, None)
            }
            other => other,
        }
    }

    /// Opens an archive for writing. Fails at once when another process writes to it.
    pub fn open_for_writing(path: &Path) -> Result<Self, ArchiveError> {
        require_file(path)?;
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).at(path)?;
        prepare(&connection).at(path)?;
        let mut archive = Self::over(connection, path, Some(lock))?;
        archive.complete()?;
        Ok(archive)
    }

    /// Makes what an archive of this format may have been begun without.
    fn complete(&mut self) -> Result<(), ArchiveError> {
        self.connection.execute_batch(schema::LATER).at(&self.path)?;
        self.notes_minutes = true;
        Ok(())
    }

    /// Opens the archive of a site for writing, and makes it first where there is none.
    pub fn create(path: &Path, site: &Base) -> Result<Self, ArchiveError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| ArchiveError::from_io(folder, e))?;
        }
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).at(path)?;
        if is_blank(&connection).at(path)? {
            prepare(&connection).at(path)?;
            make(&mut connection, site).at(path)?;
        }
        prepare(&connection).at(path)?;
        let mut archive = Self::over(connection, path, Some(lock))?;
        if archive.site == *site {
            archive.complete()?;
            Ok(archive)
        } else {
            Err(ArchiveError::OtherSite {
                path: path.to_path_buf(),
                held: archive.site.to_string(),
                wanted: site.to_string(),
            })
        }
    }

    /// The site whose pages these are.
    pub fn site(&self) -> &Base {
        &self.site
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn over(connection: Connection, path: &Path, lock: Option<File>) -> Result<Self, ArchiveError> {
        // A reader waits for a writer's short transactions; writers do not meet, thanks to the lock.
        connection.busy_timeout(Duration::from_secs(10)).at(path)?;
        // 300 sites may be open at once: half a megabyte of cache each is plenty for pages read in order.
        connection.pragma_update(None, "cache_size", -512).at(path)?;
        let application: i64 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0)).at(path)?;
        if application != schema::APPLICATION {
            return Err(ArchiveError::NotAnArchive(path.to_path_buf()));
        }
        let found: i64 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).at(path)?;
        if found > schema::FORMAT {
            let path = path.to_path_buf();
            return Err(ArchiveError::Newer { path, found, known: schema::FORMAT });
        }
        let site: String = connection
            .query_row("SELECT value FROM meta WHERE key = 'site'", [], |row| row.get(0))
            .at(path)?;
        let site = Base::parse(&site).map_err(|error| ArchiveError::Corrupt {
            path: path.to_path_buf(),
            detail: error.to_string(),
        })?;
        let notes_minutes = connection.table_exists(None, "minutes").at(path)?;
        let shelf = bodies::Shelf::default();
        Ok(Self { connection, shelf, path: path.to_path_buf(), site, notes_minutes, _lock: lock })
    }
}

/// Whether a journal with something in it stands beside an archive.
fn has_journal(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    std::fs::metadata(PathBuf::from(name)).is_ok_and(|found| found.len() > 0)
}

fn require_file(path: &Path) -> Result<(), ArchiveError> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(ArchiveError::NotAnArchive(path.to_path_buf())),
        Err(error) => Err(ArchiveError::from_io(path, error)),
    }
}

/// Takes the writer's lock: a file beside the archive. SQLite's own locks go when any handle on its file closes, so not that one.
fn lock(path: &Path) -> Result<File, ArchiveError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let beside = PathBuf::from(name);
    let file = File::options().create(true).truncate(false).write(true).open(&beside).map_err(
        |error| match ArchiveError::from_io(&beside, error) {
            ArchiveError::ReadOnly(_) => ArchiveError::ReadOnly(path.to_path_buf()),
            other => other,
        },
    )?;
    // A child process being started holds a copy of our handles for a moment, and with it a lock we have just let go.
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(source)) => {
                return Err(ArchiveError::Io { path: beside, source });
            }
        }
    }
    Err(ArchiveError::InUse(path.to_path_buf()))
}

/// Whether a process holds the writer's lock of an archive.
fn is_being_written(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    File::open(PathBuf::from(name))
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Tries for the lock, and the pause between them: longer than starting a child takes, short enough to wait for.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// What a path must not say plainly inside a `file:` address.
const URI: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b'%').add(b'?').add(b'#').add(b' ');

fn uri_path(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    percent_encoding::utf8_percent_encode(&absolute.to_string_lossy(), URI).to_string()
}

fn is_blank(connection: &Connection) -> rusqlite::Result<bool> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(tables == 0)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // WAL lets readers read meanwhile. NORMAL survives a killed process whole; a power cut may lose the last moments, never the file.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")
}

fn make(connection: &mut Connection, site: &Base) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(schema::TABLES)?;
    transaction.execute("INSERT INTO meta (key, value) VALUES ('site', ?1)", [site.as_str()])?;
    transaction.pragma_update(None, "application_id", schema::APPLICATION)?;
    transaction.pragma_update(None, "user_version", schema::FORMAT)?;
    transaction.commit()
}
