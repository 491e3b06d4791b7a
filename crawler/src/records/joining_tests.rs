//! Pages that mislead about which meeting they belong to, or tell nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::Timestamp;
use minutebook_record::{Doubt, Meeting};

use super::tests::Folder;
use super::*;
use crate::page::FoundOn;

const SITE: &str = "https://democracy.example.gov.uk/";

fn page(url: &str, found_on: &[&str], body: &str) -> Page {
    Page {
        url: format!("{SITE}{url}"),
        site: SITE.to_owned(),
        body: body.as_bytes().to_vec(),
        content_type: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: found_on
            .iter()
            .map(|url| FoundOn { url: format!("{SITE}{url}"), words: String::new() })
            .collect(),
    }
}

fn meeting_page(heading: &str, more: &str, items: &[(u64, &str, &str)]) -> String {
    let rows: Vec<String> = items
        .iter()
        .map(|(id, title, words)| {
            format!(
                "<tr><td class=\"mgItemNumberCell\"><a name=\"AI{id}\"></a><p class=\"mgAiTitleTxt\">1.</p></td>\
                 <td><p class=\"mgAiTitleTxt\">{title}</p><p class=\"mgSubItemTitleTxt\">Minutes:</p>\
                 <div class=\"mgWordPara\"><p>{words}</p></div></td></tr>"
            )
        })
        .collect();
    framed(
        heading,
        &format!("{more}<table class=\"mgItemTable\"><tbody>{}</tbody></table>", rows.concat()),
    )
}

fn framed(heading: &str, inside: &str) -> String {
    format!(
        "<html><body><div id=\"modgov\"><div class=\"mgHeader\"><h1 class=\"mgMainTitleTxt\">Agenda and minutes</h1>\
         <h2 class=\"mgSubTitleTxt\">{heading}</h2></div><div class=\"mgContent\">{inside}</div></div></body></html>"
    )
}

fn item_page(title: &str, words: &str) -> String {
    format!(
        "<html><body><div id=\"modgov\"><div class=\"mgHeader\"><h1 class=\"mgMainTitleTxt\">Agenda item</h1>\
         <h2 class=\"mgSubTitleTxt\">{title}</h2></div><div class=\"mgContent\"><p class=\"mgSubItemTitleTxt\">Minutes:</p>\
         <div class=\"mgWordPara\"><p>{words}</p></div></div></div></body></html>"
    )
}

fn read(pages: Vec<Page>, complete: &(dyn Fn(&mut Meeting) + Sync)) -> (Vec<Meeting>, Vec<Doubt>) {
    let held =
        Folder(pages.into_iter().map(|page| (page.url.clone(), page)).collect::<BTreeMap<_, _>>());
    let (mut meetings, unread) = (Vec::new(), Mutex::new(Vec::new()));
    let lost = |doubt: &Doubt| unread.lock().unwrap().push(doubt.clone());
    let means = Means { pdf: &|_| PdfText::NoTool, complete, unread: &lost };
    each(SITE, &held, means, |meeting, _| -> Result<(), std::convert::Infallible> {
        meetings.push(meeting);
        Ok(())
    })
    .unwrap();
    (meetings, unread.into_inner().unwrap())
}

fn words(meeting: &Meeting) -> Vec<String> {
    meeting.items.iter().flat_map(|i| &i.passages).map(|p| p.text.clone()).collect()
}

const CABINET: &str = "Cabinet - Monday, 16th September, 2019 10.00 a.m.";
const AUDIT: &str = "Audit Committee - Tuesday, 24th September, 2019 10.00 a.m.";
const CLOSED: &str = "Resolved:- That Ashby library be closed.";

