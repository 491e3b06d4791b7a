//! Answering a search: the query is read, lowered to the engine's, run once over the index with everything counted on the way,
//! and the page's hits are fetched and shown.

mod beginning;
mod clauses;
mod condition;
mod confirm;
mod except;
mod facets;
mod hits;
mod lower;
mod mix;
mod more_like;
mod near;
mod plain;
mod run;
mod span;
mod spelling;
mod statistics;
mod top;
mod voice;
mod walk;
mod ways_on;
mod weight;

use std::sync::Arc;
use std::time::Instant;

pub(crate) use clauses::numbers;
use condition::Conditions;
use confirm::Reading;
use lower::Lower;
pub(crate) use more_like::more_like;
use run::{FoundDoc, Order, Outcome, Run};
use tantivy::DocAddress;

use crate::analysis::stem;
use crate::query::{Context, Node, Parsed};
use crate::reader::Snapshot;
use crate::results::{Correction, Hit, Results, Understood};
use crate::search::{Filters, MAX_DEPTH, MAX_PER_PAGE, Routine, Scope, Search, Sort, Synonyms};
use crate::snippet::Marks;
use crate::{IndexError, query, wanted};

/// Answers one search.
pub(crate) fn search(snapshot: &Arc<Snapshot>, search: &Search) -> Result<Results, IndexError> {
    let began = Instant::now();
    let page = search.page.max(1);
    let per_page = search.per_page.min(MAX_PER_PAGE);
    let skip = (page - 1).saturating_mul(per_page);
    let wanted = if skip >= MAX_DEPTH { 0 } else { (skip + per_page).min(MAX_DEPTH) };
    let answer = answer(snapshot, search, wanted, true)?;
    let rarity = |stem: &str| rarity(snapshot, stem);
    let marks = Marks::of(answer.parsed.tree.as_ref(), rarity);
    let hits = answer
        .outcome
        .top
        .iter()
        .skip(skip)
        .map(|found| hits::hit(snapshot, found, Some(&marks), answer.is_near(found)))
        .collect::<Result<Vec<_>, _>>()?;
    let nothing = answer.outcome.total == 0;
    let ways_on = if nothing { ways_on::ways_on(snapshot, search, &answer)? } else { Vec::new() };
    let scope = answer.parsed.scope.unwrap_or(search.scope);
    Ok(Results {
        query: Understood {
            text: search.text.clone(),
            sentence: answer.parsed.sentence(scope, &snapshot.lexicon),
            readings: answer.parsed.readings,
            corrections: answer.corrections,
            expansions: answer.parsed.expansions,
            notices: answer.parsed.notices,
        },
        total: answer.outcome.total,
        complete: answer.complete,
        by_meaning: answer.outcome.by_meaning,
        routine_hidden: answer.outcome.routine_hidden,
        page,
        per_page,
        hits,
        facets: answer.outcome.facets(snapshot),
        coverage: snapshot.coverage.clone(),
        ways_on,
        took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
    })
}

/// Every hit of a search, in its order.
pub(crate) fn scan(
    snapshot: Arc<Snapshot>,
    search: &Search,
) -> Result<impl Iterator<Item = Result<Hit, IndexError>> + use<>, IndexError> {
    let answer = answer(&snapshot, search, usize::MAX, false)?;
    let near: Vec<bool> = answer.outcome.top.iter().map(|found| answer.is_near(found)).collect();
    let found = answer.outcome.top.into_iter().zip(near);
    Ok(found.map(move |(found, near)| hits::hit(&snapshot, &found, None, near)))
}

/// What a search's words look like in a text.
pub(crate) fn marks(snapshot: &Snapshot, search: &Search) -> Marks {
    let parsed = read(snapshot, search, &search.text, As::Telling);
    Marks::of(parsed.tree.as_ref(), |stem| rarity(snapshot, stem))
}

/// A query as read in the end, and what it found.
struct Answer {
    parsed: Parsed,
    outcome: Outcome,
    corrections: Vec<Correction>,
    /// How many items hold all that was asked for, where others follow them.
    complete: Option<usize>,
    /// Which items hold all that was asked for, where others are found too; these are few.
    full: Option<Vec<DocAddress>>,
}

impl Answer {
    fn new(parsed: Parsed, outcome: Outcome, corrections: Vec<Correction>) -> Self {
        Self { parsed, outcome, corrections, complete: None, full: None }
    }

    /// Whether an item only comes near what was asked for.
    fn is_near(&self, found: &FoundDoc) -> bool {
        self.full.as_ref().is_some_and(|full| !full.contains(&found.address))
    }
}

/// Reads and runs a search, past its words where a model is at hand.
fn answer(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    wanted: usize,
    count: bool,
) -> Result<Answer, IndexError> {
    match &snapshot.meaning {
        Some(meaning) => mix::answer(snapshot, meaning, search, wanted, count),
        None => by_words(snapshot, search, wanted, count),
    }
}

