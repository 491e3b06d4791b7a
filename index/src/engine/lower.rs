//! From the plain tree to the engine's query.
//!
//! A word must stand somewhere in the item, in any inflection; that it stands in the title or a resolution, or just as typed, adds
//! to the score. Every weight here is a constant of [`weight`] with the measurement that set it.

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
    RangeQuery,
};
use tantivy::schema::Field;

use super::beginning::Beginning;
use super::clauses::{
    beside, boost, chunks, constant, distance, intersection, phrase_in, term, union,
};
use super::confirm::{Check, Reading};
use super::except::Except;
use super::run::{Asked, Boost};
use super::voice::Voice;
use super::weight;
use crate::analysis::scan::capitals;
use crate::analysis::{self, stem};
use crate::query::{Condition, Node};
use crate::reader::Snapshot;
use crate::schema::{BUT_AGENDA, BUT_MINUTES};
use crate::search::Scope;
use crate::writer::day_number;

/// How the words of a query are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Lower<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) scope: Scope,
    /// Posts in whose words they must stand; empty means anybody's.
    pub(crate) speakers: &'a [String],
    /// What reads items that only their own words decide; none where more may be found than is asked for.
    pub(crate) reading: Option<&'a Arc<Reading>>,
}

/// What must hold, and what only adds to the score.
pub(super) type Lowered = Asked;

impl Asked {
    pub(super) fn new(must: Box<dyn Query>, boosts: Vec<Boost>) -> Self {
        Self { must, boosts, plain: None }
    }

    fn only(must: Box<dyn Query>) -> Self {
        Self::new(must, Vec::new())
    }

    pub(super) fn whole(self) -> Box<dyn Query> {
        if self.boosts.is_empty() {
            return self.must;
        }
        let mut clauses = vec![(Occur::Must, self.must)];
        clauses.extend(self.boosts.into_iter().map(|boost| (Occur::Should, boost.query)));
        Box::new(BooleanQuery::new(clauses))
    }
}

