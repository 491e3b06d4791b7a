//! Items like one: those that share the words which tell it from others.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::condition::Conditions;
use super::run::{Asked, Order, Run};
use super::{hits, rarity};
use crate::IndexError;
use crate::analysis::{Form, scan, stem};
use crate::reader::Snapshot;
use crate::results::Hit;

/// How many of an item's words are looked for: those that tell most.
const WORDS: usize = 20;
/// What a word is worth in the title and in a resolution, beside 1 in the text.
const TITLE: f32 = 3.0;
const DECIDED: f32 = 2.0;
/// What a shared topic is worth, beside the words.
const TOPIC: f32 = 2.0;

/// Items like the one named, best first; itself and procedural ones left out.
pub(crate) fn more_like(
    snapshot: &Snapshot,
    id: &str,
    count: usize,
) -> Result<Vec<Hit>, IndexError> {
    let Some(address) = snapshot.address(id)? else { return Ok(Vec::new()) };
    let record = snapshot.record(address)?;
    let item = &record.item;
    let mut worth = std::collections::HashMap::<String, f32>::new();
    let mut add = |text: &str, times: f32| {
        scan(text, |found| {
            if found.form == Form::Word && found.text.len() > 2 {
                *worth.entry(stem(found.text).into_owned()).or_default() += times;
            }
        });
    };
    add(&item.title, TITLE);
    item.resolutions().iter().for_each(|resolution| add(&resolution.text, DECIDED));
    item.passages.iter().for_each(|passage| add(&passage.text, 1.0));
    let mut telling: Vec<(f32, String)> = worth
        .into_iter()
        // A word said often tells more, but not in proportion.
        .map(|(stem, times)| (times.sqrt() * rarity(snapshot, &stem), stem))
        .collect();
    telling.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    telling.truncate(WORDS);
    let most = telling.first().map_or(1.0, |(worth, _)| worth.max(0.1));
    let clause = |field, word: &str, by: f32| {
        let term = Term::from_field_text(field, word);
        let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        (Occur::Should, Box::new(BoostQuery::new(query, by)) as Box<dyn Query>)
    };
    let words = telling.iter().map(|(w, stem)| clause(snapshot.fields.words, stem, w / most));
    let topics =
        item.topics().iter().map(|t| clause(snapshot.fields.tag, &format!("T:{t}"), TOPIC));
    let wanted = Box::new(BooleanQuery::new(words.chain(topics).collect()));
    let run = Run {
        snapshot,
        query: Some(Asked::new(wanted, Vec::new())),
        conditions: Conditions::default(),
        order: Order::Score,
        wanted: count.saturating_add(1),
        count: false,
        hide_routine: true,
        close: &[],
    };
    let found = run.run()?.top;
    let others = found.iter().filter(|found| found.address != address).take(count);
    others.map(|found| hits::hit(snapshot, found, None, false)).collect()
}
