//! How a post appears in its sentence: as the subject of a verb, as the object of another's, or merely named.

use std::sync::LazyLock;

use minutebook_record::{How, VerbClass};
use regex::Regex;

use super::Seen;
use super::phrases::{
    ADVERBS, ADVICE_OF, ADVISED_BY, APPOSITIVE, ASKED_OF, AUTHOR_OF, BETWEEN, CONSULTED,
    DELEGATED_TO, DOTS, IN_ATTENDANCE, ITEM_PERSON, JOINS, MODAL, NAMED_BEFORE, OPENING_PRESENTS,
    OWED_BY, PASSIVE_AFTER, POWER, PREPOSITION, PRESENT_LIST, PRESENTED_BY, SIGNED, SIGNED_EARLIER,
    SPOKEN_BY, THANKED, WELCOMED, WHO,
};
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
    let mut taken: Vec<Act> = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let before = &sentence[ceil(sentence, first.start.saturating_sub(NEAR))..first.start];
        let after = &sentence[last.end..];
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
        taken.clone_from(&found);
        for mention in group {
            acts.push((mention.tag.clone(), found.clone()));
        }
    }
    let _ = taken;
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
    if let Some(act) = object_act(before) {
        return (vec![act], false);
    }
    if let Some(act) = passive_act(after) {
        return (vec![act], true);
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
    let blocked = PREPOSITION.is_match(before);
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
    (vec![(How::Mentioned, None)], false)
}

fn object_act(before: &str) -> Option<Act> {
    // "presented by Deborah Ash, Policy Manager": the name stands between.
    object_of(before)
        .or_else(|| NAMED_BEFORE.find(before).and_then(|name| object_of(&before[..name.start()])))
}

fn object_of(before: &str) -> Option<Act> {
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

fn skip_appositives(mut after: &str) -> &str {
    for _ in 0..3 {
        // A post inside brackets: what else the bracket holds belongs to it.
        if let Some(close) = after.find(')')
            && !after[..close].contains('(')
            && close < 60
        {
            after = &after[close + 1..];
            continue;
        }
        match APPOSITIVE.find(after) {
            Some(found) if found.end() > 0 => after = &after[found.end()..],
            _ => break,
        }
    }
    after.trim_start_matches([',', ' '])
}

/// The verbs of which the group is the subject.
fn subject_acts(sentence: &str, before: &str, after: &str, room: usize) -> Option<Vec<Act>> {
    let verbs = Verbs::shipped();
    let mut rest = after;
    let mut acts: Vec<Act> = Vec::new();
    for attempt in 0..2 {
        let plain = rest.trim_start_matches([',', ' ', ')']);
        let stripped = &plain[ADVERBS.find(plain).map_or(0, |m| m.end())..];
        if let Some((found, len)) = verbs.at_start(stripped) {
            acts.extend(found);
            let used = after.len() - stripped.len() + len;
            more(&after[used..], room.saturating_sub(used), &mut acts);
            break;
        }
        if attempt == 0
            && let Some(who) = WHO.find(rest)
        {
            return relative(&rest[who.end()..], room.saturating_sub(who.end()), before);
        }
        // ", in response to a Member, said": not the "to" of an infinitive.
        let in_response = plain.starts_with("in ") && stripped.trim_start().starts_with("to ");
        if !in_response && MODAL.is_match(stripped) {
            return None;
        }
        let skipped = skip_appositives(rest);
        if skipped.len() == rest.len() {
            return None;
        }
        if let Some(who) = WHO.find(skipped) {
            return relative(&skipped[who.end()..], room, before);
        }
        rest = skipped;
    }
    if acts.is_empty() {
        return None;
    }
    if OPENING_PRESENTS.is_match(sentence)
        && before.trim_end().ends_with(", the") | before.trim_end().ends_with(',')
        && !acts.iter().any(|(how, _)| *how == How::Presented)
    {
        acts.push((How::Presented, Some(VerbClass::Present)));
    }
    acts.dedup();
    Some(acts)
}

/// "who had only recently been appointed to the post confirmed that": the relative clause's own verb, or the first verb
/// behind it that tells something.
fn relative(rest: &str, room: usize, _before: &str) -> Option<Vec<Act>> {
    static SAYS_THAT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?:^|[\s,])(?P<verb>[a-z]+) (?:that|the|members|to)\b"));
    let verbs = Verbs::shipped();
    if rest.starts_with("in attendance")
        || rest.starts_with("present")
        || rest.starts_with("attended")
    {
        return Some(vec![(How::Attended, None)]);
    }
    let plain = &rest[ADVERBS.find(rest).map_or(0, |m| m.end())..];
    if let Some((acts, len)) = verbs.at_start(plain) {
        let mut acts = acts;
        let used = rest.len() - plain.len() + len;
        more(&rest[used..], room.saturating_sub(used), &mut acts);
        return Some(acts);
    }
    let limit = floor(rest, room);
    SAYS_THAT.captures_iter(&rest[..limit]).find_map(|c| {
        let verb = c.name("verb")?;
        let (acts, _) = verbs.at_start(&rest[verb.start()..])?;
        (c[0].ends_with("that")).then_some(acts)
    })
}

