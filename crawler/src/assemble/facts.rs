//! The facts of a meeting, where several pages tell them: body, day, time, status, attendance.

use jiff::civil::Date;
use minutebook_record::{Attendance, AttendanceStatus, Committee, Doubt, Item, Part, Status, id};

use super::{Known, Sourced};
use crate::extract::{ListedMeeting, MeetingPart, Route};

/// The first of the parts (best first) that tells something.
pub(super) fn first<T>(parts: &[Sourced], tell: impl Fn(&MeetingPart) -> Option<T>) -> Option<T> {
    parts.iter().find_map(|sourced| tell(&sourced.part))
}

/// Stands for the name of a body that no page tells.
pub(super) const NO_COMMITTEE: &str = "Committee not known";

/// The body: the name as the meeting's own page prints it, else as lists do.
pub(super) fn committee(
    known: &Known,
    parts: &[Sourced],
    listed: Option<&ListedMeeting>,
) -> Committee {
    let told = first(parts, |part| (part.route == Route::Page).then(|| part.committee.clone())?);
    let number = listed
        .and_then(|row| row.committee_id.clone())
        .or_else(|| first(parts, |part| part.committee_id.clone()));
    let in_list = number.as_deref().and_then(|id| known.committee(id));
    let name = told
        .or_else(|| listed.and_then(|row| row.committee.clone()))
        .or_else(|| in_list.map(|row| row.name.clone()))
        .or_else(|| first(parts, |part| part.committee.clone()))
        .unwrap_or_else(|| NO_COMMITTEE.to_owned());
    let row = in_list.or_else(|| known.committee_named(&name));
    Committee {
        id: number.or_else(|| row.map(|row| row.id.clone())),
        slug: Some(id::slug(&name)),
        lineage: known.lineage(&name),
        expired: row.is_some_and(|row| row.expired),
        name,
    }
}

/// The day, and a doubt where pages disagree. A date that reads oddly gives way to one that does not.
pub(super) fn date(
    parts: &[Sourced],
    listed: Option<&ListedMeeting>,
) -> (Option<Date>, Vec<Doubt>) {
    let sound = |part: &MeetingPart| {
        let odd = part.doubts.iter().any(|d| d.kind == "weekday-mismatch");
        part.date.filter(|_| !odd)
    };
    let own = |part: &MeetingPart| matches!(part.route, Route::Page | Route::Service);
    let date = first(parts, |part| sound(part).filter(|_| own(part)))
        .or_else(|| listed.and_then(|row| row.date))
        .or_else(|| first(parts, sound))
        .or_else(|| first(parts, |part| part.date));
    let mut doubts = Vec::new();
    let date = match date.filter(|date| is_beyond(*date, parts)) {
        Some(beyond) => {
            let note = "the day printed is years after the page was read";
            doubts.push(Doubt::new("impossible-year", note).at(beyond.to_string()));
            None
        }
        None => date,
    };
    let others = parts
        .iter()
        .filter(|sourced| own(&sourced.part))
        .filter_map(|sourced| sound(&sourced.part))
        .chain(listed.and_then(|row| row.date));
    for other in others {
        if date.is_some_and(|date| date != other) && doubts.is_empty() {
            let note = "pages give different days for this meeting";
            doubts.push(Doubt::new("date-conflict", note).at(other.to_string()));
        }
    }
    (date, doubts)
}

/// Whether a day is further ahead of the reading of its pages than any council plans. Files without a time of their own cannot tell.
fn is_beyond(date: Date, parts: &[Sourced]) -> bool {
    let read = parts.iter().map(|sourced| sourced.fetched_at.max(sourced.first_seen)).max();
    let year = read.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).year());
    year.is_some_and(|year| year >= 2000 && date.year() > year + 5)
}

/// The time of day.
pub(super) fn time(parts: &[Sourced], listed: Option<&ListedMeeting>) -> Option<String> {
    first(parts, |part| part.time.clone()).or_else(|| listed.and_then(|row| row.time.clone()))
}

/// How far the text has come. Cancelled, if any route says so and no minutes tell that it was held after all; draft, if the page
/// says so; else the furthest.
pub(super) fn status(
    parts: &[Sourced],
    listed: Option<&ListedMeeting>,
    items: &[Item],
    doubts: &mut Vec<Doubt>,
) -> (Status, Option<String>) {
    let told: Vec<&(Status, String)> =
        parts.iter().filter_map(|sourced| sourced.part.status.as_ref()).collect();
    let find = |wanted: Status| told.iter().find(|(status, _)| *status == wanted).copied();
    let cancelled = find(Status::Cancelled).map(|(_, from)| from.clone()).or_else(|| {
        listed.is_some_and(|row| row.cancelled).then(|| "list of meetings: cancelled".to_owned())
    });
    if let Some(from) = cancelled {
        if !was_held(items) {
            return (Status::Cancelled, Some(from));
        }
        let note = "said to be cancelled or postponed, but there are minutes of it";
        doubts.push(Doubt::new("said-cancelled", note).at(from));
    }
    if let Some((status, from)) = find(Status::Draft).or_else(|| find(Status::Approved)) {
        return (*status, Some(from.clone()));
    }
    let has = |wanted: Part| items.iter().flat_map(|i| &i.passages).any(|p| p.part == wanted);
    if has(Part::Minutes) {
        return (Status::Approved, Some("the text holds minutes".to_owned()));
    }
    (Status::Agenda, find(Status::Agenda).map(|(_, from)| from.clone()))
}

/// Whether minutes tell of more than that nothing was held.
fn was_held(items: &[Item]) -> bool {
    let told = |text: &str| {
        let lower = text.to_lowercase();
        !["cancel", "postpone", "inquorate", "quorum", "rearranged", "gohirio", "canslo"]
            .iter()
            .any(|word| lower.contains(word))
    };
    items
        .iter()
        .flat_map(|item| &item.passages)
        .any(|passage| passage.part != Part::Agenda && told(&passage.text))
}

/// Who was there: the list in which most is recorded; the service keeps "Expected" for ever at some councils.
pub(super) fn attendance(parts: &[Sourced]) -> Vec<Attendance> {
    let recorded = |list: &[Attendance]| {
        list.iter().filter(|a| a.status != AttendanceStatus::Expected).count()
    };
    let mut best: &[Attendance] = &[];
    for sourced in parts {
        let list = &sourced.part.attendance;
        if (recorded(list), list.len()) > (recorded(best), best.len()) {
            best = list;
        }
    }
    best.to_vec()
}

/// "Improving Lives Select Commission, Tuesday 17 September 2019".
pub(super) fn title(committee: &str, date: Option<Date>) -> String {
    match date {
        Some(date) => format!("{committee}, {}", date.strftime("%A %-d %B %Y")),
        None => committee.to_owned(),
    }
}

/// Whether what a page was unsure of has been settled by another.
pub(super) fn is_settled(doubt: &Doubt, date: Option<Date>, items: &[Item]) -> bool {
    match doubt.kind.as_str() {
        "no-date" => date.is_some(),
        "no-items" => !items.is_empty(),
        "selector" => date.is_some() && doubt.note.contains("heading with a date"),
        "minutes-only-printed" => {
            items.iter().flat_map(|item| &item.passages).any(|p| p.part != Part::Agenda)
        }
        _ => false,
    }
}
