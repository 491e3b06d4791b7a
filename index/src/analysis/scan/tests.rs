use super::*;

fn forms(text: &str) -> Vec<(String, u32)> {
    let mut all = Vec::new();
    scan(text, |f| all.push((f.text.to_owned(), f.position)));
    all
}

fn texts(text: &str) -> String {
    forms(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_people_write_is_findable_both_ways() {
    for (text, expected) in [
        ("Children\u{2019}s Services", "children services"),
        ("adults' and O'Brien’s", "adults and obrien"),
        ("fly-tipping", "fly flytipping tipping"),
        ("fly\u{2013}tipping", "fly flytipping tipping"),
        ("2022/23", "2022 2022/23 23"),
        ("2022-23", "2022 2022/23 23"),
        ("s.106", "s s106 106"),
        ("£1.2m", "1 1.2m 2m"),
        ("£1,200,000.", "1 1200000 200 000"),
        ("A&E waits", "a a&e e waits"),
        ("Children & Young People", "children and young people"),
        ("SEND/EHCP (C131)", "send SEND ehcp EHCP c131"),
        ("24/01150/FULL", "24 24/01150/full 01150 full"),
        ("Tŷ Gŵyn, Cyngor", "ty gwyn cyngor"),
        ("C?n", "c cwn cyn n"),
        ("the road.The", "the road the"),
        ("U.K. policy", "u uk k policy"),
        ("-- '' &", "and"),
        ("", ""),
    ] {
        let found = texts(text);
        // Capitals are told only where lower-case letters stand by.
        let found = if text.starts_with("SEND") {
            texts(&format!("{text} x")).replace(" x", "")
        } else {
            found
        };
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn only_wanted_words_are_told_and_their_places_hold() {
    let all = forms("Roads, s.106 and Ŵyl; the ROADS.");
    let mut some = Vec::new();
    scan_where(
        "Roads, s.106 and Ŵyl; the ROADS.",
        |b| b == b'r',
        |f| {
            some.push((f.text.to_owned(), f.position));
        },
    );
    let told = ["roads", "s", "s106", "106", "wyl", "ROADS"];
    let expected: Vec<_> =
        all.into_iter().filter(|(word, _)| told.contains(&word.as_str())).collect();
    assert_eq!(some, expected);
}

#[test]
fn paragraphs_are_far_apart_and_parts_count_as_words() {
    assert_eq!(
        forms("a-b c\u{1e}d"),
        [
            ("a".into(), 0),
            ("ab".into(), 0),
            ("b".into(), 1),
            ("c".into(), 2),
            ("d".into(), 3 + BREAK_WIDTH)
        ]
    );
}

#[test]
fn shouting_has_no_acronyms() {
    assert_eq!(texts("THE SEND PLAN"), "the send plan");
    assert_eq!(texts("The SEND plan"), "the send SEND plan");
    assert_eq!(texts("SEND"), "send SEND");
    assert_eq!(texts("The EHCPs came"), "the ehcps EHCP came");
}

proptest::proptest! {
    #[test]
    fn any_text_is_scanned_with_places_that_hold(text in "\\PC*[\u{300}\u{1e}'?&/.-]*\\PC*") {
        let mut last = 0;
        scan(&text, |found| {
            assert!(text.is_char_boundary(found.start) && text.is_char_boundary(found.end));
            assert!(found.start < found.end && !found.text.is_empty());
            assert!(found.position >= last);
            last = found.position;
        });
    }
}
