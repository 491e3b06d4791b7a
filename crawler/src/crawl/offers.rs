//! From what a page tells to what is asked for next.

use std::collections::HashSet;

use jiff::civil::Date;

use super::plan::{self, Context, Route};
use super::reading::{Found, Minutes, Reading, is_full_text};
use crate::address::{self, Base};
use crate::archive::{Archive, ArchiveError, Offer, Standing};
use crate::page::{Link, PageKind};

/// The page whose links are looked at.
pub(super) struct Source<'a> {
    pub(super) url: &'a str,
    pub(super) kind: PageKind,
    /// The day it was asked for under.
    pub(super) day: Option<Date>,
    pub(super) reading: &'a Reading,
}

/// How far the words of a page have come.
pub(super) fn standing(kind: PageKind, minutes: Minutes) -> Standing {
    match (kind, minutes) {
        (PageKind::Meeting | PageKind::ServiceMeeting, Minutes::Draft) => Standing::Draft,
        (
            PageKind::Meeting | PageKind::ServiceMeeting,
            Minutes::Whole | Minutes::Cancelled | Minutes::Elsewhere,
        ) => Standing::Settled,
        _ => Standing::Open,
    }
}

/// What a page leads to.
pub(super) struct Offered {
    /// Every link into the site, those to be asked for with their place in the order.
    pub(super) offers: Vec<Offer>,
    /// It lists a meeting that no other page tells: worth reading again.
    pub(super) tells_more: bool,
}

/// The offers of a page.
pub(super) fn of(
    source: &Source<'_>,
    archive: &Archive,
    context: &Context,
    welsh: bool,
) -> Result<Offered, ArchiveError> {
    let base = archive.site().clone();
    let mut offers: Vec<Offer> = Vec::new();
    let (mut tells_more, mut seen) = (false, HashSet::new());
    for found in all_links(source, &base, context, welsh) {
        let Found { link, day } = found;
        if !seen.insert((link.url.clone(), link.words.clone())) {
            continue;
        }
        let mut place = None;
        let wanted = follows(source, &link, context, welsh);
        let covered = wanted && covered(archive, &base, &link, context)?;
        tells_more |= wanted && !covered && link.kind == PageKind::Meeting;
        if wanted && !covered {
            let known = archive.known(&link.url)?;
            let asked = known.as_ref().is_some_and(|k| k.outcome.is_some());
            let reworded = asked
                && matches!(link.kind, PageKind::Meeting | PageKind::ServiceMeeting)
                && matches!(source.kind, PageKind::MeetingList | PageKind::ServiceMeetings)
                && !archive.offered(source.url, &link.url, &link.words)?;
            let context = Context { reworded, ..*context };
            // A meeting named in passing is asked for when no list names it.
            let in_passing = link.kind == PageKind::Meeting && is_aside(source.kind);
            if plan::is_due(link.kind, known.as_ref(), day, &context) && !(in_passing && asked) {
                let cross = context.route == Route::Both && is_of_the_pages(source.kind);
                place =
                    Some(plan::place(link.kind, day, cross && source.kind != PageKind::Meeting));
            }
        }
        let day = day.map(plan::number);
        offers.push(Offer { url: link.url, kind: link.kind, words: link.words, day, place });
    }
    Ok(Offered { offers, tells_more })
}

/// The page's own links, and those that follow from it without being written on it.
fn all_links(source: &Source<'_>, base: &Base, context: &Context, welsh: bool) -> Vec<Found> {
    let reading = source.reading;
    let day = reading.day.or(source.day);
    let mut all = Vec::with_capacity(reading.links.len());
    for found in &reading.links {
        let mut found = found.clone();
        if found.day.is_none() {
            found.day = match (source.kind, found.link.kind) {
                // What belongs to a meeting is asked for together with it.
                (PageKind::Meeting | PageKind::ServiceMeeting | PageKind::LegacyMeeting, _) => day,
                // Earlier meetings are earlier than the earliest on this page.
                (PageKind::MeetingList, PageKind::MeetingList) if is_paging(&found.link.url) => {
                    reading.links.iter().filter_map(|f| f.day).min()
                }
                _ => None,
            };
        }
        // A committee's own page says nothing that its list of meetings does not.
        if found.link.kind == PageKind::Committee
            && source.kind == PageKind::CommitteeList
            && let Some(id) = address::parameter(&found.link.url, "ID")
        {
            let url = address::meeting_list(base, &id);
            let (words, kind) = (found.link.words.clone(), PageKind::MeetingList);
            all.push(Found { link: Link { url, words, kind }, day: None });
        }
        all.push(found);
    }
    let implied = |url: String| Found {
        link: Link { kind: address::kind(&url), url, words: String::new() },
        day,
    };
    if source.kind == PageKind::ServiceMeeting
        && reading.minutes == Minutes::Elsewhere
        && let Some(id) = address::meeting_id(source.url)
    {
        let page = if context.route == Route::Service {
            // The pages refuse us; the printed minutes may not.
            address::printed_minutes(base, &id)
        } else {
            address::meeting(base, &id)
        };
        all.push(implied(page));
    }
    if source.kind == PageKind::ServiceCommittees
        && let Some((from, to)) = plan::whole_span(context.today)
    {
        for id in &reading.committees {
            let url = address::service_meetings(base, id, from, to);
            let link = Link { url, words: String::new(), kind: PageKind::ServiceMeetings };
            all.push(Found { link, day: Some(from) });
        }
    }
    let empty = !reading
        .links
        .iter()
        .any(|f| (f.day.is_some() && f.link.kind == PageKind::Meeting) || is_paging(&f.link.url));
    if source.kind == PageKind::MeetingList
        && empty
        && address::parameter(source.url, "Year").as_deref() == Some("0")
        && let Some(id) = address::parameter(source.url, "CId")
    {
        // Not every installation takes the year 0 for all years.
        all.push(implied(address::latest_meetings(base, &id)));
    }
    if welsh && !address::is_welsh(source.url) {
        let twins = matches!(
            source.kind,
            PageKind::Meeting | PageKind::Item | PageKind::LegacyMeeting | PageKind::ServiceMeeting
        );
        if twins {
            all.push(implied(address::welsh(source.url)));
        }
    }
    all
}

