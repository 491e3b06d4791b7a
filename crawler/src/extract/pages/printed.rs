//! Printed minutes: the text of a PDF, or the HTML rendition with its `<AI1>` markers, cut into items.

use minutebook_record::{Doubt, Part, Standing};

use super::{Reading, Told, items};
use crate::address;
use crate::extract::fragment::{Fragment, ItemPart, MeetingKey, MeetingPart, Route};
use crate::extract::text::{labels, paragraphs};
use crate::extract::{cut, date, outline, pdf, present};
use crate::page::Page;

/// Reads a PDF. Where it has no text, the doubt names it.
pub(crate) fn of_pdf(page: &Page) -> Told {
    let mut meeting =
        MeetingPart { route: Route::Printed, key: key(page), ..MeetingPart::default() };
    let mut told = Told::default();
    if let Some(lines) = pdf::lines(&page.body) {
        let lines: Vec<cut::Line> =
            joined(&lines).into_iter().map(|text| cut::Line { text, strong: false }).collect();
        fill(&mut meeting, &lines);
        if meeting.items.is_empty() {
            let note = "no items were found in the text of the printed minutes";
            meeting.doubts.push(Doubt::new("not-cut", note).at(page.url.clone()));
        }
    } else {
        let note = "the minutes are in a PDF that holds no text; they can be read there only";
        meeting.doubts.push(Doubt::new("pdf-without-text", note).at(page.url.clone()));
    }
    told.fragments.push(Fragment::Meeting(Box::new(meeting)));
    told
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
    fill(&mut meeting, &lines);
    Told { fragments: vec![Fragment::Meeting(Box::new(meeting))], ..Told::default() }
}

fn key(page: &Page) -> MeetingKey {
    let number = address::meeting_id(&page.url).and_then(|number| number.parse().ok());
    number.map_or(MeetingKey::Unknown, MeetingKey::Ordinary)
}

fn fill(meeting: &mut MeetingPart, lines: &[cut::Line]) {
    let (before, cuts) = cut::items(lines);
    meeting.attendance = present::read(&before);
    if let Some(found) = before.iter().take(12).find_map(|line| date::of_heading(line)) {
        meeting.date = found.date;
        meeting.time = found.time;
    }
    for cut in cuts {
        let texts = cut.lines.iter().map(String::as_str).filter(|line| !is_page_number(line));
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

/// Lines of print joined into paragraphs: a line that does not end a sentence goes on in the next, unless that begins with a label,
/// a marker or after a gap.
fn joined(lines: &[String]) -> Vec<String> {
    // A full line is about as long as the longest: a line much shorter ends its paragraph.
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(80);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let text = line.trim();
        if text.is_empty() || is_page_number(text) {
            open &= !text.is_empty();
            continue;
        }
        let marker = text.starts_with("<AI") || text.starts_with("</AI");
        let starts = marker || labels::starts_with_label(text) || labels::is_item_number(text);
        match paragraphs.last_mut() {
            Some(last) if open && !starts => {
                last.push(' ');
                last.push_str(text);
            }
            _ => paragraphs.push(text.to_owned()),
        }
        let short = text.chars().count() * 10 < usual * 8;
        let ended = text.ends_with(['.', ':', ';', '?']) || text.ends_with(":-");
        let ends = marker || short || (ended && text.chars().count() < usual);
        open = !ends || (labels::is_label(text) && !labels::is_item_number(text));
    }
    paragraphs
}

/// "Page 3", "3", "Page 3 of 9" at the foot of a page.
fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    let rest = text.strip_prefix("Page ").or_else(|| text.strip_prefix("Tudalen "));
    rest.is_some_and(|rest| {
        rest.split_whitespace()
            .all(|word| word == "of" || word == "o" || word.parse::<u32>().is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_lines_become_paragraphs() {
        let lines = [
            "The Committee considered a report of the Strategic Director, Regeneration, on",
            "the market.",
            "Resolved:-",
            "1) That the report be noted and that a further report be brought to the next one",
            "in June.",
            "Page 3",
            "2) That officers be thanked.",
        ];
        let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        assert_eq!(
            joined(&lines),
            [
                "The Committee considered a report of the Strategic Director, Regeneration, on the market.",
                "Resolved:-",
                "1) That the report be noted and that a further report be brought to the next one in June.",
                "2) That officers be thanked.",
            ]
        );
    }
}
