//! Over an archive: its pages become records, one meeting after the other, in memory that does not grow with the archive.
//!
//! Addresses alone tell which pages belong to one meeting, so they are sorted first; bodies are read meeting by meeting. Lists
//! of committees and meetings are read before, since meetings lean on them.

mod crew;
mod groups;
mod write;

pub use write::{RecordsError, Written, write};

use std::cell::Cell;
use std::collections::HashSet;

use minutebook_record::Meeting;

use crate::address;
use crate::assemble::{self, Known, Sourced};
use crate::extract::{self, Fragment, MeetingKey, MeetingPart, Route};
use crate::page::{Page, PageKind, PdfText};
use groups::Groups;

/// Where pages are held: an archive, or anything that can list addresses and give pages by address.
pub trait Held {
    /// What can go wrong in reading.
    type Error;
    /// All addresses that have a readable page, with the addresses of the pages that link to them.
    fn addresses(&self) -> Result<Vec<HeldAddress>, Self::Error>;
    /// The page at an address.
    fn page(&self, url: &str) -> Result<Option<Page>, Self::Error>;
}

/// An address and who links to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldAddress {
    /// Canonical address.
    pub url: String,
    /// Addresses of the pages that link here.
    pub found_on: Vec<String>,
}

/// How far an extraction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pages read.
    pub pages: usize,
    /// Of how many.
    pub of: usize,
    /// Meetings written.
    pub meetings: usize,
}

/// What is done on the way: handed in, so that this stage knows neither the vocabulary nor which programs the machine has.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// The text of a page that is a PDF. Runs on several threads.
    pub pdf: &'a (dyn Fn(&Page) -> PdfText + Sync),
    /// Fills in what is read from the text of an assembled meeting. Runs on several threads.
    pub complete: &'a (dyn Fn(&mut Meeting) + Sync),
}

/// Reads all meetings of a site and gives each to `sink`, ordered by the source's numbers.
pub fn each<H, E>(
    site: &str,
    held: &H,
    means: Means<'_>,
    mut sink: impl FnMut(Meeting, Progress) -> Result<(), E>,
) -> Result<Progress, E>
where
    H: Held,
    E: From<H::Error>,
{
    let groups = Groups::sort(held.addresses()?);
    let mut progress = Progress { pages: 0, of: groups.pages(), meetings: 0 };
    let known = lists(held, &groups, &mut progress)?;
    let told = loose(held, &groups, means, &mut progress)?;
    let (mut by_key, loose) = groups::Loose::new(told);
    let mut keys: Vec<MeetingKey> = groups.meetings.keys().copied().collect();
    keys.extend(by_key.keys());
    keys.extend(known.meetings().filter(|row| row.cancelled).map(|row| row.key));
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| *key != MeetingKey::Unknown);
    let (mut keys, mut used) = (keys.into_iter(), HashSet::new());
    let (pages, mut meetings) = (Cell::new(progress.pages), 0);
    let mut write = |meeting: Option<Meeting>| match meeting {
        Some(meeting) => {
            meetings += 1;
            sink(meeting, Progress { pages: pages.get(), meetings, ..progress })
        }
        None => Ok(()),
    };
    let feed = || {
        let Some(key) = keys.next() else { return Ok(None) };
        let parts = by_key.remove(&key).unwrap_or_default();
        let mut work = Work { key, pages: Vec::new(), parts };
        let mut bytes = 0;
        for url in groups.meetings.get(&key).into_iter().flatten() {
            pages.set(pages.get() + 1);
            if let Some(page) = held.page(url)? {
                bytes += page.body.len();
                work.pages.push(page);
            }
        }
        Ok::<_, E>(Some((work, bytes)))
    };
    crew::in_order(
        feed,
        |work| one(site, &known, &loose, means, work),
        |done| {
            used.extend(done.used);
            write(done.meeting)
        },
    )?;
    let mut left = loose.left(&used).into_iter();
    crew::in_order(
        || Ok(left.next().map(|sourced| (sourced, 0))),
        |sourced| {
            let mut meeting = assemble::stray(site, &known, sourced)?;
            (means.complete)(&mut meeting);
            Some(meeting)
        },
        &mut write,
    )?;
    Ok(Progress { pages: pages.get(), meetings, ..progress })
}

/// What the lists of committees and meetings tell.
fn lists<H: Held>(held: &H, groups: &Groups, progress: &mut Progress) -> Result<Known, H::Error> {
    let mut known = Known::default();
    for url in &groups.lists {
        progress.pages += 1;
        if let Some(page) = held.page(url)? {
            let told = extract::page(&page);
            told.fragments.iter().for_each(|fragment| known.add(fragment));
            if let Some(council) = &told.council {
                known.add_council(council);
            }
        }
    }
    Ok(known)
}