impl Lower<'_> {
    /// The engine's query for nodes that must all match.
    pub(crate) fn query(&self, nodes: &[Node]) -> Asked {
        if self.speakers.is_empty() {
            let plain = self.plain(nodes);
            return Asked { plain, ..self.all(nodes) };
        }
        let said = self.speakers.iter().flat_map(|slug| {
            Voice::all().filter_map(|voice| {
                let tag = voice.tag(slug);
                if !self.snapshot.has_tag(&tag) {
                    return None;
                }
                let words = nodes.iter().map(|node| self.spoken(node, voice));
                let speaks = constant(term(self.snapshot.fields.tag, &tag), 0.0);
                Some(intersection(std::iter::once(speaks).chain(words).collect()))
            })
        });
        let must = union(said.collect());
        // Where the words stand elsewhere in the item too, the item is more about them.
        let plain = Lower { speakers: &[], reading: None, ..*self };
        let boosts = nodes.iter().map(|node| Boost::unbounded(plain.node(node).whole()));
        Lowered::new(must, boosts.collect())
    }

    pub(super) fn node(&self, node: &Node) -> Lowered {
        match node {
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => self.any(nodes),
            Node::Most(nodes) => self.most(nodes),
            Node::Not(_) => self.all(std::slice::from_ref(node)),
            Node::Word(word) => self.word(word),
            Node::Phrase(phrase) => self.phrase(&analysis::words(phrase)),
            Node::Prefix(prefix) => Lowered::only(self.prefix(prefix)),
            Node::Fuzzy(word) => Lowered::only(self.fuzzy(word)),
            Node::Near(a, b, reach) => Lowered::only(self.near(a, b, *reach)),
            Node::Span(span) => Lowered::only(self.span(span)),
            Node::Where(condition) => Lowered::only(self.condition(condition)),
        }
    }

    pub(super) fn all(&self, nodes: &[Node]) -> Lowered {
        let mut musts = Vec::new();
        let mut nots = Vec::new();
        let mut boosts = Vec::new();
        for node in nodes {
            if let Node::Not(inner) = node {
                let out = self.node(inner).must;
                nots.push(match **inner {
                    Node::Word(_) | Node::Where(_) => out,
                    _ => Box::new(Except::new(out)),
                });
                continue;
            }
            let lowered = self.node(node);
            musts.push(lowered.must);
            boosts.extend(lowered.boosts);
        }
        if nots.is_empty() {
            return Lowered::new(intersection(musts), boosts);
        }
        if musts.is_empty() {
            musts.push(Box::new(AllQuery));
        }
        let must = musts.into_iter().map(|query| (Occur::Must, query));
        let not = nots.into_iter().map(|query| (Occur::MustNot, query));
        Lowered::new(Box::new(BooleanQuery::new(must.chain(not).collect())), boosts)
    }

    fn any(&self, nodes: &[Node]) -> Lowered {
        let mut musts = Vec::new();
        let mut boosts = Vec::new();
        for node in nodes {
            let node = match node {
                Node::All(only) if only.len() == 1 => &only[0],
                node => node,
            };
            let lowered = self.node(node);
            // What adds to a single word or phrase stands only where the word does: it need not be tied to its own branch.
            let single = match node {
                Node::Word(word) => matches!(&chunks(word)[..], [one] if one.words.len() == 1),
                Node::Phrase(_) => true,
                _ => false,
            };
            if single && self.scope == Scope::Anywhere {
                musts.push(lowered.must);
                boosts.extend(lowered.boosts);
            } else {
                musts.push(lowered.whole());
            }
        }
        Lowered::new(union(musts), boosts)
    }

    /// Every choice of nodes that carries enough of what all of them tell, and all that match for the score.
    pub(super) fn most(&self, nodes: &[Node]) -> Lowered {
        let worth: Vec<f32> = nodes.iter().map(|node| self.worth(node)).collect();
        let mut heaviest: Vec<usize> = (0..nodes.len()).collect();
        heaviest.sort_by(|a, b| worth[*b].total_cmp(&worth[*a]));
        heaviest.truncate(weight::MOST_WORDS);
        let enough = worth.iter().sum::<f32>() * weight::MOST;
        let carries = |choice: u32| {
            let chosen = heaviest.iter().enumerate().filter(|(bit, _)| choice & 1 << bit != 0);
            chosen.map(|(_, at)| worth[*at]).sum::<f32>() >= enough
        };
        let choices: Vec<u32> = (1..1_u32 << heaviest.len())
            // Enough, and not without any one of them.
            .filter(|choice| {
                carries(*choice)
                    && (0..heaviest.len())
                        .all(|bit| choice & 1 << bit == 0 || !carries(choice & !(1 << bit)))
            })
            .collect();
        let musts: Vec<Box<dyn Query>> = nodes.iter().map(|node| self.node(node).must).collect();
        let ways = choices.into_iter().map(|choice| {
            let chosen = heaviest.iter().enumerate().filter(|(bit, _)| choice & 1 << bit != 0);
            intersection(chosen.map(|(_, at)| musts[*at].box_clone()).collect())
        });
        let must = constant(union(ways.collect()), 0.0);
        let boosts = nodes.iter().map(|node| Boost::unbounded(self.node(node).whole()));
        Lowered::new(must, boosts.collect())
    }

    /// How much a node tells.
    fn worth(&self, node: &Node) -> f32 {
        let words = match node {
            Node::Word(word) => analysis::words(word),
            Node::Span(span) => span.words.iter().flat_map(|word| analysis::words(word)).collect(),
            Node::Phrase(phrase) => analysis::words(phrase),
            // A post by its name.
            Node::Any(ways) => return ways.first().map_or(0.0, |way| self.worth(way)),
            _ => Vec::new(),
        };
        words.iter().map(|word| super::rarity(self.snapshot, word)).sum()
    }

    /// A word's stem where it must stand.
    pub(super) fn stem(&self, stem: &str) -> Box<dyn Query> {
        let fields = &self.snapshot.fields;
        let (there, tag, elsewhere) = match self.scope {
            Scope::Anywhere => return term(fields.words, stem),
            Scope::Title => return term(fields.title, stem),
            Scope::Resolution => return term(fields.decided, stem),
            Scope::Minutes => (fields.minutes, BUT_MINUTES, fields.not_minutes),
            Scope::Agenda => (fields.agenda, BUT_AGENDA, fields.not_agenda),
        };
        // It is kept of each item which words stand there, or which do not.
        let either = union(vec![term(there, stem), term(fields.tag, tag)]);
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, term(fields.words, stem)),
            (Occur::Must, constant(either, 0.0)),
            (Occur::MustNot, term(elsewhere, stem)),
        ]))
    }

    /// The field exact words are looked for in; for minutes and agenda it holds more than asked, see `confirm`.
    pub(super) fn exact(&self) -> Field {
        let fields = &self.snapshot.fields;
        match self.scope {
            Scope::Title => fields.title_exact,
            Scope::Resolution => fields.decided_exact,
            Scope::Anywhere | Scope::Minutes | Scope::Agenda => fields.exact,
        }
    }

    fn word(&self, word: &str) -> Lowered {
        let fields = &self.snapshot.fields;
        let mut musts: Vec<Box<dyn Query>> = Vec::new();
        let mut boosts: Vec<Boost> = Vec::new();
        for chunk in chunks(word) {
            let stems: Vec<String> = chunk.words.iter().map(|w| stem(w).into_owned()).collect();
            if chunk.joined.is_empty() {
                for (word, stem) in chunk.words.iter().zip(&stems) {
                    musts.push(self.stem(stem));
                    if self.scope == Scope::Resolution {
                        // The score comes from the whole; the place only has to hold.
                        boosts.extend(self.gain(fields.words, stem, 1.0));
                    }
                    boosts.extend(self.gain(fields.title, stem, weight::TITLE));
                    boosts.extend(self.gain(fields.decided, stem, weight::DECIDED));
                    boosts.extend(self.gain(fields.exact, word, weight::EXACT));
                }
                continue;
            }
            let mut ways: Vec<Box<dyn Query>> =
                chunk.joined.iter().map(|joined| self.stem(&stem(joined))).collect();
            ways.push(match self.scope {
                Scope::Minutes | Scope::Agenda => {
                    intersection(stems.iter().map(|stem| self.stem(stem)).collect())
                }
                _ => phrase_in(self.exact(), &chunk.words),
            });
            musts.push(Box::new(DisjunctionMaxQuery::new(ways)));
            for joined in &chunk.joined {
                boosts.extend(self.gain(fields.title, &stem(joined), weight::TITLE));
                boosts.extend(self.gain(fields.decided, &stem(joined), weight::DECIDED));
            }
        }
        Lowered::new(intersection(musts), boosts)
    }

    /// A word that adds to the score where it stands in a field; none where it stands nowhere.
    fn gain(&self, field: Field, word: &str, by: f32) -> Option<Boost> {
        /// No word's score is more than so many times its rarity: BM25's k1, and one.
        const MOST: f32 = 2.2;
        let searcher = &self.snapshot.searcher;
        let with = searcher.doc_freq(&Term::from_field_text(field, word)).ok()?;
        if with == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
        let (with, all) = (with as f32, self.snapshot.documents() as f32);
        let rarity = (1.0 + (all.max(with) - with + 0.5) / (with + 0.5)).ln();
        Some(Boost { query: boost(term(field, word), by), most: by * rarity * MOST })
    }

    fn is_in(&self, field: Field, word: &str) -> bool {
        let term = Term::from_field_text(field, word);
        self.snapshot.searcher.doc_freq(&term).is_ok_and(|with| with > 0)
    }

    fn phrase(&self, words: &[String]) -> Lowered {
        let fields = &self.snapshot.fields;
        let mut boosts = Vec::new();
        if self.scope == Scope::Anywhere {
            for (field, by) in
                [(fields.title_exact, weight::TITLE), (fields.decided_exact, weight::DECIDED)]
            {
                if words.iter().all(|word| self.is_in(field, word)) {
                    boosts.push(Boost::unbounded(boost(phrase_in(field, words), by)));
                }
            }
        }
        let must = phrase_in(self.exact(), words);
        Lowered::new(self.in_place(must, Check::Phrase(words.to_vec())), boosts)
    }

    pub(super) fn prefix(&self, prefix: &str) -> Box<dyn Query> {
        let query = Box::new(Beginning::new(self.exact(), prefix));
        self.in_place(query, Check::Prefix(prefix.to_owned()))
    }

    pub(super) fn fuzzy(&self, word: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.exact(), word);
        let query = Box::new(FuzzyTermQuery::new(term, distance(word), true));
        self.in_place(query, Check::Fuzzy(word.to_owned()))
    }

    pub(super) fn near(&self, a: &Node, b: &Node, reach: u32) -> Box<dyn Query> {
        let (a, b) = (beside(a), beside(b));
        if let ([one], [other]) = (&a[..], &b[..]) {
            let field = self.exact();
            // The engine's slop is how far apart beyond side by side, in the order given.
            let ordered = |first: &str, second: &str| -> Box<dyn Query> {
                let terms = [first, second].map(|word| Term::from_field_text(field, word));
                let mut phrase = PhraseQuery::new(terms.to_vec());
                phrase.set_slop(reach.saturating_sub(1));
                Box::new(phrase)
            };
            let either = union(vec![ordered(one, other), ordered(other, one)]);
            return self.in_place(either, Check::Near(a, b, reach));
        }
        let both = intersection(vec![phrase_in(self.exact(), &a), phrase_in(self.exact(), &b)]);
        self.confirmed(both, Check::Near(a, b, reach))
    }

    /// An acronym as printed; its capitals tell it from the word.
    pub(super) fn acronym(&self, form: &str) -> Box<dyn Query> {
        match capitals(form) {
            Some(letters) => {
                self.in_place(term(self.exact(), letters), Check::Capitals(letters.to_owned()))
            }
            None => self.phrase(&analysis::words(form)).must,
        }
    }

    fn condition(&self, condition: &Condition) -> Box<dyn Query> {
        let tags = |prefix: &str, values: &mut dyn Iterator<Item = &str>| {
            let field = self.snapshot.fields.tag;
            let all = values.map(|value| term(field, &format!("{prefix}:{value}")));
            constant(union(all.collect()), weight::CONDITION)
        };
        let slugs =
            |prefix, values: &[String]| tags(prefix, &mut values.iter().map(String::as_str));
        match condition {
            Condition::Committee(all) => slugs("c", all),
            Condition::Council(all) => slugs("o", all),
            Condition::Role(all) => slugs("r", all),
            Condition::Spoke(all) => {
                let tags = all.iter().flat_map(|slug| Voice::all().map(|voice| voice.tag(slug)));
                let held = tags.filter(|tag| self.snapshot.has_tag(tag));
                let held = held.map(|tag| term(self.snapshot.fields.tag, &tag));
                constant(union(held.collect()), weight::CONDITION)
            }
            Condition::Topic(all) => slugs("t", all),
            Condition::Kind(all) => tags("k", &mut all.iter().map(|kind| kind.as_str())),
            Condition::Number(number) => tags("n", &mut std::iter::once(number.as_str())),
            Condition::Dates(from, to) => {
                let end = |date: &Option<Date>| {
                    date.map_or(Bound::Unbounded, |date| {
                        let day = day_number(date);
                        Bound::Included(Term::from_field_i64(self.snapshot.fields.day, day))
                    })
                };
                constant(Box::new(RangeQuery::new(end(from), end(to))), weight::CONDITION)
            }
        }
    }
}
