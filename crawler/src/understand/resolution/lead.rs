//! Decisions told as a list under the body that took them: "The Board –", "(i) noted the assessment; and".
//!
//! The paragraph names the body and stops at a colon, a dash or its verb; the list behind it says what was decided.

use std::sync::LazyLock;

use minutebook_record::Kind;
use regex::Regex;

use super::Line;
use super::forms::{Forms, regex};
use super::label::Label;
use super::opening::Opening;

/// A paragraph that names a body and says no more than that it decided.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(?:\(?\d{1,3}[.)]\s+|\d{1,3}(?:\.\d{1,3})+\.?\s+)?",
        r"(?:(?:following|after|having|accordingly|on|in|with|arising|thereafter|upon|whereupon)\b[^:;.]{0,160}?,?\s+)?(?:and\s+)?",
        r"(?:it was (?:therefore |then |unanimously )*(?P<it>agreed|decided|resolved|determined)",
        r"|(?:the )?(?P<list>decisions?|resolutions?)(?: (?:of|by|(?:taken|made|reached) (?:by|at))(?: the)? [^:;.]{3,60}?)? (?:was|were|is|are)",
        r"|(?:the\s+|this\s+)?(?:[\w’'&/-]+[ ,]+){0,9}?(?:committee|sub-committee|board|council|cabinet|executive|panel|commission|authority|forum|members|group|meeting|commissioner|leader|mayor|(?:cabinet|executive|lead) members?|portfolio holder)",
        r"(?:,? (?:for|of) [^:;.]{3,90}?)?(?:,?\s+(?:having|after|following|in consultation|with)\b[^:;]{0,300}?)?,?\s*",
        r"(?:(?:therefore|then|also|unanimously|accordingly|hereby|duly|further|formally|subsequently)\s+)*",
        r"(?P<verb>agreed|decided|resolved|determined|ma[dk]es?)?)",
        r"(?:\s+(?:unanimously|to|that|as follows|the following|(?P<rec>recommendations?)(?: to (?:the )?(?P<to>[^:;.]{3,60}?))?))*\s*(?P<mark>[:–—-]*)\s*$"
    ))
});

/// The opening that a paragraph makes with the list behind it.
pub(super) fn find(lines: &[Line<'_>], at: usize) -> Option<Opening> {
    let text = lines[at].text;
    let next = lines.get(at + 1)?.text;
    let listed = Label::at_start(next).map(|(_, from)| &next[from..]);
    let bullet = super::drafts::bullet(next);
    let said = listed.or(bullet)?;
    let start = last_sentence(text);
    if text.len() - start > 500 {
        return None;
    }
    let captures = LEAD.captures(&text[start..])?;
    let verb = captures.name("verb").or(captures.name("it")).map(|m| m.as_str().to_lowercase());
    let verb = verb.or(captures.name("list").map(|_| "decided".to_owned()));
    let recommends = captures.name("rec").is_some();
    let that = text.trim_end_matches([':', '-', '–', '—', ' ']).ends_with(" that");
    let marked = captures.name("mark").is_some_and(|m| !m.is_empty());
    let fits = match &verb {
        Some(verb) if verb.starts_with("ma") => recommends,
        Some(_) => that || recommends || decides(said, true),
        // "Cabinet", and under it "1) APPROVED the award".
        None => (marked || shouts(said)) && decides(said, false),
    };
    fits.then(|| Opening {
        start,
        end: text.len(),
        verb: verb.unwrap_or_else(|| "decided".to_owned()),
        kind: recommends.then_some(Kind::Recommended),
        to: captures.name("to").map(|m| m.as_str().to_owned()),
        numbered: None,
        whole: false,
        weak: false,
        lead: true,
    })
}

/// Whether a list's first word stands in capitals: "APPROVED the award".
fn shouts(said: &str) -> bool {
    said.split(|c: char| !c.is_alphabetic())
        .next()
        .is_some_and(|word| word.len() > 3 && word.chars().all(char::is_uppercase))
}

/// Whether a list's first words decide: "noted the", "NOTED"; under a verb also "to note", "that the".
fn decides(said: &str, under_verb: bool) -> bool {
    let lower = said.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty() && !w.ends_with("ly") && !matches!(*w, "also" | "further"));
    let Some(first) = words.next() else { return false };
    let past = Forms::shipped().verb(first).is_some_and(|v| v.past == first);
    if under_verb {
        return past
            || matches!(first, "to" | "that" | "not")
            || Forms::shipped().verb(first).is_some_and(|v| v.base == first);
    }
    past && first != "considered" && first != "thanked" && first != "supported"
}

fn last_sentence(text: &str) -> usize {
    crate::understand::sentence::sentences(text).last().map_or(0, |range| range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(lines: &[&str]) -> bool {
        let lines: Vec<Line<'_>> =
            lines.iter().enumerate().map(|(passage, text)| Line { passage, text }).collect();
        find(&lines, 0).is_some()
    }

    #[test]
    fn a_body_and_its_list() {
        assert!(opens(&["The Board -", "(i) Noted the assessment;"]));
        assert!(opens(&[
            "The Committee, having heard the Roads Manager in answer to members’ questions:-",
            "(1) noted the terms of the report;"
        ]));
        assert!(opens(&["The Cabinet Member for Highways:", "(a) approved the programme;"]));
        assert!(opens(&["After discussion, the Committee agreed:", "• to note the report; and"]));
        assert!(opens(&[
            "There was a debate. The Panel unanimously agreed to:",
            "1. Support the bid."
        ]));
    }

    #[test]
    fn other_lists_are_none() {
        assert!(!opens(&["The Board -", "(i) The assessment was late;"]));
        assert!(!opens(&["Members raised the following points:", "• noted that it rained"]));
        assert!(!opens(&["The Committee considered:", "(a) noted points"]));
        assert!(!opens(&["The Board -", "Noted the assessment."]));
        assert!(!opens(&["The Board"]));
    }
}
