//! Postings written through the engine's own serializer: terms in order, and of each the documents in order.

use std::io;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;

use super::log::ByNumber;

/// Texts by number, and the numbers in the order of the texts' bytes, which is the order of the engine's dictionary.
pub(super) struct Dictionary<'a> {
    pub(super) texts: Vec<&'a str>,
    order: Vec<u32>,
}

impl<'a> Dictionary<'a> {
    pub(super) fn new(texts: Vec<&'a str>) -> Self {
        let mut order: Vec<u32> = (0..).take(texts.len()).collect();
        order.sort_unstable_by_key(|number| texts[*number as usize]);
        Self { texts, order }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// What is kept of each document a term stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// That it does.
    There,
    /// How often.
    Times,
    /// Where.
    Places,
}

/// Writes one field: its terms behind the keys of several parts, which are in the order of their keys.
pub(super) fn field(
    to: &mut InvertedIndexSerializer,
    field: Field,
    norms: Option<FieldNormReader>,
    keep: Keep,
    dictionary: &Dictionary<'_>,
    parts: &[(&str, ByNumber)],
) -> io::Result<()> {
    let all: usize = parts.iter().map(|(_, part)| part.len()).sum();
    if all == 0 {
        return Ok(());
    }
    let mut serializer = to.new_field(field, all as u64, norms)?;
    let mut term = String::new();
    let mut moves = Vec::new();
    for (key, part) in parts.iter().filter(|(_, part)| part.len() > 0) {
        for number in &dictionary.order {
            let (docs, places) = part.get(*number);
            if docs.is_empty() {
                continue;
            }
            term.clear();
            term.push_str(key);
            term.push_str(dictionary.texts[*number as usize]);
            // With how many documents it stands in, the engine weighs the blocks of a long list.
            let distinct = 1 + docs.windows(2).filter(|pair| pair[0] != pair[1]).count();
            let distinct = u32::try_from(distinct).unwrap_or(u32::MAX);
            serializer.new_term(term.as_bytes(), distinct, keep != Keep::There)?;
            postings(&mut serializer, docs, places, keep, &mut moves);
            serializer.close_term()?;
        }
    }
    serializer.close()
}

fn postings(
    serializer: &mut FieldSerializer<'_>,
    docs: &[u32],
    places: &[u32],
    keep: Keep,
    moves: &mut Vec<u32>,
) {
    let mut at = 0;
    for same in docs.chunk_by(|a, b| a == b) {
        let times = u32::try_from(same.len()).unwrap_or(u32::MAX);
        match keep {
            Keep::There => serializer.write_doc(same[0], 0, &[]),
            Keep::Times => serializer.write_doc(same[0], times, &[]),
            Keep::Places => {
                moves.clear();
                let mut last = 0;
                for place in &places[at..at + same.len()] {
                    moves.push(place - last);
                    last = *place;
                }
                serializer.write_doc(same[0], times, moves);
            }
        }
        at += same.len();
    }
}
