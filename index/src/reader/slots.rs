//! What counting needs of each document, and nothing else, in the order of documents: its day, whether it is shown, and the
//! counters it adds to.
//!
//! Committees, councils, years, kinds, roles and topics share one numbering of counters, which counts up as names are met and
//! is kept as long as the index is open: so counting a document is one walk over a short list.

use std::collections::BTreeMap;

use minutebook_record::Kind;
use tantivy::DocId;

use super::rows::{Interned, Lists, NO_YEAR, NONE, Row, SPOKE};

const HEAD: u32 = 1 << 31;
const ROUTINE: u32 = 1 << 30;

/// A document's day, and whether it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brief {
    /// Days since the epoch, or [`NO_DAY`](super::NO_DAY).
    pub(crate) day: i32,
    /// Where its counters begin, below the flags.
    at: u32,
}

impl Brief {
    #[inline]
    pub(crate) fn is_item(self) -> bool {
        self.at & HEAD == 0
    }

    #[inline]
    pub(crate) fn is_routine(self) -> bool {
        self.at & ROUTINE != 0
    }

    #[inline]
    fn start(self) -> usize {
        (self.at & !(HEAD | ROUTINE)) as usize
    }
}

/// The briefs and counters of one segment's documents.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// One for each document, and one more to end the last.
    briefs: Vec<Brief>,
    slots: Vec<u32>,
}

impl Slots {
    pub(super) fn of_rows(
        rows: &[Row],
        topics: &Lists,
        roles: &Lists,
        names: &mut Interned,
    ) -> Self {
        let mut briefs = Vec::with_capacity(rows.len() + 1);
        let mut slots: Vec<u32> = Vec::with_capacity(rows.len() * 6);
        let start =
            |slots: &[u32]| u32::try_from(slots.len()).unwrap_or(ROUTINE - 1).min(ROUTINE - 1);
        for (doc, row) in (0..).zip(rows) {
            let head = if row.is_item() { 0 } else { HEAD };
            let routine = if row.is_routine() { ROUTINE } else { 0 };
            briefs.push(Brief { day: row.day, at: start(&slots) | head | routine });
            if head != 0 {
                continue;
            }
            let counter = |slots: &[u32], number: u32| slots.get(number as usize).copied();
            slots.extend(counter(&names.committees.slots, row.committee));
            slots.extend(
                (row.council != NONE)
                    .then(|| counter(&names.councils.slots, row.council))
                    .flatten(),
            );
            if row.year != NO_YEAR {
                slots.push(names.counters.year(row.year));
            }
            slots.extend((0..).take(Kind::ALL.len()).filter(|bit| row.kinds & 1 << bit != 0));
            slots.extend(topics.of(doc).iter().filter_map(|n| counter(&names.topics.slots, *n)));
            slots.extend(
                roles.of(doc).iter().filter_map(|n| counter(&names.roles.slots, n & !SPOKE)),
            );
        }
        briefs.push(Brief { day: 0, at: start(&slots) });
        slots.shrink_to_fit();
        Self { briefs, slots }
    }

    /// A document's day, and whether it is shown.
    #[inline]
    pub(crate) fn brief(&self, doc: DocId) -> Brief {
        self.briefs[doc as usize]
    }

    /// The counters a document adds to.
    #[inline]
    pub(crate) fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let range = self.briefs[doc].start()..self.briefs[doc + 1].start();
        self.slots.get(range).unwrap_or_default()
    }
}

/// The numbering of counters. Kinds of decision have the first.
#[derive(Debug, Clone)]
pub(crate) struct Counters {
    given: u32,
    /// The counter of each year.
    pub(crate) years: BTreeMap<i16, u32>,
}

impl Default for Counters {
    fn default() -> Self {
        Self { given: u32::try_from(Kind::ALL.len()).unwrap_or_default(), years: BTreeMap::new() }
    }
}

impl Counters {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.given as usize
    }

    /// A new one.
    pub(super) fn give(&mut self) -> u32 {
        self.given += 1;
        self.given - 1
    }

    fn year(&mut self, year: i16) -> u32 {
        if let Some(counter) = self.years.get(&year) {
            return *counter;
        }
        let counter = self.give();
        self.years.insert(year, counter);
        counter
    }
}
