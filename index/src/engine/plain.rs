//! Queries of nothing but words, all of them or any: the most common ones, and the ones that match most.
//!
//! They are answered from the blocks of the engine's postings, window by window of documents: what matches is marked and scored
//! in an array, then counted. What adds little to a score is looked at only for what it may lift among the best.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED, Term};

use super::clauses::chunks;
use super::lower::Lower;
use super::run::{Place, Walk};
use super::top::at_least;
use super::weight;
use crate::analysis::stem;
use crate::query::Node;
use crate::search::Scope;

/// Documents looked at together.
const WINDOW: usize = 4096;
/// How many documents ahead are looked at one by one, before a list is searched.
const STEPS: usize = 8;
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

/// A word's documents in one segment.
struct List<'a> {
    blocks: BlockSegmentPostings,
    /// Place in the block.
    at: usize,
    norms: FieldNormReader,
    weight: &'a Bm25Weight,
}

impl<'a> List<'a> {
    fn open(word: &'a Weighed<'a>, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let field = word.term.field();
        let lists = reader.inverted_index(field)?;
        let blocks = lists.read_block_postings(word.term, IndexRecordOption::WithFreqs)?;
        let Some(blocks) = blocks else { return Ok(None) };
        let norms = reader.get_fieldnorms_reader(field)?;
        Ok(Some(List { blocks, at: 0, norms, weight: &word.weight }))
    }

    /// The document it stands at.
    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    #[inline]
    fn score(&self, doc: DocId, times: u32) -> f32 {
        self.weight.score(self.norms.fieldnorm_id(doc), times)
    }

