//! What the sample council holds, as plain values: committees, meetings, items with their text, attendance, documents.
//!
//! Text is kept twice: as the paragraphs it was written in (for the PDFs) and as the Word HTML a clerk would have pasted (for pages and service).

use jiff::civil::Date;

/// The whole invented council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Its name, as its pages print it.
    pub name: String,
    /// Bodies, current, expired and deleted, in the order of the committee list.
    pub committees: Vec<Committee>,
    /// Meetings by date. Those with `archive` set live in the older archive and have a number series of their own.
    pub meetings: Vec<Meeting>,
}

impl Council {
    /// The committee with this number.
    pub fn committee(&self, id: u32) -> Option<&Committee> {
        self.committees.iter().find(|c| c.id == id)
    }

    /// The ordinary meeting with this number (`MId=`).
    pub fn meeting(&self, id: u32) -> Option<&Meeting> {
        self.meetings.iter().find(|m| m.id == id && m.archive.is_none())
    }

    /// The meeting of the older archive with this number (`MeetingId=` of `CeListDocuments`).
    pub fn archived(&self, id: u32) -> Option<&Meeting> {
        self.meetings.iter().find(|m| m.id == id && m.archive.is_some())
    }

    /// The item with this number, and its meeting.
    pub fn item(&self, id: u32) -> Option<(&Meeting, &Item)> {
        self.meetings
            .iter()
            .find_map(|m| Some((m, m.items.iter().find(|i| i.id == id && id != 0)?)))
    }

    /// Ordinary meetings of one committee, newest first.
    pub fn meetings_of(&self, committee: u32) -> Vec<&Meeting> {
        let mut list: Vec<_> = self
            .meetings
            .iter()
            .filter(|m| m.committee == committee && m.archive.is_none())
            .collect();
        list.sort_by_key(|m| std::cmp::Reverse((m.date, m.id)));
        list
    }

    /// Meetings of one committee in the older archive, newest first.
    pub fn archive_of(&self, committee: u32) -> Vec<&Meeting> {
        let mut list: Vec<_> = self
            .meetings
            .iter()
            .filter(|m| m.committee == committee && m.archive.is_some())
            .collect();
        list.sort_by_key(|m| std::cmp::Reverse((m.date, m.id)));
        list
    }
}

/// A body that meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committee {
    /// Its number (`CId=`).
    pub id: u32,
    /// Its present title, which the site prints on old meetings too.
    pub title: String,
    /// Heading it stands under in the service.
    pub category: String,
    /// No longer meets, still listed.
    pub expired: bool,
    /// Deleted: only the web service still names it, marked as such.
    pub deleted: bool,
    /// How many members sit on it.
    pub seats: usize,
    /// Which pool of composed items suits it.
    pub pool: String,
    /// One sentence for its own page.
    pub purpose: String,
}

/// Whether the meeting took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Took place, or will.
    Confirmed,
    /// Called off; its address stays.
    Cancelled,
}

/// How far publication has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Only the agenda is out.
    Agenda,
    /// Minutes are out, not yet approved.
    Draft,
    /// Minutes are out and approved.
    Approved,
}

/// What form the minutes take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MinutesAs {
    /// Text on the pages and in the service.
    Text,
    /// Only a PDF with a text layer.
    Pdf,
    /// Only a scanned PDF without one.
    Scan,
}

/// How a meeting of the older archive is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveShape {
    /// One long text.
    Whole,
    /// One document for each minute.
    Documents,
}

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its number, `MId=` or the older archive's `MeetingId=`.
    pub id: u32,
    /// The body's number.
    pub committee: u32,
    /// The day.
    pub date: Date,
    /// Hour and minute.
    pub time: (u8, u8),
    /// Where.
    pub venue: String,
    /// Took place or not.
    pub status: Status,
    /// How far publication has come.
    pub stage: Stage,
    /// What form the minutes take.
    pub minutes_as: MinutesAs,
    /// Set for meetings of the older archive.
    pub archive: Option<ArchiveShape>,
    /// The clerk's contact line: name, post, telephone, e-mail, none of which may reach a record.
    pub contact: String,
    /// A note under the venue, or nothing.
    pub note: String,
    /// Further marks from the text file (`session`, `nohead`, `rawxml`, ...), which pages and service look at.
    pub flags: Vec<String>,
    /// Who came.
    pub attendance: Vec<Attendee>,
    /// Rows of the agenda in order.
    pub items: Vec<Item>,
}

impl Meeting {
    /// Whether the text file marked the meeting with this word.
    pub fn is(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    /// Rows that the public may see.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| i.displayed)
    }
}

/// Whether a row is business or only a heading between rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Business.
    Item,
    /// A section heading without text.
    Heading,
}

/// One part of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Paragraphs as written, in the small mark-up of the text files.
    pub paragraphs: Vec<String>,
    /// The same as a clerk's Word HTML.
    pub html: String,
}

impl Part {
    /// Nothing was written.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// One row of a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `agendaitemid`; 0 in the older archive, which has none.
    pub id: u32,
    /// Business or heading.
    pub row: Row,
    /// Place on the agenda, counting every row; 0 for rows without a number.
    pub agenda_number: u32,
    /// Minute number, running through the municipal year.
    pub minute_number: Option<u32>,
    /// The number as shown, with its full stop; empty for rows without one.
    pub number: String,
    /// The title, plain text.
    pub title: String,
    /// Agenda text.
    pub agenda: Part,
    /// Minutes.
    pub minutes: Part,
    /// Decision.
    pub decision: Part,
    /// Exempt: the title is public, the words are not.
    pub restricted: bool,
    /// Whether the public may know of it at all.
    pub displayed: bool,
    /// The meeting page shows only the beginning of the minutes.
    pub cut: bool,
    /// Papers.
    pub documents: Vec<Document>,
    /// Number of the issue whose history page repeats this text.
    pub issue: Option<u32>,
}

/// A paper attached to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// `attachmentid`.
    pub id: u32,
    /// Its title.
    pub title: String,
    /// Exempt: named, not served.
    pub restricted: bool,
}

/// One line of the attendance list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// `UID=`.
    pub id: u32,
    /// As listed, "Councillor R Hepworth" or an officer's name.
    pub name: String,
    /// "Chair", "Committee Member", "Officer", ...
    pub role: String,
    /// "Present", "Apologies", "Expected", ...
    pub attendance: String,
    /// Party, for members.
    pub party: String,
    /// Ward, for members.
    pub ward: String,
}
