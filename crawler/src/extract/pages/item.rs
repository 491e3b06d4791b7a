//! An item's own page (`mgAi`). It shows neither committee nor date: those come with the link that led here.

use minutebook_record::Doubt;

use super::{Reading, Told, items};
use crate::address;
use crate::extract::fragment::{Fragment, MeetingKey, MeetingPart, Route};
use crate::extract::outline::{Block, Mark};
use crate::extract::{council, date, heading, link};
use crate::page::{Page, PageKind};

/// Headings of these pages, lower case.
const OWN: [&str; 4] = ["agenda item", "eitem agenda", "eitem ar yr agenda", "eitem"];

/// Reads an item's page.
pub(crate) fn read(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let mut meeting = MeetingPart { route: Route::ItemPage, ..MeetingPart::default() };
    let own = |text: &str| OWN.contains(&text.trim().trim_end_matches(':').to_lowercase().as_str());
    let mut blocks: Vec<Block> = Vec::new();
    let mut titled = false;
    for block in &outline.blocks {
        if context(&mut meeting, block, page) {
            continue;
        }
        if block.row.is_some() || own(&block.text) || block.mark == Mark::Footer {
            continue;
        }
        let is_heading = block.mark != Mark::SubLabel
            && block.mark != Mark::Actions
            && !block.word
            && (block.heading.is_some()
                || matches!(block.mark, Mark::ItemTitle | Mark::SubTitle | Mark::MainTitle));
        if is_heading && !titled && crate::extract::text::furniture::label(&block.text).is_none() {
            titled = true;
            blocks.push(Block { mark: Mark::ItemTitle, ..block.clone() });
        } else {
            blocks.push(block.clone());
        }
    }
    if !titled && let Some(title) = title_of_page(&outline.title, &outline.dc_title) {
        blocks.insert(0, Block { text: title, mark: Mark::ItemTitle, ..Block::default() });
    }
    let mut item = items::read(page, "", &blocks, outline.has_sub_labels);
    item.number_in_source = link::number(&page.url, &["ID", "AIId"]).or(item.number_in_source);
    if item.title.is_empty() {
        item.doubts.push(Doubt::new("no-title", "no title was found on the item's page"));
    }
    context_of_links(&mut meeting, reading);
    meeting.language = heading::read(outline).welsh.then(|| "cy".to_owned());
    for block in &outline.blocks {
        for anchor in &block.anchors {
            if let Some(found) = link::link(page, anchor)
                && matches!(found.kind, PageKind::Meeting | PageKind::Decision | PageKind::Issue)
            {
                told.links.push(found);
            }
        }
    }
    meeting.items.push(item);
    told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    told
}

/// "Agenda item - Elective Home Education": the title after the page's own heading.
fn title_of_page(title: &str, dc_title: &str) -> Option<String> {
    [dc_title, title].into_iter().find_map(|text| {
        let lower = text.to_lowercase();
        let own = OWN.iter().find(|own| lower.starts_with(**own))?;
        let rest = text.get(own.len()..)?.trim_start_matches([' ', '-', '–', ':', '|']);
        // "Agenda item - Street Cleansing - Wexcombe Borough Council".
        let rest = match rest.rsplit_once(['-', '|', '–']) {
            Some((before, last)) if council::name(last).is_some() => before.trim_end(),
            _ => rest,
        };
        (!rest.is_empty()).then(|| rest.to_owned())
    })
}

/// Some sites print "Meeting: 12/07/2021 - Cabinet (Item 30)" on the page.
fn context(meeting: &mut MeetingPart, block: &Block, page: &Page) -> bool {
    if block.word || meeting.date.is_some() || block.mark == Mark::SubLabel {
        return false;
    }
    let text = block.text.trim();
    let Some(rest) = text.strip_prefix("Meeting:").or_else(|| text.strip_prefix("Meeting of "))
    else {
        return false;
    };
    let Some(found) = date::first(rest) else { return false };
    meeting.date = found.date;
    meeting.time = found.time;
    let name = if found.span.0 > 3 { &rest[..found.span.0] } else { &rest[found.span.1..] };
    let name = name.rsplit_once(" (Item").map_or(name, |(name, _)| name);
    meeting.committee = heading::committee(name);
    let meeting_link = block.anchors.iter().find_map(|a| link::link(page, a));
    if let Some(found) = meeting_link.filter(|found| found.kind == PageKind::Meeting) {
        meeting.key = link::number(&found.url, &["MId", "MeetingId"])
            .map_or(MeetingKey::Unknown, MeetingKey::Ordinary);
    }
    true
}

/// The meeting, from the pages that linked here and from what their links said.
fn context_of_links(meeting: &mut MeetingPart, reading: &Reading<'_>) {
    let linking = reading.page.found_on.iter().filter_map(|found| {
        let names: &[&str] = match address::kind(&found.url) {
            PageKind::Meeting => &["MId", "MeetingId"],
            PageKind::ServiceMeeting => &["lMeetingId"],
            _ => return None,
        };
        link::number(&found.url, names)
    });
    let mut linking: Vec<u64> = linking.collect();
    linking.sort_unstable();
    linking.dedup();
    if let ([only], MeetingKey::Unknown) = (&linking[..], meeting.key) {
        meeting.key = MeetingKey::Ordinary(*only);
    }
    // Where pages of several meetings link here, some of them quote the item: its number tells whose it is.
    if meeting.key != MeetingKey::Unknown || !linking.is_empty() {
        return;
    }
    let own_links = reading.outline.blocks.iter().flat_map(|block| &block.anchors);
    let mut numbers = own_links
        .filter_map(|anchor| link::link(reading.page, anchor))
        .filter(|found| found.kind == PageKind::Meeting)
        .filter_map(|found| link::number(&found.url, &["MId", "MeetingId"]));
    if let Some(number) = numbers.next() {
        meeting.key = MeetingKey::Ordinary(number);
    }
}
