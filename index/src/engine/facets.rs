//! Counting over the whole result while it is walked through: one array for each facet, by the number of its names.

use minutebook_record::Kind;

use crate::reader::{NONE, Row, SPOKE, SegmentRows, Snapshot};
use crate::results::{FacetCount, Facets};

/// Most values of a facet that are listed: roles run into the thousands, and a reader looks at a dozen.
const LISTED: usize = 50;

/// The counts so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    committee: Vec<u32>,
    council: Vec<u32>,
    role: Vec<u32>,
    topic: Vec<u32>,
    kind: [u32; Kind::ALL.len()],
    year: Vec<u32>,
    /// The year of `year[0]`.
    first_year: i16,
}

impl Counts {
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let years = |date: Option<jiff::civil::Date>| date.map_or(0, jiff::civil::Date::year);
        let (first, last) = (years(snapshot.coverage.first), years(snapshot.coverage.last));
        Self {
            committee: vec![0; snapshot.names.committees.len()],
            council: vec![0; snapshot.names.councils.len()],
            role: vec![0; snapshot.names.roles.len()],
            topic: vec![0; snapshot.names.topics.len()],
            kind: [0; Kind::ALL.len()],
            year: vec![0; usize::try_from(last - first).unwrap_or_default() + 1],
            first_year: first,
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, segment: &SegmentRows, doc: u32, row: Row) {
        bump(&mut self.committee, row.committee as usize);
        bump(&mut self.council, row.council as usize);
        // A missing year is far below the first one and falls outside.
        let year = i32::from(row.year) - i32::from(self.first_year);
        bump(&mut self.year, year.cast_unsigned() as usize);
        let mut kinds = row.kinds;
        while kinds != 0 {
            bump(&mut self.kind, kinds.trailing_zeros() as usize);
            kinds &= kinds - 1;
        }
        for number in segment.topics.of(doc) {
            bump(&mut self.topic, *number as usize);
        }
        for number in segment.roles.of(doc) {
            bump(&mut self.role, (*number & !SPOKE) as usize);
        }
    }

    /// The facets with their labels, most first; years newest first.
    pub(crate) fn facets(&self, snapshot: &Snapshot) -> Facets {
        let names = &snapshot.names;
        let mut year: Vec<FacetCount> = self
            .year
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(at, count)| {
                let year = (i64::from(self.first_year) + i64::try_from(at).unwrap_or_default())
                    .to_string();
                FacetCount { value: year.clone(), label: year, count: *count as usize }
            })
            .collect();
        year.reverse();
        let slugged = |counts: &[u32], names: &crate::reader::Names| {
            listed(counts, |at| (names.slugs[at].clone(), names.labels[at].clone()))
        };
        Facets {
            committee: slugged(&self.committee, &names.committees),
            year,
            role: listed(&self.role, |at| (names.roles.slugs[at].clone(), snapshot.role_label(at))),
            topic: slugged(&self.topic, &names.topics),
            kind: listed(&self.kind, |at| {
                (Kind::ALL[at].as_str().to_owned(), Kind::ALL[at].as_str().to_owned())
            }),
            council: slugged(&self.council, &names.councils),
        }
    }
}

#[inline]
fn bump(counts: &mut [u32], at: usize) {
    debug_assert!(NONE as usize >= counts.len(), "an absent name falls outside");
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
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
