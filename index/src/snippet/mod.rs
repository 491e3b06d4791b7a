//! The best piece of an item for a query, with its matches marked, and where the query matched.

mod marker;
mod marks;
mod matching;
mod window;

pub use marker::Marker;
pub(crate) use marks::Marks;
pub(crate) use matching::{near, slips_apart};
use minutebook_record::{Item, Part};

use crate::meaning::Place as Window;
use crate::results::{Piece, Snippet};

/// How much more a resolution is worth than a passage that matches as well: a decision is what people came for.
const DECISION: f32 = 1.5;

/// The best passage or resolution of an item, and the places that matched, best first.
pub(crate) fn best(item: &Item, marks: &Marks) -> (Snippet, Vec<String>) {
    let (place, matched) = choose(item, marks);
    if place.score > 0.0 || marks.is_empty() {
        return (place.snippet(item, marks), matched);
    }
    // Found by its topic alone: show the words that told.
    let (own, mut matched) = match marks.with_evidence(item) {
        Some(own) => {
            let (place, _) = choose(item, &own);
            (place.snippet(item, &own), matched)
        }
        None => (place.snippet(item, marks), matched),
    };
    if marks.names_topic(item) {
        matched.push("topic".to_owned());
    }
    (own, matched)
}

/// The passage of a window that tells most of a query, or the longest where none does: for what was found by its meaning.
pub(crate) fn within(item: &Item, window: Window, marks: &Marks) -> Snippet {
    let (first, last) = (usize::from(window.first), usize::from(window.last));
    let passages = item.passages.iter().enumerate().take(last + 1).skip(first);
    let best = passages.max_by(|(_, a), (_, b)| {
        let score = |text: &str| matching::hold(text, marks).score;
        score(&a.text).total_cmp(&score(&b.text)).then(a.text.len().cmp(&b.text.len()))
    });
    let Some((at, passage)) = best else {
        return Place { score: 0.0, resolution: None, passage: None }.snippet(item, marks);
    };
    let skip = if at == first { usize::from(window.skip) } else { 0 };
    let from = window::nth_word(&passage.text, skip);
    let mut pieces = window::pieces(&passage.text[from..], marks);
    if from > 0 {
        pieces.insert(0, Piece { text: "… ".to_owned(), marked: false });
    }
    Snippet { anchor: item.anchors().into_iter().nth(at), label: None, pieces }
}

/// A place in an item and what it is worth.
#[derive(Debug, Clone, Copy)]
struct Place {
    score: f32,
    /// Index of the resolution, if it is one.
    resolution: Option<usize>,
    /// Index of the passage, if it is one.
    passage: Option<usize>,
}

fn choose(item: &Item, marks: &Marks) -> (Place, Vec<String>) {
    let mut worth: Vec<(f32, &str)> = vec![(matching::hold(&item.title, marks).score, "title")];
    let mut best = Place { score: 0.0, resolution: None, passage: None };
    for (at, resolution) in item.resolutions().iter().enumerate() {
        let score = matching::hold(&resolution.text, marks).score;
        worth.push((score, "resolution"));
        if score * DECISION > best.score {
            best = Place { score: score * DECISION, resolution: Some(at), passage: None };
        }
    }
    for (at, passage) in item.passages.iter().enumerate() {
        let score = matching::hold(&passage.text, marks).score;
        worth.push((
            score,
            match passage.part {
                Part::Minutes => "minutes",
                Part::Decision => "decision",
                Part::Agenda => "agenda",
            },
        ));
        if score > best.score
            || best.passage.is_none() && best.resolution.is_none() && score >= best.score
        {
            best = Place { score, resolution: None, passage: Some(at) };
        }
    }
    worth.retain(|(score, _)| *score > 0.0);
    worth.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut matched: Vec<String> = Vec::new();
    for (_, place) in worth {
        if !matched.iter().any(|known| known == place) {
            matched.push(place.to_owned());
        }
    }
    (best, matched)
}

impl Place {
    fn snippet(self, item: &Item, marks: &Marks) -> Snippet {
        if let Some(at) = self.resolution {
            let resolution = &item.resolutions()[at];
            return Snippet {
                anchor: item.resolution_anchors().into_iter().nth(at),
                label: resolution.label.clone(),
                pieces: window::pieces(&resolution.text, marks),
            };
        }
        let Some(at) = self.passage else {
            let pieces = vec![Piece { text: item.title.clone(), marked: false }];
            return Snippet { anchor: None, label: None, pieces };
        };
        Snippet {
            anchor: Some(anchor_at(item, at)),
            label: None,
            pieces: window::pieces(&item.passages[at].text, marks),
        }
    }
}

/// One passage's anchor as [`Item::anchors`] makes it, without hashing all the others.
fn anchor_at(item: &Item, at: usize) -> String {
    let passage = &item.passages[at];
    let before = item.passages[..at].iter().filter(|other| *other == passage).count();
    let anchor = passage.anchor();
    if before == 0 { anchor } else { format!("{anchor}-{}", before + 1) }
}

#[cfg(test)]
mod tests {
    use minutebook_record::Passage;

    use super::*;

    #[test]
    fn one_anchor_is_the_one_of_all() {
        let passage = |text: &str| Passage { part: Part::Minutes, text: text.to_owned() };
        let passages = ["a", "b", "a", "a"].map(passage).to_vec();
        let item = Item { passages, ..Item::default() };
        let each: Vec<String> = (0..4).map(|at| anchor_at(&item, at)).collect();
        assert_eq!(each, item.anchors());
    }
}
