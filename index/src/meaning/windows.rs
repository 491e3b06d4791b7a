//! What of an item is embedded: windows of some 130 words over its passages, the title before each.
//!
//! Short passages share a window, long ones are cut into several that overlap. Pure.

use minutebook_record::Item;

/// Words in a window: with the title they make some 190 tokens, the length the model was measured at (November 2026).
const WORDS: usize = 130;
/// Words from the beginning of a window to that of the next one in the same passage.
const STEP: usize = 110;
/// Words of the title that are put before each window.
const TITLE: usize = 30;

/// Where a window stands in its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its first passage.
    pub(crate) first: u16,
    /// Its last passage.
    pub(crate) last: u16,
    /// Words of the first passage before it.
    pub(crate) skip: u16,
}

/// A window with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) place: Place,
    /// The title and the words.
    pub(crate) text: String,
}

/// The windows of an item, in order; the title alone where there is no passage.
pub(crate) fn windows(item: &Item) -> Vec<Window> {
    let title: Vec<&str> = item.title.split_whitespace().take(TITLE).collect();
    let mut cut =
        Cut { title: title.join(" "), words: Vec::new(), place: place(0, 0), all: Vec::new() };
    for (at, passage) in item.passages.iter().enumerate() {
        let words: Vec<&str> = passage.text.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        if cut.words.len() + words.len() > WORDS {
            cut.close();
        }
        let mut skip = 0;
        while words.len() - skip > WORDS {
            cut.words.extend(&words[skip..skip + WORDS]);
            cut.place = Place { last: short(at), ..place(at, skip) };
            cut.close();
            skip += STEP;
        }
        if cut.words.is_empty() {
            cut.place = place(at, skip);
        }
        cut.place.last = short(at);
        cut.words.extend(&words[skip..]);
    }
    cut.close();
    if cut.all.is_empty() {
        cut.all.push(Window { place: place(0, 0), text: cut.title });
    }
    cut.all
}

struct Cut<'a> {
    title: String,
    words: Vec<&'a str>,
    place: Place,
    all: Vec<Window>,
}

impl Cut<'_> {
    fn close(&mut self) {
        if !self.words.is_empty() {
            let text = format!("{}. {}", self.title, self.words.join(" "));
            self.all.push(Window { place: self.place, text });
            self.words.clear();
        }
    }
}

fn place(passage: usize, skip: usize) -> Place {
    Place { first: short(passage), last: short(passage), skip: short(skip) }
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_record::{Part, Passage};

    fn item(passages: &[usize]) -> Item {
        let passages = passages.iter().enumerate().map(|(at, words)| Passage {
            text: (0..*words).map(|word| format!("w{at}-{word}")).collect::<Vec<_>>().join(" "),
            part: Part::Minutes,
        });
        Item { title: "Potholes".to_owned(), passages: passages.collect(), ..Item::default() }
    }

    fn places(passages: &[usize]) -> Vec<(u16, u16, u16)> {
        let windows = windows(&item(passages));
        windows.iter().map(|w| (w.place.first, w.place.last, w.place.skip)).collect()
    }

    #[test]
    fn short_passages_share_a_window_and_long_ones_overlap() {
        assert_eq!(places(&[10, 20]), [(0, 1, 0)]);
        assert_eq!(places(&[100, 40, 10]), [(0, 0, 0), (1, 2, 0)]);
        assert_eq!(places(&[300]), [(0, 0, 0), (0, 0, 110), (0, 0, 220)]);
        assert_eq!(places(&[20, 200, 5]), [(0, 0, 0), (1, 1, 0), (1, 2, 110)]);
        assert_eq!(places(&[130]), [(0, 0, 0)]);
    }

    #[test]
    fn every_word_is_in_a_window_and_the_title_before_it() {
        let item = item(&[7, 131, 0, 400, 2]);
        let windows = windows(&item);
        for word in item.passages.iter().flat_map(|p| p.text.split_whitespace()) {
            let held = |w: &Window| w.text.split_whitespace().any(|held| held == word);
            assert!(windows.iter().any(held), "{word}");
        }
        assert!(windows.iter().all(|w| w.text.starts_with("Potholes. w")));
        assert!(windows.iter().all(|w| w.text.split_whitespace().count() <= WORDS + 1));
    }

    #[test]
    fn an_item_without_words_is_its_title() {
        assert_eq!(windows(&item(&[]))[0].text, "Potholes");
        assert_eq!(windows(&item(&[0])).len(), 1);
    }
}
