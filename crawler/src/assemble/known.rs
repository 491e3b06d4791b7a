//! What lists tell of all committees and meetings of a site: small, and wanted while meetings pass one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::extract::{CommitteeRow, Fragment, ListedMeeting, MeetingKey};

use super::lineage;

/// The committees and the lines of meeting lists.
#[derive(Debug, Clone, Default)]
pub struct Known {
    committees: BTreeMap<String, CommitteeRow>,
    meetings: HashMap<MeetingKey, ListedMeeting>,
    /// Base names of all committees, with the names that share them.
    families: BTreeMap<String, BTreeSet<String>>,
    /// Names of the council, with how many lists bear them.
    councils: BTreeMap<String, usize>,
}

impl Known {
    /// Takes in what a list tells; parts of meetings are passed over.
    ///
    /// Lists must be added in an order that does not depend on when they were fetched (sorted by address): of two names of one
    /// committee the first stays.
    pub fn add(&mut self, fragment: &Fragment) {
        match fragment {
            Fragment::Committee(row) => {
                self.note_name(&row.name);
                let kept = self.committees.entry(row.id.clone()).or_insert_with(|| row.clone());
                kept.expired |= row.expired;
            }
            Fragment::Listed(row) => {
                if let Some(name) = &row.committee {
                    self.note_name(name);
                }
                let kept = self.meetings.entry(row.key).or_insert_with(|| row.clone());
                kept.cancelled |= row.cancelled;
                kept.date = kept.date.or(row.date);
                if kept.time.is_none() {
                    kept.time.clone_from(&row.time);
                }
                if kept.committee_id.is_none() {
                    kept.committee_id.clone_from(&row.committee_id);
                }
                if kept.committee.is_none() {
                    kept.committee.clone_from(&row.committee);
                }
            }
            Fragment::Meeting(_) => {}
        }
    }

    /// Takes in a name of the council that a list bears.
    pub fn add_council(&mut self, name: &str) {
        *self.councils.entry(name.to_owned()).or_default() += 1;
    }

    /// The name of the council that most lists bear.
    pub fn council(&self) -> Option<&str> {
        let most =
            self.councils.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
        most.map(|(name, _)| name.as_str())
    }

    /// The line of a meeting.
    pub fn listed(&self, key: MeetingKey) -> Option<&ListedMeeting> {
        self.meetings.get(&key)
    }

    /// All meetings that lists name.
    pub fn meetings(&self) -> impl Iterator<Item = &ListedMeeting> {
        self.meetings.values()
    }

    /// A committee by its number.
    pub fn committee(&self, id: &str) -> Option<&CommitteeRow> {
        self.committees.get(id)
    }

    /// A committee's number by its name, where only one has that name.
    pub fn committee_named(&self, name: &str) -> Option<&CommitteeRow> {
        let mut found = self.committees.values().filter(|row| row.name.eq_ignore_ascii_case(name));
        found.next().filter(|_| found.next().is_none())
    }

    /// The slug a body shares with those it was renamed from or to.
    pub(super) fn lineage(&self, name: &str) -> Option<String> {
        let base = lineage::base(name);
        let shared = self.families.get(&base).is_some_and(|names| names.iter().any(|n| n != name));
        (shared || base != lineage::plain(name)).then_some(base)
    }

    fn note_name(&mut self, name: &str) {
        let names = self.families.entry(lineage::base(name)).or_default();
        if !names.contains(name) {
            names.insert(name.to_owned());
        }
    }
}
