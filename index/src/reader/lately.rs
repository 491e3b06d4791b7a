//! Records read lately, kept as they were read: to fetch and read ten costs as much as all the rest of an answer, and what one
//! reader is shown the next is often shown too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use minutebook_record::Item;
use tantivy::DocAddress;

use crate::analysis::feed::Quick;

/// Most bytes of records kept, as stored; in memory they take about twice as much.
const MOST: usize = 8_000_000;

/// An item as stored, with what every answer needs of it.
#[derive(Debug)]
pub(crate) struct Record {
    /// The item.
    pub(crate) item: Item,
    /// Its meeting's id.
    pub(crate) meeting: String,
    /// The anchors of its resolutions.
    pub(crate) anchors: Vec<String>,
}

/// The records kept. Belongs to one committed state: addresses mean nothing beyond it.
#[derive(Debug, Default)]
pub(super) struct Lately(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    records: HashMap<DocAddress, Entry, Quick>,
    bytes: usize,
    asked: u64,
}

#[derive(Debug)]
struct Entry {
    record: Arc<Record>,
    bytes: usize,
    /// When it was last asked for, counted in askings.
    asked: u64,
}

impl Lately {
    /// A record, if it is kept.
    pub(super) fn get(&self, address: DocAddress) -> Option<Arc<Record>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.asked += 1;
        let asked = kept.asked;
        let entry = kept.records.get_mut(&address)?;
        entry.asked = asked;
        Some(Arc::clone(&entry.record))
    }

    /// Keeps a record; the half asked for longest ago is let go when there are too many.
    pub(super) fn keep(&self, address: DocAddress, record: &Arc<Record>, bytes: usize) {
        if bytes > MOST / 8 {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + bytes > MOST {
            let mut asked: Vec<u64> = kept.records.values().map(|entry| entry.asked).collect();
            let middle = asked.len() / 2;
            let since = *asked.select_nth_unstable(middle).1;
            kept.records.retain(|_, entry| entry.asked > since);
            kept.bytes = kept.records.values().map(|entry| entry.bytes).sum();
        }
        let asked = kept.asked;
        let entry = Entry { record: Arc::clone(record), bytes, asked };
        let before = kept.records.insert(address, entry).map_or(0, |entry| entry.bytes);
        kept.bytes = kept.bytes + bytes - before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_makes_room() {
        let lately = Lately::default();
        let record = || {
            let (item, meeting, anchors) = (Item::default(), String::new(), Vec::new());
            Arc::new(Record { item, meeting, anchors })
        };
        let address = |doc| DocAddress::new(0, doc);
        for doc in 0..40 {
            lately.keep(address(doc), &record(), MOST / 16);
            assert!(lately.get(address(0)).is_some(), "asked for each time, after {doc}");
        }
        assert!(lately.get(address(1)).is_none());
        assert!(lately.0.lock().unwrap().bytes <= MOST);
        lately.keep(address(99), &record(), MOST);
        assert!(lately.get(address(99)).is_none(), "too large to keep");
        lately.keep(address(0), &record(), 1);
        let kept = lately.0.lock().unwrap();
        assert_eq!(kept.bytes, kept.records.values().map(|entry| entry.bytes).sum::<usize>());
    }
}
