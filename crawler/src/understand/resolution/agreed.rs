//! Who agreed: whether the subject of "agreed that" is the body, and whether what follows orders anything.

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;
use super::saying::{ELSEWHERE, RECORD};

/// The body's own name with its capital, right before the verb.
static OWN_SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^t] |[a-z]\. |discussion,? |debate,? |consideration,? )(?:Members|The (?:Committee|Board|Panel|Cabinet|Council|Commission|Sub-Committee))(?: \w+ly| also| then| all)*\s*$",
    )
});

/// "should be forwarded": something is to be done, not merely good.
static SHOULD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^that [^,;.]{3,120} should (?:respond|continue|proceed|remain|meet|write|attend|receive|take|report|be (?:sent|forward(?:ed)?|written|issued|invited|circulated|arranged|convened|held|placed|included|added|removed|referred|deferred|adjourned|reported|established|set up|prepared|brought))\b",
    )
});
/// "On the proposal of A, seconded by B, and agreed, that ...".
static SECONDED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\bseconded\b.{2,60}?,? and (?:it was )?(?:\w+ly )?$"));
static BY_BODY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\w+ (?:unanimously )?by (?:the |all )?(?:elected )?(?:members|councillors|committee|board|panel|council|cabinet|commission)\b",
    )
});

/// Whether "agreed that/to" is the body's act: not an officer's promise, not an opinion.
pub(super) fn agreed_by_the_body(sentence: &str, lower: &str, verb_at: usize, text: &str) -> bool {
    const BODIES: &[&str] = &[
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
    ];
    let Some(before) = lower.get(..verb_at) else { return false };
    let text = text.to_lowercase();
    let opinion =
        ["that it was ", "that this was ", "that there was ", "that there were ", "that the "]
            .iter()
            .take(4)
            .any(|o| text.starts_with(o));
    if opinion || ELSEWHERE.is_match(before) {
        return false;
    }
    let it_was = before.trim_end().ends_with("it was")
        || before.rfind("it was ").is_some_and(|at| before.len() - at < 40);
    if it_was {
        return true;
    }
    // "suggested by the Director and agreed by the Members that"
    let after = lower.get(verb_at..).unwrap_or_default();
    if BY_BODY.is_match(after) && (orders(&text) || text.starts_with("to ")) {
        return true;
    }
    let moved =
        before.contains("proposed") || before.contains("moved by") || before.contains("seconded");
    // Who comes first in the sentence is its subject.
    let body = BODIES.iter().filter_map(|b| before.find(b)).min();
    let role = minutebook_record::vocabulary::Roles::shipped()
        .find(&sentence[..verb_at])
        .first()
        .map(|r| r.start);
    let named = ["councillor ", "cllr", "mr ", "mr. ", "mrs ", "ms ", "ms. "]
        .iter()
        .filter_map(|t| before.find(t))
        .min();
    let person = role.into_iter().chain(named).min();
    // "Following a discussion Members agreed to": the body stands right before its verb.
    let right_before = OWN_SUBJECT.is_match(&sentence[..verb_at]);
    // "The Chair and Members ... agreed to": both did.
    let together = |p: usize, b: usize| {
        b.saturating_sub(p) < 40 && before.get(p..b).is_some_and(|t| t.contains(" and "))
    };
    if !moved
        && !right_before
        && person.is_some_and(|p| body.is_none_or(|b| p < b && !together(p, b)))
    {
        return false;
    }
    let decides = text.starts_with("to ")
        || text.starts_with("not to ")
        || text.contains(" would ")
        || orders(&text)
        || text.starts_with("that ") && SECONDED.is_match(before)
        || SHOULD.is_match(&text)
        || RECORD.is_match(&text);
    (moved || body.is_some()) && decides
}

/// Whether a "be" orders: not "should be", "will be", "to be".
pub(super) fn orders(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(2).any(|pair| {
        pair[1] == "be"
            && !matches!(
                pair[0],
                "should"
                    | "will"
                    | "would"
                    | "could"
                    | "can"
                    | "may"
                    | "might"
                    | "must"
                    | "to"
                    | "shall"
                    | "not"
                    | "also"
                    | "cannot"
                    | "already"
            )
    })
}
