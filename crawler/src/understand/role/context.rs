//! How a post appears in its sentence: as the subject of a verb, as the object of another's, or merely named.

use std::sync::LazyLock;

use minutebook_record::{How, VerbClass};
use regex::Regex;

use super::Seen;
use super::phrases::{
    ADVICE_OF, ADVISED_BY, AND_SAID, ASKED_OF, AUTHOR_OF, BETWEEN, CONSULTED, DELEGATED_TO,
    DEPENDS, DOTS, EMPOWERED, IN_ATTENDANCE, ITEM_PERSON, JOINS, MEMBER_BEFORE, NAMED_BEFORE,
    NOT_HERE, OWED_BY, PASSIVE_AFTER, POWER, PREPOSITION, PRESENT_LIST, PRESENTED_BY, SIGNED,
    SIGNED_EARLIER, SPOKEN_BY, THANKED, WELCOMED,
};
use super::subject::{skip_appositives, subject_acts, who_acts};
use super::verbs::{Act, Verbs};
use crate::understand::resolution::regex;

/// A mention in a sentence, by byte offsets.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tag: Seen,
}

/// Who a following "He" or "She" can be.
pub(super) enum Subject {
    /// Posts were the subject.
    Posts(Vec<Seen>),
    /// A person by name was.
    Person,
    /// Nobody.
    Other,
}

/// What a sentence says of its posts.
pub(super) struct Read {
    pub(super) acts: Vec<(Seen, Vec<Act>)>,
    pub(super) subject: Subject,
}

/// Reads a sentence. In agenda text nobody acts: posts are authors or merely named.
pub(super) fn read(sentence: &str, mentions: Vec<Mention>, agenda: bool) -> Read {
    let mut acts: Vec<(Seen, Vec<Act>)> = Vec::new();
    let mut subject = if ITEM_PERSON.is_match(sentence) { Subject::Person } else { Subject::Other };
    let groups = groups(sentence, mentions);
    for (place, group) in groups.iter().enumerate() {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let before = &sentence[ceil(sentence, first.start.saturating_sub(NEAR))..first.start];
        let after = &sentence[last.end..ceil(sentence, (last.end + FAR).min(sentence.len()))];
        let form = SIGNED.is_match(before) && first.start < 40
            || DOTS.is_match(after)
                && (SIGNED_EARLIER.is_match(before) || !after.trim().is_empty());
        if form {
            continue;
        }
        let next =
            groups.get(place + 1).and_then(|g| g.first()).map_or(sentence.len(), |m| m.start);
        let found = if agenda {
            agenda_acts(before, after)
        } else {
            let (found, is_subject) = acts_of(sentence, before, after, next - last.end);
            if is_subject {
                subject = Subject::Posts(group.iter().map(|m| m.tag.clone()).collect());
            }
            found
        };
        for mention in group {
            acts.push((mention.tag.clone(), found.clone()));
        }
    }
    Read { acts, subject }
}

/// Mentions that share their place in the sentence ("the A, the B and the C"). A comma alone joins only inside a list that
/// an "and" closes: "On behalf of the A, the B said".
fn groups(sentence: &str, mentions: Vec<Mention>) -> Vec<Vec<Mention>> {
    let mut groups: Vec<Vec<Mention>> = Vec::new();
    // For each group, whether each joint is more than a comma.
    let mut joints: Vec<Vec<bool>> = Vec::new();
    for mention in mentions {
        let between = groups
            .last()
            .and_then(|group| group.last())
            .map(|last| &sentence[last.end..mention.start])
            .filter(|between| BETWEEN.is_match(between));
        if let (Some(between), Some(group), Some(joints)) =
            (between, groups.last_mut(), joints.last_mut())
        {
            joints.push(JOINS.is_match(between));
            group.push(mention);
        } else {
            groups.push(vec![mention]);
            joints.push(Vec::new());
        }
    }
    let mut split = Vec::new();
    for (mut group, joints) in groups.into_iter().zip(joints) {
        let closed = joints.iter().rposition(|strong| *strong).map_or(0, |at| at + 1);
        // Behind the last "and" every comma begins a group of its own.
        let tail = group.split_off((closed + 1).min(group.len()));
        split.push(group);
        split.extend(tail.into_iter().map(|mention| vec![mention]));
    }
    split
}

fn agenda_acts(before: &str, after: &str) -> Vec<Act> {
    let author = AUTHOR_OF.is_match(before) || owns_paper(after);
    vec![(if author { How::Author } else { How::Mentioned }, None)]
}

/// "’s report" behind a post.
fn owns_paper(after: &str) -> bool {
    static OWNS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:['’]s?|s['’])\s+(?:\w+ ){0,3}?(?:reports?|letters?|orders?|paper|statement|memo|briefing|advice|written)\b",
        )
    });
    OWNS.is_match(after)
}

