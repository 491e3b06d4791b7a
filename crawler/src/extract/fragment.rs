//! What one page tells: plain values that assembly joins. A fragment may know less than a meeting (no date, no committee, no number).

use jiff::civil::Date;
use minutebook_record::{Attendance, Document, Doubt, Part, Passage, Standing, Status};

use crate::page::{Link, PageKind};

/// What was read from one page: its sort, what it tells, where it leads, and what was doubtful.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// What the page turned out to be, which its address may not say.
    pub kind: PageKind,
    /// What it tells.
    pub fragments: Vec<Fragment>,
    /// Where it leads.
    pub links: Vec<Link>,
    /// What was unsure about the page as a whole; doubts about a meeting or an item stand there.
    pub doubts: Vec<Doubt>,
    /// The council's name, where the template around the content gives it.
    pub council: Option<String>,
}

/// One thing a page tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Fragment {
    /// A committee exists.
    Committee(CommitteeRow),
    /// A meeting exists, in one line of a list.
    Listed(ListedMeeting),
    /// A meeting, or a part of one.
    Meeting(Box<MeetingPart>),
}

/// A committee as listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommitteeRow {
    /// The source's number.
    pub id: String,
    /// Name as printed.
    pub name: String,
    /// Marked as expired or deleted.
    pub expired: bool,
}

/// A meeting as listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedMeeting {
    /// Which.
    pub key: MeetingKey,
    /// The committee's number, where the list says.
    pub committee_id: Option<String>,
    /// The committee's name, where the list says.
    pub committee: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The time, `HH:MM`.
    pub time: Option<String>,
    /// Listed as cancelled.
    pub cancelled: bool,
}

/// The source's number of a meeting. The older archive counts apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingKey {
    /// `MId=`.
    Ordinary(u64),
    /// `MeetingId=` of the older archive.
    Legacy(u64),
    /// Not told.
    #[default]
    Unknown,
}

/// By which way words came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Text of printed minutes.
    Printed,
    /// A page about something else that repeats a meeting's words.
    Repeated,
    /// The web service.
    Service,
    /// The meeting's own page.
    #[default]
    Page,
    /// The item's own page.
    ItemPage,
}

/// A meeting as far as one page tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MeetingPart {
    /// Which.
    pub key: MeetingKey,
    /// By which way.
    pub route: Route,
    /// The committee's number.
    pub committee_id: Option<String>,
    /// The committee's name.
    pub committee: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The time, `HH:MM`.
    pub time: Option<String>,
    /// How far the text has come, with what told so.
    pub status: Option<(Status, String)>,
    /// Where it was held.
    pub venue: Option<String>,
    /// `cy` for Welsh.
    pub language: Option<String>,
    /// Who was there.
    pub attendance: Vec<Attendance>,
    /// The items.
    pub items: Vec<ItemPart>,
    /// Papers of the whole meeting.
    pub documents: Vec<Document>,
    /// True where the source forbids to show it.
    pub hidden: bool,
    /// What was unsure.
    pub doubts: Vec<Doubt>,
}

/// An item as far as one page tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemPart {
    /// The source's number.
    pub number_in_source: Option<u64>,
    /// The number shown to readers.
    pub number: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Published whole or not.
    pub standing: Standing,
    /// True where the source forbids to show it.
    pub hidden: bool,
    /// The text.
    pub passages: Vec<Passage>,
    /// Parts whose text the page cuts short.
    pub cut: Vec<Part>,
    /// Papers.
    pub documents: Vec<Document>,
    /// What was unsure.
    pub doubts: Vec<Doubt>,
}
