//! Addresses in pages: made absolute, told apart by what they lead to.

use minutebook_record::Document;
use url::Url;

use super::outline::{Anchor, Block};
use crate::address;
use crate::page::{Link, Page};

/// An absolute address for what a page wrote; `None` for scripts, mail addresses and what is no address.
pub(crate) fn resolve(base: &str, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let mut url = Url::parse(base).ok()?.join(href).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}

/// The one form of an address within the site, else the absolute address as written.
pub(crate) fn address(page: &Page, href: &str) -> Option<String> {
    address::canonical(&page.site, &page.url, href).or_else(|| resolve(&page.url, href))
}

/// The page's own number in an address: the first of the named parameters, names compared without case.
pub(crate) fn number(url: &str, names: &[&str]) -> Option<u64> {
    text(url, names)?.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// A parameter of an address, decoded.
pub(crate) fn text(url: &str, names: &[&str]) -> Option<String> {
    let query = url.split_once('?')?.1;
    let query = query.split('#').next().unwrap_or(query);
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    names
        .iter()
        .find_map(|name| {
            pairs.iter().find(|(key, _)| {
                // "&amp;" left in an address makes keys such as "amp;MId".
                key.trim_start_matches("amp;").eq_ignore_ascii_case(name)
            })
        })
        .map(|(_, value)| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// The address as a link with what should be there; `None` where it leads out of the site.
pub(crate) fn link(page: &Page, anchor: &Anchor) -> Option<Link> {
    let url = address::canonical(&page.site, &page.url, &anchor.href)?;
    let kind = address::kind(&url);
    Some(Link { url, words: anchor.words.clone(), kind })
}

/// The papers a block links to.
pub(crate) fn documents(page: &Page, block: &Block) -> Vec<Document> {
    block.anchors.iter().filter_map(|anchor| document(page, anchor)).collect()
}

/// A paper, if the link leads to one.
pub(crate) fn document(page: &Page, anchor: &Anchor) -> Option<Document> {
    let url = address(page, &anchor.href)?;
    let lower = url.to_ascii_lowercase();
    let file = lower.split(['?', '#']).next().unwrap_or(&lower);
    let paper = lower.contains("/documents/")
        || lower.contains("/olddocuments/")
        || lower.contains("mgconvert2pdf.aspx")
        || [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rtf"]
            .iter()
            .any(|end| file.ends_with(end));
    let title = super::pages::items::plain_title(&anchor.words);
    (paper && !title.is_empty()).then_some(Document { title, url })
}
