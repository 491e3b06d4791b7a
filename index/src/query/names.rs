//! Names of bodies and numbers of items among the words of a query.

use super::lexicon::Body;

pub(super) fn longest<'a>(bodies: &'a [Body], folded: &[Vec<String>]) -> Option<(usize, &'a Body)> {
    bodies
        .iter()
        .filter(|body| body.words.len() >= 2)
        .filter_map(|body| {
            let mut have: Vec<&String> = Vec::new();
            for (at, words) in folded.iter().enumerate() {
                have.extend(words);
                if have.len() >= body.words.len() {
                    let same = have.len() == body.words.len()
                        && have.iter().zip(&body.words).all(|(a, b)| *a == b);
                    return same.then_some((at + 1, body));
                }
            }
            None
        })
        .max_by_key(|(used, body)| (*used, body.slug.len()))
}

/// The words of a body's name with its usual short forms written out.
pub(super) fn spelt_out(words: &[String]) -> Vec<String> {
    words
        .iter()
        .flat_map(|word| match word.as_str() {
            "spc" => vec!["strategic", "policy", "committee"],
            "md" => vec!["municipal", "district"],
            "jpc" => vec!["joint", "policing", "committee"],
            word => vec![word],
        })
        .map(str::to_owned)
        .collect()
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '(' | ')' | '-'))
        && word.len() <= 10
}

/// What the record of a day is asked for by.
pub(super) fn is_minutes(word: Option<&str>) -> bool {
    word.is_some_and(|word| matches!(fold(word).as_str(), "minutes" | "meeting" | "meetings"))
}

pub(super) fn fold(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
