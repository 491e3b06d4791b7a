//! A text analysed once for all the fields it goes to: its words as typed with their places, their stems, and which stems stand
//! in which stretch of it.
//!
//! Words and stems are numbered as they are met and numbers from then on: minutes use some ten thousand words, each looked up
//! once where it stands, however many fields it goes to.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::{Form, scan, stem};

/// Numbers from here on are no words: they say how many places farther on the next word stands than the place after the last,
/// and one, so that [`SAME`] is the last one's own place.
const MOVE: u32 = 1 << 31;
const SAME: u32 = MOVE;
/// The stem of a word that has none: an acronym in capitals.
pub(crate) const NO_STEM: u32 = u32::MAX;

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Analysed {
    /// Words as typed by number, acronyms in capitals and closed compounds too, with moves between them, see [`places`].
    pub(crate) words: Vec<u32>,
    /// Where each stem's word begins in the text, and the stem's number.
    stems: Vec<(u32, u32)>,
    /// How many of either stand in the head of the text.
    head: (usize, usize),
}

/// Analyses texts, remembering what it met.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    /// Number of each word met.
    words: HashMap<Box<str>, u32, Quick>,
    /// Number of each word's stem, by the word's number.
    stem_of: Vec<u32>,
    /// Number of each stem.
    stems: HashMap<Box<str>, u32, Quick>,
    /// By stem: the last list it was put in.
    listed: Vec<u32>,
    lists: u32,
}

impl Feed {
    /// Analyses a text, of which so many bytes are its head.
    pub(crate) fn analyse(&mut self, text: &str, head: usize, to: &mut Analysed) {
        to.words.clear();
        to.stems.clear();
        to.head = (0, 0);
        // The place expected next, if words simply follow each other.
        let mut next = 0;
        scan(text, |found| {
            if found.position + 1 == next {
                to.words.push(SAME);
            } else if found.position > next {
                to.words.push(MOVE + 1 + (found.position - next));
            }
            next = found.position + 1;
            let number = self.number(found.text, found.form);
            to.words.push(number);
            if found.form != Form::Capitals {
                let start = u32::try_from(found.start).unwrap_or(u32::MAX);
                to.stems.push((start, self.stem_of[number as usize]));
            }
            if found.start < head {
                to.head = (to.words.len(), to.stems.len());
            }
        });
    }

    fn number(&mut self, word: &str, form: Form) -> u32 {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let stem = if form == Form::Capitals { NO_STEM } else { self.stem_number(&stem(word)) };
        let number = count(self.stem_of.len());
        self.stem_of.push(stem);
        self.words.insert(word.into(), number);
        number
    }

    fn stem_number(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.stems.get(stem) {
            return *number;
        }
        let number = count(self.listed.len());
        self.listed.push(0);
        self.stems.insert(stem.into(), number);
        number
    }

    /// The stems that stand in some stretches of the text last analysed, each once.
    pub(crate) fn within(&mut self, text: &Analysed, stretches: &[Range<usize>]) -> Vec<u32> {
        self.lists = self.lists.wrapping_add(1);
        let mut list = Vec::new();
        for stretch in stretches {
            for (_, number) in text.stems_in(stretch) {
                self.list(*number, &mut list);
            }
        }
        list
    }

    /// The stems of the text last analysed that stand in none of some stretches, each once.
    pub(crate) fn outside(&mut self, text: &Analysed, stretches: &[Range<usize>]) -> Vec<u32> {
        self.lists = self.lists.wrapping_add(1);
        for stretch in stretches {
            for (_, number) in text.stems_in(stretch) {
                self.listed[*number as usize] = self.lists;
            }
        }
        let mut list = Vec::new();
        for (_, number) in &text.stems {
            self.list(*number, &mut list);
        }
        list
    }

    fn list(&mut self, number: u32, to: &mut Vec<u32>) {
        let listed = &mut self.listed[number as usize];
        if std::mem::replace(listed, self.lists) != self.lists {
            to.push(number);
        }
    }

    /// The number of each word's stem, or [`NO_STEM`], by the word's number.
    pub(crate) fn stem_of(&self) -> &[u32] {
        &self.stem_of
    }

    /// The words met, by number.
    pub(crate) fn words(&self) -> Vec<&str> {
        by_number(&self.words)
    }

    /// The stems met, by number.
    pub(crate) fn stems(&self) -> Vec<&str> {
        by_number(&self.stems)
    }
}

