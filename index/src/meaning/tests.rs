//! The whole way with a model made of a few word groups: put, search, change, take out, rebuild.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minutebook_record::Meeting;
use serde_json::json;

use super::{Model, embed};
use crate::search::{Filters, Sort, Synonyms};
use crate::{Index, Put, Results, Search, Writer};

/// Words of one group mean the same; a vector says how much of each group a text holds.
const GROUPS: &[&[&str]] = &[
    &["dog", "dogs", "hound", "hounds", "canine"],
    &["bus", "buses", "coach", "transport"],
    &["tree", "trees", "oak", "oaks", "woodland"],
    &["library", "libraries", "books", "reading"],
];

/// Counts what it is asked.
#[derive(Default)]
struct Toy {
    name: u64,
    asked: AtomicUsize,
}

impl Model for Toy {
    fn fingerprint(&self) -> u64 {
        self.name
    }

    fn dimensions(&self) -> usize {
        GROUPS.len() + 1
    }

    fn embed(&self, text: &str) -> Result<Vec<f32>, String> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let mut vector = vec![0.0_f32; GROUPS.len() + 1];
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = word.to_lowercase();
            let group = GROUPS.iter().position(|group| group.contains(&word.as_str()));
            match group {
                Some(at) => vector[at] += 1.0,
                None => vector[GROUPS.len()] += 0.02,
            }
        }
        let length = vector.iter().map(|n| n * n).sum::<f32>().sqrt();
        Ok(vector.iter().map(|n| n / length.max(1e-6)).collect())
    }
}

fn meeting(id: &str, date: &str, items: &[(&str, &str)]) -> Meeting {
    let items: Vec<_> = items
        .iter()
        .enumerate()
        .map(|(at, (title, text))| {
            let passages: Vec<_> =
                text.split('|').map(|text| json!({"part": "minutes", "text": text})).collect();
            json!({"id": format!("{id}-i{at}"), "title": title, "passages": passages})
        })
        .collect();
    let meeting = json!({
        "format": 1, "site": "https://a.example.invalid/", "id": id,
        "committee": {"name": "Cabinet"}, "date": date, "items": items,
    });
    serde_json::from_value(meeting).unwrap()
}

fn meetings() -> Vec<Meeting> {
    vec![
        meeting(
            "m1",
            "2019-03-04",
            &[
                ("Dogs in parks", "The meeting was told of dogs without leads."),
                ("Control of hounds", "It was a long report.|A hound ran loose in the square."),
                ("Bus routes", "Coach and bus routes were agreed."),
            ],
        ),
        meeting("m2", "2020-03-04", &[("Canine wardens", "Two wardens were appointed.")]),
        meeting(
            "m3",
            "2021-03-04",
            &[("Apologies for absence", "A hound sent apologies."), ("Oaks", "Oaks were felled.")],
        ),
    ]
}

fn put(dir: &Path, model: &Arc<Toy>, meetings: &[Meeting]) {
    let mut writer = Writer::open_or_create(dir).unwrap();
    for meeting in meetings {
        writer.put(meeting, "2026-11-23T00:00:00Z".parse().unwrap()).unwrap();
    }
    writer.commit().unwrap();
    make(dir, model);
}

fn as_model(toy: &Arc<Toy>) -> Arc<dyn Model> {
    Arc::clone(toy) as Arc<dyn Model>
}

fn make(dir: &Path, model: &Arc<Toy>) -> usize {
    let mut last = (0, 0);
    let made = embed(dir, &as_model(model), |done, all| last = (done, all));
    assert_eq!(last.0, last.1);
    made.unwrap()
}

struct Held {
    dir: tempfile::TempDir,
    model: Arc<Toy>,
    index: Index,
}

fn held() -> Held {
    let dir = tempfile::tempdir().unwrap();
    let model = Arc::new(Toy::default());
    put(dir.path(), &model, &meetings());
    let index = Index::open_with_model(dir.path(), &as_model(&model)).unwrap();
    Held { dir, model, index }
}

