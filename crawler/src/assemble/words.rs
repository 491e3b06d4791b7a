//! Which words stay where two routes or two parts hold them.

use std::collections::HashSet;

use minutebook_record::{Document, Part, Passage, text};

use super::Sourced;
use crate::address;
use crate::extract::{ItemPart, Route};

/// The fullest text of a part: one that is not cut short, then the longest, then the best route (the group comes best first).
pub(super) fn fullest<'a>(
    group: &[(&'a Sourced, &'a ItemPart)],
    part: Part,
) -> Option<(&'a Sourced, &'a ItemPart)> {
    let length = |item: &ItemPart| -> usize {
        item.passages.iter().filter(|p| p.part == part).map(|p| p.text.len()).sum()
    };
    let mut best: Option<(&Sourced, &ItemPart)> = None;
    for (sourced, item) in group {
        // Words of print, and words repeated elsewhere, stand back behind those of the meeting's own pages.
        let own = |from: &Sourced| !matches!(from.part.route, Route::Printed | Route::Repeated);
        let score =
            |from: &Sourced, item: &ItemPart| (!item.cut.contains(&part), own(from), length(item));
        if length(item) > 0
            && best.is_none_or(|(from, kept)| score(sourced, item) > score(from, kept))
        {
            best = Some((sourced, item));
        }
    }
    best
}

/// Where the decision says nothing the minutes do not say, it is left out; where the minutes say nothing more, they are.
pub(super) fn say_once(passages: &mut Vec<Passage>) {
    let has = |part: Part| passages.iter().any(|p| p.part == part);
    if !has(Part::Decision) || !has(Part::Minutes) {
        return;
    }
    let plain = |p: &Passage| text::plain_marks(&text::one_line(&p.text)).to_lowercase();
    let of = |part: Part| -> HashSet<String> {
        passages.iter().filter(|p| p.part == part).map(plain).collect()
    };
    let (minutes, decision) = (of(Part::Minutes), of(Part::Decision));
    if decision.is_subset(&minutes) {
        passages.retain(|p| p.part != Part::Decision);
    } else if minutes.is_subset(&decision) {
        passages.retain(|p| p.part != Part::Minutes);
    }
}

/// Papers, each once: two addresses of one attachment are one paper.
pub(super) fn papers<'a>(papers: impl Iterator<Item = &'a Document>) -> Vec<Document> {
    let mut seen = HashSet::new();
    papers.filter(|paper| seen.insert(attachment(&paper.url))).cloned().collect()
}

/// The attachment's number where the address has one, else the address.
fn attachment(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    let folder = lower.split_once("/documents/s").map(|(_, rest)| rest);
    let number = match folder {
        Some(rest) => rest.split('/').next().map(str::to_owned),
        None if lower.contains("mgconvert2pdf.aspx") && address::parameter(url, "T").is_none() => {
            address::parameter(url, "ID")
        }
        None => None,
    };
    match number {
        Some(number) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => number,
        _ => url.to_owned(),
    }
}
