//! From one page to what it tells: committees, meetings, items, papers, links, doubts.
//!
//! Extraction never fails; it doubts. It is a function of the page alone: no clock, no network, no files. What scraper knows of a
//! page's tree stays in `outline`; everything else works on its flat list of blocks.

mod bytes;
mod council;
mod cut;
pub mod date;
mod entities;
#[cfg(test)]
pub(crate) mod fixtures;
mod fragment;
mod heading;
mod link;
mod outline;
mod pages;
mod present;
pub mod private;
#[cfg(test)]
mod properties;
mod sections;
mod select;
mod service;
mod text;

pub use fragment::{
    CommitteeRow, Extracted, Fragment, ItemPart, ListedMeeting, MeetingKey, MeetingPart, Route,
};

use minutebook_record::Doubt;

use crate::address;
use crate::page::{Page, PageKind, PdfText};
use pages::{Reading, Told};

/// Reads a page of any sort but PDF. It never fails: what cannot be read is a doubt, with the page's address.
pub fn page(page: &Page) -> Extracted {
    if page.is_pdf() {
        let kind = address::kind(&page.url);
        return nothing(page, kind, "pdf-not-read", "a PDF, and its text was not read");
    }
    let decoded = bytes::decode(&page.body, page.content_type.as_deref());
    let text = decoded.text;
    let mut extracted = read(page, &text);
    if decoded.cut {
        let note =
            format!("the page is longer than {} MB; the rest was not read", bytes::LARGEST >> 20);
        extracted.doubts.push(Doubt::new("page-cut", note).at(page.url.clone()));
    }
    if decoded.mixed && !extracted.fragments.is_empty() {
        let note =
            "some bytes are of another encoding than the page; they were read as windows-1252";
        extracted.doubts.push(Doubt::new("mixed-encoding", note).at(page.url.clone()));
    }
    extracted
}

fn read(page: &Page, text: &str) -> Extracted {
    if text.trim().is_empty() {
        return nothing(page, PageKind::Other, "empty-page", "the page holds nothing");
    }
    if let Some(kind) = service::kind(text) {
        let told = match kind {
            PageKind::ServiceCommittees => service::lists::committees(page, text),
            PageKind::ServiceMeetings => service::lists::meetings(page, text),
            _ => service::meeting::read(page, text),
        };
        return extracted(kind, told);
    }
    let outline = outline::read(&outline::marker_hidden(text));
    let kind = kind(page, &outline);
    let error = outline.blocks.iter().any(|b| b.mark == outline::Mark::Error && !b.word);
    let reading = Reading { page, outline: &outline };
    let told = match kind {
        PageKind::CommitteeList => pages::lists::committees(&reading),
        PageKind::Committee => pages::lists::committee(&reading),
        PageKind::MeetingList => pages::lists::meetings(&reading),
        PageKind::Meeting => pages::meeting::read(&reading),
        PageKind::Item => pages::item::read(&reading),
        PageKind::Attendance => pages::attendance::read(&reading),
        PageKind::Decision => pages::decision::decision(&reading),
        PageKind::Issue => pages::decision::issue(&reading),
        PageKind::LegacyMeeting => pages::legacy::read(&reading),
        PageKind::MinutesDocument => pages::printed::html(&reading),
        _ if error => return error_page(page, kind),
        _ => {
            return nothing(
                page,
                kind,
                "not-read",
                "a page of a sort that holds no minutes, or no page of this software",
            );
        }
    };
    let mut extracted = extracted(kind, told);
    extracted.council = outline.council;
    // A stray line of error on a page that holds items is no error page.
    if error && !tells_words(&extracted) {
        return error_page(page, kind);
    }
    if tells_nothing(&extracted) {
        return nothing(
            page,
            kind,
            "no-such-page",
            "the address of a meeting or an item, but no such page",
        );
    }
    let whole = !contains_tag(head(text), "<html") || contains_tag(tail(text), "</html");
    if !extracted.fragments.is_empty() && !whole {
        let note = "the page ends before its end; words may be missing";
        extracted.doubts.push(Doubt::new("page-ends-early", note).at(page.url.clone()));
    }
    extracted
}

