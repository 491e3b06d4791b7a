//! Where nothing was found: what would find something. One filter less, one word less.

use std::sync::Arc;

use super::{Answer, As, by_words, is_bare, read, run_folding, spelling};
use crate::IndexError;
use crate::query::{Node, Parsed};
use crate::reader::Snapshot;
use crate::results::WayOn;
use crate::search::{Filters, Scope, Search, Synonyms};

/// Most words of a query for leaving one of them out to be tried.
const MOST_WORDS: usize = 12;
/// Most ways shown.
const MOST: usize = 6;
/// Most readings that are tried as words: each costs a search, for a visitor who found nothing.
const MOST_READINGS: usize = 6;

/// Searches that differ in one thing and find something, most first within their kind.
pub(super) fn ways_on(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    answer: &Answer,
) -> Result<Vec<WayOn>, IndexError> {
    let mut ways = Vec::new();
    if is_bare(search) {
        return Ok(ways);
    }
    for (label, search) in tries(search, &answer.parsed) {
        let parsed = read(snapshot, &search, &search.text, As::Telling);
        if run_folding(snapshot, &search, &parsed, 0, false)?.total > 0 {
            // As many as the page says that it leads to.
            let total = by_words(snapshot, &search, 0, false)?.outcome.total;
            ways.push(WayOn { label, total, search });
            if ways.len() == MOST {
                break;
            }
        }
    }
    Ok(ways)
}

/// What may find something, with what is changed.
fn tries(search: &Search, parsed: &Parsed) -> Vec<(String, Search)> {
    let mut tried: Vec<(String, Search)> = without_one_filter(search);
    if search.filters != Filters::default() {
        let all = Search { filters: Filters::default(), page: 1, ..search.clone() };
        tried.push(("without any filter".to_owned(), all));
    }
    if search.scope != Scope::Anywhere {
        let anywhere = Search { scope: Scope::Anywhere, page: 1, ..search.clone() };
        tried.push(("anywhere in the item".to_owned(), anywhere));
    }
    if search.synonyms == Synonyms::Off {
        let with = Search { synonyms: Synonyms::On, page: 1, ..search.clone() };
        tried.push(("with words that mean the same".to_owned(), with));
    }
    for reading in parsed.readings.iter().take(MOST_READINGS) {
        let mut as_words = search.as_words.clone();
        as_words.push(reading.id.clone());
        let back = Search { as_words, page: 1, ..search.clone() };
        tried.push((format!("“{}” as words", reading.words), back));
    }
    tried.extend(without_one_word(search, parsed));
    tried
}

fn without_one_filter(search: &Search) -> Vec<(String, Search)> {
    let filters = &search.filters;
    let dropped = |name: &str, filters: Filters| {
        (format!("without the {name} filter"), Search { filters, page: 1, ..search.clone() })
    };
    let mut all = Vec::new();
    if !filters.committee.is_empty() {
        all.push(dropped("committee", Filters { committee: Vec::new(), ..filters.clone() }));
    }
    if filters.from.is_some() || filters.to.is_some() {
        all.push(dropped("date", Filters { from: None, to: None, ..filters.clone() }));
    }
    if !filters.year.is_empty() {
        all.push(dropped("year", Filters { year: Vec::new(), ..filters.clone() }));
    }
    if !filters.role.is_empty() {
        all.push(dropped("role", Filters { role: Vec::new(), ..filters.clone() }));
    }
    if !filters.topic.is_empty() {
        all.push(dropped("topic", Filters { topic: Vec::new(), ..filters.clone() }));
    }
    if !filters.kind.is_empty() {
        all.push(dropped("kind of decision", Filters { kind: Vec::new(), ..filters.clone() }));
    }
    if !filters.council.is_empty() {
        all.push(dropped("council", Filters { council: Vec::new(), ..filters.clone() }));
    }
    if all.len() == 1 {
        // The one filter less is no filter at all: said once.
        all.clear();
    }
    all
}

fn without_one_word(search: &Search, parsed: &Parsed) -> Vec<(String, Search)> {
    let Some(Node::All(nodes)) = &parsed.tree else { return Vec::new() };
    if !(2..=MOST_WORDS).contains(&nodes.len()) {
        return Vec::new();
    }
    let words = nodes.iter().filter_map(|node| match node {
        Node::Word(word) => Some(word.clone()),
        Node::Span(span) => Some(span.words.join(" ")),
        Node::Phrase(phrase) => Some(format!("\"{phrase}\"")),
        _ => None,
    });
    words
        .filter_map(|word| {
            let text = spelling::replaced(&search.text, &word, "")?;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (text != search.text && !text.is_empty())
                .then(|| (format!("without {word}"), Search { text, page: 1, ..search.clone() }))
        })
        .take(8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Reading;

    #[test]
    fn few_things_are_tried_however_much_was_read() {
        let reading = |n| Reading { id: format!("date:{n}"), ..Reading::default() };
        let parsed = Parsed { readings: (0..400).map(reading).collect(), ..Parsed::default() };
        let search = Search { synonyms: Synonyms::Off, ..Search::words("pasted") };
        let tried = tries(&search, &parsed);
        assert_eq!(tried.len(), 1 + MOST_READINGS);
        assert_eq!(tried[1].1.as_words, ["date:0"]);
    }

    #[test]
    fn a_word_is_left_out_and_no_part_of_another() {
        let words = ["carpark", "car", "lorry"].map(|word| Node::Word(word.to_owned()));
        let parsed = Parsed { tree: Some(Node::All(words.to_vec())), ..Parsed::default() };
        let search = Search { synonyms: Synonyms::Off, ..Search::words("carpark car lorry") };
        let texts: Vec<String> =
            without_one_word(&search, &parsed).into_iter().map(|(_, s)| s.text).collect();
        assert_eq!(texts, ["car lorry", "carpark lorry", "carpark car"]);
    }
}
