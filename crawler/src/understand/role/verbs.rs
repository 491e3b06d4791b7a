//! The verbs by which minutes say what a post did, from `vocabulary/speech.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use minutebook_record::{How, VerbClass};
use regex::Regex;
use serde::Deserialize;

use crate::understand::resolution::regex;

const FILE: &str = include_str!("../../../vocabulary/speech.toml");

/// What a verb says a post did.
pub(super) type Act = (How, Option<VerbClass>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    how: How,
    #[serde(default)]
    class: Option<VerbClass>,
    forms: Vec<String>,
    participles: Vec<String>,
    #[serde(default)]
    welsh: Vec<String>,
}

pub(super) struct Verbs {
    past: HashMap<String, Act>,
    participles: HashMap<String, Act>,
    welsh: HashMap<String, Act>,
}

impl Verbs {
    pub(super) fn shipped() -> &'static Verbs {
        static SHIPPED: LazyLock<Verbs> = LazyLock::new(|| {
            let file: File = toml::from_str(FILE).expect("speech.toml is valid (tested)");
            let mut verbs =
                Verbs { past: HashMap::new(), participles: HashMap::new(), welsh: HashMap::new() };
            for entry in file.verbs {
                for form in entry.forms {
                    verbs.past.insert(form, (entry.how, entry.class));
                }
                for form in entry.participles {
                    verbs.participles.insert(form, (entry.how, entry.class));
                }
                for form in entry.welsh {
                    verbs.welsh.insert(form, (entry.how, entry.class));
                }
            }
            verbs
        });
        &SHIPPED
    }

    /// What the verb at the start of `text` says, with the bytes it takes.
    pub(super) fn at_start(&self, text: &str) -> Option<(Vec<Act>, usize)> {
        static WORDS: LazyLock<Regex> =
            LazyLock::new(|| regex(r"^(?P<one>[A-Za-z-]+)(?: (?P<two>[a-z]+))?"));
        let captures = WORDS.captures(text)?;
        let one = captures.name("one")?;
        let two = captures.name("two");
        let rest = text[one.end()..].trim_start();
        let first = one.as_str().to_lowercase();
        if let Some(act) = special(&first, rest) {
            return Some((act, one.end()));
        }
        if let Some(two) = two
            && let Some(act) = self.past.get(&format!("{first} {}", two.as_str()))
        {
            return Some((vec![*act], two.end()));
        }
        self.past.get(&first).map(|act| (vec![*act], one.end()))
    }

    /// What a Welsh verb right before a post says: there the subject follows ("Adroddodd y Pennaeth Gwasanaeth fod").
    pub(super) fn welsh_before(&self, before: &str) -> Option<Act> {
        let mut words = before.rsplit(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        let last = words.next()?.to_lowercase();
        let verb = if matches!(last.as_str(), "y" | "yr" | "r") {
            words.next()?.to_lowercase()
        } else {
            last
        };
        self.welsh.get(&verb).copied()
    }

    /// What a participle at the start of `text` says.
    pub(super) fn participle(&self, word: &str) -> Option<Act> {
        self.participles.get(&word.to_lowercase()).copied()
    }
}

