//! Labels of clauses: `1)`, `1.`, `(1)`, `(a)`, `a.`, `i)`: reading one, and following their nesting.

/// How a label counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Number,
    Lower,
    Upper,
    Roman,
    RomanUpper,
}

/// A label as printed, with the ways it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// As printed: `(a)`.
    pub(super) printed: String,
    /// Without its marks: `a`.
    pub(super) core: String,
    /// The marks: `(`, `)` or `.`.
    marks: (bool, char),
}

/// "1 That the report be noted", "2 To approve": a number without marks.
fn bare_number(text: &str, core: &str, open: bool) -> Option<(Label, usize)> {
    let plain = !open && matches!(core.len(), 1 | 2) && core.bytes().all(|b| b.is_ascii_digit());
    let rest = text.get(core.len()..).filter(|_| plain)?;
    let said = rest.trim_start();
    let fits = said.len() < rest.len() && (said.starts_with("That ") || said.starts_with("To "));
    fits.then(|| {
        let label = Label { printed: core.to_owned(), core: core.to_owned(), marks: (false, ' ') };
        (label, text.len() - said.len())
    })
}

impl Label {
    /// A label at the very start of a text, with the byte offset after it and its white space.
    pub(super) fn at_start(text: &str) -> Option<(Label, usize)> {
        let square = text.starts_with('[');
        let open = square || text.starts_with('(');
        let rest = &text[usize::from(open)..];
        let core_len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let core = &rest[..core_len];
        let close = rest[core_len..].chars().next()?;
        if let Some(found) = bare_number(text, core, open) {
            return Some(found);
        }
        let digits = core.bytes().all(|b| b.is_ascii_digit());
        let letters = core.bytes().all(|b| b.is_ascii_alphabetic());
        let fits = (digits && core_len <= 2 && core_len > 0)
            || (letters && core_len == 1)
            || (letters && core_len <= 5 && roman(core).is_some());
        let closed = match close {
            ']' => square,
            ')' => !square,
            '.' => !open,
            // "A: Welcomes the commitment".
            ':' => !open && core_len == 1 && !core.bytes().any(|b| b.is_ascii_lowercase()),
            _ => false,
        };
        if !fits || !closed {
            return None;
        }
        let mut end = usize::from(open) + core_len + 1;
        // "1.)" and "(a)." are printed too.
        if let Some(extra @ (')' | '.' | ':')) = text[end..].chars().next() {
            end += extra.len_utf8();
        }
        let after = &text[end..];
        let gap = after.len() - after.trim_start().len();
        // "1.5 million" and "e.g." are none; "1.That" is.
        let glued = gap == 0 && !after.is_empty() && !after.starts_with(|c: char| c.is_uppercase());
        if glued
            || (close == ':' && gap == 0)
            || (close == '.' && letters && gap == 0 && !after.is_empty())
        {
            return None;
        }
        let label = Label {
            printed: text[..=usize::from(open) + core_len].to_owned(),
            core: core.to_owned(),
            marks: (open, close),
        };
        Some((label, end + gap))
    }

    fn readings(&self) -> Vec<(Count, u32)> {
        let core = self.core.as_str();
        if let Ok(number) = core.parse::<u32>() {
            return vec![(Count::Number, number)];
        }
        let upper = core.starts_with(|c: char| c.is_ascii_uppercase());
        let mut readings = Vec::new();
        if let [letter] = core.as_bytes() {
            let count = if upper { Count::Upper } else { Count::Lower };
            readings.push((count, u32::from(letter.to_ascii_lowercase() - b'a') + 1));
        }
        if let Some(number) = roman(core) {
            readings.push((if upper { Count::RomanUpper } else { Count::Roman }, number));
        }
        // "i" opens a roman series rather than stands ninth in one of letters nobody began.
        if core.eq_ignore_ascii_case("i") {
            readings.reverse();
        }
        readings
    }

    /// Whether a series may begin with it.
    pub(super) fn is_first(&self) -> bool {
        self.readings().iter().any(|(_, value)| *value == 1)
    }

    /// The label that comes after this one, with the same marks.
    pub(super) fn is_followed_by(&self, next: &Label) -> bool {
        self.marks == next.marks
            && self
                .readings()
                .iter()
                .any(|(count, value)| next.readings().contains(&(*count, value + 1)))
    }
}

/// The value of a roman number up to thirty-nine.
fn roman(core: &str) -> Option<u32> {
    let lower = core.to_ascii_lowercase();
    if lower != core && core.to_ascii_uppercase() != core {
        return None;
    }
    let (mut rest, mut value) = (lower.as_str(), 0);
    while let Some(after) = rest.strip_prefix('x').filter(|_| value < 30) {
        value += 10;
        rest = after;
    }
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let unit = units.iter().position(|u| *u == rest)?;
    value += u32::try_from(unit).ok()?;
    (value > 0).then_some(value)
}

