//! Saved pages into an archive: folders, `wget` mirrors, pages saved by hand, answers of the web service, PDFs, WARC files.
//!
//! Gives the same archive as a crawl that met the same bytes. Whatever cannot be taken is named with its reason; nothing a file holds
//! stops the import.

mod content;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::WalkDir;

use crate::address::{self, Base};
use crate::archive::{Answer, Archive, ArchiveError, Offer, Step};
use crate::crawl;
use crate::outcome::{Judgement, Outcome, judge, judge_body};
use crate::page::{Page, PageKind};
use crate::warc::{self, Capture, WarcReadError};

/// The largest file taken, as in a crawl: pages, and documents.
const PAGE_LIMIT: usize = 20 << 20;
const DOCUMENT_LIMIT: usize = 64 << 20;

/// Endings of files that come with saved pages and are no pages.
const FURNITURE: [&str; 17] = [
    "css", "js", "png", "jpg", "jpeg", "gif", "svg", "ico", "woff", "woff2", "ttf", "eot", "webp",
    "json", "map", "txt", "axd",
];

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Files read, and captures of WARC files.
    pub files: usize,
    /// Pages that were new or had changed.
    pub kept: usize,
    /// Pages held already.
    pub same: usize,
    /// Files that are no pages of minutes: styles, pictures, calendars.
    pub skipped: usize,
    /// Files that could not be taken.
    pub refused: Vec<Refused>,
}

/// A file that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// Imports files and folders. `now` dates files that carry no time of their own.
pub fn import(
    paths: &[PathBuf],
    archive: &mut Archive,
    now: Timestamp,
) -> Result<Imported, ArchiveError> {
    let mut import =
        Import { base: archive.site().clone(), archive, now, done: Imported::default() };
    let mut found = Vec::new();
    for path in paths {
        for entry in WalkDir::new(path) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let path = entry.into_path();
                    let at = modified(&path).unwrap_or(now).min(now);
                    found.push((at, path));
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(path).to_path_buf();
                    import.refuse(&path, error.to_string());
                }
            }
        }
    }
    // Oldest first, so that of two versions of a page the later one is the latest.
    found.sort();
    for (at, path) in found {
        import.file(&path, at)?;
    }
    Ok(import.done)
}

fn modified(path: &Path) -> Option<Timestamp> {
    let time = std::fs::metadata(path).ok()?.modified().ok()?;
    Timestamp::try_from(time).ok()
}

struct Import<'a> {
    archive: &'a mut Archive,
    base: Base,
    now: Timestamp,
    done: Imported,
}

/// One answer to be kept.
struct Saved<'a> {
    url: String,
    at: Timestamp,
    status: Option<u16>,
    content_type: Option<&'a str>,
    etag: Option<&'a str>,
    modified: Option<&'a str>,
    body: Vec<u8>,
}

