//! The best of what was found, kept while it is walked through.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocAddress;

use crate::reader::{NO_DAY, Row};

/// How much more the newest meeting is worth than one long ago: a nudge, so that of two alike the newer stands first.
const RECENCY: f64 = 0.06;
/// Days in which the nudge halves.
const HALF_LIFE: f64 = 1461.0;

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

/// A document found, with what orders it: larger is better.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundDoc {
    pub(crate) address: DocAddress,
    pub(crate) score: f32,
    pub(super) key: f64,
    day: i32,
    committee: u32,
    place: u16,
    /// The window of its text that brought it in, where its words did not; else [`NO_WINDOW`].
    pub(super) window: u32,
}

/// Found by its words.
pub(super) const NO_WINDOW: u32 = u32::MAX;

impl FoundDoc {
    pub(super) fn cmp_best(&self, other: &Self) -> Ordering {
        self.key
            .total_cmp(&other.key)
            .then(self.day.cmp(&other.day))
            // One body's meeting after the other's, where several met on a day.
            .then(other.committee.cmp(&self.committee))
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

/// The best so far.
pub(super) struct Top {
    heap: BinaryHeap<Worst>,
    wanted: usize,
    order: Order,
    /// The newest meeting's day.
    newest: i32,
}

impl Top {
    pub(super) fn new(wanted: usize, order: Order, newest: i32) -> Self {
        Self { heap: BinaryHeap::new(), wanted, order, newest }
    }

    /// Whether a document of at most this score and of this day can be among the best.
    #[inline]
    pub(super) fn passes(&self, score: f32, day: i32) -> bool {
        let Some(Worst(worst)) = self.heap.peek().filter(|_| self.heap.len() >= self.wanted) else {
            return true;
        };
        match self.order {
            // What is no better and older cannot stand before it: most of many alike are turned away by that.
            Order::Score => {
                at_most(score) >= worst.key && (score > worst.score || day >= worst.day)
            }
            Order::Newest => day >= worst.day,
            Order::Oldest if day == NO_DAY => worst.day == NO_DAY,
            Order::Oldest => day <= worst.day || worst.day == NO_DAY,
            Order::FirstSeen => true,
        }
    }

    /// Keeps a document if it is among the best.
    #[inline]
    pub(super) fn keep(&mut self, row: Row, address: DocAddress, score: f32) {
        self.keep_found(row, address, score, NO_WINDOW);
    }

    /// Keeps a document that came in by a window of its text.
    pub(super) fn keep_close(&mut self, row: Row, address: DocAddress, window: u32) {
        self.keep_found(row, address, 0.0, window);
    }

    #[inline]
    fn keep_found(&mut self, row: Row, address: DocAddress, score: f32, window: u32) {
        let key = match self.order {
            Order::Score => f64::from(score) * (1.0 + RECENCY * self.recency(row.day)),
            Order::Newest => f64::from(row.day),
            Order::Oldest if row.day == NO_DAY => f64::NEG_INFINITY,
            Order::Oldest => -f64::from(row.day),
            #[expect(clippy::cast_precision_loss, reason = "seconds of the next million years fit")]
            Order::FirstSeen => row.first_seen as f64,
        };
        let found = FoundDoc {
            address,
            score,
            key,
            day: row.day,
            committee: row.committee,
            place: row.place,
            window,
        };
        if self.heap.len() < self.wanted {
            self.heap.push(Worst(found));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && found.cmp_best(&worst.0) == Ordering::Greater
        {
            *worst = Worst(found);
        }
    }

    /// What is kept so far, in no order.
    pub(super) fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        self.heap.iter().map(|worst| worst.0.address)
    }

    /// The best, in order.
    pub(super) fn sorted(self) -> Vec<FoundDoc> {
        let mut top: Vec<FoundDoc> = self.heap.into_iter().map(|worst| worst.0).collect();
        top.sort_unstable_by(|a, b| b.cmp_best(a));
        top
    }

    /// 1 for the newest meeting held, half of it for each [`HALF_LIFE`] before; an undated one is as old as can be.
    fn recency(&self, day: i32) -> f64 {
        if day == NO_DAY {
            return 0.0;
        }
        (-f64::from(self.newest.saturating_sub(day).max(0)) / HALF_LIFE).exp2()
    }
}

/// The most that orders a document of at most this score.
#[inline]
pub(super) fn at_most(score: f32) -> f64 {
    f64::from(score) * (1.0 + RECENCY)
}

/// The least score that can be ordered as one of this score: a little lower than it need be, for floats are not exact.
pub(super) fn at_least(score: f32) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "no exact number is asked for")]
    let least = (f64::from(score) / (1.0 + RECENCY) * 0.9999) as f32;
    least
}
