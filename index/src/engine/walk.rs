//! What every way of answering does with what it met: conditions checked, facets counted, the best kept.
//!
//! Documents come in batches: what is known of one lies far from what is known of the next, and where all of a batch is asked
//! for at once the processor fetches many at a time.

use tantivy::{DocAddress, DocId, SegmentReader};

use super::facets::Counts;
use super::run::Run;
use super::top::Top;
use crate::reader::{Brief, SegmentRows};

/// Documents looked at together, where nothing else says how many.
pub(super) const BATCH: usize = 256;

/// The walk so far.
pub(super) struct Walk<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) top: Top,
    pub(super) counts: Option<Counts>,
    pub(super) total: usize,
    pub(super) routine_hidden: usize,
}

/// One segment being walked through.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) reader: &'a SegmentReader,
    pub(super) rows: &'a SegmentRows,
    pub(super) ord: u32,
}

/// A document that matches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Known once it is counted.
    pub(super) brief: Brief,
}

impl Met {
    #[inline]
    pub(super) fn new(doc: DocId, score: f32) -> Self {
        Self { doc, score, brief: Brief::default() }
    }
}

/// Leaves those of a batch for which something holds. Most batches are mixed, and a processor cannot guess which: so nothing
/// is asked by a branch.
#[inline]
fn leave(batch: &mut Vec<Met>, mut holds: impl FnMut(&mut Met) -> bool) {
    let mut left = 0;
    for at in 0..batch.len() {
        let mut met = batch[at];
        let holds = holds(&mut met);
        batch[left] = met;
        left += usize::from(holds);
    }
    batch.truncate(left);
}

impl Walk<'_> {
    /// Counts documents and leaves those that are shown, if any are wanted.
    pub(super) fn count(&mut self, place: Place<'_>, batch: &mut Vec<Met>) {
        let slots = &place.rows.slots;
        let conditions = &self.run.conditions;
        leave(batch, |met| {
            met.brief = slots.brief(met.doc);
            met.brief.is_item() & conditions.within(met.brief.day)
        });
        if place.reader.has_deletes() {
            batch.retain(|met| !place.reader.is_deleted(met.doc));
        }
        if conditions.more() {
            batch.retain(|met| conditions.others_hold(place.rows, met.doc));
        }
        if self.run.hide_routine {
            let all = batch.len();
            leave(batch, |met| !met.brief.is_routine());
            self.routine_hidden += all - batch.len();
        }
        self.total += batch.len();
        if let Some(counts) = &mut self.counts {
            counts.add(slots, batch.iter().map(|met| met.doc));
        }
        if self.run.wanted == 0 {
            batch.clear();
        }
    }

    /// Counts what has no score, and keeps the best.
    pub(super) fn unscored(&mut self, place: Place<'_>, batch: &mut Vec<Met>) {
        self.count(place, batch);
        for met in batch.drain(..) {
            self.keep(place, met, 0.0);
        }
    }

    /// Keeps a document that was counted, if it is among the best.
    #[inline]
    pub(super) fn keep(&mut self, place: Place<'_>, met: Met, score: f32) {
        if self.top.passes(score, met.brief.day) {
            let row = place.rows.rows[met.doc as usize];
            self.top.keep(row, DocAddress::new(place.ord, met.doc), score);
        }
    }
}
