//! The best piece of an item for a query, with its matches marked, and where the query matched.

mod marker;
mod marks;

pub use marker::Marker;
pub(crate) use marks::Marks;
use minutebook_record::{Item, Part};

use crate::results::{Piece, Snippet};

/// Longest snippet, in characters, give or take a word.
const LENGTH: usize = 260;

/// The best passage or resolution and the places that matched, best first.
pub(crate) fn best(item: &Item, marks: &Marks) -> (Snippet, Vec<String>) {
    let mut matched = Vec::new();
    let mut note = |place: &str, score: f32| {
        if score > 0.0 && !matched.iter().any(|m| m == place) {
            matched.push(place.to_owned());
        }
    };
    note("title", marks.score(&item.title));
    let mut best: Option<(f32, Snippet)> = None;
    let resolution_anchors = item.resolution_anchors();
    for (resolution, anchor) in item.resolutions().iter().zip(resolution_anchors) {
        let score = marks.score(&resolution.text);
        note("resolution", score);
        // A decision is what people came for: it wins over a passage that matches as well.
        if score > 0.0 && best.as_ref().is_none_or(|(top, _)| score * 1.5 > *top) {
            let snippet = Snippet {
                anchor: Some(anchor),
                label: resolution.label.clone(),
                pieces: marks.pieces(&resolution.text, LENGTH),
            };
            best = Some((score * 1.5, snippet));
        }
    }
    for (passage, anchor) in item.passages.iter().zip(item.anchors()) {
        let score = marks.score(&passage.text);
        note(
            match passage.part {
                Part::Minutes => "minutes",
                Part::Decision => "decision",
                Part::Agenda => "agenda",
            },
            score,
        );
        let first = best.is_none() && score >= 0.0;
        if first || best.as_ref().is_some_and(|(top, _)| score > *top) {
            let pieces = marks.pieces(&passage.text, LENGTH);
            best = Some((score, Snippet { anchor: Some(anchor), label: None, pieces }));
        }
    }
    let snippet = best.map(|(_, snippet)| snippet).unwrap_or_else(|| Snippet {
        anchor: None,
        label: None,
        pieces: vec![Piece { text: item.title.clone(), marked: false }],
    });
    (snippet, matched)
}
