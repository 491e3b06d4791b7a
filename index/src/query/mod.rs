//! The query language: text in, a plain tree out, and a sentence that says the tree back.
//!
//! Pure: what councils, posts and committees there are comes in as an argument. Nothing here knows the engine.

mod bags;
mod company;
mod dates;
mod fields;
mod framing;
mod function;
mod lex;
mod lexicon;
mod names;
mod parse;
mod readings;
mod say;
mod spans;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use framing::names;
pub use lexicon::{Body, Lexicon, Post};
pub(crate) use parse::{Context, parse};
#[cfg(test)]
pub(crate) use tree::Loosely;
pub use tree::{Condition, Node, Parsed, ShortForm, Span};
