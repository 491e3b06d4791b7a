//! Words that begin alike, as the engine's query: those beside each other in a field's words. The engine has it as a pattern
//! only, which costs as much to make as most such queries take.

use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, Score, SegmentReader};

/// Documents with any word that begins so; all score one.
#[derive(Debug, Clone)]
pub(super) struct Beginning {
    field: Field,
    prefix: Vec<u8>,
}

impl Beginning {
    pub(super) fn new(field: Field, prefix: &str) -> Self {
        Self { field, prefix: prefix.as_bytes().to_vec() }
    }

    /// The first word after all that begin so; none where nothing can follow.
    fn end(&self) -> Option<Vec<u8>> {
        let mut end = self.prefix.clone();
        while let Some(last) = end.pop() {
            if let Some(next) = last.checked_add(1) {
                end.push(next);
                return Some(end);
            }
        }
        None
    }
}

impl Query for Beginning {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Beginning {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(reader.max_doc());
        let lists = reader.inverted_index(self.field)?;
        let mut words = lists.terms().range().ge(&self.prefix);
        if let Some(end) = self.end() {
            words = words.lt(end);
        }
        let mut words = words.into_stream()?;
        while words.advance() {
            let mut blocks =
                lists.read_block_postings_from_terminfo(words.value(), IndexRecordOption::Basic)?;
            while !blocks.docs().is_empty() {
                for doc in blocks.docs() {
                    found.insert(*doc);
                }
                blocks.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a word that begins so", 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_all_that_begin_so() {
        let end = |prefix: &[u8]| {
            let prefix = prefix.to_vec();
            Beginning { field: Field::from_field_id(0), prefix }.end()
        };
        assert_eq!(end(b"road").as_deref(), Some(&b"roae"[..]));
        assert_eq!(end("ŵ".as_bytes()).as_deref(), Some(&[0xc5, 0xb6][..]));
        assert_eq!(end(&[b'a', 0xff]).as_deref(), Some(&b"b"[..]));
        assert_eq!(end(&[0xff]), None);
        assert_eq!(end(b""), None);
    }
}
