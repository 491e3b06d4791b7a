//! The index folder: which build is the current one, in which format, and who may write.
//!
//! `current.json` names the folder of the current build. A rebuild fills a new one beside it and switches by renaming that
//! small file, so that readers go from one whole index to the next and never see half of one.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::IndexError;

/// The index format's number: counts up when fields or analysis change.
///
/// History, all of November 2026: 1, the first; 2, an item's place in its meeting settles ties; 3, "aed" is no past tense; 4, the
/// words of all posts share one vocabulary, and of minutes and agenda text is kept what is less: a quarter smaller; 5, the same of
/// what posts say, meetings are taken out by what was put, and stored records lie in blocks of twice the size.
pub(crate) const FORMAT: u32 = 5;

const CURRENT: &str = "current.json";
const LOCK: &str = "writer.lock";

/// What `current.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Current {
    /// The format's number.
    pub(crate) format: u32,
    /// The folder of the build, inside the index folder.
    pub(crate) folder: String,
}

/// Reads which build is current.
pub(crate) fn current(dir: &Path) -> Result<Current, IndexError> {
    let path = dir.join(CURRENT);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(IndexError::Absent(dir.to_owned()));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(IndexError::NotFolder(dir.to_owned()));
        }
        Err(error) => return Err(IndexError::io(&path)(error)),
    };
    let corrupt = |what: &str| IndexError::Corrupt { path: dir.to_owned(), what: what.to_owned() };
    let current: Current =
        serde_json::from_slice(&bytes).map_err(|e| corrupt(&format!("{CURRENT}: {e}")))?;
    if current.format != FORMAT {
        let (path, found) = (dir.to_owned(), current.format);
        return Err(IndexError::Format { path, found, expected: FORMAT });
    }
    if current.folder.is_empty() || current.folder.contains(['/', '\\', '.', '\0']) {
        return Err(corrupt(&format!("{CURRENT} names no build")));
    }
    Ok(current)
}

/// Makes a build the current one, in one step.
pub(crate) fn switch(dir: &Path, folder: &str) -> Result<(), IndexError> {
    let path = dir.join(CURRENT);
    let aside = dir.join("current.json.new");
    let current = Current { format: FORMAT, folder: folder.to_owned() };
    let bytes = serde_json::to_vec(&current)
        .map_err(|e| IndexError::Corrupt { path: dir.to_owned(), what: e.to_string() })?;
    fs::write(&aside, bytes).map_err(IndexError::io(&aside))?;
    File::open(&aside).and_then(|file| file.sync_all()).map_err(IndexError::io(&aside))?;
    fs::rename(&aside, &path).map_err(IndexError::io(&path))
}

/// A name no build in the folder has.
pub(crate) fn fresh(dir: &Path) -> String {
    let mut number = 1;
    while dir.join(format!("build-{number}")).exists() {
        number += 1;
    }
    format!("build-{number}")
}

/// Removes builds other than the one named; what cannot be removed stays until the next time.
pub(crate) fn remove_others(dir: &Path, keep: &str) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("build-")
            && name != keep
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(folder = %entry.path().display(), %error, "an old index build stays");
        }
    }
}

/// Makes the folder where there is none.
pub(crate) fn make(dir: &Path) -> Result<(), IndexError> {
    if dir.exists() && !dir.is_dir() {
        return Err(IndexError::NotFolder(dir.to_owned()));
    }
    fs::create_dir_all(dir).map_err(IndexError::io(dir))
}

/// The right to write, for as long as it is held; the system takes it back from a process that dies.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "held, never read")] File);

/// Takes the right to write.
pub(crate) fn lock(dir: &Path) -> Result<Lock, IndexError> {
    lock_named(dir, LOCK)
}

/// Takes the right that a file of the folder stands for.
pub(crate) fn lock_named(dir: &Path, name: &str) -> Result<Lock, IndexError> {
    let path: PathBuf = dir.join(name);
    let file = File::create(&path).map_err(IndexError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(IndexError::Busy(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(IndexError::io(&path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_other_format_damaged_and_not_a_folder_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path();
        assert!(matches!(current(path), Err(IndexError::Absent(_))));
        fs::write(path.join(CURRENT), r#"{"format":99,"folder":"build-1"}"#).unwrap();
        let error = current(path).unwrap_err();
        assert!(matches!(error, IndexError::Format { found: 99, .. }));
        assert!(error.to_string().contains("minutebook index --rebuild"));
        for damaged in ["", "{}", r#"{"format":5,"folder":"../x"}"#] {
            fs::write(path.join(CURRENT), damaged).unwrap();
            assert!(matches!(current(path), Err(IndexError::Corrupt { .. })), "{damaged}");
        }
        let file = path.join("file");
        fs::write(&file, "").unwrap();
        assert!(matches!(current(&file), Err(IndexError::NotFolder(_))));
        assert!(matches!(make(&file), Err(IndexError::NotFolder(_))));
    }

    #[test]
    fn only_one_may_write() {
        let dir = tempfile::tempdir().unwrap();
        let held = lock(dir.path()).unwrap();
        let error = lock(dir.path()).unwrap_err();
        assert!(error.to_string().contains("in use by another process"));
        drop(held);
        lock(dir.path()).unwrap();
    }

    #[test]
    fn a_switch_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let name = fresh(dir.path());
        fs::create_dir(dir.path().join(&name)).unwrap();
        switch(dir.path(), &name).unwrap();
        assert_eq!(current(dir.path()).unwrap().folder, name);
        let next = fresh(dir.path());
        assert_ne!(next, name);
        fs::create_dir(dir.path().join(&next)).unwrap();
        remove_others(dir.path(), &next);
        assert!(!dir.path().join(&name).exists() && dir.path().join(&next).exists());
    }
}
