//! Who moved and who seconded, as printed beside a resolution.

use std::sync::LazyLock;

use regex::Regex;

use super::Line;
use super::forms::regex;

const NAME: &str = r"(?:(?:Councillors?|Cllrs?\.?|Clr\.?|Cr\.?|Alderman|Ald\.?|Mrs?\b\.?|Ms\b\.?|Miss|Dr\b\.?|Sir|Lord|Lady|Baroness|The|the)\s+)?(?:Lord Mayor|Deputy Lord Mayor|Mayor|Deputy Mayor|Leader|Deputy Leader|Right Honourable|Chair|Chairman|Vice-Chair(?:man)?|(?:Mrs?\b\.?|Ms\b\.?|Miss\b|Dr\b\.?|[A-Z]\b\.?)\s*)*(?:[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|[A-Z]\.?|de|van|von|der|O[’']\s?))*)?(?:\s*\([A-Z][^)]{2,50}\))?";

static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i:mover|moved|proposer|proposed)(?i:\s+by)?\s*[:–-]*\s*(?P<mover>{NAME})[\s;,.]*(?i:and\s+)?(?i:duly\s+)?(?i:seconder|seconded)(?i:\s+by)?\s*[:–-]*\s*(?P<seconder>{NAME})"
    ))
});
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?P<mover>(?:Councillor|Cllr\.?|Alderman|Mr\.?|Mrs\.?|Ms\.?|The)\s+{NAME})\s*,?\s+(?:moved|proposed)\s*,?\s+and\s+(?P<seconder>(?:Councillor|Cllr\.?|Alderman|Mr\.?|Mrs\.?|Ms\.?|the)\s+{NAME})\s*,?\s+seconded"
    ))
});
static MOTION_OF: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i:on the (?:motion|proposal|proposition) of)\s+(?P<mover>{NAME})\s*,?\s*(?i:and\s+)?(?i:seconded)\s+(?i:by)\s+(?P<seconder>{NAME})"
    ))
});

/// Mover and seconder, either of which may be missing.
pub(super) type Movers = (Option<String>, Option<String>);

/// Reads the last pair named in a text.
pub(super) fn in_text(text: &str) -> Option<Movers> {
    [&*MOTION_OF, &*LABELLED, &*SPOKEN]
        .iter()
        .filter_map(|pattern| pattern.captures_iter(text).last())
        .map(|c| {
            let clean = |name: &str| {
                c.name(name)
                    .map(|m| m.as_str().trim().trim_end_matches(['.', ',']).to_owned())
                    .filter(|n| !n.is_empty())
            };
            (clean("mover"), clean("seconder"))
        })
        .find(|(mover, seconder)| mover.is_some() || seconder.is_some())
}

/// The pair printed right before a resolution, or right behind it.
pub(super) fn around(
    lines: &[Line<'_>],
    at: usize,
    start: usize,
    (next, offset): (usize, usize),
) -> Movers {
    let behind = lines.get(next).map(|line| line.text.get(offset..).unwrap_or_default());
    let behind_starts = behind.is_some_and(|text| {
        let lower = text.trim_start_matches(['(', ' ']).to_lowercase();
        ["mover", "moved", "proposed", "proposer"].iter().any(|w| lower.starts_with(w))
    });
    if behind_starts {
        // Mover and Seconder may stand on two lines.
        let mut text = behind.unwrap_or_default().to_owned();
        if let Some(more) = lines.get(next + 1) {
            text.push(' ');
            text.push_str(more.text);
        }
        if let Some(first) = [&*LABELLED, &*MOTION_OF].iter().find_map(|p| p.captures(&text)) {
            let clean = |name: &str| {
                first.name(name).map(|m| m.as_str().trim().to_owned()).filter(|n| !n.is_empty())
            };
            return (clean("mover"), clean("seconder"));
        }
    }
    let mut before = String::new();
    for line in &lines[at.saturating_sub(2)..at] {
        if line.text.len() < 400 {
            before.push_str(line.text);
            before.push(' ');
        }
    }
    before.push_str(&lines[at].text[..start]);
    let tail_from = before.len().saturating_sub(300);
    let tail_from = (tail_from..before.len()).find(|i| before.is_char_boundary(*i)).unwrap_or(0);
    in_text(&before[tail_from..]).unwrap_or_default()
}
