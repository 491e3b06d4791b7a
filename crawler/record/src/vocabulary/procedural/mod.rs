//! Procedural items: what every meeting has and decides nothing: apologies, declarations, minutes, exclusion of the press.
//! They are found by their title, fold away in search, and carry no subject. A title counts only when all of its words are
//! such formality: "Urgent Business - Closure of the Library" is the library's. Nor is an item that decided more than that.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::topics::VocabularyError;
use crate::{Item, Kind, Resolution, text};

/// The title patterns of procedural items, compared word by word without case and marks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedural {
    /// Whole titles.
    #[serde(default)]
    whole: HashSet<String>,
    /// Words that may stand in any procedural title.
    #[serde(default)]
    links: Words,
    /// Phrases of resolutions that keep the meeting going and decide no more.
    #[serde(default)]
    formal: Vec<String>,
    #[serde(default)]
    family: Vec<Family>,
    /// The families of whole titles, and by a word that must stand in a piece of a title those of which it may be, in order.
    #[serde(skip)]
    told: Told,
}

/// Where the patterns of the families are looked for: nearly every title is of none of them.
#[derive(Debug, Clone, Default)]
struct Told {
    whole: HashMap<String, usize>,
    by_word: HashMap<String, Vec<usize>>,
}

/// Titles about one formality, with the words it is told in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    /// The words that may stand beside a pattern.
    words: Words,
    /// Phrases of resolutions that decide no more than the title says.
    #[serde(default)]
    formal: Vec<String>,
    /// Whole titles.
    #[serde(default)]
    whole: HashSet<String>,
    /// Beginnings of titles.
    #[serde(default)]
    prefix: Vec<String>,
    /// Phrases anywhere in a title.
    #[serde(default)]
    contains: Vec<String>,
    /// Whether the name of a body may stand beside a pattern ("Minutes of the meeting of the Licensing Committee").
    #[serde(default)]
    bodies: bool,
    /// Whether the words may go on behind a dash ("Exclusion of the Public - Local Government Act 1972").
    #[serde(default)]
    runs_on: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "String")]
struct Words(HashSet<String>);

impl From<String> for Words {
    fn from(words: String) -> Words {
        Words(words.split_whitespace().map(str::to_owned).collect())
    }
}