fn error_page(page: &Page, kind: PageKind) -> Extracted {
    nothing(page, kind, "error-page", "the site answered with a message of an error")
}

/// Whether a page tells more than its frame: items, people, a list.
fn tells_words(extracted: &Extracted) -> bool {
    extracted.fragments.iter().any(|fragment| match fragment {
        Fragment::Meeting(part) => {
            !part.attendance.is_empty()
                || part.items.iter().any(|i| !i.title.is_empty() || !i.passages.is_empty())
        }
        Fragment::Committee(_) | Fragment::Listed(_) => true,
    })
}

/// A meeting's page that shows neither a day nor an item is none: an error page or a gatekeeper's, sent with status 200.
fn tells_nothing(extracted: &Extracted) -> bool {
    let is_empty = |item: &ItemPart| {
        item.title.is_empty() && item.passages.is_empty() && item.documents.is_empty()
    };
    matches!(extracted.kind, PageKind::Meeting | PageKind::Item)
        && extracted.fragments.iter().all(|fragment| match fragment {
            Fragment::Meeting(part) if extracted.kind == PageKind::Item => {
                part.items.iter().all(is_empty)
            }
            Fragment::Meeting(part) => {
                part.date.is_none() && part.items.is_empty() && part.status.is_none()
            }
            _ => false,
        })
}

/// Reads a PDF from its text. Only minutes are read: a report is not part of a record.
pub fn pdf(page: &Page, text: &PdfText) -> Extracted {
    let kind = address::kind(&page.url);
    match kind {
        PageKind::MinutesDocument | PageKind::LegacyMeeting => {
            extracted(kind, pages::printed::of_pdf(page, text))
        }
        _ => nothing(page, kind, "not-read", "a PDF that is not printed minutes"),
    }
}

fn extracted(kind: PageKind, told: Told) -> Extracted {
    let Told { fragments, links, doubts } = told;
    Extracted { kind, fragments, links, doubts, council: None }
}

fn nothing(page: &Page, kind: PageKind, doubt: &str, note: &str) -> Extracted {
    let doubts = vec![Doubt::new(doubt, note).at(page.url.clone())];
    Extracted { kind, fragments: Vec::new(), links: Vec::new(), doubts, council: None }
}

/// What a page is: by its address, unless it says otherwise itself.
fn kind(page: &Page, outline: &outline::Outline) -> PageKind {
    let lower = page.url.to_ascii_lowercase();
    if lower.contains("mgerror.aspx") {
        return PageKind::Other;
    }
    let by_address = address::kind(&page.url);
    if by_address != PageKind::Other {
        return by_address;
    }
    // A page saved by hand, under any name.
    let heads: Vec<String> = heading::head_blocks(outline).map(|b| b.text.to_lowercase()).collect();
    let starts = |word: &str| heads.iter().any(|head| head.starts_with(word));
    if outline.blocks.iter().any(|b| outline::is_marker(&b.text)) {
        PageKind::MinutesDocument
    } else if outline.has_item_table {
        PageKind::Meeting
    } else if starts("agenda item") || starts("eitem agenda") {
        PageKind::Item
    } else if starts("decision details") {
        PageKind::Decision
    } else if outline.blocks.iter().any(|b| b.attendance) {
        PageKind::Attendance
    } else {
        PageKind::Other
    }
}

/// The first 2,000 bytes or so.
fn head(text: &str) -> &str {
    let end = (0..=text.len().min(2000)).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// The last 2,000 bytes or so.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(2000);
    let start = (from..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[start.unwrap_or(text.len())..]
}

fn contains_tag(text: &str, tag: &str) -> bool {
    text.to_ascii_lowercase().contains(tag)
}
