//! Votes: counts, names as printed, carried or lost. Persons who share a surname are never told apart here.
//!
//! Counts told in prose are read here sentence by sentence; lists of names or counts by side in `side`.

mod count;
mod side;

use std::sync::LazyLock;

use minutebook_record::{CastingVote, Part, Passage, Vote, VoteOutcome};
use regex::Regex;

use super::resolution::regex;
use super::sentence::sentences;
use count::{BEFORE, COUNT, count};
use side::{Key, Side, sides};

/// How many paragraphs apart the sides and the end of one vote may stand.
const APART: usize = 3;

static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i){BEFORE}(?P<for>{COUNT})\s+(?:members?\s+|councillors?\s+|votes?\s+)?(?:(?:being cast|cast|voting|voted|were|was)\s+)?(?:for|in favour)\b(?:\s*;|[^.;]{{0,60}}?)(?:[\s(/](?:and\s+)?)(?P<against>{COUNT})\s+(?:members?\s+|votes?\s+)?(?:voting\s+|voted\s+|cast\s+|were\s+|was\s+)?against\b(?:(?:\s*;|[^.;]{{0,40}}?)(?:[\s(/](?:and\s+)?)(?P<abstained>{COUNT})\s+(?:members?\s+|councillors?\s+)?(?:abstention|abstain|no vote))?"
    ))
});
static BY_VOTES: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\bby (?P<for>{COUNT}) votes? to (?P<against>{COUNT})\b(?:[^.;]{{0,40}}?[\s(](?P<abstained>{COUNT}) (?:members? )?abst)?"
    ))
});
/// "(For 20; Against 15; Abstentions 2)".
static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|[(\[:;–—]\s*|\b(?:vot\w+|results?|follows|was|were)\s*[:,–-]?\s*)(?:for|in favour)\s*[:=–-]?\s*(?P<for>\d{1,3})\b(?: votes?)?\s*[,;/]?\s*(?:and\s+)?(?:votes? )?against\s*[:=–-]?\s*(?P<against>\d{1,3})\b(?: votes?)?(?:\s*[,;/]?\s*(?:and\s+)?(?:abstentions?|abstained|abstaining|abstain)\s*[:=–-]?\s*(?P<abstained>\d{1,3})\b)?",
    )
});
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?:(?P<lost>(?i:not carried|lost|defeated)|fell)|(?P<carried>(?i:carried|passed)))\b")
});
/// The words without which nothing tells of a vote: a quick look before the slow ones.
static QUICK: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)against|vote|carried|lost|defeated|abst|passed|in favour|\bfor\b.{0,40}?[:–-]")
});
static PUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:put to (?:the|a) vote|on a vote|on being put|was put|were put|upon a vote|following a vote|recorded vote|a vote was taken|show of hands|and (?:declared )?(?:carried|lost)|(?:was|were|declared) (?:declared )?(?:carried|lost|defeated)|casting vote)\b",
    )
});
/// "the Chairperson exercised his second and casting vote in favour", "on the Mayor's casting vote".
static CASTING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?:[Tt]he )?(?P<by>(?:Councillor|Cllr|Alderman) (?:[A-Z][\w’'.-]*\s?){1,3}|[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}|chair\w*|mayor)(?: of the [\w -]{3,40}?)?,? (?:then |therefore |duly )?(?:exercised|used|gave|cast|having (?:exercised|used)|made use of|exercising|using) (?:(?:his|her|their|the|a) )?(?:(?:second|additional)(?:,? (?:or|and|/))? ?)?casting vote|casting vote (?:of|from|by) (?:the )?(?P<of>(?:Councillor|Cllr|Alderman) (?:[A-Z][\w’'.-]*\s?){1,3}|[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}|chair\w*|mayor)|(?P<whose>(?:[A-Z][\w-]*)(?: [A-Z][\w-]*){0,2}|chair\w*|mayor)['’]s (?:second (?:or|and) )?casting vote)(?: was)?(?: cast)?(?: (?P<side>in favour|for|against))?",
    )
});
/// What is put to a vote.
static ON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?P<on>(?:(?:first|second|third|substantive|original|amended|further) )?(?:amendment|motion|recommendations?|proposal|application|resolution))\b",
    )
});

/// A new motion: what is told from here on belongs to another vote.
static MOVED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:moved|proposed|seconded|a further vote|second vote)\b"));

/// The votes of an item.
pub(crate) fn votes(passages: &[Passage]) -> Vec<Vote> {
    let told_of = |p: &Passage| p.part != Part::Agenda && QUICK.is_match(&p.text);
    let lists: Vec<Vec<Side>> =
        passages.iter().map(|p| if told_of(p) { sides(&p.text) } else { Vec::new() }).collect();
    let keys: Vec<[bool; 3]> =
        lists.iter().map(|list| Key::ALL.map(|key| list.iter().any(|s| s.key == key))).collect();
    let mut found: Vec<Vote> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if !told_of(passage) {
            continue;
        }
        let believed: Vec<&Side> =
            lists[index].iter().filter(|side| is_vote(side, index, &keys)).collect();
        if !believed.is_empty() {
            for side in believed {
                record(side, index, &mut found);
            }
            continue;
        }
        for range in sentences(&passage.text) {
            let sentence = &passage.text[range];
            if let Some(vote) = told(sentence, index) {
                match found.last_mut().filter(|open| completes(open, &vote, passages, sentence)) {
                    Some(open) => complete(open, vote),
                    None => found.push(vote),
                }
            }
            // It settles the vote told right before it, or stands for one whose figures are not printed.
            if let Some(casting) = casting(sentence) {
                let near = found.last_mut().filter(|v| is_near(v, index));
                match near {
                    Some(vote) => vote.casting = Some(casting),
                    None => found.push(Vote {
                        casting: Some(casting),
                        passage: Some(index),
                        ..Vote::default()
                    }),
                }
            }
        }
    }
    found
}

