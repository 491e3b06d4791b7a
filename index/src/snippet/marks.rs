//! What of a text matches a query, word by word.

use std::collections::HashSet;

use crate::analysis::{Form, scan, stem};
use crate::query::Node;
use crate::results::Piece;

/// The words of a query to be marked in a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    stems: HashSet<String>,
    exact: HashSet<String>,
}

impl Marks {
    /// What a tree looks for.
    pub(crate) fn of(tree: Option<&Node>) -> Self {
        let mut marks = Marks::default();
        if let Some(tree) = tree {
            marks.add(tree);
        }
        marks
    }

    fn add(&mut self, node: &Node) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.add(node)),
            Node::Word(word) => scan(word, |found| {
                if found.form != Form::Capitals {
                    self.stems.insert(stem(found.text).into_owned());
                }
            }),
            Node::Phrase(phrase) => self.exact.extend(crate::analysis::words(phrase)),
            _ => {}
        }
    }

    fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        scan(text, |found| {
            let hit = found.form != Form::Capitals
                && (self.stems.contains(stem(found.text).as_ref())
                    || self.exact.contains(found.text));
            if hit && spans.last().is_none_or(|last| last.1 <= found.start) {
                spans.push((found.start, found.end));
            }
        });
        spans
    }

    /// How well a text matches; 0 where it does not.
    pub(crate) fn score(&self, text: &str) -> f32 {
        let mut seen = HashSet::new();
        scan(text, |found| {
            let stemmed = stem(found.text);
            if self.stems.contains(stemmed.as_ref()) || self.exact.contains(found.text) {
                seen.insert(stemmed.into_owned());
            }
        });
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let score = seen.len() as f32;
        score
    }

    /// The whole text in pieces, every match marked.
    pub(super) fn whole(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (start, end) in self.spans(text) {
            if start > at {
                pieces.push(Piece { text: text[at..start].to_owned(), marked: false });
            }
            pieces.push(Piece { text: text[start..end].to_owned(), marked: true });
            at = end;
        }
        if at < text.len() {
            pieces.push(Piece { text: text[at..].to_owned(), marked: false });
        }
        pieces
    }

    /// The text around its first match, in pieces.
    pub(crate) fn pieces(&self, text: &str, length: usize) -> Vec<Piece> {
        let spans = self.spans(text);
        let first = spans.first().map_or(0, |span| span.0);
        let mut from = first.saturating_sub(length / 3);
        while from > 0 && !(text.is_char_boundary(from) && text[..from].ends_with(' ')) {
            from -= 1;
        }
        let mut to = (from + length).min(text.len());
        while to < text.len() && !(text.is_char_boundary(to) && text[to..].starts_with(' ')) {
            to += 1;
        }
        let mut pieces = Vec::new();
        let mut push = |text: &str, marked| {
            if !text.is_empty() {
                pieces.push(Piece { text: text.to_owned(), marked });
            }
        };
        if from > 0 {
            push("… ", false);
        }
        let mut at = from;
        for (start, end) in spans.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
            push(&text[at..start], false);
            push(&text[start..end], true);
            at = end;
        }
        push(&text[at..to], false);
        if to < text.len() {
            push(" …", false);
        }
        pieces
    }
}