#[test]
fn an_item_that_two_meetings_link_to_is_the_one_s_that_numbers_it() {
    let quoting = "<p>As <a href=\"mgAi.aspx?ID=901\">the Cabinet minute</a> says.</p>";
    let both = ["ieListDocuments.aspx?MId=1000", "ieListDocuments.aspx?MId=999"];
    for linked in [&both[..], &both[..1]] {
        let (meetings, unread) = read(
            vec![
                page(
                    both[1],
                    &[],
                    &meeting_page(CABINET, "", &[(901, "Libraries", "Resolved:- That Ashby")]),
                ),
                page(both[0], &[], &meeting_page(AUDIT, quoting, &[(950, "Accounts", "Noted.")])),
                page("mgAi.aspx?ID=901", linked, &item_page("Libraries", CLOSED)),
            ],
            &|_| {},
        );
        let of = |committee: &str| {
            words(meetings.iter().find(|m| m.committee.name == committee).unwrap())
        };
        assert_eq!(of("Audit Committee"), ["Noted."]);
        if linked.len() == 2 {
            assert_eq!(of("Cabinet"), [CLOSED]);
        }
        let all: Vec<_> = meetings.iter().flat_map(words).collect();
        assert!(all.iter().any(|words| words == CLOSED), "it is lost: {all:?}");
        assert!(unread.is_empty(), "{unread:?}");
    }
}

#[test]
fn a_stray_line_of_error_takes_no_meeting_away_and_an_error_page_is_told() {
    let stray = "<p class=\"mgErrorTxt\">There is no webcast for this meeting.</p>";
    let error = "<p class=\"mgErrorTxt\">The meeting could not be found.</p>";
    let (meetings, unread) = read(
        vec![
            page(
                "ieListDocuments.aspx?MId=7",
                &[],
                &meeting_page(AUDIT, stray, &[(1, "Accounts", "Noted.")]),
            ),
            page("ieListDocuments.aspx?MId=8", &[], &framed("", error)),
        ],
        &|_| {},
    );
    assert_eq!(meetings.len(), 1);
    assert_eq!(words(&meetings[0]), ["Noted."]);
    let told: Vec<_> = unread.iter().map(|d| (d.kind.as_str(), d.place.as_deref())).collect();
    assert_eq!(
        told,
        [("error-page", Some("https://democracy.example.gov.uk/ieListDocuments.aspx?MId=8"))]
    );
}

#[test]
fn what_only_welsh_pages_tell_stays() {
    let people = "<html><body><div id=\"modgov\"><div class=\"mgHeader\"><h1 class=\"mgMainTitleTxt\">Meeting attendance</h1></div>\
        <div class=\"mgContent\"><table class=\"mgStatsTable\"><tbody><tr><th>Attendee</th><th>Role</th><th>Attendance</th></tr>\
        <tr><td>Councillor A Bell</td><td>Chair</td><td>Present</td></tr></tbody></table></div></div></body></html>";
    let (meetings, _) = read(
        vec![
            page(
                "ieListDocuments.aspx?MId=80&LLL=1",
                &[],
                &meeting_page(AUDIT, "", &[(1, "Cyfrifon", "Nodwyd.")]),
            ),
            page("mgMeetingAttendance.aspx?ID=80", &[], people),
        ],
        &|_| {},
    );
    assert_eq!(meetings.len(), 1);
    assert_eq!(words(&meetings[0]), ["Nodwyd."]);
}

#[test]
fn a_fault_in_reading_one_meeting_takes_no_other_away() {
    let breaks = |meeting: &mut Meeting| assert!(meeting.items[0].title != "Breaks", "on purpose");
    let (meetings, unread) = read(
        vec![
            page(
                "ieListDocuments.aspx?MId=7",
                &[],
                &meeting_page(AUDIT, "", &[(1, "Breaks", "Noted.")]),
            ),
            page(
                "ieListDocuments.aspx?MId=8",
                &[],
                &meeting_page(CABINET, "", &[(2, "Holds", "Agreed.")]),
            ),
        ],
        &breaks,
    );
    assert_eq!(meetings.len(), 1);
    assert_eq!(words(&meetings[0]), ["Agreed."]);
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].kind, BROKE_OFF);
}
