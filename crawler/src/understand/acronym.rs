//! Acronyms that minutes define: "Elective Home Education (EHE)", "EHE (Elective Home Education)".
//!
//! The initials of the words before the bracket are tried first, then Schwartz and Hearst's rule, which alone loses first
//! words ("Participation Network (PPN)"). People's initials are left out.

use std::sync::LazyLock;

use minutebook_record::Acronym;
use minutebook_record::text::words;
use minutebook_record::vocabulary::Roles;
use regex::Regex;

use super::resolution::regex;

/// The definitions of a text, as printed.
pub(crate) fn acronyms(text: &str) -> Vec<Acronym> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#"\(\s*['"“‘]?(?:the )?(?P<short>[A-Z][A-Za-z&/-]{0,8}[A-Za-z0-9])['"”’]?\s*\)"#)
    });
    static REVERSED: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"\b(?P<short>[A-Z][A-Z&]{1,7})\s*\(\s*(?P<long>[A-Z][\w’' &-]{5,80})\s*\)")
    });
    let mut found: Vec<Acronym> = Vec::new();
    if !text.contains('(') {
        return found;
    }
    let mut add = |short: &str, long: &str| {
        let known = found.iter().any(|a| a.short == short && a.long.eq_ignore_ascii_case(long));
        if !known && !is_person(long) {
            found.push(Acronym { short: short.to_owned(), long: long.to_owned() });
        }
    };
    for captures in SHORT.captures_iter(text) {
        let (Some(whole), Some(short)) = (captures.get(0), captures.name("short")) else {
            continue;
        };
        let short = short.as_str();
        if short.chars().filter(|c| c.is_uppercase()).count() < 2 {
            continue;
        }
        let before = sentence_tail(&text[..whole.start()]);
        if let Some(long) = by_initials(before, short).or_else(|| schwartz_hearst(before, short)) {
            add(short, long);
        }
    }
    for captures in REVERSED.captures_iter(text) {
        let (Some(short), Some(long)) = (captures.name("short"), captures.name("long")) else {
            continue;
        };
        if by_initials(long.as_str(), short.as_str()) == Some(long.as_str().trim()) {
            add(short.as_str(), long.as_str().trim());
        }
    }
    found
}

/// The words a long form may be found in: back to the last full stop, bracket or semicolon.
fn sentence_tail(before: &str) -> &str {
    let from = before.rfind(['(', ')', ';', ':', '!', '?']).map_or(0, |at| at + 1);
    let mut tail = before[from..].trim_end();
    if let Some(stop) = tail.rfind(". ") {
        tail = &tail[stop + 2..];
    }
    let longest = tail.len().saturating_sub(160);
    let from = (longest..=tail.len()).find(|at| tail.is_char_boundary(*at)).unwrap_or(tail.len());
    &tail[from..]
}

/// The shortest run of last words whose initials are the letters; small link words may be passed over.
fn by_initials<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    // A plural short form: "EHCPs".
    let letters = match letters.split_last() {
        Some(('s', rest)) if short.ends_with('s') && rest.len() > 1 => rest.to_vec(),
        _ => letters,
    };
    let words = words(before);
    (1..=words.len().min(letters.len() * 2 + 2))
        .map(|count| &words[words.len() - count..])
        .find(|run| {
            !is_link(&run[0].folded())
                && initial(run[0].printed) == letters.first().copied()
                && spells(run.iter().map(|w| w.printed), &letters)
        })
        .map(|run| before[run[0].start..].trim())
}

fn initial(word: &str) -> Option<char> {
    word.chars().next().map(|c| c.to_ascii_lowercase())
}

fn is_link(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "in" | "to" | "on" | "a" | "with" | "by" | "at")
}

/// Whether the words' initials spell the letters, link words used or passed over.
fn spells<'w>(words: impl Iterator<Item = &'w str> + Clone, letters: &[char]) -> bool {
    let mut rest = words;
    match rest.next() {
        None => letters.is_empty(),
        Some(word) => {
            let used = initial(word) == letters.first().copied()
                && !letters.is_empty()
                && spells(rest.clone(), &letters[1..]);
            used || is_link(&word.to_lowercase()) && spells(rest, letters)
        }
    }
}

/// Schwartz and Hearst (2003): letters matched from the right, the first at the start of a word.
fn schwartz_hearst<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let words = words(before);
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let most = (letters + 5).min(letters * 2);
    let from = words.get(words.len().saturating_sub(most))?.start;
    let long = &before[from..];
    let chars: Vec<(usize, char)> =
        long.char_indices().map(|(i, c)| (i, c.to_ascii_lowercase())).collect();
    let mut at = chars.len();
    for (place, letter) in short.char_indices().rev() {
        let letter = letter.to_ascii_lowercase();
        if !letter.is_alphanumeric() {
            continue;
        }
        loop {
            at = at.checked_sub(1)?;
            let starts_word = at == 0 || !chars[at - 1].1.is_alphanumeric();
            if chars[at].1 == letter && (place > 0 || starts_word) {
                break;
            }
        }
    }
    let found = long[chars[at].0..].trim();
    let count = found.split_whitespace().count();
    // Fewer words than half the letters, or the short form itself, is no long form.
    (count >= 2
        && found.len() > short.len() * 2
        && !found.contains(short)
        && found.starts_with(char::is_uppercase))
    .then_some(found)
}

fn is_person(long: &str) -> bool {
    let words = words(long);
    let roles = Roles::shipped();
    words.len() <= 4
        && words.iter().take(2).any(|w| {
            let folded = w.folded();
            w.printed.starts_with(char::is_uppercase)
                && (roles.is_given_name(&folded) || roles.is_title(&folded))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = acronyms(text);
        let found: Vec<_> = found.iter().map(|a| (a.short.as_str(), a.long.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn long_forms_are_found_whole() {
        check(
            "the work of the Rotherham Education Strategic Partnership (RESP).",
            &[("RESP", "Rotherham Education Strategic Partnership")],
        );
        check(
            "by the Public Participation Network (PPN)",
            &[("PPN", "Public Participation Network")],
        );
        check("the Office of Public Works (OPW)", &[("OPW", "Office of Public Works")]);
        check(
            "Special Educational Needs and Disabilities (SEND)",
            &[("SEND", "Special Educational Needs and Disabilities")],
        );
        check(
            "Education, Health and Care Plans (EHCPs)",
            &[("EHCPs", "Education, Health and Care Plans")],
        );
        check("on EHE (Elective Home Education) it", &[("EHE", "Elective Home Education")]);
        check("Community Infrastructure Levy (“CIL”)", &[("CIL", "Community Infrastructure Levy")]);
    }

    #[test]
    fn people_and_asides_are_none() {
        check("Mark Pogmore (MP)", &[]);
        check("Councillor Ash (Chair)", &[]);
        check("the report (see Appendix)", &[]);
        check("in the year (USA)", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,100}", short in "[A-Z]{2,5}") {
            acronyms(&format!("{text} ({short}) {text}"));
        }
    }
}
