//! One walk over everything that matches: conditions checked, facets counted, the best kept.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

use super::condition::Conditions;
use super::facets::Counts;
use super::statistics::Statistics;
use super::verify::Verify;
use crate::IndexError;
use crate::reader::{NO_DAY, Row, SegmentRows, Snapshot};
use crate::results::Facets;

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Best first.
    Score,
    /// Newest meeting first, undated last.
    Newest,
    /// Oldest meeting first, undated last.
    Oldest,
    /// Latest arrival first.
    FirstSeen,
}

/// What must match, and what only adds to the score of what does.
pub(crate) struct Asked {
    pub(crate) must: Box<dyn Query>,
    pub(crate) boosts: Vec<Boost>,
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
    /// What only the stored item can tell.
    pub(crate) verify: Verify,
}

/// A document found, with what orders it: larger is better.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundDoc {
    pub(crate) address: DocAddress,
    pub(crate) score: f32,
    key: f64,
    day: i32,
    place: u16,
}

impl FoundDoc {
    fn cmp_best(&self, other: &Self) -> Ordering {
        self.key
            .total_cmp(&other.key)
            .then(self.day.cmp(&other.day))
            // Of one meeting in reading order, whatever order the items were put in.
            .then(other.place.cmp(&self.place))
            .then(other.address.cmp(&self.address))
    }
}

/// The worst of the kept lies on top of the heap.
struct Worst(FoundDoc);

impl PartialEq for Worst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Worst {}
impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Worst {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.cmp_best(&self.0)
    }
}

/// What came of it.
pub(crate) struct Outcome {
    /// Everything that matches and is shown.
    pub(crate) total: usize,
    /// Procedural items that match and are folded away.
    pub(crate) routine_hidden: usize,
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

struct Walk<'a> {
    run: &'a Run<'a>,
    heap: BinaryHeap<Worst>,
    counts: Option<Counts>,
    total: usize,
    routine_hidden: usize,
    newest: i32,
    /// The first record that could not be read.
    failed: Option<IndexError>,
}

impl Run<'_> {
    pub(crate) fn run(&self) -> Result<Outcome, IndexError> {
        let newest =
            self.snapshot.coverage.last.map_or(0, |date| {
                i32::try_from(crate::writer::day_number(date)).unwrap_or_default()
            });
        let mut walk = Walk {
            run: self,
            heap: BinaryHeap::new(),
            counts: self.count.then(|| Counts::new(self.snapshot)),
            total: 0,
            routine_hidden: 0,
            newest,
            failed: None,
        };
        self.walk(&mut walk).map_err(|error| self.snapshot.failed(error))?;
        if let Some(error) = walk.failed {
            return Err(error);
        }
        let mut top: Vec<FoundDoc> = walk.heap.into_iter().map(|worst| worst.0).collect();
        top.sort_unstable_by(|a, b| b.cmp_best(a));
        Ok(Outcome {
            total: walk.total,
            routine_hidden: walk.routine_hidden,
            top,
            counts: walk.counts,
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
        let Some(asked) = &self.query else {
            for (ord, reader) in (0..).zip(searcher.segment_readers()) {
                let rows = &self.snapshot.segments[ord as usize];
                (0..reader.max_doc()).for_each(|doc| walk.unscored(reader, rows, ord, doc));
            }
            return Ok(());
        };
        let weight = asked.must.weight(scoring)?;
        if self.order != Order::Score {
            for (ord, reader) in (0..).zip(searcher.segment_readers()) {
                let rows = &self.snapshot.segments[ord as usize];
                weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                    for doc in docs {
                        walk.unscored(reader, rows, ord, *doc);
                    }
                })?;
            }
            return Ok(());
        }
        let boosts = asked.boosts.iter().map(|boost| boost.query.weight(scoring));
        let boosts = boosts.collect::<tantivy::Result<Vec<_>>>()?;
        // Sums of floats come out a little differently in another order.
        let most = asked.boosts.iter().map(|boost| boost.most).sum::<f32>() * 1.001;
        for (ord, reader) in (0..).zip(searcher.segment_readers()) {
            let rows = &self.snapshot.segments[ord as usize];
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut gains = Gains::new(&boosts, reader, most)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if let Some(row) = walk.counted(reader, rows, DocAddress::new(ord, doc)) {
                    walk.scored(row, DocAddress::new(ord, doc), scorer.score(), &mut gains);
                }
                doc = scorer.advance();
            }
        }
        Ok(())
    }
}

