//! Counting over the whole result while it is walked through: one array for all facets, see `reader/slots.rs`.

use minutebook_record::Kind;

use crate::reader::Snapshot;
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

    /// Counts a document, of which these are the counters.
    #[inline]
    pub(crate) fn add(&mut self, slots: &[u32]) {
        for slot in slots {
            if let Some(count) = self.0.get_mut(*slot as usize) {
                *count += 1;
            }
        }
    }

    fn of(&self, slot: u32) -> u32 {
        self.0.get(slot as usize).copied().unwrap_or_default()
    }

    /// The facets with their labels, most first; years newest first.
    pub(crate) fn facets(&self, snapshot: &Snapshot) -> Facets {
        let names = &snapshot.names;
        let years = names.counters.years.iter().rev().map(|(year, slot)| (year, self.of(*slot)));
        let year = years.filter(|(_, count)| *count > 0).map(|(year, count)| {
            let year = year.to_string();
            FacetCount { value: year.clone(), label: year, count: count as usize }
        });
        let counts = |slots: &[u32]| slots.iter().map(|slot| self.of(*slot)).collect::<Vec<u32>>();
        let slugged = |names: &crate::reader::Names| {
            let name = |at: usize| (names.slugs[at].clone(), names.labels[at].clone());
            listed(&counts(&names.slots), name)
        };
        let role = |at: usize| (names.roles.slugs[at].clone(), snapshot.role_label(at));
        let kind = |at: usize| {
            let kind = Kind::ALL[at].as_str().to_owned();
            (kind.clone(), kind)
        };
        Facets {
            committee: slugged(&names.committees),
            year: year.collect(),
            role: listed(&counts(&names.roles.slots), role),
            topic: slugged(&names.topics),
            // Kinds have the first counters.
            kind: listed(&self.0[..Kind::ALL.len().min(self.0.len())], kind),
            council: slugged(&names.councils),
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
