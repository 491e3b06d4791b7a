//! Who was there, from "Present:", "In attendance:" and "Apologies for absence were received from" in the text of a meeting
//! whose source gives no list.

use std::sync::LazyLock;

use minutebook_record::{Attendance, AttendanceStatus, Item, Meeting, Part, Passage};
use regex::Regex;

use super::resolution::regex;
use crate::people::people;

static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<head>(?:members |councillors |also |officers |officials |others? )?(?:in attendance|present|attending)(?: (?:virtually|remotely|by invitation|as substitutes?|for (?:this|all or part of) [^:]{0,30}))?|apolog(?:y|ies)(?: (?:for absence|received))?|absent|substitutes?|yn bresennol|presennol|ymddiheuriadau|hefyd yn bresennol)\s*(?:[:–-]+\s*|\s+were (?:received|submitted|given|tendered)?(?: (?:from|on behalf of|by))?:?\s*|$)",
    )
});
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bapolog(?:y|ies)(?: for absence| for (?:his|her|their) absence| for inability to attend)?(?: (?:was|were|had been|have been))? (?:received|submitted|given|tendered|reported|noted|presented|intimated)(?: (?:from|on behalf of|by|for)):?\s*(?P<list>[^;]*)",
    )
});
/// "In attendance:" at the end of the minutes.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:members |councillors |also |officers |officials |others? )?(?:in attendance|present|apolog(?:y|ies)(?: for absence)?|substitutes?|yn bresennol|presennol|ymddiheuriadau)\s*:",
    )
});
/// The items at a meeting's beginning, where any sentence may tell who was there.
const EARLY: usize = 8;

/// Fills a meeting's attendance from its text.
pub(crate) fn attendance(meeting: &Meeting) -> Vec<Attendance> {
    let mut found: Vec<Attendance> = Vec::new();
    // Further down a list is one only where it says so: an item of that name, or "Present:" with its colon.
    let says = |item: &Item, passage: &Passage| {
        status(&item.title).is_some() || LATER.is_match(&passage.text)
    };
    let passages: Vec<_> = meeting
        .items
        .iter()
        .enumerate()
        .flat_map(|(place, item)| item.passages.iter().map(move |p| (place, item, p)))
        .filter(|(place, item, p)| p.part == Part::Minutes && (*place < EARLY || says(item, p)))
        .map(|(_, item, p)| (item, p))
        .collect();
    let mut open: Option<AttendanceStatus> = None;
    for (place, (item, passage)) in passages.iter().enumerate() {
        let title_opens = status(&item.title)
            .filter(|_| place == 0 || !std::ptr::eq(passages[place - 1].0, *item));
        if place == 0 || !std::ptr::eq(passages[place - 1].0, *item) {
            open = title_opens.filter(|s| *s != AttendanceStatus::Apologies);
        }
        if passage.text.contains("polog")
            && let Some(captures) = SENTENCE.captures(&passage.text)
            && let Some(list) = captures.name("list")
        {
            people(list.as_str(), AttendanceStatus::Apologies, &mut found);
            open = None;
            continue;
        }
        if let Some(captures) = OPENS.captures(&passage.text)
            && let (Some(whole), Some(head)) = (captures.get(0), captures.name("head"))
        {
            let status = status(head.as_str()).unwrap_or(AttendanceStatus::Present);
            let list = &passage.text[whole.end()..];
            people(list, status, &mut found);
            open = Some(status).filter(|_| list.trim().is_empty());
            continue;
        }
        if open.is_some()
            && let Some(of_those_below) = heading(&passage.text)
        {
            open = Some(of_those_below);
            continue;
        }
        if let Some(status) = open {
            let before = found.len();
            people(&passage.text, status, &mut found);
            if found.len() == before {
                open = None;
            }
        }
    }
    found
}

/// "Officers" in a line of its own: who stands below it was there, but is no member.
fn heading(text: &str) -> Option<AttendanceStatus> {
    let words = text.trim().trim_end_matches([':', '-', '–', '.']).trim_end().to_lowercase();
    match words.as_str() {
        "officers" | "officials" | "staff" | "others" | "guests" | "observers" | "visitors"
        | "press" | "council officers" | "swyddogion" => Some(AttendanceStatus::InAttendance),
        "members" | "councillors" | "committee members" | "voting members" | "aelodau"
        | "cynghorwyr" => Some(AttendanceStatus::Present),
        _ => None,
    }
}

