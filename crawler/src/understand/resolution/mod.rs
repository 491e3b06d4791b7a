//! Resolutions: the decision clauses of an item, from the text of its minutes and its decision.
//!
//! Three things are read as decisions: a block after a keyword ("RESOLVED –", [`opening`], [`block`]) or under the body's
//! name ([`lead`]), a sentence that says that something was agreed ([`told`]), and a quoted motion that was proposed and seconded ([`quoted`]).
//! Agenda text, lost and withdrawn motions are none. Kinds and addressees are read in [`kind`].

mod agreed;
mod block;
mod brief;
mod drafts;
mod forms;
mod kind;
mod label;
mod lead;
mod motion;
mod mover;
mod opening;
mod others;
mod quoted;
mod saying;
mod told;

use minutebook_record::{Kind, Part, Passage, Resolution};

pub(crate) use forms::regex;

/// One paragraph of a part.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// Index into the item's passages.
    passage: usize,
    text: &'a str,
}

/// A clause with where it stands, before the item's clauses are put in order.
#[derive(Debug, Clone)]
struct Clause {
    resolution: Resolution,
    /// Passage and byte offset.
    at: (usize, usize),
}

/// The resolutions of an item.
pub(crate) fn resolutions(passages: &[Passage]) -> Vec<Resolution> {
    let minutes = of_part(passages, Part::Minutes);
    let decision = of_part(passages, Part::Decision);
    let mut clauses = minutes;
    let room: Vec<String> = clauses.iter().map(|c| bare(&c.resolution.text)).collect();
    for clause in decision {
        let words = bare(&clause.resolution.text);
        if !room.iter().any(|other| same(other, &words)) {
            clauses.push(clause);
        }
    }
    clauses.sort_by_key(|c| c.at);
    clauses.into_iter().map(|c| c.resolution).collect()
}

fn of_part(passages: &[Passage], part: Part) -> Vec<Clause> {
    let lines: Vec<Line<'_>> = passages
        .iter()
        .enumerate()
        .filter(|(_, p)| p.part == part && !p.text.trim().is_empty())
        .map(|(passage, p)| Line { passage, text: &p.text })
        .collect();
    let mut found: Vec<Clause> = Vec::new();
    let mut narrative: Vec<Line<'_>> = Vec::new();
    let (mut at, mut offset) = (0, 0);
    let mut keyword_seen = false;
    while at < lines.len() {
        let line = lines[at];
        let opening = opening::find(line.text, offset)
            .or_else(|| (offset == 0).then(|| lead::find(&lines, at)).flatten());
        let Some(opening) = opening else {
            narrative.push(Line { passage: line.passage, text: &line.text[offset..] });
            (at, offset) = (at + 1, 0);
            continue;
        };
        let before = motion::without_movers(&line.text[offset..opening.start]);
        narrative.push(Line { passage: line.passage, text: before });
        keyword_seen = true;
        let before = found.len();
        let (next, next_offset) = block::read(&lines, at, &opening, &mut found);
        let movers = mover::around(&lines, at, opening.start, (next, next_offset));
        for clause in &mut found[before..] {
            let inside = || mover::in_text(&clause.resolution.text).unwrap_or_default();
            let named =
                if movers.0.is_some() || movers.1.is_some() { movers.clone() } else { inside() };
            (clause.resolution.mover, clause.resolution.seconder) = named;
        }
        (at, offset) = if (next, next_offset) > (at, opening.start) {
            (next, next_offset)
        } else {
            (at + 1, 0)
        };
    }
    if part == Part::Decision && !keyword_seen {
        return block::bare(&lines);
    }
    if !keyword_seen {
        found.extend(unopened(&lines));
    }
    let mut quoted = quoted::read(&narrative, !found.is_empty());
    // The motion's words, and then "RESOLVED" with what became of them.
    quoted.retain(|motion| !found.iter().any(|c| c.at > motion.at && c.at.0 <= motion.at.0 + 4));
    let mut told = told::read(&narrative, !found.is_empty(), &quoted);
    told.retain(|clause| !found.iter().any(|other| tells_of(clause, other)));
    found.extend(told);
    found.extend(quoted);
    found.sort_by_key(|c| c.at);
    // One sentence may be read twice ("It was resolved that the minutes were agreed as a correct record").
    let mut kept: Vec<Clause> = Vec::new();
    for clause in found {
        let words = bare(&clause.resolution.text);
        let again = kept.iter().any(|other| {
            other.at.0 == clause.at.0
                && other.at.1.abs_diff(clause.at.1) < 100
                && other.resolution.label == clause.resolution.label
                && same(&bare(&other.resolution.text), &words)
        });
        if !again && !words.is_empty() {
            kept.push(clause);
        }
    }
    kept
}

