//! One committed state of an index, and what is derived from it once: who is in it, what is held, what is called what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use minutebook_record::Status;
use tantivy::Searcher;

use super::lately::Lately;
use super::rows::{self, Interned, NO_DAY, NONE, SegmentRows};
use crate::IndexError;
use crate::meaning::{Meaning, Place};
use crate::query::{Body, Lexicon, Post};
use crate::results::{Coverage, Named};
use crate::schema::{Fields, flags, schema};

/// One committed state.
pub(crate) struct Snapshot {
    /// Named in errors.
    pub(crate) dir: PathBuf,
    /// The engine's state.
    pub(crate) searcher: Searcher,
    /// Handles of the fields.
    pub(crate) fields: Fields,
    /// Rows by segment, in the searcher's order.
    pub(crate) segments: Vec<Arc<SegmentRows>>,
    /// Names by number.
    pub(crate) names: Interned,
    /// What is known of each name, by its number: the same order as in `names`.
    pub(crate) committees: Vec<Tally>,
    pub(crate) councils: Vec<Tally>,
    pub(crate) roles: Vec<Tally>,
    /// Label of each role.
    role_labels: Vec<String>,
    pub(crate) topics: Vec<Tally>,
    /// Meetings by committee and year.
    pub(crate) meetings: BTreeMap<(u32, i16), usize>,
    /// What is held.
    pub(crate) coverage: Coverage,
    /// What a query may name.
    pub(crate) lexicon: Lexicon,
    /// The commit's number.
    pub(crate) generation: u64,
    /// Records read lately.
    pub(super) lately: Lately,
    /// Vectors of its items, where a model is at hand.
    pub(crate) meaning: Option<Meaning>,
}

/// How much of something is held.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) items: usize,
    /// Procedural ones among them.
    pub(crate) routine: usize,
    pub(crate) meetings: usize,
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
}

impl Tally {
    /// As many as a search shows: procedural ones only where there are no others.
    pub(crate) fn shown(&self) -> usize {
        if self.items > self.routine { self.items - self.routine } else { self.items }
    }

    fn add(&mut self, row: rows::Row) {
        if row.is_item() {
            self.items += 1;
            self.routine += usize::from(row.is_routine());
        } else {
            self.meetings += 1;
        }
        if row.day != NO_DAY {
            self.first = Some(self.first.map_or(row.day, |day| day.min(row.day)));
            self.last = Some(self.last.map_or(row.day, |day| day.max(row.day)));
        }
    }
}

impl Snapshot {
    pub(super) fn new(
        dir: &Path,
        searcher: Searcher,
        generation: u64,
        segments: Vec<Arc<SegmentRows>>,
        names: &Interned,
    ) -> Snapshot {
        let mut snapshot = Snapshot {
            dir: dir.to_owned(),
            fields: schema().1,
            committees: vec![Tally::default(); names.committees.len()],
            councils: vec![Tally::default(); names.councils.len()],
            roles: vec![Tally::default(); names.roles.len()],
            role_labels: Vec::new(),
            topics: vec![Tally::default(); names.topics.len()],
            names: names.clone(),
            meetings: BTreeMap::new(),
            coverage: Coverage::default(),
            lexicon: Lexicon::default(),
            meaning: None,
            generation,
            searcher,
            segments,
            lately: Lately::default(),
        };
        snapshot.tally();
        snapshot.role_labels =
            (0..names.roles.len()).map(|number| snapshot.most_printed(number)).collect();
        snapshot.lexicon = snapshot.make_lexicon();
        snapshot
    }

    fn tally(&mut self) {
        let mut coverage = Coverage { generation: self.generation, ..Coverage::default() };
        let mut whole = Tally::default();
        let mut fetched = None;
        for (at, segment) in self.segments.iter().enumerate() {
            let reader = self.searcher.segment_reader(u32::try_from(at).unwrap_or_default());
            fetched = fetched.max(segment.fetched);
            for doc in reader.doc_ids_alive() {
                let row = segment.rows[doc as usize];
                whole.add(row);
                add(&mut self.committees, row.committee, row);
                add(&mut self.councils, row.council, row);
                coverage.unreadable += usize::from(row.is_unreadable());
                if !row.is_item() {
                    *self.meetings.entry((row.committee, row.year)).or_default() += 1;
                    continue;
                }
                coverage.undated += usize::from(row.day == NO_DAY);
                for number in segment.topics.of(doc) {
                    add(&mut self.topics, *number, row);
                }
                for number in segment.roles.of(doc) {
                    add(&mut self.roles, *number & !rows::SPOKE, row);
                }
            }
        }
        coverage.items = whole.items;
        coverage.meetings = whole.meetings;
        coverage.first = whole.first.and_then(rows::date);
        coverage.last = whole.last.and_then(rows::date);
        coverage.fetched = fetched.and_then(|s| jiff::Timestamp::from_second(s).ok());
        coverage.councils = (0..self.names.councils.len())
            .filter(|at| self.councils[*at].meetings > 0)
            .map(|at| named(&self.names.councils, at))
            .collect();
        coverage.councils.sort_by(|a, b| a.label.cmp(&b.label));
        self.coverage = coverage;
    }

