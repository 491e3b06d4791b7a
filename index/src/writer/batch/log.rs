//! What stands in documents by number, in the order it came, and turned round: the documents in which each number stands.

use std::collections::HashMap;
use std::ops::Range;

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
    fn docs(&self) -> impl Iterator<Item = (u32, &[u32])> {
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
    /// Adds a text that stands in a document; whether it is the first to hold it.
    pub(super) fn add(&mut self, doc: u32, text: &str) -> bool {
        let known = self.numbers.get(text).copied();
        let number = known.unwrap_or_else(|| {
            let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(text.into(), number);
            number
        });
        self.log.add(doc, [number]);
        known.is_none()
    }

    /// The texts by number.
    pub(super) fn texts(&self) -> Vec<&str> {
        by_number(&self.numbers)
    }
}

/// The rank of an entry that stands for nothing.
pub(super) const NONE: u32 = u32::MAX;

/// A log to be turned round by rank, a stretch of ranks at a time: turned round whole it would take twice its own room again.
pub(super) struct Turning<'a> {
    log: &'a Log,
    /// By entry: its rank, or [`NONE`], as for every entry beyond.
    ranks: &'a [u32],
    with_places: bool,
    /// How often each rank stands anywhere.
    times: Vec<u32>,
}

/// The documents in which each rank of a stretch stands, in order, as often as it stands there.
pub(super) struct Turned {
    first: usize,
    /// Where each rank's documents end.
    ends: Vec<u32>,
    docs: Vec<u32>,
    /// Beside each document the place, where places are kept.
    places: Vec<u32>,
}

impl<'a> Turning<'a> {
    /// Counts a log's ranks, which are below `most`.
    pub(super) fn new(log: &'a Log, ranks: &'a [u32], most: usize, with_places: bool) -> Self {
        let mut turning = Turning { log, ranks, with_places, times: Vec::new() };
        let mut times = vec![0; most];
        turning.each(|_, rank, _| times[rank as usize] += 1);
        turning.times = times;
        turning
    }

    /// How many ranks stand anywhere, with repetitions.
    pub(super) fn len(&self) -> usize {
        self.times.iter().map(|times| *times as usize).sum()
    }

    /// How often a rank stands anywhere.
    pub(super) fn times(&self, rank: usize) -> usize {
        self.times[rank] as usize
    }

    /// Stretches that have no more than so many entries each, but for those of a single rank.
    pub(super) fn stretches(&self, most: usize) -> Vec<Range<usize>> {
        let (mut stretches, mut from, mut entries) = (Vec::new(), 0, 0);
        for rank in 0..self.times.len() {
            if entries > 0 && entries + self.times(rank) > most {
                stretches.push(from..rank);
                (from, entries) = (rank, 0);
            }
            entries += self.times(rank);
        }
        stretches.push(from..self.times.len());
        stretches
    }

    /// Turns a stretch of ranks round.
    pub(super) fn turn(&self, stretch: Range<usize>) -> Turned {
        let first = stretch.start;
        let mut all = 0;
        // Where each begins; filling moves it to its end.
        let begin = |times: &u32| {
            all += times;
            all - times
        };
        let mut to: Vec<u32> = self.times[stretch].iter().map(begin).collect();
        let mut docs = vec![0; all as usize];
        let mut places = if self.with_places { docs.clone() } else { Vec::new() };
        self.each(|doc, rank, place| {
            let Some(at) = (rank as usize).checked_sub(first).and_then(|rank| to.get_mut(rank))
            else {
                return;
            };
            docs[*at as usize] = doc;
            if let Some(place_of) = places.get_mut(*at as usize) {
                *place_of = place;
            }
            *at += 1;
        });
        Turned { first, ends: to, docs, places }
    }

    /// Calls `each` with every document, rank and place, in order.
    #[inline]
    fn each(&self, mut each: impl FnMut(u32, u32, u32)) {
        let rank_of =
            |entry: u32| self.ranks.get(entry as usize).copied().filter(|rank| *rank != NONE);
        for (doc, entries) in self.log.docs() {
            if self.with_places {
                for (entry, place) in places(entries) {
                    if let Some(rank) = rank_of(entry) {
                        each(doc, rank, place);
                    }
                }
            } else {
                for entry in entries {
                    if let Some(rank) = rank_of(*entry) {
                        each(doc, rank, 0);
                    }
                }
            }
        }
    }
}

impl Turned {
    /// The documents of a rank of the stretch, and their places.
    pub(super) fn get(&self, rank: usize) -> (&[u32], &[u32]) {
        let end = |at: usize| self.ends[at] as usize;
        let at = rank - self.first;
        let range = at.checked_sub(1).map_or(0, end)..end(at);
        let places = self.places.get(range.clone()).unwrap_or_default();
        (&self.docs[range], places)
    }
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
        let same = [0, 1, 2, 3];
        let turning = Turning::new(&log, &same, 4, false);
        assert_eq!((turning.len(), turning.stretches(100).len()), (5, 1));
        let turned = turning.turn(0..4);
        assert_eq!(turned.get(0).0, [0]);
        assert_eq!(turned.get(1).0, [3]);
        assert_eq!(turned.get(2).0, [0, 0, 3]);
        assert!(turned.get(3).0.is_empty());
        // The second is nothing, and the others' order is another.
        let odd = Turning::new(&log, &[1, NONE, 0], 2, true);
        assert_eq!(odd.stretches(2), [0..1, 1..2]);
        assert_eq!(odd.turn(0..1).get(0), (&[0, 0, 3][..], &[0, 2, 1][..]));
        assert_eq!(odd.turn(1..2).get(1), (&[0][..], &[1][..]));
        assert_eq!(odd.len(), 4);
    }

    #[test]
    fn texts_are_numbered_once() {
        let mut texts = Texts::default();
        assert_eq!(
            [(0, "b"), (0, "a"), (1, "b")].map(|(doc, t)| texts.add(doc, t)),
            [true, true, false]
        );
        assert_eq!(texts.texts(), ["b", "a"]);
        assert_eq!(Turning::new(&texts.log, &[0, 1], 2, false).turn(0..2).get(0).0, [0, 1]);
    }
}
