//! The fields of the index. One document for each item, one for each meeting's head.
//!
//! Text is indexed once exact (with places, for quotes) and once stemmed (with frequencies, for finding), as a whole; title and
//! resolutions once more by themselves, being short and worth more. Minutes and agenda text by themselves only say *that* a word
//! stands there: their score is that of the whole. Filters are columns, read by blocks (see `reader/rows.rs`).

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::analysis::tokenizer::Words;

const EXACT: &str = "exact";
const STEM: &str = "stem";
const SPOKEN: &str = "spoken";

/// Stands between the parts of a column's value.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// Bits of the `flags` column.
pub(crate) mod flags {
    /// Where the item's place in its meeting begins, above the bits.
    pub(crate) const PLACE_SHIFT: u32 = 16;

    /// An item's place in its meeting as it stands in the column; places beyond 65,535 are one.
    pub(crate) fn place(place: usize) -> u64 {
        u64::from(u16::try_from(place).unwrap_or(u16::MAX)) << PLACE_SHIFT
    }

    /// The document is a meeting's head, not an item.
    pub(crate) const MEETING: u64 = 1;
    /// A procedural item.
    pub(crate) const ROUTINE: u64 = 1 << 1;
    /// An item not published whole.
    pub(crate) const RESTRICTED: u64 = 1 << 2;
    /// An item held only as a document that could not be read.
    pub(crate) const UNREADABLE: u64 = 1 << 3;
    /// First of two bits that hold the meeting's status.
    pub(crate) const STATUS_SHIFT: u32 = 4;
}

/// Handles of all fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The item's id; empty for meetings.
    pub(crate) id: Field,
    /// The meeting's id, on its items and its head.
    pub(crate) meeting: Field,
    /// The meeting's id, on its head alone.
    pub(crate) head: Field,
    /// Base address of the site.
    pub(crate) site: Field,
    /// Filters as terms, for those that stand inside `OR` and `NOT`: `t:topic`, `r:role`, `n:number`, ...
    pub(crate) tag: Field,
    /// The whole item, stems.
    pub(crate) words: Field,
    /// The whole item, exact words with places.
    pub(crate) exact: Field,
    /// Title, stems.
    pub(crate) title: Field,
    /// Title, exact.
    pub(crate) title_exact: Field,
    /// Resolutions, stems.
    pub(crate) decided: Field,
    /// Resolutions, exact.
    pub(crate) decided_exact: Field,
    /// Minutes and decisions, stems, no frequencies.
    pub(crate) minutes: Field,
    /// Agenda text, stems, no frequencies.
    pub(crate) agenda: Field,
    /// What each post said, stems behind a key of the post.
    pub(crate) spoken: Field,
    /// The record, JSON.
    pub(crate) record: Field,
    /// Days since the epoch.
    pub(crate) day: Field,
    /// See [`flags`].
    pub(crate) flags: Field,
    /// A bit for each kind of decision.
    pub(crate) kinds: Field,
    /// Seconds since the epoch of the first time it was seen.
    pub(crate) first_seen: Field,
    /// Slug, lineage and name.
    pub(crate) committee: Field,
    /// Slug and name.
    pub(crate) council: Field,
    /// Slug, how and printed form of each role.
    pub(crate) role: Field,
    /// Topics and their ancestors.
    pub(crate) topic: Field,
    /// Short and long form; on meetings.
    pub(crate) acronym: Field,
    /// Hash of the record; on meetings.
    pub(crate) hash: Field,
    /// Seconds since the epoch of the newest page behind it; on meetings.
    pub(crate) fetched: Field,
}

/// The schema with its handles.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut s = Schema::builder();
    let indexed = |tokenizer: &str, option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms),
        )
    };
    let raw = || indexed("raw", IndexRecordOption::Basic, false);
    let exact = || indexed(EXACT, IndexRecordOption::WithFreqsAndPositions, true);
    let stem = || indexed(STEM, IndexRecordOption::WithFreqs, true);
    let there = |tokenizer| indexed(tokenizer, IndexRecordOption::Basic, false);
    let column = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: s.add_text_field("id", raw()),
        meeting: s.add_text_field("meeting", raw().set_stored().set_fast("raw")),
        head: s.add_text_field("head", raw()),
        site: s.add_text_field("site", raw()),
        tag: s.add_text_field("tag", raw()),
        words: s.add_text_field("words", stem()),
        exact: s.add_text_field("exact", exact()),
        title: s.add_text_field("title", stem()),
        title_exact: s.add_text_field("title_exact", exact()),
        decided: s.add_text_field("decided", stem()),
        decided_exact: s.add_text_field("decided_exact", exact()),
        minutes: s.add_text_field("minutes", there(STEM)),
        agenda: s.add_text_field("agenda", there(STEM)),
        spoken: s.add_text_field("spoken", there(SPOKEN)),
        record: s.add_bytes_field("record", BytesOptions::default().set_stored()),
        day: s.add_i64_field("day", number()),
        flags: s.add_u64_field("flags", number()),
        kinds: s.add_u64_field("kinds", number()),
        first_seen: s.add_i64_field("first_seen", number()),
        committee: s.add_text_field("committee", column()),
        council: s.add_text_field("council", column()),
        role: s.add_text_field("role", column()),
        topic: s.add_text_field("topic", column()),
        acronym: s.add_text_field("acronym", column()),
        hash: s.add_u64_field("hash", number()),
        fetched: s.add_i64_field("fetched", number()),
    };
    (s.build(), fields)
}

/// The tokenizers the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(EXACT, Words::Exact);
    manager.register(STEM, Words::Stem);
    manager.register(SPOKEN, Words::Spoken);
    manager
}

/// The key behind which a post's spoken words are indexed: short, for it stands in every term.
pub(crate) fn speaker(slug: &str) -> String {
    // FNV-1a, 32 bits: a few thousand posts; a clash would only let one post's words answer for another's in `by:`,
    // and the post itself is checked besides.
    let hash = slug
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}:")
}
