//! Queries of nothing but words, all of them or any: the most common ones, and the ones that match most.
//!
//! They are answered from the blocks of the engine's postings: what matches is found, then counted, and what is shown is scored.
//! What adds little to a score is looked at only for what it may lift among the best.

mod floor;
mod list;
mod walk;
mod window;

use tantivy::Term;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;

use super::clauses::chunks;
use super::lower::Lower;
use super::weight;
use crate::analysis::stem;
use crate::query::Node;
use crate::search::Scope;

/// With how many times more documents than match a word's list is still read whole to score them.
const MUCH: u64 = 4;

/// Words of which all or any must stand in an item.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    any: bool,
    words: Vec<Term>,
    /// What adds to the score of what matches.
    gains: Vec<(Term, f32)>,
}

impl Lower<'_> {
    /// Nodes that must all match as nothing but words, if they are that.
    pub(super) fn plain(&self, nodes: &[Node]) -> Option<Plain> {
        if self.scope != Scope::Anywhere || !self.speakers.is_empty() {
            return None;
        }
        let (any, nodes) = match nodes {
            [Node::Any(nodes)] => (true, &nodes[..]),
            nodes => (false, nodes),
        };
        let fields = &self.snapshot.fields;
        let mut plain = Plain { any, words: Vec::new(), gains: Vec::new() };
        for node in nodes {
            let node = match node {
                Node::All(only) if only.len() == 1 => &only[0],
                node => node,
            };
            let Node::Word(word) = node else { return None };
            let [chunk] = &chunks(word)[..] else { return None };
            let ([word], []) = (&chunk.words[..], &chunk.joined[..]) else { return None };
            let stem = stem(word);
            plain.words.push(Term::from_field_text(fields.words, &stem));
            for (field, word, by) in [
                (fields.title, &*stem, weight::TITLE),
                (fields.decided, &*stem, weight::DECIDED),
                (fields.exact, word, weight::EXACT),
            ] {
                plain.gains.push((Term::from_field_text(field, word), by));
            }
        }
        (!plain.words.is_empty()).then_some(plain)
    }
}

/// A word with its weight.
struct Weighed<'a> {
    term: &'a Term,
    weight: Bm25Weight,
    held: u64,
}

/// Plain words weighed against the whole index.
pub(super) struct WeighedPlain<'a> {
    any: bool,
    words: Vec<Weighed<'a>>,
    gains: Vec<Weighed<'a>>,
    exact: Field,
}

impl Plain {
    pub(super) fn weighed(
        &self,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<WeighedPlain<'_>> {
        let weigh = |term, by: f32| {
            let weight = Bm25Weight::for_terms(statistics, std::slice::from_ref(term))?;
            let held = statistics.doc_freq(term)?;
            Ok(Weighed { term, weight: weight.boost_by(by), held })
        };
        let words = self.words.iter().map(|term| weigh(term, 1.0));
        let gains = self.gains.iter().map(|(term, by)| weigh(term, *by));
        let mut words = words.collect::<tantivy::Result<Vec<_>>>()?;
        // The rarest leads.
        words.sort_by_key(|word| word.held);
        let gains = gains.collect::<tantivy::Result<Vec<_>>>()?;
        let exact = self.gains.last().map_or(Field::from_field_id(0), |(term, _)| term.field());
        Ok(WeighedPlain { any: self.any, words, gains, exact })
    }
}
