//! Postings written through the engine's own serializer: terms in order, and of each the documents in order.

use std::io;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;

use super::log::{Log, Turning};

/// Entries of a log that are turned round at a time: with documents and places 200 MB.
const STRETCH: usize = 24_000_000;

/// Texts by number, and the numbers in the order of the texts' bytes, which is the order of the engine's dictionary.
pub(super) struct Dictionary<'a> {
    texts: Vec<&'a str>,
    order: Vec<u32>,
    /// By number: its place in the order.
    pub(super) ranks: Vec<u32>,
}

impl<'a> Dictionary<'a> {
    pub(super) fn new(texts: Vec<&'a str>) -> Self {
        let mut order: Vec<u32> = (0..).take(texts.len()).collect();
        order.sort_unstable_by_key(|number| texts[*number as usize]);
        let mut ranks = vec![0; texts.len()];
        for (rank, number) in (0..).zip(&order) {
            ranks[*number as usize] = rank;
        }
        Self { texts, order, ranks }
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

/// Terms of a field behind a key of their own.
pub(super) struct Part<'a> {
    pub(super) key: &'a str,
    pub(super) log: &'a Log,
    /// By entry of the log: the rank of its term.
    pub(super) ranks: &'a [u32],
}

/// Writes one field: its terms in the order of their parts' keys, in which the parts are given.
pub(super) fn field(
    to: &mut InvertedIndexSerializer,
    field: Field,
    norms: Option<FieldNormReader>,
    keep: Keep,
    dictionary: &Dictionary<'_>,
    parts: &[Part<'_>],
) -> io::Result<()> {
    let most = dictionary.order.len();
    let turning = parts.iter().map(|Part { key, log, ranks }| {
        (*key, Turning::new(log, ranks, most, keep == Keep::Places))
    });
    let parts: Vec<(&str, Turning<'_>)> = turning.collect();
    let all: usize = parts.iter().map(|(_, part)| part.len()).sum();
    if all == 0 {
        return Ok(());
    }
    let mut serializer = to.new_field(field, all as u64, norms)?;
    let mut term = String::new();
    let mut moves = Vec::new();
    for (key, part) in &parts {
        for stretch in part.stretches(STRETCH) {
            let turned = part.turn(stretch.clone());
            for rank in stretch.filter(|rank| part.times(*rank) > 0) {
                let (docs, places) = turned.get(rank);
                term.clear();
                term.push_str(key);
                term.push_str(dictionary.texts[dictionary.order[rank] as usize]);
                // With how many documents it stands in, the engine weighs the blocks of a long list.
                let distinct = 1 + docs.windows(2).filter(|pair| pair[0] != pair[1]).count();
                let distinct = u32::try_from(distinct).unwrap_or(u32::MAX);
                serializer.new_term(term.as_bytes(), distinct, keep != Keep::There)?;
                postings(&mut serializer, docs, places, keep, &mut moves);
                serializer.close_term()?;
            }
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