/// Clauses whose keyword was lost: paragraphs "1. That ... be ...", or "That ... be ..." behind no proposer.
fn unopened(lines: &[Line<'_>]) -> Vec<Clause> {
    let says = |text: &str| {
        let body = label::Label::at_start(text).map_or(text, |(_, from)| &text[from..]);
        (body.starts_with("That ") || body.starts_with("THAT "))
            && agreed::orders(&body.to_lowercase())
    };
    let Some(first) = lines.iter().position(|line| says(line.text)) else { return Vec::new() };
    let moved = lines[..first].last().is_some_and(|line| {
        let lower = line.text.to_lowercase();
        ["moved", "proposed", "seconded"].iter().any(|w| lower.contains(w))
    });
    let undone = lines[first + 1..].iter().any(|line| {
        let lower = line.text.to_lowercase();
        ["amendment", "lost", "withdrawn", "fell", "on a vote"].iter().any(|w| lower.contains(w))
    });
    if moved && undone {
        return Vec::new();
    }
    let run: Vec<Line<'_>> = lines[first..]
        .iter()
        .copied()
        .take_while(|line| says(line.text) || label::Label::at_start(line.text).is_some())
        .collect();
    block::bare(&run)
}

/// Words compared when two prints of a clause may be one.
fn bare(text: &str) -> String {
    let words = minutebook_record::text::words(text);
    let mut folded: Vec<String> = words.iter().map(minutebook_record::text::Word::folded).collect();
    // "Agreed." alone is all that was decided.
    while folded.len() > 1
        && folded
            .first()
            .is_some_and(|w| matches!(w.as_str(), "that" | "the" | "to" | "resolved" | "agreed"))
    {
        folded.remove(0);
    }
    folded.join(" ")
}

/// "The Committee approved the work programme." before "RESOLVED – That the work programme be agreed.": one decision.
fn tells_of(told: &Clause, clause: &Clause) -> bool {
    const SMALL: &[&str] = &[
        "the",
        "that",
        "a",
        "an",
        "and",
        "be",
        "was",
        "were",
        "is",
        "are",
        "by",
        "to",
        "of",
        "in",
        "for",
        "it",
        "this",
        "its",
        "with",
        "as",
        "on",
        "at",
        "then",
        "also",
        "unanimously",
        "all",
        "committee",
        "board",
        "panel",
        "cabinet",
        "council",
        "members",
        "subcommittee",
        "forum",
        "commission",
        "agreed",
        "approved",
        "noted",
        "adopted",
        "endorsed",
        "accepted",
        "received",
        "agree",
        "approve",
        "note",
        "supported",
        "confirmed",
    ];
    let near = told.at < clause.at && clause.at.0 <= told.at.0 + 2;
    let words = |text: &str| -> Vec<String> {
        bare(text).split(' ').filter(|w| !SMALL.contains(w)).map(str::to_owned).collect()
    };
    let said = words(&told.resolution.text);
    near && !said.is_empty() && {
        let decided = words(&clause.resolution.text);
        said.iter().all(|word| decided.contains(word))
    }
}

fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && short.len() * 10 >= long.len() * 8 && long.starts_with(short)
}

/// Makes a resolution of a clause's text.
fn resolution(text: &str, passage: usize, verb: &str, hint: Option<Kind>) -> Resolution {
    let text = minutebook_record::text::one_line(text);
    let decided = kind::decide(&text, None, verb, hint);
    Resolution {
        label: None,
        kind: decided.kind,
        to: decided.to,
        verb: decided.verb,
        lead_in: None,
        passage: Some(passage),
        mover: None,
        seconder: None,
        text,
    }
}

#[cfg(test)]
mod tests;
