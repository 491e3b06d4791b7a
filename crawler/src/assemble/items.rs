//! One item from all that tells of it.

use std::collections::{HashMap, HashSet};

use minutebook_record::{Doubt, Item, Part, Standing, id};

use super::{Sourced, matching, words};
use crate::extract::{ItemPart, Route};

/// All that tells of one item.
pub(super) type Group<'a> = Vec<(&'a Sourced, &'a ItemPart)>;

/// Joins the items of all parts (best part first), in the order of the part that has most of them.
pub(super) fn join(site: &str, meeting: &str, meeting_url: &str, parts: &[Sourced]) -> Vec<Item> {
    let Joined { groups, by_number_alone } = groups(parts);
    // What the source forbids to show stays hidden on every route, and was matched for that.
    let shown = |group: &&Group<'_>| !group.iter().any(|(_, item)| item.hidden);
    let mut seen = HashSet::new();
    let items = groups.iter().filter(shown).enumerate();
    items
        .map(|(place, group)| {
            let mut item = one(site, meeting, meeting_url, place, group);
            let unsure = |(_, part): &&(&Sourced, &ItemPart)| {
                by_number_alone.contains(&std::ptr::from_ref(*part))
            };
            if let Some((sourced, part)) = group.iter().find(unsure) {
                let note = format!(
                    "the minutes print “{}” under this number; only the number says that it is this item",
                    part.title
                );
                item.doubts.push(Doubt::new("matched-by-number", note).at(sourced.url.clone()));
            }
            if !seen.insert(item.id.clone()) {
                item.id = format!("{}-{}", item.id, place + 1);
                seen.insert(item.id.clone());
            }
            item
        })
        .collect()
}

/// The groups of items, and the parts of items that only a number put into one.
struct Joined<'a> {
    groups: Vec<Group<'a>>,
    by_number_alone: HashSet<*const ItemPart>,
}

fn groups(parts: &[Sourced]) -> Joined<'_> {
    let mut order: Vec<&Sourced> = parts.iter().collect();
    // The part that shows a whole meeting gives the order; a lone item page cannot.
    order.sort_by_key(|sourced| {
        let route = match sourced.part.route {
            Route::Page | Route::Service => 0,
            Route::Printed => 1,
            Route::ItemPage => 2,
            Route::Repeated => 3,
        };
        (sourced.part.items.is_empty(), route)
    });
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_number_alone: HashSet<*const ItemPart> = HashSet::new();
    let mut by_number: HashMap<u64, usize> = HashMap::new();
    for sourced in order {
        let mut last: Option<usize> = None;
        let printed = matching::is_printed(sourced);
        let aligned = if printed { matching::align(&groups, sourced) } else { HashMap::new() };
        let known = |groups: &[Group<'_>], by_number: &HashMap<u64, usize>, place: usize| {
            let item = &sourced.part.items[place];
            by_source(by_number, item).or_else(|| match aligned.get(&place) {
                Some(found) => {
                    groups.iter().position(|group| std::ptr::eq(group[0].1, found.first))
                }
                None if printed => None,
                None => find(groups, item, sourced),
            })
        };
        for (place, item) in sourced.part.items.iter().enumerate() {
            if aligned.get(&place).is_some_and(|found| found.by_number) {
                by_number_alone.insert(std::ptr::from_ref(item));
            }
            let at = known(&groups, &by_number, place);
            if at.is_none() && sourced.part.route == Route::Repeated && !groups.is_empty() {
                // A page that repeats words adds no item to a meeting that is known.
                continue;
            }
            let at = at.unwrap_or_else(|| {
                // Behind the item before it, else before the one behind it.
                let after = last.map(|last| last + 1);
                let next = || {
                    (place + 1..sourced.part.items.len())
                        .find_map(|place| known(&groups, &by_number, place))
                };
                let at = after.or_else(next).unwrap_or(groups.len());
                groups.insert(at, Vec::new());
                if at + 1 < groups.len() {
                    for place in by_number.values_mut().filter(|place| **place >= at) {
                        *place += 1;
                    }
                }
                at
            });
            if let Some(number) = item.number_in_source {
                by_number.insert(number, at);
            }
            groups[at].push((sourced, item));
            last = Some(at);
        }
    }
    Joined { groups, by_number_alone }
}

