//! The sample council: an invented metropolitan borough and its minutes from 2004 to 2026, served on loopback in ModernGov's shapes.
//!
//! It is the demonstration a newcomer sees, the test bed of crawler, extractor and search, and the source of screenshots. Everything is
//! deterministic: the texts are files under `texts/`, nothing reads a clock, and the same address always answers with the same bytes.
//! Ellerbrough, its people and its places are made up; the one real text is the scrutiny item on Elective Home Education (`texts/seed.txt`).
//! This module never crawls, extracts or indexes anything: it only plays the council's server.
//!
//! - [`council`] builds the council, [`respond`] answers one request (pure), [`serve`] puts it behind a socket;
//! - [`truth`] says what a faithful crawl must find, [`TRAPS`] where each planted difficulty lies.

mod ask;
mod build;
mod dates;
mod fill;
mod model;
mod numbering;
mod pages;
mod pdf;
mod procedure;
mod respond;
mod roster;
mod serve;
mod service;
mod texts;
mod traps;
mod truth;
mod word;

#[cfg(test)]
mod tests;

pub use build::{BuildError, council};
pub use model::{
    ArchiveShape, Attendee, Committee, Council, Document, Item, Meeting, MinutesAs, Part, Row,
    Stage, Status,
};
pub use respond::{Mode, Response, respond};
pub use serve::{router, serve};
pub use traps::{EXEMPT_WORDS, TRAPS, Trap};
pub use truth::{TruthItem, TruthMeeting, truth};
