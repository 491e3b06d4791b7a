//! One walk over everything that matches, by the engine's own scorers where no shorter way is known.

use std::collections::HashMap;

use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

use super::condition::Conditions;
use super::facets::Counts;
use super::mix::Close;
use super::plain::Plain;
use super::statistics::Statistics;
use super::top::Top;
pub(crate) use super::top::{FoundDoc, Order};
use super::walk::{BATCH, Met, Place, Walk};
use crate::IndexError;
use crate::reader::Snapshot;
use crate::results::Facets;

/// What must match, and what only adds to the score of what does.
pub(crate) struct Asked {
    pub(crate) must: Box<dyn Query>,
    pub(crate) boosts: Vec<Boost>,
    /// The same where it is nothing but words.
    pub(crate) plain: Option<Plain>,
}

/// Something that adds to a score.
pub(crate) struct Boost {
    pub(crate) query: Box<dyn Query>,
    /// No document gains more by it than this.
    pub(crate) most: f32,
}

impl Boost {
    /// A boost of which nothing is known.
    pub(crate) fn unbounded(query: Box<dyn Query>) -> Self {
        Self { query, most: f32::INFINITY }
    }
}

/// What to run.
pub(crate) struct Run<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// None means everything.
    pub(crate) query: Option<Asked>,
    pub(crate) conditions: Conditions,
    pub(crate) order: Order,
    /// How many of the best are kept.
    pub(crate) wanted: usize,
    /// Whether facets are counted.
    pub(crate) count: bool,
    pub(crate) hide_routine: bool,
    /// Items that come in without holding the words; everything found must be wanted then.
    pub(crate) close: &'a [Close],
}

/// What came of it.
pub(crate) struct Outcome {
    /// Everything that matches and is shown.
    pub(crate) total: usize,
    /// Procedural items that match and are folded away.
    pub(crate) routine_hidden: usize,
    /// How many of all came in without holding the words.
    pub(crate) by_meaning: usize,
    /// The best, in order.
    pub(crate) top: Vec<FoundDoc>,
    counts: Option<Counts>,
}

impl Outcome {
    /// The facets; empty where they were not counted.
    pub(crate) fn facets(&self, snapshot: &Snapshot) -> Facets {
        self.counts.as_ref().map(|counts| counts.facets(snapshot)).unwrap_or_default()
    }
}

impl Run<'_> {
    pub(crate) fn run(&self) -> Result<Outcome, IndexError> {
        let newest =
            self.snapshot.coverage.last.map_or(0, |date| {
                i32::try_from(crate::writer::day_number(date)).unwrap_or_default()
            });
        let mut walk = Walk {
            run: self,
            top: Top::new(self.wanted, self.order, newest),
            counts: self.count.then(|| Counts::new(self.snapshot)),
            total: 0,
            routine_hidden: 0,
        };
        self.walk(&mut walk).map_err(|error| self.snapshot.failed(error))?;
        let by_words = walk.total;
        self.join(&mut walk);
        Ok(Outcome {
            total: walk.total,
            routine_hidden: walk.routine_hidden,
            by_meaning: walk.total - by_words,
            top: walk.top.sorted(),
            counts: walk.counts,
        })
    }

    /// Takes in what the words did not find.
    fn join(&self, walk: &mut Walk<'_>) {
        let mut close: HashMap<DocAddress, u32> =
            self.close.iter().map(|close| (close.address, close.window)).collect();
        if close.is_empty() {
            return;
        }
        for held in walk.top.addresses() {
            close.remove(&held);
        }
        for place in self.places() {
            for (address, window) in close.iter().filter(|(at, _)| at.segment_ord == place.ord) {
                let mut batch = vec![Met::new(address.doc_id, 0.0)];
                walk.count(place, &mut batch);
                if !batch.is_empty() {
                    let row = place.rows.rows[address.doc_id as usize];
                    walk.top.keep_close(row, *address, *window);
                }
            }
        }
    }

    fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let readers = (0..).zip(self.snapshot.searcher.segment_readers());
        readers.zip(&self.snapshot.segments).map(|((ord, reader), rows)| Place {
            reader,
            rows,
            ord,
        })
    }

    fn walk(&self, walk: &mut Walk<'_>) -> tantivy::Result<()> {
        let searcher = &self.snapshot.searcher;
        let statistics = Statistics(searcher);
        let scoring = if self.order == Order::Score {
            EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let mut batch: Vec<Met> = Vec::with_capacity(BATCH);
        let Some(asked) = &self.query else {
            for place in self.places() {
                for from in (0..place.reader.max_doc()).step_by(BATCH) {
                    let some = (from..place.reader.max_doc()).take(BATCH);
                    batch.extend(some.map(|doc| Met::new(doc, 0.0)));
                    walk.unscored(place, &mut batch);
                }
            }
            return Ok(());
        };
        if self.order != Order::Score {
            let weight = asked.must.weight(scoring)?;
            for place in self.places() {
                weight.for_each_no_score(place.reader, &mut |docs: &[DocId]| {
                    batch.extend(docs.iter().map(|doc| Met::new(*doc, 0.0)));
                    walk.unscored(place, &mut batch);
                })?;
            }
            return Ok(());
        }
        if let Some(plain) = &asked.plain {
            let weighed = plain.weighed(&statistics)?;
            return self.places().try_for_each(|place| weighed.walk(place, walk));
        }
        let weight = asked.must.weight(scoring)?;
        let boosts =
            asked.boosts.iter().map(|boost| Ok((boost.query.weight(scoring)?, boost.most)));
        let boosts = boosts.collect::<tantivy::Result<Vec<_>>>()?;
        for place in self.places() {
            let mut scorer = weight.scorer(place.reader, 1.0)?;
            let mut gains = Gains::new(&boosts, place.reader)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                while doc != TERMINATED && batch.len() < BATCH {
                    let score = if self.wanted > 0 { scorer.score() } else { 0.0 };
                    batch.push(Met::new(doc, score));
                    doc = scorer.advance();
                }
                walk.count(place, &mut batch);
                for met in batch.drain(..) {
                    if let Some(score) = gains.lift(met, &walk.top) {
                        walk.keep(place, met, score);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What adds to the scores of one segment's documents, looked at only for those that it may lift among the best.
struct Gains {
    /// What adds most goes first. Each beside the document it stands at, which is looked at for every document and need not be
    /// asked for, and the most that it and those after it add.
    scorers: Vec<(DocId, f32, Box<dyn Scorer>)>,
}

impl Gains {
    fn new(boosts: &[(Box<dyn Weight>, f32)], reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut boosts: Vec<_> = boosts.iter().collect();
        boosts.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut most = 0.0;
        let mut scorers = Vec::with_capacity(boosts.len());
        for (boost, own) in boosts.into_iter().rev() {
            // Sums of floats come out a little differently in another order.
            most += own * 1.001;
            let scorer = boost.scorer(reader, 1.0)?;
            scorers.push((scorer.doc(), most, scorer));
        }
        scorers.reverse();
        Ok(Self { scorers })
    }

    /// A document's score with what it gains, unless that is not among the best; documents are asked for in order.
    #[inline]
    fn lift(&mut self, met: Met, top: &Top) -> Option<f32> {
        let Met { doc, mut score, brief } = met;
        for (at, most, scorer) in &mut self.scorers {
            if !top.passes(score + *most, brief.day) {
                return None;
            }
            if *at < doc {
                *at = scorer.seek(doc);
            }
            if *at == doc {
                score += scorer.score();
            }
        }
        Some(score)
    }
}
