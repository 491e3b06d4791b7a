//! From text to tree.

use super::tree::{Node, Parsed};
use crate::analysis;

/// Reads a query.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut all = Vec::new();
    for (at, piece) in minutebook_record::text::plain_marks(text).split('"').enumerate() {
        if at % 2 == 1 {
            if !analysis::words(piece).is_empty() {
                all.push(Node::Phrase(piece.to_owned()));
            }
            continue;
        }
        for word in piece.split_whitespace() {
            if !analysis::words(word).is_empty() {
                all.push(Node::Word(word.to_owned()));
            }
        }
    }
    let tree = if all.is_empty() { None } else { Some(Node::All(all)) };
    Parsed { tree, notices: Vec::new() }
}
