//! Procedural items: apologies, declarations, minutes of the last meeting, exclusion of the press.
//! They are found by their title, fold away in search, and carry no subject.

use std::sync::LazyLock;

use serde::Deserialize;

use super::topics::VocabularyError;
use crate::text;

/// The title patterns of procedural items, compared word by word without case and marks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedural {
    /// Whole titles.
    #[serde(default)]
    pub whole: Vec<String>,
    /// Beginnings of titles.
    #[serde(default)]
    pub prefix: Vec<String>,
    /// Phrases anywhere in a title.
    #[serde(default)]
    pub contains: Vec<String>,
}

impl Procedural {
    /// The patterns shipped with the program.
    pub fn shipped() -> &'static Procedural {
        static SHIPPED: LazyLock<Procedural> = LazyLock::new(|| {
            Procedural::parse("procedural.toml", super::shipped::PROCEDURAL)
                .expect("the shipped patterns are valid (tested)")
        });
        &SHIPPED
    }

    /// Reads a pattern file.
    pub fn parse(name: &str, text: &str) -> Result<Procedural, VocabularyError> {
        let mut patterns: Procedural = toml::from_str(text)
            .map_err(|source| VocabularyError::Shape { name: name.to_owned(), source })?;
        let Procedural { whole, prefix, contains } = &mut patterns;
        for pattern in whole.iter_mut().chain(prefix).chain(contains) {
            *pattern = format!(" {} ", fold(pattern));
        }
        Ok(patterns)
    }

    /// Whether a title is that of a procedural item.
    pub fn is_procedural(&self, title: &str) -> bool {
        let title = format!(" {} ", fold(title));
        // Every pattern begins with the space before a word: it is enough to look there.
        let begins_at = |at: usize, pattern: &String| {
            title.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(pattern.as_bytes()))
        };
        self.whole.contains(&title)
            || self.prefix.iter().any(|prefix| begins_at(0, prefix))
            || title
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b' ')
                .any(|(at, _)| self.contains.iter().any(|phrase| begins_at(at, phrase)))
    }
}

fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in text::words(words) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.printed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            folded.extend(word.printed.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            folded.push_str(&word.folded());
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_words() {
        let p = Procedural::parse(
            "test",
            "whole = ['apologies']\nprefix = ['exclusion of the press']\ncontains = ['previous meeting']",
        )
        .unwrap();
        for (title, expected) in [
            ("APOLOGIES.", true),
            ("Apologies tour", false),
            ("Exclusion of the Press and Public", true),
            ("Exclusion of the Pressing needs", false),
            ("Minutes of the Previous Meeting", true),
            ("", false),
        ] {
            assert_eq!(p.is_procedural(title), expected, "{title:?}");
        }
    }
}
