//! A few thousand documents looked at together: which of them match, how often each has each word, and scores so far.

use tantivy::DocId;

/// Documents looked at together.
pub(super) const WINDOW: usize = 2048;

/// A mark for each document of a window: a byte, not a bit, for setting bits of one word must wait for the bit before.
#[derive(Clone)]
pub(super) struct Marks([u8; WINDOW]);

impl Marks {
    pub(super) fn none() -> Self {
        Self([0; WINDOW])
    }

    #[inline]
    pub(super) fn mark(&mut self, doc: DocId) {
        self.0[doc as usize % WINDOW] = 1;
    }

    /// Leaves what others have marked too.
    pub(super) fn and(&mut self, others: &Marks) {
        for (mark, other) in self.0.iter_mut().zip(&others.0) {
            *mark &= other;
        }
    }

    /// Leaves documents for which something holds.
    pub(super) fn retain(&mut self, base: DocId, mut holds: impl FnMut(DocId) -> bool) {
        let marked = std::mem::replace(self, Marks::none());
        marked.each(base, |doc| {
            if holds(doc) {
                self.mark(doc);
            }
        });
    }

    /// Calls `each` with every document marked, in order.
    #[inline]
    pub(super) fn each(&self, base: DocId, mut each: impl FnMut(DocId)) {
        for (at, eight) in (base..).step_by(8).zip(self.0.as_chunks().0) {
            let mut marks = u64::from_le_bytes(*eight);
            while marks != 0 {
                each(at + marks.trailing_zeros() / 8);
                marks &= marks - 1;
            }
        }
    }
}

/// How many times each document of a window has each of several words, and what it scores so far.
pub(super) struct Window {
    pub(super) times: Vec<[u32; WINDOW]>,
    pub(super) scores: Box<[f32; WINDOW]>,
}

impl Window {
    pub(super) fn new(words: usize) -> Self {
        Self { times: vec![[0; WINDOW]; words], scores: Box::new([0.0; WINDOW]) }
    }
}