/// What an index without a model finds.
fn by_words(dir: &Path, text: &str) -> Results {
    Index::open(dir).unwrap().search(&Search::words(text)).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn what_means_the_same_is_found_after_what_says_it_and_says_so() {
    let held = held();
    let results = held.index.search(&Search::words("dogs")).unwrap();
    let mut found = ids(&results);
    assert_eq!(found[0], "m1-i0");
    found.sort_unstable();
    assert_eq!(found, ["m1-i0", "m1-i1", "m2-i0"]);
    assert_eq!(results.total, 3);
    assert_eq!(results.facets.year.iter().map(|year| year.count).sum::<usize>(), 3);
    let hound = results.hits.iter().find(|hit| hit.id == "m1-i1").unwrap();
    assert_eq!(hound.matched_in, ["meaning"]);
    assert!(results.hits[0].matched_in.contains(&"title".to_owned()));
    assert_eq!(results.by_meaning, 2);
    let said = results.query.readings.iter().find(|reading| reading.field == "meaning").unwrap();
    assert_eq!(said.label, "2 items found by meaning, without the words");
    // Without a model the same index answers by words alone.
    let words = Index::open(held.dir.path()).unwrap().search(&Search::words("dogs")).unwrap();
    assert_eq!(ids(&words), ["m1-i0"]);
    assert_eq!((words.by_meaning, words.query.readings.len()), (0, 0));
}

#[test]
fn whoever_asks_for_more_than_plain_words_gets_just_that() {
    let held = held();
    for text in ["\"dogs\"", "dogs NOT leads", "dogs OR cats", "in:title dogs", "dog*", "dogs 106"]
    {
        let with = held.index.search(&Search::words(text)).unwrap();
        let without = Index::open(held.dir.path()).unwrap().search(&Search::words(text)).unwrap();
        assert_eq!((ids(&with), with.total), (ids(&without), without.total), "{text}");
    }
    let off = Search { synonyms: Synonyms::Off, ..Search::words("dogs") };
    assert_eq!(held.index.search(&off).unwrap().total, 1);
    let results = held.index.search(&Search::words("dogs")).unwrap();
    let reading = results.query.readings.iter().find(|reading| reading.field == "meaning").unwrap();
    let back = Search { as_words: vec![reading.id.clone()], ..Search::words("dogs") };
    let back = held.index.search(&back).unwrap();
    assert_eq!((back.total, back.by_meaning, back.query.readings.len()), (1, 0, 0));
    // Procedural items are what was asked for where only they hold the words.
    assert_eq!(ids(&held.index.search(&Search::words("hound apologies")).unwrap()), ["m3-i0"]);
    assert_eq!(held.index.search(&Search::words("zeppelin")).unwrap().total, 0);
}

#[test]
fn filters_pages_and_orders_agree_with_the_total() {
    let held = held();
    let year = |year| {
        let filters = Filters { year: vec![year], ..Filters::default() };
        held.index.search(&Search { filters, ..Search::words("dogs") }).unwrap()
    };
    assert_eq!((year(2019).total, year(2020).total, year(2021).total), (2, 1, 0));
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::FirstSeen] {
        let page = |page| {
            let search = Search { page, per_page: 1, sort, ..Search::words("dogs") };
            held.index.search(&search).unwrap()
        };
        let mut found: Vec<String> = (1..=4)
            .flat_map(|at| page(at).hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>())
            .collect();
        assert_eq!((found.len(), page(1).total), (3, 3));
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 3);
        let all = held.index.scan(&Search { sort, ..Search::words("dogs") }).unwrap();
        assert_eq!(all.count(), 3);
    }
}

#[test]
fn what_a_facet_counts_is_met_by_choosing_it() {
    let held = held();
    for text in ["dogs", "hound", "dogs parks", "what was said about dogs and hounds"] {
        let all = held.index.search(&Search::words(text)).unwrap();
        assert!(all.by_meaning > 0 && all.total > 1, "{text}");
        for year in &all.facets.year {
            let year_of = |value: &str| vec![value.parse().unwrap()];
            let filters = Filters { year: year_of(&year.value), ..Filters::default() };
            let some = held.index.search(&Search { filters, ..Search::words(text) }).unwrap();
            assert_eq!(some.total, year.count, "{text} in {}", year.value);
        }
    }
}

