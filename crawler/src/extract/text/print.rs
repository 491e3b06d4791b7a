//! Text of print, as a PDF gives it: lines of pages, with running heads and page numbers, made into paragraphs.

use std::collections::{BTreeMap, HashSet};
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
    for (number, page) in pages.iter().enumerate() {
        for (at, line) in page.iter().enumerate() {
            if running.contains(&(number, at)) {
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

/// Where a line stands in the margin of a page: how many full lines from the top, or from the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Margin {
    Top(usize),
    Foot(usize),
}

/// The lines (page, place) that are running heads: the same words at the same distance from the edge of most pages, whose
/// figures stay or count the pages. A decision, a sentence or a number of its own on each page is none, however often it comes.
fn running(pages: &[Vec<&str>]) -> HashSet<(usize, usize)> {
    let mut alike: BTreeMap<(Margin, String), Vec<(usize, usize)>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let full: Vec<usize> = (0..page.len()).filter(|at| !page[*at].trim().is_empty()).collect();
        let top = full.iter().take(MARGIN).enumerate().map(|(n, at)| (Margin::Top(n), *at));
        let foot = full.iter().rev().take(MARGIN).enumerate().map(|(n, at)| (Margin::Foot(n), *at));
        for (margin, at) in top.chain(foot).filter(|(_, at)| may_run(page[*at])) {
            alike.entry((margin, shape(page[at]))).or_default().push((number, at));
        }
    }
    let most = |places: &Vec<(usize, usize)>| places.len() >= 3 && places.len() * 2 > pages.len();
    let counted = |places: &Vec<(usize, usize)>| {
        let figures: Vec<(usize, Vec<usize>)> =
            places.iter().map(|(page, at)| (*page, figures(pages[*page][*at]))).collect();
        let (first, of_first) = &figures[0];
        figures.iter().all(|(page, of_this)| {
            of_this.len() == of_first.len()
                && of_this.iter().zip(of_first).all(|(n, was)| n == was || n + first == was + page)
        })
    };
    alike.into_values().filter(|places| most(places) && counted(places)).flatten().collect()
}

/// What a line that tells a decision begins with: on each page of a panel's minutes the same one may stand last.
const DECIDES: &[&str] = &[
    "agreed",
    "approved",
    "carried",
    "decided",
    "decision",
    "deferred",
    "granted",
    "noted",
    "penderfynwyd",
    "recommended",
    "refused",
    "resolved",
    "that",
];

/// Whether a line may be a running head by its words.
fn may_run(line: &str) -> bool {
    let line = line.trim();
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    !DECIDES.contains(&first.as_str())
        && !line.ends_with(['.', ';', ')'])
        && !labels::starts_with_label(line)
        && !labels::is_label(line)
}

/// The figures of a line.
fn figures(line: &str) -> Vec<usize> {
    let runs = line.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).map(|run| run.parse().unwrap_or(usize::MAX / 2)).collect()
}

/// A line without its figures: "Cabinet 17/09/19   12C" and "Cabinet 17/09/19   13C" are one running head. `#` for a number alone.
fn shape(line: &str) -> String {
    let plain: String = line.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    plain.split_whitespace().map(|word| word.trim_start_matches('#')).collect::<Vec<_>>().join(" ")
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

    #[test]
    fn what_each_page_says_for_itself_is_no_running_head() {
        let page = |n: usize, name: &str| {
            format!(
                "Licensing Panel\n\n21/{:05}/LIC {name}\n\nThe Panel heard the applicant.\n\nRESOLVED: That the licence be granted.\n\nPage {n} of 4\n",
                n * 137
            )
        };
        let text =
            [page(1, "Star"), page(2, "Star"), page(3, "Star"), page(4, "Star")].join("\u{c}");
        let told = paragraphs(&text);
        let of = |words: &str| told.iter().filter(|line| line.contains(words)).count();
        assert_eq!(of("RESOLVED: That the licence be granted."), 4, "{told:?}");
        assert_eq!(of("/LIC Star"), 4, "{told:?}");
        assert_eq!((of("Licensing Panel"), of("Page ")), (0, 0), "{told:?}");
    }
}
