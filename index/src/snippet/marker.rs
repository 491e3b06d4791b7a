//! Marking the words of a search in a whole text, by the same analysis that found it.

use super::Marks;
use crate::results::Piece;
use crate::{Index, Search, engine};

/// The words of one search, ready to be marked in any number of texts.
#[derive(Debug, Clone)]
pub struct Marker {
    marks: Marks,
}

impl Index {
    /// A marker for a search's words. It holds no index state.
    pub fn marker(&self, search: &Search) -> Marker {
        Marker { marks: engine::marks(&self.snapshot(), search) }
    }
}

impl Marker {
    /// The whole of a text in pieces, every match marked. Joined, the pieces are the text.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        super::window::whole(text, &self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Node;

    #[test]
    fn joined_pieces_are_the_text() {
        let nodes = vec![Node::Word("children".to_owned()), Node::Phrase("ŵy".to_owned())];
        let marker = Marker { marks: Marks::of(Some(&Node::All(nodes)), |_| 1.0) };
        for text in ["", "Children’s services for children", "ŵy", "no such word", "😀 children"]
        {
            let pieces = marker.mark(text);
            assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), text);
        }
        let shown = marker.mark("For children only");
        assert_eq!(shown.iter().filter(|p| p.marked).count(), 1);
    }
}
