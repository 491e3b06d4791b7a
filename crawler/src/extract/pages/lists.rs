//! Lists: committees, a committee's meetings, a committee's own page.

use std::collections::HashSet;

use super::{Reading, Told};
use crate::extract::fragment::{CommitteeRow, Fragment, ListedMeeting, MeetingKey};
use crate::extract::outline::Anchor;
use crate::extract::{date, heading, link, select};
use crate::page::{Link, PageKind};

/// Reads the list of committees.
pub(crate) fn committees(reading: &Reading<'_>) -> Told {
    let (mut told, mut seen) = (Told::default(), HashSet::new());
    let mut expired = false;
    for block in &reading.outline.blocks {
        if block.heading.is_some() || block.anchors.is_empty() {
            expired = is_expired(&block.text) || (expired && block.heading.is_none());
        }
        // Once for a block, however many links stand in it.
        let expired = expired || is_expired(&block.text);
        for anchor in &block.anchors {
            let Some(found) = link::link(reading.page, anchor) else { continue };
            let id = match found.kind {
                PageKind::Committee => link::text(&found.url, &["ID", "CId", "CommitteeId"]),
                PageKind::MeetingList => link::text(&found.url, &["CId", "CommitteeId"]),
                _ => None,
            };
            let Some(id) = id.filter(|id| id.bytes().all(|b| b.is_ascii_digit())) else { continue };
            let name = super::items::plain_title(&anchor.words);
            if name.is_empty() {
                continue;
            }
            let row = CommitteeRow { id, name, expired };
            if seen.insert(row.id.clone()) {
                told.fragments.push(Fragment::Committee(row));
                told.links.push(found);
            }
        }
    }
    let found = !told.fragments.is_empty();
    select::expect_one(&mut told.doubts, "link to a committee at least", found, &reading.page.url);
    told
}

