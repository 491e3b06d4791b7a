//! Results as text for a terminal: what was understood, the hits with their decisive words, and the counts.

use std::fmt::Write as _;

use minutebook_index::results::{FacetCount, Hit, Reading, Results, Snippet};
use minutebook_index::search::Filters;

/// Whether matches are set off with terminal codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// Bold matches.
    Terminal,
    /// Plain text.
    Plain,
}

/// The whole answer.
pub(super) fn results(results: &Results, filters: &Filters, paint: Paint) -> String {
    let mut text = String::new();
    understood(&mut text, results);
    if results.total == 0 {
        nothing(&mut text, results, filters);
        return text;
    }
    let first = (results.page - 1) * results.per_page + 1;
    for (place, hit) in results.hits.iter().enumerate() {
        text.push('\n');
        if results.complete.is_some_and(|complete| complete > 0 && complete + 1 == first + place) {
            text.push_str("These come near:\n\n");
        }
        one(&mut text, first + place, hit, paint);
    }
    if results.hits.is_empty() {
        let _ = writeln!(text, "\nPage {} is beyond the end.", results.page);
    }
    text
}

/// Counts by filter, the fullest first.
pub(super) fn facets(results: &Results) -> String {
    let f = &results.facets;
    let mut text = String::new();
    for (name, counts) in [
        ("committee", &f.committee),
        ("year", &f.year),
        ("role", &f.role),
        ("topic", &f.topic),
        ("kind", &f.kind),
        ("council", &f.council),
    ] {
        if !counts.is_empty() {
            let _ = writeln!(text, "\nBy {name}:");
            for FacetCount { value, label, count } in counts.iter().take(12) {
                let _ = writeln!(text, "  {count:>6}  {label}  [{value}]");
            }
        }
    }
    text
}

fn understood(text: &mut String, results: &Results) {
    let query = &results.query;
    let noun = if results.total == 1 { "item" } else { "items" };
    let _ = writeln!(text, "{} {noun}: {}", results.total, query.sentence);
    for expansion in &query.expansions {
        let _ = writeln!(
            text,
            "  also searched for \"{}\": {}",
            expansion.from,
            expansion.added.join(", ")
        );
    }
    for correction in &query.corrections {
        let verb = if correction.applied { "searched instead" } else { "did you mean" };
        let _ = writeln!(text, "  {verb}: {}", correction.query);
    }
    let said = |reading: &&Reading| matches!(reading.field.as_str(), "most" | "meaning");
    for reading in query.readings.iter().filter(said) {
        let _ = writeln!(text, "  {}", reading.label);
    }
    for notice in &query.notices {
        let _ = writeln!(text, "  {notice}");
    }
    if results.routine_hidden > 0 {
        let _ = writeln!(
            text,
            "  {} routine items (apologies, declarations and the like) are folded away; --routine show lists them",
            results.routine_hidden
        );
    }
}

fn nothing(text: &mut String, results: &Results, filters: &Filters) {
    let held = &results.coverage;
    let _ = writeln!(
        text,
        "Nothing found{} in the {} items of {} meetings held{}.",
        if filters.is_empty() { "" } else { " with these filters" },
        held.items,
        held.meetings,
        match (held.first, held.last) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        }
    );
    for way in &results.ways_on {
        let _ = writeln!(text, "  {}: {} found", way.label, way.total);
    }
}

fn one(text: &mut String, place: usize, hit: &Hit, paint: Paint) {
    let number = hit.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
    let date =
        hit.date.map_or_else(|| "undated".to_owned(), |d| d.strftime("%-d %B %Y").to_string());
    let _ = writeln!(text, "{place:>3}. {number}{}", hit.title);
    let _ = writeln!(text, "     {}, {date}{}", hit.committee.label, council(hit));
    if hit.matched_in.iter().any(|place| place == "meaning") {
        text.push_str("     found by its meaning, without the words\n");
    }
    let words = snippet(&hit.snippet, paint);
    if !words.is_empty() {
        for line in wrap(&words, 92) {
            let _ = writeln!(text, "     {line}");
        }
    }
    let _ = writeln!(text, "     {}  [{}]", hit.source_url, hit.id);
}

fn council(hit: &Hit) -> String {
    hit.council.as_ref().map(|c| format!(", {}", c.label)).unwrap_or_default()
}

fn snippet(snippet: &Snippet, paint: Paint) -> String {
    let mut words = String::new();
    if snippet.anchor.as_deref().is_some_and(|a| a.starts_with("r-")) {
        let label =
            snippet.label.as_ref().map(|l| format!(" {}", printable(l))).unwrap_or_default();
        let _ = write!(words, "Resolution{label}: ");
    }
    for piece in &snippet.pieces {
        let text = printable(&piece.text);
        match (paint, piece.marked) {
            (Paint::Terminal, true) => {
                let _ = write!(words, "\u{1b}[1m{text}\u{1b}[0m");
            }
            _ => words.push_str(&text),
        }
    }
    words
}

/// Text from pages must not drive the terminal: control characters are left out.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Breaks at spaces so that lines hold at most `width` characters where words allow.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let size = word.chars().filter(|c| !c.is_control()).count();
        if length > 0 && length + 1 + size > width {
            lines.push(String::new());
            length = 0;
        }
        if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += size;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_index::results::Piece;

    #[test]
    fn text_from_pages_cannot_drive_the_terminal() {
        let piece = |text: &str, marked| Piece { text: text.to_owned(), marked };
        let snippet = Snippet {
            anchor: Some("r-1".to_owned()),
            label: Some("2)".to_owned()),
            pieces: vec![piece("a \u{1b}[2J", false), piece("b", true)],
        };
        assert_eq!(super::snippet(&snippet, Paint::Plain), "Resolution 2): a [2Jb");
        assert_eq!(
            super::snippet(&snippet, Paint::Terminal),
            "Resolution 2): a [2J\u{1b}[1mb\u{1b}[0m"
        );
    }

    #[test]
    fn lines_break_at_spaces_and_lose_nothing() {
        let text = "one two three four five";
        let lines = wrap(text, 9);
        assert_eq!(lines, ["one two", "three", "four five"]);
        assert_eq!(lines.join(" "), text);
    }
}