/// What a sentence says of one group, and whether it is the subject of a verb.
fn acts_of(sentence: &str, before: &str, after: &str, room: usize) -> (Vec<Act>, bool) {
    if let Some(act) = Verbs::shipped().welsh_before(before) {
        return (vec![act], true);
    }
    if OWED_BY.is_match(before) {
        return (vec![(How::Addressee, None)], false);
    }
    if owns_paper(after) {
        return (vec![(How::Author, None)], false);
    }
    // "a query from Councillor Ash, the Head of Housing confirmed": the comma ends what was said of the member.
    let named = object_of(before).is_none() && MEMBER_BEFORE.is_match(before);
    if named && let Some(found) = subject_acts(sentence, before, after, room) {
        return (found, true);
    }
    if let Some(act) = object_act(before) {
        // Consulted with no power in question.
        let act = if act.0 == How::Delegated && !POWER.is_match(sentence) {
            (How::Mentioned, None)
        } else {
            act
        };
        // "put to the Leader, who replied that": asked, and then the subject of a clause.
        let mut acts = vec![act];
        acts.extend(who_acts(after, room).into_iter().filter(|(how, _)| *how != act.0));
        return (acts, false);
    }
    if let Some(act) = passive_act(after) {
        let mut acts = vec![act];
        acts.extend(AND_SAID.is_match(after).then_some((How::Spoke, Some(VerbClass::State))));
        return (acts, true);
    }
    if after.starts_with("'s ") || after.starts_with("’s ") || after.starts_with("’ ") {
        return (vec![(How::Mentioned, None)], false);
    }
    if WELCOMED.is_match(before) {
        let to_meeting =
            [before, after].iter().any(|t| t.to_lowercase().contains("to the meeting"));
        return (vec![(if to_meeting { How::Attended } else { How::Mentioned }, None)], false);
    }
    if THANKED.is_match(before) {
        return (vec![(How::Mentioned, None)], false);
    }
    if PRESENT_LIST.is_match(before) {
        return (vec![(How::Attended, None)], false);
    }
    let blocked = PREPOSITION.is_match(before) || DEPENDS.is_match(before);
    if !blocked && let Some(found) = subject_acts(sentence, before, after, room) {
        return (found, true);
    }
    if IN_ATTENDANCE.is_match(after)
        && !blocked
        && before.trim().len() < 60
        && !after.contains("Councillor")
    {
        return (vec![(How::Attended, None)], true);
    }
    // "Advice was sought from the Monitoring Officer, who confirmed that".
    let acts = if blocked { who_acts(after, room) } else { Vec::new() };
    (if acts.is_empty() { vec![(How::Mentioned, None)] } else { acts }, false)
}

fn object_act(before: &str) -> Option<Act> {
    // "presented by Deborah Ash, Policy Manager": the name stands between.
    object_of(before)
        .or_else(|| NAMED_BEFORE.find(before).and_then(|name| object_of(&before[..name.start()])))
}

fn object_of(before: &str) -> Option<Act> {
    let act = object_by(before)?;
    let said = matches!(act.0, How::Presented | How::Advised | How::Spoke);
    Some(if said && NOT_HERE.is_match(before) { (How::Mentioned, None) } else { act })
}

fn object_by(before: &str) -> Option<Act> {
    if DELEGATED_TO.is_match(before) && (POWER.is_match(before) || CONSULTED.is_match(before)) {
        Some((How::Delegated, None))
    } else if PRESENTED_BY.is_match(before) {
        Some((How::Presented, Some(VerbClass::Present)))
    } else if ADVISED_BY.is_match(before) {
        Some((How::Advised, Some(VerbClass::Advise)))
    } else if AUTHOR_OF.is_match(before) {
        Some((How::Author, None))
    } else if SPOKEN_BY.is_match(before) {
        Some((How::Spoke, Some(VerbClass::State)))
    } else if ADVICE_OF.is_match(before) {
        Some((How::Mentioned, None))
    } else if THANKED.is_match(before) || WELCOMED.is_match(before) {
        None
    } else if ASKED_OF.is_match(before) {
        Some((How::Addressee, None))
    } else {
        None
    }
}

/// "be asked to", "was in attendance", "be authorised to" behind a post.
fn passive_act(after: &str) -> Option<Act> {
    if EMPOWERED.is_match(after) {
        return Some((How::Delegated, None));
    }
    let rest = skip_appositives(after);
    let verb = PASSIVE_AFTER.captures(rest)?.name("verb")?.as_str().to_lowercase();
    Some(match verb.as_str() {
        "in attendance" | "present" => (How::Attended, None),
        "authorised" | "authorized" | "delegated" | "empowered" => (How::Delegated, None),
        "given" | "granted" => {
            let power =
                rest.contains("authority") || rest.contains("power") || rest.contains("delegat");
            (if power { How::Delegated } else { How::Mentioned }, None)
        }
        "welcomed" if rest.contains("to the meeting") => (How::Attended, None),
        "asked" | "requested" | "instructed" | "invited" | "urged" | "directed" | "informed"
        | "advised" => (How::Addressee, None),
        _ => (How::Mentioned, None),
    })
}

/// How many bytes before a post are looked at.
const NEAR: usize = 240;

/// How many bytes behind it: a sentence may be a page that was read wrongly.
const FAR: usize = 1_500;

fn ceil(text: &str, from: usize) -> usize {
    (from..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}
