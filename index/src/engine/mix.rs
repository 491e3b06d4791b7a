//! Words and meaning in one order.
//!
//! Only plain words are asked for by meaning too: quotes, fields, `OR`, `NOT`, wildcards, numbers and a post's own words say
//! exactly what is wanted, and stay as they are. Items close enough in meaning join those that the words find, whatever the
//! filters, so that totals, facets and pages agree; the filters then hold for both alike.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::DocAddress;

use super::condition::Conditions;
use super::near::most_id;
use super::run::{FoundDoc, Outcome};
use super::{Answer, by_words, run, weight};
use crate::IndexError;
use crate::analysis;
use crate::meaning::{Meaning, Near};
use crate::query::{Node, Parsed};
use crate::reader::Snapshot;
use crate::results::Reading;
use crate::search::{Filters, Routine, Scope, Search, Sort, Synonyms};

// What follows was set on the training half of the judged queries in `tests/retrieval` (89 queries) with all-MiniLM-L6-v2, November
// 2026. Figures are nDCG@10 and recall@50 of all, everything else as it stands here: .880 and .898 where words alone gave .863 and
// .849. Numbers, dates, phrases and what must stay empty are not touched by any of them, but for what is said at `ALONE`.

/// The share of meaning in the score: 0.3 .878 and .899, 0.5 .880 and .894, 0.6 .876 and .897, 0.7 .869 and .890.
const SHARE: f64 = 0.4;
/// The least cosine that brings an item in where the words find some, but few: 0.15 and 0.2 .880 and .899, 0.3 .879 and .891,
/// 0.35 .879 and .879.
const FLOOR: f32 = 0.25;
/// The same where they find enough ([`weight::FEW`]): 0.3 .880 and .899, 0.4 .879 and .894, none at all .878 and .882.
const ENOUGH: f32 = 0.35;
/// The same where the words find nothing, which may be the right answer: 0.3 brings something in for one of the six queries that
/// must stay empty, 0.35 and 0.4 for none; no judged query loses by 0.45.
const ALONE: f32 = 0.45;
/// The most items that are close: a longer tail only waters down the counts. Recall@50: 15 .892, 20 .896, 40 .901.
const MOST: usize = 30;

/// An item close in meaning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Close {
    pub(super) address: DocAddress,
    /// The window of its text that is.
    pub(super) window: u32,
    cosine: f32,
}

/// Answers a search by its words, then past them.
pub(super) fn answer(
    snapshot: &Arc<Snapshot>,
    meaning: &Meaning,
    search: &Search,
    wanted: usize,
    count: bool,
) -> Result<Answer, IndexError> {
    // Those that hold everything are fewer than these where others follow, and all of them must be known.
    let mut words = by_words(snapshot, search, wanted.max(weight::FEW), count)?;
    if let Some(found) = past_words(snapshot, meaning, search, &mut words, count)? {
        words.outcome = found;
    }
    words.outcome.top.truncate(wanted);
    Ok(words)
}

/// What is found by meaning too; none where the words are to be left alone.
fn past_words(
    snapshot: &Arc<Snapshot>,
    meaning: &Meaning,
    search: &Search,
    words: &mut Answer,
    count: bool,
) -> Result<Option<Outcome>, IndexError> {
    // Filters have no say in how a query is read and how far it is taken, or a facet's count would not be met by choosing it.
    let open = Search { filters: Filters::default(), ..search.clone() };
    let mut held = words.outcome.total;
    let mut otherwise = None;
    if !search.filters.is_empty() {
        let mut all = by_words(snapshot, &open, weight::FEW, false)?;
        held = all.outcome.total;
        if all.parsed.tree != words.parsed.tree {
            // What it tells of, the filters leave out.
            all.parsed.readings.retain(|reading| reading.field != "most");
            otherwise = Some(Answer { complete: None, ..all });
        }
    }
    let parsed = otherwise.as_ref().map_or(&words.parsed, |all| &all.parsed);
    let Some(wish) = wish(snapshot, search, parsed).filter(|_| meaning.items() > 0) else {
        return Ok(None);
    };
    let Ok(near) = meaning.near(&wish) else {
        // What the model said may repeat the query, which is in no log.
        tracing::warn!("the model failed on a query, which was answered by its words");
        return Ok(None);
    };
    let hide = search.routine == Routine::Hide;
    if hide && held > 0 && run(snapshot, &open, parsed, 0, false, true, &[])?.total == 0 {
        // Only procedural items hold the words: they are what was asked for.
        return Ok(None);
    }
    let close = closest(snapshot, &near, floor(held));
    let mut found = run(snapshot, search, parsed, usize::MAX, count, hide, &close)?;
    let first = match (&otherwise, words.complete) {
        (None, Some(complete)) => &words.outcome.top[..complete.min(words.outcome.top.len())],
        _ => &[],
    };
    if search.sort == Sort::Relevance {
        order(&mut found, &near, first);
    }
    if let Some(all) = otherwise {
        *words = all;
    }
    if found.by_meaning > 0 {
        words.parsed.readings.push(reading(search, &found));
    }
    Ok(Some(found))
}

