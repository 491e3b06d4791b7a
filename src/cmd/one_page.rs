//! One page's record and doubts, for the craft of extraction: what the page gave on its own, as a table a person can read.

use std::fmt::Write as _;

use anyhow::Result;
use minutebook_crawler::assemble::{self, Known};
use minutebook_crawler::extract::{self, MeetingKey};
use minutebook_crawler::page::Page;
use minutebook_crawler::pdf::Texts;
use minutebook_crawler::records;
use minutebook_record::{Doubt, Item, Meeting};

use crate::pipeline;

/// What one page gave.
pub(super) struct Shown {
    kind: String,
    meetings: Vec<Meeting>,
    links: usize,
    doubts: Vec<Doubt>,
}

/// Reads the page alone, as if the archive held nothing else.
pub(super) fn read(site: &str, page: &Page) -> Shown {
    let texts = Texts::default();
    let extracted =
        if page.is_pdf() { extract::pdf(page, &texts.of(page)) } else { extract::page(page) };
    let known = Known::default();
    let meetings = records::parts(page, &|page| texts.of(page))
        .into_iter()
        .filter_map(|part| match part.part.key {
            MeetingKey::Unknown => assemble::stray(site, &known, part),
            _ => assemble::meeting(site, &known, vec![part]),
        })
        .map(|mut meeting| {
            pipeline::complete(&mut meeting);
            meeting
        })
        .collect();
    Shown {
        kind: format!("{:?}", extracted.kind),
        meetings,
        links: extracted.links.len(),
        doubts: extracted.doubts,
    }
}

/// The records, one a line, as they would be written.
pub(super) fn as_json(shown: &Shown) -> Result<String> {
    let mut bytes = Vec::new();
    for meeting in &shown.meetings {
        minutebook_record::file::write(meeting, &mut bytes)?;
    }
    Ok(String::from_utf8(bytes)?)
}

/// The same for a person.
pub(super) fn as_table(shown: &Shown, page: &Page) -> String {
    let mut text = String::new();
    row(&mut text, "page", &page.url);
    row(&mut text, "kind", &shown.kind);
    row(&mut text, "fetched", &page.fetched_at.to_string());
    row(&mut text, "sha256", &page.sha256);
    row(&mut text, "links", &shown.links.to_string());
    for meeting in &shown.meetings {
        text.push('\n');
        row(&mut text, "meeting", &meeting.id);
        row(&mut text, "committee", &meeting.committee.name);
        row(&mut text, "date", &meeting.date.map_or_else(|| "-".to_owned(), |d| d.to_string()));
        row(&mut text, "status", &format!("{:?}", meeting.status).to_lowercase());
        for person in &meeting.attendance {
            let role = person.role.as_deref().unwrap_or("-");
            row(
                &mut text,
                "attendance",
                &format!("{} | {role} | {:?}", person.name, person.status),
            );
        }
        doubts(&mut text, &meeting.doubts);
        for item in &meeting.items {
            text.push('\n');
            one_item(&mut text, item);
        }
    }
    text.push('\n');
    doubts(&mut text, &shown.doubts);
    if shown.meetings.is_empty() {
        row(&mut text, "record", "none: this page gives no meeting or item of its own");
    }
    text
}

fn one_item(text: &mut String, item: &Item) {
    row(text, "item", &item.id);
    row(text, "title", &format!("{} {}", item.number.as_deref().unwrap_or("-"), item.title));
    for (passage, anchor) in item.passages.iter().zip(item.anchors()) {
        row(text, passage.part.as_str(), &format!("{anchor}  {}", passage.text));
    }
    for r in item.resolutions() {
        let to = r.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
        let label = r.label.as_deref().unwrap_or("-");
        row(text, "resolution", &format!("{label} [{}{to}] {}", r.kind.as_str(), r.text));
    }
    for role in item.roles() {
        let qualifier: String =
            role.qualifiers().map(|q| format!(", {q:?}").to_lowercase()).collect();
        row(
            text,
            "role",
            &format!(
                "{} | {} | {}{qualifier} | {}",
                role.printed,
                role.slug,
                role.holder.as_str(),
                role.how.as_str()
            ),
        );
    }
    for tag in &item.topic_tags {
        row(
            text,
            "topic",
            &format!("{} ({} in {}: \"{}\")", tag.topic, tag.score, tag.place, tag.evidence),
        );
    }
    for document in &item.documents {
        row(text, "document", &format!("{} | {}", document.title, document.url));
    }
    doubts(text, &item.doubts);
}

fn doubts(text: &mut String, doubts: &[Doubt]) {
    for doubt in doubts {
        let place = doubt.place.as_ref().map(|p| format!(" at {p}")).unwrap_or_default();
        row(text, "doubt", &format!("{}: {}{place}", doubt.kind, doubt.note));
    }
}

/// A name and its value; text from pages must not drive the terminal.
fn row(text: &mut String, name: &str, value: &str) {
    let value: String = value.chars().filter(|c| !c.is_control()).collect();
    let _ = writeln!(text, "{name:<12} {value}");
}
