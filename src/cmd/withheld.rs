//! What the archives say is hidden, as the server needs it: by id, looked up again whenever an archive has changed.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::Result;
use minutebook_crawler::address;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::suppress::What;
use minutebook_record::id;

use crate::folder::Folder;
use crate::web::{Hidden, Suppressed, Withheld};

/// Tells one state of the archives from another: each file's size and time, its log's too.
type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// What is hidden in a folder, followed while the server runs. Errors: an archive that cannot be read now, at the start;
/// later ones are said in the log and the list stays as it was.
pub(super) fn of(folder: &Folder) -> Result<Withheld> {
    hidden(folder)?;
    let folder = folder.clone();
    let seen = Mutex::new(None);
    Ok(Withheld::from_source(move || {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || -> Result<Option<(Stamp, Hidden)>> {
            let stamp = stamp(&folder.archives()?);
            if seen.as_ref() == Some(&stamp) {
                return Ok(None);
            }
            Ok(Some((stamp, hidden(&folder)?)))
        };
        match read() {
            Ok(Some((stamp, hidden))) => {
                *seen = Some(stamp);
                Some(hidden)
            }
            Ok(None) => None,
            Err(error) => {
                tracing::warn!("what is withheld cannot be read again: {error:#}");
                None
            }
        }
    }))
}

fn stamp(archives: &[PathBuf]) -> Stamp {
    let log = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        PathBuf::from(name)
    };
    let files = archives.iter().flat_map(|path| [path.clone(), log(path)]);
    let about = |path: PathBuf| {
        let about = std::fs::metadata(&path).ok();
        let size = about.as_ref().map_or(0, std::fs::Metadata::len);
        (path, size, about.and_then(|about| about.modified().ok()))
    };
    files.map(about).collect()
}

fn hidden(folder: &Folder) -> Result<Hidden> {
    let mut all = Hidden::default();
    for path in folder.archives()? {
        let archive = Archive::open(&path)?;
        for hidden in archive.suppressions()?.all() {
            match (hidden.what, id_of(archive.site().as_str(), &hidden.value)) {
                (What::Item | What::Page, Some(id)) => {
                    all.items.push(Suppressed { id, reason: None });
                }
                _ => all.others += 1,
            }
        }
    }
    Ok(all)
}

/// The id of the item or meeting an address opens; an id is its own.
fn id_of(site: &str, value: &str) -> Option<String> {
    if !value.contains("://") {
        return Some(value.to_owned());
    }
    let number = |name: &str| address::parameter(value, name)?.parse().ok();
    let page = value.split(['?', '#']).next()?.rsplit('/').next()?.to_ascii_lowercase();
    match page.as_str() {
        "mgai.aspx" => Some(id::item_id(site, number("ID")?)),
        "ielistdocuments.aspx" => Some(id::meeting_id(site, number("MId")?)),
        "celistdocuments.aspx" => Some(id::legacy_meeting_id(site, number("MeetingId")?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_crawler::address::Base;

    #[test]
    fn a_running_server_hears_of_what_another_process_hides() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::create(root.path()).unwrap();
        let withheld = of(&folder).unwrap();
        let site = "https://moderngov.example.gov.uk/";
        let path = folder.archive(site);
        drop(Archive::create(&path, &Base::from_pasted(site).unwrap()).unwrap());
        withheld.look();
        assert_eq!((withheld.count(), withheld.version()), (0, 0));
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut archive = Archive::open_for_writing(&path).unwrap();
        let page = "https://moderngov.example.gov.uk/mgAi.aspx?ID=7";
        archive.suppress(What::Page, page, "asked for", now).unwrap();
        archive.suppress(What::Phrase, "the Smith family", "asked for", now).unwrap();
        withheld.look();
        assert!(withheld.under("moderngov.example.gov.uk-i7").is_some());
        assert_eq!((withheld.count(), withheld.version()), (2, 1));
        archive.unsuppress(What::Page, page).unwrap();
        withheld.look();
        assert!(withheld.under("moderngov.example.gov.uk-i7").is_none());
    }

    #[test]
    fn an_address_hides_what_it_opens() {
        let site = "https://moderngov.example.gov.uk/";
        for (value, id) in [
            ("moderngov.example.gov.uk-i7", Some("moderngov.example.gov.uk-i7")),
            (
                "https://moderngov.example.gov.uk/mgAi.aspx?ID=7",
                Some("moderngov.example.gov.uk-i7"),
            ),
            (
                "https://moderngov.example.gov.uk/ieListDocuments.aspx?CId=3&MId=12",
                Some("moderngov.example.gov.uk-m12"),
            ),
            ("https://moderngov.example.gov.uk/documents/g12/Minutes.pdf", None),
            ("https://moderngov.example.gov.uk/mgAi.aspx?ID=x", None),
        ] {
            assert_eq!(id_of(site, value).as_deref(), id, "{value}");
        }
    }
}
