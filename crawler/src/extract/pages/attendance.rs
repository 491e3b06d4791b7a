//! Who was at a meeting, from its attendance page.

use minutebook_record::{Attendance, AttendanceStatus};

use super::{Reading, Told};
use crate::extract::fragment::{Fragment, MeetingKey, MeetingPart, Route};
use crate::extract::{heading, link, select};

/// Reads an attendance page.
pub(crate) fn read(reading: &Reading<'_>) -> Told {
    let Reading { page, outline } = *reading;
    let head = heading::read(outline);
    let mut meeting = MeetingPart {
        key: link::number(&page.url, &["ID", "MId", "MeetingId"])
            .map_or(MeetingKey::Unknown, MeetingKey::Ordinary),
        route: Route::Page,
        committee: head.committee,
        date: head.date,
        time: head.time,
        doubts: head.doubts,
        ..MeetingPart::default()
    };
    for block in outline.blocks.iter().filter(|b| b.attendance || b.cells.len() == 3) {
        let cell =
            |at: usize| block.cells.get(at).map(|text| text.trim()).filter(|t| !t.is_empty());
        let Some(name) = cell(0) else { continue };
        let heads = ["attendee", "name", "councillor", "member", "enw", "mynychwr"];
        if heads.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let status = match cell(2) {
            Some(words) => status(words),
            None => cell(1).map(status).unwrap_or_default(),
        };
        let role = cell(1).filter(|_| cell(2).is_some());
        meeting.attendance.push(Attendance {
            name: super::items::plain_title(name),
            role: role.map(str::to_owned),
            status,
        });
    }
    let found = !meeting.attendance.is_empty();
    select::expect_one(&mut meeting.doubts, "table of attendance", found, &page.url);
    Told { fragments: vec![Fragment::Meeting(Box::new(meeting))], ..Told::default() }
}

/// What the site calls an attendance, English and Welsh.
pub(crate) fn status(words: &str) -> AttendanceStatus {
    let lower = words.trim().to_lowercase();
    let has = |word: &str| lower.contains(word);
    if has("substitute") || has("eilydd") || has("dirprwy") {
        AttendanceStatus::Substitute
    } else if has("apolog") || has("ymddiheur") {
        AttendanceStatus::Apologies
    } else if has("in attendance") || has("yn bresennol fel") {
        AttendanceStatus::InAttendance
    } else if has("absent") || has("absennol") || has("not present") {
        AttendanceStatus::Absent
    } else if (has("present") || has("presennol") || has("bresennol"))
        && (has("virtual") || has("remote") || has("rhithiol") || has("o bell"))
    {
        AttendanceStatus::PresentVirtual
    } else if has("present") || has("presennol") || has("bresennol") {
        AttendanceStatus::Present
    } else {
        AttendanceStatus::Expected
    }
}
