//! Counting over the whole result while it is walked through: one array for all facets, see `reader/slots.rs`.

use std::collections::BTreeMap;

use minutebook_record::Kind;
use tantivy::DocId;

use crate::reader::{NO_YEAR, Slots, Snapshot, kind_counter};
use crate::results::{FacetCount, Facets};

/// Most values of a facet that are listed: roles run into the thousands, and a reader looks at a dozen.
const LISTED: usize = 50;

/// The counts so far, by counter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts(Vec<u32>);

impl Counts {
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        Self(vec![0; snapshot.names.counters.len()])
    }

    /// Counts documents of a segment.
    #[inline]
    pub(crate) fn add(&mut self, slots: &Slots, docs: impl Iterator<Item = DocId>) {
        slots.count(docs, &mut self.0);
    }

    fn of(&self, slot: u32) -> u32 {
        self.0.get(slot as usize).copied().unwrap_or_default()
    }

    /// The facets with their labels, most first; years newest first.
    pub(crate) fn facets(&self, snapshot: &Snapshot) -> Facets {
        let names = &snapshot.names;
        let mut committees = vec![0; names.committees.len()];
        let mut councils = vec![0; names.councils.len()];
        let mut years = BTreeMap::new();
        for ((committee, council, year), slot) in &names.counters.origins {
            let count = self.of(*slot);
            if count == 0 {
                continue;
            }
            // An absent one's number is beyond all.
            for (counts, number) in [(&mut committees, committee), (&mut councils, council)] {
                if let Some(all) = counts.get_mut(*number as usize) {
                    *all += count;
                }
            }
            if *year != NO_YEAR {
                *years.entry(*year).or_insert(0) += count;
            }
        }
        let year = years.iter().rev().map(|(year, count)| {
            let year = year.to_string();
            FacetCount { value: year.clone(), label: year, count: *count as usize }
        });
        let counts = |slots: &[u32]| slots.iter().map(|slot| self.of(*slot)).collect::<Vec<u32>>();
        let slugged = |counts: &[u32], names: &crate::reader::Names| {
            listed(counts, |at| (names.slugs[at].clone(), names.labels[at].clone()))
        };
        let role = |at: usize| (names.roles.slugs[at].clone(), snapshot.role_label(at));
        let kind = |at: usize| {
            let kind = Kind::ALL[at].as_str().to_owned();
            (kind.clone(), kind)
        };
        let kinds: Vec<u32> =
            (0..).take(Kind::ALL.len()).map(|bit| self.of(kind_counter(bit))).collect();
        Facets {
            committee: slugged(&committees, &names.committees),
            year: year.collect(),
            role: listed(&counts(&names.roles.slots), role),
            topic: slugged(&counts(&names.topics.slots), &names.topics),
            kind: listed(&kinds, kind),
            council: slugged(&councils, &names.councils),
        }
    }
}

fn listed(counts: &[u32], name: impl Fn(usize) -> (String, String)) -> Vec<FacetCount> {
    let mut found: Vec<(u32, usize)> =
        counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(at, n)| (*n, at)).collect();
    let most_first = |a: &(u32, usize), b: &(u32, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
    if found.len() > LISTED {
        found.select_nth_unstable_by(LISTED, most_first);
        found.truncate(LISTED);
    }
    found.sort_unstable_by(most_first);
    found
        .into_iter()
        .map(|(count, at)| {
            let (value, label) = name(at);
            FacetCount { value, label, count: count as usize }
        })
        .collect()
}
