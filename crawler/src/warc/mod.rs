//! WARC 1.1: the archive for other programs' tools, and other programs' archives for us.
//!
//! A response record holds the answer as it was kept (content decoding undone is not redone: the header says how long the body is), a
//! metadata record beside it says what we made of it, and answers without a body worth keeping are a metadata record alone.

mod base32;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use self::read::{Capture, WarcReadError, read};
pub use self::write::{WarcError, write};
