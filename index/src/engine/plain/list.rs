//! A word's documents in one segment, read from the blocks of the engine's postings.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::Weighed;
use super::window::{Marks, WINDOW};

/// How many documents ahead are looked at one by one, before a list is searched.
const STEPS: usize = 8;

/// A word's documents in one segment.
pub(super) struct List<'a> {
    blocks: BlockSegmentPostings,
    /// Place in the block.
    at: usize,
    norms: FieldNormReader,
    weight: &'a Bm25Weight,
}

impl<'a> List<'a> {
    pub(super) fn open(
        word: &'a Weighed<'a>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<Self>> {
        let field = word.term.field();
        let lists = reader.inverted_index(field)?;
        let blocks = lists.read_block_postings(word.term, IndexRecordOption::WithFreqs)?;
        let Some(blocks) = blocks else { return Ok(None) };
        let norms = reader.get_fieldnorms_reader(field)?;
        Ok(Some(List { blocks, at: 0, norms, weight: &word.weight }))
    }

    /// How many documents have the word.
    pub(super) fn len(&self) -> u32 {
        self.blocks.doc_freq()
    }

    /// The document it stands at.
    pub(super) fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// The score of a document that has the word so many times.
    #[inline]
    pub(super) fn score(&self, doc: DocId, times: u32) -> f32 {
        self.weight.score(self.norms.fieldnorm_id(doc), times)
    }

    /// What is left of the block it stands in: documents, and how many times each has the word.
    #[inline]
    pub(super) fn rest(&self) -> (&[DocId], &[u32]) {
        rest(&self.blocks, self.at)
    }

    /// Moves to the next block; whether there is one.
    #[inline]
    pub(super) fn advance(&mut self) -> bool {
        self.blocks.advance();
        self.at = 0;
        !self.blocks.docs().is_empty()
    }

    /// Adds to the score of every document to before `end`, and marks it.
    pub(super) fn add(&mut self, end: DocId, scores: &mut [f32; WINDOW], marks: &mut Marks) {
        let List { blocks, at, norms, weight } = self;
        until(blocks, at, end, |doc, times| {
            scores[doc as usize % WINDOW] += weight.score(norms.fieldnorm_id(doc), times);
            marks.mark(doc);
        });
    }

    /// Adds to the score of every document of a window.
    pub(super) fn gain(&mut self, base: DocId, end: DocId, scores: &mut [f32; WINDOW]) {
        self.seek(base);
        let List { blocks, at, norms, weight } = self;
        until(blocks, at, end, |doc, times| {
            scores[doc as usize % WINDOW] += weight.score(norms.fieldnorm_id(doc), times);
        });
    }

    /// Marks every document of a window, and notes how many times it has the word.
    pub(super) fn mark(
        &mut self,
        base: DocId,
        end: DocId,
        marks: &mut Marks,
        noted: &mut [u32; WINDOW],
    ) {
        self.seek(base);
        until(&mut self.blocks, &mut self.at, end, |doc, times| {
            noted[doc as usize % WINDOW] = times;
            marks.mark(doc);
        });
    }

    /// Moves to a document or the first one after it; whether that is it. Never moves back.
    #[inline]
    pub(super) fn seek(&mut self, doc: DocId) -> bool {
        // Mostly it is near.
        for at in self.blocks.docs().iter().skip(self.at).take(STEPS) {
            if *at >= doc {
                return *at == doc;
            }
            self.at += 1;
        }
        self.at = self.blocks.seek(doc);
        self.doc() == doc
    }

    /// The score of a document, if it has the word; documents are asked for in order.
    #[inline]
    pub(super) fn of(&mut self, doc: DocId) -> Option<f32> {
        self.seek(doc).then(|| self.here(doc))
    }

    /// The score of the document it stands at.
    #[inline]
    pub(super) fn here(&self, doc: DocId) -> f32 {
        self.score(doc, self.times())
    }

    /// How many times the document it stands at has the word.
    #[inline]
    pub(super) fn times(&self) -> u32 {
        self.blocks.freq(self.at)
    }
}

fn rest(blocks: &BlockSegmentPostings, at: usize) -> (&[DocId], &[u32]) {
    let docs = blocks.docs().get(at..).unwrap_or_default();
    (docs, blocks.freqs().get(at..).unwrap_or_default())
}

/// Calls `each` with every document from a place in a block on to before `end`, and how many times it has the word.
#[inline]
fn until(
    blocks: &mut BlockSegmentPostings,
    at: &mut usize,
    end: DocId,
    mut each: impl FnMut(DocId, u32),
) {
    loop {
        let (docs, times) = rest(blocks, *at);
        let all = docs.len();
        let before = match docs.last() {
            None => return,
            Some(last) if *last < end => all,
            Some(_) => docs.partition_point(|doc| *doc < end),
        };
        for (doc, times) in docs[..before].iter().zip(times) {
            each(*doc, *times);
        }
        *at += before;
        if before < all {
            return;
        }
        blocks.advance();
        *at = 0;
    }
}
