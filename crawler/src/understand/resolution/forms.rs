//! The words of decisions, read from `vocabulary/decisions.toml`, and the patterns made of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use minutebook_record::Kind;
use regex::Regex;
use serde::Deserialize;

pub(crate) use crate::pattern::regex;

const FILE: &str = include_str!("../../../vocabulary/decisions.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keyword {
    pub(super) forms: Vec<String>,
    pub(super) verb: String,
    #[serde(default)]
    pub(super) kind: Option<Kind>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verb {
    pub(super) base: String,
    pub(super) past: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    keyword: Vec<Keyword>,
    verb: Vec<Verb>,
    welsh: Vec<Welsh>,
}

/// A Welsh verb-noun and what it decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Welsh {
    pub(super) word: String,
    pub(super) kind: Kind,
    pub(super) verb: String,
}

pub(super) struct Forms {
    pub(super) keywords: Vec<Keyword>,
    pub(super) verbs: Vec<Verb>,
    pub(super) welsh: Vec<Welsh>,
    /// Any form of a verb, to the verb's place in `verbs`.
    pub(super) by_word: HashMap<String, usize>,
    /// A keyword at the start of a paragraph, with what may stand before and after it.
    pub(super) opening: Regex,
    /// A keyword inside a paragraph.
    pub(super) inside: Regex,
    /// The words of `inside` alone: a quick look that spares most paragraphs the slow one.
    pub(super) words: Regex,
    /// "be noted", "was agreed".
    pub(super) passive: Regex,
    /// "to note", "notes", "Deferred" at a clause's start.
    pub(super) leading: Regex,
    /// "That the Committee note(s)".
    pub(super) body_does: Regex,
    /// "and endorsed" after a passive.
    pub(super) and_past: Regex,
}