/// Verbs whose object decides.
fn special(verb: &str, rest: &str) -> Option<Vec<Act>> {
    // "made a short address", "made the following comments".
    static SPEECH: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:(?:an?|the|some|several|\w+|number of|following) ){0,4}?(?:reference|comments?|remarks?|observations?|statements?|announcements?|address|speech|points?|introductions?)\b",
        )
    });
    const PRESENTS: Act = (How::Presented, Some(VerbClass::Present));
    const STATES: Act = (How::Spoke, Some(VerbClass::State));
    let lower = rest.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|w| lower.starts_with(w));
    match verb {
        "provided" | "gave" | "delivered" | "offered" | "furnished" => given(rest),
        "made" => given(rest)
            .filter(|acts| acts[0].0 == How::Presented)
            .or_else(|| SPEECH.is_match(rest).then(|| vec![STATES])),
        "submitted" => is_paper(rest).then(|| vec![PRESENTS, (How::Author, None)]),
        "tabled" | "circulated" | "distributed" | "brought" => {
            is_paper(rest).then(|| vec![PRESENTS])
        }
        "prepared" | "wrote" | "produced" => is_paper(rest).then(|| vec![(How::Author, None)]),
        "briefed" | "updated" => starts(&["the ", "member"]).then(|| vec![PRESENTS]),
        "referred" => {
            (starts(&["to "]) && !starts(&["to as"]) || starts(&["members"])).then(|| vec![STATES])
        }
        "took" if starts(&["the opportunity", "this opportunity"]) => Some(vec![STATES]),
        "led" if starts(&["a discussion", "the discussion", "a debate", "the debate"]) => {
            Some(vec![STATES])
        }
        "opened" | "began" => starts(&[
            "the meeting",
            "proceedings",
            "the proceedings",
            "the debate",
            "the discussion",
        ])
        .then(|| vec![STATES]),
        "took" | "put" | "led" | "walked" | "ran" | "went" | "talked" => {
            starts(&["members", "the committee", "the board", "through"]).then(|| vec![PRESENTS])
        }
        "drew" | "called" | "set" | "touched" | "dealt" => starts(&[
            "attention",
            "members",
            "the members",
            "the committee",
            "the board",
            "the attention",
            "on ",
            "out ",
            "for ",
        ])
        .then(|| vec![STATES]),
        "spoke" => {
            let paper = ["to the report", "to the presentation", "to his report", "to her report"];
            Some(vec![if starts(&paper) { PRESENTS } else { STATES }])
        }
        "read" => starts(&["out", "the "]).then(|| vec![STATES]),
        "voiced" | "expressed" => {
            let thanks = ["thank", "sympath", "gratitude", "appreciation", "congratulat"];
            let kind = thanks.iter().any(|w| lower.contains(w));
            Some(vec![(How::Spoke, Some(if kind { VerbClass::Thank } else { VerbClass::Concern }))])
        }
        _ => None,
    }
}

/// What "gave" and "provided" say, by what was given.
fn given(rest: &str) -> Option<Vec<Act>> {
    static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^[^.;]{0,80}?\b(?:updates?|presentations?|overview|briefing|summary|background|reports?|account|outline|synopsis|introduction|resume|demonstration|slides?|run[- ]?through)\b|^[^.;]{0,80}?\br[eé]sum[eé]",
        )
    });
    static ADVICE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^[^.;]{0,60}?\b(?:information|advice|details?|clarification|assurances?|explanation|figures|reassurance|confirmation|reasons?|undertaking|guidance|response|statement|notice|examples?)\b",
        )
    });
    if ACCOUNT.is_match(rest) {
        Some(vec![(How::Presented, Some(VerbClass::Present))])
    } else {
        ADVICE.is_match(rest).then(|| vec![(How::Advised, Some(VerbClass::Advise))])
    }
}

fn is_paper(rest: &str) -> bool {
    static PAPER: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^[^.;]{0,60}?\b(?:reports?|papers?|documents?|schedule|statement|letter|memo|review|update|minutes|petition|application|draft|copy|copies|details|information|estimates?|tenders?|plans?|proposals?|accounts?|returns?|list|evidence|business case)\b",
        )
    });
    PAPER.is_match(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted() {
        let file: File = toml::from_str(FILE).unwrap();
        let keys: Vec<_> = file
            .verbs
            .iter()
            .map(|e| (e.how.as_str(), e.class.map(|c| format!("{c:?}")), e.forms[0].clone()))
            .collect();
        assert!(keys.is_sorted(), "{keys:?}");
        for entry in &file.verbs {
            assert!(entry.forms.iter().chain(&entry.participles).all(|f| *f == f.to_lowercase()));
        }
    }

    #[test]
    fn welsh_verbs_stand_before_their_subject() {
        let how = |before: &str| Verbs::shipped().welsh_before(before).map(|(how, _)| how);
        assert_eq!(how("Adroddodd y "), Some(How::Advised));
        assert_eq!(how("Cyflwynodd yr "), Some(How::Presented));
        assert_eq!(how("Diolchodd "), Some(How::Spoke));
        assert_eq!(how("adroddiad y "), None);
        assert_eq!(how(""), None);
    }

    #[test]
    fn the_object_decides() {
        let how = |text: &str| Verbs::shipped().at_start(text).map(|(acts, _)| acts[0].0);
        assert_eq!(how("gave an update on the works"), Some(How::Presented));
        assert_eq!(how("gave advice on the law"), Some(How::Advised));
        assert_eq!(how("submitted a report"), Some(How::Presented));
        assert_eq!(how("referred to the plan"), Some(How::Spoke));
        assert_eq!(how("pointed out that"), Some(How::Spoke));
        assert_eq!(how("took the chair"), None);
        assert_eq!(how("walked home"), None);
    }
}
