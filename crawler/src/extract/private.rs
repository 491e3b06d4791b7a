//! What of private persons must not enter a record: e-mail addresses, telephone numbers, home addresses.
//!
//! A planning application's site is public business and stays; an address is a home's where it follows a person ("Mr A. Marsh of 12
//! ..."), or is called one ("home address"). What is taken out leaves a sign, so that a reader sees that something was there.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::pattern::regex;

/// What a text must hold for a home to follow a person, and for one to be called so.
const PERSONS: [&str; 8] = ["Mr", "Ms", "Miss", "Mx", "Dr", "Sir ", "Rev", "Mrs"];
const PLACES: [&str; 8] =
    ["home", "Home", "HOME", "private ", "Private ", "lives ", "lived ", "esiding "];

/// Stands where something was taken out.
const TAKEN: &str = "[removed]";

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b[a-z0-9][a-z0-9._%+'-]*\s?@\s?[a-z0-9][a-z0-9.-]*\.[a-z]{2,}\b")
});

/// Numbers as they are dialled in Britain: area codes in parentheses or not, mobiles, +44, extensions behind.
static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)
        (?P<label>\b(?:tel(?:ephone)?|phone|mob(?:ile)?|fax|ffôn|ffon)\b\.?\s*(?:no\.?|number)?\s*[:.]?\s*)?
        (?P<number>
           (?:\+44\s?\(?0?\)?|\(0\d{2,5}\)|\b0\d{2,5})
           [\s.\-]?\d{2,4}[\s.\-]?\d{2,4}(?:[\s.\-]?\d{2,4})?
        )
        (?P<extension>\s*(?:ext(?:ension)?|est)\.?\s*:?\s*\d{2,6})?",
    )
});

const POSTCODE: &str = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}";

/// A person, then "of 12 High Street, Town, S60 1AB".
static HOME: LazyLock<Regex> = LazyLock::new(|| {
    let street = r"\d{1,4}[A-Za-z]?,?\s(?:[A-Z][\w'’.-]*\s?){1,5}\b(?:Street|Road|Avenue|Lane|Close|Drive|Way|Court|Place|Crescent|Terrace|Gardens|Grove|Square|Walk|View|Rise|Hill|Row|Mews|Green|Park|Parade|Croft|Stryd|Ffordd|Heol|Lôn)\b";
    regex(&format!(
        r"(?P<person>\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Rev|Mr and Mrs|Mr & Mrs)\.?\s(?:[A-Z][\w'’.-]*\s?){{1,4}},?\s?(?:,|of|who lives at|who lived at|living at|residing at|resident at|resident of)\s)(?P<home>(?:Flat\s\w+,?\s)?{street}(?:,\s[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+){{0,2}}){{0,3}}(?:,?\s{POSTCODE})?)"
    ))
});

/// "home address: ...", "lives at ...".
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<label>(?i:home address(?:es)?|private address|lives at|lived at|residing at|her home at|his home at|their home at)\s?:?(?:\s(?i:is|was))?\s)(?P<home>(?:Flat\s\w+,?\s)?\d{{1,4}}[A-Za-z]?,?\s[^.;()]*?(?:{POSTCODE}|(?:[A-Z][\w'’.-]*\s?){{1,4}}\b(?:Street|Road|Avenue|Lane|Close|Drive|Way|Court|Place|Crescent|Terrace|Gardens|Grove)))"
    ))
});

/// Whether a text could hold anything of the kind: without a figure or an `@` it cannot.
pub(crate) fn may_hold(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit() || b == b'@')
}

/// The text without them; a text that holds none comes back as it is.
pub fn redact(text: &str) -> String {
    if !may_hold(text) {
        return text.to_owned();
    }
    // Each pattern is run only where it can match: most paragraphs are numbers of pages and years.
    let mut text = Cow::Borrowed(text);
    if text.contains('@') {
        text = Cow::Owned(MAIL.replace_all(&text, TAKEN).into_owned());
    }
    if may_be_dialled(&text) {
        text = Cow::Owned(TELEPHONE.replace_all(&text, telephone).into_owned());
    }
    if !has_house_number(&text) {
        return text.into_owned();
    }
    if PERSONS.iter().any(|title| text.contains(title)) {
        text = Cow::Owned(HOME.replace_all(&text, format!("${{person}}{TAKEN}")).into_owned());
    }
    if PLACES.iter().any(|word| text.contains(word)) {
        text = Cow::Owned(CALLED.replace_all(&text, format!("${{label}}{TAKEN}")).into_owned());
    }
    text.into_owned()
}

/// Ten figures, and somewhere among them what a number begins with: a nought and two more, or +44.
fn may_be_dialled(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |run: &[u8]| {
        matches!(run, [before, b'0', second, third] if !before.is_ascii_digit()
            && second.is_ascii_digit() && third.is_ascii_digit())
    };
    bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 10
        && (bytes.windows(4).any(begins) || bytes.first() == Some(&b'0') || text.contains("+44"))
}

/// A number, perhaps with a letter or a comma, before a capital: "12 High", "3a, Mill".
fn has_house_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..bytes.len()).any(|at| {
        bytes[at] == b' '
            && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
            && bytes[at.saturating_sub(3)..at].iter().any(u8::is_ascii_digit)
    })
}

/// A telephone number has ten or eleven digits; fewer are a reference or a sum.
fn telephone(captures: &Captures<'_>) -> String {
    let number = &captures["number"];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let whole = captures.get(0).map_or("", |m| m.as_str());
    let is_number = match number.trim_start().as_bytes().first() {
        Some(b'+') => digits >= 11,
        _ => (10..=11).contains(&digits),
    };
    if is_number { TAKEN.to_owned() } else { whole.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_reach_a_person_are_taken_out() {
        for (text, expected) in [
            ("Write to a.marsh@example.invalid for more.", "Write to [removed] for more."),
            ("Tel: 01632 960123 or 01632 960 124", "[removed] or [removed]"),
            ("call (01632) 960123 ext. 44.", "call [removed]."),
            ("mobile 07700 900123", "[removed]"),
            ("on +44 1632 960123", "on [removed]"),
            (
                "Mr A. Marsh of 12 High Street, Ellerbrough, EL1 2AB spoke.",
                "Mr A. Marsh of [removed] spoke.",
            ),
            ("Mrs Holt, 3 Mill Lane, objected", "Mrs Holt, [removed], objected"),
            ("Her home address is 4 Mill Close and", "Her home address is [removed] and"),
        ] {
            assert_eq!(redact(text), expected, "{text:?}");
        }
    }

    #[test]
    fn public_business_stays() {
        for text in [
            "RB2019/0123: demolition of 12 High Street, Ellerbrough, EL1 2AB for Marsh Ltd",
            "Budget of £1,234,567 for 2019/20 (0.5%)",
            "Reference 2019/01632/960",
            "The Chair of 14 meetings in 2004",
            "Councillor Marsh asked about Mill Lane, 12 houses and the School Road scheme",
            "between 10.00 and 12.30 on 01/02/2019",
            "No words",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
