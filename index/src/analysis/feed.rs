//! A text analysed once for all the fields it goes to: its words as typed with their places, their stems, and which stems stand
//! in which stretch of it.
//!
//! The engine is given what was found in a plain encoding ([`Fed`](super::tokenizer) reads it back), so that no text is
//! scanned, folded or stemmed twice. Stems are numbered and remembered: minutes use some ten thousand words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::{Form, scan, stem};

/// Ends each word of an encoded text.
pub(super) const END: char = '\n';
/// Before a word: it stands at the same place as the one before.
pub(super) const SAME: u8 = 1;
/// Before a word: it stands so many places farther on.
pub(super) const FAR: u8 = 2;
pub(super) const FAR_WIDTH: usize = super::BREAK_WIDTH as usize;
/// Before a word: one place was left out.
pub(super) const GAP: u8 = 3;

/// Most words remembered; when there are more, all are forgotten, which costs time and nothing else.
const REMEMBERED: usize = 400_000;

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Analysed {
    /// Words as typed, acronyms in capitals and closed compounds too, with their places; encoded.
    pub(crate) exact: String,
    /// Stems, one for each word; encoded.
    pub(crate) stems: String,
    /// Where each stem's word begins in the text, and the stem's number.
    at: Vec<(u32, u32)>,
}

/// Analyses texts, remembering what it met.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    /// Number of the stem of each word met.
    words: HashMap<Box<str>, u32, Quick>,
    /// Number of each stem.
    numbers: HashMap<Box<str>, u32, Quick>,
    /// Stem by number.
    stems: Vec<Box<str>>,
    /// By stem: the last list it was put in.
    listed: Vec<u32>,
    lists: u32,
}

impl Feed {
    /// Analyses a text.
    pub(crate) fn analyse(&mut self, text: &str, to: &mut Analysed) {
        if self.words.len() > REMEMBERED {
            *self = Self::default();
        }
        to.exact.clear();
        to.stems.clear();
        to.at.clear();
        // The place expected next, if words simply follow each other.
        let mut next = 0;
        scan(text, |found| {
            let place = found.position as usize;
            if place + 1 == next {
                to.exact.push(SAME as char);
            } else {
                let ahead = place.saturating_sub(next);
                (0..ahead / FAR_WIDTH).for_each(|_| to.exact.push(FAR as char));
                (0..ahead % FAR_WIDTH).for_each(|_| to.exact.push(GAP as char));
            }
            next = place + 1;
            to.exact.push_str(found.text);
            to.exact.push(END);
            if found.form != Form::Capitals {
                let number = self.number(found.text);
                to.stems.push_str(&self.stems[number as usize]);
                to.stems.push(END);
                to.at.push((u32::try_from(found.start).unwrap_or(u32::MAX), number));
            }
        });
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let stem = stem(word);
        let number = if let Some(number) = self.numbers.get(&*stem) {
            *number
        } else {
            let number = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
            self.stems.push(stem.as_ref().into());
            self.listed.push(0);
            self.numbers.insert(stem.as_ref().into(), number);
            number
        };
        self.words.insert(word.into(), number);
        number
    }

    /// The stems that stand in some stretches of the text last analysed, each once, every one behind a key; encoded.
    pub(crate) fn within(
        &mut self,
        text: &Analysed,
        stretches: &[Range<usize>],
        key: &str,
    ) -> String {
        self.lists = self.lists.wrapping_add(1);
        let mut list = String::new();
        for stretch in stretches {
            for (_, number) in text.stems_in(stretch) {
                self.list(*number, key, &mut list);
            }
        }
        list
    }

    /// The stems of the text last analysed that stand in none of some stretches, each once; encoded.
    pub(crate) fn outside(&mut self, text: &Analysed, stretches: &[Range<usize>]) -> String {
        self.lists = self.lists.wrapping_add(1);
        for stretch in stretches {
            for (_, number) in text.stems_in(stretch) {
                self.listed[*number as usize] = self.lists;
            }
        }
        let mut list = String::new();
        for (_, number) in &text.at {
            self.list(*number, "", &mut list);
        }
        list
    }

    fn list(&mut self, number: u32, key: &str, to: &mut String) {
        let listed = &mut self.listed[number as usize];
        if std::mem::replace(listed, self.lists) != self.lists {
            to.push_str(key);
            to.push_str(&self.stems[number as usize]);
            to.push(END);
        }
    }
}

impl Analysed {
    fn stems_in(&self, stretch: &Range<usize>) -> &[(u32, u32)] {
        let until = |end: usize| self.at.partition_point(|(start, _)| (*start as usize) < end);
        self.at.get(until(stretch.start)..until(stretch.end)).unwrap_or_default()
    }
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
