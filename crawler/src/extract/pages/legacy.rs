//! The older archive (`CeListDocuments`): a whole meeting in one text, or a list of documents of which each may be a minute.

use minutebook_record::{Doubt, Part, Status};

use super::{Reading, Told, items, opening};
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::outline::{Block, Mark};
use crate::extract::text::{labels, paragraphs};
use crate::extract::{cut, date, heading, link, present};
use crate::page::{Page, PageKind};

/// Reads a page of the older archive.
pub(crate) fn read(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let head = heading::read(outline);
    let of_address = part(page);
    let mut meeting = MeetingPart {
        committee: head.committee,
        date: head.date.or(of_address.date),
        time: head.time,
        language: head.welsh.then(|| "cy".to_owned()),
        doubts: head.doubts,
        ..of_address
    };
    listed(reading, &mut meeting, &mut told);
    let mut begun = false;
    let body: Vec<&Block> = outline
        .blocks
        .iter()
        .filter(|b| b.mark == Mark::None && b.label.is_none())
        .filter(|b| !matches!(b.text.as_str(), "Meeting documents" | "Dogfennau'r cyfarfod"))
        // Headings are the page's own until its text begins; from there on, or with a number, they are titles of minutes.
        .filter(|b| {
            let own = b.heading.is_some() && !b.word;
            begun |= !own || labels::starts_with_label(&b.text);
            begun
        })
        .collect();
    let lines: Vec<cut::Line> = body
        .iter()
        .map(|b| cut::Line { text: b.text.clone(), strong: b.strong || b.heading.is_some() })
        .collect();
    let (before, cuts) = cut::items(&lines);
    meeting.attendance = present::read(&before);
    let listed_only = !meeting.items.is_empty();
    if cuts.is_empty() && !lines.is_empty() && !listed_only {
        meeting.items.push(whole(page, &before));
    }
    if !cuts.is_empty() {
        meeting.items.extend(opening::item(&before));
    }
    for cut in cuts {
        let texts = cut.lines.iter().map(String::as_str);
        meeting.items.push(ItemPart {
            number: cut.number,
            title: items::plain_title(&cut.title),
            passages: paragraphs::passages(Part::Minutes, texts),
            ..ItemPart::default()
        });
    }
    if !meeting.items.is_empty() {
        meeting.status = Some((Status::Approved, "older archive".to_owned()));
    }
    told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    told
}

/// The documents a meeting is kept as; a name such as "Minute 63/07 Apologies" tells an item and its place.
fn listed(reading: &Reading<'_>, meeting: &mut MeetingPart, told: &mut Told) {
    let page = reading.page;
    for anchor in reading.outline.blocks.iter().flat_map(|block| &block.anchors) {
        let Some(found) = link::link(page, anchor) else { continue };
        let name = link::text(&anchor.href, &["RD"]);
        if found.kind == PageKind::LegacyMeeting && name.is_some() {
            if let Some((number, title)) = named(&anchor.words) {
                meeting.items.push(ItemPart {
                    number: Some(number),
                    title: items::plain_title(title),
                    ..ItemPart::default()
                });
            }
            told.links.push(found);
        } else if let Some(paper) = link::document(page, anchor) {
            meeting.documents.push(paper);
        }
    }
}

/// Number and title of a document's name.
fn named(words: &str) -> Option<(String, &str)> {
    let words = words.trim();
    let rest = ["Minute ", "Item ", "Cofnod "].iter().find_map(|w| words.strip_prefix(w))?;
    let (number, title) = rest.split_once(' ')?;
    let is_number = labels::is_item_number(number) && !title.trim().is_empty();
    labels::item_number(number).filter(|_| is_number).map(|number| (number, title.trim()))
}

/// What the address alone tells.
pub(super) fn part(page: &Page) -> MeetingPart {
    let is_document = link::text(&page.url, &["RD"]).is_some();
    MeetingPart {
        key: link::number(&page.url, &["MeetingId", "MId"])
            .map_or(MeetingKey::Unknown, MeetingKey::Legacy),
        // A page of one document tells of an item, not of the meeting.
        route: if is_document { Route::ItemPage } else { Route::Page },
        committee_id: link::text(&page.url, &["CommitteeId", "CId"]),
        date: link::text(&page.url, &["DF"]).and_then(|day| date::plain(&day)),
        ..MeetingPart::default()
    }
}

/// A text without any number: one item.
pub(super) fn whole(page: &Page, texts: &[String]) -> ItemPart {
    let document = link::text(&page.url, &["RD"]);
    let named = document.as_deref().and_then(named);
    let title = named.as_ref().map(|(_, title)| (*title).to_owned()).or_else(|| document.clone());
    ItemPart {
        number: named.map(|(number, _)| number),
        title: title.unwrap_or_else(|| "Minutes".to_owned()),
        passages: paragraphs::passages(Part::Minutes, texts.iter().map(String::as_str)),
        doubts: vec![Doubt::new("not-cut", "no minute numbers were found to cut the text at")],
        ..ItemPart::default()
    }
}
