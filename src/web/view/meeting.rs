//! A whole meeting, as both faces show it.

use minutebook_record::{Attendance, Item, Meeting};
use serde::Serialize;
use utoipa::ToSchema;

use super::hit::standing;
use super::{DocumentView, DoubtView, NameView, SourceView};
use crate::web::{links, words};

/// A whole meeting.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeetingView {
    /// The meeting's permanent id.
    pub id: String,
    /// Its permanent address here.
    pub url: String,
    /// Its address on the council's site.
    pub source_url: String,
    /// Title as a reader would see it.
    pub title: String,
    /// The body that met.
    pub committee: NameView,
    /// The council's name.
    pub council: Option<String>,
    /// Day of the meeting.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// Time of day, `HH:MM`.
    pub time: Option<String>,
    /// Where it was held, as printed.
    pub venue: Option<String>,
    /// How far the minutes have come: `agenda`, `draft`, `approved` or `cancelled`.
    pub status: String,
    /// Language of the words, `en` or `cy`.
    pub language: String,
    /// Who was there, who sent apologies.
    pub attendance: Vec<AttendanceView>,
    /// The items in reading order.
    pub items: Vec<MeetingItemView>,
    /// Papers of the whole meeting.
    pub documents: Vec<DocumentView>,
    /// What the reading of the pages was unsure of.
    pub doubts: Vec<DoubtView>,
    /// Where the words came from.
    pub source: SourceView,
}

/// One person's attendance, as printed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttendanceView {
    /// Name as printed.
    pub name: String,
    /// Role as printed.
    pub role: Option<String>,
    /// Present, apologies and so on.
    pub status: String,
}

/// One item in a meeting's list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeetingItemView {
    /// The item's id.
    pub id: String,
    /// Its address here.
    pub url: String,
    /// The number readers see.
    pub number: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Whether the item is `public` or `restricted`.
    pub standing: String,
    /// Whether it is procedural.
    pub routine: bool,
    /// How many decision clauses it has.
    pub resolutions: usize,
    /// Slugs of its topics.
    pub topics: Vec<String>,
}

impl MeetingView {
    /// The view of a meeting; `base` is the site's public address.
    pub fn new(meeting: &Meeting, base: &str) -> Self {
        let item = |item: &Item| MeetingItemView {
            id: item.id.clone(),
            url: format!("{base}{}", links::item(&item.id)),
            number: item.number.clone(),
            title: item.title.clone(),
            standing: standing(item.standing).to_owned(),
            routine: item.procedural.unwrap_or_default(),
            resolutions: item.resolutions().len(),
            topics: item.topics().to_vec(),
        };
        let attendance = |attendance: &Attendance| AttendanceView {
            name: attendance.name.clone(),
            role: attendance.role.clone(),
            status: words::attendance(attendance.status).to_owned(),
        };
        Self {
            id: meeting.id.clone(),
            url: format!("{base}{}", links::meeting(&meeting.id)),
            source_url: links::outside(&meeting.url),
            title: meeting.title.clone(),
            committee: NameView {
                slug: meeting.committee.slug_or_derived(),
                name: meeting.committee.name.clone(),
            },
            council: meeting.council.clone(),
            date: meeting.date.map(|date| date.to_string()),
            time: meeting.time.clone(),
            venue: meeting.venue.clone(),
            status: words::status_word(meeting.status).to_owned(),
            language: meeting.language.clone().unwrap_or_else(|| "en".to_owned()),
            attendance: meeting.attendance.iter().map(attendance).collect(),
            items: meeting.items.iter().map(item).collect(),
            documents: meeting.documents.iter().map(DocumentView::from).collect(),
            doubts: meeting.doubts.iter().map(DoubtView::from).collect(),
            source: SourceView::new(None, &meeting.source, &meeting.url),
        }
    }
}
