//! "Present:- Councillors A, B and C" in the head of running minutes, as attendance.

use std::sync::LazyLock;

use minutebook_record::{Attendance, AttendanceStatus};
use regex::Regex;

use crate::people::people;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?P<label>(?:members\s+)?(?:also\s+)?present|in\s+attendance|apologies(?:\s+for\s+absence)?|presennol|ymddiheuriadau|yn\s+bresennol)\s*:?\s*-?\s*:?\s+(?P<names>\S.*)$")
        .expect("the pattern is valid")
});

/// The label alone, its names on lines of their own.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:members\s+)?(?:also\s+)?present|in\s+attendance|apologies(?:\s+for\s+absence)?|presennol|ymddiheuriadau|yn\s+bresennol)\s*:\s*-?\s*$")
        .expect("the pattern is valid")
});

static APOLOGIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*apologies (?:for absence )?(?:were|was|had been) (?:received|submitted) (?:from|on behalf of)\s+(?P<names>\S.*)$")
        .expect("the pattern is valid")
});

/// Whether a line opens a list of names, on it or on the lines behind it.
pub(crate) fn is_label(line: &str) -> bool {
    ALONE.is_match(line) || LABEL.is_match(line)
}

/// Whether a line holds nothing but such a list.
pub(crate) fn is_read(line: &str) -> bool {
    !ALONE.is_match(line) && !read(std::slice::from_ref(&line.to_owned())).is_empty()
}

/// Reads lines of the head; other lines give nothing.
pub(crate) fn read(lines: &[String]) -> Vec<Attendance> {
    let mut found: Vec<Attendance> = Vec::new();
    for line in lines {
        let (status, names) = if let Some(c) = APOLOGIES.captures(line) {
            (AttendanceStatus::Apologies, c["names"].to_owned())
        } else if let Some(c) = LABEL.captures(line) {
            let label = c["label"].to_lowercase();
            let status = if label.starts_with("apolog") || label.starts_with("ymddi") {
                AttendanceStatus::Apologies
            } else if label.contains("attendance") || label.contains("also") {
                AttendanceStatus::InAttendance
            } else {
                AttendanceStatus::Present
            };
            (status, c["names"].to_owned())
        } else {
            continue;
        };
        people(&names, status, &mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_head_are_attendance() {
        let lines = [
            "Present:- Councillor A Marsh (in the Chair); Councillors B Holt, C Vane and D Reed."
                .to_owned(),
            "Apologies for absence were received from Councillors E Frost and F Gale.".to_owned(),
            "Presented by the officer".to_owned(),
        ];
        let found = read(&lines);
        let names: Vec<_> = found.iter().map(|a| (a.name.as_str(), a.status)).collect();
        assert_eq!(names[0], ("Councillor A Marsh", AttendanceStatus::Present));
        assert_eq!(found[0].role.as_deref(), Some("Chair"));
        assert!(names.contains(&("Councillor F Gale", AttendanceStatus::Apologies)), "{names:?}");
    }
}
