//! What to ask for, in which order, and what to read again. Pure.
//!
//! Old minutes do not change: a second crawl reads the lists, the meetings of the last months, drafts, and whatever a list now words
//! differently. Everything else is looked at again after half a year.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::archive::{Known, Place};
use crate::outcome::Outcome;
use crate::page::PageKind;

/// Meetings of so many days back are read again at every run: minutes appear days to weeks later, and change until approved.
const RECENT_DAYS: i32 = 90;
/// A meeting that still has no minutes is read again until it is this old.
const HOPELESS_DAYS: i32 = 400;
/// Lists of old meetings are read again after so many days.
const LISTS_AFTER: i64 = 30;
/// Everything is looked at again after so many days.
const ALL_AFTER: i64 = 180;

/// Stages of a crawl, in order.
pub(super) mod stage {
    /// Lists of committees.
    pub(in crate::crawl) const COMMITTEES: i64 = 1;
    /// The first list of meetings of each committee.
    pub(in crate::crawl) const LISTS: i64 = 2;
    /// Meetings and what belongs to them, latest first.
    pub(in crate::crawl) const MEETINGS: i64 = 3;
    /// The same by the pages, where the service has answered: for what it leaves out.
    pub(in crate::crawl) const CROSS_CHECK: i64 = 4;
    /// What repeats the rest.
    pub(in crate::crawl) const REPEATED: i64 = 5;
}

/// By which way a site is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Route {
    /// Not known yet.
    #[default]
    Unknown,
    /// The web service alone: the pages refuse us.
    Service,
    /// The pages alone: there is no web service, or it refuses us.
    Pages,
    /// The web service first, and the pages for what it leaves out.
    Both,
}

impl Route {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Service => "service",
            Self::Pages => "pages",
            Self::Both => "both",
        }
    }
}

/// Why a page is looked at: what offered it, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The time.
    pub(super) now: Timestamp,
    /// The day.
    pub(super) today: Date,
    /// The run.
    pub(super) run: i64,
    /// By which way the site is read.
    pub(super) route: Route,
    /// The page that offers the link is new, or has changed.
    pub(super) changed: bool,
    /// It words the link differently than before.
    pub(super) reworded: bool,
}

/// The span of days the web service is asked about, latest first. Both days are always given: some installations need them.
pub(super) fn windows(today: Date) -> Vec<(Date, Date)> {
    let year = |y: i16| Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?));
    let mut windows: Vec<(Date, Date)> =
        (2000..=today.year().saturating_add(1)).rev().filter_map(year).collect();
    // Few meetings of the nineties are online: one question for all of them.
    windows.extend(whole_span(today).map(|(from, _)| (from, Date::constant(1999, 12, 31))));
    windows
}

/// Everything a site may hold.
pub(super) fn whole_span(today: Date) -> Option<(Date, Date)> {
    let end = Date::new(today.year().saturating_add(1), 12, 31).ok()?;
    Some((Date::constant(1990, 1, 1), end))
}

/// Where an address goes in the order of asking.
pub(super) fn place(kind: PageKind, day: Option<Date>, cross_check: bool) -> Place {
    let day = day.map_or(0, number);
    let stage = match kind {
        PageKind::CommitteeList | PageKind::ServiceCommittees => stage::COMMITTEES,
        PageKind::MeetingList if day == 0 => stage::LISTS,
        PageKind::Issue => stage::REPEATED,
        _ => stage::MEETINGS,
    };
    Place { stage: if cross_check { stage.max(stage::CROSS_CHECK) } else { stage }, day }
}

/// A day as a number like 20240131.
pub(super) fn number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The day of such a number.
pub(super) fn from_number(number: i64) -> Option<Date> {
    let part = |n: i64| i8::try_from(n).ok();
    Date::new(i16::try_from(number / 10_000).ok()?, part(number / 100 % 100)?, part(number % 100)?)
        .ok()
}

