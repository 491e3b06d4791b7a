//! The frame of a question, which is no part of what it asks for: "what was decided about ...", "minutes of ...",
//! "was ... ever discussed". Minutes hold such words everywhere or nowhere, and a reader who puts them means neither.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::function;
use super::names::fold;

/// Takes out the words that frame a question, unless that leaves nothing to ask for; `known` where something is asked for beside.
pub(super) fn leave_out(words: &mut [Option<String>], known: bool) {
    let places: Vec<usize> = (0..words.len()).filter(|at| words[*at].is_some()).collect();
    let folded: Vec<String> = words.iter().flatten().map(|word| fold(word)).collect();
    let subject = subject(&folded);
    if known || !folded[subject.clone()].iter().all(|word| function::is_function(word)) {
        let frame = places.into_iter().enumerate().filter(|(nth, _)| !subject.contains(nth));
        frame.for_each(|(_, at)| words[at] = None);
    }
}

/// The names among words that are none: "playground in Rathkeale". Text all in capitals or titles tells nothing.
pub(crate) fn names(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    };
    let plain =
        |word: &&str| word.starts_with(char::is_lowercase) && !function::is_function(&fold(word));
    if !words.iter().any(plain) {
        return Vec::new();
    }
    // The first word has its capital from its place, unless a name goes on.
    let skip = usize::from(!words.get(1).is_some_and(is_name));
    words.iter().skip(skip).filter(|word| is_name(word)).map(|word| (*word).to_owned()).collect()
}

/// Where the subject stands between the words (folded) that frame it; all of them where nothing frames them.
fn subject(words: &[String]) -> Range<usize> {
    let end = closing(words);
    let start = match opening(words) {
        0 if end < words.len() => {
            words.iter().take_while(|word| function::is_function(word)).count()
        }
        start => start,
    };
    start.min(end)..end
}

/// "What did the council decide about the ..."
fn opening(words: &[String]) -> usize {
    let around = |word: &&String| {
        function::is_function(word) || FRAME.contains(word.as_str()) || is_asked(word)
    };
    let run = words.iter().take_while(around).count();
    let links = |at: usize| words.get(at).is_none_or(|word| is_link(word));
    let Some(last) = (0..run).rev().find(|at| FRAME.contains(words[*at].as_str()) && links(at + 1))
    else {
        return 0;
    };
    last + 1 + words[last + 1..].iter().take_while(|word| is_link(word)).count()
}

/// "Was ... ever discussed at council?"
fn closing(words: &[String]) -> usize {
    let asks = |word: &String| {
        function::is_question(word)
            || matches!(word.as_str(), "was" | "were" | "has" | "have" | "is" | "are")
    };
    if !words.first().is_some_and(asks) {
        return words.len();
    }
    let around = |word: &&String| {
        function::is_function(word)
            || FRAME.contains(word.as_str())
            || is_asked(word)
            || is_when(word)
    };
    let from = words.len() - words.iter().rev().take_while(around).count();
    let frames = |at: &usize| FRAME.contains(words[*at].as_str());
    let Some(first) = (from..words.len()).find(frames) else { return words.len() };
    first - words[from..first].iter().rev().take_while(|word| is_when(word)).count()
}

static FRAME: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "agree agreed anything debated decide decided decides decision decisions details discuss discussed discussing discussion \
     discussions doing done everything find happen happened happening happens info information look looking mention \
     mentioned minutes meeting meetings news report reports resolution resolutions resolve resolved said say says show tell \
     think update updates"
        .split_whitespace()
        .collect()
});

/// Whom such a question is put of; a word like any other where nothing frames it.
fn is_asked(word: &str) -> bool {
    matches!(
        word,
        "council"
            | "councils"
            | "councillors"
            | "councillor"
            | "committee"
            | "committees"
            | "members"
            | "anyone"
            | "somebody"
            | "anybody"
            | "someone"
            | "authority"
            | "they"
    )
}

fn is_when(word: &str) -> bool {
    matches!(word, "ever" | "last" | "first" | "yet" | "already" | "recently" | "previously")
}

/// Words that lead from the frame to the subject. Words that begin names of things, such as "under" and "off", are not among them.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "a" | "about"
            | "an"
            | "around"
            | "at"
            | "by"
            | "concerning"
            | "for"
            | "from"
            | "in"
            | "on"
            | "of"
            | "re"
            | "regarding"
            | "since"
            | "the"
            | "this"
            | "these"
            | "to"
            | "when"
            | "where"
            | "with"
    )
}

#[cfg(test)]
mod tests {
    use super::{names, subject};

    fn asked(text: &str) -> String {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        words[subject(&words)].join(" ")
    }

    #[test]
    fn a_frame_is_no_part_of_the_subject() {
        for (text, subject) in [
            ("what was decided about fly tipping", "fly tipping"),
            ("what did the council decide about the library", "library"),
            ("who decided to close the library", "close the library"),
            ("decisions about libraries", "libraries"),
            ("show me everything about off road bikes", "off road bikes"),
            ("when was the incinerator last discussed", "incinerator"),
            ("was the incinerator ever discussed at council", "incinerator"),
            ("what is the council doing about potholes", "potholes"),
            ("what happened to the lido", "lido"),
            ("minutes of the", ""),
        ] {
            assert_eq!(asked(text), subject, "{text}");
        }
    }

    #[test]
    fn a_name_stands_out_among_other_words() {
        for (text, found) in [
            ("playground in Rathkeale", "Rathkeale"),
            ("Big flooding in King's Island", "King's Island"),
            ("Ings Road library closing", "Ings Road"),
            ("Head of Marketing", ""),
            ("Potholes", ""),
            ("dog mess", ""),
            ("FLOODING IN MAY", ""),
            ("EHE numbers", ""),
            ("Free school meals", ""),
            ("", ""),
        ] {
            assert_eq!(names(text).join(" "), found, "{text}");
        }
    }

    #[test]
    fn the_same_words_are_a_subject_where_they_frame_nothing() {
        for text in [
            "information governance",
            "annual report of the fire authority",
            "decision notice",
            "council tax support for pensioners",
            "members of the public shouting",
            "appeal decisions of the inspector",
            "meeting room hire at the town hall",
        ] {
            assert_eq!(asked(text), text);
        }
    }
}
