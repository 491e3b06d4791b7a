//! The domain of Minutebook: what a council's published minutes are, to us.
//!
//! Meetings and their items, passages, resolutions, roles and topics, the identifiers that name them, the
//! vocabularies they are read with, and the published record format (JSON Lines, one meeting a line).
//!
//! This crate never touches HTTP, HTML, the search engine, files or the clock. Everyone may depend on it; it depends on nobody.

mod error;
pub mod file;
pub mod id;
mod item;
mod meeting;
pub mod month;
mod resolution;
mod role;
pub mod text;
pub mod vocabulary;

pub use error::RecordError;
pub use item::{Document, Doubt, Item, Part, Passage, Standing, TopicTag};
pub use meeting::{Acronym, Attendance, AttendanceStatus, Committee, Meeting, Source, Status};
pub use resolution::{
    CastingVote, Kind, NamedVote, Reference, Request, Resolution, Vote, VoteOutcome,
};
pub use role::{Holder, How, Qualifier, RoleMention, VerbClass};

/// The number of the record format written by this crate.
///
/// History: 1, November 2026, the first.
pub const FORMAT: u32 = 1;
