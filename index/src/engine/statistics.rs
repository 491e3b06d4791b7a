//! What the ranking is told of the index: as it is, but for lengths.
//!
//! The engine's BM25 has its length normalisation fixed (b = 0.75). Told of texts longer than they are, it minds length less:
//! minutes of forty pages that were scanned as one item are no less about what they decide.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::weight;

/// The searcher's statistics with lengths stretched.
pub(super) struct Statistics<'a>(pub(super) &'a Searcher);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.0.total_num_tokens(field)? * weight::LENGTH)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.0.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.doc_freq(term)
    }
}
