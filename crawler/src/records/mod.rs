//! Over an archive: its pages become records, one meeting after the other, in memory that does not grow with the archive.
//!
//! Addresses alone tell which pages belong to one meeting, so they are sorted first; bodies are read meeting by meeting. Lists
//! of committees and meetings are read before, since meetings lean on them.

mod before;
mod crew;
mod groups;
mod write;

pub use write::{RecordsError, Written, write};

use std::cell::Cell;
use std::collections::HashSet;

use minutebook_record::{Doubt, Meeting};

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
    /// The version of a page that was held before this one, where versions are kept.
    fn before(&self, _page: &Page) -> Result<Option<Page>, Self::Error> {
        Ok(None)
    }
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
    /// Hears of pages that told nothing and stand in no record: errors sent as pages, empty ones, what could not be read.
    pub unread: &'a (dyn Fn(&Doubt) + Sync),
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
    let held = &before::Telling::of(held);
    let groups = Groups::sort(held.addresses()?);
    let mut progress = Progress { pages: 0, of: groups.pages(), meetings: 0 };
    let known = lists(held, &groups, means, &mut progress)?;
    let told = loose(held, &groups, means, &mut progress)?;
    let (mut by_key, loose) = groups::Loose::new(told);
    let mut keys: Vec<MeetingKey> = groups.meetings.keys().copied().collect();
    keys.extend(by_key.keys());
    keys.extend(known.meetings().filter(|row| row.cancelled).map(|row| row.key));
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| *key != MeetingKey::Unknown);
    let (mut keys, mut used, mut strays) = (keys.into_iter(), HashSet::new(), Vec::new());
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
        let mut work = Work { key, pages: Vec::new(), parts, doubts: Vec::new() };
        let mut bytes = 0;
        for url in groups.meetings.get(&key).into_iter().flatten() {
            pages.set(pages.get() + 1);
            if let Some(page) = held.page(url)? {
                bytes += page.body.len();
                work.doubts.extend(held.doubt(url));
                work.pages.push(page);
            }
        }
        Ok::<_, E>(Some((work, bytes)))
    };
    crew::in_order(
        feed,
        |work| sure(work, |work| one(site, &known, &loose, means, work)),
        |done| {
            used.extend(done.used);
            strays.extend(done.strays);
            done.unread.iter().for_each(means.unread);
            write(done.meeting)
        },
    )?;
    let mut left = loose.left(&used).into_iter().chain(strays);
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
fn lists<H: Held>(
    held: &H,
    groups: &Groups,
    means: Means<'_>,
    progress: &mut Progress,
) -> Result<Known, H::Error> {
    let mut known = Known::default();
    for url in &groups.lists {
        progress.pages += 1;
        if let Some(page) = held.page(url)? {
            let told = extract::page(&page);
            told.fragments.iter().for_each(|fragment| known.add(fragment));
            told.doubts.iter().filter(|doubt| is_loss(doubt)).for_each(means.unread);
            if let Some(council) = &told.council {
                known.add_council(council);
            }
        }
    }
    Ok(known)
}

/// What pages tell whose address names no meeting.
fn loose<H: Held>(
    held: &before::Telling<'_, H>,
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
    let take = |(mut parts, unread): (Vec<Sourced>, Vec<Doubt>)| {
        unread.iter().for_each(means.unread);
        for sourced in &mut parts {
            sourced.part.doubts.extend(held.doubt(&sourced.url));
        }
        told.extend(parts.into_iter().filter(|s| !is_held(s)));
        Ok(())
    };
    crew::in_order(feed, |page| page_told(&page, means.pdf), take)?;
    Ok(told)
}

/// What one meeting is made from.
struct Work {
    key: MeetingKey,
    pages: Vec<Page>,
    parts: Vec<Sourced>,
    /// About pages that are not read in their latest version.
    doubts: Vec<Doubt>,
}

/// What became of it.
#[derive(Default)]
struct Done {
    meeting: Option<Meeting>,
    /// Numbers of items, by which loose item pages were taken in.
    used: Vec<u64>,
    /// Pages of items that only a link put here: the meeting's own pages have other items.
    strays: Vec<Sourced>,
    /// What pages could not tell, where there is no record to say so.
    unread: Vec<Doubt>,
}

