//! Small text rules that every stage shares: white space, quotes, and the words of a text.

use std::borrow::Cow;

/// One line: every run of white space (no-break spaces and newlines too) becomes one space; ends trimmed.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}' || c == '\u{feff}')
    {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// Curly quotes made straight, dashes made hyphens: for comparing, never for showing.
pub fn plain_marks(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bc}' | '\u{00b4}' | '`' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}

/// One word of a text and where it stands (byte offsets).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as printed, a possessive `'s` included.
    pub printed: &'a str,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset after its end.
    pub end: usize,
}

impl Word<'_> {
    /// Lower case, marks made plain, possessive dropped, apostrophes removed: the form words are compared in.
    pub fn folded(&self) -> String {
        // Most words need no more; the rest of this is by far the dearest step of reading a text.
        if self.printed.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return self.printed.to_ascii_lowercase();
        }
        let plain = plain_marks(self.printed).to_lowercase();
        let stem = plain
            .strip_suffix("'s")
            .or_else(|| plain.strip_suffix("s'").map(|_| &plain[..plain.len() - 1]))
            .unwrap_or(&plain);
        stem.replace('\'', "")
    }
}

/// The words of a text: runs of letters and digits, joined over an apostrophe inside them.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let bytes = text.as_bytes();
    let (mut start, mut at) = (None, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            start.get_or_insert(at);
            at += 1;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        let next = at + c.len_utf8();
        let inside_apostrophe = matches!(c, '\'' | '\u{2019}')
            && start.is_some()
            && text[next..].starts_with(char::is_alphanumeric);
        if !byte.is_ascii() && c.is_alphanumeric() || inside_apostrophe {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            words.push(Word { printed: &text[from..at], start: from, end: at });
        }
        at = next;
    }
    if let Some(from) = start {
        words.push(Word { printed: &text[from..], start: from, end: text.len() });
    }
    words
}

/// A word's singular: inflection only, for a form of the vocabulary must not stand for its whole family of words. Words are lower case.
pub fn singular(word: &str) -> Cow<'_, str> {
    let cut = |n: usize| Cow::Borrowed(&word[..word.len() - n]);
    if word.len() < 4 || !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    match word {
        "children" => return cut(3),
        "women" => return Cow::Borrowed("woman"),
        "series" | "species" => return Cow::Borrowed(word),
        "movies" | "cookies" | "ties" => return cut(1),
        "buses" | "viruses" | "campuses" | "bonuses" => return cut(2),
        _ => {}
    }
    if word.ends_with("ies") && !word.ends_with("aies") && !word.ends_with("eies") {
        return Cow::Owned(format!("{}y", &word[..word.len() - 3]));
    }
    if ["ches", "shes", "sses", "xes"].iter().any(|end| word.ends_with(end)) {
        return cut(2);
    }
    if word.ends_with('s') && !["us", "ss", "is"].iter().any(|end| word.ends_with(end)) {
        return cut(1);
    }
    Cow::Borrowed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_joins_what_the_source_wrapped() {
        assert_eq!(one_line(" 3)\u{a0}\nThat\r\n information  on\u{a0}"), "3) That information on");
        assert_eq!(one_line("\u{a0} \n"), "");
    }

    #[test]
    fn words_keep_places_and_fold_possessives() {
        let found = words("Children’s services’ (EHE), s.106");
        let folded: Vec<_> = found.iter().map(Word::folded).collect();
        assert_eq!(folded, ["children", "services", "ehe", "s", "106"]);
        assert_eq!(found[0].start..found[0].end, 0.."Children’s".len());
    }

    #[test]
    fn plurals_are_one() {
        for (many, one) in [
            ("libraries", "library"),
            ("potholes", "pothole"),
            ("buses", "bus"),
            ("churches", "church"),
            ("boxes", "box"),
            ("houses", "house"),
            ("children", "child"),
            ("women", "woman"),
            ("movies", "movie"),
            ("ties", "tie"),
        ] {
            assert_eq!(singular(many), singular(one), "{many}");
        }
        for word in ["bus", "elective", "crisis", "species", "glass", "café"] {
            assert_eq!(singular(word), word);
        }
    }
}
