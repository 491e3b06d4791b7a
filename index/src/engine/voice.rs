//! The places at which posts speak in items, the two ways in which their words are kept, and what is looked for in them.

use tantivy::query::{BooleanQuery, Occur, Query};

use super::clauses::{beside, constant, intersection, term, union};
use super::confirm::Check;
use super::lower::Lower;
use crate::analysis::{self, stem};
use crate::query::Node;
use crate::schema::{VOICES, not_speaker, not_voice, speaker, voice};
use crate::search::Scope;

/// A place among the posts that speak in an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    place: usize,
    /// Kept is what was not said, rather than what was.
    pub(super) all_but: bool,
}

impl Voice {
    /// All of them.
    pub(super) fn all() -> impl Iterator<Item = Voice> {
        (0..VOICES).flat_map(|place| [false, true].map(|all_but| Voice { place, all_but }))
    }

    /// The tag of the items in which a post speaks here.
    pub(super) fn tag(self, slug: &str) -> String {
        if self.all_but { not_voice(self.place, slug) } else { voice(self.place, slug) }
    }

    /// What stands before the stems that are kept.
    pub(super) fn key(self) -> String {
        if self.all_but { not_speaker(self.place) } else { speaker(self.place) }
    }
}

impl Lower<'_> {
    /// What must stand in one post's words.
    pub(super) fn spoken(&self, node: &Node, voice: Voice) -> Box<dyn Query> {
        let fields = &self.snapshot.fields;
        let word = |word: &String| {
            let said = term(fields.spoken, &format!("{}{}", voice.key(), stem(word)));
            if voice.all_but {
                let held = (Occur::Must, constant(term(fields.words, &stem(word)), 1.0));
                return Box::new(BooleanQuery::new(vec![held, (Occur::MustNot, said)])) as Box<_>;
            }
            said
        };
        let words = |words: &[String]| intersection(words.iter().map(word).collect());
        // More than is asked for, to be held against what the post said.
        let anywhere = Lower { speakers: &[], scope: Scope::Anywhere, reading: None, ..*self };
        match node {
            Node::Word(word) => words(&analysis::words(word)),
            Node::Phrase(phrase) => {
                let phrase = analysis::words(phrase);
                self.in_place(words(&phrase), Check::Phrase(phrase))
            }
            Node::Prefix(prefix) => {
                self.in_place(anywhere.prefix(prefix), Check::Prefix(prefix.clone()))
            }
            Node::Fuzzy(word) => self.in_place(anywhere.fuzzy(word), Check::Fuzzy(word.clone())),
            Node::Near(a, b, reach) => {
                let check = Check::Near(beside(a), beside(b), *reach);
                self.in_place(anywhere.near(a, b, *reach), check)
            }
            Node::Span(span) => {
                let typed: Vec<String> =
                    span.words.iter().flat_map(|w| analysis::words(w)).collect();
                let ways = std::iter::once(words(&typed))
                    .chain(span.phrases.iter().map(|phrase| words(&analysis::words(phrase))))
                    .chain(span.acronyms.iter().map(|short| words(&analysis::words(&short.form))));
                union(ways.collect())
            }
            Node::All(nodes) => intersection(nodes.iter().map(|n| self.spoken(n, voice)).collect()),
            Node::Any(nodes) | Node::Most(nodes) => {
                union(nodes.iter().map(|n| self.spoken(n, voice)).collect())
            }
            node => Lower { speakers: &[], ..*self }.node(node).must,
        }
    }
}
