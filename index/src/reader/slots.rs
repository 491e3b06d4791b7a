//! What counting needs of each document, and nothing else, in the order of documents: its day, whether it is shown, and the
//! counters it adds to.
//!
//! Origins (a committee and council in a year), kinds, roles and topics share one numbering of counters, which counts up as they
//! are met and is kept as long as the index is open: so counting a document is one walk over a short list beside its day.

use std::collections::HashMap;

use minutebook_record::Kind;
use tantivy::DocId;

use super::rows::{Interned, Row, SPOKE};
use super::values::Lists;

const HEAD: u32 = 1 << 31;
const ROUTINE: u32 = 1 << 30;

/// A document's day, and whether it is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Brief {
    /// Days since the epoch, or [`NO_DAY`](super::NO_DAY).
    pub(crate) day: i32,
    /// How many counters it has, see [`Records`], below the flags.
    more: u32,
}

impl Brief {
    #[inline]
    pub(crate) fn is_item(self) -> bool {
        self.more & HEAD == 0
    }

    #[inline]
    pub(crate) fn is_routine(self) -> bool {
        self.more & ROUTINE != 0
    }

    #[inline]
    fn more(self) -> u32 {
        self.more & !(HEAD | ROUTINE)
    }
}

/// A document in one half of what a processor fetches at once: most documents asked for lie far from each other.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Record<T, const N: usize> {
    brief: Brief,
    counters: [T; N],
}

/// Counters are narrow as long as there are few enough of them. Of those in a record two thirds are always added to, filled up
/// with the first counters, which count nothing; whether there are more is what `more` says: 0 none, 1 all are in the record,
/// from 2 on where the rest of them is.
#[derive(Debug)]
enum Records {
    Narrow(Vec<Record<u16, 12>>),
    Wide(Vec<Record<u32, 6>>),
}

/// The most counters of a record: so many first ones count nothing. They are different ones, for one counter cannot be added to
/// several times at once.
const FILLING: u32 = 12;

/// The briefs and counters of one segment's documents.
#[derive(Debug)]
pub(crate) struct Slots {
    records: Records,
    /// Counters that no record has room for.
    rest: Vec<Box<[u32]>>,
}

/// How many counters of a record are always added to.
const fn always(all: usize) -> usize {
    all / 3 * 2
}

impl<T: Copy + Default + TryFrom<u32>, const N: usize> Record<T, N> {
    fn new(day: i32, flags: u32, counters: &[u32], rest: &mut Vec<Box<[u32]>>) -> Self {
        let mut filled = [T::default(); N];
        for (own, counter) in filled.iter_mut().zip(counters.iter().copied().take(N).chain(0..)) {
            *own = T::try_from(counter).unwrap_or_default();
        }
        let more = if counters.len() <= always(N) {
            0
        } else if counters.len() <= N {
            1
        } else {
            rest.push(counters[N..].into());
            u32::try_from(rest.len() + 1).unwrap_or(ROUTINE - 1).min(ROUTINE - 1)
        };
        Self { brief: Brief { day, more: flags | more }, counters: filled }
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
        let mut rest = Vec::new();
        let mut records = if u16::try_from(names.counters.len()).is_ok() {
            Records::Narrow(Vec::with_capacity(rows.len()))
        } else {
            Records::Wide(Vec::with_capacity(rows.len()))
        };
        let mut here: Vec<u32> = Vec::new();
        let counter = |slots: &[u32], number: u32| slots.get(number as usize).copied();
        for (doc, row) in (0..).zip(rows) {
            here.clear();
            let head = if row.is_item() { 0 } else { HEAD };
            let routine = if row.is_routine() { ROUTINE } else { 0 };
            if head == 0 {
                here.push(origin(&mut names.counters, row));
                let bits = (0..).take(Kind::ALL.len()).filter(|bit| row.kinds & 1 << bit != 0);
                here.extend(bits.map(kind_counter));
                let topics = topics.of(doc).iter();
                here.extend(topics.filter_map(|n| counter(&names.topics.slots, *n)));
                let roles = roles.of(doc).iter();
                here.extend(roles.filter_map(|n| counter(&names.roles.slots, n & !SPOKE)));
            }
            let flags = head | routine;
            match &mut records {
                Records::Narrow(all) => all.push(Record::new(row.day, flags, &here, &mut rest)),
                Records::Wide(all) => all.push(Record::new(row.day, flags, &here, &mut rest)),
            }
        }
        Self { records, rest }
    }

    /// A document's day, and whether it is shown.
    #[inline]
    pub(crate) fn brief(&self, doc: DocId) -> Brief {
        match &self.records {
            Records::Narrow(all) => all[doc as usize].brief,
            Records::Wide(all) => all[doc as usize].brief,
        }
    }

    /// Adds one to the counters of each of some documents.
    pub(crate) fn count(&self, docs: impl Iterator<Item = DocId>, counts: &mut [u32]) {
        match &self.records {
            Records::Narrow(all) => {
                docs.for_each(|doc| add(&all[doc as usize], &self.rest, counts));
            }
            Records::Wide(all) => docs.for_each(|doc| add(&all[doc as usize], &self.rest, counts)),
        }
    }
}

#[inline]
fn add<T: Copy + Into<u32>, const N: usize>(
    record: &Record<T, N>,
    rest: &[Box<[u32]>],
    counts: &mut [u32],
) {
    let mut one = |counter: u32| {
        if let Some(count) = counts.get_mut(counter as usize) {
            *count += 1;
        }
    };
    let (first, last) = record.counters.split_at(always(N));
    for counter in first {
        one((*counter).into());
    }
    let more = record.brief.more();
    if more > 0 {
        for counter in last {
            one((*counter).into());
        }
        let rest = (more as usize).checked_sub(2).and_then(|at| rest.get(at));
        rest.into_iter().flatten().for_each(|counter| one(*counter));
    }
}

/// Committee, council and year; numbers and year may be absent ones, see `rows.rs`.
pub(crate) type Origin = (u32, u32, i16);

/// The counter of the kind of decision with this bit.
pub(crate) fn kind_counter(bit: u32) -> u32 {
    bit + FILLING
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

#[cfg(test)]
mod tests {
    use super::*;

    fn counted<T, const N: usize>(counters: &[u32]) -> Vec<u32>
    where
        T: Copy + Default + TryFrom<u32> + Into<u32>,
    {
        let mut rest = vec![Box::from([40])];
        let record = Record::<T, N>::new(0, HEAD | ROUTINE, counters, &mut rest);
        assert!(!record.brief.is_item() && record.brief.is_routine());
        let mut counts = vec![0; 100];
        add(&record, &rest, &mut counts);
        (FILLING..).zip(&counts[12..]).filter(|(_, n)| **n > 0).map(|(at, _)| at).collect()
    }

    #[test]
    fn every_counter_of_a_document_is_added_to_however_many_it_has() {
        for many in [0, 1, 4, 5, 6, 7, 8, 9, 12, 13, 14, 60] {
            let counters: Vec<u32> = (FILLING..FILLING + many).collect();
            assert_eq!(counted::<u16, 12>(&counters), counters, "{many} narrow ones");
            assert_eq!(counted::<u32, 6>(&counters), counters, "{many} wide ones");
        }
    }

    #[test]
    fn a_record_is_half_of_what_is_fetched_at_once() {
        assert_eq!((size_of::<Record<u16, 12>>(), size_of::<Record<u32, 6>>()), (32, 32));
    }
}
