//! The verbs of which a post is the subject: right behind it, behind what stands beside it, or carried by "He" and "She".

use std::sync::LazyLock;

use minutebook_record::{How, VerbClass};
use regex::Regex;

use super::phrases::{ADVERBS, APPOSITIVE, MODAL, OPENING_PRESENTS, WHO};
use super::pronoun::Pronoun;
use super::verbs::{Act, Verbs};
use crate::understand::resolution::regex;

/// The verbs of which the group is the subject.
pub(super) fn subject_acts(
    sentence: &str,
    before: &str,
    after: &str,
    room: usize,
) -> Option<Vec<Act>> {
    // "the Officer, in presenting the report, advised".
    static PRESENTING: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"^(?:\s*\([^)]{0,40}\))?\s*,\s*in (?:presenting|introducing|outlining)\b")
    });
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
            return relative(&rest[who.end()..], room.saturating_sub(who.end()));
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
            return relative(&skipped[who.end()..], room);
        }
        rest = skipped;
    }
    if acts.is_empty() {
        return None;
    }
    if PRESENTING.is_match(after) && !acts.iter().any(|(how, _)| *how == How::Presented) {
        acts.push((How::Presented, Some(VerbClass::Present)));
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

/// What a clause "who ..." says of the post right before it.
pub(super) fn who_acts(after: &str, room: usize) -> Vec<Act> {
    let Some(who) = WHO.find(after) else { return Vec::new() };
    let elsewhere = ["had ", "was ", "were "].iter().any(|word| who.as_str().ends_with(word));
    let acts = (!elsewhere).then(|| relative(&after[who.end()..], room.saturating_sub(who.end())));
    acts.flatten().unwrap_or_default()
}

/// "who had only recently been appointed to the post confirmed that": the relative clause's own verb, or the first verb
/// behind it that tells something.
fn relative(rest: &str, room: usize) -> Option<Vec<Act>> {
    static SAYS_THAT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?:^|[\s,])(?P<verb>[a-z]+) (?:that|the|members|to)\b"));
    static CLOSED: LazyLock<Regex> =
        LazyLock::new(|| regex(r",\s+(?P<verb>[a-z]+ed|spoke|said|gave)\b"));
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
    let says_that = SAYS_THAT.captures_iter(&rest[..limit]).find_map(|c| {
        let verb = c.name("verb")?;
        let (acts, _) = verbs.at_start(&rest[verb.start()..])?;
        (c[0].ends_with("that")).then_some(acts)
    });
    // "who had registered to speak, spoke on behalf of": the verb behind the clause.
    says_that.or_else(|| {
        CLOSED
            .captures_iter(&rest[..limit])
            .find_map(|c| verbs.at_start(&rest[c.name("verb")?.start()..]).map(|(acts, _)| acts))
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

/// What a sentence that begins with "He" or "She" says, none where its verb tells nothing.
pub(super) fn carried_acts(sentence: &str) -> Option<(Pronoun, Option<Vec<Act>>)> {
    static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:\(?\w{1,3}[.)]\s*)?(?:(?:In (?:response|reply|addition)[^,]{0,60}|Finally|Furthermore|However|Also|In conclusion|Further),?\s+)?(?P<who>[Hh]e/she|[Ss]/?he|[Hh]e)\s+",
        )
    });
    let captures = PRONOUN.captures(sentence)?;
    let pronoun = match captures.name("who")?.as_str() {
        "He" | "he" => Pronoun::He,
        "She" | "she" => Pronoun::She,
        _ => Pronoun::Either,
    };
    let rest = &sentence[captures.get(0)?.end()..];
    let stripped = &rest[ADVERBS.find(rest).map_or(0, |m| m.end())..];
    let acts = Verbs::shipped().at_start(stripped).map(|(mut acts, len)| {
        more(&stripped[len..], stripped.len(), &mut acts);
        acts
    });
    Some((pronoun, acts))
}

pub(super) fn skip_appositives(mut after: &str) -> &str {
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

fn floor(text: &str, len: usize) -> usize {
    let len = len.min(text.len());
    (0..=len).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}
