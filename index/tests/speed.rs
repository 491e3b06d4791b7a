//! What was made quick or small must answer as if it were not: parts kept by what is missing from them, scores summed only for
//! those that can win, several posts of one item, a reader that keeps up.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::time::{Duration, Instant};

use common::{council, indexed, item, meeting, now, spoke};
use minutebook_index::search::{Routine, Scope, Synonyms};
use minutebook_index::{Index, Search, Writer};
use minutebook_record::{Meeting, Part};

fn found(index: &Index, search: &Search) -> Vec<String> {
    let search = Search { per_page: 100, routine: Routine::Show, ..search.clone() };
    index.search(&search).unwrap().hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_part_is_searched_whichever_way_it_is_kept() {
    let mut held = meeting(1, "2020-02-03", "", "");
    let long = "Verges and hedges along the canal were cut back before the autumn as the residents had asked.";
    // All minutes; long agenda and short decision; short agenda and long minutes; nothing but a title.
    let mut parts = [
        item("a", "Canal verges", &[long]),
        item("b", "Canal verges", &[long, "Noted by the panel."]),
        item("c", "Canal verges", &["Report on swans.", long]),
        item("d", "Canal verges", &[]),
    ];
    parts[1].passages[0].part = Part::Agenda;
    parts[1].passages[1].part = Part::Decision;
    parts[2].passages[0].part = Part::Agenda;
    held.items = parts.to_vec();
    let (_dir, index) = indexed(&[held]);
    let ids = |word: &str, scope| {
        let synonyms = Synonyms::Off;
        let mut ids = found(&index, &Search { scope, synonyms, ..Search::words(word) });
        ids.sort();
        ids.join("")
    };
    for (word, anywhere, minutes, agenda) in [
        ("hedge", "abc", "ac", "b"),
        ("canal", "abcd", "ac", "b"),
        ("verges", "abcd", "ac", "b"),
        ("panel", "b", "b", ""),
        ("swan", "c", "", "c"),
        ("canal panel", "b", "", ""),
        ("swan OR panel", "bc", "b", "c"),
    ] {
        assert_eq!(ids(word, Scope::Anywhere), anywhere, "{word} anywhere");
        assert_eq!(ids(word, Scope::Minutes), minutes, "{word} in minutes");
        assert_eq!(ids(word, Scope::Agenda), agenda, "{word} in agenda text");
    }
}

#[test]
fn each_post_answers_for_its_own_words_however_many_speak() {
    let mut held = meeting(1, "2020-02-03", "", "");
    let said: Vec<String> =
        (0..20).map(|n| format!("It was said that subject{n} stands.")).collect();
    let texts: Vec<&str> = said.iter().map(String::as_str).collect();
    let mut talk = item("talk", "A long debate", &texts);
    let post =
        |n: usize| spoke(&format!("Director of Place{n}"), &format!("director-place{n}"), &[n]);
    talk.roles = Some((0..20).map(post).collect());
    held.items = vec![talk];
    let (_dir, index) = indexed(&[held]);
    let asked = |post: usize, subject: usize| {
        let text = format!("by:\"director of place{post}\" subject{subject}");
        found(&index, &Search::words(&text)).len()
    };
    for n in 0..20 {
        assert_eq!(asked(n, n), 1, "place{n} spoke of it");
    }
    for (post, subject) in [(0, 1), (3, 2), (14, 15), (1, 19), (19, 1)] {
        assert_eq!(asked(post, subject), 0, "place{post} did not speak of subject{subject}");
    }
}

#[test]
fn a_post_that_says_nearly_all_answers_for_its_own_words_too() {
    let mut held = meeting(1, "2020-02-03", "", "");
    let said = ["A report on swans and the canal was given.", "Herons nest by the weir."];
    let mut talk = item("talk", "Birds", &[said[0], said[1], "Noted."]);
    talk.roles = Some(vec![
        spoke("Director of Water", "director-water", &[0, 1]),
        spoke("Head of Parks", "head-parks", &[2]),
    ]);
    held.items = vec![talk];
    let (_dir, index) = indexed(&[held]);
    for (text, found_in) in [
        ("by:\"director of water\" swan", 1),
        ("by:\"director of water\" canal weir", 1),
        ("by:\"director of water\" (otter OR heron)", 1),
        ("by:\"director of water\" \"by the weir\"", 1),
        ("by:\"director of water\" noted", 0),
        ("by:\"director of water\" birds", 0),
        ("by:\"head of parks\" noted", 1),
        ("by:\"head of parks\" swan", 0),
    ] {
        assert_eq!(found(&index, &Search::words(text)).len(), found_in, "{text}");
    }
}

/// Many alike items, of which a few have the words in title or resolution.
fn alike() -> Vec<Meeting> {
    (0..300_u32)
        .map(|n| {
            let title = if n % 37 == 5 { "Drains and bridges" } else { "Any matter" };
            let text =
                format!("{} {}", "drains ".repeat(1 + (n % 5) as usize), "bridges and roads");
            let day = format!("20{:02}-0{}-1{}", 10 + n % 9, 1 + n % 9, n % 10);
            meeting(n, &day, title, &text)
        })
        .collect()
}

#[test]
fn the_best_few_are_the_first_of_all() {
    let (_dir, index) = indexed(&alike());
    for text in ["drains", "drains bridges", "drains OR bridges", "\"bridges and roads\" drains"] {
        let search = Search { synonyms: Synonyms::Off, ..Search::words(text) };
        let page = |per_page| {
            let results = index.search(&Search { per_page, ..search.clone() }).unwrap();
            results.hits.into_iter().map(|hit| (hit.id, hit.score.to_bits())).collect::<Vec<_>>()
        };
        let (few, many) = (page(3), page(100));
        assert_eq!(few, many[..3], "{text}");
        assert!(f32::from_bits(many[0].1) > f32::from_bits(many[99].1), "{text}");
        let whole = index.scan(&search).unwrap().map(|hit| hit.unwrap().id).collect::<Vec<_>>();
        assert_eq!(whole.len(), 300);
        assert_eq!(
            whole[..100],
            many.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(),
            "{text}"
        );
    }
}

#[test]
fn a_new_meeting_is_found_soon_and_no_search_fails_meanwhile() {
    let (dir, index) = indexed(&council());
    let asking = std::thread::spawn(move || {
        let began = Instant::now();
        // Far more than it takes, for machines with much else to do: `cargo bench` says how long it takes.
        while began.elapsed() < Duration::from_secs(20) {
            let results = index.search(&Search::words("weathercock")).unwrap();
            assert!(index.search(&Search::words("potholes")).unwrap().total > 0);
            if results.total == 1 {
                return true;
            }
        }
        false
    });
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    writer.put(&meeting(77, "2023-03-01", "The weathercock", "It turns."), now()).unwrap();
    writer.finish().unwrap();
    assert!(asking.join().unwrap(), "the new meeting was not found");
}