/// Whether a link leads further into what we look for. Calendars, forms, people and papers do not.
fn follows(source: &Source<'_>, link: &Link, context: &Context, welsh: bool) -> bool {
    if address::is_welsh(&link.url) && !welsh {
        return false;
    }
    match link.kind {
        PageKind::CommitteeList
        | PageKind::Committee
        | PageKind::ServiceCommittees
        | PageKind::Other => false,
        // An issue's page repeats what meetings say; it may know of one that no list names.
        PageKind::Issue => {
            context.route == Route::Pages
                && matches!(source.kind, PageKind::Meeting | PageKind::Item | PageKind::Decision)
        }
        PageKind::MeetingList => match source.kind {
            PageKind::CommitteeList => true,
            PageKind::MeetingList => leads_back(source, &link.url, context),
            _ => false,
        },
        PageKind::Meeting => match source.kind {
            PageKind::MeetingList | PageKind::ServiceMeeting => true,
            PageKind::Meeting => address::is_welsh(&link.url),
            kind => is_aside(kind),
        },
        PageKind::LegacyMeeting => matches!(
            source.kind,
            PageKind::MeetingList
                | PageKind::LegacyMeeting
                | PageKind::Meeting
                | PageKind::CommitteeList
        ),
        PageKind::Item => match source.kind {
            PageKind::Meeting => is_full_text(&link.words),
            PageKind::Item => address::is_welsh(&link.url),
            _ => false,
        },
        PageKind::Attendance | PageKind::Decision => {
            source.kind == PageKind::Meeting && context.route != Route::Unknown
        }
        PageKind::MinutesDocument => match source.kind {
            PageKind::Meeting => source.reading.minutes == Minutes::Elsewhere,
            PageKind::ServiceMeeting => true,
            _ => false,
        },
        PageKind::ServiceMeetings => source.kind == PageKind::ServiceCommittees,
        PageKind::ServiceMeeting => {
            source.kind == PageKind::ServiceMeetings || address::is_welsh(&link.url)
        }
    }
}

/// Whether a list leads from a list back in time: to earlier meetings of the same committee, as long as they get earlier, or to a
/// year of which this list shows none.
fn leads_back(source: &Source<'_>, url: &str, context: &Context) -> bool {
    let committee = |url: &str| address::parameter(url, "CId");
    if committee(url) != committee(source.url) {
        return false;
    }
    let days = || source.reading.links.iter().filter_map(|f| f.day);
    if is_paging(url) {
        // A page of earlier meetings is asked for under the earliest day seen before it.
        let before = source.day.filter(|_| is_paging(source.url));
        return days().min().is_some_and(|earliest| before.is_none_or(|day| earliest < day));
    }
    match address::parameter(url, "Year").and_then(|year| year.parse::<i16>().ok()) {
        Some(year) => {
            (1990..=context.today.year() + 1).contains(&year) && !days().any(|d| d.year() == year)
        }
        None => url == address::without_year(source.url),
    }
}

/// Pages that name meetings in passing.
fn is_aside(kind: PageKind) -> bool {
    matches!(kind, PageKind::Item | PageKind::Decision | PageKind::Issue | PageKind::LegacyMeeting)
}

/// A meeting's page is not asked for when the service told the meeting whole, or is about to.
fn covered(
    archive: &Archive,
    base: &Base,
    link: &Link,
    context: &Context,
) -> Result<bool, ArchiveError> {
    if link.kind != PageKind::Meeting || link.words.is_empty() || address::is_welsh(&link.url) {
        return Ok(false);
    }
    let Some(id) = address::meeting_id(&link.url) else { return Ok(false) };
    let service = address::service_meeting(base, &id);
    if context.route == Route::Both && archive.is_waiting(&service)? {
        return Ok(true);
    }
    let Some(known) = archive.known(&service)? else { return Ok(false) };
    // Where the service has closed meanwhile, what it told in this run counts.
    let counts = context.route == Route::Both || known.run == context.run;
    let told = known.good_at.is_some() && counts;
    Ok(told && (known.standing != Standing::Open || !tells_of_minutes(&link.words)))
}

/// Whether a list says of a meeting that its minutes, or its decisions, are there.
fn tells_of_minutes(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["minutes", "decisions", "cofnodion", "chofnodion", "enderfyniadau"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_of_the_pages(kind: PageKind) -> bool {
    matches!(
        kind,
        PageKind::CommitteeList
            | PageKind::MeetingList
            | PageKind::Meeting
            | PageKind::LegacyMeeting
    )
}

fn is_paging(url: &str) -> bool {
    address::parameter(url, "Act").is_some_and(|act| act.eq_ignore_ascii_case("Prev"))
}