/// Further verbs of the same subject: "and advised that", ", explaining that".
fn more(rest: &str, room: usize, acts: &mut Vec<Act>) {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:,|;)? (?:and|but)(?:,)? (?:(?:also|then|further|subsequently|again|\w+ly|he|she|in doing so|in response) )*(?P<verb>[a-z]+)\b|, (?P<part>[a-z]+ing(?: out)?)\b",
        )
    });
    // "submitted a report, seeking approval": the report seeks.
    static PAPER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\b(?:reports?|papers?|documents?|letters?|schedules?)\b"));
    static BREAK: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:Councillors?|Cllrs?|Members|Mr|Mrs|Ms|Miss|which|who|they|it was|residents|whereby)\b",
        )
    });
    let verbs = Verbs::shipped();
    let limit = floor(rest, room);
    let text = &rest[..limit];
    let barrier =
        BREAK.find_iter(text).map(|m| m.start()).find(|at| *at > 25).unwrap_or(text.len());
    for captures in NEXT.captures_iter(text) {
        if let Some(verb) = captures.name("verb").filter(|v| v.start() < barrier)
            && let Some((found, len)) = verbs.at_start(&text[verb.start()..])
        {
            let after = text[verb.start() + len..].trim_start();
            // Participles as adjectives ("and agreed plan") and passives have no object clause behind them.
            let tells = [
                "that",
                "the",
                "members",
                "to",
                "a ",
                "an ",
                "on ",
                "his",
                "her",
                "on",
                "how",
                "why",
                "for",
                "those",
                "all",
                "it",
                "attention",
                "whether",
                "if",
                "this",
                "if",
                "committee",
            ]
            .iter()
            .any(|w| after.to_lowercase().starts_with(w));
            if tells {
                acts.extend(found);
            }
        }
        if let Some(part) = captures.name("part").filter(|v| v.start() < barrier)
            && let Some(act) = verbs.participle(part.as_str())
            && !(acts.iter().any(|(how, _)| *how == How::Presented)
                && matches!(act.1, Some(VerbClass::Ask | VerbClass::Move))
                && PAPER.is_match(&text[..part.start()]))
        {
            acts.push(act);
        }
    }
    let mut seen = Vec::new();
    acts.retain(|act| {
        let fresh = !seen.contains(&act.0);
        seen.push(act.0);
        fresh
    });
}

/// How many bytes before a post are looked at.
const NEAR: usize = 240;

fn ceil(text: &str, from: usize) -> usize {
    (from..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

fn floor(text: &str, len: usize) -> usize {
    let len = len.min(text.len());
    (0..=len).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// What a sentence that begins with "He" or "She" says.
pub(super) fn carried_acts(sentence: &str) -> Option<Vec<Act>> {
    static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:\(?\w{1,3}[.)]\s*)?(?:(?:In (?:response|reply|addition)[^,]{0,60}|Finally|Furthermore|However|Also|In conclusion|Further),?\s+)?(?:[Hh]e|[Ss]he|He/she)\s+",
        )
    });
    let rest = &sentence[PRONOUN.find(sentence)?.end()..];
    let stripped = &rest[ADVERBS.find(rest).map_or(0, |m| m.end())..];
    let (mut acts, len) = Verbs::shipped().at_start(stripped)?;
    more(&stripped[len..], stripped.len(), &mut acts);
    Some(acts)
}
