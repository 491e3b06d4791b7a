//! The flags of a search become the parameters of the JSON API, so that the command line, programs and pages are held to one set of rules.

use anyhow::{Result, bail};
use minutebook_index::Search;
use minutebook_record::id::slug;
use minutebook_record::vocabulary::{Roles, Topics};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::UsageError;
use crate::cli::FilterArgs;
use crate::web::params::{self, DateBoxes, Edge, Face, Raw};

/// The search that words and flags ask for.
pub(super) fn search(
    words: &[String],
    filters: &FilterArgs,
    paging: &[(&str, &str)],
) -> Result<Search> {
    let mut pairs: Vec<(&str, String)> = vec![("q", words.join(" "))];
    pairs.extend(filters.committee.iter().map(|v| ("committee", slug(v))));
    pairs.extend(filters.council.iter().map(|v| ("council", slug(v))));
    pairs.extend(filters.role.iter().map(|v| ("role", role(v))));
    pairs.extend(filters.topic.iter().map(|v| ("topic", topic(v))));
    pairs.extend(filters.year.iter().map(|v| ("year", v.clone())));
    pairs.extend(filters.kind.iter().map(|v| ("kind", v.clone())));
    for (name, typed, edge) in
        [("from", &filters.from, Edge::First), ("to", &filters.to, Edge::Last)]
    {
        if let Some(typed) = typed {
            pairs.push((name, day(name, typed, edge)?));
        }
    }
    for (name, value) in [
        ("in", &filters.scope),
        ("sort", &filters.sort),
        ("routine", &filters.routine),
        ("synonyms", &filters.synonyms),
    ] {
        pairs.extend(value.iter().map(|v| (name, v.clone())));
    }
    pairs.extend(paging.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let query: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    match params::search(&Raw::parse(&query.join("&")), Face::Strict) {
        Ok(search) => Ok(search),
        Err(bad) => {
            let all: Vec<String> =
                bad.iter().map(|b| format!("{}: {}", flag(&b.name), b.message)).collect();
            bail!(UsageError(all.join("; ")))
        }
    }
}

/// The day a year, a month or a day begins or ends with.
fn day(name: &str, typed: &str, edge: Edge) -> Result<String> {
    let query = format!("{name}={}", utf8_percent_encode(typed, NON_ALPHANUMERIC));
    match DateBoxes::read(&Raw::parse(&query), name).date(edge) {
        Ok(Some(day)) => Ok(day.to_string()),
        Ok(None) | Err(_) => bail!(UsageError(format!(
            "--{name}: `{typed}` is no date; write a year, a month or a day, such as 2019, 2019-03 or 2019-03-17"
        ))),
    }
}

fn flag(parameter: &str) -> String {
    match parameter {
        "q" => "QUERY".to_owned(),
        name => format!("--{}", name.replace('_', "-")),
    }
}

/// A title as typed, or a slug.
fn role(value: &str) -> String {
    let read = Roles::shipped().parse(value);
    read.into_iter().next().map_or_else(|| slug(value), |reading| reading.slug)
}

/// A label or any of a topic's forms, or a slug.
fn topic(value: &str) -> String {
    let topics = Topics::in_use();
    let wanted = value.trim().to_lowercase();
    let by_form = || topics.iter().find(|t| t.printed_forms().any(|form| form == wanted));
    let found = topics.get(&wanted).or_else(by_form);
    found.map_or_else(|| slug(value), |topic| topic.id.clone())
}
