//! Which page a file was, told by its content. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use regex::Regex;

use crate::address::{self, Base};
use crate::crawl;
use crate::extract::{self, Fragment, MeetingKey};
use crate::outcome;
use crate::page::{Page, PageKind};

/// What browsers leave behind when a page is saved.
static SAVED_FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)<!--\s*saved from url=\(\d+\)\s*(\S+?)\s*-->|Page saved with SingleFile\s+url:\s*(\S+)",
    )
});

fn pattern(text: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the pattern is written here")]
    Regex::new(text).expect("the pattern is valid")
}

/// The address a page says it was saved from.
pub(super) fn saved_from(body: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&body[..body.len().min(4096)]).into_owned();
    let found = SAVED_FROM.captures(&start)?;
    found.get(1).or(found.get(2)).map(|url| url.as_str().to_owned())
}

/// The address of a page that does not say, from its words and links; `Ok(None)` for a page that is none of minutes.
pub(super) fn address(base: &Base, body: &[u8], now: Timestamp) -> Result<Option<String>, String> {
    if outcome::is_pdf(body) && !body.trim_ascii_start().starts_with(b"<") {
        return Err("is a PDF, and its path does not say of which meeting".to_owned());
    }
    let page = Page {
        url: base.join("saved"),
        site: base.to_string(),
        body: body.to_vec(),
        content_type: None,
        fetched_at: now,
        first_seen: now,
        sha256: String::new(),
        found_on: Vec::new(),
    };
    let extracted = extract::page(&page);
    let unknown = |what: &str| Err(format!("{what}, and neither its name nor its words say which"));
    match extracted.kind {
        PageKind::ServiceCommittees => Ok(Some(address::service_committees(base))),
        PageKind::ServiceMeetings => Ok(Some(service_meetings(base, &extracted.fragments))),
        PageKind::ServiceMeeting => match key(&extracted.fragments) {
            Some(number) => Ok(Some(address::service_meeting(base, &number))),
            None => unknown("is a meeting of the web service"),
        },
        PageKind::Meeting => match commonest(&page, meeting_of) {
            Some(number) => Ok(Some(address::meeting(base, &number))),
            None => unknown("is a meeting's page"),
        },
        PageKind::Item => match commonest(&page, item_of) {
            Some(number) => Ok(Some(base.join(&format!("mgAi.aspx?ID={number}")))),
            None => unknown("is an agenda item's page"),
        },
        PageKind::Attendance => match commonest(&page, meeting_of) {
            Some(number) => Ok(Some(address::attendance(base, &number))),
            None => unknown("is a list of attendance"),
        },
        _ => Err("is no page of minutes that is known here".to_owned()),
    }
}

fn key(fragments: &[Fragment]) -> Option<String> {
    fragments.iter().find_map(|fragment| match fragment {
        Fragment::Meeting(part) => match part.key {
            MeetingKey::Ordinary(number) => Some(number.to_string()),
            MeetingKey::Legacy(_) | MeetingKey::Unknown => None,
        },
        Fragment::Committee(_) | Fragment::Listed(_) => None,
    })
}

/// The question such an answer would be the answer to: its committee if it has one only, and the years it speaks of.
fn service_meetings(base: &Base, fragments: &[Fragment]) -> String {
    let listed = || {
        fragments.iter().filter_map(|fragment| match fragment {
            Fragment::Listed(row) => Some(row),
            Fragment::Committee(_) | Fragment::Meeting(_) => None,
        })
    };
    let years = || listed().filter_map(|row| row.date).map(Date::year);
    let (from, to) = (years().min().unwrap_or(1990), years().max().unwrap_or(1990));
    let mut committees: Vec<_> = listed().filter_map(|row| row.committee_id.clone()).collect();
    committees.sort();
    committees.dedup();
    let committee = match committees.as_slice() {
        [one] => one.as_str(),
        _ => "0",
    };
    let from = Date::new(from, 1, 1).unwrap_or(Date::MIN);
    let to = Date::new(to, 12, 31).unwrap_or(Date::MAX);
    address::service_meetings(base, committee, from, to)
}

/// The number most links of a page are about, where one leads.
fn commonest(page: &Page, of: fn(&str) -> Option<String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for number in crawl::hrefs(page).iter().filter_map(|href| of(href)) {
        *counts.entry(number).or_default() += 1;
    }
    let best = counts.values().max().copied()?;
    let mut leaders = counts.into_iter().filter(|(_, count)| *count == best);
    match (leaders.next(), leaders.next()) {
        (Some((number, _)), None) => Some(number),
        _ => None,
    }
}

/// Links that a meeting's page has about itself: attendance, printed papers, its own anchors.
fn meeting_of(href: &str) -> Option<String> {
    let own = matches!(address::kind(href), PageKind::Attendance | PageKind::MinutesDocument)
        || href.contains("#AI")
        || href.contains("/documents/g");
    own.then(|| address::meeting_id(href)).flatten()
}

/// Links that an item's page has about itself: its decision, its place on the meeting's page, its other language.
fn item_of(href: &str) -> Option<String> {
    match address::kind(href) {
        PageKind::Decision => address::parameter(href, "AIId"),
        PageKind::Item => address::parameter(href, "ID"),
        PageKind::Meeting => href.split_once("#AI").map(|(_, number)| number.to_owned()),
        _ => None,
    }
    .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
