//! The integration tests, one module a subject.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::too_many_lines,
    clippy::assigning_clones,
    clippy::format_collect,
    reason = "records written out by hand are long and plain"
)]

mod archive; // killed, locked, full, spoilt: what is kept stays whole, and goes on
mod bad_input; // what broken sites, pages, folders and records get
mod contract; // the main job through each route, against the sample's truth
mod docs; // what the documents name is there, every command and route is documented
mod layering; // arrows between packages, banned words by folder, file sizes
mod retrieval; // how well the judged queries are answered
mod sample; // the sample council read by the extractor, word for word
mod seed; // the one real item, from two saved pages to a citation
mod support; // the rig
mod web; // the website and the JSON API over a small council written by hand