/// Reads and runs a search. What was read beyond words gives way to the words where it finds nothing, then a spelling is tried:
/// each time the reader is told.
fn by_words(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    wanted: usize,
    count: bool,
) -> Result<Answer, IndexError> {
    let mut parsed = read(snapshot, search, &search.text, As::Typed);
    let mut outcome = run_folding(snapshot, search, &parsed, wanted, count)?;
    let mut all = unfiltered(snapshot, search, &parsed, &outcome)?;
    if parsed.natural && all < weight::FEW {
        // Few items hold every word of a sentence: it is meant by the telling ones.
        parsed = read(snapshot, search, &search.text, As::Telling);
        outcome = run_folding(snapshot, search, &parsed, wanted, count)?;
        all = unfiltered(snapshot, search, &parsed, &outcome)?;
    }
    if all < weight::FEW
        && let Some(near) = near::answer(snapshot, search, &parsed, &outcome, all, wanted, count)?
    {
        return Ok(near);
    }
    let corrections = spelling::offers(snapshot, search, &parsed, outcome.total == 0)?;
    if outcome.total > 0 || parsed.tree.is_none() {
        return Ok(Answer::new(parsed, outcome, corrections));
    }
    if parsed.readings.iter().any(|reading| !reading.words.contains(':')) {
        let mut plain = read(snapshot, search, &search.text, As::Words);
        let found = run_folding(snapshot, search, &plain, wanted, count)?;
        if found.total > 0 {
            let given_up: Vec<&str> = parsed.readings.iter().map(|r| r.label.as_str()).collect();
            plain
                .notices
                .push(format!("nothing was found {}: searched as words", given_up.join(", ")));
            return Ok(Answer::new(plain, found, corrections));
        }
    }
    for (at, offer) in corrections.iter().enumerate() {
        let spelt = read(snapshot, search, &offer.query, As::Telling);
        let found = run_folding(snapshot, search, &spelt, wanted, count)?;
        if found.total > 0 {
            let mut corrections = corrections.clone();
            corrections[at].applied = true;
            return Ok(Answer::new(spelt, found, corrections));
        }
    }
    Ok(Answer::new(parsed, outcome, corrections))
}

/// The same search for nothing but what holds all that is asked for.
pub(crate) fn exactly(mut search: Search) -> Search {
    let ids = [near::most_id(&search), mix::meaning_id(&search)];
    search.as_words.extend(ids);
    search
}

/// How far a query is taken beyond its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    /// Read as more than words, all of them asked for.
    Typed,
    /// The same, but a sentence's small words left out.
    Telling,
    /// Nothing but its telling words.
    Words,
}

fn read(snapshot: &Snapshot, search: &Search, text: &str, how: As) -> Parsed {
    let has_number = |number: &str| snapshot.has_number(number);
    let context = Context {
        lexicon: &snapshot.lexicon,
        has_number: &has_number,
        as_words: &search.as_words,
        readings: how != As::Words,
        drop_small: how != As::Typed,
        synonyms: search.synonyms == Synonyms::On,
    };
    query::parse(text, &context)
}

/// How many items hold all that is asked for, whatever the filters: a facet's count would not be met if choosing it changed how
/// the query is read. More than [`weight::FEW`] are not told apart.
fn unfiltered(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    parsed: &Parsed,
    outcome: &Outcome,
) -> Result<usize, IndexError> {
    if search.filters.is_empty() || outcome.total >= weight::FEW {
        return Ok(outcome.total);
    }
    let open = Search { filters: Filters::default(), ..search.clone() };
    Ok(run_folding(snapshot, &open, parsed, 0, false)?.total)
}

/// Runs a search; where only procedural items match, they are what was asked for.
fn run_folding(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    parsed: &Parsed,
    wanted: usize,
    count: bool,
) -> Result<Outcome, IndexError> {
    let hide = search.routine == Routine::Hide;
    let outcome = run(snapshot, search, parsed, wanted, count, hide, &[])?;
    if outcome.total == 0 && outcome.routine_hidden > 0 {
        return run(snapshot, search, parsed, wanted, count, false, &[]);
    }
    Ok(outcome)
}

fn run(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    parsed: &Parsed,
    wanted: usize,
    count: bool,
    hide_routine: bool,
    close: &[mix::Close],
) -> Result<Outcome, IndexError> {
    wanted::check()?;
    let mut conditions = Conditions::of(snapshot, &search.filters);
    let nodes = match &parsed.tree {
        None => &[][..],
        Some(Node::All(nodes)) => &nodes[..],
        Some(node) => std::slice::from_ref(node),
    };
    // Conditions that must hold are columns; what is left is the engine's.
    let nodes: Vec<Node> = nodes
        .iter()
        .filter(|node| match node {
            Node::Where(condition) => !conditions.add(snapshot, condition),
            _ => true,
        })
        .cloned()
        .collect();
    let scope = parsed.scope.unwrap_or(search.scope);
    let reading = Reading::new(snapshot, &conditions);
    let lower = Lower { snapshot, scope, speakers: &parsed.speakers, reading: Some(&reading) };
    let query = (!nodes.is_empty()).then(|| lower.query(&nodes));
    let order = match search.sort {
        Sort::Relevance if query.is_some() => Order::Score,
        Sort::Relevance | Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
        Sort::FirstSeen => Order::FirstSeen,
    };
    let outcome =
        Run { snapshot, query, conditions, order, wanted, count, hide_routine, close }.run();
    reading.failed()?;
    outcome
}

/// How much a word tells: the logarithm of its stem's rarity among items, 0 for one that is in all of them.
fn rarity(snapshot: &Snapshot, word: &str) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of items")]
    let ratio = snapshot.coverage.items as f32 / (items_with(snapshot, word) as f32 + 1.0);
    (1.0 + ratio).ln()
}

/// How many items hold a word in any inflection; none where that cannot be read.
fn items_with(snapshot: &Snapshot, word: &str) -> u64 {
    let term = tantivy::Term::from_field_text(snapshot.fields.words, &stem(word));
    snapshot.searcher.doc_freq(&term).unwrap_or_default()
}

/// Whether a search looks at everything, with no words and no filters.
fn is_bare(search: &Search) -> bool {
    search.text.trim().is_empty() && search.filters.is_empty() && search.scope == Scope::Anywhere
}
