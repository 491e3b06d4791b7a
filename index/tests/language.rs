//! The language end to end: what people type finds what they mean, and nothing they type is an error.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{EHE, council, indexed, meeting};
use minutebook_index::results::Results;
use minutebook_index::search::{Filters, Routine, Scope, Synonyms};
use minutebook_index::{Index, Search};

fn find(index: &Index, text: &str) -> Results {
    index.search(&Search::words(text)).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn a_resident_a_clerk_and_an_acronym_find_the_same_decision() {
    let (_dir, index) = indexed(&council());
    for text in [
        "home schooling",
        "EHE",
        "ehe",
        "electively home educated",
        "elective home education",
        "homeschool",
    ] {
        let results = find(&index, text);
        assert_eq!(ids(&results).first(), Some(&EHE), "{text}");
        let hit = &results.hits[0];
        assert_eq!(hit.snippet.label.as_deref(), Some("2)"), "{text}: {:?}", hit.snippet);
        assert!(hit.snippet.pieces.iter().any(|piece| piece.marked), "{text}");
        assert_eq!(results.query.expansions[0].topic.as_deref(), Some("elective-home-education"));
    }
    // Off means off: the letters are printed nowhere.
    let off = Search { synonyms: Synonyms::Off, ..Search::words("EHE") };
    let results = index.search(&off).unwrap();
    assert_eq!(results.total, 0);
    assert!(results.query.expansions.is_empty());
}

#[test]
fn quotes_are_exact_side_by_side_and_within_one_passage() {
    let (_dir, index) = indexed(&council());
    assert_eq!(ids(&find(&index, "\"Elective Home Education\"")), [EHE]);
    assert_eq!(ids(&find(&index, "\u{201c}elective home education\u{201d}")), [EHE]);
    assert!(ids(&find(&index, "\"elections home education\"")).is_empty(), "no stemming");
    assert!(find(&index, "\"home grounds the\"").total == 1);
    assert_eq!(find(&index, "\"gone on a table\"").total, 0, "not across passages");
    assert_eq!(find(&index, "\"partnership the assistant\"").total, 0, "not from title into text");
}

#[test]
fn words_printed_with_marks_are_found() {
    let (_dir, index) = indexed(&council());
    for (text, id) in [
        ("s.106", "east-m901-a"),
        ("s106", "east-m901-a"),
        ("\u{a3}1.2m", "east-m901-a"),
        ("1.2m", "east-m901-a"),
        ("\"2018/19\"", "east-m901-a"),
        ("fly tipping", "east-m902-a"),
        ("flytipping", "east-m902-a"),
        ("fly-tipping", "east-m902-a"),
        ("Children\u{2019}s Trust", "east-m902-a"),
        ("childrens trust", "east-m902-a"),
        ("A&E", "east-m902-a"),
        ("SEND/EHCP", "east-m902-a"),
        ("SEND", "east-m902-a"),
        ("EHCP", "east-m902-a"),
    ] {
        assert_eq!(ids(&find(&index, text)), [id], "{text}");
    }
}

#[test]
fn dates_bodies_posts_and_numbers_are_read_and_can_be_turned_back() {
    let (_dir, index) = indexed(&council());
    let results = find(&index, "potholes March 2019");
    assert_eq!(ids(&results), ["east-m901-a"]);
    assert_eq!(results.query.readings[0].field, "date");
    let words = Search {
        as_words: vec![results.query.readings[0].id.clone()],
        ..Search::words("potholes March 2019")
    };
    assert_eq!(index.search(&words).unwrap().total, 0, "the words stand nowhere");
    assert_eq!(ids(&find(&index, "potholes since 2021")), ["east-m904-a"]);
    assert_eq!(ids(&find(&index, "C131")), ["east-m901-a"]);
    assert_eq!(ids(&find(&index, "minute 45")), [EHE]);
    let renamed = find(&index, "home education Learning Select Commission");
    assert!(ids(&renamed).contains(&"east-m903-a"), "the panel it was renamed from counts");
    let said = find(&index, "what did the Director of Public Health say about fluoridation");
    assert_eq!(ids(&said), [EHE]);
    assert_eq!(find(&index, "by:\"assistant director\" collaboration").total, 1);
    assert_eq!(
        find(&index, "by:\"assistant director\" fluoridation").total,
        0,
        "another post said so"
    );
    assert_eq!(
        find(&index, "by:\"assistant director\" \"collaboration between schools\"").total,
        1
    );
}

#[test]
fn a_date_that_leaves_nothing_gives_way_to_the_words_and_says_so() {
    let (_dir, index) =
        indexed(&[meeting(1, "2020-05-05", "Play", "The fair of March 2019 was praised.")]);
    let results = find(&index, "fair March 2019");
    assert_eq!(results.total, 1);
    assert!(
        results.query.notices.iter().any(|n| n.contains("searched as words")),
        "{:?}",
        results.query.notices
    );
}

#[test]
fn operators_work() {
    let (_dir, index) = indexed(&council());
    assert_eq!(find(&index, "potholes -gritting").total, 1);
    assert_eq!(find(&index, "potholes NOT gritting").total, 1);
    assert_eq!(find(&index, "elections OR gritting").total, 2);
    assert_eq!(find(&index, "(elections OR gritting) potholes").total, 1);
    assert_eq!(find(&index, "grit*").total, 1);
    assert_eq!(find(&index, "grittng~").total, 1);
    assert_eq!(find(&index, "potholes NEAR/3 gritting").total, 1);
    assert_eq!(find(&index, "gritting NEAR/3 potholes").total, 1);
    assert_eq!(find(&index, "mended NEAR/2 potholes").total, 0);
    assert_eq!(find(&index, "\"gritting routes\" NEAR/3 potholes").total, 1);
    assert_eq!(find(&index, "\"gritting routes\" NEAR/2 potholes").total, 0);
    assert_eq!(find(&index, "in:title potholes").total, 1);
    assert_eq!(find(&index, "kind:recommended education").total, 1);
    assert_eq!(find(&index, "topic:potholes").total, 1);
    assert_eq!(find(&index, "committee:highways").total, 3);
    assert_eq!(find(&index, "before:2016").total, 1);
    let everything = find(&index, "").total;
    assert_eq!(find(&index, "-potholes").total, everything - 2);
    for (scope, total) in
        [(Scope::Minutes, 2), (Scope::Title, 1), (Scope::Agenda, 0), (Scope::Resolution, 0)]
    {
        let search = Search { scope, synonyms: Synonyms::Off, ..Search::words("potholes") };
        assert_eq!(index.search(&search).unwrap().total, total, "{scope:?}");
    }
    let quoted = Search { scope: Scope::Minutes, ..Search::words("\"elective home education\"") };
    assert_eq!(index.search(&quoted).unwrap().total, 1, "decisions are minutes");
    let agenda = Search { scope: Scope::Agenda, ..Search::words("\"elective home education\"") };
    assert_eq!(index.search(&agenda).unwrap().total, 0);
}

#[test]
fn undated_items_neither_leak_through_nor_vanish() {
    let (_dir, index) = indexed(&council());
    let filters = Filters { from: "0001-01-01".parse().ok(), ..Filters::default() };
    let dated = index.search(&Search { filters, ..Search::default() }).unwrap();
    assert!(!ids(&dated).contains(&"east-m902-a"));
    assert!(ids(&find(&index, "lay-bys")).contains(&"east-m902-a"));
    let years: usize = dated.facets.year.iter().map(|year| year.count).sum();
    assert_eq!(years, dated.total);
}

#[test]
fn a_slip_is_offered_and_applied_only_where_nothing_else_is_found() {
    let roads: Vec<_> =
        (1..30).map(|n| meeting(n, "2020-01-01", "Roads", "Graffiti on the subway.")).collect();
    let (_dir, index) = indexed(&roads);
    let results = find(&index, "grafitti");
    assert_eq!(results.total, 29);
    let correction = &results.query.corrections[0];
    assert_eq!((correction.to.as_str(), correction.applied), ("graffiti", true));
    assert_eq!(correction.query, "graffiti");
    assert!(find(&index, "graffiti").query.corrections.is_empty());
    assert_eq!(find(&index, "\"grafitti\"").total, 0, "quotes are exact");
}

#[test]
fn nothing_found_says_what_would() {
    let (_dir, index) = indexed(&council());
    let filters =
        Filters { committee: vec!["learning-select-commission".to_owned()], ..Filters::default() };
    let results = index.search(&Search { filters, ..Search::words("gritting routes") }).unwrap();
    assert_eq!(results.total, 0);
    assert_eq!(results.ways_on[0].label, "without any filter");
    assert_eq!(index.search(&results.ways_on[0].search).unwrap().total, results.ways_on[0].total);
    let results = find(&index, "gritting zebra");
    let way = results.ways_on.iter().find(|way| way.label == "without zebra").unwrap();
    let found = index.search(&way.search).unwrap();
    assert_eq!((found.complete.unwrap_or(found.total), found.total), (1, way.total));
}

#[test]
fn what_comes_near_follows_what_holds_all_the_words() {
    let text = |n: u32| match n {
        1..=2 => "The invasive alien species were cut back.",
        3..=6 => "Invasive species stood along the river.",
        _ => "The river was walked.",
    };
    let rivers: Vec<_> =
        (1..60).map(|n| meeting(n, "2020-01-01", &format!("Visit {n}"), text(n))).collect();
    let (_dir, index) = indexed(&rivers);
    let results = find(&index, "invasive alien species");
    assert_eq!((results.total, results.complete), (6, Some(2)));
    let mut first = ids(&results)[..2].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["east-m1-a", "east-m2-a"]);
    let most = results.query.readings.iter().find(|reading| reading.field == "most").unwrap();
    let all = Search { as_words: vec![most.id.clone()], ..Search::words("invasive alien species") };
    let all = index.search(&all).unwrap();
    assert_eq!((all.total, all.complete), (2, None));
    // In pages as on one page.
    let paged = Search { per_page: 1, page: 3, ..Search::words("invasive alien species") };
    assert_eq!(index.search(&paged).unwrap().hits[0].id, results.hits[2].id);
    // A word that nothing holds is what must be told; quotes and signs are meant.
    for meant in ["invasive zebra species", "\"invasive alien species\"", "invasive alien -fish"] {
        let results = find(&index, meant);
        assert!(results.total == 0 || results.total == 2, "{meant}: {}", results.total);
    }
}

