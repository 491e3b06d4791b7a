//! What the crawl needs to know of a page: where it leads, whose day it is, and whether it tells all.

mod anchors;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use minutebook_record::{Part, Status};

use crate::address::{self, Base};
use crate::extract::{self, Fragment, ListedMeeting, MeetingKey, MeetingPart};
use crate::page::{Link, Page, PageKind};

/// A link with the day of the meeting it belongs to, where the page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The link.
    pub(super) link: Link,
    /// The meeting's day.
    pub(super) day: Option<Date>,
}

/// Whether a meeting's page carries its minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Minutes {
    /// Not a meeting, or it cannot be told.
    #[default]
    Unknown,
    /// An agenda only, so far.
    Awaited,
    /// Draft minutes.
    Draft,
    /// Minutes.
    Whole,
    /// The source says there are minutes, and this page does not carry them.
    Elsewhere,
    /// The meeting was cancelled: there will be none.
    Cancelled,
}

impl Minutes {
    /// The page itself holds them.
    pub(super) fn are_here(self) -> bool {
        matches!(self, Self::Draft | Self::Whole)
    }
}

/// What a page tells the crawl.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// Where it leads.
    pub(super) links: Vec<Found>,
    /// Whether it carries a meeting's minutes.
    pub(super) minutes: Minutes,
    /// The meeting's day, where the page is about one.
    pub(super) day: Option<Date>,
    /// Committees whose meetings it lists, or that it names.
    pub(super) committees: Vec<String>,
}

/// Words of a link that follows from a text cut short, where the page's own link is not found.
pub(super) const FULL_TEXT: &str = "view the full text";

/// Reads a page.
pub(super) fn read(page: &Page, kind: PageKind) -> Reading {
    if page.is_pdf() {
        return Reading::default();
    }
    let extracted = extract::page(page);
    let mut listed: HashMap<MeetingKey, ListedMeeting> = HashMap::new();
    let mut reading = Reading::default();
    let mut part = None;
    for fragment in extracted.fragments {
        match fragment {
            Fragment::Committee(row) if kind == PageKind::ServiceCommittees => {
                reading.committees.push(row.id);
            }
            Fragment::Committee(_) => {}
            Fragment::Listed(row) => {
                reading.committees.extend(row.committee_id.clone());
                listed.insert(row.key, row);
            }
            Fragment::Meeting(found) => part = part.or(Some(found)),
        }
    }
    let links = match kind {
        PageKind::ServiceCommittees | PageKind::ServiceMeeting => Vec::new(),
        PageKind::ServiceMeetings => extracted.links,
        _ => anchors::links(page, kind),
    };
    let mut seen = HashSet::new();
    for mut link in links {
        let row = listed.get(&key(&link.url));
        if kind == PageKind::ServiceMeetings
            && let Some(row) = row
        {
            link.words = in_words(row);
        }
        let is_entry = kind == PageKind::MeetingList && link.kind == PageKind::Meeting;
        if is_entry && row.is_none() && !listed.is_empty() {
            // Constitutions and the like live among meetings: their links name no day.
            continue;
        }
        let day = row.and_then(|row| row.date);
        if seen.insert(link.clone()) {
            reading.links.push(Found { link, day });
        }
    }
    if let Some(part) = part {
        of_meeting(&mut reading, &part, page, kind);
    }
    reading.committees.sort();
    reading.committees.dedup();
    reading
}

fn key(url: &str) -> MeetingKey {
    let number = |text: Option<String>| text.and_then(|t| t.parse().ok());
    match address::kind(url) {
        PageKind::LegacyMeeting => number(address::parameter(url, "MeetingId"))
            .map_or(MeetingKey::Unknown, MeetingKey::Legacy),
        _ => number(address::meeting_id(url)).map_or(MeetingKey::Unknown, MeetingKey::Ordinary),
    }
}

/// What the service's list says of a meeting, in words that change when it does.
fn in_words(row: &ListedMeeting) -> String {
    let date = row.date.map(|date| date.strftime("%-d %B %Y").to_string());
    let cancelled = row.cancelled.then(|| "cancelled".to_owned());
    [row.committee.clone(), date, row.time.clone(), cancelled]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn of_meeting(reading: &mut Reading, part: &MeetingPart, page: &Page, kind: PageKind) {
    reading.day = part.date;
    if !matches!(kind, PageKind::Meeting | PageKind::ServiceMeeting) {
        return;
    }
    let status = part.status.as_ref().map(|(status, _)| *status);
    let mut passages = part.items.iter().flat_map(|item| &item.passages);
    let carries = passages.any(|passage| passage.part != Part::Agenda)
        || part.items.iter().any(|item| item.cut.iter().any(|cut| *cut != Part::Agenda));
    let printed = reading.links.iter().any(|f| f.link.kind == PageKind::MinutesDocument);
    let published = kind == PageKind::ServiceMeeting && status == Some(Status::Approved);
    reading.minutes = if carries && status == Some(Status::Draft) {
        Minutes::Draft
    } else if carries {
        Minutes::Whole
    } else if status == Some(Status::Cancelled) {
        Minutes::Cancelled
    } else if printed || published || (part.items.is_empty() && kind == PageKind::ServiceMeeting) {
        Minutes::Elsewhere
    } else {
        Minutes::Awaited
    };
    let Ok(base) = Base::parse(&page.site) else { return };
    let mut wanted = Vec::new();
    for item in part.items.iter().filter(|item| !item.cut.is_empty()) {
        match item.number_in_source {
            Some(number) => wanted.push(address::item(&base, number)),
            // Its number is not told: whichever items the page links to, it is among them.
            None => wanted.extend(
                reading
                    .links
                    .iter()
                    .map(|f| &f.link)
                    .filter(|l| l.kind == PageKind::Item)
                    .map(|l| l.url.clone()),
            ),
        }
    }
    let whole = reading.links.iter().filter(|f| is_full_text(&f.link.words));
    let mut whole: HashSet<String> = whole.map(|f| f.link.url.clone()).collect();
    for url in wanted {
        if whole.insert(url.clone()) {
            let link = Link { url, words: FULL_TEXT.to_owned(), kind: PageKind::Item };
            reading.links.push(Found { link, day: None });
        }
    }
}

/// "... view the full minutes text for item 36."
pub(super) fn is_full_text(words: &str) -> bool {
    let lower = words.to_lowercase();
    (lower.contains("full") && lower.contains("text")) || lower.contains("llawn")
}

/// Absolute addresses a page leads to, on whatever host: for finding a site, not for crawling it.
pub(super) fn hrefs(page: &Page) -> Vec<String> {
    anchors::hrefs(page)
}
