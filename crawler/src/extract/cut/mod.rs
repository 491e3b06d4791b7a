//! Running minutes cut into items at their numbers: older archives and printed minutes hold a meeting as one long text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::text::labels;

/// A line of running minutes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// The words.
    pub(crate) text: String,
    /// Set in bold or as a heading, as far as the source tells.
    pub(crate) strong: bool,
}

/// An item cut out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The source's number, where a marker gave it its place (`<AI3>` gives none).
    pub(crate) number: Option<String>,
    /// The title, empty where none was told from the text.
    pub(crate) title: String,
    /// The paragraphs.
    pub(crate) lines: Vec<String>,
}

/// A minute's number and its title: "63/07 APOLOGIES", "C131. Petitions", "24 Minutes".
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?i:minute|item|eitem|cofnod)\s+(?:no\.?\s*)?)?(?P<number>(?:[A-Z]{1,3}\s?)?\d{1,4}[a-z]?(?:/\d{1,4})?(?:\.\d{1,2})?(?:\([a-z]{1,3}\))?)\s*[.):|]*\s+(?:[-–|]\s*)?(?P<title>\S.*)$")
        .expect("the pattern is valid")
});

/// Cuts at the markers `<AI3>` that printed minutes carry, else at the minutes' numbers. What stands before the first item comes first.
pub(crate) fn items(lines: &[Line]) -> (Vec<String>, Vec<Cut>) {
    if lines.iter().any(|line| marker(&line.text).is_some()) {
        return by_markers(lines);
    }
    let heads = heads(lines);
    let first = heads.first().map_or(lines.len(), |head| head.at);
    let before = texts(&lines[..first]);
    let mut cuts = Vec::new();
    for (n, head) in heads.iter().enumerate() {
        let end = heads.get(n + 1).map_or(lines.len(), |next| next.at);
        cuts.push(Cut {
            number: labels::item_number(&head.number),
            title: head.title.clone(),
            lines: texts(&lines[head.at + head.len..end]),
        });
    }
    (before, cuts)
}

/// The same for print, which does not tell what is bold. Where hardly any title is in capitals, a number and words that read like a
/// title begin an item.
pub(crate) fn items_of_print(lines: &[String]) -> (Vec<String>, Vec<Cut>) {
    let plain: Vec<Line> =
        lines.iter().map(|text| Line { text: text.clone(), strong: false }).collect();
    let (before, cuts) = items(&plain);
    if cuts.len() >= 2 || lines.iter().any(|line| marker(line).is_some()) {
        return (before, cuts);
    }
    let mut alone = false;
    let told: Vec<Line> = plain
        .into_iter()
        .map(|line| {
            let text = line.text.trim();
            let is_number = text.ends_with('.') && labels::is_item_number(text) && text.len() > 1
                || (text.len() <= 4
                    && !text.is_empty()
                    && text.bytes().all(|b| b.is_ascii_digit()));
            let titled = TITLED.captures(text).is_some_and(|c| reads_as_title(&c["title"]));
            let strong = titled || (alone && reads_as_title(text));
            alone = is_number;
            Line { strong, ..line }
        })
        .collect();
    let (told_before, told_cuts) = items(&told);
    if told_cuts.len() > cuts.len() { (told_before, told_cuts) } else { (before, cuts) }
}

/// A number as items have it, not clauses (`1)`, `(a)`), and words.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?i:minute|item|eitem|cofnod)\s+(?:no\.?\s*)?)?(?:[A-Z]{1,3}\s?)?\d{1,4}[a-z]?(?:/\d{1,4})?(?:\.\d{1,2})?[.:]?\s+(?P<title>\S.*)$")
        .expect("the pattern is valid")
});

/// Whether words read like a title: few, begun with a capital, without a sentence's end or a clause's "that ... be".
fn reads_as_title(text: &str) -> bool {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let begins =
        text.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\''));
    let is_clause = ["that", "to", "members", "councillor", "councillors", "cllr"]
        .contains(&first.trim_matches(|c: char| !c.is_alphanumeric()))
        || text.contains(" be ")
        || text.contains(" shall ");
    begins
        && !is_clause
        && text.len() <= 150
        && text.split_whitespace().count() <= 18
        && !text.ends_with(['.', ';', ',', ':'])
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

struct Head {
    at: usize,
    /// Lines it takes.
    len: usize,
    number: String,
    title: String,
}

/// Lines that begin an item: a number and a title that is bold or in capitals, or a number alone before such a title.
fn heads(lines: &[Line]) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        let alone = labels::is_item_number(text) && !text.is_empty() && !text.starts_with('(');
        let head = if alone {
            let next = lines.get(at + 1).filter(|next| is_title(next));
            next.map(|next| Head {
                at,
                len: 2,
                number: text.to_owned(),
                title: next.text.trim().to_owned(),
            })
        } else {
            HEAD.captures(text)
                .filter(|c| {
                    let title = Line { text: c["title"].to_owned(), strong: line.strong };
                    is_title(&title)
                })
                .map(|c| Head {
                    at,
                    len: 1,
                    number: c["number"].to_owned(),
                    title: c["title"].trim().to_owned(),
                })
        };
        found.extend(head.filter(|head| !is_date(&head.title)));
    }
    in_order(found)
}