/// Whether an address is to be asked for (again) in this run.
pub(super) fn is_due(
    kind: PageKind,
    known: Option<&Known>,
    day: Option<Date>,
    context: &Context,
) -> bool {
    let Some(known) = known else { return true };
    let Some(outcome) = known.outcome else { return true };
    if known.run == context.run {
        return false;
    }
    let older_than = |time: Option<Timestamp>, days: i64| {
        time.is_none_or(|time| {
            context.now.duration_since(time) > SignedDuration::from_hours(24 * days)
        })
    };
    match outcome {
        Outcome::Fetched | Outcome::Unchanged => {}
        // A plain no; it may be taken back one day.
        Outcome::Gone => return older_than(known.tried_at, LISTS_AFTER),
        // What robots.txt forbids costs no request to find out, and no answer is no fault of the page.
        Outcome::Forbidden | Outcome::Failed | Outcome::Busy => return true,
        // A failure may have passed. One that stays is asked after more and more seldom.
        Outcome::Moved
        | Outcome::Blocked
        | Outcome::Empty
        | Outcome::Erroneous
        | Outcome::Unreadable
        | Outcome::TooLarge => {
            return match rest(known.failures) {
                0 => true,
                days => older_than(known.tried_at, days),
            };
        }
    }
    let day = day.or_else(|| known.day.and_then(from_number));
    let within = |days: i32| {
        day.is_none_or(|day| context.today.checked_sub(days.days()).is_ok_and(|from| day >= from))
    };
    match kind {
        PageKind::CommitteeList | PageKind::ServiceCommittees => true,
        PageKind::Committee | PageKind::Issue | PageKind::Other => false,
        PageKind::MeetingList => {
            // The first list of a committee tells of new meetings, unless the service tells of them.
            let latest = day.is_none() && (context.route == Route::Pages || !known.is_settled());
            latest || older_than(known.good_at, LISTS_AFTER)
        }
        PageKind::ServiceMeetings => within(RECENT_DAYS) || older_than(known.good_at, LISTS_AFTER),
        PageKind::Meeting | PageKind::ServiceMeeting => {
            context.reworded
                || within(RECENT_DAYS)
                || known.is_draft()
                || (!known.is_settled() && within(HOPELESS_DAYS))
                || older_than(known.good_at, ALL_AFTER)
        }
        PageKind::Item
        | PageKind::Decision
        | PageKind::Attendance
        | PageKind::LegacyMeeting
        | PageKind::MinutesDocument => {
            (day.is_some() && within(RECENT_DAYS))
                || context.changed
                || context.reworded
                || older_than(known.good_at, ALL_AFTER)
        }
    }
}

