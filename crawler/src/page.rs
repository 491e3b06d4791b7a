//! A page as the later stages see it: the bytes that came, from where, when, and how it was found.
//!
//! This is the seam between crawling (which fills it) and extraction (which reads it). No stage behind it asks a network or a clock.

use jiff::Timestamp;

/// One response of a site, successful and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Address in its one canonical form.
    pub url: String,
    /// Base address of the site: the directory that holds `mgWebService.asmx`, with a trailing slash.
    pub site: String,
    /// The bytes as they came, after content decoding.
    pub body: Vec<u8>,
    /// The `Content-Type` header, where there was one.
    pub content_type: Option<String>,
    /// When this version was fetched.
    pub fetched_at: Timestamp,
    /// When this address was first in the archive with a readable body; once it holds minutes, with those.
    pub first_seen: Timestamp,
    /// SHA-256 of the body, lower-case hex.
    pub sha256: String,
    /// The pages this one was linked from, with the link's words: a detail page alone may show neither committee nor date.
    pub found_on: Vec<FoundOn>,
}

impl Page {
    /// Whether the body is a PDF. Some servers send a few stray bytes before the mark.
    pub fn is_pdf(&self) -> bool {
        let start = self.body.trim_ascii_start();
        start.starts_with(b"%PDF")
            || (!start.starts_with(b"<")
                && start[..start.len().min(1024)].windows(5).any(|window| window == b"%PDF-"))
    }
}

/// What reading a PDF gave: done where programs may be run, and handed to extraction beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfText {
    /// Its text, in reading order, pages parted by form feeds.
    Text(String),
    /// It is a picture of a text: scanned.
    NoTextLayer,
    /// There is no `pdftotext` on this machine.
    NoTool,
    /// It took longer than it may: perhaps the machine was busy.
    TooSlow(String),
    /// The reader did not get to its end, and why: no memory, ended by the system. Another time may do better.
    Broke(String),
    /// It cannot be read, and why.
    Failed(String),
}

impl PdfText {
    /// Bytes of text that are read of one PDF; the rest is left out.
    pub const LONGEST: usize = 16 << 20;
}

/// A page that linked to this one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FoundOn {
    /// Address of the linking page, canonical.
    pub url: String,
    /// Words of the link.
    pub words: String,
}

/// A link a page offers to the crawl.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Absolute address, canonical.
    pub url: String,
    /// Words of the link.
    pub words: String,
    /// What should be there.
    pub kind: PageKind,
}

/// The sorts of pages and answers a ModernGov site gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The list of committees.
    CommitteeList,
    /// One committee's own page.
    Committee,
    /// A committee's meetings.
    MeetingList,
    /// A meeting with its items.
    Meeting,
    /// One agenda item.
    Item,
    /// A decision.
    Decision,
    /// The history of an issue.
    Issue,
    /// Who attended.
    Attendance,
    /// A meeting of the older archive.
    LegacyMeeting,
    /// Printed minutes as a PDF.
    MinutesDocument,
    /// Web service: committees.
    ServiceCommittees,
    /// Web service: meetings of committees in a span of dates.
    ServiceMeetings,
    /// Web service: one meeting whole.
    ServiceMeeting,
    /// Anything else.
    Other,
}