impl Forms {
    pub(super) fn shipped() -> &'static Forms {
        static SHIPPED: LazyLock<Forms> = LazyLock::new(|| {
            let file: File = toml::from_str(FILE).expect("decisions.toml is valid (tested)");
            Forms::new(file)
        });
        &SHIPPED
    }

    fn new(file: File) -> Forms {
        let mut by_word = HashMap::new();
        for (at, verb) in file.verb.iter().enumerate() {
            for word in [verb.base.clone(), verb.past.clone(), third(&verb.base)] {
                by_word.insert(word, at);
            }
        }
        let pasts = alternatives(file.verb.iter().map(|v| v.past.clone()));
        let bases = alternatives(file.verb.iter().flat_map(|v| [v.base.clone(), third(&v.base)]));
        let words = alternatives(file.keyword.iter().flat_map(|k| k.forms.iter().cloned()));
        let capitals = alternatives(
            file.keyword.iter().flat_map(|k| k.forms.iter().map(|f| f.to_uppercase())),
        );
        Forms {
            opening: regex(&format!(
                r"^(?P<number>(?:\d{{1,3}}(?:\.\d{{1,3}}){{1,2}}\.?|\(?\d{{1,3}}[.)]|\([a-z]\)|[a-z]\))\s+)?(?P<before>(?i:it was|it was then|and it was|and|accordingly,?|the [\w’' ]{{3,60}}?|members|cabinet|council|(?:[\w’'-]+ ){{1,4}}?(?:committee|forum|board|panel|commission|executive))?\s*(?i:therefore|then|also|accordingly|unanimously|hereby|formally|subsequently)?,?\s*)(?P<keyword>(?i:{words}))\b(?P<after>(?:,\s)?\s*(?i:unanimously|yn unfrydol|nem\.? ?con\.?|by \w+ votes? to \w+(?:,? (?:and |with )\w+ abst\w+)?|by (?:a )?majority(?: vote)?|on a majority vote|by general consent|by consensus|by affirmation|on a show of hands|further|in principle|accordingly)?)"
            )),
            inside: regex(&format!(
                r"(?P<before>(?i:unanimously|it was|was|and|the [\w’']+(?: [\w’']+){{0,5}}|members|cabinet|council|[\w’'-]+ (?:committee|forum|board|panel|commission|executive))\s+(?i:therefore|then|also|accordingly|unanimously|hereby|formally|thereby)?\s*)?(?P<keyword>\b(?:{capitals}|Resolved|resolved|Penderfynwyd|PENDERFYNWYD))\b(?P<after>(?:,\s)?\s*(?i:unanimously|yn unfrydol|nem\.? ?con\.?|by \w+ votes? to \w+(?:,? (?:and |with )\w+ abst\w+)?|by (?:a )?majority(?: vote)?|by general consent|by consensus|by affirmation|on a show of hands|further)?)"
            )),
            words: regex(&format!(r"{capitals}|Resolved|resolved|Penderfynwyd")),
            passive: regex(&format!(
                r"(?i)\b(?:be|is|are|was|were|been)\s+(?:(?:\w+ly|also|now|hereby|further|again|duly|formally|not)\s+)*(?P<verb>{pasts})\b"
            )),
            leading: regex(&format!(
                r"(?i)^(?:(?:and|that|to|hereby|also|it|formally|unanimously|not|further|then|otherwise|(?:agreed|resolved|decided) (?:unanimously )?to|(?:subject to|following|having) [^,;]{{3,80}}?,?)[\s:,–-]+)*(?P<verb>{pasts}|{bases})\b"
            )),
            body_does: regex(&format!(
                r"(?i)^(?:that\s+)?(?:the\s+)?(?:[\w’'&,-]+\s+){{0,10}}?(?:cabinet|council|committee|board|panel|commission|executive|sub-committee|members|mayor|authority|forum|group)\b(?:\s+(?:meeting|members|hereby|also|further|formally|therefore|to|\(?[ivx0-9a-z]\)))*[\s:,–-]+(?:\(?[ivx0-9a-z]{{1,3}}[).]\s*)?(?:(?:agreed|resolved|decided) (?:unanimously )?to\s+|to\s+)?(?P<verb>{bases}|{pasts})\b"
            )),
            and_past: regex(&format!(
                r"(?i)\band(?:\s+(?:also|then|that it be))?\s+(?P<verb>{pasts})\b|^\s*,?\s*and\s+(?:also\s+)?(?P<base>{bases})\b"
            )),
            keywords: file.keyword,
            verbs: file.verb,
            welsh: file.welsh,
            by_word,
        }
    }

    /// The keyword of a matched form.
    pub(super) fn keyword(&self, form: &str) -> Option<&Keyword> {
        let form = form.to_lowercase();
        self.keywords.iter().find(|k| k.forms.contains(&form))
    }

    /// The verb of a matched form.
    pub(super) fn verb(&self, form: &str) -> Option<&Verb> {
        self.by_word.get(&form.to_lowercase()).map(|at| &self.verbs[*at])
    }
}

fn alternatives(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.map(|w| regex::escape(&w)).collect();
    // Longest first: "decisions taken" before "decisions" before "decision".
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words.dedup();
    words.join("|")
}

fn third(base: &str) -> String {
    if base.ends_with('y') && !base.ends_with("ey") {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x']) || base.ends_with("ch") {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_whole() {
        let file: File = toml::from_str(FILE).unwrap();
        let pasts: Vec<_> = file.verb.iter().map(|v| v.past.clone()).collect();
        let mut sorted = pasts.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(pasts, sorted, "verbs are sorted by `past`, none twice");
        for keyword in &file.keyword {
            for form in &keyword.forms {
                assert_eq!(*form, form.to_lowercase());
            }
        }
        let firsts: Vec<_> = file.keyword.iter().map(|k| k.forms[0].clone()).collect();
        assert!(firsts.is_sorted(), "keywords are sorted by their first form");
        assert!(file.welsh.is_sorted_by_key(|w| &w.word), "Welsh words are sorted");
    }
}
