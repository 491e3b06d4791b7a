//! Conditions on rows: filters decided from a document's columns, without the engine.

use minutebook_record::Kind;

use crate::query;
use crate::reader::{NO_DAY, Row, SegmentRows, Snapshot};
use crate::search::Filters;
use crate::writer::{day_number, kind_bit};

/// Conditions that must all hold.
#[derive(Debug, Clone)]
pub(crate) struct Conditions {
    /// First and last day; nearly every search that has conditions has these, so they are at hand.
    days: (i32, i32),
    others: Vec<Condition>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { days: (NO_DAY, i32::MAX), others: Vec::new() }
    }
}

/// One condition; sets are flags by a name's number.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Days(i32, i32),
    Years(Vec<i16>),
    Committee(Vec<bool>),
    Council(Vec<bool>),
    Kinds(u8),
    Topic(Vec<bool>),
    /// Post named.
    Role(Vec<bool>),
    /// Post that spoke.
    Spoke(Vec<bool>),
}

impl Conditions {
    /// The filters of a search.
    pub(crate) fn of(snapshot: &Snapshot, filters: &Filters) -> Self {
        let mut all = Conditions::default();
        let names = &snapshot.names;
        if filters.from.is_some() || filters.to.is_some() {
            all.push(days(filters.from, filters.to));
        }
        if !filters.year.is_empty() {
            all.push(Condition::Years(filters.year.clone()));
        }
        if !filters.committee.is_empty() {
            all.push(Condition::Committee(set(names.committees.len(), &filters.committee, |s| {
                names.committees.get(s)
            })));
        }
        if !filters.council.is_empty() {
            all.push(Condition::Council(set(names.councils.len(), &filters.council, |s| {
                names.councils.get(s)
            })));
        }
        if !filters.kind.is_empty() {
            all.push(Condition::Kinds(kinds(&filters.kind)));
        }
        if !filters.topic.is_empty() {
            all.push(Condition::Topic(set(names.topics.len(), &filters.topic, |s| {
                names.topics.get(s)
            })));
        }
        if !filters.role.is_empty() {
            all.push(Condition::Role(set(names.roles.len(), &filters.role, |s| {
                names.roles.get(s)
            })));
        }
        all
    }

    /// Adds a condition a query names; false for one that is no column.
    pub(crate) fn add(&mut self, snapshot: &Snapshot, condition: &query::Condition) -> bool {
        use query::Condition as Named;
        let names = &snapshot.names;
        self.push(match condition {
            Named::Dates(from, to) => days(*from, *to),
            Named::Kind(all) => Condition::Kinds(kinds(all)),
            Named::Committee(all) => {
                Condition::Committee(set(names.committees.len(), all, |s| names.committees.get(s)))
            }
            Named::Council(all) => {
                Condition::Council(set(names.councils.len(), all, |s| names.councils.get(s)))
            }
            Named::Topic(all) => {
                Condition::Topic(set(names.topics.len(), all, |s| names.topics.get(s)))
            }
            Named::Role(all) => {
                Condition::Role(set(names.roles.len(), all, |s| names.roles.get(s)))
            }
            Named::Spoke(all) => {
                Condition::Spoke(set(names.roles.len(), all, |s| names.roles.get(s)))
            }
            Named::Number(_) => return false,
        });
        true
    }

    fn push(&mut self, condition: Condition) {
        match condition {
            Condition::Days(from, to) => {
                self.days = (self.days.0.max(from), self.days.1.min(to));
            }
            condition => self.others.push(condition),
        }
    }

    /// Whether a day is among those asked for.
    #[inline]
    pub(crate) fn within(&self, day: i32) -> bool {
        // A document without a date is before every first day that is asked for.
        self.days.0 <= day && day <= self.days.1
    }

    /// Whether anything is asked for but days.
    pub(crate) fn more(&self) -> bool {
        !self.others.is_empty()
    }

    /// Whether a document satisfies all of them.
    pub(crate) fn hold(&self, segment: &SegmentRows, doc: u32, day: i32) -> bool {
        self.within(day) && self.others_hold(segment, doc)
    }

    /// Whether a document satisfies all of them but the days.
    #[inline]
    pub(crate) fn others_hold(&self, segment: &SegmentRows, doc: u32) -> bool {
        let row = segment.rows[doc as usize];
        self.others.iter().all(|condition| condition.holds(segment, doc, row))
    }
}

/// Days from one to another, both inclusive and both optional.
pub(crate) fn days(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> Condition {
    let number = |date| i32::try_from(day_number(date)).unwrap_or(i32::MAX);
    Condition::Days(from.map_or(NO_DAY + 1, number), to.map_or(i32::MAX, number))
}

/// The bits of kinds.
pub(crate) fn kinds(kinds: &[Kind]) -> u8 {
    kinds.iter().fold(0, |bits, kind| bits | 1 << kind_bit(*kind))
}

/// The flags of the slugs that are known; an unknown one is nobody.
pub(crate) fn set(
    count: usize,
    slugs: &[String],
    number: impl Fn(&str) -> Option<u32>,
) -> Vec<bool> {
    let mut set = vec![false; count];
    for number in slugs.iter().filter_map(|slug| number(slug)) {
        if let Some(flag) = set.get_mut(number as usize) {
            *flag = true;
        }
    }
    set
}

fn has(set: &[bool], number: u32) -> bool {
    set.get(number as usize).copied().unwrap_or_default()
}

impl Condition {
    fn holds(&self, segment: &SegmentRows, doc: u32, row: Row) -> bool {
        use crate::reader::SPOKE;
        match self {
            // A document without a date is outside of every range.
            Condition::Days(from, to) => row.day != NO_DAY && *from <= row.day && row.day <= *to,
            Condition::Years(years) => row.day != NO_DAY && years.contains(&row.year),
            Condition::Committee(set) => has(set, row.committee),
            Condition::Council(set) => has(set, row.council),
            Condition::Kinds(bits) => row.kinds & bits != 0,
            Condition::Topic(set) => segment.topics.of(doc).iter().any(|n| has(set, *n)),
            Condition::Role(set) => segment.roles.of(doc).iter().any(|n| has(set, n & !SPOKE)),
            Condition::Spoke(set) => {
                segment.roles.of(doc).iter().any(|n| n & SPOKE != 0 && has(set, n & !SPOKE))
            }
        }
    }
}