fn is_expired(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["expired", "former committees", "previous committees", "no longer", "wedi dod i ben"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Reads a committee's meetings, one page of them.
pub(crate) fn meetings(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let committee_id = link::text(&page.url, &["CId", "CommitteeId"]).filter(|id| id != "0");
    let committee = name_of_list(reading);
    for block in &outline.blocks {
        let cancelled = !block.anchors.is_empty() && says_cancelled(&block.text);
        for anchor in &block.anchors {
            let Some(found) = link::link(page, anchor) else { continue };
            match found.kind {
                PageKind::Meeting | PageKind::LegacyMeeting => {
                    let Some(listed) = listed(cancelled, anchor, &found) else {
                        // A document that lives among meetings (Constitution): its words hold no date.
                        continue;
                    };
                    let listed = ListedMeeting {
                        // The canonical address names the meeting alone; the link as written may name its committee.
                        committee_id: committee_id
                            .clone()
                            .or_else(|| link::text(&anchor.href, &["CId", "CommitteeId"])),
                        committee: committee.clone(),
                        ..listed
                    };
                    told.fragments.push(Fragment::Listed(listed));
                    told.links.push(found);
                }
                PageKind::MeetingList if is_paging(&anchor.words, &found.url) => {
                    told.links.push(Link { words: anchor.words.clone(), ..found });
                }
                _ => {}
            }
        }
    }
    if let (Some(id), Some(name)) = (committee_id, committee) {
        told.fragments.push(Fragment::Committee(CommitteeRow { id, name, expired: false }));
    }
    told
}

/// A line of the list: "14 Jul 2026 6.00 pm - Agenda", "cancelled".
fn listed(cancelled: bool, anchor: &Anchor, link: &Link) -> Option<ListedMeeting> {
    let is_legacy = link.kind == PageKind::LegacyMeeting;
    let number = link::number(&link.url, &["MId", "MeetingId"])?;
    let found = date::first(&anchor.words).or_else(|| {
        let day = link::text(&anchor.href, &["DF"])?;
        date::first(&day)
    })?;
    Some(ListedMeeting {
        key: if is_legacy { MeetingKey::Legacy(number) } else { MeetingKey::Ordinary(number) },
        date: found.date,
        time: found.time,
        cancelled,
        ..ListedMeeting::default()
    })
}

/// Whether a line says so of its meeting: the word stands apart or at an end, and tells no story ("previously postponed").
fn says_cancelled(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.split([',', '(', ')', '*', '–', '|', ':', ';']).flat_map(|piece| piece.split(" - ")).any(
        |piece| {
            let words: Vec<&str> = piece.split_whitespace().collect();
            let is = |word: Option<&&str>| {
                word.is_some_and(|word| {
                    ["cancelled", "canceled", "postponed", "canslwyd", "gohiriwyd"].contains(word)
                })
            };
            let tells =
                ["previously", "originally", "from", "not"].iter().any(|w| words.contains(w));
            !tells && (is(words.first()) || is(words.last()))
        },
    )
}

/// "Earlier meetings" and its Welsh: the rest of the list.
fn is_paging(words: &str, url: &str) -> bool {
    let lower = words.to_lowercase();
    lower.starts_with("earlier")
        || lower.starts_with("cynharach")
        || lower.contains("cynharach")
        || link::text(url, &["Act"]).is_some_and(|act| act.eq_ignore_ascii_case("prev"))
}

/// The committee's name from the heading: "Browse meetings - Audit Committee", "Audit Committee".
fn name_of_list(reading: &Reading<'_>) -> Option<String> {
    let texts = heading::head_blocks(reading.outline)
        .map(|block| block.text.as_str())
        .chain([reading.outline.title.as_str()]);
    let mut best = None;
    for text in texts {
        let lower = text.to_lowercase();
        let prefixes =
            ["browse meetings", "pori cyfarfodydd", "meetings of", "meetings", "cyfarfodydd"];
        match prefixes.iter().find(|prefix| lower.starts_with(**prefix)) {
            Some(prefix) => {
                let rest = text.get(prefix.len()..).unwrap_or_default();
                let rest = rest.trim_matches([' ', '-', '–', ':', '|']);
                if !rest.is_empty() {
                    return Some(rest.to_owned());
                }
            }
            None if best.is_none() && !text.is_empty() && lower != "committee details" => {
                best = Some(text.to_owned());
            }
            None => {}
        }
    }
    best
}

/// Reads a committee's own page: its name, and links to its meetings.
pub(crate) fn committee(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let id = link::text(&page.url, &["ID", "CId", "CommitteeId"]);
    let own = ["committee details", "manylion y pwyllgor", "manylion pwyllgor"];
    let name = heading::head_blocks(outline)
        .map(|block| block.text.as_str())
        .chain([outline.title.as_str()])
        .map(str::trim)
        .filter(|text| !text.is_empty() && !own.contains(&text.to_lowercase().as_str()))
        .map(|text| {
            let lower = text.to_lowercase();
            let own = own.iter().find(|own| lower.starts_with(**own)).map_or(0, |own| own.len());
            super::items::plain_title(
                text.get(own..).unwrap_or(text).trim_matches([' ', '-', '–', ':']),
            )
        })
        .next();
    if let (Some(id), Some(name)) = (&id, name) {
        let row = CommitteeRow { id: id.clone(), name, expired: false };
        told.fragments.push(Fragment::Committee(row));
    }
    for block in &outline.blocks {
        for anchor in &block.anchors {
            if let Some(found) = link::link(page, anchor)
                && matches!(found.kind, PageKind::MeetingList | PageKind::Meeting)
            {
                told.links.push(found);
            }
        }
    }
    if let Some(id) = id {
        // The list of meetings can be derived without fetching anything.
        if let Some(url) = link::resolve(&page.url, &format!("ieListMeetings.aspx?CId={id}&Year=0"))
        {
            told.links.push(Link {
                url,
                words: "Browse meetings".to_owned(),
                kind: PageKind::MeetingList,
            });
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_of_its_own_meeting_only() {
        for (line, said) in [
            ("14 Jul 2026 6.00 pm CANCELLED", true),
            ("14 Jul 2026 6.00 pm - Agenda, cancelled", true),
            ("14 Jul 2026 6.00 pm (cancelled) - Agenda", true),
            ("3 Jun 2020 6.00 pm - Agenda, time changed, previously postponed", false),
            ("3 Jun 2020 6.00 pm - Agenda (postponed from 20 May)", false),
            ("3 Jun 2020 6.00 pm - Agenda", false),
        ] {
            assert_eq!(says_cancelled(line), said, "{line}");
        }
    }
}