/// Days to leave a page alone that has failed so often in a row: the first failures are looked into at once.
fn rest(failures: u32) -> i64 {
    match failures {
        0..=6 => 0,
        7..=9 => 1,
        10..=12 => 7,
        _ => LISTS_AFTER,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::archive::Standing;

    const NOW: &str = "2026-06-15T10:00:00Z";

    fn context() -> Context {
        Context {
            now: NOW.parse().unwrap(),
            today: date(2026, 6, 15),
            run: 7,
            route: Route::Both,
            changed: false,
            reworded: false,
        }
    }

    /// An address that answered well so many days ago, about a meeting of that day.
    fn good(days_ago: i64, day: Date) -> Known {
        let now: Timestamp = NOW.parse().unwrap();
        let at = now - SignedDuration::from_hours(24 * days_ago);
        Known {
            outcome: Some(Outcome::Fetched),
            tried_at: Some(at),
            good_at: Some(at),
            etag: None,
            modified: None,
            sha256: Some("x".to_owned()),
            day: Some(number(day)),
            standing: Standing::Settled,
            run: 6,
            failures: 0,
        }
    }

    fn due(kind: PageKind, known: &Known, context: &Context) -> bool {
        is_due(kind, Some(known), None, context)
    }

    #[test]
    fn what_can_still_change_is_read_again_and_little_else() {
        let (recent, old) = (date(2026, 5, 1), date(2024, 5, 1));
        let meeting = PageKind::ServiceMeeting;
        assert!(due(meeting, &good(1, recent), &context()));
        assert!(!due(meeting, &good(1, old), &context()));
        assert!(due(meeting, &good(200, old), &context()), "all of it after half a year");
        let draft = Known { standing: Standing::Draft, ..good(1, old) };
        assert!(due(meeting, &draft, &context()));
        let awaited = Known { standing: Standing::Open, ..good(1, date(2025, 9, 1)) };
        assert!(due(meeting, &awaited, &context()));
        let hopeless = Known { standing: Standing::Open, ..good(1, old) };
        assert!(!due(meeting, &hopeless, &context()));
        assert!(due(meeting, &good(1, old), &Context { reworded: true, ..context() }));
        assert!(due(meeting, &good(1, date(2026, 9, 1)), &context()), "meetings to come");
    }

    #[test]
    fn what_belongs_to_a_meeting_follows_it() {
        let old = date(2024, 5, 1);
        for kind in [PageKind::Item, PageKind::Decision, PageKind::MinutesDocument] {
            assert!(!due(kind, &good(1, old), &context()));
            assert!(due(kind, &good(1, old), &Context { changed: true, ..context() }));
            assert!(due(kind, &good(1, date(2026, 6, 1)), &context()));
        }
    }

    #[test]
    fn lists_are_read_again_by_the_route_in_use() {
        let list = Known { day: None, ..good(1, date(2024, 5, 1)) };
        assert!(!due(PageKind::MeetingList, &list, &context()));
        assert!(due(PageKind::MeetingList, &list, &Context { route: Route::Pages, ..context() }));
        assert!(due(PageKind::CommitteeList, &list, &context()));
        assert!(!due(PageKind::ServiceMeetings, &good(1, date(2024, 12, 31)), &context()));
        assert!(due(PageKind::ServiceMeetings, &good(1, date(2026, 12, 31)), &context()));
    }

    #[test]
    fn failures_are_tried_in_the_next_run_and_nothing_twice_in_one() {
        let old = date(2024, 5, 1);
        for outcome in [Outcome::Failed, Outcome::Blocked, Outcome::Moved, Outcome::TooLarge] {
            let failing = Known { outcome: Some(outcome), ..good(1, old) };
            assert!(due(PageKind::Item, &failing, &context()));
            assert!(!due(PageKind::Item, &Known { run: 7, ..failing }, &context()));
        }
        let stays = Known { outcome: Some(Outcome::Erroneous), failures: 9, ..good(1, old) };
        assert!(!due(PageKind::Item, &stays, &context()), "nine times in a row: a day's rest");
        assert!(due(PageKind::Item, &Known { failures: 6, ..stays.clone() }, &context()));
        assert!(due(
            PageKind::Item,
            &Known { tried_at: good(2, old).tried_at, ..stays },
            &context()
        ));
        let gone = Known { outcome: Some(Outcome::Gone), ..good(1, old) };
        assert!(!due(PageKind::Item, &gone, &context()));
        assert!(is_due(PageKind::Item, None, None, &context()));
    }

    #[test]
    fn windows_cover_every_day_once() {
        let all = windows(date(2026, 6, 15));
        assert_eq!(all.first(), Some(&(date(2027, 1, 1), date(2027, 12, 31))));
        assert_eq!(all.last(), Some(&(date(1990, 1, 1), date(1999, 12, 31))));
        for pair in all.windows(2) {
            assert_eq!(pair[1].1.tomorrow().unwrap(), pair[0].0);
        }
        assert_eq!(from_number(number(date(2024, 2, 29))), Some(date(2024, 2, 29)));
        assert_eq!(from_number(20_240_230), None);
    }
}