/// Reads one meeting; where the reading itself breaks off, that meeting alone is lost, and said.
fn sure(work: Work, read: impl FnOnce(Work) -> Done) -> Done {
    let urls: Vec<String> = work.pages.iter().map(|page| page.url.clone()).collect();
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(work))).unwrap_or_else(|_| {
        let note = "reading broke off: a fault of this program, please report the page";
        let broke = |url| Doubt::new(BROKE_OFF, note).at(url);
        Done { unread: urls.into_iter().map(broke).collect(), ..Done::default() }
    })
}

/// The kind of doubt about pages on which reading broke off.
pub const BROKE_OFF: &str = "reading-broke-off";

fn one(site: &str, known: &Known, loose: &groups::Loose, means: Means<'_>, work: Work) -> Done {
    let (mut all, mut welsh, mut unread) = (work.parts, Vec::new(), Vec::new());
    for page in &work.pages {
        let (parts, doubts) = page_told(page, means.pdf);
        unread.extend(doubts);
        let of = if address::is_welsh(&page.url) { &mut welsh } else { &mut all };
        for mut sourced in parts {
            // The address said which meeting it is; an item's page does not.
            sourced.part.key = work.key;
            let of_it = |doubt: &&Doubt| doubt.place.as_ref() == Some(&page.url);
            sourced.part.doubts.extend(work.doubts.iter().filter(of_it).cloned());
            of.push(sourced);
        }
    }
    // The Welsh twin of a page tells the same in other words: one record speaks one language. What only Welsh pages tell stays.
    let has_items = all.iter().any(|s| !s.part.items.is_empty());
    let has_people = all.iter().any(|s| !s.part.attendance.is_empty());
    welsh.retain(|s| !(if s.part.items.is_empty() { has_items || has_people } else { has_items }));
    all.extend(welsh);
    let strays = strays(&mut all);
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
        let meeting = assemble::listed(site, known, work.key);
        return Done { meeting, used, strays, unread };
    }
    let mut meeting = assemble::meeting(site, known, all);
    if let Some(meeting) = &mut meeting {
        meeting.doubts.append(&mut unread);
        (means.complete)(meeting);
    }
    Done { meeting, used, strays, unread }
}

/// Takes out pages of items that the meeting's own pages, which number all of theirs, do not have: some page of this meeting
/// links to another meeting's item.
fn strays(all: &mut Vec<Sourced>) -> Vec<Sourced> {
    let own = |s: &&Sourced| matches!(s.part.route, Route::Page | Route::Service);
    let items = || all.iter().filter(own).flat_map(|s| &s.part.items);
    if items().next().is_none() || items().any(|item| item.number_in_source.is_none()) {
        return Vec::new();
    }
    let numbers: HashSet<u64> = items().filter_map(|item| item.number_in_source).collect();
    let is_stray = |s: &Sourced| {
        let number = s.part.items.iter().find_map(|item| item.number_in_source);
        s.part.route == Route::ItemPage && number.is_some_and(|n| !numbers.contains(&n))
    };
    let (strays, stay) = std::mem::take(all).into_iter().partition(is_stray);
    *all = stay;
    strays
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
    page_told(page, pdf).0
}

/// Whether a doubt says that a page which should tell something did not. What is no minutes by its kind is no loss.
fn is_loss(doubt: &Doubt) -> bool {
    doubt.kind != "not-read"
}

/// The meetings a page tells of; where it tells of none, why.
fn page_told(page: &Page, pdf: &dyn Fn(&Page) -> PdfText) -> (Vec<Sourced>, Vec<Doubt>) {
    let extracted =
        if page.is_pdf() { extract::pdf(page, &pdf(page)) } else { extract::page(page) };
    let mut doubts = extracted.doubts;
    let meetings = extracted.fragments.into_iter().filter_map(|fragment| match fragment {
        Fragment::Meeting(part) => Some(*part),
        Fragment::Committee(_) | Fragment::Listed(_) => None,
    });
    let parts: Vec<Sourced> = meetings
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
        .collect();
    doubts.retain(|doubt| parts.is_empty() && is_loss(doubt));
    (parts, doubts)
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
mod joining_tests;
#[cfg(test)]
mod tests;
