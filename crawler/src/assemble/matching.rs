//! Which items of print and of the older archive are which items of the meeting's own pages.
//!
//! They share no number of the source, and what is printed before an item is not always what the agenda printed before it: an
//! election that came first moves every number by one. So the titles tell, and a number alone only where no title contradicts it.

use std::collections::{HashMap, HashSet};

use minutebook_record::text::{singular, words};

use super::Sourced;
use super::items::Group;
use crate::extract::{ItemPart, MeetingKey, Route};

/// What an item was found to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    /// The first item of the group it belongs to: groups may move while items are added.
    pub(super) first: &'a ItemPart,
    /// Only the number says so.
    pub(super) by_number: bool,
}

/// Words that say nothing about what an item is about.
const SMALL: &[&str] = &[
    "a", "an", "and", "any", "at", "by", "consider", "for", "from", "in", "item", "note", "of",
    "on", "or", "receive", "report", "s", "the", "to", "update", "with",
];

/// Whether a part's items are matched by their titles and printed numbers, for want of a number of the source.
pub(super) fn is_printed(sourced: &Sourced) -> bool {
    matches!(sourced.part.route, Route::Printed | Route::Repeated)
        || matches!(sourced.part.key, MeetingKey::Legacy(_))
}

/// The items of a part that are items known already, by their place in the part.
pub(super) fn align<'a>(groups: &[Group<'a>], sourced: &'a Sourced) -> HashMap<usize, Found<'a>> {
    let items = &sourced.part.items;
    let fits = |item: &ItemPart, group: &Group<'_>| {
        group.iter().all(|(other, known)| {
            other.part.route != sourced.part.route
                && (item.number_in_source.is_none() || known.number_in_source.is_none())
        })
    };
    let same_number = |item: &ItemPart, group: &Group<'_>| {
        item.number.is_some() && group.iter().all(|(_, known)| known.number == item.number)
    };
    let titles: Vec<HashSet<String>> = items.iter().map(|item| telling(&item.title)).collect();
    let known: Vec<Vec<HashSet<String>>> = groups
        .iter()
        .map(|group| group.iter().map(|(_, item)| telling(&item.title)).collect())
        .collect();
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        for (place, group) in groups.iter().enumerate().filter(|(_, group)| fits(item, group)) {
            let alike = known[place].iter().map(|other| likeness(&titles[at], other)).max();
            if let Some(alike) = alike.filter(|alike| *alike > 0) {
                // Of two titles as like, the one with the same number.
                let bonus = if same_number(item, group) { SAME_NUMBER } else { 0 };
                pairs.push((alike + bonus, at, place));
            }
        }
    }
    pairs.sort_by_key(|(alike, at, place)| (std::cmp::Reverse(*alike), *at, *place));
    let mut found = HashMap::new();
    let mut taken = HashSet::new();
    let mut numbers_hold = true;
    for (_, at, place) in pairs {
        if found.contains_key(&at) || taken.contains(&place) {
            continue;
        }
        let numbered =
            items[at].number.is_some() && groups[place].iter().any(|(_, k)| k.number.is_some());
        numbers_hold &= !numbered || same_number(&items[at], &groups[place]);
        found.insert(at, Found { first: groups[place][0].1, by_number: false });
        taken.insert(place);
    }
    if numbers_hold {
        for (at, item) in
            items.iter().enumerate().filter(|(at, _)| !found.contains_key(at)).collect::<Vec<_>>()
        {
            let place = (0..groups.len()).find(|place| {
                !taken.contains(place)
                    && fits(item, &groups[*place])
                    && same_number(item, &groups[*place])
            });
            if let Some(place) = place {
                found.insert(at, Found { first: groups[place][0].1, by_number: true });
                taken.insert(place);
            }
        }
    }
    found
}

/// How much the same number weighs beside likeness in hundredths.
const SAME_NUMBER: u32 = 25;

/// What a title is about: its words without the small ones; all of them where nothing else is left.
fn telling(title: &str) -> HashSet<String> {
    let all: HashSet<String> =
        words(title).iter().map(|word| singular(&word.folded()).into_owned()).collect();
    let telling: HashSet<String> =
        all.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// Words shared of all words, in hundredths; nothing where less than half of the shorter title is shared.
fn likeness(a: &HashSet<String>, b: &HashSet<String>) -> u32 {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    if shared == 0 || shared * 2 < shorter {
        return 0;
    }
    let all = a.len() + b.len() - shared;
    u32::try_from(shared * 100 / all).unwrap_or(100).max(1)
}
