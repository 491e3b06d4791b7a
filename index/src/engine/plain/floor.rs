//! What a score must come to: as soon as enough good ones are known, most documents need not be looked at more closely.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::top::at_least;

/// The least of the best scores so far: no document that ends below it can be among the best, for gains and newness only add.
pub(super) struct Floor {
    best: BinaryHeap<Reverse<u32>>,
    wanted: usize,
    /// The most that is added to a score.
    most: f32,
    /// The least of the best, or as long as there are too few of them what is below all.
    least: f32,
    /// No score below this can come to the least of the best.
    pub(super) enough: f32,
}

impl Floor {
    pub(super) fn new(wanted: usize, most: f32) -> Self {
        let none = f32::NEG_INFINITY;
        Self { best: BinaryHeap::new(), wanted, most, least: none, enough: none }
    }

    /// Notes a score; whether its document can be among the best.
    #[inline]
    pub(super) fn note(&mut self, score: f32) -> bool {
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
