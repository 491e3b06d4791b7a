//! What stands in documents by number, in the order it came, and turned round: the documents in which each number stands.

use std::collections::HashMap;

use crate::analysis::feed::{Quick, by_number, places};

/// Numbers of words or the like, document by document.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: Vec<u32>,
    /// Documents that have any, in order, and where their entries end.
    ends: Vec<(u32, u32)>,
}

impl Log {
    /// Adds what stands in a document, which is not before the last one's.
    pub(super) fn add(&mut self, doc: u32, entries: impl IntoIterator<Item = u32>) {
        self.entries.extend(entries);
        let end = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        match self.ends.last_mut() {
            Some(last) if last.0 == doc => last.1 = end,
            _ => self.ends.push((doc, end)),
        }
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Each document with what stands in it.
    pub(super) fn docs(&self) -> impl Iterator<Item = (u32, &[u32])> + Clone {
        let mut from = 0;
        self.ends.iter().map(move |(doc, end)| {
            let entries = &self.entries[from..*end as usize];
            from = *end as usize;
            (*doc, entries)
        })
    }
}

/// Texts met in documents, such as ids, numbered and logged.
#[derive(Debug, Default)]
pub(super) struct Texts {
    numbers: HashMap<Box<str>, u32, Quick>,
    pub(super) log: Log,
}

impl Texts {
    /// Adds a text that stands in a document.
    pub(super) fn add(&mut self, doc: u32, text: &str) {
        let number = if let Some(number) = self.numbers.get(text) {
            *number
        } else {
            let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(text.into(), number);
            number
        };
        self.log.add(doc, [number]);
    }

    /// The texts by number.
    pub(super) fn texts(&self) -> Vec<&str> {
        by_number(&self.numbers)
    }
}

/// The documents in which each number stands, in order, as often as it stands there.
pub(super) struct ByNumber {
    starts: Vec<u32>,
    docs: Vec<u32>,
    /// Beside each document the place, where places are kept.
    places: Vec<u32>,
}

impl ByNumber {
    /// Turns a log of numbers below `most` round; `each` says what an entry counts as, if anything.
    pub(super) fn of(log: &Log, most: usize, each: impl Fn(u32) -> Option<u32>) -> ByNumber {
        let all = || log.docs().flat_map(|(doc, all)| all.iter().map(move |entry| (doc, *entry)));
        let all = || all().filter_map(|(doc, entry)| Some((doc, each(entry)?)));
        let mut to = room(most, all().map(|(_, number)| number));
        let mut docs = vec![0; *to.last().unwrap_or(&0) as usize];
        for (doc, number) in all() {
            let at = &mut to[number as usize];
            docs[*at as usize] = doc;
            *at += 1;
        }
        ByNumber { starts: to, docs, places: Vec::new() }
    }

    /// Turns a log of words with moves between them round.
    pub(super) fn with_places(log: &Log, most: usize) -> ByNumber {
        let words = log.docs().flat_map(|(_, all)| places(all).map(|(word, _)| word));
        let mut to = room(most, words);
        let mut docs = vec![0; *to.last().unwrap_or(&0) as usize];
        let mut stands = docs.clone();
        for (doc, all) in log.docs() {
            for (word, place) in places(all) {
                let at = &mut to[word as usize];
                docs[*at as usize] = doc;
                stands[*at as usize] = place;
                *at += 1;
            }
        }
        ByNumber { starts: to, docs, places: stands }
    }

    /// The documents of a number, and their places.
    pub(super) fn get(&self, number: u32) -> (&[u32], &[u32]) {
        // Filling moved each beginning to its end, which is where the next one begins.
        let end = |number: usize| self.starts[number] as usize;
        let number = number as usize;
        let range = number.checked_sub(1).map_or(0, end)..end(number);
        let places = self.places.get(range.clone()).unwrap_or_default();
        (&self.docs[range], places)
    }

    /// How many numbers stand anywhere, with repetitions.
    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }
}

/// Where each number's entries begin, and behind the last where all end.
fn room(most: usize, numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; most + 1];
    for number in numbers {
        starts[number as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_turned_round_says_the_same() {
        let mut log = Log::default();
        log.add(0, [2, 0, 2]);
        log.add(3, []);
        log.add(3, [1]);
        log.add(3, [2]);
        let turned = ByNumber::of(&log, 4, Some);
        assert_eq!(turned.get(0).0, [0]);
        assert_eq!(turned.get(1).0, [3]);
        assert_eq!(turned.get(2).0, [0, 0, 3]);
        assert!(turned.get(3).0.is_empty());
        let odd = ByNumber::of(&log, 4, |n| (n != 2).then_some(n + 1));
        assert_eq!((odd.get(1).0, odd.get(2).0, odd.len()), (&[0_u32][..], &[3_u32][..], 2));
        let placed = ByNumber::with_places(&log, 4);
        assert_eq!(placed.get(2), (&[0, 0, 3][..], &[0, 2, 1][..]));
    }

    #[test]
    fn texts_are_numbered_once() {
        let mut texts = Texts::default();
        for (doc, text) in [(0, "b"), (0, "a"), (1, "b")] {
            texts.add(doc, text);
        }
        assert_eq!(texts.texts(), ["b", "a"]);
        assert_eq!(ByNumber::of(&texts.log, 2, Some).get(0).0, [0, 1]);
    }
}