#[test]
fn a_filter_changes_neither_how_far_meaning_reaches_nor_what_is_procedural() {
    let dir = tempfile::tempdir().unwrap();
    let model = Arc::new(Toy::default());
    let first = meeting(
        "m1",
        "2019-03-04",
        // Enough hold the word: what is only somewhat close stays out, whatever the year.
        &(0..22).map(|_| ("Dogs", "Of dogs it was told.")).collect::<Vec<_>>(),
    );
    let second = meeting(
        "m2",
        "2020-03-04",
        &[
            ("Hounds", "A hound."),
            ("Bus, tree, library", "Bus, tree, books; hound, transport, oak."),
            ("Apologies for absence", "The dogs sent apologies."),
        ],
    );
    put(dir.path(), &model, &[first, second]);
    let index = Index::open_with_model(dir.path(), &as_model(&model)).unwrap();
    let all = index.search(&Search::words("dogs")).unwrap();
    assert_eq!((all.total, all.by_meaning), (23, 1));
    assert_eq!(all.facets.year.len(), 2);
    for year in &all.facets.year {
        let filters = Filters { year: vec![year.value.parse().unwrap()], ..Filters::default() };
        let some = index.search(&Search { filters, ..Search::words("dogs") }).unwrap();
        assert_eq!(some.total, year.count, "{}", year.value);
    }
}

#[test]
fn what_holds_everything_stays_before_what_comes_near() {
    let held = held();
    // Every item but one holds only one of the words, or none.
    let results = held.index.search(&Search::words("coach agreed")).unwrap();
    assert_eq!(results.hits[0].id, "m1-i2");
    let results = held.index.search(&Search::words("wardens without")).unwrap();
    let words = by_words(held.dir.path(), "wardens without");
    assert_eq!(results.complete, words.complete);
    // A page shorter than the items that hold everything does not mix them with the rest.
    let one = Search { per_page: 1, ..Search::words("dogs parks") };
    let (first, all) = (held.index.search(&one).unwrap(), by_words(held.dir.path(), "dogs parks"));
    assert_eq!(first.hits[0].id, all.hits[0].id);
}

