//! What a writer must know of an index before it writes: which records are held, and when items were first seen.

use std::collections::HashMap;
use std::path::Path;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use crate::IndexError;
use crate::schema::schema;

/// What is held.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Hash of each meeting's record, by id.
    pub(crate) hashes: HashMap<String, u64>,
    /// When each item was first seen, in seconds, by id.
    pub(crate) seen: HashMap<String, i64>,
    /// The last commit's number.
    pub(crate) generation: u64,
}

/// Reads it from the last commit.
pub(crate) fn held(index: &tantivy::Index, dir: &Path) -> Result<Held, IndexError> {
    let failed = IndexError::engine(dir);
    let fields = schema().1;
    let reader = index
        .reader_builder()
        .reload_policy(tantivy::ReloadPolicy::Manual)
        .try_into()
        .map_err(&failed)?;
    let commit = index.load_metas().map_err(&failed)?;
    let mut held = Held { generation: generation(&commit), ..Held::default() };
    for segment in reader.searcher().segment_readers() {
        let hashes = segment.fast_fields().u64("hash").map_err(&failed)?;
        each_term(segment, fields.head, |id, doc| {
            if let Some(hash) = hashes.first(doc) {
                held.hashes.insert(id.to_owned(), hash);
            }
        })
        .map_err(&failed)?;
        let seen = segment.fast_fields().i64("first_seen").map_err(&failed)?;
        each_term(segment, fields.id, |id, doc| {
            if let Some(first) = seen.first(doc) {
                held.seen.insert(id.to_owned(), first);
            }
        })
        .map_err(&failed)?;
    }
    Ok(held)
}

/// The number of a commit.
pub(crate) fn generation(commit: &tantivy::IndexMeta) -> u64 {
    commit.payload.as_ref().and_then(|payload| payload.parse().ok()).unwrap_or_default()
}

/// Calls `each` for every term of a field and every living document that has it.
pub(crate) fn each_term(
    segment: &SegmentReader,
    field: tantivy::schema::Field,
    mut each: impl FnMut(&str, u32),
) -> tantivy::Result<()> {
    let inverted = segment.inverted_index(field)?;
    let mut terms = inverted.terms().stream()?;
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
        let mut postings =
            inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                each(term, postings.doc());
            }
            postings.advance();
        }
    }
    Ok(())
}