fn is_near(vote: &Vote, index: usize) -> bool {
    vote.passage.is_some_and(|passage| passage + APART >= index)
}

/// A side is believed by its own words, or beside another one. `keys` tells which sides each paragraph holds.
fn is_vote(side: &Side, index: usize, keys: &[[bool; 3]]) -> bool {
    let near = index.saturating_sub(APART)..(index + APART + 1).min(keys.len());
    side.sure
        || keys[near].iter().any(|held| {
            Key::ALL.iter().zip(held).any(|(key, is_held)| *is_held && *key != side.key)
        })
}

/// "8 for and 8 against. The motion was lost", a list by sides and "The amendment was carried" below it: one vote.
fn completes(open: &Vote, more: &Vote, passages: &[Passage], sentence: &str) -> bool {
    let (Some(from), Some(to)) = (open.passage, more.passage) else { return false };
    let counted = |vote: &Vote| vote.in_favour.is_some() || vote.against.is_some();
    if counted(more) {
        // The end first, the figures right behind it.
        let ended = open.outcome.is_some() && !counted(open);
        return ended && more.outcome.is_none() && from == to && same_matter(open, more);
    }
    if open.outcome.is_some() || more.outcome.is_none() {
        return false;
    }
    let anew = || {
        MOVED.is_match(sentence)
            || passages
                .get(from + 1..to)
                .is_some_and(|between| between.iter().any(|passage| MOVED.is_match(&passage.text)))
    };
    from == to || from + APART >= to && counted(open) && same_matter(open, more) && !anew()
}

/// Nothing says that two votes are on different things.
fn same_matter(one: &Vote, other: &Vote) -> bool {
    match (&one.on, &other.on) {
        (Some(one), Some(other)) => {
            let last = |on: &str| on.rsplit(' ').next().unwrap_or_default().to_lowercase();
            one.eq_ignore_ascii_case(other)
                || last(one) == last(other) && (one.contains(' ') != other.contains(' '))
        }
        _ => true,
    }
}

fn complete(open: &mut Vote, more: Vote) {
    open.outcome = open.outcome.or(more.outcome);
    open.on = open.on.take().or(more.on);
    open.in_favour = open.in_favour.or(more.in_favour);
    open.against = open.against.or(more.against);
    open.abstained = open.abstained.or(more.abstained);
}

/// Adds a side to the vote it belongs to: the sides of one vote may stand in paragraphs of their own.
fn record(side: &Side, index: usize, found: &mut Vec<Vote>) {
    let taken = |vote: &Vote| match side.key {
        Key::For => vote.in_favour.is_some(),
        Key::Against => vote.against.is_some(),
        Key::Abstained => vote.abstained.is_some(),
    };
    if found.last().is_none_or(|vote| taken(vote) || !is_near(vote, index)) {
        found.push(Vote { on: side.on.clone(), passage: Some(index), ..Vote::default() });
    }
    let Some(vote) = found.last_mut() else { return };
    match side.key {
        Key::For => vote.in_favour = side.count,
        Key::Against => vote.against = side.count,
        Key::Abstained => vote.abstained = side.count,
    }
    vote.names.extend(side.names.iter().cloned());
    vote.outcome = side.outcome.or(vote.outcome);
}

/// How a vote ended, by the first word that says so.
fn outcome(text: &str) -> Option<VoteOutcome> {
    OUTCOME.captures(text).map(|c| match c.name("carried") {
        Some(_) => VoteOutcome::Carried,
        None => VoteOutcome::Lost,
    })
}

/// A casting vote told in a sentence.
fn casting(sentence: &str) -> Option<CastingVote> {
    if !sentence.contains("casting vote") {
        return None;
    }
    let captures = CASTING.captures(sentence)?;
    let by = ["by", "of", "whose"]
        .iter()
        .find_map(|name| captures.name(name))
        .map(|m| m.as_str().trim().trim_start_matches("The ").to_owned());
    let vote = captures
        .name("side")
        .map(|m| if m.as_str() == "against" { "against".to_owned() } else { "for".to_owned() });
    Some(CastingVote { by, vote })
}

/// A vote told in a sentence.
fn told(sentence: &str, index: usize) -> Option<Vote> {
    let counts = PROSE
        .captures(sentence)
        .or_else(|| BY_VOTES.captures(sentence))
        .or_else(|| FIGURES.captures(sentence));
    let outcome = outcome(sentence);
    if counts.is_none() && !(outcome.is_some() && PUT.is_match(sentence) && ON.is_match(sentence)) {
        return None;
    }
    let of =
        |name: &str| counts.as_ref().and_then(|c| c.name(name)).and_then(|m| count(m.as_str()));
    Some(Vote {
        on: ON.captures(sentence).and_then(|c| c.name("on")).map(|m| m.as_str().to_owned()),
        outcome,
        in_favour: of("for"),
        against: of("against"),
        abstained: of("abstained"),
        passage: Some(index),
        ..Vote::default()
    })
}

#[cfg(test)]
mod tests;
