use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const SITE: &str = "https://democracy.example.gov.uk/";

fn page(rest: &str, body: &str) -> Page {
    Page {
        url: format!("{SITE}{rest}"),
        site: SITE.to_owned(),
        body: body.as_bytes().to_vec(),
        content_type: Some("text/html; charset=utf-8".to_owned()),
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: Vec::new(),
    }
}

fn read_page(rest: &str, body: &str) -> Reading {
    let page = page(rest, body);
    read(&page, address::kind(&page.url))
}

#[test]
fn a_list_gives_its_meetings_with_their_days() {
    let body = r#"<div id="modgov"><ul class="mgNonBulletTableList">
        <li class="mgTableOddRow"><a class="mgMeetingTableLnk"  href="ieListDocuments.aspx?CId=4&amp;MId=77&amp;Ver=4">14 Jul 2026&nbsp;6.00 pm</a> - Agenda</li>
        <li class="mgTableEvenRow"><a class="mgMeetingTableLnk" href="ieListDocuments.aspx?CId=4&amp;MId=1&amp;info=1&amp;MD=Constitution">Constitution</a></li>
        </ul><a href="ieListMeetings.aspx?Act=Prev&amp;CId=4&amp;D=20260714&amp;MD=ielistmeetings">Earlier meetings</a>
        <a href="mgCalendarMonthView.aspx?M=3">Calendar</a></div>"#;
    let reading = read_page("ieListMeetings.aspx?CId=4&Year=0", body);
    let found: Vec<_> =
        reading.links.iter().map(|f| (f.link.url.as_str(), f.link.words.as_str(), f.day)).collect();
    assert_eq!(
        found,
        [
            (
                "https://democracy.example.gov.uk/ieListDocuments.aspx?MId=77",
                "14 Jul 2026 6.00 pm - Agenda",
                Some(date(2026, 7, 14))
            ),
            (
                "https://democracy.example.gov.uk/ieListMeetings.aspx?CId=4&Act=Prev&D=20260714&MD=ielistmeetings",
                "Earlier meetings",
                None
            ),
        ]
    );
}

#[test]
fn a_meeting_of_the_service_says_whether_it_is_whole() {
    let meeting = |published: &str, text: &str, status: &str| {
        let body = format!(
            "<?xml version=\"1.0\"?><meeting><meetingid>5</meetingid><meetingdate>10/02/2026</meetingdate><meetingstatus>{status}</meetingstatus><minutepublished>{published}</minutepublished><agendaitems><agendaitem><agendaitemid>9</agendaitemid><agendaitemtitle>Minutes</agendaitemtitle><minutesnonemptyhtmlbody>{text}</minutesnonemptyhtmlbody><isminutepublished>{published}</isminutepublished></agendaitem></agendaitems></meeting>"
        );
        read_page("mgWebService.asmx/GetMeeting?lMeetingId=5", &body)
    };
    let text = "&lt;p&gt;That the report be received.&lt;/p&gt;";
    assert_eq!(meeting("True", text, "Confirmed").minutes, Minutes::Whole);
    assert_eq!(meeting("True", "\n", "Confirmed").minutes, Minutes::Elsewhere);
    assert_eq!(meeting("False", "\n", "Confirmed").minutes, Minutes::Awaited);
    assert_eq!(meeting("False", "\n", "Cancelled").minutes, Minutes::Cancelled);
    assert_eq!(meeting("True", text, "Confirmed").day, Some(date(2026, 2, 10)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..400)) {
        for rest in ["ieListDocuments.aspx?MId=1", "mgWebService.asmx/GetMeeting?lMeetingId=5", "ieListMeetings.aspx?CId=1"] {
            let mut page = page(rest, "");
            page.body.clone_from(&body);
            for found in read(&page, address::kind(&page.url)).links {
                prop_assert!(found.link.url.starts_with(SITE));
            }
        }
    }
}