/// The least cosine that brings an item in, by how many the words find whatever the filters.
fn floor(held: usize) -> f32 {
    match held {
        0 => ALONE,
        1..weight::FEW => FLOOR,
        _ => ENOUGH,
    }
}

/// The reading that what is close in meaning will do.
fn reading(search: &Search, found: &Outcome) -> Reading {
    let close = match found.by_meaning {
        1 => "one item".to_owned(),
        n => format!("{n} items"),
    };
    let label = if found.total == found.by_meaning {
        format!("nothing was found by its words; {close} close in meaning")
    } else {
        format!("{close} found by meaning, without the words")
    };
    Reading {
        id: meaning_id(search),
        field: "meaning".to_owned(),
        words: search.text.clone(),
        label,
    }
}

pub(super) fn meaning_id(search: &Search) -> String {
    format!("meaning:{}", minutebook_record::id::slug(&search.text))
}

/// The words to be asked for by meaning; none where the query asks for more than plain words, or the reader for nothing else.
fn wish(snapshot: &Snapshot, search: &Search, parsed: &Parsed) -> Option<String> {
    let scope = parsed.scope.unwrap_or(search.scope);
    let only_words = search.synonyms == Synonyms::Off
        || search.as_words.contains(&most_id(search))
        || search.as_words.contains(&meaning_id(search));
    if only_words || scope != Scope::Anywhere || !parsed.speakers.is_empty() {
        return None;
    }
    let nodes = match parsed.tree.as_ref()? {
        Node::All(nodes) => &nodes[..],
        node => std::slice::from_ref(node),
    };
    let is_column = |node: &&Node| match node {
        Node::Where(condition) => Conditions::default().add(snapshot, condition),
        _ => false,
    };
    let mut words = Vec::new();
    plain(nodes.iter().filter(|node| !is_column(node)), &mut words)?;
    let spoken = |word: &&str| !word.contains(|c: char| c.is_ascii_digit());
    let any = words.iter().any(|word| !analysis::words(word).is_empty());
    (any && words.iter().all(spoken)).then(|| words.join(" "))
}

/// Gathers the words of nodes; none where there is more than words.
fn plain<'n>(nodes: impl Iterator<Item = &'n Node>, words: &mut Vec<&'n str>) -> Option<()> {
    for node in nodes {
        match node {
            Node::All(nodes) | Node::Most(nodes) => {
                for node in nodes {
                    plain(std::iter::once(node), words)?;
                }
            }
            Node::Word(word) => words.push(word),
            // The letters of an acronym mean nothing to a model; what they stand for does.
            Node::Span(span) if span.words.iter().all(|word| is_short_form(word)) => {
                words.push(span.phrases.first()?);
            }
            Node::Span(span) => words.extend(span.words.iter().map(String::as_str)),
            _ => return None,
        }
    }
    Some(())
}

fn is_short_form(word: &str) -> bool {
    analysis::scan::capitals(word).is_some()
}

/// The items closest in meaning, whatever their words and the filters.
fn closest(snapshot: &Snapshot, near: &Near<'_>, floor: f32) -> Vec<Close> {
    let mut close = Vec::new();
    for (ord, reader) in (0_u32..).zip(snapshot.searcher.segment_readers()) {
        let rows = &snapshot.segments[ord as usize].rows;
        for doc in reader.doc_ids_alive() {
            let Some((cosine, window)) = near.of(ord, doc) else { continue };
            let row = rows[doc as usize];
            if cosine >= floor && row.is_item() && !row.is_routine() {
                close.push(Close { address: DocAddress::new(ord, doc), window, cosine });
            }
        }
    }
    close.sort_unstable_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.address.cmp(&b.address)));
    close.truncate(MOST);
    close
}

/// Puts what was found in the order of the mixed score; what holds everything stays first where the rest only comes near.
fn order(found: &mut Outcome, near: &Near<'_>, first: &[FoundDoc]) {
    let first: HashSet<DocAddress> = first.iter().map(|found| found.address).collect();
    let best = found.top.iter().fold(0.0_f64, |best, found| best.max(found.key));
    for found in &mut found.top {
        let words = if best > 0.0 { found.key / best } else { 0.0 };
        let of = near.of(found.address.segment_ord, found.address.doc_id);
        let cosine = of.map_or(0.0, |(cosine, _)| f64::from(cosine));
        found.key = (1.0 - SHARE) * words + SHARE * cosine;
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
        let score = found.key as f32;
        found.score = score;
        if first.contains(&found.address) {
            // No mixed score is above 1.
            found.key += 1.0;
        }
    }
    found.top.sort_unstable_by(|a, b| b.cmp_best(a));
}