    fn make_lexicon(&self) -> Lexicon {
        let names = &self.names;
        let bodies = |names: &rows::Names, lineage: &dyn Fn(usize) -> String, tallies: &[Tally]| {
            let held = (0..names.len()).filter(|at| tallies[*at].meetings > 0);
            held.map(|at| Body::new(&names.slugs[at], &names.labels[at], &lineage(at))).collect()
        };
        let mut lexicon = Lexicon {
            committees: bodies(
                &names.committees,
                &|at| names.lineages[at].clone(),
                &self.committees,
            ),
            councils: bodies(
                &names.councils,
                &|at| names.councils.slugs[at].clone(),
                &self.councils,
            ),
            roles: (0..names.roles.len())
                .filter(|at| self.roles[*at].items > 0)
                .map(|at| Post { slug: names.roles.slugs[at].clone(), label: self.role_label(at) })
                .collect(),
            ..Lexicon::default()
        };
        let mined = self.segments.iter().flat_map(|segment| segment.acronyms.iter());
        lexicon
            .acronyms(mined.map(|(_, short, long, times)| (short.clone(), long.clone(), *times)));
        lexicon
    }

    /// All documents, those taken out and not yet merged away too: what the engine counts rarity against.
    pub(crate) fn documents(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum()
    }

    /// Whether some item has this number.
    pub(crate) fn has_number(&self, number: &str) -> bool {
        self.has_tag(&format!("n:{number}"))
    }

    /// Whether some item has this tag.
    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        let term = tantivy::Term::from_field_text(self.fields.tag, tag);
        self.searcher.doc_freq(&term).is_ok_and(|items| items > 0)
    }

    /// The label of a role.
    pub(crate) fn role_label(&self, number: usize) -> String {
        self.role_labels.get(number).cloned().unwrap_or_default()
    }

    /// The form of a role printed most often, the longer of two.
    fn most_printed(&self, number: usize) -> String {
        let printed = self.names.roles.printed.get(number);
        printed
            .into_iter()
            .flatten()
            .max_by(|a, b| (a.1, a.0.len(), b.0).cmp(&(b.1, b.0.len(), a.0)))
            .map_or_else(|| self.names.roles.labels[number].clone(), |(form, _)| form.clone())
    }

    /// The committee's name by number.
    pub(crate) fn committee(&self, number: u32) -> Named {
        if number == NONE {
            Named::default()
        } else {
            named(&self.names.committees, number as usize)
        }
    }

    /// The council's name by number.
    pub(crate) fn council(&self, number: u32) -> Option<Named> {
        (number != NONE).then(|| named(&self.names.councils, number as usize))
    }

    /// Where a window of an item's text stands.
    pub(crate) fn window(&self, window: u32) -> Option<Place> {
        self.meaning.as_ref().and_then(|meaning| meaning.place(window))
    }

    /// An engine's error in this index.
    pub(crate) fn failed(&self, error: tantivy::TantivyError) -> IndexError {
        IndexError::engine(&self.dir)(error)
    }
}

fn add(tallies: &mut [Tally], number: u32, row: rows::Row) {
    if let Some(tally) = tallies.get_mut(number as usize) {
        tally.add(row);
    }
}

fn named(names: &rows::Names, at: usize) -> Named {
    Named { slug: names.slugs[at].clone(), label: names.labels[at].clone() }
}

/// The status held in a row's flags.
pub(crate) fn status(flags: u8) -> Status {
    match u64::from(flags) >> flags::STATUS_SHIFT & 3 {
        0 => Status::Agenda,
        1 => Status::Draft,
        2 => Status::Approved,
        _ => Status::Cancelled,
    }
}
