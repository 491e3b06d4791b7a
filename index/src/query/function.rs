//! Words that carry a sentence and no subject, and the words of asking and saying.

/// Fewest words for a query to be taken as a sentence: two or three words are meant as written.
const SENTENCE: usize = 4;

/// Whether a query is put as a sentence or a question.
pub(super) fn is_natural(words: &[String]) -> bool {
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    words.len() >= SENTENCE || is_question(&first) && words.len() > 1
}

/// Words that are left out of a sentence.
pub(super) fn is_function(word: &str) -> bool {
    is_question(word)
        || matches!(
            word,
            "a" | "an"
                | "the"
                | "of"
                | "in"
                | "on"
                | "at"
                | "to"
                | "for"
                | "from"
                | "by"
                | "with"
                | "and"
                | "or"
                | "is"
                | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "it"
                | "its"
                | "this"
                | "that"
                | "these"
                | "those"
                | "there"
                | "their"
                | "they"
                | "we"
                | "our"
                | "us"
                | "i"
                | "my"
                | "me"
                | "you"
                | "your"
                | "he"
                | "she"
                | "his"
                | "her"
                | "as"
                | "about"
                | "into"
                | "any"
                | "some"
                | "has"
                | "have"
                | "had"
                | "not"
                | "no"
                | "so"
                | "but"
                | "if"
                | "than"
                | "then"
                | "too"
                | "very"
                | "get"
                | "getting"
                | "got"
                | "am"
                | "im"
                | "s"
                | "t"
                | "regarding"
                | "concerning"
        )
}

fn is_question(word: &str) -> bool {
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
