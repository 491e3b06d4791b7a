//! A decision's page (`ieDecisionDetails`) and the history of an issue: both repeat words of meetings.

use minutebook_record::{Doubt, Part};

use super::{Reading, Told, items};
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::outline::{Anchor, Block, Mark};
use crate::extract::text::{labels, paragraphs};
use crate::extract::{date, heading, link};
use crate::page::{Page, PageKind};

/// Labels of a decision's page after which its words come, lower case.
const DECISION: [&str; 6] =
    ["decision", "decisions", "decision made", "penderfyniad", "penderfyniadau", "y penderfyniad"];

/// Labels whose words are the report's, lower case; what follows them is no decision.
const ASIDE: [&str; 24] = [
    "accompanying documents",
    "additional documents",
    "alternative options considered",
    "alternative options considered and rejected",
    "cofnodion",
    "contact",
    "date of decision",
    "dates of decision",
    "decided at meeting",
    "decision due date",
    "decision maker",
    "decision status",
    "declarations",
    "effective from",
    "is key decision?",
    "is subject to call in?",
    "lead officer",
    "made at meeting",
    "other reasons / organisations consulted",
    "publication date",
    "purpose",
    "reason for decision",
    "reasons for the decision",
    "wards affected",
];

/// Reads a decision's page.
pub(crate) fn decision(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut meeting = MeetingPart { route: Route::Repeated, ..MeetingPart::default() };
    let mut item =
        ItemPart { number_in_source: link::number(&page.url, &["AIId"]), ..ItemPart::default() };
    let mut texts: Vec<&str> = Vec::new();
    let mut inside = false;
    let own = ["decision details", "manylion y penderfyniad"];
    for block in &outline.blocks {
        let (label, rest) = labelled(block);
        let is_own = own.contains(&block.text.to_lowercase().as_str());
        if let Some(label) = label {
            inside = DECISION.contains(&label.as_str());
            if label == "decided at meeting" || label == "made at meeting" {
                at_meeting(&mut meeting, page, block, rest);
            }
            if inside && !rest.is_empty() {
                texts.push(rest);
            }
        } else if block.heading.is_some() || block.mark == Mark::ItemTitle {
            inside = false;
            if item.title.is_empty() && !is_own {
                item.title = items::plain_title(&block.text);
            }
        } else if inside && block.mark == Mark::None {
            texts.push(&block.text);
        }
        item.documents.extend(link::documents(page, block));
    }
    item.passages = paragraphs::passages(Part::Decision, texts);
    if let Some(found) = meeting_from_links(reading) {
        meeting.key = found;
    }
    let mut told = Told::default();
    if meeting.key == MeetingKey::Unknown && item.number_in_source.is_none() {
        let note = "a decision that was made at no meeting; it is not part of any minutes";
        told.doubts.push(Doubt::new("no-meeting", note).at(page.url.clone()));
    } else {
        meeting.items.push(item);
        told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    }
    told
}

/// A label of the page ("Decision Maker:") and what stands after it in the same paragraph.
fn labelled(block: &Block) -> (Option<String>, &str) {
    let text = block.text.as_str();
    let (label, rest) = match (&block.label, text.split_once(':')) {
        (Some(label), _) => (label.as_str(), text.strip_prefix(label.as_str()).unwrap_or_default()),
        (None, Some((label, rest))) if !block.word => (label, rest),
        (None, None) if block.heading.is_some() || block.mark == Mark::SubLabel => (text, ""),
        _ => return (None, text),
    };
    let label = label.trim().trim_end_matches(':').trim().to_lowercase();
    let known = DECISION.contains(&label.as_str()) || ASIDE.contains(&label.as_str());
    if known || block.label.is_some() {
        (Some(label), rest.trim_start_matches([':', ' ']))
    } else {
        (None, text)
    }
}

/// "17/09/2019 - Cabinet", with a link to the meeting.
fn at_meeting(meeting: &mut MeetingPart, page: &Page, block: &Block, words: &str) {
    if let Some(found) = date::first(words) {
        meeting.date = found.date;
        meeting.committee = heading::committee(&words[found.span.1..]);
    }
    if let Some(key) = block.anchors.iter().find_map(|anchor| meeting_key(page, anchor)) {
        meeting.key = key;
    }
}

fn meeting_key(page: &Page, anchor: &Anchor) -> Option<MeetingKey> {
    let found = link::link(page, anchor).filter(|found| found.kind == PageKind::Meeting)?;
    link::number(&found.url, &["MId"]).map(MeetingKey::Ordinary)
}

fn meeting_from_links(reading: &Reading<'_>) -> Option<MeetingKey> {
    reading.page.found_on.iter().find_map(|found| {
        let number = crate::address::meeting_id(&found.url)?.parse().ok()?;
        Some(MeetingKey::Ordinary(number))
    })
}

/// Reads the history of an issue: one block for each meeting, headed "Meeting: 19/04/2017 - Audit Committee (Item 56)".
pub(crate) fn issue(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let mut told = Told::default();
    let title = heading::head_blocks(outline)
        .map(|block| block.text.as_str())
        .find(|text| !text.to_lowercase().starts_with("issue"))
        .map(items::plain_title)
        .unwrap_or_default();
    let mut open: Option<(MeetingPart, Vec<&str>)> = None;
    for block in &outline.blocks {
        let words =
            block.text.strip_prefix("Meeting:").or_else(|| block.text.strip_prefix("Cyfarfod:"));
        if let Some(words) = words.filter(|_| !block.word) {
            told.fragments.extend(open.take().map(closed));
            let mut meeting = MeetingPart { route: Route::Repeated, ..MeetingPart::default() };
            at_meeting(&mut meeting, page, block, words);
            let shown = words.rsplit_once("(Item").or_else(|| words.rsplit_once("(Eitem"));
            let number = shown.and_then(|(_, n)| labels::item_number(n.trim_end_matches(')')));
            let in_source = block.anchors.iter().find_map(|anchor| {
                anchor.href.rsplit_once("#AI").and_then(|(_, number)| number.parse().ok())
            });
            meeting.committee = meeting.committee.map(|name| {
                name.rsplit_once(" (").map_or(name.clone(), |(name, _)| name.to_owned())
            });
            meeting.items.push(ItemPart {
                number,
                number_in_source: in_source,
                title: title.clone(),
                ..ItemPart::default()
            });
            open = Some((meeting, Vec::new()));
        } else if let Some((_, texts)) = &mut open
            && block.mark == Mark::None
            && crate::extract::text::furniture::label(&block.text).is_none()
        {
            texts.push(&block.text);
        }
    }
    told.fragments.extend(open.take().map(closed));
    told
}

fn closed((mut meeting, texts): (MeetingPart, Vec<&str>)) -> Fragment {
    if let Some(item) = meeting.items.first_mut() {
        item.passages = paragraphs::passages(Part::Minutes, texts);
    }
    Fragment::Meeting(Box::new(meeting))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_labels_are_sorted() {
        assert!(super::ASIDE.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
