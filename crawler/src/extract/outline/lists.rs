//! Lists and line breaks: labels a browser would print before a list's entries, and which `<br>` ends a paragraph.

use scraper::node::Element;

use super::Mark;
use crate::extract::text::labels;

/// The lists open at a point of the walk.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<List>,
    /// Label of an entry whose words have not come yet.
    waiting: Option<String>,
}

struct List {
    style: Style,
    next: i64,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// ModernGov's own lists: links and papers, not words.
    Furniture,
    Bullet,
    Decimal,
    Letter {
        upper: bool,
    },
    Roman {
        upper: bool,
    },
    None,
}

impl Lists {
    pub(super) fn open(&mut self, element: &Element) {
        let next = element.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
        self.open.push(List { style: style(element), next });
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
        self.waiting = None;
    }

    pub(super) fn item(&mut self, element: &Element) {
        self.waiting = None;
        let Some(list) = self.open.last_mut() else { return };
        if let Some(value) = element.attr("value").and_then(|s| s.trim().parse().ok()) {
            list.next = value;
        }
        let number = list.next;
        list.next = list.next.saturating_add(1);
        self.waiting = match list.style {
            Style::Furniture | Style::None => None,
            Style::Bullet => Some("•".to_owned()),
            Style::Decimal => Some(format!("{number}.")),
            Style::Letter { upper } => Some(format!("{}.", cased(letters(number), upper))),
            Style::Roman { upper } => Some(format!("{}.", cased(roman(number), upper))),
        };
    }

    /// The words with the label that waits for them; words that carry a label already keep their own.
    pub(super) fn labelled(&mut self, text: String, mark: Mark) -> String {
        match self.waiting.take() {
            Some(label) if mark == Mark::None && !labels::starts_with_label(&text) => {
                format!("{label} {text}")
            }
            _ => text,
        }
    }
}

fn style(element: &Element) -> Style {
    let furniture = element.attr("class").is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| class.starts_with("mg"))
    });
    if furniture {
        return Style::Furniture;
    }
    let css = element.attr("style").unwrap_or_default().to_ascii_lowercase();
    let css = css.split("list-style").nth(1).unwrap_or_default();
    let by_css = [
        ("none", Style::None),
        ("lower-alpha", Style::Letter { upper: false }),
        ("lower-latin", Style::Letter { upper: false }),
        ("upper-alpha", Style::Letter { upper: true }),
        ("lower-roman", Style::Roman { upper: false }),
        ("upper-roman", Style::Roman { upper: true }),
        ("decimal", Style::Decimal),
        ("disc", Style::Bullet),
    ];
    if let Some((_, style)) = by_css.iter().find(|(word, _)| css.contains(word)) {
        return *style;
    }
    match (element.name(), element.attr("type").map(str::trim)) {
        (_, Some("a")) => Style::Letter { upper: false },
        (_, Some("A")) => Style::Letter { upper: true },
        (_, Some("i")) => Style::Roman { upper: false },
        (_, Some("I")) => Style::Roman { upper: true },
        (_, Some("1")) | ("ol", _) => Style::Decimal,
        _ => Style::Bullet,
    }
}

fn cased(label: String, upper: bool) -> String {
    if upper { label.to_uppercase() } else { label }
}

/// 1 is `a`, 27 is `aa`, as browsers count.
fn letters(number: i64) -> String {
    let mut label = Vec::new();
    let mut rest = number;
    while rest > 0 {
        rest -= 1;
        label.push(b'a' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    label.reverse();
    if label.is_empty() { number.to_string() } else { String::from_utf8_lossy(&label).into_owned() }
}

fn roman(number: i64) -> String {
    if !(1..=3999).contains(&number) {
        return number.to_string();
    }
    let values = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number;
    let mut label = String::new();
    for (value, letters) in values {
        while rest >= value {
            label.push_str(letters);
            rest -= value;
        }
    }
    label
}

/// Cuts a gathered line at the `<br>`s (newlines) that end a paragraph; the others are spaces.
///
/// Clerks use `<br>` both to wrap prose and to set lines apart. It ends a paragraph when it is doubled, when the line before it ends a
/// sentence or announces a list, when the line after it begins with a label, or when short lines that begin with capitals stand
/// below each other (names, addresses).
pub(super) fn paragraphs(line: &str) -> Vec<String> {
    if !line.contains('\n') {
        let line = line.trim();
        return if line.is_empty() { Vec::new() } else { vec![line.to_owned()] };
    }
    let mut found: Vec<String> = Vec::new();
    let mut blank = true;
    for next in line.split('\n') {
        let next = next.trim();
        if next.is_empty() {
            blank = true;
            continue;
        }
        match found.last_mut() {
            Some(last) if labels::is_label(last) || !(blank || ends_paragraph(last, next)) => {
                last.push(' ');
                last.push_str(next);
            }
            _ => found.push(next.to_owned()),
        }
        blank = false;
    }
    found
}

fn ends_paragraph(before: &str, after: &str) -> bool {
    let ended = before.ends_with(['.', ':', ';', '?', '!']) || before.ends_with(":-");
    let listed = labels::starts_with_label(after);
    let capital = after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let short = before.chars().count() < 45 && !before.ends_with([',', '-', '–', '(', '&']);
    ended || listed || (capital && short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_end_a_paragraph_only_where_a_reader_sees_one() {
        for (line, expected) in [
            ("one\nline", vec!["one line"]),
            ("Resolved:-\n1) That\n2) This", vec!["Resolved:-", "1) That", "2) This"]),
            ("Venue Hall\nHigh Street", vec!["Venue Hall", "High Street"]),
            ("a\n\nb", vec!["a", "b"]),
            ("3)\nThat information", vec!["3) That information"]),
            (
                "The Committee considered a report of the Strategic\nDirector",
                vec!["The Committee considered a report of the Strategic Director"],
            ),
            (
                "Moved by Councillor A Bell,\nSeconded by Councillor C Dunn",
                vec!["Moved by Councillor A Bell, Seconded by Councillor C Dunn"],
            ),
        ] {
            assert_eq!(paragraphs(line), expected, "{line:?}");
        }
    }

    #[test]
    fn labels_count_as_browsers_count() {
        assert_eq!(letters(3), "c");
        assert_eq!(letters(27), "aa");
        assert_eq!(roman(14), "xiv");
        assert_eq!(roman(0), "0");
        assert_eq!(letters(-1), "-1");
    }
}
