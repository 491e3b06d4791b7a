//! Where few items hold all that was asked for: what comes near it, after what does.

use std::sync::Arc;

use super::{Answer, items_with, run_folding, spelling, weight};
use crate::query::{self, Parsed};
use crate::reader::Snapshot;
use crate::results::Reading;
use crate::search::{Search, Sort, Synonyms};
use crate::{IndexError, analysis};

use super::run::{FoundDoc, Outcome};

/// The answer with what comes near; none where nothing more is found. `all` is how many items hold all of it, whatever the filters.
pub(super) fn answer(
    snapshot: &Arc<Snapshot>,
    search: &Search,
    parsed: &Parsed,
    outcome: &Outcome,
    all: usize,
    wanted: usize,
    count: bool,
) -> Result<Option<Answer>, IndexError> {
    // What comes near holds the names; where none does, anything near will do.
    let names = query::names(&search.text);
    let mut tries = vec![&names[..]];
    if !names.is_empty() {
        tries.push(&[]);
    }
    for asked in tries {
        let Some(near) = relax(snapshot, search, parsed, all, asked) else { continue };
        let found = run_folding(snapshot, search, &near, wanted, count)?;
        if found.total <= outcome.total {
            continue;
        }
        let corrections = spelling::offers(snapshot, search, parsed, outcome.total == 0)?;
        // Most words of a sentence are its manner; but who spoke was asked for, and what has a name.
        let spoken = parsed.readings.iter().any(|reading| reading.field == "by");
        let unnamed = asked.len() < names.len();
        let first = search.sort == Sort::Relevance && (!parsed.natural || spoken || unnamed);
        // Words the vocabulary knows together mean something else where they stand apart: "home schooling".
        let together = parsed.together().filter(|_| first);
        let sure =
            together.as_ref().map(|words| run_folding(snapshot, search, words, wanted, false));
        let sure = sure.transpose()?;
        let all = sure.as_ref().unwrap_or(outcome);
        let mut answer = Answer::new(near, found, corrections);
        // A short page does not hold all of them; they are few.
        let words = together.as_ref().unwrap_or(parsed);
        let short = (all.top.len() < all.total)
            .then(|| run_folding(snapshot, search, words, weight::FEW, false))
            .transpose()?;
        let full = short.as_ref().unwrap_or(all).top.iter().map(|found| found.address);
        answer.full = Some(full.collect());
        if let Some(reading) = answer.parsed.readings.last_mut() {
            reading.label = told(all.total, together.is_some(), first);
        }
        if first {
            put_first(all, &mut answer.outcome, wanted);
            answer.complete = Some(all.total);
        }
        return Ok(Some(answer));
    }
    Ok(None)
}

/// How many items hold it all, for the reader.
fn told(all: usize, together: bool, first: bool) -> String {
    let what = if together { "the words together" } else { "all that was asked for" };
    let or = if together { ", or what means the same" } else { "" };
    let hold = match all {
        0 => format!("no item holds {what}{or}"),
        1 => format!("one item holds {what}{or}"),
        n => format!("{n} items hold {what}{or}"),
    };
    let others = match (all, first) {
        (0, _) => "items that come near are shown",
        (_, true) => "others that come near follow",
        (_, false) => "others that come near are shown too",
    };
    format!("{hold}; {others}")
}

fn put_first(all: &Outcome, found: &mut Outcome, wanted: usize) {
    let full = |hit: &FoundDoc| all.top.iter().any(|all| all.address == hit.address);
    found.top.retain(|hit| !full(hit));
    found.top.splice(0..0, all.top.iter().copied());
    found.top.truncate(wanted);
}

/// The query content with most of its words, unless the reader wants all of them or nothing but the words. Words that are no
/// sentence give way only where some items hold all of them, or all are held but nowhere together: a word that no item has is
/// what the reader must be told.
fn relax(
    snapshot: &Snapshot,
    search: &Search,
    parsed: &Parsed,
    all: usize,
    names: &[String],
) -> Option<Parsed> {
    if search.synonyms == Synonyms::Off {
        return None;
    }
    let known = |word: &String| analysis::words(word).iter().all(|w| items_with(snapshot, w) > 0);
    let apart = || {
        let words = parsed.telling_words();
        words.len() > 1 && words.iter().flatten().all(known)
    };
    let asked = parsed.natural || all > 0 || apart();
    let id = most_id(search);
    if !asked || search.as_words.contains(&id) {
        return None;
    }
    let mut most = parsed.relaxed(names)?;
    most.readings.push(Reading {
        id,
        field: "most".to_owned(),
        words: search.text.clone(),
        label: String::new(),
    });
    Some(most)
}

/// The reading that most of the words will do.
pub(super) fn most_id(search: &Search) -> String {
    format!("most:{}", minutebook_record::id::slug(&search.text))
}
