//! What is left out of an answer, as the engine's query. The engine asks such a scorer for documents before its first one, which
//! the scorers of phrases take for a mistake: here it is answered for them.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// The same documents as another query.
#[derive(Debug, Clone)]
pub(super) struct Except(Arc<dyn Query>);

impl Except {
    pub(super) fn new(query: Box<dyn Query>) -> Self {
        Self(query.into())
    }
}

impl Query for Except {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExceptWeight(self.0.weight(scoring)?)))
    }
}

struct ExceptWeight(Box<dyn Weight>);

impl Weight for ExceptWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ExceptScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

/// `seek_danger` is not handed on: as it comes, it looks where the scorer is before it moves it.
struct ExceptScorer(Box<dyn Scorer>);

impl DocSet for ExceptScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for ExceptScorer {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
