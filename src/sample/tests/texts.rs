//! The texts read like minutes of different days: no marks of the templates, no copies, references that lead somewhere.

use std::collections::BTreeSet;

use super::{COUNCIL, single_spaced};

#[test]
fn people_s_numbers_are_never_in_the_minutes() {
    for i in COUNCIL.meetings.iter().flat_map(|m| &m.items) {
        for part in [&i.agenda, &i.minutes, &i.decision] {
            assert!(!part.html.contains("01632") && !part.html.contains('@'), "item {}", i.id);
        }
    }
}

#[test]
fn templates_leave_no_marks() {
    for i in COUNCIL.meetings.iter().flat_map(|m| &m.items) {
        for text in i.minutes.paragraphs.iter().chain(&i.decision.paragraphs).chain([&i.title]) {
            assert!(
                !text.contains(['{', '}']) && !text.contains("..") && !text.ends_with(' '),
                "item {}: {text}",
                i.id
            );
        }
    }
}

/// Four-word runs, the measure of copying.
fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(4).map(|w| w.join(" ")).collect()
}

#[test]
fn no_two_substantive_items_are_copies() {
    let routine = [
        "Apologies",
        "fApologies",
        "Declarations",
        "Minutes",
        "Questions from",
        "Exclusion",
        "Urgent",
        "Date ",
    ];
    let items: Vec<_> = COUNCIL
        .meetings
        .iter()
        .flat_map(|m| &m.items)
        .filter(|i| !i.minutes.is_empty() && !routine.iter().any(|r| i.title.starts_with(r)))
        .map(|i| (i.id, &i.title, runs(&i.minutes.paragraphs.join(" "))))
        .collect();
    assert!(items.len() >= 300, "{}", items.len());
    for (n, (a, title, one)) in items.iter().enumerate() {
        for (b, _, other) in items.iter().skip(n + 1) {
            let shared = one.intersection(other).count();
            let all = one.len() + other.len() - shared;
            assert!(shared * 10 <= all * 7, "items {a} and {b} ({title}) share {shared} of {all}");
        }
    }
}

#[test]
fn references_lead_to_the_minutes_they_name() {
    for (item, number, target) in [
        (54104, "96.", 36024),
        (62446, "19.", 89293),
        (36085, "106.", 36064),
        (50085, "127.", 50067),
    ] {
        let (_, from) = COUNCIL.item(item).unwrap();
        let named = format!("Minute No. {}", number.trim_end_matches('.'));
        assert!(single_spaced(&from.minutes.html).contains(&named), "item {item}");
        assert_eq!(COUNCIL.item(target).unwrap().1.number, number);
    }
}
