//! From a site's published pages to records.
//!
//! Three stages, each with its own folder, joined by plain values:
//!
//! 1. `crawl` asks a site for its pages, politely, and keeps every answer in the `archive` (a page is kept for ever);
//! 2. `extract` reads one page at a time and `assemble` joins what belongs to one meeting (pure functions of bytes);
//! 3. `understand` derives resolutions, roles and topics from an assembled meeting's text (pure as well).
//!
//! `records` runs 2 and 3 over an archive. This crate knows nothing of searching.

pub mod address;
pub mod archive;
pub mod assemble;
pub mod clock;
pub mod crawl;
pub mod extract;
pub mod fetch;
pub mod import;
pub mod outcome;
pub mod pace;
pub mod page;
mod pattern;
pub mod pdf;
mod people;
pub mod records;
pub mod robots;
pub mod suppress;
pub mod understand;
pub mod warc;
