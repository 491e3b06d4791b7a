//! What the crawl needs to know of a page: where it leads, whose day it is, and whether it tells all.

mod simple;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::page::{Link, Page, PageKind};

/// A link with the day of the meeting it belongs to, where the page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The link.
    pub(super) link: Link,
    /// The meeting's day.
    pub(super) day: Option<Date>,
}

/// Whether a meeting's page carries its minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Minutes {
    /// Not a meeting, or it cannot be told.
    #[default]
    Unknown,
    /// An agenda only, so far.
    Awaited,
    /// Draft minutes.
    Draft,
    /// Minutes.
    Whole,
    /// The source says there are minutes, and this page does not carry them.
    Elsewhere,
    /// The meeting was cancelled: there will be none.
    Cancelled,
}

/// What a page tells the crawl.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// Where it leads.
    pub(super) links: Vec<Found>,
    /// Whether it carries a meeting's minutes.
    pub(super) minutes: Minutes,
    /// The meeting's day, where the page is about one.
    pub(super) day: Option<Date>,
    /// Committees whose meetings it lists, or that it names.
    pub(super) committees: Vec<String>,
}

/// Reads a page.
pub(super) fn read(page: &Page, kind: PageKind) -> Reading {
    simple::read(page, kind)
}

/// Absolute addresses a page leads to, on whatever host: for finding a site, not for crawling it.
pub(super) fn hrefs(page: &Page) -> Vec<String> {
    simple::hrefs(page)
}
