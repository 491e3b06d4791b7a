//! Results to take along: CSV and JSON Lines of a whole result set, streamed, and Atom feeds of its newest items.

mod atom;
mod csv;
mod jsonl;
mod stream;

pub(crate) use atom::{committee, role, search as atom, topic};
pub(crate) use csv::csv;
pub(crate) use csv::{head as csv_head, line as csv_line};
pub(crate) use jsonl::jsonl;
pub(crate) use jsonl::line as json_line;