/// The labels open at a place, outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Nesting {
    open: Vec<(Label, Count, u32)>,
}

impl Nesting {
    /// Whether the label carries on a series that is open.
    pub(super) fn continues(&self, label: &Label) -> bool {
        self.level_of(label).is_some()
    }

    fn level_of(&self, label: &Label) -> Option<(usize, Count, u32)> {
        let readings = label.readings();
        self.open.iter().enumerate().rev().find_map(|(level, (last, count, value))| {
            readings
                .iter()
                .find(|(c, v)| last.marks == label.marks && c == count && *v == value + 1)
                .map(|(c, v)| (level, *c, *v))
        })
    }

    /// Enters a label: a next one of an open series, or the first of a deeper one. Gives its level from 0.
    pub(super) fn enter(&mut self, label: &Label) -> usize {
        if let Some((level, count, value)) = self.level_of(label) {
            self.open.truncate(level);
            self.open.push((label.clone(), count, value));
            return level;
        }
        let readings = label.readings();
        // Out of step with an open series of the same looks (a number was skipped or repeated): the same level.
        let same = self
            .open
            .iter()
            .rposition(|(last, count, _)| {
                last.marks == label.marks && readings.iter().any(|(c, v)| c == count && *v != 1)
            })
            .filter(|_| !label.is_first());
        let (count, value) = readings.first().copied().unwrap_or((Count::Number, 1));
        if let Some(level) = same {
            let (count, value) = readings
                .iter()
                .find(|(c, _)| *c == self.open[level].1)
                .copied()
                .unwrap_or((count, value));
            self.open.truncate(level);
            self.open.push((label.clone(), count, value));
            return level;
        }
        let looks_open = self.open.iter().rposition(|(last, c, _)| {
            last.marks == label.marks && readings.iter().any(|(count, v)| c == count && *v == 1)
        });
        if let Some(level) = looks_open.filter(|_| label.is_first()) {
            // A series that begins again: beside the old one, not below it.
            self.open.truncate(level);
        }
        if self.open.len() >= 3 {
            self.open.truncate(2);
        }
        self.open.push((label.clone(), count, value));
        self.open.len() - 1
    }

    /// The whole label of the innermost open clause: `3)`, `2(b)`, `2(b)(ii)`.
    pub(super) fn full(&self) -> Option<String> {
        match self.open.as_slice() {
            [] => None,
            [(only, ..)] => Some(only.printed.clone()),
            [(first, ..), rest @ ..] => {
                let mut full = first.core.clone();
                for (label, ..) in rest {
                    full = format!("{full}({})", label.core);
                }
                Some(full)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_at_the_start() {
        for (text, expected) in [
            ("1) That", Some(("1)", 3))),
            ("(a) That", Some(("(a)", 4))),
            ("iv. to agree", Some(("iv.", 4))),
            ("1.That", Some(("1.", 2))),
            ("1.5 million", None),
            ("a.m. the", None),
            ("15.2 Reasons", None),
            ("That", None),
            ("(see) it", None),
            ("3)", Some(("3)", 2))),
            ("", None),
        ] {
            let found = Label::at_start(text);
            let found = found.as_ref().map(|(l, end)| (l.printed.as_str(), *end));
            assert_eq!(found, expected, "{text}");
        }
    }

    fn full(labels: &[&str]) -> Vec<String> {
        let mut nesting = Nesting::default();
        labels
            .iter()
            .map(|text| {
                let (label, _) = Label::at_start(text).expect("a label");
                nesting.enter(&label);
                nesting.full().expect("entered")
            })
            .collect()
    }

    #[test]
    fn three_levels() {
        assert_eq!(
            full(&["1) a", "2) b", "a. c", "b. d", "(i) e", "(ii) f", "3) g"]),
            ["1)", "2)", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)", "3)"]
        );
        assert_eq!(
            full(&["(a) a", "(b) b", "(c) c", "(i) d", "(ii) e", "(d) f"]),
            ["(a)", "(b)", "(c)", "c(i)", "c(ii)", "(d)"]
        );
        assert_eq!(full(&["(g) a", "(h) b", "(i) c", "(j) d"]), ["(g)", "(h)", "(i)", "(j)"]);
        assert_eq!(full(&["1. a", "1. b"]), ["1.", "1."]);
        assert_eq!(
            full(&["i) a", "ii) b", "iii) c", "iv) d", "v) e", "vi) f"]),
            ["i)", "ii)", "iii)", "iv)", "v)", "vi)"]
        );
    }
}
