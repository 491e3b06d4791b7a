//! Printed minutes: the text of a PDF, or the HTML rendition with its `<AI1>` markers, cut into items.

use minutebook_record::{Doubt, Part, Standing, Status};

use super::{Reading, Told, items, legacy, opening};
use crate::address;
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::text::{paragraphs, print};
use crate::extract::{cut, date, outline, present};
use crate::page::{Page, PageKind, PdfText};

/// Reads a PDF from its text. Where there is none, the doubt names the PDF and says why.
pub(crate) fn of_pdf(page: &Page, text: &PdfText) -> Told {
    let legacy = address::kind(&page.url) == PageKind::LegacyMeeting;
    let mut meeting = if legacy { legacy::part(page) } else { MeetingPart::default() };
    if !legacy {
        (meeting.route, meeting.key) = (Route::Printed, key(page));
    }
    match text {
        PdfText::Text(text) => {
            let lines = print::paragraphs(text);
            fill(&mut meeting, &lines);
            if text.len() >= PdfText::LONGEST {
                let note = format!(
                    "the text of the PDF is longer than {} MB; the rest was not read",
                    PdfText::LONGEST >> 20
                );
                meeting.doubts.push(Doubt::new("page-cut", note).at(page.url.clone()));
            }
            if meeting.items.is_empty() && legacy {
                meeting.items.push(legacy::whole(page, &lines));
            }
            if meeting.items.is_empty() {
                let note = "no items were found in the text of the printed minutes";
                meeting.doubts.push(Doubt::new("not-cut", note).at(page.url.clone()));
            } else if legacy {
                meeting.status = Some((Status::Approved, "older archive".to_owned()));
            }
        }
        PdfText::NoTextLayer => {
            let note = "scanned: not searchable; the minutes are a PDF that is a picture of a text, and can be read there only";
            meeting.doubts.push(Doubt::new("pdf-without-text", note).at(page.url.clone()));
        }
        PdfText::NoTool | PdfText::TooSlow(_) | PdfText::Broke(_) | PdfText::Failed(_) => {
            let why = match text {
                PdfText::TooSlow(why) | PdfText::Broke(why) | PdfText::Failed(why) => why,
                _ => "pdftotext (poppler-utils) is not installed where this was read",
            };
            let note =
                format!("not searchable: the minutes are a PDF that could not be read ({why})");
            meeting.doubts.push(Doubt::new("pdf-not-read", note).at(page.url.clone()));
        }
    }
    Told { fragments: vec![Fragment::Meeting(Box::new(meeting))], ..Told::default() }
}

/// Reads the HTML rendition.
pub(crate) fn html(reading: &Reading<'_>) -> Told {
    let mut meeting =
        MeetingPart { route: Route::Printed, key: key(reading.page), ..MeetingPart::default() };
    let lines: Vec<cut::Line> = reading
        .outline
        .blocks
        .iter()
        .map(|b| cut::Line { text: outline::marker_shown(&b.text), strong: b.strong })
        .collect();
    fill_from(&mut meeting, cut::items(&lines));
    Told { fragments: vec![Fragment::Meeting(Box::new(meeting))], ..Told::default() }
}

fn key(page: &Page) -> MeetingKey {
    let number = address::meeting_id(&page.url).and_then(|number| number.parse().ok());
    number.map_or(MeetingKey::Unknown, MeetingKey::Ordinary)
}

/// Fills a meeting from lines of print, which do not tell what is bold.
fn fill(meeting: &mut MeetingPart, lines: &[String]) {
    fill_from(meeting, cut::items_of_print(lines));
}

fn fill_from(meeting: &mut MeetingPart, (before, cuts): (Vec<String>, Vec<cut::Cut>)) {
    meeting.attendance = present::read(&before);
    if meeting.date.is_none()
        && let Some(found) = before.iter().take(12).find_map(|line| date::of_heading(line))
    {
        meeting.date = found.date;
        meeting.time = found.time;
    }
    if !cuts.is_empty() {
        meeting.items.extend(opening::item(&before));
    }
    for cut in cuts {
        let texts =
            cut.lines.iter().map(String::as_str).filter(|line| !print::is_page_number(line));
        let mut item = ItemPart {
            number: cut.number,
            title: items::plain_title(&cut.title),
            passages: paragraphs::passages(Part::Minutes, texts),
            ..ItemPart::default()
        };
        if items::is_restricted(&item.title) {
            item.standing = Standing::Restricted;
        }
        meeting.items.push(item);
    }
}
