//! The stages joined: archives to records, records to index. Used by `extract`, `index` and `up` alike.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use jiff::Timestamp;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::pdf::Texts;
use minutebook_crawler::records::{self, Means, Progress, Written};
use minutebook_crawler::suppress::Suppressions;
use minutebook_crawler::understand::{self, Numbers};
use minutebook_index::{Put, Writer};
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Doubt, Meeting};

use crate::folder::{Folder, files_with};

/// What came of an archive.
#[derive(Debug, Default)]
pub struct Extracted {
    /// What was written.
    pub written: Written,
    /// Why pages that stand in no record told nothing.
    pub unread: Vec<Doubt>,
}

impl Extracted {
    /// Whether reading broke off somewhere: a fault of this program, not of a page.
    pub fn broke_off(&self) -> bool {
        self.unread.iter().any(|doubt| doubt.kind == records::BROKE_OFF)
    }

    /// Says what is not in the records, the first pages by their address.
    pub fn say_unread(&self) {
        for doubt in self.unread.iter().take(MOST_SAID) {
            let place = doubt.place.as_deref().unwrap_or("a page");
            tracing::warn!("{place} is in no record: {} ({})", doubt.note, doubt.kind);
        }
        if self.unread.len() > MOST_SAID {
            tracing::warn!("{} more pages are in no record", self.unread.len() - MOST_SAID);
        }
    }
}

/// Unread pages named one by one.
const MOST_SAID: usize = 20;

/// Reads one archive into its records file.
pub fn extract(folder: &Folder, archive: &Path, report: impl FnMut(Progress)) -> Result<Extracted> {
    let archive = Archive::open(archive)?;
    let site = archive.site().as_str().to_owned();
    let path = folder.records(&site);
    let suppressed = archive.suppressions()?;
    let council = archive.fact(COUNCIL)?;
    let numbers = Mutex::new(Numbers::default());
    let finish = |meeting: &mut Meeting| {
        // What the operator says goes before what the site's template shows.
        if council.is_some() {
            meeting.council.clone_from(&council);
        }
        hide(meeting, &suppressed);
        complete(meeting);
        numbers.lock().unwrap_or_else(PoisonError::into_inner).add(meeting);
    };
    let texts = Texts::kept_at(&folder.texts(&site));
    let unread = Mutex::new(Vec::new());
    let lost = |doubt: &Doubt| {
        unread.lock().unwrap_or_else(PoisonError::into_inner).push(doubt.clone());
    };
    let means = Means { pdf: &|page| texts.of(page), complete: &finish, unread: &lost };
    let written = records::write(&site, &archive, means, &path, report)
        .with_context(|| format!("cannot extract {}", archive.path().display()))?;
    let numbers = numbers.into_inner().unwrap_or_else(PoisonError::into_inner);
    link(&path, &numbers)
        .with_context(|| format!("cannot link the references in {}", path.display()))?;
    let unread = unread.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Extracted { written, unread })
}

/// Fills in what references to other minutes point at, now that every number is known. Only the lines that hold references are
/// read again; the file is replaced whole.
fn link(path: &Path, numbers: &Numbers) -> Result<()> {
    let linked = path.with_extension("linked");
    let mut to = BufWriter::new(File::create(&linked)?);
    for (at, line) in BufReader::new(File::open(path)?).split(b'\n').enumerate() {
        let line = line?;
        if holds(&line, b"\"references\":[") {
            let mut meeting = minutebook_record::file::parse(&line, at + 1)?;
            numbers.link(&mut meeting);
            minutebook_record::file::write(&meeting, &mut to)?;
        } else {
            to.write_all(&line)?;
            to.write_all(b"\n")?;
        }
    }
    to.flush()?;
    std::fs::rename(&linked, path)?;
    Ok(())
}

fn holds(line: &[u8], words: &[u8]) -> bool {
    line.windows(words.len()).any(|window| window == words)
}

/// Takes out what is suppressed: the words of a whole meeting, whole items, and passages that say a hidden phrase. A title that says one is withheld.
fn hide(meeting: &mut Meeting, suppressed: &Suppressions) {
    if suppressed.hides_item(&meeting.id, &meeting.url) {
        meeting.items.clear();
        meeting.documents.clear();
        meeting.attendance.clear();
    }
    meeting.items.retain(|item| !suppressed.hides_item(&item.id, &item.url));
    // Whatever repeats words of a page: its title, the venue, what was unsure of it.
    for text in [&mut meeting.title, &mut meeting.committee.name] {
        if suppressed.hides_text(text) {
            "Withheld".clone_into(text);
        }
    }
    meeting.venue.take_if(|venue| suppressed.hides_text(venue));
    meeting.status_from.take_if(|from| suppressed.hides_text(from));
    meeting.doubts.retain(|doubt| !says(doubt, suppressed));
    for item in &mut meeting.items {
        if suppressed.hides_text(&item.title) {
            "Withheld".clone_into(&mut item.title);
        }
        item.passages.retain(|passage| !suppressed.hides_text(&passage.text));
        item.documents.retain(|document| !suppressed.hides_text(&document.title));
        item.doubts.retain(|doubt| !says(doubt, suppressed));
    }
    meeting.documents.retain(|document| !suppressed.hides_text(&document.title));
    meeting.attendance.retain(|person| {
        let role = person.role.as_deref().unwrap_or_default();
        !suppressed.hides_text(&person.name) && !suppressed.hides_text(role)
    });
}

