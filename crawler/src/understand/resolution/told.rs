//! Decisions told in a sentence, without a keyword: "It was agreed that ...", "The minutes were approved as a correct record."

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;
use super::{Clause, Line, mover, resolution};
use crate::understand::sentence::sentences;

/// Who decides: the body, by any of its names.
const BODY: &str = r"(?:the )?(?:\w+[’']?\w* ){0,5}?(?:members|committee|council|cabinet|board|panel|commission|executive|sub-committee|meeting|forum|authority|working group|elected members)";

static AGREED_THAT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:\b(?:it was|{BODY}|and|was|were)\b,? (?:(?:also|then|further|therefore|subsequently|unanimously|accordingly|duly|generally|thereby|formally|finally|however|all|(?:by \w+) majority)[, ]+)*)(?P<verb>agreed|decided|determined|resolved)(?: unanimously)?(?:,[^,]{{3,80}},)?(?: (?:by|with|following|in principle|at)\b[^,.]{{0,60}})?[ :,]+(?P<text>(?:that|to|not to)\b.*)$"
    ))
});
static PASSIVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<subject>.{2,260}?) (?:was|were|is|are) (?:(?:also|then|duly|unanimously|formally|therefore|subsequently|accordingly|taken as read,?|read and|received and|considered and|taken as read and|circulated and|confirmed and|duly proposed,? seconded and|proposed,? seconded and) )*(?P<verb>agreed|approved|adopted|noted|confirmed|ratified|deferred|refused|accepted|endorsed|granted|received|signed|supported|carried|left in abeyance|left on the table|referred|withdrawn by consent)\b(?P<rest>.*)$",
    )
});
static BODY_DID: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^(?:following [^,]{{3,80}}, |accordingly,? |on (?:a|the) [^,]{{3,60}}, )?(?P<body>{BODY}) (?:(?:also|then|duly|unanimously|formally|therefore|all|subsequently) )*(?P<verb>agreed|noted|approved|adopted|endorsed|accepted|ratified|confirmed|received|deferred|refused|supported) (?P<rest>(?:and \w+ )?(?:the|this|these|its|all|both|unanimously|a|an|in principle|with)\b.*)$"
    ))
});
static ELECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<subject>.{2,200}?)(?: (?:was|were|be) (?:then |duly |unanimously |deemed |declared (?:duly )?)*(?:elected|appointed|re-elected|re-appointed|co-opted|nominated)\b| declared .{2,80}? (?:elected|appointed)\b)",
    )
});
static PUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:proposed|moved)\b.{0,90}?\bsecond(?:ed|er)\b.{0,60}?\b(?P<text>that .{10,})$")
});
static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:as|be|were) (?:a |an )?(?:true |correct|accurate|true and|fair)|correct record|taken as read",
    )
});
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:reports?|minutes|motions?|recommendations?|applications?|appointments?|updates?|presentations?|programmes?|plans?|proposals?|nominations?|items?|amendments?|strateg(?:y|ies)|polic(?:y|ies)|budgets?|accounts?|statements?|schedules?|content|contents|findings|terms of reference|draft|action|suggestion|order|request|disposal|scheme|bye-?laws?|correspondence|dates?|this|all|position|matter|decision)\b",
    )
});
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:by (?:the )?(?:cabinet|department|council|minister|government|court|board|executive|national|nta|tii|an bord|planning authority|bord)|previously|last (?:year|month|meeting)|had been|at (?:the|a|its) (?:previous|last)|in (?:19|20)\d\d|earlier|which was|that was|who was|would be|will be|should be|could be|once|if|when|until|after it)\b",
    )
});

