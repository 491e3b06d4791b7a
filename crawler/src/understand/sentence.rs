//! Sentences of a passage, by their byte ranges. Titles and initials ("Cllr. Smith", "No. 4") end none.

use std::ops::Range;

/// Words whose full stop ends no sentence.
const SHORT: &[&str] = &[
    "ald", "art", "ave", "capt", "cc", "cf", "cl", "cllr", "cllrs", "clir", "clr", "co", "col",
    "cr", "dept", "dr", "e", "eg", "etc", "fig", "fr", "g", "hon", "i", "ie", "inc", "insp", "jnr",
    "ltd", "max", "messrs", "min", "mr", "mrs", "ms", "mt", "no", "nos", "p", "para", "paras",
    "pp", "prof", "ref", "rev", "rd", "sec", "sgt", "snr", "st", "supt", "v", "viz", "vol", "vs",
];

/// Words that begin a sentence rather than name a place or a person.
const OPENERS: &[&str] = &[
    "A",
    "All",
    "An",
    "Apologies",
    "At",
    "Following",
    "He",
    "In",
    "It",
    "Members",
    "On",
    "Resolved",
    "RESOLVED",
    "She",
    "That",
    "The",
    "There",
    "They",
    "This",
];

/// The sentences of a text, in order. A semicolon or colon ends none.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    // Behind the marks that were looked at together: "....".
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?') || at < seen {
            continue;
        }
        let mut end = at + 1;
        while let Some(close) = text[end..].chars().next() {
            if matches!(close, '"' | '\u{201d}' | '\u{2019}' | ')' | '.' | '\'') {
                end += close.len_utf8();
            } else {
                break;
            }
        }
        seen = end;
        if !bytes.get(end).is_none_or(u8::is_ascii_whitespace) {
            continue;
        }
        if c == '.' && end == at + 1 && !ends_a_sentence(text, start, at) {
            continue;
        }
        push(&mut found, text, start..end);
        start = end;
    }
    push(&mut found, text, start..text.len());
    found
}

fn ends_a_sentence(text: &str, start: usize, stop: usize) -> bool {
    let word: String = text[start..stop]
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '\''))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let next = text[stop + 1..].trim_start().chars().next();
    if next.is_none() {
        return true;
    }
    if next.is_some_and(char::is_lowercase) || SHORT.contains(&word.as_str()) {
        return false;
    }
    // "at 8.05 p.m. The Chair": an hour ends a sentence where one clearly begins.
    let hour = word == "m"
        && ["a.m", "p.m", "A.M", "P.M", "a.M", "p.M", "A.m", "P.m"]
            .iter()
            .any(|hour| text[start..stop].ends_with(hour));
    if hour {
        let next = text[stop + 1..].split_whitespace().next().unwrap_or_default();
        let next = next.trim_end_matches([',', ':']);
        return OPENERS.contains(&next);
    }
    // An initial: one capital letter; a lone number is a label ("1. That").
    let chars = word.chars().count();
    let letter = chars == 1 && word.chars().all(char::is_alphabetic);
    let label = chars <= 2 && word.chars().all(|c| c.is_ascii_digit()) && {
        let before = text[start..stop - word.len()].trim_end();
        let number = ["No.", "Nos.", "no.", "nos.", "Minute"].iter().any(|w| before.ends_with(w));
        !number && (before.is_empty() || before.ends_with([':', ';', '-', '\u{2013}', '.']))
    };
    !(letter || label)
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.end - (piece.len() - piece.trim_end().len());
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn titles_initials_and_labels_end_none() {
        check(
            "Cllr. A. Smith asked. Mr. Bee said no.",
            &["Cllr. A. Smith asked.", "Mr. Bee said no."],
        );
        check("See Minute No. 24. It was noted.", &["See Minute No. 24.", "It was noted."]);
        check(
            "Resolved:- 1. That this be noted. 2. That it be printed.",
            &["Resolved:- 1. That this be noted.", "2. That it be printed."],
        );
        check("He said “Yes.” They left", &["He said “Yes.”", "They left"]);
        check("At 5.30 p.m. the meeting closed", &["At 5.30 p.m. the meeting closed"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_in_order(text in "\\PC{0,120}") {
            let mut end = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
