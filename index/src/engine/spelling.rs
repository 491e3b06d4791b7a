//! "Did you mean": spellings offered from the index's own words, never for identifiers, acronyms or words the vocabulary knows.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::clauses::distance;
use crate::IndexError;
use crate::query::Parsed;
use crate::reader::Snapshot;
use crate::results::Correction;
use crate::search::Search;
use crate::snippet::slips_apart;

/// How many times more items must have the offered word than the typed one.
const RATIO: u64 = 20;
/// Shortest word that is looked at: shorter ones are near everything.
const SHORTEST: usize = 4;
/// Most words of a query that are looked at, and most spellings offered.
const LOOKED_AT: usize = 8;
const MOST: usize = 4;

/// Spellings for the words of a query that hardly any item has.
pub(super) fn offers(
    snapshot: &Snapshot,
    search: &Search,
    parsed: &Parsed,
    nothing: bool,
) -> Result<Vec<Correction>, IndexError> {
    let mut offers: Vec<Correction> = Vec::new();
    for typed in parsed.plain_words().into_iter().take(LOOKED_AT) {
        let [word] = &crate::analysis::words(&typed)[..] else { continue };
        let letters = word.chars().all(char::is_alphabetic);
        let shouted = typed.chars().all(|c| !c.is_lowercase());
        if !letters || shouted || word.chars().count() < SHORTEST || offers.len() >= MOST {
            continue;
        }
        let own = items_with(snapshot, word)?;
        // A word that many items have is no slip; one that none has may be, and so may a rare one.
        if own > 2 && !nothing || own >= RATIO {
            continue;
        }
        if let Some(better) = nearest(snapshot, word, own)?
            && let Some(query) = replaced(&search.text, &typed, &better)
        {
            offers.push(Correction { from: typed.clone(), to: better, query, applied: false });
        }
    }
    if offers.len() > 1 {
        // All of them together is what was most likely meant.
        let together = offers.iter().fold(search.text.clone(), |text, offer| {
            replaced(&text, &offer.from, &offer.to).unwrap_or(text)
        });
        offers[0].query = together;
    }
    Ok(offers)
}

fn items_with(snapshot: &Snapshot, word: &str) -> Result<u64, IndexError> {
    let stemmed = crate::analysis::stem(word);
    let term = Term::from_field_text(snapshot.fields.words, &stemmed);
    snapshot.searcher.doc_freq(&term).map_err(|e| snapshot.failed(e))
}

fn nearest(snapshot: &Snapshot, word: &str, own: u64) -> Result<Option<String>, IndexError> {
    let field = snapshot.fields.exact;
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance(word), true);
    let mut best: Option<(usize, u64, String)> = None;
    let mut look = || -> tantivy::Result<()> {
        for segment in snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut terms = inverted.terms().search(query.automaton()?).into_stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if term == word || !term.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()) {
                    continue;
                }
                let count = u64::from(terms.value().doc_freq);
                let apart = slips_apart(term, word);
                let known = best.as_ref().is_some_and(|(slips, times, _)| {
                    (apart, std::cmp::Reverse(count)) >= (*slips, std::cmp::Reverse(*times))
                });
                if count >= RATIO.max(own * RATIO) / if own == 0 { RATIO / 2 } else { 1 } && !known
                {
                    best = Some((apart, count, term.to_owned()));
                }
            }
        }
        Ok(())
    };
    look().map_err(|e| snapshot.failed(e))?;
    // An inflection of the same word is no correction.
    let stemmed = crate::analysis::stem(word).into_owned();
    Ok(best.map(|(.., term)| term).filter(|term| crate::analysis::stem(term) != stemmed))
}

/// The query with one word replaced, in its own place.
pub(super) fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let at = text.match_indices(from).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + from.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    })?;
    Some(format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}