/// Decisions told in sentences. With a keyword in the item (`keyword`) only the plain "it was agreed" counts.
pub(super) fn read(narrative: &[Line<'_>], keyword: bool, quoted: &[Clause]) -> Vec<Clause> {
    let mut found = Vec::new();
    for line in narrative {
        let mut previous = "";
        for range in sentences(line.text) {
            let sentence = &line.text[range.clone()];
            if let Some((text, verb, shift)) =
                decided(sentence, previous, keyword, !quoted.is_empty())
            {
                let mut made = resolution(&text, line.passage, &verb, None);
                if let Some((mover, seconder)) = mover::in_text(sentence) {
                    (made.mover, made.seconder) = (mover, seconder);
                }
                found.push(Clause { at: (line.passage, range.start + shift), resolution: made });
            }
            previous = sentence;
        }
    }
    found
}

/// The decided words of a sentence, its verb, and how far into it they begin.
fn decided(
    sentence: &str,
    previous: &str,
    keyword: bool,
    quoted: bool,
) -> Option<(String, String, usize)> {
    let lower = sentence.to_lowercase();
    if sentence.starts_with(['“', '"', '‘']) {
        return None;
    }
    // "Mr Dunmore proposed and Mrs Sallis seconded that the petition be referred. Carried."
    if matches!(
        lower.trim_matches(|c: char| !c.is_alphanumeric()),
        "carried"
            | "agreed"
            | "this was agreed"
            | "this was carried"
            | "carried unanimously"
            | "motion carried"
            | "the motion was carried"
            | "all in favour"
            | "this was unanimously agreed"
    ) {
        if let Some(put) = PUT.captures(previous).and_then(|c| c.name("text")) {
            return Some((put.as_str().to_owned(), "carried".to_owned(), 0));
        }
        if lower.starts_with("this was") && !keyword {
            return Some((sentence.to_owned(), "agreed".to_owned(), 0));
        }
        return None;
    }
    if let Some(c) = AGREED_THAT.captures(sentence)
        && let (Some(text), Some(verb)) = (c.name("text"), c.name("verb"))
        && agreed_by_the_body(sentence, &lower, verb.start(), text.as_str())
    {
        return Some((text.as_str().to_owned(), verb.as_str().to_lowercase(), text.start()));
    }
    if keyword {
        return None;
    }
    // A bare clause: "That the progress report be received and noted."
    if sentence.starts_with("That ") && lower.contains(" be ") {
        return Some((sentence.to_owned(), "resolved".to_owned(), 0));
    }
    if let Some(c) = PUT.captures(sentence)
        && lower.contains("and carried")
            | lower.contains("was carried")
            | lower.contains("and agreed")
        && let Some(text) = c.name("text")
    {
        return Some((text.as_str().to_owned(), "carried".to_owned(), text.start()));
    }
    if let Some(c) = BODY_DID.captures(sentence)
        && let Some(verb) = c.name("verb")
        && PAPER.is_match(c.name("rest").map_or("", |m| m.as_str()))
    {
        return Some((sentence.to_owned(), verb.as_str().to_lowercase(), 0));
    }
    if let Some(c) = PASSIVE.captures(sentence)
        && let (Some(subject), Some(verb)) = (c.name("subject"), c.name("verb"))
    {
        let verb_word = verb.as_str().to_lowercase();
        let rest = c.name("rest").map_or("", |m| m.as_str()).to_lowercase();
        let subject = subject.as_str();
        let it = matches!(subject.to_lowercase().as_str(), "it" | "and it" | "also it");
        let told_that = rest.starts_with(" that");
        let record = RECORD.is_match(sentence);
        let fits = !it
            && !told_that
            && !ELSEWHERE.is_match(sentence)
            && (record || (PAPER.is_match(subject) && subject.split(' ').count() < 40))
            && !(verb_word == "received" && !record && !rest.contains("noted"))
            && !subject.to_lowercase().contains(" that ");
        if fits {
            return Some((sentence.to_owned(), verb_word, 0));
        }
    }
    if !quoted
        && let Some(c) = ELECTED.captures(sentence)
        && !ELSEWHERE.is_match(&c[0])
        && !lower.contains("nominations")
    {
        return Some((sentence.to_owned(), "appointed".to_owned(), 0));
    }
    None
}

/// Whether "agreed that/to" is the body's act: not an officer's promise, not an opinion.
fn agreed_by_the_body(sentence: &str, lower: &str, verb_at: usize, text: &str) -> bool {
    let before = &lower[..verb_at.min(lower.len())];
    let it_was = before.trim_end().ends_with("it was")
        || before.contains("it was ") && before.len() - before.rfind("it was ").unwrap_or(0) < 40;
    let moved =
        before.contains("proposed") || before.contains("moved") || before.contains("seconded");
    let person = minutebook_record::vocabulary::Roles::shipped()
        .find(&sentence[..verb_at])
        .iter()
        .any(|r| verb_at.saturating_sub(r.end) < 60);
    let named = ["councillor ", "cllr", "mr ", "mr. ", "mrs ", "ms ", "ms. "]
        .iter()
        .any(|t| before.rfind(t).is_some_and(|at| before.len() - at < 45));
    if it_was {
        return !ELSEWHERE.is_match(&sentence[..verb_at])
            && !text.to_lowercase().starts_with("that this was ");
    }
    if (person || named) && !moved {
        return false;
    }
    let lower_text = text.to_lowercase();
    let decides = lower_text.starts_with("to ")
        || lower_text.starts_with("not to ")
        || lower_text.contains(" be ")
        || lower_text.contains(" would ");
    let body = [
        "members",
        "committee",
        "council",
        "cabinet",
        "board",
        "panel",
        "commission",
        "executive",
        "forum",
        "group",
        "meeting",
    ]
    .iter()
    .any(|b| before.contains(b));
    (moved || body) && decides
}
