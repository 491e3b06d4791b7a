//! A meeting: one sitting of one committee, and where its record came from.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::Item;

/// One meeting of one committee, as extracted; a line of the record format.
///
/// Nothing but `source` (here and on the items) depends on when a page was fetched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// The record format's number, [`crate::FORMAT`].
    pub format: u32,
    /// Base address of the site the minutes were published on, with a trailing slash where it came so.
    pub site: String,
    /// The council's name, where known.
    #[serde(default)]
    pub council: Option<String>,
    /// Identifier, unique over all sites; made by [`crate::id::meeting_id`] for crawled meetings.
    pub id: String,
    /// The body that met.
    pub committee: Committee,
    /// Day of the meeting; required, but `null` where the source shows none.
    #[serde(deserialize_with = "Option::deserialize")]
    pub date: Option<Date>,
    /// Time of day as `HH:MM`, where printed.
    #[serde(default)]
    pub time: Option<String>,
    /// Title as a reader would see it.
    #[serde(default)]
    pub title: String,
    /// How far the published text has come.
    #[serde(default)]
    pub status: Status,
    /// What told us the status ("heading: Agenda and draft minutes").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_from: Option<String>,
    /// Address of the meeting on its site.
    #[serde(default)]
    pub url: String,
    /// Where it was held, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// `en` or `cy`; absent means English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who was there, who sent apologies.
    #[serde(default)]
    pub attendance: Vec<Attendance>,
    /// The items in reading order.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Papers of the whole meeting (agenda frontsheet, printed minutes).
    #[serde(default)]
    pub documents: Vec<crate::Document>,
    /// Acronyms this meeting's own words define.
    #[serde(default)]
    pub acronyms: Vec<Acronym>,
    /// What the extractor was unsure of, about the meeting as a whole.
    #[serde(default)]
    pub doubts: Vec<crate::Doubt>,
    /// Where the words came from.
    #[serde(default)]
    pub source: Source,
}

/// A body of the council: committee, board, commission, cabinet, or a single member's portfolio.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committee {
    /// The source's number for the body.
    #[serde(default)]
    pub id: Option<String>,
    /// Name as printed.
    pub name: String,
    /// Name for addresses and filters, see [`crate::id::slug`]; derived where absent.
    #[serde(default)]
    pub slug: Option<String>,
    /// Slug that a body shares with those it was renamed from or to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<String>,
    /// True for a body the source marks as expired or deleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expired: bool,
}

impl Committee {
    /// The slug given, or the one made from the name.
    pub fn slug_or_derived(&self) -> String {
        self.slug.clone().unwrap_or_else(|| crate::id::slug(&self.name))
    }
}

/// How far a meeting's published text has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Only the agenda is published.
    Agenda,
    /// Minutes not yet approved.
    Draft,
    /// Minutes published and not marked as draft.
    #[default]
    Approved,
    /// The meeting did not take place.
    Cancelled,
}

/// One person's attendance. Names of members only where the source prints them as attending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Name as printed.
    pub name: String,
    /// Role as printed ("Chair", "Committee Member", "Officer", "Director of Public Health").
    #[serde(default)]
    pub role: Option<String>,
    /// Present, apologies, and so on.
    #[serde(default)]
    pub status: AttendanceStatus,
}

/// How someone was (not) at a meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttendanceStatus {
    /// Listed, but nobody recorded whether they came.
    #[default]
    Expected,
    /// Present.
    Present,
    /// Present by video.
    PresentVirtual,
    /// Present in another's place.
    Substitute,
    /// There without being a member of the body.
    InAttendance,
    /// Sent apologies.
    Apologies,
    /// Absent.
    Absent,
}

/// Where words came from: provenance down to the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Address of the page the words were read from, where it differs from `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the page was fetched.
    #[serde(default)]
    pub fetched_at: Option<Timestamp>,
    /// SHA-256 of the page's stored bytes, lower-case hex.
    #[serde(default)]
    pub sha256: Option<String>,
    /// When minutes of this were first in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Timestamp>,
}

/// A short form the minutes define: "Elective Home Education (EHE)".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Acronym {
    /// The short form, as printed.
    pub short: String,
    /// The long form, as printed.
    pub long: String,
}
