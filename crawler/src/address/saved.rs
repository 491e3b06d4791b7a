//! Addresses that became names of files: `wget` mirrors, hand-saved pages, services' answers kept by hand.
//!
//! `mgAi.aspx?ID=1`, `mgAi.aspx@ID=1.html`, `mgAi.aspx%3FID%3D1`, `mgAi.aspx_ID=1.html`, `GetMeeting_lMeetingId=5.xml`.

use std::path::Path;

use percent_encoding::percent_decode_str;

use super::{Base, canonical, kind, table};
use crate::page::PageKind;

/// Splits the name of a saved page into the page's file name and its query; `None` for any other name.
pub(super) fn split(name: &str) -> Option<(String, String)> {
    let file = table::PAGES.iter().map(|known| known.file).find(|file| {
        name.get(..file.len()).is_some_and(|start| start.eq_ignore_ascii_case(file))
    })?;
    let query = name[file.len()..].strip_prefix(['?', '@', '_', ' ', ';', '-'])?;
    query.contains('=').then(|| (file.to_owned(), without_ending(query).to_owned()))
}

/// The pairs of such a query.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), super::trim_value(value).to_owned()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect()
}

fn without_ending(name: &str) -> &str {
    let mut name = name;
    while let Some(shorter) = [".html", ".htm", ".xml", ".aspx", ".tmp"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
    {
        name = shorter;
    }
    name
}

/// The canonical address a saved file stands for, told by its path alone. `None` when the path says too little.
pub fn from_path(base: &Base, path: &Path) -> Option<String> {
    let names: Vec<String> = path
        .components()
        .map(|part| {
            percent_decode_str(&part.as_os_str().to_string_lossy()).decode_utf8_lossy().into_owned()
        })
        .collect();
    let host = base.host().to_ascii_lowercase();
    let is_host = |name: &String| {
        let name = name.to_ascii_lowercase();
        name == host || name.replacen(['+', '_'], ":", 1) == host
    };
    if let Some(at) = names.iter().rposition(is_host)
        && let Some(url) = address(base, &names[at + 1..], true)
    {
        return Some(url);
    }
    let documents = names.iter().rposition(|name| name.eq_ignore_ascii_case("documents"));
    let start =
        documents.filter(|at| at + 1 < names.len()).unwrap_or(names.len().saturating_sub(1));
    address(base, &names[start..], false)
}

/// The address of a path below the host, or below the base.
fn address(base: &Base, names: &[String], below_host: bool) -> Option<String> {
    let last = names.last()?;
    let folders = names[..names.len() - 1].iter();
    // The service's folder comes with the operation.
    let folders = folders.filter(|name| !name.eq_ignore_ascii_case(table::SERVICE));
    let mut parts: Vec<String> = folders.map(|name| escape(name)).collect();
    parts.push(file(last));
    let href =
        if below_host { format!("/{}", parts.join("/")) } else { base.join(&parts.join("/")) };
    let url = canonical(base.as_str(), base.as_str(), &href)?;
    (kind(&url) != PageKind::Other).then_some(url)
}

/// A file's name as the end of an address.
fn file(name: &str) -> String {
    let known = table::names().find(|known| {
        name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
            && !name[known.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    let Some(known) = known else {
        // A document: its own name is part of its address, what follows is its query.
        let (name, query) = name.split_once(['?', '@']).unwrap_or((name, ""));
        let query = without_ending(query);
        let query = query.strip_suffix(".pdf").unwrap_or(query);
        return if query.is_empty() { escape(name) } else { format!("{}?{query}", escape(name)) };
    };
    let rest =
        without_ending(name[known.len()..].trim_start_matches(['?', '@', '_', ' ', ';', '-']));
    let is_operation = table::operation(known).is_some();
    let prefix = if is_operation { format!("{}/", table::SERVICE) } else { String::new() };
    let query = pairs(rest)
        .into_iter()
        .map(|(name, value)| format!("{}={}", escape(&name), escape(&value)))
        .collect::<Vec<_>>()
        .join("&");
    if query.is_empty() { format!("{prefix}{known}") } else { format!("{prefix}{known}?{query}") }
}

fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
