//! The fields of the index. One document for each item, one for each meeting's head.
//!
//! Text is indexed once exact (with places, for quotes) and once stemmed (with frequencies, for finding), as a whole; title and
//! resolutions once more by themselves, being short and worth more. For minutes and agenda text it is only kept
//! which words of the item stand there, or do not: their score is that of the whole. Filters are columns, read by blocks (see `reader/rows.rs`).

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

/// The tokenizer of every text field: none, for texts come to the engine as postings, see `writer/batch`.
const FED: &str = "raw";

/// Tag of the items of whose minutes and decisions it is kept which words do *not* stand there, those being fewer; and of the
/// items of whose agenda text it is. Most items are all minutes, or all agenda but for a word: so it takes a tenth of the room.
pub(crate) const BUT_MINUTES: &str = "p:minutes";
pub(crate) const BUT_AGENDA: &str = "p:agenda";

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
    /// The meeting's record as put, on its items and its head, see [`put`]; stored, the meeting's id alone.
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
    /// Stems of the item's minutes and decisions, where those are fewer than the others of the item.
    pub(crate) minutes: Field,
    /// The others, where they are fewer; see [`BUT_MINUTES`].
    pub(crate) not_minutes: Field,
    /// The same two for its agenda text.
    pub(crate) agenda: Field,
    pub(crate) not_agenda: Field,
    /// What each post said or did not, whichever is less: stems behind the post's place in the item, see [`speaker`] and
    /// [`not_speaker`].
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
    let indexed = |tokenizer, option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms),
        )
    };
    let raw = || indexed(FED, IndexRecordOption::Basic, false);
    let exact = || indexed(FED, IndexRecordOption::WithFreqsAndPositions, true);
    let stem = || indexed(FED, IndexRecordOption::WithFreqs, true);
    let there = || indexed(FED, IndexRecordOption::Basic, false);
    let column = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: s.add_text_field("id", raw()),
        meeting: s.add_text_field("meeting", raw().set_stored()),
        head: s.add_text_field("head", raw()),
        site: s.add_text_field("site", raw()),
        tag: s.add_text_field("tag", raw()),
        words: s.add_text_field("words", stem()),
        exact: s.add_text_field("exact", exact()),
        title: s.add_text_field("title", stem()),
        title_exact: s.add_text_field("title_exact", exact()),
        decided: s.add_text_field("decided", stem()),
        decided_exact: s.add_text_field("decided_exact", exact()),
        minutes: s.add_text_field("minutes", there()),
        not_minutes: s.add_text_field("not_minutes", there()),
        agenda: s.add_text_field("agenda", there()),
        not_agenda: s.add_text_field("not_agenda", there()),
        spoken: s.add_text_field("spoken", there()),
        record: s.add_text_field("record", TextOptions::default().set_stored()),
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

/// How many posts of one item are told apart by what they said: the others share the last place.
pub(crate) const VOICES: usize = 16;

/// The key behind which a post's spoken words are indexed: its place among the posts that speak in the item. Which post that
/// is, the tag [`voice`] says; so the words of all posts share one vocabulary.
pub(crate) fn speaker(place: usize) -> String {
    format!("{}:", place.min(VOICES - 1))
}

/// The key behind which the words of the item are indexed that a post did not say, where those are fewer; then [`not_voice`]
/// says which post that is.
pub(crate) fn not_speaker(place: usize) -> String {
    format!("{}-", place.min(VOICES - 1))
}

/// The tag of an item in which a post speaks at a place among its posts.
pub(crate) fn voice(place: usize, slug: &str) -> String {
    format!("b{}:{slug}", place.min(VOICES - 1))
}

/// The same where the words are kept that it did not say.
pub(crate) fn not_voice(place: usize, slug: &str) -> String {
    format!("B{}:{slug}", place.min(VOICES - 1))
}

/// What tells one put of a meeting from others: its id and its record's hash. What was put can be taken out by it without
/// touching what replaces it.
pub(crate) fn put(meeting: &str, hash: u64) -> String {
    format!("{meeting}{SEPARATOR}{hash:x}")
}
