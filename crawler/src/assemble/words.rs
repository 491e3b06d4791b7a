//! Which words stay where two routes or two parts hold them.

use std::cell::LazyCell;
use std::collections::HashSet;

use minutebook_record::{Document, Doubt, Part, Passage, text};

use super::Sourced;
use crate::address;
use crate::extract::{ItemPart, Route};

/// The text of a part that stands: one that is not cut short, then the later stage of publication, then what the meeting shows now
/// (its page, the service) over an item's own page, which is read while the meeting's cuts the text short and never after, then the
/// longest, then the best route (the group comes best first). Length alone would bring back what was withdrawn.
pub(super) fn standing<'a>(
    group: &[(&'a Sourced, &'a ItemPart)],
    part: Part,
) -> Option<(&'a Sourced, &'a ItemPart)> {
    let told = || group.iter().copied().filter(|(_, item)| length(item, part) > 0);
    // A text that breaks off where another goes on was cut short in a way we do not know.
    let breaks_off = |item: &ItemPart| told().any(|(_, other)| goes_on(item, other, part));
    let mut best = None;
    for (sourced, item) in told() {
        let (stage, _) = sourced.rank();
        // Words of print, and words repeated elsewhere, stand back behind those of the meeting's own pages.
        let shown = match sourced.part.route {
            Route::Page | Route::Service => 2,
            Route::ItemPage => 1,
            Route::Printed | Route::Repeated => 0,
        };
        let whole = !item.cut.contains(&part) && !breaks_off(item);
        let score = (whole, shown > 0, stage, shown, length(item, part));
        if best.as_ref().is_none_or(|(kept, _)| score > *kept) {
            best = Some((score, (sourced, item)));
        }
    }
    best.map(|(_, chosen)| chosen)
}

/// The page whose whole text of a part says something else than the one that stands, where the two should be the same.
pub(super) fn other_words(
    group: &[(&Sourced, &ItemPart)],
    part: Part,
    chosen: &Sourced,
    kept: &ItemPart,
) -> Option<Doubt> {
    let words = LazyCell::new(|| letters(kept, part));
    let other = group.iter().find(|(sourced, item)| {
        let twin =
            (sourced.part.route == Route::ItemPage) != (chosen.part.route == Route::ItemPage);
        let own = |from: &Sourced| !matches!(from.part.route, Route::Printed | Route::Repeated);
        let whole = !item.cut.contains(&part) && !kept.cut.contains(&part);
        let tells = length(item, part) > 0 && !goes_on(item, kept, part);
        twin && own(sourced) && own(chosen) && whole && tells && letters(item, part) != *words
    });
    let (other, _) = other?;
    let note = format!(
        "another page of this item, read at another time, holds other {} text",
        part.as_str()
    );
    Some(Doubt::new("texts-differ", note).at(other.url.clone()))
}

fn length(item: &ItemPart, part: Part) -> usize {
    item.passages.iter().filter(|p| p.part == part).map(|p| p.text.len()).sum()
}

/// The letters and figures of a part, which two routes print alike.
fn letters(item: &ItemPart, part: Part) -> String {
    let texts = item.passages.iter().filter(|p| p.part == part).map(|p| p.text.as_str());
    texts
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a text ends within a sentence that another, which begins like it, goes on with.
fn goes_on(item: &ItemPart, other: &ItemPart, part: Part) -> bool {
    let last = item.passages.iter().rev().find(|p| p.part == part);
    let ended = last.is_none_or(|p| {
        p.text
            .trim_end_matches(['"', '”', '’', '\'', ')', ']'])
            .ends_with(['.', '!', '?', ':', ';'])
    });
    if ended || length(item, part) >= length(other, part) {
        return false;
    }
    let (short, long) = (letters(item, part), letters(other, part));
    !short.is_empty() && short.len() < long.len() && long.starts_with(&short)
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