/// Texts by the numbers they have in a map that gave each the next one.
pub(crate) fn by_number(numbers: &HashMap<Box<str>, u32, Quick>) -> Vec<&str> {
    let mut texts = vec![""; numbers.len()];
    for (text, number) in numbers {
        texts[*number as usize] = text;
    }
    texts
}

/// A count as a number; there are never so many words that it matters.
fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(MOVE - 1).min(MOVE - 1)
}

impl Analysed {
    /// Stems, one for each word in order.
    pub(crate) fn stems(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.stems.iter().map(|(_, number)| *number)
    }

    /// Of the head alone: words and stems.
    pub(crate) fn head(&self) -> (&[u32], usize) {
        (&self.words[..self.head.0], self.head.1)
    }

    fn stems_in(&self, stretch: &Range<usize>) -> &[(u32, u32)] {
        let until = |end: usize| self.stems.partition_point(|(start, _)| (*start as usize) < end);
        self.stems.get(until(stretch.start)..until(stretch.end)).unwrap_or_default()
    }
}

/// The words of an analysed text with their places.
pub(crate) fn places(words: &[u32]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let mut next = 0_u32;
    words.iter().filter_map(move |number| {
        if *number >= MOVE {
            next = (next + (number - MOVE)).saturating_sub(1);
            return None;
        }
        next += 1;
        Some((*number, next - 1))
    })
}

/// The words of an analysed text without their places.
pub(crate) fn numbers(words: &[u32]) -> impl Iterator<Item = u32> + '_ {
    words.iter().copied().filter(|number| *number < MOVE)
}

/// A quick hash for words nobody chose to do harm: at worst a build is slow.
#[derive(Debug, Default)]
pub(crate) struct QuickHasher(u64);

/// Makes [`QuickHasher`]s.
pub(crate) type Quick = BuildHasherDefault<QuickHasher>;

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut add = |word: u64| {
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        };
        let mut eights = bytes.chunks_exact(8);
        for eight in &mut eights {
            add(eight.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        let rest = eights.remainder();
        if !rest.is_empty() {
            add(rest
                .iter()
                .rev()
                .fold(rest.len() as u64, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn finish(&self) -> u64 {
        // The table looks at the topmost bits and the lowest: both must tell.
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &Feed, words: &[u32]) -> Vec<(String, u32)> {
        let texts = feed.words();
        places(words).map(|(word, place)| (texts[word as usize].to_owned(), place)).collect()
    }

    fn stems(feed: &Feed, numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
        let texts = feed.stems();
        numbers.into_iter().map(|number| texts[number as usize].to_owned()).collect()
    }

    #[test]
    fn stems_leave_out_capitals_and_lists_hold_each_once() {
        let text = "Plans\u{1e}The EHE plans of planned homes";
        let (mut feed, mut found) = (Feed::default(), Analysed::default());
        feed.analyse(text, 5, &mut found);
        let all = stems(&feed, found.stems());
        let expected = ["plan", "the", "ehe", "plan", "of", "planned", "home"];
        assert_eq!(all, expected.map(|w| stem(w).into_owned()));
        assert!(read(&feed, &found.words).contains(&("EHE".to_owned(), 130)));
        assert_eq!(read(&feed, found.head().0), [("plans".to_owned(), 0)]);
        assert_eq!(found.head().1, 1);
        let inside = feed.within(&found, std::slice::from_ref(&(0..text.len())));
        assert_eq!(inside.len(), all.iter().collect::<std::collections::HashSet<_>>().len());
        let inside = feed.within(&found, std::slice::from_ref(&(0..5)));
        assert_eq!(stems(&feed, inside), ["plan"]);
        assert!(feed.within(&found, &[]).is_empty());
        let outside = feed.outside(&found, std::slice::from_ref(&(0..5)));
        assert_eq!(
            stems(&feed, outside),
            ["the", "ehe", "of", "home"].map(|w| stem(w).into_owned())
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_fed_is_what_was_scanned(text in "\\PC*[\u{300}\u{1e}'?&/.-]*\\PC*", more in "\\PC*") {
            let (mut feed, mut found) = (Feed::default(), Analysed::default());
            for text in [text, more] {
                feed.analyse(&text, 0, &mut found);
                let (mut words, mut stemmed) = (Vec::new(), Vec::new());
                scan(&text, |word| {
                    words.push((word.text.to_owned(), word.position));
                    if word.form != Form::Capitals {
                        stemmed.push(stem(word.text).into_owned());
                    }
                });
                assert_eq!(read(&feed, &found.words), words);
                assert_eq!(stems(&feed, found.stems()), stemmed);
                assert_eq!(numbers(&found.words).count(), words.len());
            }
        }
    }
}