    /// Calls `each` with every document from where it stands to before `end`, and its score.
    #[inline]
    fn until(&mut self, end: DocId, mut each: impl FnMut(DocId, f32)) {
        loop {
            let (docs, times) = (self.blocks.docs(), self.blocks.freqs());
            for (doc, times) in docs.iter().zip(times).skip(self.at) {
                if *doc >= end {
                    return;
                }
                each(*doc, self.score(*doc, *times));
                self.at += 1;
            }
            if docs.is_empty() {
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }

    /// Moves to a document or the first one after it; whether that is it. Never moves back.
    #[inline]
    fn seek(&mut self, doc: DocId) -> bool {
        // Mostly it is near.
        for at in self.blocks.docs().iter().skip(self.at).take(STEPS) {
            if *at >= doc {
                return *at == doc;
            }
            self.at += 1;
        }
        self.at = self.blocks.seek(doc);
        self.doc() == doc
    }

    /// The score of a document, if it has the word; documents are asked for in order.
    #[inline]
    fn of(&mut self, doc: DocId) -> Option<f32> {
        self.seek(doc).then(|| self.score(doc, self.blocks.freq(self.at)))
    }
}

/// What was found in a window: who matches, and scores so far.
struct Window {
    marks: [u64; WINDOW / 64],
    scores: [f32; WINDOW],
}

impl Window {
    #[inline]
    fn add(&mut self, at: DocId, score: f32) {
        self.scores[at as usize % WINDOW] += score;
    }

    #[inline]
    fn mark(&mut self, at: DocId) {
        let at = at as usize % WINDOW;
        self.marks[at / 64] |= 1 << (at % 64);
    }
}

/// The least of the best scores so far: no document that ends below it can be among the best, for gains and newness only add.
struct Floor {
    best: BinaryHeap<Reverse<u32>>,
    wanted: usize,
    /// The most that is added to a score.
    most: f32,
    /// The least of the best, or as long as there are too few of them what is below all.
    least: f32,
    /// No score below this can come to the least of the best.
    enough: f32,
}

impl Floor {
    fn new(wanted: usize, most: f32) -> Self {
        let none = f32::NEG_INFINITY;
        Self { best: BinaryHeap::new(), wanted, most, least: none, enough: none }
    }

    /// Notes a score; whether its document can be among the best.
    #[inline]
    fn note(&mut self, score: f32) -> bool {
        if score > self.least {
            self.rise(score);
        }
        score >= self.enough
    }

    /// Scores are not below zero, where a float's bits are in its order.
    fn rise(&mut self, score: f32) {
        let score = Reverse(score.max(0.0).to_bits());
        if self.best.len() < self.wanted {
            self.best.push(score);
        } else if let Some(mut least) = self.best.peek_mut() {
            *least = score;
        }
        if self.best.len() == self.wanted
            && let Some(least) = self.best.peek()
        {
            self.least = f32::from_bits(least.0);
            self.enough = at_least(self.least) - self.most;
        }
    }
}

impl WeighedPlain<'_> {
    /// Walks through one segment.
    pub(super) fn walk(&self, place: Place<'_>, walk: &mut Walk<'_>) -> tantivy::Result<()> {
        let lists = self.words.iter().map(|word| List::open(word, place.reader));
        let lists = lists.collect::<tantivy::Result<Vec<_>>>()?;
        if !self.any && lists.iter().any(Option::is_none) {
            return Ok(());
        }
        let mut lists: Vec<List<'_>> = lists.into_iter().flatten().collect();
        let held = self.words.iter().map(|word| word.held);
        let matching: u64 = if self.any { held.sum() } else { held.min().unwrap_or_default() };
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for gain in &self.gains {
            let Some(list) = List::open(gain, place.reader)? else { continue };
            if gain.term.field() != self.exact && gain.held <= MUCH * matching {
                early.push(list);
            } else {
                // Often in hardly any other words: no score is more.
                late.push((gain.weight.score(0, u32::MAX) * 1.001, list));
            }
        }
        late.sort_by(|a, b| b.0.total_cmp(&a.0));
        let most: f32 = late.iter().map(|(most, _)| most).sum();
        let mut floor = Floor::new(walk.run.wanted, most);
        let mut able: Vec<(DocId, f32)> = Vec::new();
        let mut window = Box::new(Window { marks: [0; WINDOW / 64], scores: [0.0; WINDOW] });
        while let Some(base) = self.next(&lists) {
            #[expect(clippy::cast_possible_truncation, reason = "a few thousand")]
            let end = base + WINDOW as DocId;
            if self.any || lists.len() == 1 {
                for list in &mut lists {
                    list.until(end, |doc, score| {
                        window.add(doc, score);
                        window.mark(doc);
                    });
                }
            } else {
                meet(&mut lists, base, end, &mut window);
            }
            for list in &mut early {
                list.seek(base);
                list.until(end, |doc, score| window.add(doc, score));
            }
            for (at, marks) in
                (base..).step_by(64).zip(std::mem::replace(&mut window.marks, [0; WINDOW / 64]))
            {
                let mut marks = marks;
                while marks != 0 {
                    let doc = at + marks.trailing_zeros();
                    marks &= marks - 1;
                    if walk.counted(place, doc) {
                        let score = window.scores[doc as usize % WINDOW];
                        if floor.note(score) {
                            able.push((doc, score));
                        }
                    }
                }
            }
            window.scores.fill(0.0);
        }
        for (doc, score) in able {
            if score >= floor.enough
                && let Some(score) =
                    lift(doc, score, &mut late, most, |most| walk.top.reaches(most))
            {
                walk.keep(place, doc, score);
            }
        }
        Ok(())
    }

    /// Where the next window begins that has anything in it.
    fn next(&self, lists: &[List<'_>]) -> Option<DocId> {
        let docs = lists.iter().map(List::doc);
        let next = if self.any { docs.min() } else { docs.max() }?;
        #[expect(clippy::cast_possible_truncation, reason = "a few thousand")]
        (next != TERMINATED).then_some(next - next % WINDOW as DocId)
    }
}

/// Marks and scores what is in all of several lists.
fn meet(lists: &mut [List<'_>], base: DocId, end: DocId, window: &mut Window) {
    let Some((first, others)) = lists.split_first_mut() else { return };
    first.seek(base);
    first.until(end, |doc, score| {
        let mut sum = score;
        for other in &mut *others {
            match other.of(doc) {
                Some(score) => sum += score,
                None => return,
            }
        }
        window.add(doc, sum);
        window.mark(doc);
    });
}

/// A document's score with what it gains, unless that does not reach.
fn lift(
    doc: DocId,
    mut score: f32,
    gains: &mut [(f32, List<'_>)],
    mut most: f32,
    reaches: impl Fn(f32) -> bool,
) -> Option<f32> {
    for (own, list) in gains {
        if !reaches(score + most) {
            return None;
        }
        score += list.of(doc).unwrap_or(0.0);
        most -= *own;
    }
    Some(score)
}
