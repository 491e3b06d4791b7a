//! Plain English for readers: days, months, counts and lists, as GOV.UK writes them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use minutebook_record::{AttendanceStatus, How, Kind, Part, Qualifier, RoleMention, Status, month};

/// `17 September 2019`.
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month::name(date.month()), date.year())
}

/// The day and time in London, `17 September 2019 at 5:30pm`.
pub(crate) fn moment(at: Timestamp) -> String {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let local = at.to_zoned(zone);
    format!("{} at {}", day(local.date()), clock(local.hour(), local.minute()))
}

/// The day in London.
pub(crate) fn moment_day(at: Timestamp) -> String {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    day(at.to_zoned(zone).date())
}

fn clock(hour: i8, minute: i8) -> String {
    let (half, shown) = match hour {
        0 => ("am", 12),
        1..=11 => ("am", hour),
        12 => ("pm", 12),
        _ => ("pm", hour - 12),
    };
    if minute == 0 { format!("{shown}{half}") } else { format!("{shown}:{minute:02}{half}") }
}

/// A printed `HH:MM` as readers say it; anything else as it stands.
pub(crate) fn time(printed: &str) -> String {
    let parts = printed.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
    match parts {
        Some((hour @ 0..=23, minute @ 0..=59)) => clock(hour, minute),
        _ => printed.to_owned(),
    }
}

/// A number with commas.
pub(crate) fn thousands(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count of things: `1 item`, `1,204 items`, `no items`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", thousands(number as u64)),
    }
}

/// The same with a capital letter first.
pub(crate) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A slug as words, where no label is known: `assistant-director-education` becomes `Assistant director education`.
pub(crate) fn from_slug(slug: &str) -> String {
    capital(&slug.replace('-', " "))
}

/// `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A kind of decision, as a label.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolved => "Resolved",
        Kind::Recommended => "Recommended",
        Kind::Noted => "Noted",
        Kind::Deferred => "Deferred",
        Kind::Referred => "Referred",
        Kind::Delegated => "Delegated",
        Kind::Refused => "Refused",
    }
}

/// How a role appears, said of it: `Assistant Director, Education: spoke`.
pub(crate) fn how(how: How) -> &'static str {
    match how {
        How::Spoke => "spoke",
        How::Presented => "presented",
        How::Advised => "advised",
        How::Attended => "attended",
        How::Author => "wrote the report",
        How::Addressee => "was asked or thanked",
        How::Delegated => "was given a power",
        How::Mentioned => "was mentioned",
    }
}

/// All that is said of a holder's tenure: "outgoing, interim".
pub(crate) fn qualifiers(role: &RoleMention) -> Option<String> {
    let all: Vec<&str> = role.qualifiers().map(qualifier).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// What is said of tenure.
fn qualifier(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Interim => "interim",
        Qualifier::Acting => "acting",
        Qualifier::Temporary => "temporary",
        Qualifier::Outgoing => "outgoing",
        Qualifier::Incoming => "incoming",
        Qualifier::New => "new",
        Qualifier::Former => "former",
        Qualifier::Designate => "designate",
    }
}

/// The word for a status in the JSON answers.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Agenda => "agenda",
        Status::Draft => "draft",
        Status::Approved => "approved",
        Status::Cancelled => "cancelled",
    }
}

/// The heading over a part of an item.
pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::Agenda => "From the agenda",
        Part::Minutes => "Minutes",
        Part::Decision => "Decision",
    }
}

/// How someone was at a meeting.
pub(crate) fn attendance(status: AttendanceStatus) -> &'static str {
    match status {
        AttendanceStatus::Expected => "Listed",
        AttendanceStatus::Present => "Present",
        AttendanceStatus::PresentVirtual => "Present by video",
        AttendanceStatus::Substitute => "Present as a substitute",
        AttendanceStatus::InAttendance => "In attendance",
        AttendanceStatus::Apologies => "Apologies",
        AttendanceStatus::Absent => "Absent",
    }
}

/// Where the words of a query were found, said after "Found in".
pub(crate) fn place(word: &str) -> &str {
    match word {
        "title" => "the title",
        "resolution" => "a decision",
        "minutes" => "the discussion",
        "decision" => "the decision text",
        "agenda" => "the agenda text",
        "topic" => "the topic",
        "meaning" => "the meaning, not the words",
        other => other,
    }
}

/// What came of asking for a page, said of addresses that brought none.
pub(crate) fn outcome(word: &str) -> &str {
    match word {
        "gone" => "no longer published by the council",
        "forbidden" => "not asked for: the site’s robots.txt asks not to",
        "moved" => "moved to another address",
        "blocked" => "refused by the site",
        "busy" => "the site was busy",
        "empty" => "an empty answer",
        "erroneous" => "an error page",
        "unreadable" => "bytes that are no page",
        "too-large" => "too large to keep",
        "failed" => "no answer",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_read_as_people_say_them() {
        assert_eq!(day(jiff::civil::date(2019, 9, 7)), "7 September 2019");
        assert_eq!(time("17:30"), "5:30pm");
        assert_eq!(time("00:05"), "12:05am");
        assert_eq!(time("12:00"), "12pm");
        assert_eq!(time("10:00"), "10am");
        assert_eq!(time("25:61"), "25:61");
        let summer: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
        assert_eq!(moment(summer), "2 July 2026 at 12:30am");
    }

    #[test]
    fn counts_and_lists() {
        assert_eq!(thousands(0_u64), "0");
        assert_eq!(thousands(999_u64), "999");
        assert_eq!(thousands(1_234_567_u64), "1,234,567");
        assert_eq!(count(1, "item", "items"), "1 item");
        assert_eq!(count(0, "item", "items"), "no items");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(from_slug("leader-of-the-council"), "Leader of the council");
    }
}
