//! What can go wrong with an archive, in words that name the file and the remedy.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Anything that stops work on an archive.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// There is no such file.
    #[error("there is no archive at {0}: run `crawl` or `import` first")]
    Missing(PathBuf),
    /// A file, but not one of ours.
    #[error("{0} is not an archive of this program: move it away, or give another data folder")]
    NotAnArchive(PathBuf),
    /// Written by a later version.
    #[error(
        "{path} has format {found}, and this program reads formats up to {known}: use the newer program that wrote it"
    )]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The highest format we read.
        known: i64,
    },
    /// Another process is writing.
    #[error("{0} is in use by another process: wait for it to end, or give another data folder")]
    InUse(PathBuf),
    /// May be read but not written.
    #[error("{0} cannot be written: make it and its folder writable, or give another data folder")]
    ReadOnly(PathBuf),
    /// No room left.
    #[error(
        "no room left on the disk that holds {0}: free some and start again; what was kept so far is safe"
    )]
    Full(PathBuf),
    /// Damaged.
    #[error(
        "{path} is damaged ({detail}): restore it from a backup, or move it away and crawl again"
    )]
    Corrupt {
        /// The archive.
        path: PathBuf,
        /// What SQLite or the check said.
        detail: String,
    },
    /// Holds another site's pages.
    #[error("{path} holds the pages of {held}, not of {wanted}")]
    OtherSite {
        /// The archive.
        path: PathBuf,
        /// The site it holds.
        held: String,
        /// The site asked for.
        wanted: String,
    },
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// SQLite refused, for a reason not named above.
    #[error("{path}: {source}")]
    Sqlite {
        /// The archive.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl ArchiveError {
    /// SQLite could not open or make the files of its journal: the folder may be read and not written.
    pub(crate) fn is_for_want_of_a_journal(&self) -> bool {
        match self {
            Self::ReadOnly(_) => true,
            Self::Sqlite { source, .. } => {
                source.sqlite_error_code() == Some(ErrorCode::CannotOpen)
            }
            _ => false,
        }
    }

    /// Gives SQLite's complaint the name of the file and the remedy.
    pub(crate) fn from_sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        let Some(code) = error.sqlite_error_code() else {
            return Self::Sqlite { path, source: error };
        };
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse(path),
            ErrorCode::ReadOnly => Self::ReadOnly(path),
            ErrorCode::DiskFull => Self::Full(path),
            ErrorCode::NotADatabase => Self::NotAnArchive(path),
            ErrorCode::DatabaseCorrupt => Self::Corrupt { path, detail: error.to_string() },
            _ => Self::Sqlite { path, source: error },
        }
    }

    /// Gives the file system's complaint the remedy.
    pub(crate) fn from_io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(path),
            std::io::ErrorKind::NotFound => Self::Missing(path),
            _ => Self::Io { path, source },
        }
    }
}

/// Attaches an archive's path to SQLite's errors.
pub(crate) trait At<T> {
    /// The same result, its error naming the file.
    fn at(self, path: &Path) -> Result<T, ArchiveError>;
}

impl<T> At<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> Result<T, ArchiveError> {
        self.map_err(|error| ArchiveError::from_sqlite(path, error))
    }
}