impl Import<'_> {
    fn refuse(&mut self, path: &Path, reason: impl Into<String>) {
        self.done.refused.push(Refused { path: path.to_path_buf(), reason: reason.into() });
    }

    fn file(&mut self, path: &Path, at: Timestamp) -> Result<(), ArchiveError> {
        self.done.files += 1;
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name.trim_end_matches(".gz").rsplit_once('.').is_some_and(|(_, ending)| ending == "warc")
        {
            return self.warc(path);
        }
        let by_name = address::from_path(&self.base, path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if by_name.is_none() && (FURNITURE.contains(&ending) || name.starts_with("robots.txt")) {
            self.done.skipped += 1;
            return Ok(());
        }
        let is_document = |url: &String| address::kind(url) == PageKind::MinutesDocument;
        let limit =
            if by_name.as_ref().is_some_and(is_document) { DOCUMENT_LIMIT } else { PAGE_LIMIT };
        let body = match read(path, limit) {
            Ok(body) => body,
            Err(error) => {
                self.refuse(path, format!("cannot be read: {error}"));
                return Ok(());
            }
        };
        let Some(body) = body else {
            let reason = format!("more than {} MB", limit >> 20);
            if let Some(url) = &by_name {
                let mut answer = Answer::bare(url, address::kind(url), at, Outcome::TooLarge);
                answer.reason = Some(&reason);
                self.archive.keep(&answer, &Step::default())?;
            }
            self.refuse(path, reason);
            return Ok(());
        };
        match self.address(by_name, &body) {
            Ok(Some(url)) => {
                let saved = Saved {
                    url,
                    at,
                    status: None,
                    content_type: None,
                    etag: None,
                    modified: None,
                    body,
                };
                self.keep(path, &saved)
            }
            Ok(None) => {
                self.done.skipped += 1;
                Ok(())
            }
            Err(reason) => {
                self.refuse(path, reason);
                Ok(())
            }
        }
    }

    /// The address of a saved page: what its own comment says, or its path, or its words. `None` for a page of another sort.
    fn address(&self, by_name: Option<String>, body: &[u8]) -> Result<Option<String>, String> {
        if let Some(saved_from) = content::saved_from(body) {
            return match address::canonical(self.base.as_str(), &saved_from, &saved_from) {
                Some(url) if address::kind(&url) != PageKind::Other => Ok(Some(url)),
                Some(_) => Ok(None),
                None => Err(format!("was saved from {saved_from}, which is not of {}", self.base)),
            };
        }
        if let Some(url) = by_name {
            return Ok(Some(url));
        }
        if body.is_empty() {
            return Err("is empty, and its name does not say which page it was".to_owned());
        }
        content::address(&self.base, body, self.now)
    }

    fn warc(&mut self, path: &Path) -> Result<(), ArchiveError> {
        /// Either side may end the reading.
        enum End {
            Archive(ArchiveError),
            File(WarcReadError),
        }
        impl From<WarcReadError> for End {
            fn from(error: WarcReadError) -> Self {
                Self::File(error)
            }
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                self.refuse(path, format!("cannot be read: {error}"));
                return Ok(());
            }
        };
        let read = warc::read(file, DOCUMENT_LIMIT, |capture| {
            self.capture(path, &capture).map_err(End::Archive)
        });
        match read {
            Ok(()) => Ok(()),
            Err(End::Archive(error)) => Err(error),
            Err(End::File(error)) => {
                self.refuse(path, error.to_string());
                Ok(())
            }
        }
    }

    fn capture(&mut self, path: &Path, capture: &Capture) -> Result<(), ArchiveError> {
        self.done.files += 1;
        let url = address::canonical(self.base.as_str(), &capture.url, &capture.url)
            .filter(|url| address::kind(url) != PageKind::Other);
        let Some(url) = url else {
            self.done.skipped += 1;
            return Ok(());
        };
        let (content_type, etag) = (capture.header("content-type"), capture.header("etag"));
        let modified = capture.header("last-modified");
        match &capture.body {
            Ok(body) => {
                let saved = Saved {
                    url,
                    // A capture of the future is one of a wrong clock.
                    at: capture.at.unwrap_or(self.now).min(self.now),
                    status: capture.status,
                    content_type,
                    etag,
                    modified,
                    body: body.clone(),
                };
                self.keep(path, &saved)
            }
            Err(reason) => {
                self.refuse(path, format!("{url}: {reason}"));
                Ok(())
            }
        }
    }

    fn keep(&mut self, path: &Path, saved: &Saved<'_>) -> Result<(), ArchiveError> {
        let kind = address::kind(&saved.url);
        let judgement = match saved.status {
            Some(status) => judge(kind, status, &saved.body),
            None => judge_body(kind, &saved.body),
        };
        let Judgement { outcome, reason } = judgement;
        let mut step = Step::default();
        if outcome.is_good() && !saved.body.is_empty() {
            let page = Page {
                url: saved.url.clone(),
                site: self.base.to_string(),
                body: saved.body.clone(),
                content_type: saved.content_type.map(str::to_owned),
                fetched_at: saved.at,
                first_seen: saved.at,
                sha256: String::new(),
                found_on: Vec::new(),
            };
            let offered = crawl::offered(&page);
            step.minutes = offered.minutes;
            step.offers = offered
                .links
                .into_iter()
                .map(|(link, day)| Offer {
                    url: link.url,
                    kind: link.kind,
                    words: link.words,
                    day,
                    place: None,
                })
                .collect();
        }
        let answer = Answer {
            reason: reason.as_deref(),
            status: saved.status,
            body: (!saved.body.is_empty()).then_some(&saved.body[..]),
            content_type: saved.content_type,
            etag: saved.etag,
            modified: saved.modified,
            ..Answer::bare(&saved.url, kind, saved.at, outcome)
        };
        let kept = self.archive.keep(&answer, &step)?;
        match kept.outcome {
            Outcome::Fetched => self.done.kept += 1,
            Outcome::Unchanged => self.done.same += 1,
            _ => self.refuse(path, reason.unwrap_or_default()),
        }
        Ok(())
    }
}

/// The bytes of a file; `None` when there are more than the limit.
fn read(path: &Path, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    File::open(path)?.take(limit as u64 + 1).read_to_end(&mut body)?;
    Ok((body.len() <= limit).then_some(body))
}
