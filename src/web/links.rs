//! How every address of the site is built. Ids and words may hold any character, so everything is encoded here and nowhere else.

use std::fmt::Write as _;

use minutebook_index::Search;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::params;

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An address outside of this site as a record has it, if a reader may follow it: anything but a page of the web leads nowhere.
pub(crate) fn outside(address: &str) -> String {
    let scheme = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(scheme))
    };
    if scheme("https://") || scheme("http://") { address.to_owned() } else { String::new() }
}

/// One segment of a path.
pub(crate) fn segment(words: &str) -> String {
    utf8_percent_encode(words, SEGMENT).to_string()
}

/// A query string of pairs, without its question mark.
pub(crate) fn query(pairs: &[(&str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        let value = segment(value).replace("%20", "+");
        // Writing to a string cannot fail.
        let _ = write!(query, "{name}={value}");
    }
    query
}

fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", query(pairs)) }
}

/// The page of a search.
pub(crate) fn search(search: &Search) -> String {
    with_query("/search", &params::pairs(search))
}

/// The same search as JSON.
pub(crate) fn api_search(search: &Search) -> String {
    with_query("/api/v1/search", &params::pairs(search))
}

/// The same search as a file or feed: `csv`, `jsonl` or `atom`. Pages of results mean nothing there.
pub(crate) fn search_file(search: &Search, ending: &str) -> String {
    let search = Search { page: 1, per_page: Search::default().per_page, ..search.clone() };
    with_query(&format!("/search.{ending}"), &params::pairs(&search))
}

/// An item's permanent page.
pub(crate) fn item(id: &str) -> String {
    format!("/items/{}", segment(id))
}

/// An item's page as a search opens it: at the passage, with the words of the search marked.
pub(crate) fn item_at(id: &str, query_text: &str, anchor: Option<&str>) -> String {
    let mut address = item(id);
    if !query_text.trim().is_empty() {
        let _ = write!(address, "?{}", query(&[("q", query_text.to_owned())]));
    }
    if let Some(anchor) = anchor {
        let _ = write!(address, "#{anchor}");
    }
    address
}

/// The page that cites an item, or one clause of it.
pub(crate) fn cite(id: &str, clause: Option<&str>) -> String {
    let clause: Vec<_> = clause.map(|clause| ("clause", clause.to_owned())).into_iter().collect();
    with_query(&format!("{}/cite", item(id)), &clause)
}

/// A citation as a file: `txt`, `md`, `bib` or `json`.
pub(crate) fn cite_file(id: &str, clause: Option<&str>, ending: &str) -> String {
    let clause: Vec<_> = clause.map(|clause| ("clause", clause.to_owned())).into_iter().collect();
    with_query(&format!("{}/cite.{ending}", item(id)), &clause)
}

/// A meeting's page.
pub(crate) fn meeting(id: &str) -> String {
    format!("/meetings/{}", segment(id))
}

/// A committee's page.
pub(crate) fn committee(slug: &str) -> String {
    format!("/committees/{}", segment(slug))
}

/// A role's page.
pub(crate) fn role(slug: &str) -> String {
    format!("/roles/{}", segment(slug))
}

/// A topic's page.
pub(crate) fn topic(slug: &str) -> String {
    format!("/topics/{}", segment(slug))
}

/// A council's page.
pub(crate) fn council(slug: &str) -> String {
    format!("/councils/{}", segment(slug))
}

/// An item in the JSON API.
pub(crate) fn api_item(id: &str) -> String {
    format!("/api/v1/items/{}", segment(id))
}

/// A meeting in the JSON API.
pub(crate) fn api_meeting(id: &str) -> String {
    format!("/api/v1/meetings/{}", segment(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_makes_one_segment() {
        let address = item("a/b?c#d e\"<é>%2f&");
        assert_eq!(address, "/items/a%2Fb%3Fc%23d%20e%22%3C%C3%A9%3E%252f%26");
        assert_eq!(item_at("x-i1", "a b", Some("p-12")), "/items/x-i1?q=a+b#p-12");
        assert_eq!(item_at("x-i1", "  ", None), "/items/x-i1");
    }

    #[test]
    fn only_pages_of_the_web_are_led_to() {
        for address in ["https://a.example/x?y=1", "HTTP://a.example"] {
            assert_eq!(outside(address), address);
        }
        for address in ["javascript:alert(1)", "data:text/html,x", "//a.example", "", "httpsé"] {
            assert_eq!(outside(address), "");
        }
    }
}
