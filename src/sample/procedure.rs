//! The business every meeting has: apologies, declarations, the last minutes, the exclusion of the press and public, the date of the next.
//!
//! These repeat from meeting to meeting, as they do in life; wording and order follow the years.

use super::dates;
use super::model::Attendee;
use super::texts::{DraftItem, DraftMeeting};
use jiff::civil::Date;

/// The exclusion resolution, which stands both under the agenda text and under the minutes.
pub(super) const EXCLUSION: &str = "That, under Section 100A(4) of the Local Government Act 1972, the press and public be excluded from the meeting for the following item of business on the grounds that it involves the likely disclosure of exempt information as defined in Paragraph 3 of Part 1 of Schedule 12A of that Act.";

/// Rows before the main business.
pub(super) fn opening(
    meeting: &DraftMeeting,
    attendance: &[Attendee],
    previous: Date,
    body: &str,
) -> Vec<DraftItem> {
    let turn = meeting.id as usize;
    let mut rows = Vec::new();
    let absent: Vec<&str> = attendance
        .iter()
        .filter(|a| a.attendance == "Apologies")
        .filter_map(|a| a.name.strip_prefix("Councillor "))
        .collect();
    let title = if turn % 11 == 3 { "fApologies for Absence" } else { "Apologies for Absence" };
    rows.push(simple(
        title,
        "A: To receive the apologies of any Member who is unable to attend the meeting.",
        &apologies(&absent, turn),
    ));
    let declared = match turn % 5 {
        0 => "There were no declarations of interest made at the meeting.".to_owned(),
        1 => "There were no Declarations of Interest to report.".to_owned(),
        2 => match attendance.iter().filter(|a| a.attendance == "Present").nth(2) {
            Some(a) => format!(
                "{} declared a personal interest as a governor of a maintained school in the Borough and remained in the meeting.",
                a.name
            ),
            None => "None.".to_owned(),
        },
        3 => {
            "No Member declared a pecuniary or other interest in any item on the agenda.".to_owned()
        }
        _ => "No declarations were made.".to_owned(),
    };
    rows.push(simple("Declarations of Interest", "A: To receive declarations of interest from Members in respect of items listed on the agenda.", &declared));
    rows.push(last_minutes(turn, previous, body));
    if meeting.date.year() >= 2008 && turn.is_multiple_of(2) {
        rows.push(simple(
            "Questions from members of the public and the press",
            "A: To receive questions relating to items of business on the agenda from members of the public or press who are present at the meeting.",
            if turn.is_multiple_of(4) { "There were no questions from members of the public or the press." } else { "No questions had been received." },
        ));
    }
    rows
}

/// The row that shuts the public out.
pub(super) fn exclusion() -> DraftItem {
    DraftItem {
        title: "Exclusion of the Press and Public".to_owned(),
        agenda: vec!["The following item is likely to be considered in the absence of the press and public as being exempt under Paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972 (information relating to the financial or business affairs of any particular person, including the Council).".to_owned(), format!("**Resolved:-** {EXCLUSION}")],
        minutes: vec![format!("**Resolved:-** {EXCLUSION}")],
        ..DraftItem::default()
    }
}

/// Rows after the main business.
pub(super) fn closing(meeting: &DraftMeeting) -> Vec<DraftItem> {
    let next = dates::working(dates::shifted(meeting.date, 42), 14);
    match meeting.id % 3 {
        0 => vec![simple(
            "Urgent Business",
            "A: To consider any item which the Chair is of the opinion should be considered as a matter of urgency.",
            "There was no urgent business to consider.",
        )],
        1 => vec![simple(
            "Date and Time of Next Meeting",
            "",
            &format!(
                "**Resolved:-** That the next meeting be held on {}, {}, commencing at {}.",
                dates::weekday(next),
                dates::ordinal(next),
                dates::clock_dotted(meeting.time).trim_end_matches('.')
            ),
        )],
        _ => Vec::new(),
    }
}

fn last_minutes(turn: usize, last: Date, body: &str) -> DraftItem {
    let (long, plain) = (dates::ordinal(last), dates::plain(last));
    let agenda = format!(
        "A: To consider the minutes of the meeting held on {plain} and to approve them as a true and correct record."
    );
    let text = match turn % 7 {
        0 => format!(
            "Consideration was given to the minutes of the previous meeting of {body} held on {long}.¶**Resolved:-** That the minutes of the previous meeting held on {long}, be approved as a correct record of proceedings."
        ),
        1 => format!("The minutes of the meeting held on {plain} were agreed as a correct record."),
        2 => format!(
            "RESOLVED – That the minutes of the meeting held on {plain} be approved and signed by the Chair."
        ),
        3 => format!(
            "**Resolved:-** That the minutes of the meeting held on {long} be approved as a correct record for signature by the Chair."
        ),
        4 => format!(
            "RESOLVED: That the minutes of the meeting held on {plain} be confirmed as a correct record, subject to the amendment of \"latness\" to \"lateness\" on the second page."
        ),
        5 => format!("Resolved – That the minutes of the meeting held on {plain} be approved."),
        _ => format!(
            "It was AGREED that the minutes of the meeting held on {plain} were a true record."
        ),
    };
    let titles = ["Minutes of the Previous Meeting", "Minutes of the previous meeting", "Minutes"];
    simple(titles[turn % 3], &agenda, &text)
}

fn apologies(absent: &[&str], turn: usize) -> String {
    match absent {
        [] if turn.is_multiple_of(2) => "There were no apologies for absence.".to_owned(),
        [] => "No apologies were received.".to_owned(),
        [one] => format!("An apology for absence was received from Councillor {one}."),
        [rest @ .., last] => format!(
            "Apologies for absence were received from Councillors {} and {last}.",
            rest.join(", ")
        ),
    }
}

fn simple(title: &str, agenda: &str, minutes: &str) -> DraftItem {
    let mut item = DraftItem { title: title.to_owned(), ..DraftItem::default() };
    if !agenda.is_empty() {
        item.push(agenda);
    }
    // A resolution on its own paragraph, as clerks set it.
    for line in minutes.split('¶') {
        item.push(line);
    }
    item
}
