//! Which pages belong to which meeting, by address alone.

use std::collections::{BTreeMap, HashMap, HashSet};

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
                PageKind::Item => only(held.found_on.iter().filter_map(|from| number(from)))
                    .map(MeetingKey::Ordinary),
                PageKind::Decision => {
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

/// The one number that all agree on. Where pages of several meetings link to an item, one of them quotes it: its number tells whose
/// it is.
fn only(numbers: impl Iterator<Item = u64>) -> Option<u64> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Pages of items whose address does not name a meeting, by the item's number.
#[derive(Debug, Default)]
pub(super) struct Loose(HashMap<u64, Sourced>);

impl Loose {
    /// Sorts what such pages tell: by their meeting where the page itself names it, by the item's number where not.
    pub(super) fn new(all: Vec<Sourced>) -> (BTreeMap<MeetingKey, Vec<Sourced>>, Loose) {
        let (mut by_key, mut by_item) = (BTreeMap::<_, Vec<_>>::new(), HashMap::new());
        for sourced in all {
            let item = sourced.part.items.iter().find_map(|item| item.number_in_source);
            match (sourced.part.key, item) {
                (MeetingKey::Unknown, Some(number)) => {
                    by_item.entry(number).or_insert(sourced);
                }
                (MeetingKey::Unknown, None) => {}
                (key, _) => by_key.entry(key).or_default().push(sourced),
            }
        }
        (by_key, Loose(by_item))
    }

    pub(super) fn item(&self, number: u64) -> Option<&Sourced> {
        self.0.get(&number)
    }

    /// Items that no meeting claimed, in the order of their numbers.
    pub(super) fn left(self, used: &HashSet<u64>) -> Vec<Sourced> {
        let mut left: Vec<(u64, Sourced)> =
            self.0.into_iter().filter(|(number, _)| !used.contains(number)).collect();
        left.sort_by_key(|(number, _)| *number);
        left.into_iter().map(|(_, sourced)| sourced).collect()
    }
}
