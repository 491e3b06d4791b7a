//! What the engine cannot decide from its fields alone, decided from the stored item: phrases and parts of words in one part of
//! it or in one post's words, and nearness of phrases.
//!
//! The engine is asked for everything that may hold; each of these items is read and held against what was asked. It is a
//! query like any other, so that it means the same under `OR` and `NOT` as it does alone.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minutebook_record::{Item, Part};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::clauses::distance;
use super::condition::Conditions;
use super::lower::Lower;
use crate::analysis::{self, Form, scan};
use crate::reader::Snapshot;
use crate::search::Scope;
use crate::snippet::near;
use crate::{IndexError, wanted};

/// What an item's texts must hold.
#[derive(Debug, Clone)]
pub(super) enum Check {
    /// Exact words side by side.
    Phrase(Vec<String>),
    /// Two phrases at most so many words apart.
    Near(Vec<String>, Vec<String>, u32),
    /// A word that begins so.
    Prefix(String),
    /// A word spelt nearly so.
    Fuzzy(String),
    /// An acronym in capitals.
    Capitals(String),
}

/// Which of an item's texts.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Part(Scope),
    /// The words of these posts, by slug.
    SaidBy(Vec<String>),
}

/// What items are read from during one search, and the first of them that could not be read.
pub(super) struct Reading {
    snapshot: Arc<Snapshot>,
    /// What must hold besides: an item without it is not read, and not found either way.
    conditions: Conditions,
    failed: Mutex<Option<IndexError>>,
}

impl Reading {
    pub(super) fn new(snapshot: &Arc<Snapshot>, conditions: &Conditions) -> Arc<Self> {
        let (snapshot, conditions) = (Arc::clone(snapshot), conditions.clone());
        Arc::new(Self { snapshot, conditions, failed: Mutex::new(None) })
    }

    /// The first error, told once.
    pub(super) fn failed(&self) -> Result<(), IndexError> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// Whether an item passes; no once one could not be read, or nobody waits any more.
    fn passes(&self, segment: u32, doc: DocId, check: &Check, place: &Place) -> bool {
        let rows = &self.snapshot.segments[segment as usize];
        let brief = rows.slots.brief(doc);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some() || !brief.is_item() || !self.conditions.hold(rows, doc, brief.day) {
            return false;
        }
        let address = DocAddress::new(segment, doc);
        match wanted::check().and_then(|()| self.snapshot.glance(address)) {
            Ok(record) => texts(&record.item, place).iter().any(|text| holds(check, text)),
            Err(error) => {
                *failed = Some(error);
                false
            }
        }
    }
}

impl Lower<'_> {
    /// Only the items that hold something in the right place, where the fields do not tell which place that is.
    pub(super) fn in_place(&self, candidates: Box<dyn Query>, check: Check) -> Box<dyn Query> {
        let parted = matches!(self.scope, Scope::Minutes | Scope::Agenda);
        if parted || !self.speakers.is_empty() {
            return self.confirmed(candidates, check);
        }
        candidates
    }

    /// Only the items that pass a check when they are read.
    pub(super) fn confirmed(&self, candidates: Box<dyn Query>, check: Check) -> Box<dyn Query> {
        // What only adds to a score need not be sure.
        let Some(reading) = self.reading else { return candidates };
        let place = match self.speakers {
            [] => Place::Part(self.scope),
            speakers => Place::SaidBy(speakers.to_vec()),
        };
        Box::new(Confirmed::new(candidates, reading, check, place))
    }
}

/// The items among some candidates that hold what is asked where it is asked for.
#[derive(Clone)]
pub(super) struct Confirmed {
    asked: Arc<Asked>,
    candidates: Arc<dyn Query>,
}

struct Asked {
    reading: Arc<Reading>,
    check: Check,
    place: Place,
}

impl Confirmed {
    pub(super) fn new(
        candidates: Box<dyn Query>,
        reading: &Arc<Reading>,
        check: Check,
        place: Place,
    ) -> Self {
        let asked = Arc::new(Asked { reading: Arc::clone(reading), check, place });
        Self { asked, candidates: candidates.into() }
    }
}

impl fmt::Debug for Confirmed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:?} in {:?} of {:?}", self.asked.check, self.asked.place, self.candidates)
    }
}

impl Query for Confirmed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let candidates = self.candidates.weight(scoring)?;
        Ok(Box::new(ConfirmedWeight { asked: Arc::clone(&self.asked), candidates }))
    }
}

struct ConfirmedWeight {
    asked: Arc<Asked>,
    candidates: Box<dyn Weight>,
}

