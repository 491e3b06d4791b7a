//! Quoted motions that were proposed and seconded: “That ...”. Irish minutes print no keyword; others count them only when
//! they say that the motion was carried.

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;
use super::{Clause, Line, mover, resolution};
use crate::understand::sentence::sentences;

static MOTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?:[“"]|[‘'])\s*(?P<text>(?:That|THAT|This Council|It be|To)\b[^”"]*?)(?:[”"]|$)"#)
});
static FAILED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:lost|fell|withdrawn|withdrew|defeated|not carried|not seconded|no seconder|rejected|ruled out of order|not agreed)\b",
    )
});
static CARRIED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:carried|agreed|adopted|approved|passed|won)\b"));
static PROPOSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bproposed(?:\s*:|\s+by\b|;|,|\s+Cllr)[^“”]{0,160}\bseconded\b|\bproposal of\b[^“”]{0,120}\bseconded\b",
    )
});
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:moved|proposed|motion)\b[^“”]{0,200}\bsecond(?:ed|er)\b|\bseconded\b[^“”]{0,100}\bmoved\b",
    )
});

/// The motions decided in the narrative. With a keyword in the item (`keyword`) only those of the Irish print count.
pub(super) fn read(narrative: &[Line<'_>], keyword: bool) -> Vec<Clause> {
    let mut found = Vec::new();
    for (place, line) in narrative.iter().enumerate() {
        for captures in MOTION.captures_iter(line.text) {
            let (Some(whole), Some(text)) = (captures.get(0), captures.name("text")) else {
                continue;
            };
            let mut before = String::new();
            if whole.start() < 40
                && let Some(previous) = place.checked_sub(1).and_then(|p| narrative.get(p))
            {
                before.push_str(tail(previous.text, 250));
                before.push(' ');
            }
            before.push_str(tail(&line.text[..whole.start()], 250));
            let after = &line.text[whole.end()..];
            let mut outcome = head(after, 250).to_owned();
            if after.trim().len() < 60 {
                for next in narrative.iter().skip(place + 1).take(3) {
                    outcome.push(' ');
                    outcome.push_str(head(next.text, 300));
                }
            }
            // An amendment's fate is not the motion's.
            let outcome: String = sentences(&outcome)
                .into_iter()
                .map(|range| &outcome[range])
                .filter(|s| !s.to_lowercase().contains("amendment"))
                .collect::<Vec<_>>()
                .join(" ");
            let decided = if FAILED.is_match(&outcome) {
                false
            } else if PROPOSED.is_match(&before) {
                true
            } else {
                !keyword && MOVED.is_match(&before) && CARRIED.is_match(&outcome)
            };
            if !decided || before.to_lowercase().contains("amendment") {
                continue;
            }
            let mut made = resolution(text.as_str(), line.passage, "resolved", None);
            if let Some((mover, seconder)) = mover::in_text(&before) {
                (made.mover, made.seconder) = (mover, seconder);
            }
            found.push(Clause { at: (line.passage, text.start()), resolution: made });
        }
    }
    found
}

fn tail(text: &str, len: usize) -> &str {
    let from = text.len().saturating_sub(len);
    let from = (from..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    &text[from..]
}

fn head(text: &str, len: usize) -> &str {
    let to = len.min(text.len());
    let to = (0..=to).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    &text[..to]
}
