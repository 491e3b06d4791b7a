//! Words that carry a sentence and no subject, and the words of asking and saying.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Fewest words for a query without small words to be taken as a sentence: fewer are meant as written.
const SENTENCE: usize = 5;

/// Whether a query is put as a sentence or a question.
pub(super) fn is_natural(words: &[String]) -> bool {
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let inner = words.iter().skip(1).any(|word| is_function(&word.to_lowercase()));
    words.len() >= SENTENCE || is_question(&first) && words.len() > 1 || inner && words.len() > 2
}

/// Words that are left out of a sentence.
pub(super) fn is_function(word: &str) -> bool {
    is_question(word) || FUNCTION.contains(word)
}

static FUNCTION: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "a about all also am an and any are around as at be been being but by can't cant concerning don't dont down during \
     each every for from get gets getting give given go goes going got had has have having he her here his i i'm if im in \
     into is isn't isnt it its itself just like lot lots made make making many me more most much my near need needed needs no \
     not nowhere of off on one or other our out over own put puts putting regarding s she so some somewhere such t take \
     than that the their them then there these they thing things this those through to too towards under until up upon us \
     use using very via want wants was wasn't we were while with within without won't wont you your"
        .split_whitespace()
        .collect()
});

pub(super) fn is_question(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "who"
            | "whom"
            | "whose"
            | "when"
            | "where"
            | "why"
            | "how"
            | "which"
            | "did"
            | "does"
            | "do"
            | "can"
            | "could"
            | "will"
            | "would"
            | "should"
            | "shall"
            | "whats"
            | "what's"
    )
}

/// Words of a question about what somebody said, left out once the somebody is known.
pub(super) fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "did"
            | "does"
            | "has"
            | "the"
            | "say"
            | "says"
            | "said"
            | "about"
            | "on"
            | "regarding"
            | "according"
            | "to"
    )
}

/// Words of saying.
pub(super) fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "say"
            | "says"
            | "said"
            | "advise"
            | "advised"
            | "advises"
            | "tell"
            | "told"
            | "state"
            | "stated"
            | "report"
            | "reported"
            | "confirm"
            | "confirmed"
            | "explain"
            | "explained"
            | "inform"
            | "informed"
            | "comment"
            | "commented"
            | "note"
            | "noted"
    )
}

/// Words that announce a reference number.
pub(super) fn announces_reference(word: &str) -> bool {
    matches!(
        word,
        "planning"
            | "plg"
            | "plan"
            | "application"
            | "app"
            | "ref"
            | "reference"
            | "no"
            | "number"
            | "file"
            | "register"
            | "decision"
            | "case"
    )
}

/// Words that are in the names of many bodies and tell none of them.
pub(super) fn is_of_bodies(word: &str) -> bool {
    is_function(word)
        || matches!(
            word,
            "committee"
                | "council"
                | "meeting"
                | "panel"
                | "board"
                | "commission"
                | "group"
                | "forum"
                | "sub"
                | "municipal"
                | "district"
                | "borough"
                | "county"
                | "city"
                | "town"
                | "strategic"
                | "policy"
                | "joint"
                | "select"
                | "scrutiny"
                | "overview"
                | "working"
                | "party"
                | "special"
                | "annual"
                | "area"
                | "metropolitan"
        )
}
