//! One walk over a parsed page: its paragraphs, headings and table rows in reading order, each with the marks ModernGov put on it.
//!
//! Every page reader works on this flat list instead of the tree, so a council's template, a missing wrapper or a Word table
//! inside a cell changes nothing for them. What a reader of the page would not see is left out here.

mod build;
mod elements;
mod lists;
mod markers;
mod tables;

pub(crate) use build::read;
pub(crate) use markers::{is_marker, marker_hidden, marker_shown};

/// A paragraph (or heading, or row of a table) as it stands on the page.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own, seen or not")]
pub(crate) struct Block {
    /// The words, one line.
    pub(crate) text: String,
    /// The nearest mark around it.
    pub(crate) mark: Mark,
    /// 1 to 6 for a heading.
    pub(crate) heading: Option<u8>,
    /// True inside what a clerk wrote (`mgWordPara`, `WordSection1`).
    pub(crate) word: bool,
    /// True where all its words are bold, underlined or a heading's.
    pub(crate) strong: bool,
    /// True inside `#modgov` or `div.mgContent`.
    pub(crate) content: bool,
    /// The words a `mgLabel` inside it holds ("Venue:").
    pub(crate) label: Option<String>,
    /// Links inside it.
    pub(crate) anchors: Vec<Anchor>,
    /// Set on the block that begins a row of the item table.
    pub(crate) row: Option<Row>,
    /// Numbers of `#AI` targets seen since the block before.
    pub(crate) targets: Vec<u64>,
    /// The cells, for a row of a table that is not the item table.
    pub(crate) cells: Vec<String>,
    /// True for a row of a table marked as the table of attendance.
    pub(crate) attendance: bool,
}

/// The beginning of a row of the item table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// What the number cell holds.
    pub(crate) number: String,
    /// True for the mark after the last row: what follows is no part of an item.
    pub(crate) end: bool,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// As written.
    pub(crate) href: String,
    /// Its words, without file sizes and words for screen readers.
    pub(crate) words: String,
    /// Its title attribute.
    pub(crate) title: String,
}

/// Marks of ModernGov's own markup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None.
    #[default]
    None,
    /// `mgMainTitleTxt`: the page's heading.
    MainTitle,
    /// `mgSubTitleTxt`: the meeting's name and date.
    SubTitle,
    /// `mgSectionTitle`.
    SectionTitle,
    /// `mgAiTitleTxt`: an item's number or title.
    ItemTitle,
    /// `mgSubItemTitleTxt`: "Minutes:".
    SubLabel,
    /// `mgActionList`: links to other pages.
    Actions,
    /// `mgBulletList`: papers.
    Bullets,
    /// `mgNonBulletTableList`: a list of meetings.
    Meetings,
    /// `mgErrorTxt`.
    Error,
    /// `mgFooter`.
    Footer,
}

/// A page read.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own, seen or not")]
pub(crate) struct Outline {
    /// All blocks in reading order; a page with `#modgov` gives only what is inside.
    pub(crate) blocks: Vec<Block>,
    /// `<title>`.
    pub(crate) title: String,
    /// `<meta name="DC.title">`.
    pub(crate) dc_title: String,
    /// The council's name, where the template around the content gives it.
    pub(crate) council: Option<String>,
    /// `<html lang>`.
    pub(crate) lang: String,
    /// Signs of ModernGov's own markup anywhere in the page.
    pub(crate) is_moderngov: bool,
    /// True where a table marked as the item table was seen.
    pub(crate) has_item_table: bool,
    /// True where any part carried a ModernGov sub-label class.
    pub(crate) has_sub_labels: bool,
    /// True where some words were inside `mgWordPara`.
    pub(crate) has_word_parts: bool,
}
