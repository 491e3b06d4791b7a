//! Stems: Porter's second English stemmer, with the words it wrongly joins kept apart and those it misses joined.
//!
//! The exceptions are data (`data/stems.txt`); British spelling is brought about before stemming.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use super::feed::Quick;

static EXCEPTIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../data/stems.txt")
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?))
        })
        .collect()
});

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

/// The stem of a folded word. A word with a digit or a mark in it is its own stem.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some(known) = EXCEPTIONS.get(word) {
        return Cow::Borrowed(known);
    }
    let stem: Cow<'_, str> = match british(word) {
        Some(spelt) => match EXCEPTIONS.get(spelt.as_str()) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(STEMMER.stem(&spelt).into_owned()),
        },
        None => STEMMER.stem(word),
    };
    // One letter is no stem: `oed` is no `o` in the past tense.
    if stem.len() < 2 { Cow::Borrowed(word) } else { stem }
}

/// Stems are looked up far more often than they are new: minutes use some ten thousand words.
const REMEMBERED: usize = 65_536;

/// Calls `with` with a word's stem, remembered by each thread.
pub(crate) fn with_stem<T>(word: &str, with: impl FnOnce(&str) -> T) -> T {
    thread_local! {
        static KNOWN: RefCell<HashMap<Box<str>, Box<str>, Quick>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(stem) = known.get(word) {
            return with(stem);
        }
        let stemmed = stem(word);
        if known.len() < REMEMBERED {
            known.insert(word.into(), stemmed.as_ref().into());
        }
        with(&stemmed)
    })
}

/// `-ize`, `-yze` words with `s`; short ones (size, prize, seize) are no such words.
fn british(word: &str) -> Option<String> {
    const ENDINGS: [&str; 7] = ["izations", "ization", "izing", "izes", "ized", "izers", "ize"];
    if word.len() < 7 {
        return None;
    }
    let ending = ENDINGS.iter().find(|ending| word.ends_with(*ending))?;
    let stem = &word[..word.len() - ending.len()];
    (stem.len() >= 4).then(|| format!("{stem}{}", ending.replacen('z', "s", 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_another_thing_stay_apart() {
        for (a, b) in [
            ("elective", "election"),
            ("elective", "elected"),
            ("officer", "office"),
            ("university", "universal"),
            ("parking", "park"),
            ("housing", "house"),
            ("planning", "plan"),
            ("community", "commune"),
            ("corporate", "corporation"),
            ("policy", "police"),
            ("council", "councillor"),
            ("funding", "fund"),
            ("governance", "government"),
            ("size", "sise"),
            ("aed", "a"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} / {b}");
        }
    }

    #[test]
    fn inflections_and_spellings_meet() {
        for (a, b) in [
            ("child", "children"),
            ("bus", "buses"),
            ("officers", "officer"),
            ("councillors", "cllr"),
            ("organisation", "organization"),
            ("organisations", "organizations"),
            ("licence", "licensing"),
            ("licence", "license"),
            ("women", "woman"),
            ("elections", "elected"),
            ("appendices", "appendix"),
            ("potholes", "pothole"),
            ("byelaws", "bylaw"),
            ("programme", "programs"),
            ("libraries", "library"),
            ("resurfacing", "resurfaced"),
            ("home", "homes"),
            ("aeds", "aed"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} / {b}");
        }
    }

    #[test]
    fn the_exceptions_are_well_formed() {
        let mut seen = std::collections::HashSet::new();
        for line in include_str!("../../data/stems.txt").lines() {
            let words: Vec<_> = line.split('#').next().unwrap().split_whitespace().collect();
            assert!(matches!(words.len(), 0 | 2), "`{line}` is not `word stem`");
            if let [word, stem] = words[..] {
                assert!(word.bytes().chain(stem.bytes()).all(|b| b.is_ascii_lowercase()), "{line}");
                assert!(seen.insert(word), "{word} stands twice");
            }
        }
        assert!(seen.len() > 100);
    }
}
