//! Patterns over the text of minutes, compiled so that the engine keeps to its quick way.

use regex::Regex;

/// Compiles a pattern of this crate's own making: `\b`, `\d` and `\w` mean the letters of English and Welsh.
///
/// A word boundary of all of Unicode makes the engine give up its quick way at the first curly quote, and a class of all the
/// world's letters fills its tables: both together cost half of the whole extraction.
pub(crate) fn regex(pattern: &str) -> Regex {
    const LETTERS: &str = r"[0-9A-Z_a-z\u{c0}-\u{17f}\u{1e80}-\u{1ef3}]";
    let plain = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]").replace(r"\w", LETTERS);
    Regex::new(&plain).expect("the pattern is valid (tested)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_english_and_welsh() {
        let word = regex(r"^[\w’-]+\b.$");
        for text in ["Tŷ-newydd.", "councillor’s.", "Siân.", "2019."] {
            assert!(word.is_match(text), "{text}");
        }
        assert!(!word.is_match("Ash Bell."));
        assert!(regex(r"\bnoted\b").is_match("“noted”"));
        assert!(!regex(r"\bnoted\b").is_match("unnoted"));
    }
}