/// The longest name of a body, in words.
const LONGEST_BODY: usize = 9;
/// A longer resolution says more than that the minutes are right, unless it keeps the public out.
const LONGEST_FORMAL: usize = 40;

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
        let whole = |titles: &HashSet<String>| titles.iter().map(|title| fold(title)).collect();
        let pad = |phrases: &mut Vec<String>| {
            for phrase in phrases.iter_mut() {
                *phrase = format!(" {} ", fold(phrase));
            }
        };
        patterns.whole = whole(&patterns.whole);
        pad(&mut patterns.formal);
        for family in &mut patterns.family {
            family.whole = whole(&family.whole);
            for phrases in [&mut family.formal, &mut family.prefix, &mut family.contains] {
                pad(phrases);
            }
        }
        patterns.told = patterns.told();
        Ok(patterns)
    }

    fn told(&self) -> Told {
        let mut told = Told::default();
        for (number, family) in self.family.iter().enumerate() {
            for title in &family.whole {
                told.whole.entry(title.clone()).or_insert(number);
            }
            for phrase in family.prefix.iter().chain(&family.contains) {
                // A word that tells, if there is one.
                let mut words = phrase.split_whitespace();
                let first = words.next().unwrap_or_default();
                let telling = words.find(|word| !self.links.0.contains(*word));
                let word = if self.links.0.contains(first) { telling } else { None };
                let families = told.by_word.entry(word.unwrap_or(first).to_owned()).or_default();
                if families.last() != Some(&number) {
                    families.push(number);
                }
            }
        }
        told
    }

    /// Whether an item is procedural: by its title, and because it decided nothing else, as far as its resolutions are known.
    pub fn holds(&self, item: &Item) -> bool {
        self.families(&item.title).is_some_and(|families| {
            item.resolutions().iter().all(|resolution| self.is_formal(resolution, &families))
        })
    }

    /// Whether a title is that of a procedural item, in all its words.
    pub fn is_procedural(&self, title: &str) -> bool {
        self.families(title).is_some()
    }

    /// The families of a procedural title, none where its words say more. Titles without a family have none to name.
    fn families(&self, title: &str) -> Option<Vec<&Family>> {
        let whole = fold(title);
        if let Some(number) = self.told.whole.get(&whole) {
            return Some(vec![&self.family[*number]]);
        }
        if self.whole.contains(&whole) {
            return Some(Vec::new());
        }
        let segments: Vec<String> =
            segments(title).map(fold).filter(|segment| !segment.is_empty()).collect();
        let judged: Vec<Option<&Family>> = segments.iter().map(|s| self.family_of(s)).collect();
        let families: Vec<&Family> = judged.iter().flatten().copied().collect();
        let mut any = false;
        for (segment, family) in segments.iter().zip(&judged) {
            if family.is_some() || self.whole.contains(segment) {
                any = true;
                continue;
            }
            // What is no such title itself may only add to the ones that are: a date, a body, the law's own words.
            let mut beside = families.iter().filter(|family| family.runs_on);
            if !self.only("", segment, None)
                && !beside.any(|family| self.only("of", segment, Some(family)))
            {
                return None;
            }
        }
        any.then_some(families)
    }

    /// Whether a title begins or sounds like a procedural one, whatever else it says.
    pub fn resembles(&self, title: &str) -> bool {
        let title = format!(" {} ", fold(title));
        self.whole.contains(title.trim())
            || self.family.iter().any(|family| {
                family.whole.contains(title.trim())
                    || family.prefix.iter().any(|prefix| title.starts_with(prefix.as_str()))
                    || family.contains.iter().any(|phrase| title.contains(phrase.as_str()))
            })
    }

    /// The family all of whose words a piece of a title is made of, around one of its patterns.
    fn family_of(&self, piece: &str) -> Option<&Family> {
        let mut able: Vec<usize> = self.told.whole.get(piece).copied().into_iter().collect();
        able.extend(piece.split(' ').filter_map(|word| self.told.by_word.get(word)).flatten());
        if able.is_empty() {
            return None;
        }
        able.sort_unstable();
        able.dedup();
        let padded = format!(" {piece} ");
        able.into_iter().map(|number| &self.family[number]).find(|family| {
            family.whole.contains(piece)
                || family.prefix.iter().any(|prefix| {
                    padded
                        .strip_prefix(prefix.as_str())
                        .is_some_and(|after| self.only(last_word(prefix), after, Some(family)))
                })
                || family.contains.iter().any(|phrase| {
                    padded.split_once(phrase.as_str()).is_some_and(|(before, after)| {
                        self.only("", before, Some(family))
                            && self.only(last_word(phrase), after, Some(family))
                    })
                })
        })
    }

    /// Whether words are links, figures, or a family's own; behind "of" and "the" names of bodies, where the family has them.
    fn only(&self, behind: &str, words: &str, family: Option<&Family>) -> bool {
        let words: Vec<&str> = words.split_whitespace().collect();
        let known = |word: &str| {
            self.links.0.contains(word)
                || is_figure(word)
                || family.is_some_and(|family| family.words.0.contains(word))
        };
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let bodies = family.is_some_and(|family| family.bodies);
            let before = if at == 0 { behind } else { words[at - 1] };
            let named = matches!(before, "of" | "the");
            if bodies
                && named
                && let Some(len) = body(&words[at..])
            {
                at += len;
            } else if known(word) {
                at += 1;
            } else {
                return false;
            }
        }
        true
    }

    fn is_formal(&self, resolution: &Resolution, families: &[&Family]) -> bool {
        if resolution.kind == Kind::Noted {
            return true;
        }
        let text = format!(" {} ", fold(&resolution.text));
        let words = text.split_whitespace().count();
        let mut phrases = self.formal.iter().chain(families.iter().flat_map(|f| &f.formal));
        // "AGREED." says nothing that the title does not.
        words <= 2
            || phrases.any(|phrase| text.contains(phrase.as_str()))
                && (words <= LONGEST_FORMAL || text.contains(" exempt information "))
    }
}

fn last_word(phrase: &str) -> &str {
    phrase.split_whitespace().next_back().unwrap_or_default()
}

/// How many words the name of a body at the start takes ("licensing sub committee"), none where there is none.
fn body(words: &[&str]) -> Option<usize> {
    let is_body = |word: &&str| {
        matches!(
            *word,
            "board"
                | "cabinet"
                | "commission"
                | "committee"
                | "committees"
                | "council"
                | "district"
                | "executive"
                | "forum"
                | "group"
                | "panel"
                | "partnership"
        )
    };
    let stop =
        |word: &&str| matches!(*word, "held" | "on" | "to" | "meeting" | "meetings" | "minutes");
    let run = &words[..words.len().min(LONGEST_BODY)];
    let run = &run[..run.iter().position(|w| stop(w) || is_figure(w)).unwrap_or(run.len())];
    run.iter().rposition(is_body).map(|last| last + 1)
}

/// "4", "12a", "3rd", "6pm".
fn is_figure(word: &str) -> bool {
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
    tail.len() < word.len()
        && matches!(tail, "" | "a" | "b" | "c" | "i" | "st" | "nd" | "rd" | "th" | "am" | "pm")
}

/// A title cut where a dash or a colon sets one thing beside another.
fn segments(title: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut cuts = Vec::new();
    for (at, c) in title.char_indices() {
        let after = at + c.len_utf8();
        let open = |text: &str| text.is_empty() || text.starts_with(char::is_whitespace);
        let apart = open(&title[after..]) || title[..at].ends_with(char::is_whitespace);
        let cut = match c {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => apart,
            ':' | ';' => open(&title[after..]),
            _ => false,
        };
        if cut {
            cuts.push(&title[start..at]);
            start = after;
        }
    }
    cuts.push(&title[start..]);
    cuts.into_iter()
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
mod tests;