/// What adds to the scores of one segment's documents, looked at only for those that it may lift among the best.
struct Gains {
    /// Each beside the document it stands at, which is looked at for every document and need not be asked for.
    scorers: Vec<(DocId, Box<dyn Scorer>)>,
    most: f32,
}

impl Gains {
    fn new(boosts: &[Box<dyn Weight>], reader: &SegmentReader, most: f32) -> tantivy::Result<Self> {
        let scorers = boosts.iter().map(|boost| {
            let scorer = boost.scorer(reader, 1.0)?;
            Ok((scorer.doc(), scorer))
        });
        Ok(Self { scorers: scorers.collect::<tantivy::Result<_>>()?, most })
    }

    /// What a document gains; documents are asked for in order.
    fn of(&mut self, doc: DocId) -> f32 {
        let mut sum = 0.0;
        for (at, scorer) in &mut self.scorers {
            if *at < doc {
                *at = scorer.seek(doc);
            }
            if *at == doc {
                sum += scorer.score();
            }
        }
        sum
    }
}

impl Walk<'_> {
    /// Counts a document; its row, if it is one that is shown.
    #[inline]
    fn counted(
        &mut self,
        reader: &SegmentReader,
        rows: &SegmentRows,
        address: DocAddress,
    ) -> Option<Row> {
        let doc = address.doc_id;
        let row = rows.rows[doc as usize];
        if !row.is_item() || reader.is_deleted(doc) || !self.run.conditions.hold(rows, doc, row) {
            return None;
        }
        if !self.run.verify.is_empty() && !self.verified(address) {
            return None;
        }
        if row.is_routine() && self.run.hide_routine {
            self.routine_hidden += 1;
            return None;
        }
        self.total += 1;
        if let Some(counts) = &mut self.counts {
            counts.add(rows, doc, row);
        }
        (self.run.wanted > 0).then_some(row)
    }

    fn unscored(&mut self, reader: &SegmentReader, rows: &SegmentRows, ord: u32, doc: DocId) {
        let address = DocAddress::new(ord, doc);
        if let Some(row) = self.counted(reader, rows, address) {
            self.keep(row, address, 0.0);
        }
    }

    #[inline]
    fn scored(&mut self, row: Row, address: DocAddress, score: f32, gains: &mut Gains) {
        if self.heap.len() >= self.run.wanted
            && let Some(worst) = self.heap.peek()
            && f64::from(score + gains.most) * (1.0 + RECENCY) < worst.0.key
        {
            return;
        }
        let score = score + gains.of(address.doc_id);
        self.keep(row, address, score);
    }

    fn verified(&mut self, address: DocAddress) -> bool {
        match self.run.snapshot.glance(address) {
            Ok(record) => self.run.verify.passes(&record.item),
            Err(error) => {
                self.failed.get_or_insert(error);
                false
            }
        }
    }

    #[inline]
    fn keep(&mut self, row: Row, address: DocAddress, score: f32) {
        let full = self.heap.len() >= self.run.wanted;
        if full
            && self.run.order == Order::Score
            && let Some(worst) = self.heap.peek()
            && f64::from(score) * (1.0 + RECENCY) < worst.0.key
        {
            return;
        }
        let key = match self.run.order {
            Order::Score => f64::from(score) * (1.0 + RECENCY * self.recency(row.day)),
            Order::Newest => f64::from(row.day),
            Order::Oldest if row.day == NO_DAY => f64::NEG_INFINITY,
            Order::Oldest => -f64::from(row.day),
            #[expect(clippy::cast_precision_loss, reason = "seconds of the next million years fit")]
            Order::FirstSeen => row.first_seen as f64,
        };
        let found = FoundDoc { address, score, key, day: row.day, place: row.place };
        if !full {
            self.heap.push(Worst(found));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && found.cmp_best(&worst.0) == Ordering::Greater
        {
            *worst = Worst(found);
        }
    }

    /// 1 for the newest meeting held, half of it for each [`HALF_LIFE`] before; an undated one is as old as can be.
    fn recency(&self, day: i32) -> f64 {
        if day == NO_DAY {
            return 0.0;
        }
        (-f64::from(self.newest.saturating_sub(day).max(0)) / HALF_LIFE).exp2()
    }
}

/// How much more the newest meeting is worth than one long ago: a nudge, so that of two alike the newer stands first.
const RECENCY: f64 = 0.06;
/// Days in which the nudge halves.
const HALF_LIFE: f64 = 1461.0;
