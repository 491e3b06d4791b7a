//! A meeting's page (`ieListDocuments`): head, venue, links to papers and attendance, and its items.

use std::collections::HashSet;

use minutebook_record::{Doubt, Status};

use super::{Reading, Told, items};
use crate::address;
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::outline::{Block, Mark};
use crate::extract::text::labels;
use crate::extract::{heading, link, sections, select};
use crate::page::{Page, PageKind};

/// Reads a meeting's page.
pub(crate) fn read(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let head = heading::read(outline);
    let mut meeting = MeetingPart {
        key: link::number(&page.url, &["MId", "MeetingId"])
            .map_or(MeetingKey::Unknown, MeetingKey::Ordinary),
        route: Route::Page,
        committee_id: link::text(&page.url, &["CId", "CommitteeId"])
            .filter(|id| id.bytes().all(|b| b.is_ascii_digit()) && id != "0"),
        committee: head.committee,
        date: head.date,
        time: head.time,
        status: head.status,
        language: head.welsh.then(|| "cy".to_owned()),
        doubts: head.doubts,
        ..MeetingPart::default()
    };
    select::expect_one(
        &mut meeting.doubts,
        "heading with a date",
        meeting.date.is_some(),
        &page.url,
    );
    let first = outline.blocks.iter().position(|b| b.row.is_some() && !is_end(b));
    let before = first.unwrap_or(outline.blocks.len());
    for block in &outline.blocks[..before] {
        about(&mut meeting, block, page);
    }
    let mut seen = HashSet::new();
    for block in &outline.blocks {
        for anchor in &block.anchors {
            if let Some(found) = link::link(page, anchor)
                && is_wanted(found.kind)
                && seen.insert(found.clone())
            {
                if meeting.committee_id.is_none() && found.kind == PageKind::Committee {
                    meeting.committee_id = link::text(&found.url, &["ID"]);
                }
                if meeting.key == MeetingKey::Unknown
                    && matches!(found.kind, PageKind::Attendance | PageKind::MinutesDocument)
                {
                    // A page saved under another name: its own links tell which meeting it is.
                    let number = address::meeting_id(&found.url).and_then(|n| n.parse().ok());
                    meeting.key = number.map_or(MeetingKey::Unknown, MeetingKey::Ordinary);
                }
                told.links.push(found);
            }
        }
    }
    let mut items = if first.is_some() {
        rows(reading, &outline.blocks[before..])
    } else {
        let found = marked_runs(reading);
        if !found.is_empty() {
            let note = "no item table; items were told by their titles' marks";
            meeting.doubts.push(Doubt::new("selector", note).at("table.mgItemTable"));
        }
        found
    };
    meeting.doubts.extend(sections::drop_headings(&mut items));
    meeting.items = items;
    if meeting.items.is_empty() && !matches!(meeting.status, Some((Status::Cancelled, _))) {
        let note = "no items were found on the meeting's page";
        meeting.doubts.push(Doubt::new("no-items", note).at(page.url.clone()));
    }
    told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    told
}

fn is_wanted(kind: PageKind) -> bool {
    !matches!(
        kind,
        PageKind::Other | PageKind::Meeting | PageKind::MeetingList | PageKind::CommitteeList
    )
}

fn is_end(block: &Block) -> bool {
    block.row.as_ref().is_some_and(|row| row.end)
}

/// Venue and papers from the part above the items.
fn about(meeting: &mut MeetingPart, block: &Block, page: &Page) {
    if let Some(label) = &block.label {
        let word = label.trim().trim_end_matches(':').trim().to_lowercase();
        if matches!(word.as_str(), "venue" | "lleoliad" | "location") {
            let rest = block.text.trim_start_matches(label.as_str()).trim_start_matches([':', ' ']);
            meeting.venue = (!rest.is_empty()).then(|| rest.to_owned());
        }
        return;
    }
    if block.mark == Mark::Actions || block.mark == Mark::Bullets {
        meeting.documents.extend(link::documents(page, block));
    }
}

/// Items from the rows of the item table.
fn rows(reading: &Reading<'_>, blocks: &[Block]) -> Vec<ItemPart> {
    let starts: Vec<usize> =
        blocks.iter().enumerate().filter(|(_, b)| b.row.is_some()).map(|(at, _)| at).collect();
    let mut found = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(blocks.len());
        let Some(row) = blocks[*start].row.as_ref().filter(|row| !row.end) else { continue };
        let marked = reading.outline.has_sub_labels;
        let item = items::read(reading.page, &row.number, &blocks[*start..end], marked);
        keep(&mut found, item);
    }
    found
}

/// Items where no table is marked: each run that begins with a title.
fn marked_runs(reading: &Reading<'_>) -> Vec<ItemPart> {
    let blocks = &reading.outline.blocks;
    let is_title = |b: &Block| b.mark == Mark::ItemTitle && !b.word;
    let mut starts = Vec::new();
    let mut number = (0, String::new());
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| is_title(b)) {
        if labels::is_item_number(&block.text) {
            number = (at, block.text.clone());
        } else {
            let (from, number) = std::mem::take(&mut number);
            starts.push((if number.is_empty() { at } else { from }, number));
        }
    }
    let mut found = Vec::new();
    for (n, (start, number)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(blocks.len(), |(at, _)| *at);
        let marked = reading.outline.has_sub_labels;
        keep(&mut found, items::read(reading.page, number, &blocks[*start..end], marked));
    }
    found
}

/// No agenda has more items; a page that seems to is no agenda.
const MOST_ITEMS: usize = 2000;

/// Keeps what is an item; a section heading is none.
fn keep(found: &mut Vec<ItemPart>, mut item: ItemPart) {
    if found.len() >= MOST_ITEMS {
        return;
    }
    let empty = item.passages.is_empty() && item.documents.is_empty() && item.cut.is_empty();
    if item.title.is_empty() && empty {
        return;
    }

    if item.title.is_empty() {
        let first = item.passages.first().map_or("", |p| p.text.as_str());
        item.title = first.chars().take(80).collect();
        item.doubts
            .push(Doubt::new("no-title", "the item has no title; its first words stand for it"));
    }
    found.push(item);
}