/// Whether a doubt repeats hidden words.
fn says(doubt: &Doubt, suppressed: &Suppressions) -> bool {
    suppressed.hides_text(&doubt.note)
        || doubt.place.as_deref().is_some_and(|place| suppressed.hides_text(place))
}

/// The archive's fact that holds the council's name as the operator gave it.
pub const COUNCIL: &str = "council";

/// Derives what a record's words say and the record does not: resolutions, roles, topics.
pub fn complete(meeting: &mut Meeting) {
    understand::complete(meeting, Topics::in_use(), Procedural::shipped());
}

/// What indexing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Indexed {
    /// Meetings that were new.
    pub added: usize,
    /// Meetings whose record had changed.
    pub changed: usize,
    /// Meetings as they were.
    pub same: usize,
    /// Meetings taken out, because their site's records no longer hold them.
    pub removed: usize,
    /// Lines that are no records.
    pub bad: usize,
}

/// Reads records into the index: the folder's own, or those of `from` (a file or a folder) besides.
///
/// A bad line is printed and counted, the rest is put. What a site's own records no longer hold is taken out. Readers see none of
/// it before the writer is finished: all of a rebuild at once, or nothing.
pub fn index(
    writer: &mut Writer,
    folder: &Folder,
    from: Option<&Path>,
    now: Timestamp,
) -> Result<Indexed> {
    let mut done = Indexed::default();
    let files = match from {
        Some(path) if path.is_dir() => files_with(path, "jsonl")?,
        Some(path) => vec![path.to_path_buf()],
        None => files_with(&folder.all_records(), "jsonl")?,
    };
    if let Some(path) = from
        && files.is_empty()
    {
        anyhow::bail!("no .jsonl files in {}", path.display());
    }
    for path in &files {
        let ids = index_file(writer, path, now, &mut done)?;
        if from.is_none() {
            done.removed += remove_others(writer, path, &ids)?;
        }
    }
    Ok(done)
}

fn index_file(
    writer: &mut Writer,
    path: &PathBuf,
    now: Timestamp,
    done: &mut Indexed,
) -> Result<HashSet<String>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut ids = HashSet::new();
    for record in minutebook_record::file::read(BufReader::with_capacity(1 << 20, file)) {
        match record {
            Ok(mut meeting) => {
                complete(&mut meeting);
                match writer.put(&meeting, now)? {
                    Put::Added => done.added += 1,
                    Put::Changed => done.changed += 1,
                    Put::Same => done.same += 1,
                }
                ids.insert(meeting.id);
            }
            Err(error) => {
                tracing::error!("{}: {error}", path.display());
                done.bad += 1;
            }
        }
    }
    Ok(ids)
}

/// Takes out what a site's own records file no longer holds. Crawled meetings' ids begin with the file's name.
fn remove_others(writer: &mut Writer, path: &Path, ids: &HashSet<String>) -> Result<usize> {
    let Some(site) = path.file_stem().and_then(|s| s.to_str()) else { return Ok(0) };
    let own = |id: &str| {
        id.strip_prefix(site).is_some_and(|rest| rest.starts_with("-m") || rest.starts_with("-c"))
    };
    Ok(writer.retain(|id| !own(id) || ids.contains(id))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_index::{Index, Search};

    fn record(id: &str) -> String {
        format!(
            "{{\"format\":1,\"site\":\"https://a.example/\",\"id\":\"{id}\",\"committee\":{{\"name\":\"A\"}},\"date\":null,\"items\":[{{\"id\":\"{id}-1\",\"title\":\"Bins\",\"passages\":[]}}]}}\n"
        )
    }

    #[test]
    fn a_rebuild_is_seen_when_all_of_it_is_there() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::create(root.path()).unwrap();
        let now = Timestamp::UNIX_EPOCH;
        std::fs::write(folder.records("https://a.example/"), record("own")).unwrap();
        let fed = root.path().join("fed.jsonl");
        std::fs::write(&fed, record("fed")).unwrap();
        let mut writer = Writer::open_or_create(folder.index()).unwrap();
        index(&mut writer, &folder, None, now).unwrap();
        writer.finish().unwrap();
        let held = Index::open(folder.index()).unwrap();
        let found = || {
            held.reload().unwrap();
            held.search(&Search::words("bins")).unwrap().total
        };
        assert_eq!(found(), 1);
        let mut writer = Writer::rebuild(folder.index()).unwrap();
        index(&mut writer, &folder, Some(&fed), now).unwrap();
        assert_eq!(held.meeting("fed").unwrap(), None);
        assert_eq!(found(), 1, "half a rebuild is nobody's index");
        index(&mut writer, &folder, None, now).unwrap();
        writer.finish().unwrap();
        assert_eq!(found(), 2);
    }
}
