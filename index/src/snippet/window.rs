//! The stretch of a text that shows most of what was looked for.

use super::marks::Marks;
use super::matching::hold;
use crate::results::Piece;

/// Longest snippet, in bytes, give or take a word.
const LENGTH: usize = 280;
/// How much is shown before the first match, where there is more.
const LEAD: usize = 70;

/// The best stretch of a text, in pieces.
pub(super) fn pieces(text: &str, marks: &Marks) -> Vec<Piece> {
    let spans = hold(text, marks).spans;
    let (from, to) = stretch(text, &spans, marks);
    let mut pieces = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    if from > 0 {
        push("… ", false);
    }
    let mut at = from;
    for (start, end, _) in spans {
        if start >= at && end <= to {
            push(&text[at..start], false);
            push(&text[start..end], true);
            at = end;
        }
    }
    push(&text[at..to], false);
    if to < text.len() {
        push(" …", false);
    }
    pieces
}

/// The whole of a text in pieces, every match marked.
pub(super) fn whole(text: &str, marks: &Marks) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for (start, end, _) in hold(text, marks).spans {
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    push(&text[at..], false);
    pieces
}

fn stretch(text: &str, spans: &[(usize, usize, usize)], marks: &Marks) -> (usize, usize) {
    if text.len() <= LENGTH + LEAD {
        return (0, text.len());
    }
    let mut best = (0.0, 0);
    for (at, (start, ..)) in spans.iter().enumerate() {
        let within = spans[at..].iter().take_while(|(_, end, _)| *end <= start + LENGTH - LEAD);
        let mut groups: Vec<usize> = within.map(|(.., group)| *group).collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let many = groups.len() as f32 * 0.01;
        groups.sort_unstable();
        groups.dedup();
        let worth = groups.iter().map(|group| marks.groups[*group].weight).sum::<f32>() + many;
        if worth > best.0 {
            best = (worth, *start);
        }
    }
    let from = if best.1 <= LEAD { 0 } else { word_start(text, best.1 - LEAD) };
    (from, word_end(text, from, (from + LENGTH).min(text.len())))
}

/// Where a word of a text begins, by its number; 0 where there are fewer.
pub(super) fn nth_word(text: &str, number: usize) -> usize {
    let mut after_space = true;
    let starts = text.char_indices().filter(|(_, c)| {
        let starts = after_space && !c.is_whitespace();
        after_space = c.is_whitespace();
        starts
    });
    starts.map(|(at, _)| at).nth(number).unwrap_or_default()
}

/// The beginning of the word at or after a place.
fn word_start(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[at..].find(' ').map_or(at, |space| at + space + 1)
}

/// The end of the word at or before a place; in a text without spaces the place itself.
fn word_end(text: &str, from: usize, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if at == text.len() {
        return at;
    }
    text[from..at].rfind(' ').filter(|space| *space > 0).map_or(at, |space| from + space)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Node;

    fn marked(text: &str, words: &[&str]) -> (String, Vec<String>) {
        let nodes = words.iter().map(|word| Node::Word((*word).to_owned())).collect();
        let marks = Marks::of(Some(&Node::All(nodes)), |_| 1.0);
        let pieces = pieces(text, &marks);
        let marked = pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.clone());
        (pieces.iter().map(|piece| piece.text.as_str()).collect(), marked.collect())
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        let text = "Members asked about the fly-tipping in Children\u{2019}s parks.";
        let (shown, marks) = marked(text, &["flytipping", "child", "park"]);
        assert_eq!(shown, text);
        assert_eq!(marks, ["fly-tipping", "Children\u{2019}s", "parks"]);
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_the_matches() {
        let text =
            format!("{} the library roof leaks {}", "word ".repeat(100), "more ".repeat(100));
        let (shown, marks) = marked(&text, &["libraries", "roofs"]);
        assert!(shown.starts_with("… word ") && shown.ends_with(" more …"), "{shown}");
        assert!(shown.len() < LENGTH + 20);
        assert_eq!(marks, ["library", "roof"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_shown_without_loss_of_its_words(text in "\\PC{0,900}", word in "\\PC{1,9}") {
            let (shown, marks) = marked(&text, &[&word]);
            for mark in marks {
                assert!(text.contains(&mark));
            }
            assert!(text.contains(shown.trim_start_matches("… ").trim_end_matches(" …")));
        }
    }
}
