//! The sides of a recorded vote: "For: Councillors A and B (2)", "Against: 12", with the names as printed.
//! "Report for: Information" is none: a side is believed with a title, a count, the word vote or another side beside it.

use std::sync::LazyLock;

use minutebook_record::{NamedVote, VoteOutcome};
use regex::Regex;

use super::{ON, outcome};
use crate::understand::resolution::regex;

/// Which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    For,
    Against,
    Abstained,
}

impl Key {
    pub(super) const ALL: [Key; 3] = [Key::For, Key::Against, Key::Abstained];

    fn of(printed: &str) -> Key {
        let lower = printed.to_lowercase();
        match lower.as_str() {
            "for" | "in favour" => Key::For,
            "against" => Key::Against,
            _ => Key::Abstained,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Key::For => "for",
            Key::Against => "against",
            Key::Abstained => "abstained",
        }
    }
}

/// One side as a paragraph prints it.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) key: Key,
    /// What was put to the vote, where it is said before.
    pub(super) on: Option<String>,
    pub(super) count: Option<u32>,
    pub(super) names: Vec<NamedVote>,
    /// How the vote ended, where that stands behind the last side.
    pub(super) outcome: Option<VoteOutcome>,
    /// Whether its own words say that it is a vote.
    pub(super) sure: bool,
}

/// "For: Councillors A, B and C (3 votes)".
static SIDE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[\s(.;])(?P<voting>(?i:voting |those (?:voting )?|votes? |members voting ))?(?P<side>(?i:for|in favour|against|abstain(?:ed|ing)?|abstentions?|abstention))\b(?i: of)?(?i: the)?(?i: (?:motion|amendment|proposal|recommendations?|substantive motion))?\s*(?:\((?P<count>\d{1,3})\))?\s*[:–-]+\s*(?:-\s*)?",
    )
});

/// The sides a paragraph prints.
pub(super) fn sides(text: &str) -> Vec<Side> {
    static VOTE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)\b(?:vot(?:e|es|ed|ing)|division)\b"));
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"^\W*(?:The )?(?:Lord |Deputy )?(?:Councillors?|Cllrs?|Alderm[ae]n|Ald|Mayor)\b")
    });
    let found: Vec<_> = SIDE.captures_iter(text).collect();
    let on = ON.find(text).filter(|_| !found.is_empty());
    let voted = VOTE.find(text).map_or(text.len(), |m| m.start());
    let mut sides = Vec::new();
    for (place, captures) in found.iter().enumerate() {
        let (Some(whole), Some(side)) = (captures.get(0), captures.name("side")) else { continue };
        let is_last = place + 1 == found.len();
        let end = found.get(place + 1).and_then(|c| c.get(0)).map_or(text.len(), |m| m.start());
        let Some(list) = text.get(whole.end()..end) else { continue };
        let (names, listed) = names(list);
        let headed = captures.name("count").and_then(|m| m.as_str().parse().ok());
        if names.is_empty() && headed.is_none() && listed.is_none() {
            continue;
        }
        let key = Key::of(side.as_str());
        // "Action for: Councillor Ash" opens no sentence.
        let before = text[..whole.start()].trim_end();
        let opens = before.is_empty() || before.ends_with(['.', ';', ':', '(', '–', '-', ',']);
        let counted = headed.or(listed);
        let counts_names = counted.is_some() && !names.is_empty();
        let titled = opens && !names.is_empty() && TITLE.is_match(list);
        let sure =
            captures.name("voting").is_some() || voted < end || titled || opens && counts_names;
        let count = counted.or_else(|| u32::try_from(names.len()).ok());
        let with_side = |name| NamedVote { name, vote: key.as_str().to_owned() };
        sides.push(Side {
            key,
            on: on.filter(|m| m.end() <= whole.end()).map(|m| m.as_str().to_owned()),
            count,
            names: names.into_iter().map(with_side).collect(),
            outcome: if is_last { settled(list) } else { None },
            sure,
        });
    }
    sides
}

/// "The motion was declared CARRIED" behind the last side.
fn settled(list: &str) -> Option<VoteOutcome> {
    static SETTLED: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:CARRIED|LOST|DEFEATED)\b|\b(?:was|were|is|declared|therefore|duly)\s+(?:\w+\s+){0,2}?(?:carried|lost|defeated)\b|^(?:Carried|Lost)\b",
        )
    });
    list.split(". ").skip(1).find_map(|piece| SETTLED.find(piece).and_then(|m| outcome(m.as_str())))
}

/// The names of a list, and the count printed with it ("(4 votes)", "12").
fn names(list: &str) -> (Vec<String>, Option<u32>) {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^\s*(?P<only>\d{1,3})(?: (?:votes?|members?|councillors?))?\s*(?:$|[,;.()\[–-])|^\s*(?P<led>\d{1,3})\s*(?:[:–-]\s*)?(?:Councillors?|Cllrs?|Members|Aldermen)\b|\((?P<votes>\d{1,3})(?: votes?)?\)|[–-] (?P<tail>\d{1,3})\s*\.?\s*$|\bTotal:? (?P<total>\d{1,3})",
        )
    });
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:(?:Councillors?|Cllrs?\.?|Ald\.?|Alderman|Aldermen|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Sir|The|the|Lord|Lady)\s+)*(?:[A-Z][\w’'.-]*\s*){1,5}(?:\([^)]{1,30}\))?$",
        )
    });
    let count = COUNT.captures(list).and_then(|c| {
        ["only", "led", "votes", "tail", "total"]
            .iter()
            .find_map(|n| c.name(n))
            .and_then(|m| m.as_str().parse().ok())
    });
    let end = list.find(". ").map_or(list.len(), |at| {
        // An initial's full stop ends no list.
        if list[..at].len() < 3 || list[..at].ends_with(|c: char| c.is_uppercase()) {
            list.len()
        } else {
            at
        }
    });
    let text = list[..end].trim_end_matches(['.', ' ', ';']);
    let text = match text.find(" (") {
        Some(at) if count.is_some() && text[at..].contains("vote") => &text[..at],
        _ => text,
    };
    let names = text
        .split([',', ';'])
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
        .map(|name| {
            let name = name
                .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
                .trim_end()
                .trim_start_matches("and ")
                .trim_start_matches("Councillors ")
                .trim_start_matches("Councillor ")
                .trim_start_matches("Cllrs ")
                .trim_start_matches("Cllr ");
            // "Dunn (5)": the side's count.
            match name.rsplit_once(" (") {
                Some((name, tail))
                    if tail.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit()) =>
                {
                    name
                }
                _ => name,
            }
        })
        .filter(|name| NAME.is_match(name) && !is_no_name(name))
        .map(str::to_owned)
        .collect();
    (names, count)
}

/// What stands behind "For:" on the head of a report, and what says that nobody voted so.
fn is_no_name(name: &str) -> bool {
    matches!(
        name.trim_end_matches('.').to_lowercase().as_str(),
        "none"
            | "nil"
            | "councillors"
            | "all"
            | "members"
            | "action"
            | "agreement"
            | "approval"
            | "assurance"
            | "comment"
            | "comments"
            | "consideration"
            | "consultation"
            | "decision"
            | "determination"
            | "discussion"
            | "endorsement"
            | "information"
            | "noting"
            | "publication"
            | "recommendation"
            | "resolution"
            | "review"
            | "scrutiny"
    )
}