#[test]
fn a_filter_does_not_change_how_a_query_is_read() {
    let mut meetings: Vec<_> = (1..40)
        .map(|n| meeting(n, "2020-01-01", "Horses", "A loose horse stood on the road."))
        .collect();
    for meeting in &mut meetings[..5] {
        meeting.committee.name = "Animals Panel".to_owned();
        meeting.items.push(common::item(&format!("{}-b", meeting.id), "Roads", &["The road."]));
    }
    let (_dir, index) = indexed(&meetings);
    for text in ["loose road", "where does a loose horse stand", "horse road loose animals"] {
        let all = find(&index, text);
        for facet in &all.facets.committee {
            let filters = Filters { committee: vec![facet.value.clone()], ..Filters::default() };
            let results = index.search(&Search { filters, ..Search::words(text) }).unwrap();
            assert_eq!(results.total, facet.count, "{text} in {}", facet.label);
        }
    }
}

#[test]
fn only_procedural_items_are_shown_when_nothing_else_matches() {
    let (_dir, index) = indexed(&council());
    let results = find(&index, "apologies received");
    assert_eq!(ids(&results), ["east-i11"]);
    assert_eq!(results.routine_hidden, 0);
}

#[test]
fn facets_totals_and_paging_agree() {
    let (_dir, index) = indexed(&council());
    for text in ["", "potholes", "education OR potholes OR fly-tipping", "the"] {
        let search = Search { routine: Routine::Show, per_page: 1, ..Search::words(text) };
        let first = index.search(&search).unwrap();
        let mut seen = Vec::new();
        for page in 1..=first.total + 1 {
            let results = index.search(&Search { page, ..search.clone() }).unwrap();
            assert_eq!(results.total, first.total);
            seen.extend(results.hits.into_iter().map(|hit| hit.id));
        }
        assert_eq!(seen.len(), first.total, "{text}: a page beyond the end is empty");
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), seen.len());
        let scanned: Vec<_> = index.scan(&search).unwrap().map(|hit| hit.unwrap().id).collect();
        assert_eq!(scanned, seen);
        for facet in &first.facets.committee {
            let filters = Filters { committee: vec![facet.value.clone()], ..Filters::default() };
            let filtered = index.search(&Search { filters, ..search.clone() }).unwrap();
            assert_eq!(filtered.total, facet.count, "{text} {}", facet.value);
        }
        let by_committee: usize = first.facets.committee.iter().map(|f| f.count).sum();
        assert_eq!(by_committee, first.total);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_gets_an_answer(text in "(\\PC|potholes|[\"()*~:/ -]|AND |OR |NOT |NEAR/2 |by:|date:|in:|minute ){0,60}") {
        thread_local! {
            static INDEX: (tempfile::TempDir, Index) = indexed(&council());
        }
        INDEX.with(|(_, index)| {
            let results = index.search(&Search::words(&text)).unwrap();
            assert!(results.hits.len() <= results.total);
        });
    }
}

#[test]
fn hostile_texts_are_answered_soon() {
    let (_dir, index) = indexed(&council());
    let long = "potholes ".repeat(2000);
    let many = (0..400).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let deep = format!("{}potholes{}", "(".repeat(900), ")".repeat(900));
    let ors = "a OR ".repeat(390);
    let nots = "-".repeat(1900);
    let near = "potholes NEAR/99 ".repeat(110);
    let nul = "potholes\0\u{1f600}\u{202e}";
    for text in [
        &long,
        &many,
        &deep,
        &ors,
        &nots,
        &near,
        nul,
        "*",
        "?",
        "\\",
        "AND (((",
        "p*",
        "NOT NOT NOT",
        "by:",
        "\"",
        "14:30",
        "kosten/baten",
        "e-petition",
    ] {
        let began = std::time::Instant::now();
        let results = find(&index, text);
        // A guard against running away, not a measure of speed: that is the benchmarks' business.
        assert!(began.elapsed().as_secs() < 30, "{text:.30}");
        assert!(results.total <= 7);
    }
    assert_eq!(find(&index, &deep).total, 2);
}