/// "17 SEPTEMBER 2007" in the head of the minutes is no item 17.
fn is_date(title: &str) -> bool {
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let month = words.next().is_some_and(|word| minutebook_record::month::number(word).is_some());
    let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    month && words.next().is_none_or(year)
}

/// The farthest that a number may be ahead of the one before it: items that only an agenda lists have none in the minutes.
const FARTHEST: u32 = 30;

/// Of lines that look like heads, those whose numbers go up by little: the best chain, not the first. An address in capitals
/// ("12 HIGH STREET") or a limit ("50 MPH LIMIT") between two items leads nowhere, while the items go on behind it.
fn in_order(found: Vec<Head>) -> Vec<Head> {
    // A head counts ten; a gap before it costs, less than it brings.
    let gain = |step: u32| match step {
        0 | 1 => 10,
        2 | 3 => 9,
        4..=10 => 4,
        _ => 1_u32,
    };
    // By figure, the best chain so far that ends in it: what it brings, and its last head.
    let mut best: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(found.len());
    let mut whole: Option<(u32, usize)> = None;
    for (at, head) in found.iter().enumerate() {
        let Some(figure) = figure(&head.number) else {
            before.push(None);
            continue;
        };
        let chains = (figure.saturating_sub(FARTHEST)..=figure).filter_map(|earlier| {
            let (brings, last) = *best.get(&earlier)?;
            (found[last].number != head.number).then_some((brings + gain(figure - earlier), last))
        });
        // Of chains as good, the one whose last number is nearest.
        let (brings, from) = chains
            .max_by_key(|(brings, _)| *brings)
            .map_or((10, None), |(b, last)| (b, Some(last)));
        before.push(from);
        if best.get(&figure).is_none_or(|(known, _)| brings > *known) {
            best.insert(figure, (brings, at));
        }
        if whole.is_none_or(|(known, _)| brings > known) {
            whole = Some((brings, at));
        }
    }
    let mut chain = HashSet::new();
    let mut at = whole.map(|(_, at)| at);
    while let Some(head) = at {
        chain.insert(head);
        at = before[head];
    }
    let kept = found.into_iter().enumerate().filter(|(at, _)| chain.contains(at));
    kept.map(|(_, head)| head).collect()
}

/// The figure that a number is ordered by.
fn figure(number: &str) -> Option<u32> {
    let digits: String = number
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// A title: short, and bold or in capitals.
fn is_title(line: &Line) -> bool {
    let text = line.text.trim();
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    let capitals = letters.len() >= 3 && upper * 10 >= letters.len() * 8;
    letters.len() >= 3 && text.len() < 250 && (line.strong || capitals)
}

/// "<AI3>" opens, "</AI3>" closes: `Some(true)` for opening.
fn marker(text: &str) -> Option<bool> {
    let text = text.trim();
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (opening, inner) = match inner.strip_prefix('/') {
        Some(rest) => (false, rest),
        None => (true, inner),
    };
    let digits = inner.strip_prefix("AI").or_else(|| inner.strip_prefix("ai"))?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(opening)
}

fn by_markers(lines: &[Line]) -> (Vec<String>, Vec<Cut>) {
    let mut before = Vec::new();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut inside: Option<Vec<Line>> = None;
    for line in lines {
        match (marker(&line.text), &mut inside) {
            (Some(opening), open) => {
                if let Some(lines) = open.take() {
                    cuts.extend(marked(&lines));
                }
                if opening {
                    *open = Some(Vec::new());
                }
            }
            (None, Some(lines)) => lines.push(line.clone()),
            (None, None) if cuts.is_empty() => before.push(line.text.trim().to_owned()),
            // Between two items stand the agenda's section headings; a sentence there belongs to what came before it.
            (None, None) => {
                let text = line.text.trim();
                if text.ends_with(['.', ':', ';'])
                    && let Some(last) = cuts.last_mut()
                {
                    last.lines.push(text.to_owned());
                }
            }
        }
    }
    if let Some(lines) = inside {
        cuts.extend(marked(&lines));
    }
    before.retain(|text| !text.is_empty());
    (before, cuts)
}

/// One item between its markers: number and title first.
fn marked(lines: &[Line]) -> Option<Cut> {
    let mut lines: Vec<&Line> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
    if lines.is_empty() {
        return None;
    }
    let first = lines.remove(0).text.trim();
    let (number, title) = if labels::is_item_number(first) && !lines.is_empty() {
        (labels::item_number(first), lines.remove(0).text.trim().to_owned())
    } else if let Some(c) = HEAD.captures(first) {
        (labels::item_number(&c["number"]), c["title"].trim().to_owned())
    } else {
        (None, first.to_owned())
    };
    let lines = lines.into_iter().map(|line| line.text.trim().to_owned()).collect();
    Some(Cut { number, title, lines })
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|l| l.text.trim().to_owned()).filter(|t| !t.is_empty()).collect()
}

#[cfg(test)]
mod tests;
