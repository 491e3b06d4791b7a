//! Our counts held against SQLite FTS5's over the same items, and why they differ where they do.

use std::collections::{BTreeMap, BTreeSet};

use minutebook_index::search::{Routine, Synonyms};
use minutebook_index::{Index, Search};

use super::fts::Fts;
use super::peers;
use super::queries::Query;

/// How many of the queries of one reason are named.
const NAMED: usize = 3;

/// What both engines found for every plain query, printed. Ours is asked for every word as it stands, of any day.
pub fn print(index: &Index, fts: &Fts, queries: &[Query]) {
    let plain = queries.iter().filter(|query| !matches!(query.class, "prefix" | "fuzzy"));
    let (mut asked, mut differing) = (0, BTreeMap::<String, Vec<String>>::new());
    for query in plain {
        asked += 1;
        let search = Search {
            routine: Routine::Show,
            synonyms: Synonyms::Off,
            per_page: 0,
            ..Search::words(peers::exact(query))
        };
        let ours = index.search(&search).unwrap();
        let ours = ours.complete.unwrap_or(ours.total);
        let theirs = fts.count(query);
        if ours != theirs {
            let found = index.scan(&search).unwrap().map(|hit| hit.unwrap().id).collect();
            let why = reason(query, &found, fts);
            differing.entry(why).or_default().push(format!("{} ({ours}, {theirs})", query.ours));
        }
    }
    let differ: usize = differing.values().map(Vec::len).sum();
    println!("counts of {asked} plain queries, word for word: as FTS5's on {}", asked - differ);
    for (why, queries) in &differing {
        let named = queries.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>();
        println!("  {} differ, {why}: {}", queries.len(), named.join("; "));
    }
}

/// Why one engine finds an item that the other does not, read from the first such item.
fn reason(query: &Query, ours: &BTreeSet<String>, fts: &Fts) -> String {
    let theirs = fts.items(query);
    if let Some((_, row)) = theirs.iter().find(|(id, _)| !ours.contains(**id)) {
        let text = fts.text(*row);
        return format!("FTS5 finds more: {}", told(query, &text));
    }
    match ours.iter().find(|id| !theirs.contains_key(id.as_str())).and_then(|id| fts.row(id)) {
        Some(row) => format!("we find more: {}", told(query, &fts.text(row))),
        None => "nobody finds more".to_owned(),
    }
}

/// What about a text two engines may read in two ways.
fn told(query: &Query, text: &str) -> String {
    let lower = text.to_lowercase();
    let phrase = format!(" {} ", query.words.join(" "));
    let words = |line: &str| {
        let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!(" {} ", words.collect::<Vec<_>>().join(" "))
    };
    let (open, read) = (lower.as_str(), lower.replace('&', " and "));
    let holds = |text: &str| match query.class {
        "phrase" => text.lines().any(|line| words(line).contains(&phrase)),
        _ => query.words.iter().any(|word| word == "and") && words(text).contains(" and "),
    };
    if lower.contains('&') && holds(open) != holds(&read) {
        return "& is read as and".to_owned();
    }
    if query.class == "phrase" && !holds(open) {
        return "a phrase from one paragraph to the next".to_owned();
    }
    let marks: BTreeSet<char> = query
        .words
        .iter()
        .flat_map(|word| lower.match_indices(word.as_str()))
        .flat_map(|(at, word)| {
            [lower[..at].chars().next_back(), lower[at + word.len()..].chars().next()]
        })
        .flatten()
        .filter(|c| !c.is_alphanumeric() && !c.is_whitespace() && !",;:()\"".contains(*c))
        .collect();
    if marks.is_empty() {
        // "take-over" is read as takeover too, and L.L.C. as llc.
        let closed =
            |token: &str| token.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let inner = |token: &str| {
            let token = token.trim_matches(|c: char| !c.is_alphanumeric());
            token.contains(|c: char| !c.is_alphanumeric()) && query.words.contains(&closed(token))
        };
        let why = if lower.split_whitespace().any(inner) {
            "marks inside a word"
        } else {
            "something else"
        };
        return why.to_owned();
    }
    format!("a word beside {}", marks.iter().map(char::to_string).collect::<Vec<_>>().join(" "))
}
