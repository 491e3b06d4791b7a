//! Text of print, as a PDF gives it: lines of pages, with running heads and page numbers, made into paragraphs.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::labels;

/// A word's colon with the next line's beginning stuck to it: the reader of PDFs takes the hyphen of "Resolved:-" at the end of a
/// line for one that parts a word, and drops it together with the line's end.
static STUCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?P<word>[A-Za-z]{4,}):(?P<next>\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[).]\s|[A-Z][a-z]*\s)",
    )
    .expect("the pattern is valid")
});

/// How many lines at the top and at the foot of a page may be running heads.
const MARGIN: usize = 2;

/// The paragraphs of a text whose pages are parted by form feeds.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let pages: Vec<Vec<&str>> = text.split('\u{c}').map(|page| page.lines().collect()).collect();
    let running = running(&pages);
    let mut lines = Vec::new();
    for page in &pages {
        for (at, line) in page.iter().enumerate() {
            if is_margin(page, at) && running.contains_key(&shape(line)) {
                continue;
            }
            for part in STUCK.replace_all(line, "$word:-\n$next").lines() {
                lines.push(part.to_owned());
            }
            if line.trim().is_empty() {
                lines.push(String::new());
            }
        }
    }
    joined(&lines)
}

/// Whether a line is among the first or last of its page.
fn is_margin(page: &[&str], at: usize) -> bool {
    let full = |lines: &[&str]| lines.iter().filter(|line| !line.trim().is_empty()).count();
    full(&page[..at]) < MARGIN || full(&page[at + 1..]) < MARGIN
}

/// Lines that stand at the top or the foot of most pages, page numbers aside.
fn running(pages: &[Vec<&str>]) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let margin = page.iter().enumerate().filter(|(at, _)| is_margin(page, *at));
        let mut shapes: Vec<String> = margin.map(|(_, line)| shape(line)).collect();
        shapes.sort_unstable();
        shapes.dedup();
        for shape in shapes.into_iter().filter(|shape| !shape.is_empty()) {
            *seen.entry(shape).or_default() += 1;
        }
    }
    seen.retain(|_, times| *times >= 3 && *times * 2 > pages.len());
    seen
}

/// A line without its figures: "Cabinet 17/09/19   12C" and "Cabinet 17/09/19   13C" are one running head. `#` for a number alone.
fn shape(line: &str) -> String {
    let alone = line.trim();
    let figures = alone.chars().filter(char::is_ascii_digit).count();
    if figures > 0 && figures + 1 >= alone.len() && alone.chars().all(char::is_alphanumeric) {
        return "#".to_owned();
    }
    let words = line.split_whitespace().map(|word| {
        let plain: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
        if plain.len() <= 1 { String::new() } else { plain }
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
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

/// "Page 3", "Page 3 of 9" at the foot of a page.
pub(crate) fn is_page_number(text: &str) -> bool {
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
        let text = "The Committee considered a report of the Strategic Director, Regeneration, on\n\
            the market.\n\
            Resolved:-\n\
            1) That the report be noted and that a further report be brought to the next one\n\
            in June.\n\
            Page 3\n\
            2) That officers be thanked.\n";
        assert_eq!(
            paragraphs(text),
            [
                "The Committee considered a report of the Strategic Director, Regeneration, on the market.",
                "Resolved:-",
                "1) That the report be noted and that a further report be brought to the next one in June.",
                "2) That officers be thanked.",
            ]
        );
    }

    #[test]
    fn a_hyphen_taken_for_a_parted_word_is_put_back() {
        let text = "Resolved:1) That the report be noted.\nPresent:Councillor A Marsh (in the Chair)\nThe meeting began at 10:30 and see https://example.invalid/x\n";
        assert_eq!(
            paragraphs(text),
            [
                "Resolved:-",
                "1) That the report be noted.",
                "Present:-",
                "Councillor A Marsh (in the Chair)",
                "The meeting began at 10:30 and see https://example.invalid/x",
            ]
        );
    }

    #[test]
    fn running_heads_are_no_words_of_the_minutes() {
        let text = "CABINET - 17/09/19\n\nThe first page says this.\n\n12C\n\u{c}CABINET - 17/09/19\n\nThe second says that.\n\n13C\n\u{c}CABINET - 17/09/19\n\nThe third says no more.\n\n14C\n";
        assert_eq!(
            paragraphs(text),
            ["The first page says this.", "The second says that.", "The third says no more."]
        );
    }
}