/// Where a meeting's minutes are a PDF that gave no words, each item without minutes says so: a reader comes to items, not to meetings.
pub(super) fn say_unread(items: &mut [Item], unread: &[Doubt]) {
    for item in items {
        let told = item.passages.iter().any(|passage| passage.part != Part::Agenda);
        if !told && item.standing == Standing::Public {
            item.doubts.extend(unread.iter().cloned());
        }
    }
}

/// The group with the same number of the source.
fn by_source(by_number: &HashMap<u64, usize>, item: &ItemPart) -> Option<usize> {
    by_number.get(&item.number_in_source?).copied()
}

/// The group with the same words on another route.
fn find(groups: &[Group<'_>], item: &ItemPart, sourced: &Sourced) -> Option<usize> {
    let same_title = |other: &ItemPart| {
        !item.title.is_empty() && id::slug(&other.title) == id::slug(&item.title)
    };
    groups.iter().position(|group| {
        group.iter().all(|(other, known)| {
            let other_route = other.part.route != sourced.part.route;
            let numbers_agree = item.number_in_source.is_none() || known.number_in_source.is_none();
            let shown_agree = item.number.is_none() || item.number == known.number;
            other_route && numbers_agree && shown_agree && same_title(known)
        })
    })
}

fn one(
    site: &str,
    meeting: &str,
    meeting_url: &str,
    place: usize,
    group: &[(&Sourced, &ItemPart)],
) -> Item {
    // Best part first, as the parts came.
    let mut group = group.to_vec();
    group.sort_by_key(|(sourced, _)| std::cmp::Reverse(sourced.rank()));
    let first = |tell: fn(&ItemPart) -> Option<String>| group.iter().find_map(|(_, i)| tell(i));
    let number = first(|item| item.number.clone());
    let in_source = group.iter().find_map(|(_, item)| item.number_in_source);
    let restricted = group.iter().any(|(_, item)| item.standing == Standing::Restricted);
    let (id, url) = if let Some(n) = in_source {
        (id::item_id(site, n), format!("{site}mgAi.aspx?ID={n}"))
    } else {
        let part = number.clone().unwrap_or_else(|| format!("n{}", place + 1));
        (id::part_item_id(meeting, &part), meeting_url.to_owned())
    };
    let mut doubts: Vec<Doubt> = Vec::new();
    for doubt in group.iter().flat_map(|(_, item)| &item.doubts) {
        if !doubts.contains(doubt) {
            doubts.push(doubt.clone());
        }
    }
    let mut passages = Vec::new();
    let mut source = None;
    let mut longest = 0;
    for part in [Part::Agenda, Part::Minutes, Part::Decision] {
        let Some(chosen) = words::standing(&group, part) else { continue };
        let (sourced, item) = chosen;
        if item.cut.contains(&part) {
            let note = format!(
                "the site cuts the {} text short and the whole was not read",
                part.as_str()
            );
            doubts.push(Doubt::new("cut-short", note).at(url.clone()));
        }
        doubts.extend(words::other_words(&group, part, sourced, item));
        let words: Vec<_> = item.passages.iter().filter(|p| p.part == part).cloned().collect();
        let length = words.iter().map(|p| p.text.len()).sum();
        if source.is_none() || length > longest {
            source = Some(sourced.source(&url));
            longest = length;
        }
        passages.extend(words);
    }
    words::say_once(&mut passages);
    Item {
        id,
        url,
        number,
        title: first(|item| Some(item.title.clone()).filter(|t| !t.is_empty()))
            .unwrap_or_else(|| "Untitled item".to_owned()),
        standing: if restricted { Standing::Restricted } else { Standing::Public },
        passages,
        documents: words::papers(group.iter().flat_map(|(_, item)| &item.documents)),
        doubts,
        source,
        ..Item::default()
    }
}