impl Weight for ConfirmedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let searcher = &self.asked.reading.snapshot.searcher;
        let id = reader.segment_id();
        let mut segments = (0..).zip(searcher.segment_readers());
        let segment = segments.find(|(_, other)| other.segment_id() == id);
        let Some((segment, _)) = segment else {
            let what = format!("segment {id:?} is none of this index's");
            return Err(tantivy::TantivyError::InternalError(what));
        };
        let candidates = self.candidates.scorer(reader, boost)?;
        let mut scorer = ConfirmedScorer { asked: Arc::clone(&self.asked), segment, candidates };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.candidates.explain(reader, doc)
    }
}

struct ConfirmedScorer {
    asked: Arc<Asked>,
    segment: u32,
    candidates: Box<dyn Scorer>,
}

impl ConfirmedScorer {
    /// Goes on to the next candidate that passes, from the present one.
    fn settle(&mut self) -> DocId {
        let Asked { reading, check, place } = &*self.asked;
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !reading.passes(self.segment, doc, check, place) {
            doc = self.candidates.advance();
        }
        doc
    }
}

impl DocSet for ConfirmedScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.candidates.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        /// Reading an item takes about as long as passing over so many.
        const READING: u64 = 1_000;
        self.candidates.cost().saturating_mul(READING)
    }
}

impl Scorer for ConfirmedScorer {
    fn score(&mut self) -> Score {
        self.candidates.score()
    }
}

fn texts<'i>(item: &'i Item, place: &Place) -> Vec<&'i str> {
    let passages = |wanted: fn(Part) -> bool| {
        item.passages.iter().filter(move |p| wanted(p.part)).map(|p| p.text.as_str())
    };
    match place {
        Place::SaidBy(speakers) => {
            let roles = item.roles().iter();
            let said = roles.filter(|role| role.how.has_voice() && speakers.contains(&role.slug));
            let at = said.flat_map(|role| role.passages.iter());
            at.filter_map(|at| item.passages.get(*at)).map(|p| p.text.as_str()).collect()
        }
        Place::Part(Scope::Title) => vec![&item.title],
        Place::Part(Scope::Resolution) => {
            item.resolutions().iter().map(|r| r.text.as_str()).collect()
        }
        Place::Part(Scope::Minutes) => passages(|part| part != Part::Agenda).collect(),
        Place::Part(Scope::Agenda) => passages(|part| part == Part::Agenda).collect(),
        Place::Part(Scope::Anywhere) => std::iter::once(item.title.as_str())
            .chain(passages(|_| true))
            .chain(item.resolutions().iter().map(|r| r.text.as_str()))
            .collect(),
    }
}

fn holds(check: &Check, text: &str) -> bool {
    let any = |wanted: &dyn Fn(Form, &str) -> bool| {
        let mut found = false;
        scan(text, |word| found = found || wanted(word.form, word.text));
        found
    };
    match check {
        // A word may stand in a compound, as it may for the engine.
        Check::Phrase(phrase) if phrase.len() == 1 => {
            any(&|form, word| form != Form::Capitals && word == phrase[0])
        }
        Check::Phrase(phrase) => !places(&analysis::words(text), phrase).is_empty(),
        Check::Near(a, b, reach) => {
            let words = analysis::words(text);
            let (first, second) = (places(&words, a), places(&words, b));
            let reach = *reach as usize;
            first.iter().any(|at| {
                second.iter().any(|other| {
                    // From the end of the one to the beginning of the other.
                    if at < other {
                        *other >= at + a.len() && other - (at + a.len() - 1) <= reach
                    } else {
                        *at >= other + b.len() && at - (other + b.len() - 1) <= reach
                    }
                })
            })
        }
        Check::Prefix(prefix) => {
            any(&|form, word| form != Form::Capitals && word.starts_with(prefix.as_str()))
        }
        Check::Fuzzy(wanted) => {
            any(&|form, word| form != Form::Capitals && near(word, wanted, distance(wanted)))
        }
        Check::Capitals(letters) => any(&|form, word| form == Form::Capitals && word == letters),
    }
}

fn places(words: &[String], phrase: &[String]) -> Vec<usize> {
    if phrase.is_empty() || phrase.len() > words.len() {
        return Vec::new();
    }
    (0..=words.len() - phrase.len()).filter(|at| words[*at..].starts_with(phrase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_counts_from_end_to_beginning_either_way() {
        let near = |a: &str, b: &str, n| {
            let check = Check::Near(analysis::words(a), analysis::words(b), n);
            holds(&check, "the parish council met the police about speeding cars")
        };
        assert!(near("parish council", "police", 3));
        assert!(!near("parish council", "police", 2));
        assert!(near("police", "parish council", 3), "either order");
        assert!(near("met", "council", 1));
        assert!(!near("council", "parish council", 9), "no word is near itself");
    }
}