fn status(head: &str) -> Option<AttendanceStatus> {
    let head = head.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|w| head.contains(w));
    if is(&["apolog", "ymddiheuriadau"]) {
        Some(AttendanceStatus::Apologies)
    } else if is(&["absent"]) {
        Some(AttendanceStatus::Absent)
    } else if is(&["in attendance", "also", "officer", "official", "other", "hefyd", "invitation"])
        && is(&["attend", "present", "bresennol"])
    {
        Some(AttendanceStatus::InAttendance)
    } else if is(&["substitute"]) && head.len() < 40 {
        Some(AttendanceStatus::Substitute)
    } else if head.starts_with("present")
        || is(&["members present", "councillors present", "bresennol", "presennol"])
        || head == "attendance"
    {
        Some(AttendanceStatus::Present)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, texts: &[&str], expected: &[(&str, Option<&str>, AttendanceStatus)]) {
        let line = r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"C"},"date":null}"#;
        let mut meeting = minutebook_record::file::parse(line.as_bytes(), 1).unwrap();
        meeting.items = vec![Item {
            title: title.to_owned(),
            passages: texts
                .iter()
                .map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() })
                .collect(),
            ..Item::default()
        }];
        let found = attendance(&meeting);
        let found: Vec<_> =
            found.iter().map(|a| (a.name.as_str(), a.role.as_deref(), a.status)).collect();
        assert_eq!(found, expected, "{texts:?}");
    }

    #[test]
    fn lists_of_people() {
        use AttendanceStatus::{Apologies, InAttendance, Present};
        check(
            "Apologies for absence",
            &[
                "Apologies for absence were received from Councillors B. Ash, Bell and Carr-Dean and from the Mayor (Councillor Dow).",
            ],
            &[
                ("Councillor B. Ash", None, Apologies),
                ("Councillor Bell", None, Apologies),
                ("Councillor Carr-Dean", None, Apologies),
                ("Councillor Dow", Some("Mayor"), Apologies),
            ],
        );
        check(
            "Opening",
            &[
                "Present: Councillor Ash (Chair); Councillors Bell, Carr and Dow.",
                "Also in attendance: Ms A Eve, Head of Housing; Mr F Gee (Director of Public Health)",
            ],
            &[
                ("Councillor Ash", Some("Chair"), Present),
                ("Councillor Bell", None, Present),
                ("Councillor Carr", None, Present),
                ("Councillor Dow", None, Present),
                ("Ms A Eve", Some("Head of Housing"), InAttendance),
                ("Mr F Gee", Some("Director of Public Health"), InAttendance),
            ],
        );
        check(
            "Apologies",
            &[
                "There were no apologies.",
                "Apologies for absence were received from the Strategic Director.",
            ],
            &[],
        );
        let late = |title: &str, text: &str| {
            let line = r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"C"},"date":null}"#;
            let mut meeting = minutebook_record::file::parse(line.as_bytes(), 1).unwrap();
            meeting.items = vec![Item::default(); 11];
            meeting.items.push(Item {
                title: title.to_owned(),
                passages: vec![Passage { part: Part::Minutes, text: text.to_owned() }],
                ..Item::default()
            });
            attendance(&meeting).len()
        };
        assert_eq!(late("Close", "Present: Councillors Ash and Bell"), 2);
        assert_eq!(
            late("Apologies for absence", "Apologies were received from Councillor Ash."),
            1
        );
        assert_eq!(late("Visit", "Apologies were received from Councillor Ash in May."), 0);
        check(
            "Opening",
            &[
                "Present:",
                "Councillors",
                "Councillor Ash",
                "Officers:",
                "Ms A Eve",
                "Head of Housing",
            ],
            &[("Councillor Ash", None, Present), ("Ms A Eve", None, InAttendance)],
        );
        check("Report", &["Members present welcomed the report."], &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_read(text in "\\PC{0,120}") {
            let mut found = Vec::new();
            people(&text, AttendanceStatus::Present, &mut found);
        }
    }
}
