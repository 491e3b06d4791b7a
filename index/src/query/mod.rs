//! The query language: text in, a plain tree out, and a sentence that says the tree back.
//!
//! Pure: what councils, posts and committees there are comes in as an argument. Nothing here knows the engine.

mod parse;
mod tree;

pub(crate) use parse::parse;
pub use tree::{Node, Parsed};
