//! Which pages belong to which meeting, by address alone.

use std::collections::{BTreeMap, HashMap};

use super::{HeldAddress, is_list};
use crate::address;
use crate::assemble::Sourced;
use crate::extract::MeetingKey;
use crate::page::PageKind;

/// Addresses sorted by what they are good for.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Lists, in the order of their addresses.
    pub(super) lists: Vec<String>,
    /// Pages of meetings.
    pub(super) meetings: BTreeMap<MeetingKey, Vec<String>>,
    /// Pages whose address does not tell their meeting.
    pub(super) loose: Vec<String>,
}

impl Groups {
    pub(super) fn sort(mut addresses: Vec<HeldAddress>) -> Groups {
        addresses.sort();
        let mut groups = Groups::default();
        for held in addresses {
            let kind = address::kind(&held.url);
            if is_list(&held.url) {
                groups.lists.push(held.url);
                continue;
            }
            let number = |url: &str| address::meeting_id(url).and_then(|n| n.parse().ok());
            let key = match kind {
                PageKind::LegacyMeeting => address::parameter(&held.url, "MeetingId")
                    .and_then(|n| n.parse().ok())
                    .map(MeetingKey::Legacy),
                PageKind::Item | PageKind::Decision => {
                    held.found_on.iter().find_map(|from| number(from)).map(MeetingKey::Ordinary)
                }
                // An issue's page repeats the words of several meetings.
                PageKind::Issue => None,
                _ => number(&held.url).map(MeetingKey::Ordinary),
            };
            match key {
                Some(key) => groups.meetings.entry(key).or_default().push(held.url),
                None => groups.loose.push(held.url),
            }
        }
        groups
    }

    pub(super) fn pages(&self) -> usize {
        self.lists.len() + self.loose.len() + self.meetings.values().map(Vec::len).sum::<usize>()
    }
}

/// What pages tell whose address does not name a meeting.
#[derive(Debug, Default)]
pub(super) struct Loose {
    by_key: BTreeMap<MeetingKey, Vec<Sourced>>,
    by_item: HashMap<u64, Sourced>,
    used: std::collections::HashSet<u64>,
}

impl Loose {
    pub(super) fn new(all: Vec<Sourced>) -> Loose {
        let mut loose = Loose::default();
        for sourced in all {
            let item = sourced.part.items.iter().find_map(|item| item.number_in_source);
            match (sourced.part.key, item) {
                (MeetingKey::Unknown, Some(number)) => {
                    loose.by_item.entry(number).or_insert(sourced);
                }
                (MeetingKey::Unknown, None) => {}
                (key, _) => loose.by_key.entry(key).or_default().push(sourced),
            }
        }
        loose
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = MeetingKey> {
        self.by_key.keys().copied()
    }

    pub(super) fn take(&mut self, key: MeetingKey) -> Vec<Sourced> {
        self.by_key.remove(&key).unwrap_or_default()
    }

    pub(super) fn item(&self, number: u64) -> Option<&Sourced> {
        self.by_item.get(&number)
    }

    pub(super) fn used(&mut self, numbers: &[u64]) {
        self.used.extend(numbers);
    }

    /// Items that no meeting claimed, in the order of their numbers.
    pub(super) fn left(self) -> Vec<Sourced> {
        let Loose { by_item, used, .. } = self;
        let mut left: Vec<(u64, Sourced)> =
            by_item.into_iter().filter(|(number, _)| !used.contains(number)).collect();
        left.sort_by_key(|(number, _)| *number);
        left.into_iter().map(|(_, sourced)| sourced).collect()
    }
}
