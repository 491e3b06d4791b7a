//! The data folder: one place for everything, `archive/<site>.sqlite`, `records/<site>.jsonl`, `index/`; `texts/` is a cache.
//!
//! It has a format number of its own. Each stage is written by one program at a time; readers need no leave.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use minutebook_record::id::site_slug;

/// The number of the folder's layout. History: 1, November 2026, the first.
const FORMAT: u32 = 1;

/// A data folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// Leave to write records; given back when dropped.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl Folder {
    /// A folder to read from. It must exist.
    pub fn open(root: &Path) -> Result<Folder> {
        if !root.exists() {
            bail!(
                "no data folder at {}; fill one with `minutebook up SITE` or `minutebook up --sample`, or name another with --data",
                root.display()
            );
        }
        if !root.is_dir() {
            bail!("{} is not a folder; name another with --data", root.display());
        }
        let folder = Folder { root: root.to_path_buf() };
        folder.check_format()?;
        Ok(folder)
    }

    /// A folder to write to, made where it does not exist.
    pub fn create(root: &Path) -> Result<Folder> {
        if root.exists() && !root.is_dir() {
            bail!("{} is not a folder; name another with --data", root.display());
        }
        let folder = Folder { root: root.to_path_buf() };
        for dir in [root.to_path_buf(), root.join("archive"), root.join("records")] {
            fs::create_dir_all(&dir).with_context(|| {
                format!("cannot make {}; check that you may write there", dir.display())
            })?;
        }
        folder.check_format()?;
        let number = root.join("format");
        if !number.exists() {
            fs::write(&number, format!("{FORMAT}\n")).with_context(|| {
                format!("cannot write {}; is the folder read-only?", number.display())
            })?;
        }
        Ok(folder)
    }

    fn check_format(&self) -> Result<()> {
        let path = self.root.join("format");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        match text.trim().parse::<u32>() {
            Ok(number) if number <= FORMAT => Ok(()),
            Ok(number) => bail!(
                "the data folder {} has layout {number}, written by a newer minutebook; this one reads up to {FORMAT}: use the newer program or another folder",
                self.root.display()
            ),
            Err(_) => bail!(
                "{} should hold the folder's layout number but holds {:?}; is {} a minutebook data folder?",
                path.display(),
                text.chars().take(40).collect::<String>(),
                self.root.display()
            ),
        }
    }

    /// Takes the leave to write records; fails at once where another process has it. Archives and the index have locks of their own,
    /// so that a crawl of days does not keep anyone from extracting and indexing what it has found.
    pub fn lock_records(&self) -> Result<WriteLock> {
        let path = self.root.join("records").join("lock");
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).with_context(
                || format!("cannot write {}; is the folder read-only?", path.display()),
            )?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(TryLockError::WouldBlock) => bail!(
                "the records in {} are in use by another minutebook; wait for it or stop it, or name another folder with --data",
                self.root.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The archive of a site.
    pub fn archive(&self, site: &str) -> PathBuf {
        self.root.join("archive").join(format!("{}.sqlite", site_slug(site)))
    }

    /// The records of a site.
    pub fn records(&self, site: &str) -> PathBuf {
        self.root.join("records").join(format!("{}.jsonl", site_slug(site)))
    }

    /// The texts of a site's PDFs, kept so that none is read twice: a cache, which can be deleted at any time.
    pub fn texts(&self, site: &str) -> PathBuf {
        self.root.join("texts").join(format!("{}.sqlite", site_slug(site)))
    }

    /// The folder of all records.
    pub fn all_records(&self) -> PathBuf {
        self.root.join("records")
    }

    /// The index.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// Every archive held, sorted.
    pub fn archives(&self) -> Result<Vec<PathBuf>> {
        files_with(&self.root.join("archive"), "sqlite")
    }
}

/// The files of a folder with this ending, sorted; none where the folder does not exist.
pub fn files_with(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => {
            return Err(error)
                .with_context(|| format!("cannot read the folder {}", folder.display()));
        }
    };
    for entry in entries {
        let path =
            entry.with_context(|| format!("cannot read the folder {}", folder.display()))?.path();
        if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::create(root.path()).unwrap();
        let held = folder.lock_records().unwrap();
        let error = folder.lock_records().unwrap_err().to_string();
        assert!(error.contains("in use by another minutebook"), "{error}");
        drop(held);
        folder.lock_records().unwrap();
    }

    #[test]
    fn a_newer_folder_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("format"), "2\n").unwrap();
        let error = Folder::open(root.path()).unwrap_err().to_string();
        assert!(error.contains("newer minutebook"), "{error}");
        assert!(Folder::create(root.path()).is_err());
    }

    #[test]
    fn a_missing_folder_says_how_to_fill_one() {
        let root = tempfile::tempdir().unwrap();
        let error = Folder::open(&root.path().join("none")).unwrap_err().to_string();
        assert!(error.contains("minutebook up"), "{error}");
    }
}
