//! Decisions told in sentences, without a keyword: what each says ([`super::saying`]), and motions whose end another tells.

use std::sync::LazyLock;

use regex::Regex;

use minutebook_record::Kind;

use super::forms::{Forms, regex};
use super::label::Label;
use super::motion::{self, End};
use super::opening::Opening;
use super::saying::{OF_MOTION, RECORD, decided};
use super::{Clause, Line, block, drafts, mover, resolution};
use crate::understand::sentence::sentences;

static GIVEN_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:I|1|\|)?\s*will (?:move|call|propose|ask)\b.{0,160}?(?P<text>\b(?:that|calling on|for)\b.{15,})$",
    )
});
/// The words without which no sentence decides: a quick look before the slow ones.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)agreed|agreement|decided|decision|voted|determin|resolved|approved|adopted|noted|confirmed|ratified|deferred|refused|accepted|endorsed|granted|received|signed|carried|abeyance|the table|elected|appointed|co-opted|recommend|referred|in favour|passed|supported|upheld|dismissed|rejected",
    )
});
/// A motion of which the end is not told yet.
#[derive(Debug)]
struct Put<'t> {
    text: &'t str,
    /// Passage and byte offset.
    at: (usize, usize),
    movers: Option<mover::Movers>,
}

/// What the sentences before have told.
#[derive(Debug, Default)]
struct Heard<'t> {
    /// Where the end of a quoted motion was told last.
    ended: (usize, usize),
    /// The last motion put.
    put: Option<Put<'t>>,
    /// A motion of which notice was given, with its passage and place.
    notice: Option<(String, usize, usize)>,
    /// A written reply is being quoted: what it tells was decided elsewhere.
    reply: bool,
}

impl<'t> Heard<'t> {
    /// Takes in a motion put, a notice of one, a reply, by which later sentences are read.
    fn hear(&mut self, sentence: &'t str, start: usize, line: Line<'t>, next: Option<&Line<'t>>) {
        let upper = sentence.trim_start_matches(['“', '"', '—', '-', ' ']).to_uppercase();
        if upper.starts_with("REPLY") || upper.starts_with("RESPONSE:") {
            self.reply = true;
        }
        if sentence.contains("will ")
            && let Some(text) = GIVEN_NOTICE.captures(sentence).and_then(|c| c.name("text"))
        {
            let motion = text.as_str().trim_end_matches(['”', '"', '.', ' ']).to_owned();
            self.notice = Some((motion, line.passage, start + text.start()));
        }
        if let Some((text, at)) = motion::put(sentence) {
            let movers = mover::in_text(sentence);
            self.put = Some(Put { text, at: (line.passage, start + at), movers });
        }
        if motion::follows(sentence)
            && let Some(next) = next
            && ["That ", "THAT ", "This ", "To "].iter().any(|w| next.text.starts_with(w))
        {
            let movers = mover::in_text(sentence);
            self.put = Some(Put { text: next.text, at: (next.passage, 0), movers });
        }
    }
}

/// Decisions told in sentences. With a keyword in the item (`keyword`) only those that say plainly that something was agreed.
pub(super) fn read(narrative: &[Line<'_>], keyword: bool, quoted: &[Clause]) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut heard = Heard::default();
    // Lines that stand in a list already told.
    let mut listed = 0;
    for (place, line) in narrative.iter().enumerate() {
        if place < listed {
            continue;
        }
        for range in sentences(line.text) {
            let sentence = &line.text[range.clone()];
            heard.hear(sentence, range.start, *line, narrative.get(place + 1));
            if !TELLS.is_match(sentence) {
                continue;
            }
            if let Some(end) =
                motion::end(sentence).filter(|_| !this_was_agreed(&sentence.to_lowercase()))
            {
                let put = heard.put.take();
                if end == End::Lost {
                    continue;
                }
                // With a keyword in the item the decision is told there.
                if keyword {
                    continue;
                }
                // The motion stood in quotation marks just before.
                let here = (line.passage, range.start);
                let told = |clause: &Clause| {
                    clause.at < here && clause.at > heard.ended && clause.at.0 + 4 > line.passage
                };
                if put.is_none() && quoted.iter().any(told) {
                    heard.ended = here;
                    continue;
                }
                if put.is_none() && motion::is_named(sentence) {
                    found.push(clause(sentence, "carried", line.passage, range.start, None));
                    continue;
                }
                if let Some(Put { text, at: (passage, at), movers }) = put {
                    found.push(clause(text, "carried", passage, at, movers));
                    continue;
                }
            }
            if keyword && OF_MOTION.is_match(sentence) {
                continue;
            }
            if motion::is_whole(sentence) {
                heard.put = None;
                let (text, passage, at) = heard
                    .notice
                    .take()
                    .unwrap_or_else(|| (sentence.to_owned(), line.passage, range.start));
                let movers = mover::in_text(sentence);
                found.push(clause(&text, "agreed", passage, at, movers));
            } else if let Some((text, verb, shift)) =
                decided(sentence, heard.reply, keyword, !quoted.is_empty())
            {
                let movers = mover::in_text(sentence);
                heard.put = None;
                if line.text[range.end..].trim().is_empty() && opens_list(&text, narrative, place) {
                    let opening = opening(range.start, range.start + shift, &verb);
                    (listed, _) = block::read(narrative, place, &opening, &mut found);
                    continue;
                }
                found.push(clause(&text, &verb, line.passage, range.start + shift, movers));
            }
        }
    }
    found
}

/// "The Sub-Committee decided to grant the licence subject to the following conditions:", and the conditions.
fn opens_list(text: &str, lines: &[Line<'_>], place: usize) -> bool {
    let labelled = |line: &Line<'_>| {
        Label::at_start(line.text).is_some_and(|(label, _)| label.is_first())
            || drafts::bullet(line.text).is_some()
    };
    // Corrections to the record are listed behind it, with the words they correct.
    !RECORD.is_match(text)
        && text.trim_end().ends_with([':', '-', '–'])
        && lines.get(place + 1).is_some_and(labelled)
}

fn opening(start: usize, end: usize, verb: &str) -> Opening {
    Opening {
        start,
        end,
        verb: verb.to_owned(),
        kind: Forms::shipped().verb(verb).map(|v| v.kind).filter(|k| *k != Kind::Resolved),
        to: None,
        numbered: None,
        whole: false,
        weak: false,
        lead: false,
    }
}

fn clause(
    text: &str,
    verb: &str,
    passage: usize,
    at: usize,
    movers: Option<mover::Movers>,
) -> Clause {
    let hint = Forms::shipped().verb(verb).map(|v| v.kind).filter(|k| *k != Kind::Resolved);
    let mut made = resolution(text, passage, verb, hint);
    (made.mover, made.seconder) = movers.unwrap_or_default();
    Clause { at: (passage, at), resolution: made }
}

/// "This was agreed.": the sentence before tells what.
pub(super) fn this_was_agreed(lower: &str) -> bool {
    matches!(
        lower.trim_matches(|c: char| !c.is_alphanumeric()),
        "this was agreed"
            | "this was unanimously agreed"
            | "this was carried"
            | "this was approved"
            | "this was noted"
    )
}
