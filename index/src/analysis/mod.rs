//! From text to the words that are indexed and searched: one set of rules for minutes, queries and snippets.
//!
//! `scan` finds the words of a text as they are compared (lower case, accents folded, possessive dropped, compounds kept
//! findable both ways); `stem` brings inflections together; `feed` does both once for all fields of a text. Nothing here knows
//! the index.

pub(crate) mod feed;
pub mod scan;
pub mod stem;

pub use scan::{Form, Found, scan, words};
pub use stem::stem;

/// Stands between the paragraphs of an item in indexed text: no phrase reaches across it.
pub const BREAK: char = '\u{1e}';

/// How many positions a [`BREAK`] is wide: more than any `NEAR/n` may reach.
pub const BREAK_WIDTH: u32 = 128;
