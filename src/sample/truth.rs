//! What a faithful crawl of the sample must find, and no more: the yardstick of the tests.
//!
//! Section headings are no items; what the council does not display is absent; an exempt item is named, its words are not.

use jiff::civil::Date;

use super::model::{Council, MinutesAs, Row, Stage, Status};

/// One meeting as a crawl must find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthMeeting {
    /// `MId=`, or the older archive's `MeetingId=`.
    pub id: u32,
    /// Whether the number is of the older archive's series.
    pub archive: bool,
    /// `CId=`.
    pub committee_id: u32,
    /// The body's present title, as the site shows it.
    pub committee: String,
    /// The day.
    pub date: Date,
    /// Took place or not.
    pub status: Status,
    /// How far publication has come.
    pub stage: Stage,
    /// What form the minutes take.
    pub minutes_as: MinutesAs,
    /// The web service knows it (the older archive is on the pages only).
    pub by_service: bool,
    /// The pages know it (a deleted body is in the web service only).
    pub by_pages: bool,
    /// Its items in order.
    pub items: Vec<TruthItem>,
}

/// One item as a crawl must find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthItem {
    /// `agendaitemid`; `None` in the older archive.
    pub id: Option<u32>,
    /// The number shown, without its full stop; empty where none is shown.
    pub number: String,
    /// The title, plain text.
    pub title: String,
    /// Exempt: without words.
    pub restricted: bool,
    /// Whether the public can read minutes or a decision of it as text (not only in a PDF).
    pub has_text: bool,
}

/// The truth about the sample council.
pub fn truth(council: &Council) -> Vec<TruthMeeting> {
    council
        .meetings
        .iter()
        .filter_map(|m| {
            let body = council.committee(m.committee)?;
            let items = m.shown().filter(|i| i.row == Row::Item).map(|i| TruthItem {
                id: (i.id != 0).then_some(i.id),
                number: i.number.trim_end_matches('.').to_owned(),
                title: i.title.clone(),
                restricted: i.restricted,
                has_text: m.minutes_as == MinutesAs::Text
                    && !i.restricted
                    && !(i.minutes.is_empty() && i.decision.is_empty()),
            });
            Some(TruthMeeting {
                id: m.id,
                archive: m.archive.is_some(),
                committee_id: body.id,
                committee: body.title.clone(),
                date: m.date,
                status: m.status,
                stage: m.stage,
                minutes_as: m.minutes_as,
                by_service: m.archive.is_none(),
                by_pages: !body.deleted,
                items: items.collect(),
            })
        })
        .collect()
}
