//! Counts held against another engine and against a plain scan: SQLite FTS5 is fed the same words and must count the same items.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{indexed, item, meeting};
use minutebook_index::analysis::{stem, words};
use minutebook_index::search::{Routine, Synonyms};
use minutebook_index::{Index, Search};
use minutebook_record::Meeting;

/// Repeatable dice.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Small numbers more often than large ones.
    fn low(&mut self, sides: usize) -> usize {
        let (a, b) = (self.roll(sides), self.roll(sides));
        self.roll(a.min(b) + 1)
    }
}

const VOCABULARY: &str = "the council road roads resurfacing resurfaced member members report reports noted noting bridge bridges \
    flooding flooded drain drains children child school schools budget budgets lighting lights verge verges hedge planning plan \
    community communities officer office elective election elected statutory statute audit audited grant grants fly-tipping \
    flytipping s.106 2022/23 A&E 1,200 ward warden licence licensing bus buses survey surveys surveyed zebra quay quays pier";

fn corpus() -> Vec<Meeting> {
    meetings(150)
}

fn meetings(many: u32) -> Vec<Meeting> {
    let vocabulary: Vec<&str> = VOCABULARY.split_whitespace().collect();
    let mut dice = Dice(11);
    (0..many)
        .map(|number| {
            let mut held = meeting(number, "2020-02-03", "", "");
            held.items = (0..4)
                .map(|place| {
                    let mut sentence = |least: usize| {
                        let count = least + dice.roll(14);
                        let said: Vec<&str> =
                            (0..count).map(|_| vocabulary[dice.low(vocabulary.len())]).collect();
                        said.join(" ")
                    };
                    let (title, first, second) = (sentence(2), sentence(6), sentence(6));
                    item(&format!("i{number}-{place}"), &title, &[&first, &second])
                })
                .collect();
            held
        })
        .collect()
}

/// A text as FTS5 is to see it: the same words, an empty one between paragraphs.
fn fed(item: &minutebook_record::Item, word: impl Fn(&str) -> String) -> String {
    let texts = std::iter::once(&item.title).chain(item.passages.iter().map(|p| &p.text));
    let fed = texts.map(|text| words(text).iter().map(|w| word(w)).collect::<Vec<_>>().join(" "));
    fed.collect::<Vec<_>>().join(" zzbreak ")
}

struct Oracle(rusqlite::Connection);

impl Oracle {
    fn new(meetings: &[Meeting]) -> Oracle {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .execute_batch("create virtual table t using fts5(stems, exact, detail=full)")
            .unwrap();
        for item in meetings.iter().flat_map(|m| &m.items) {
            let stems = fed(item, |word| stem(word).into_owned());
            let exact = fed(item, str::to_owned);
            connection.execute("insert into t values (?, ?)", [stems, exact]).unwrap();
        }
        Oracle(connection)
    }

    fn count(&self, expression: &str) -> usize {
        let sql = "select count(*) from t where t match ?";
        let count: i64 = self.0.query_row(sql, [expression], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    }
}

fn ours(index: &Index, text: &str) -> usize {
    let search = Search {
        synonyms: Synonyms::Off,
        routine: Routine::Show,
        per_page: 0,
        ..Search::words(text)
    };
    index.search(&search).unwrap().total
}

#[test]
fn counts_equal_those_of_fts5_and_of_a_scan() {
    let meetings = corpus();
    let (_dir, index) = indexed(&meetings);
    let oracle = Oracle::new(&meetings);
    // A closed compound is found in its open form too, by design: FTS5 has no such thing.
    let plain: Vec<&str> = VOCABULARY
        .split_whitespace()
        .filter(|w| w.chars().all(|c| c.is_ascii_lowercase()) && *w != "flytipping")
        .collect();
    let mut dice = Dice(5);
    let mut pick = || plain[dice.roll(plain.len())];
    for round in 0..120 {
        let (a, b, c) = (pick(), pick(), pick());
        let (sa, sb, sc) = (stem(a), stem(b), stem(c));
        for (text, expression) in [
            (a.to_owned(), format!("stems: {sa}")),
            (format!("{a} {b}"), format!("stems: ({sa} AND {sb})")),
            (format!("{a} OR {b}"), format!("stems: ({sa} OR {sb})")),
            (format!("{a} {b} {c}"), format!("stems: ({sa} AND {sb} AND {sc})")),
            (format!("{a} -{b}"), format!("stems: ({sa} NOT {sb})")),
            (format!("\"{a}\""), format!("exact: {a}")),
            (format!("\"{a} {b}\""), format!("exact: \"{a} {b}\"")),
            (format!("{}*", &a[..3]), format!("exact: {}*", &a[..3])),
        ] {
            if a == b && text.contains('-') {
                continue;
            }
            assert_eq!(ours(&index, &text), oracle.count(&expression), "round {round}: {text}");
        }
    }
    // The same by looking at every item.
    let holds = |word: &str| {
        let items = meetings.iter().flat_map(|m| &m.items);
        items.filter(|item| fed(item, str::to_owned).split(' ').any(|w| w == word)).count()
    };
    for word in &plain {
        assert_eq!(ours(&index, &format!("\"{word}\"")), holds(word), "{word}");
    }
}

#[test]
fn the_same_search_counts_the_same_twice() {
    let (_dir, index) = indexed(&corpus());
    for text in ["council", "road OR bridge", "\"the council\"", ""] {
        let first = index.search(&Search::words(text)).unwrap();
        let again = index.search(&Search::words(text)).unwrap();
        assert_eq!(first.total, again.total);
        let ids = |results: &minutebook_index::Results| {
            results.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&first), ids(&again), "{text}");
    }
}

#[test]
fn plain_words_are_answered_as_any_query_is() {
    // More than are looked at together.
    let (_dir, index) = indexed(&meetings(1_500));
    let answer = |text: &str, per_page| {
        let search = Search { synonyms: Synonyms::Off, per_page, ..Search::words(text) };
        index.search(&search).unwrap()
    };
    for text in [
        "council",
        "road",
        "zebra",
        "council road",
        "the council member",
        "road OR bridge",
        "grant report",
        "the OR council OR pier",
        "quay OR nowhere",
        "nowhere",
        "quay nowhere",
        "quay pier",
        "the quay",
        "council pier the",
        "road roads",
        "ward OR wards",
    ] {
        // What leaves out a word nobody has is no plain query, and has the same answer.
        let general = format!("({text}) -xylophone");
        for per_page in [3, 20] {
            let (plain, general) = (answer(text, per_page), answer(&general, per_page));
            assert_eq!(plain.total, general.total, "{text}");
            assert_eq!(plain.routine_hidden, general.routine_hidden, "{text}");
            assert_eq!(plain.facets, general.facets, "{text}");
            assert_eq!(plain.hits.len(), general.hits.len(), "{text}");
            for (a, b) in plain.hits.iter().zip(&general.hits) {
                assert!(
                    (a.score - b.score).abs() < 1e-3 * a.score,
                    "{text}: {} {}",
                    a.score,
                    b.score
                );
            }
        }
    }
}
