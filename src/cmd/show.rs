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

/// Where a match begins and ends, until the text is painted: these stand for no character.
const MATCH: char = '\u{fdd0}';
const MATCHED: char = '\u{fdd1}';

/// The whole answer.
pub(super) fn results(results: &Results, filters: &Filters, paint: Paint) -> String {
    painted(&unpainted(results, filters), paint)
}

/// Text as the terminal is to have it. Whatever came from pages has lost its control characters by then.
fn painted(text: &str, paint: Paint) -> String {
    let (on, off) = match paint {
        Paint::Terminal => ("\u{1b}[1m", "\u{1b}[0m"),
        Paint::Plain => ("", ""),
    };
    super::harmless(text).replace(MATCH, on).replace(MATCHED, off)
}

fn unpainted(results: &Results, filters: &Filters) -> String {
    let mut text = String::new();
    understood(&mut text, results);
    if results.total == 0 {
        nothing(&mut text, results, filters);
        return text;
    }
    let first = (results.page - 1) * results.per_page + 1;
    for (place, hit) in results.hits.iter().enumerate() {
        text.push('\n');
        let near = |complete| {
            let begins = complete + 1 == first + place;
            complete > 0 && (begins || place == 0 && complete < first)
        };
        if results.complete.is_some_and(near) {
            text.push_str("These come near:\n\n");
        }
        one(&mut text, first + place, hit);
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
    painted(&text, Paint::Plain)
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

fn one(text: &mut String, place: usize, hit: &Hit) {
    let number = hit.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
    let date =
        hit.date.map_or_else(|| "undated".to_owned(), |d| d.strftime("%-d %B %Y").to_string());
    let _ = writeln!(text, "{place:>3}. {number}{}", hit.title);
    let _ = writeln!(text, "     {}, {date}{}", hit.committee.label, council(hit));
    if hit.matched_in.iter().any(|place| place == "meaning") {
        text.push_str("     found by its meaning, without the words\n");
    }
    let words = snippet(&hit.snippet);
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

fn snippet(snippet: &Snippet) -> String {
    let mut words = String::new();
    if snippet.anchor.as_deref().is_some_and(|a| a.starts_with("r-")) {
        let label = snippet.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
        let _ = write!(words, "Resolution{label}: ");
    }
    for piece in &snippet.pieces {
        if piece.marked {
            let _ = write!(words, "{MATCH}{}{MATCHED}", piece.text);
        } else {
            words.push_str(&piece.text);
        }
    }
    words
}

/// Breaks at spaces so that lines hold at most `width` characters where words allow.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let shown = |c: &char| !c.is_control() && !matches!(*c, MATCH | MATCHED);
        let size = word.chars().filter(shown).count();
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
    use minutebook_index::results::{Coverage, Facets, Named, Piece, Understood};

    /// An answer of one hit, every word of it as `said` puts it.
    fn answer(said: impl Fn(&str) -> String) -> Results {
        let piece = |text: &str, marked| Piece { text: said(text), marked };
        let named = |slug: &str| Named { slug: said(slug), label: said(slug) };
        let hit = Hit {
            id: said("id"),
            meeting: String::new(),
            source_url: said("https://a.example/"),
            title: said("Title"),
            number: Some(said("7")),
            committee: named("cabinet"),
            council: Some(named("council")),
            date: None,
            status: minutebook_record::Status::Approved,
            standing: minutebook_record::Standing::default(),
            routine: false,
            snippet: Snippet {
                anchor: Some("r-1".to_owned()),
                label: Some(said("2)")),
                pieces: vec![piece("a", false), piece("b", true)],
            },
            matched_in: Vec::new(),
            roles: Vec::new(),
            topics: Vec::new(),
            resolutions: Vec::new(),
            first_seen: None,
            score: 0.0,
            holds: minutebook_index::results::Holds::All,
        };
        let counted = FacetCount { value: said("x"), label: said("X"), count: 1 };
        Results {
            query: Understood {
                sentence: said("items with q"),
                notices: vec![said("notice")],
                ..Understood::default()
            },
            total: 30,
            complete: None,
            by_meaning: 0,
            routine_hidden: 0,
            page: 1,
            per_page: 10,
            hits: vec![hit],
            facets: Facets { committee: vec![counted], ..Facets::default() },
            coverage: Coverage::default(),
            ways_on: Vec::new(),
            took_us: 0,
        }
    }

    #[test]
    fn text_from_pages_cannot_drive_the_terminal() {
        let answer = answer(|words| format!("{words}\u{1b}[2J\u{9b}2J\r\u{7}\u{202e}"));
        let drives = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        let plain = results(&answer, &Filters::default(), Paint::Plain);
        for words in ["items with q", "notice", "7[2J2J. Title", "cabinet", "council", "on 2)"] {
            assert!(plain.contains(words), "{words}: {plain}");
        }
        assert!(!plain.contains(drives), "{plain:?}");
        assert!(!facets(&answer).contains(drives));
        let bold = results(&answer, &Filters::default(), Paint::Terminal);
        assert!(bold.contains("\u{1b}[1mb[2J2J\u{1b}[0m"), "{bold:?}");
        assert_eq!(bold.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), plain);
    }

    #[test]
    fn what_only_comes_near_is_set_apart_on_every_page() {
        let mut answer = answer(str::to_owned);
        for (page, complete, apart) in [
            (1, Some(0), false),
            (2, Some(10), true),
            (3, Some(10), true),
            (2, Some(15), false),
            (1, None, false),
        ] {
            (answer.page, answer.complete) = (page, complete);
            let text = results(&answer, &Filters::default(), Paint::Plain);
            assert_eq!(text.contains("These come near:"), apart, "{page} {complete:?}");
        }
    }

    #[test]
    fn lines_break_at_spaces_and_lose_nothing() {
        let text = "one two three four five";
        let lines = wrap(text, 9);
        assert_eq!(lines, ["one two", "three", "four five"]);
        assert_eq!(lines.join(" "), text);
    }
}