/// What pages tell whose address names no meeting.
fn loose<H: Held>(
    held: &H,
    groups: &Groups,
    means: Means<'_>,
    progress: &mut Progress,
) -> Result<Vec<Sourced>, H::Error> {
    // What repeats the words of a meeting that has pages of its own is not wanted.
    let is_held =
        |s: &Sourced| s.part.route == Route::Repeated && groups.meetings.contains_key(&s.part.key);
    let (mut urls, mut told) = (groups.loose.iter(), Vec::new());
    let feed = || {
        for url in urls.by_ref() {
            progress.pages += 1;
            if let Some(page) = held.page(url)? {
                let bytes = page.body.len();
                return Ok(Some((page, bytes)));
            }
        }
        Ok(None)
    };
    let take = |parts: Vec<Sourced>| {
        told.extend(parts.into_iter().filter(|s| !is_held(s)));
        Ok(())
    };
    crew::in_order(feed, |page| parts(&page, means.pdf), take)?;
    Ok(told)
}

/// What one meeting is made from.
struct Work {
    key: MeetingKey,
    pages: Vec<Page>,
    parts: Vec<Sourced>,
}

/// What became of it.
struct Done {
    meeting: Option<Meeting>,
    /// Numbers of items, by which loose item pages were taken in.
    used: Vec<u64>,
}

fn one(site: &str, known: &Known, loose: &groups::Loose, means: Means<'_>, work: Work) -> Done {
    let mut all = work.parts;
    // The Welsh twin of a page tells the same in other words: one record speaks one language.
    let twins = work.pages.iter().any(|page| !address::is_welsh(&page.url));
    for page in work.pages.iter().filter(|page| !(twins && address::is_welsh(&page.url))) {
        for mut sourced in parts(page, means.pdf) {
            // The address said which meeting it is; an item's page does not.
            sourced.part.key = work.key;
            all.push(sourced);
        }
    }
    one_print(&mut all);
    let numbers: Vec<u64> =
        all.iter().flat_map(|s| &s.part.items).filter_map(|item| item.number_in_source).collect();
    let mut used = Vec::new();
    for number in numbers {
        if let Some(found) = loose.item(number).filter(|_| !used.contains(&number)) {
            let mut found = found.clone();
            found.part.key = work.key;
            all.push(found);
            used.push(number);
        }
    }
    if all.is_empty() {
        // Only a list tells of it.
        return Done { meeting: assemble::listed(site, known, work.key), used };
    }
    let mut meeting = assemble::meeting(site, known, all);
    if let Some(meeting) = &mut meeting {
        (means.complete)(meeting);
    }
    Done { meeting, used }
}

/// Keeps one of several documents of printed minutes: the one cut into most items, then the latest. They are the same minutes under
/// another name, or in an earlier version.
fn one_print(all: &mut Vec<Sourced>) {
    let prints = || all.iter().enumerate().filter(|(_, s)| s.part.route == Route::Printed);
    let best = prints().max_by_key(|(_, s)| (s.part.items.len(), s.fetched_at, &s.url));
    if let Some(best) = best.map(|(at, _)| at).filter(|_| prints().count() > 1) {
        let mut at = 0;
        all.retain(|sourced| {
            at += 1;
            sourced.part.route != Route::Printed || at - 1 == best
        });
    }
}

/// The meetings a page tells of, each with the page's provenance.
pub fn parts(page: &Page, pdf: &dyn Fn(&Page) -> PdfText) -> Vec<Sourced> {
    let extracted =
        if page.is_pdf() { extract::pdf(page, &pdf(page)) } else { extract::page(page) };
    let doubts = extracted.doubts;
    let meetings = extracted.fragments.into_iter().filter_map(|fragment| match fragment {
        Fragment::Meeting(part) => Some(*part),
        Fragment::Committee(_) | Fragment::Listed(_) => None,
    });
    meetings
        .map(|mut part: MeetingPart| {
            part.doubts.extend(doubts.iter().cloned());
            part
        })
        .map(|part| Sourced {
            part,
            url: page.url.clone(),
            fetched_at: page.fetched_at,
            first_seen: page.first_seen,
            sha256: page.sha256.clone(),
        })
        .collect()
}

/// Whether pages of a sort are lists, wanted before any meeting.
fn is_list(url: &str) -> bool {
    matches!(
        address::kind(url),
        PageKind::CommitteeList
            | PageKind::Committee
            | PageKind::MeetingList
            | PageKind::ServiceCommittees
            | PageKind::ServiceMeetings
    )
}

#[cfg(test)]
mod tests;