#[test]
fn only_what_is_new_is_embedded_and_what_is_gone_is_not_found() {
    let held = held();
    let asked = || held.model.asked.swap(0, Ordering::Relaxed);
    assert_eq!(asked(), 5, "every item but the procedural one");
    put(held.dir.path(), &held.model, &meetings());
    assert_eq!(asked(), 0);
    let mut changed = meetings();
    changed[0] = meeting(
        "m1",
        "2019-03-04",
        &[
            ("Dogs in parks", "The meeting was told of dogs without leads."),
            ("Control of hounds", "It was a long report.|A hound ran loose in the square."),
            ("Greyhounds", "A canine race."),
        ],
    );
    put(held.dir.path(), &held.model, &changed);
    assert_eq!(asked(), 1);
    held.index.reload().unwrap();
    assert_eq!(held.index.search(&Search::words("dogs")).unwrap().total, 4);
    asked();
    let mut writer = Writer::rebuild(held.dir.path()).unwrap();
    for meeting in changed.iter().skip(1) {
        let put = writer.put(meeting, "2026-11-23T00:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(put, Put::Added);
    }
    writer.finish().unwrap();
    assert_eq!(make(held.dir.path(), &held.model), 0);
    assert_eq!(asked(), 0, "a rebuild embeds nothing anew");
    held.index.reload().unwrap();
    assert_eq!(ids(&held.index.search(&Search::words("dogs")).unwrap()), ["m2-i0"]);
}

#[test]
fn an_index_without_vectors_answers_by_words_until_it_is_embedded() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    for meeting in meetings() {
        writer.put(&meeting, "2026-11-23T00:00:00Z".parse().unwrap()).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    let model = Arc::new(Toy::default());
    let index = Index::open_with_model(dir.path(), &as_model(&model)).unwrap();
    assert_eq!(index.search(&Search::words("dogs")).unwrap().total, 1);
    assert_eq!(make(dir.path(), &model), 5);
    index.reload().unwrap();
    assert_eq!(index.search(&Search::words("dogs")).unwrap().total, 3);
}

#[test]
fn damaged_vectors_cost_only_what_is_damaged() {
    let held = held();
    let path = held.dir.path().join(super::vectors::FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let index = Index::open_with_model(held.dir.path(), &as_model(&held.model)).unwrap();
    assert_eq!(index.embedded(), 4);
    assert!(index.search(&Search::words("dogs")).unwrap().total >= 1);
    assert_eq!(make(held.dir.path(), &held.model), 1);
    index.reload().unwrap();
    assert_eq!((index.embedded(), index.search(&Search::words("dogs")).unwrap().total), (5, 3));
    std::fs::write(&path, "something else altogether").unwrap();
    index.reload().unwrap();
    assert_eq!(ids(&index.search(&Search::words("dogs")).unwrap()), ["m1-i0"]);
    assert_eq!(make(held.dir.path(), &held.model), 5);
}

#[test]
fn what_was_embedded_before_it_was_broken_off_is_not_embedded_again() {
    let dir = tempfile::tempdir().unwrap();
    let titles: Vec<String> = (0..600).map(|n| format!("Dog number {n}")).collect();
    let items: Vec<_> = titles.iter().map(|title| (title.as_str(), "It was noted.")).collect();
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    writer.put(&meeting("m1", "2019-03-04", &items), jiff::Timestamp::UNIX_EPOCH).unwrap();
    writer.finish().unwrap();
    let tired: Arc<dyn Model> = Arc::new(Broken { toy: Toy::default(), after: 300 });
    let error = embed(dir.path(), &tired, |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("out of order"), "{error}");
    let index = Index::open_with_model(dir.path(), &tired).unwrap();
    assert_eq!(index.embedded(), 256, "what was written before is there");
    assert_eq!(make(dir.path(), &Arc::new(Toy::default())), 344);
}

/// A model that fails, after so many texts.
struct Broken {
    toy: Toy,
    after: usize,
}

impl Model for Broken {
    fn fingerprint(&self) -> u64 {
        self.toy.fingerprint()
    }

    fn dimensions(&self) -> usize {
        self.toy.dimensions()
    }

    fn embed(&self, text: &str) -> Result<Vec<f32>, String> {
        let made = self.toy.embed(text)?;
        let asked = self.toy.asked.load(Ordering::Relaxed);
        if asked > self.after { Err("out of order".to_owned()) } else { Ok(made) }
    }
}

#[test]
fn a_query_the_model_fails_on_is_answered_by_its_words() {
    let held = held();
    let broken: Arc<dyn Model> = Arc::new(Broken { toy: Toy::default(), after: 0 });
    let index = Index::open_with_model(held.dir.path(), &broken).unwrap();
    assert_eq!(ids(&index.search(&Search::words("dogs")).unwrap()), ["m1-i0"]);
    let other = tempfile::tempdir().unwrap();
    put(other.path(), &held.model, &[]);
    let mut writer = Writer::open_or_create(other.path()).unwrap();
    writer.put(&meetings()[0], "2026-11-23T00:00:00Z".parse().unwrap()).unwrap();
    writer.finish().unwrap();
    let error = embed(other.path(), &broken, |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("out of order"), "{error}");
}

#[test]
fn vectors_of_another_model_are_not_compared() {
    let held = held();
    let other = Arc::new(Toy { name: 7, ..Toy::default() });
    let index = Index::open_with_model(held.dir.path(), &as_model(&other)).unwrap();
    assert_eq!(index.search(&Search::words("dogs")).unwrap().total, 1);
    put(held.dir.path(), &other, &meetings());
    index.reload().unwrap();
    assert_eq!(index.search(&Search::words("dogs")).unwrap().total, 3);
}

#[test]
fn the_snippet_is_of_the_passage_that_brought_it_in() {
    let dir = tempfile::tempdir().unwrap();
    let model = Arc::new(Toy::default());
    let filler = vec!["word"; 120].join(" ");
    let text = format!("{filler}|A hound ran loose after a hound. {filler}|{filler}");
    put(dir.path(), &model, &[meeting("m9", "2019-01-01", &[("Report", &text)])]);
    let index = Index::open_with_model(dir.path(), &as_model(&model)).unwrap();
    let results = index.search(&Search::words("dogs")).unwrap();
    let item = index.item("m9-i0").unwrap().unwrap().item;
    let snippet = &results.hits[0].snippet;
    assert_eq!(snippet.anchor.as_deref(), Some(item.anchors()[1].as_str()));
    assert!(snippet.text().starts_with("A hound ran loose"), "{}", snippet.text());
}
