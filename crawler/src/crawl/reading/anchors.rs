//! Every link of a page, read off its bytes with a pattern: the crawl must not lose a link because a page is oddly built.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::address;
use crate::page::{Link, Page, PageKind};

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?is)<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>(.*?)</a>([^<]{0,120})"#,
    )
});
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<[^>]*>"));
static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"));

fn pattern(text: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are written here")]
    Regex::new(text).expect("the pattern is valid")
}

/// Links into the site to pages of a known sort.
pub(super) fn links(page: &Page, kind: PageKind) -> Vec<Link> {
    let text = String::from_utf8_lossy(&page.body);
    let mut links = Vec::new();
    for found in ANCHOR.captures_iter(&text) {
        let href = found.get(1).or(found.get(2)).or(found.get(3)).map_or("", |m| m.as_str());
        let Some(url) = address::canonical(&page.site, &page.url, &unescape(href)) else {
            continue;
        };
        let to = address::kind(&url);
        if to == PageKind::Other || url == page.url {
            continue;
        }
        let mut words = squeeze(&unescape(&TAG.replace_all(&found[4], " ")));
        if kind == PageKind::MeetingList && to == PageKind::Meeting {
            // What stands behind the link ("- Agenda and draft minutes", "cancelled") changes when the meeting does.
            words = squeeze(&format!("{words} {}", unescape(&found[5])));
        }
        links.push(Link { url, words, kind: to });
    }
    links
}

/// Absolute addresses a page leads to, on whatever host.
pub(super) fn hrefs(page: &Page) -> Vec<String> {
    let text = String::from_utf8_lossy(&page.body);
    let base = Url::parse(&page.url).ok();
    ANCHOR
        .captures_iter(&text)
        .filter_map(|found| {
            let href = found.get(1).or(found.get(2)).or(found.get(3))?;
            base.as_ref()?.join(unescape(href.as_str()).trim()).ok()
        })
        .map(String::from)
        .collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescape(text: &str) -> String {
    ENTITY
        .replace_all(text, |found: &regex::Captures<'_>| {
            let name = &found[1];
            let code = match name.strip_prefix('#') {
                Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
                Some(number) => number.parse().ok(),
                None => match name {
                    "amp" => Some(38),
                    "lt" => Some(60),
                    "gt" => Some(62),
                    "quot" => Some(34),
                    "apos" => Some(39),
                    "nbsp" => Some(32),
                    _ => None,
                },
            };
            code.and_then(char::from_u32).map_or_else(|| found[0].to_owned(), String::from)
        })
        .into_owned()
}
