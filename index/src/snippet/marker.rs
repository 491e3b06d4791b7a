//! Marking the words of a search in a whole text, by the same analysis that found it.

use super::Marks;
use crate::results::Piece;
use crate::{Index, Search, query};

/// The words of one search, ready to be marked in any number of texts.
#[derive(Debug, Clone)]
pub struct Marker {
    marks: Marks,
}

impl Index {
    /// A marker for a search's words. It holds no index state.
    pub fn marker(&self, search: &Search) -> Marker {
        let parsed = query::parse(&search.text);
        Marker { marks: Marks::of(parsed.tree.as_ref()) }
    }
}

impl Marker {
    /// The whole of a text in pieces, every match marked. Joined, the pieces are the text.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        self.marks.whole(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_pieces_are_the_text() {
        let marker = Marker { marks: Marks::of(query::parse("children \"ŵy\"").tree.as_ref()) };
        for text in ["", "Children’s services for children", "ŵy", "no such word", "😀 children"]
        {
            let pieces = marker.mark(text);
            assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), text);
        }
        let marked = marker.mark("For children only");
        assert_eq!(marked.iter().filter(|p| p.marked).count(), 1);
    }
}
