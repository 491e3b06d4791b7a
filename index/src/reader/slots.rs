//! What counting needs of each document, and nothing else, in the order of documents: its day, whether it is shown, and the
//! counters it adds to.
//!
//! Origins (a committee and council in a year), kinds, roles and topics share one numbering of counters, which counts up as they
//! are met and is kept as long as the index is open: so counting a document is one walk over a short list, four at a time.

use std::collections::HashMap;

use minutebook_record::Kind;
use tantivy::DocId;

use super::rows::{Interned, Row, SPOKE};
use super::values::Lists;

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

/// Counters are walked over so many at a time: lists are filled up with the first ones, which count nothing.
pub(crate) const LANES: usize = 4;

/// What lists are filled up with: of different ones, for one counter cannot be added to several times at once.
const FILLING: [u32; LANES] = [0, 1, 2, 3];

/// The briefs and counters of one segment's documents.
#[derive(Debug)]
pub(crate) struct Slots {
    /// One for each document, and one more to end the last.
    briefs: Vec<Brief>,
    slots: Numbers,
}

/// Numbers of counters: narrow as long as they are small, for these lists are most of what counting reads.
#[derive(Debug)]
enum Numbers {
    Narrow(Vec<[u16; LANES]>),
    Wide(Vec<[u32; LANES]>),
}

impl Numbers {
    /// Where the next document's begin.
    fn next(&self) -> u32 {
        let len = match self {
            Numbers::Narrow(slots) => slots.len(),
            Numbers::Wide(slots) => slots.len(),
        };
        u32::try_from(len).unwrap_or(ROUTINE - 1).min(ROUTINE - 1)
    }

    fn push(&mut self, all: &[u32]) {
        for some in all.chunks(LANES) {
            let mut lanes = FILLING;
            lanes[..some.len()].copy_from_slice(some);
            match self {
                Numbers::Narrow(slots) => slots.push(lanes.map(|n| u16::try_from(n).unwrap_or(0))),
                Numbers::Wide(slots) => slots.push(lanes),
            }
        }
    }
}

impl Slots {
    pub(super) fn of_rows(
        rows: &[Row],
        topics: &Lists,
        roles: &Lists,
        names: &mut Interned,
    ) -> Self {
        // All counters first: their number says how wide they must be.
        let mut last: Option<(Origin, u32)> = None;
        let mut origin = |counters: &mut Counters, row: &Row| {
            let origin = (row.committee, row.council, row.year);
            let (_, number) = match last {
                Some(last) if last.0 == origin => last,
                _ => (origin, counters.origin(origin)),
            };
            last = Some((origin, number));
            number
        };
        for row in rows {
            origin(&mut names.counters, row);
        }
        let mut briefs = Vec::with_capacity(rows.len() + 1);
        let mut here: Vec<u32> = Vec::new();
        let mut slots = if u16::try_from(names.counters.len()).is_ok() {
            Numbers::Narrow(Vec::with_capacity(rows.len() * 2))
        } else {
            Numbers::Wide(Vec::with_capacity(rows.len() * 2))
        };
        let counter = |slots: &[u32], number: u32| slots.get(number as usize).copied();
        for (doc, row) in (0..).zip(rows) {
            let head = if row.is_item() { 0 } else { HEAD };
            let routine = if row.is_routine() { ROUTINE } else { 0 };
            briefs.push(Brief { day: row.day, at: slots.next() | head | routine });
            if head != 0 {
                continue;
            }
            here.clear();
            here.push(origin(&mut names.counters, row));
            let bits = (0..).take(Kind::ALL.len()).filter(|bit| row.kinds & 1 << bit != 0);
            here.extend(bits.map(kind_counter));
            let topics = topics.of(doc).iter();
            here.extend(topics.filter_map(|n| counter(&names.topics.slots, *n)));
            let roles = roles.of(doc).iter();
            here.extend(roles.filter_map(|n| counter(&names.roles.slots, n & !SPOKE)));
            slots.push(&here);
        }
        briefs.push(Brief { day: 0, at: slots.next() });
        Self { briefs, slots }
    }

    /// A document's day, and whether it is shown.
    #[inline]
    pub(crate) fn brief(&self, doc: DocId) -> Brief {
        self.briefs[doc as usize]
    }

    /// Adds one to the counters of a document.
    #[inline]
    pub(crate) fn count(&self, doc: DocId, counts: &mut [u32]) {
        let doc = doc as usize;
        let range = self.briefs[doc].start()..self.briefs[doc + 1].start();
        match &self.slots {
            Numbers::Narrow(slots) => add(slots.get(range), counts),
            Numbers::Wide(slots) => add(slots.get(range), counts),
        }
    }
}

#[inline]
fn add<T: Copy + TryInto<usize>>(slots: Option<&[[T; LANES]]>, counts: &mut [u32]) {
    for lanes in slots.unwrap_or_default() {
        for slot in lanes {
            if let Ok(slot) = (*slot).try_into()
                && let Some(count) = counts.get_mut(slot)
            {
                *count += 1;
            }
        }
    }
}

/// Committee, council and year; numbers and year may be absent ones, see `rows.rs`.
pub(crate) type Origin = (u32, u32, i16);

/// The counter of the kind of decision with this bit.
pub(crate) fn kind_counter(bit: u32) -> u32 {
    bit + u32::try_from(LANES).unwrap_or_default()
}

/// The numbering of counters. The first count nothing, kinds of decision have the next.
#[derive(Debug, Clone)]
pub(crate) struct Counters {
    given: u32,
    numbers: HashMap<Origin, u32>,
    /// The origins with their counters.
    pub(crate) origins: Vec<(Origin, u32)>,
}

impl Default for Counters {
    fn default() -> Self {
        let kinds = u32::try_from(Kind::ALL.len()).unwrap_or_default();
        Self { given: kind_counter(kinds), numbers: HashMap::new(), origins: Vec::new() }
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

    fn origin(&mut self, origin: Origin) -> u32 {
        if let Some(counter) = self.numbers.get(&origin) {
            return *counter;
        }
        let counter = self.give();
        self.numbers.insert(origin, counter);
        self.origins.push((origin, counter));
        counter
    }
}
