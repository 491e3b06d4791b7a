//! The sample holds what it promises, serves every planted trap, and is complete by either way of reading it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use axum::http::header::{
    ETAG, HOST, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use tower::ServiceExt as _;

use super::{Council, EXEMPT_WORDS, Mode, Response, Row, TRAPS, council, respond, router, truth};

mod texts;

static COUNCIL: LazyLock<Council> =
    LazyLock::new(|| council().expect("the sample's texts are valid"));

fn ask(address: &str) -> Response {
    ask_with(Mode::Both, address, &HeaderMap::new())
}

fn ask_with(mode: Mode, address: &str, headers: &HeaderMap) -> Response {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    respond(&COUNCIL, mode, path, query, headers)
}

fn body(address: &str) -> String {
    let response = ask(address);
    assert_eq!(response.status, 200, "{address}");
    String::from_utf8_lossy(&response.body).into_owned()
}

#[test]
fn it_is_as_large_as_promised() {
    let truth = truth(&COUNCIL);
    assert!(COUNCIL.committees.len() >= 12);
    assert!(truth.len() >= 90, "{} meetings", truth.len());
    assert!(truth.iter().map(|m| m.items.len()).sum::<usize>() >= 650);
    let years: BTreeSet<i16> = truth.iter().map(|m| m.date.year()).collect();
    assert_eq!(years, (2004..=2026).collect(), "every year has a meeting");
}

#[test]
fn it_is_the_same_every_time() {
    assert_eq!(council().unwrap(), *COUNCIL);
    assert_eq!(ask("/ieListDocuments.aspx?MId=3203"), ask("/ieListDocuments.aspx?MId=3203"));
}

#[test]
fn numbers_are_unique_in_their_series() {
    let mut seen = BTreeSet::new();
    for m in &COUNCIL.meetings {
        assert!(seen.insert((m.archive.is_some(), m.id)), "meeting {} twice", m.id);
        assert!(
            m.items.len() < 20,
            "meeting {} has more rows than its block of item numbers",
            m.id
        );
        for i in m.items.iter().filter(|i| i.id != 0) {
            assert!(seen.insert((true, i.id + 1_000_000)), "item {} twice", i.id);
        }
    }
}

#[test]
fn meetings_fall_on_their_body_s_weekday() {
    let mut days: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for m in &COUNCIL.meetings {
        days.entry(m.committee).or_default().insert(super::dates::weekday(m.date));
    }
    for (committee, days) in days {
        let usual = match committee {
            101 | 103 | 108 | 110 | 113 => "Wednesday",
            102 | 104 | 105 | 114 => "Monday",
            106 | 109 | 115 => "Tuesday",
            _ => "Thursday",
        };
        assert_eq!(days, BTreeSet::from([usual]), "committee {committee}");
    }
}

#[test]
fn every_trap_is_in_the_served_bytes() {
    let mut missing = Vec::new();
    for trap in TRAPS {
        let text = body(trap.address);
        let shown = text.contains(trap.shows) || single_spaced(&text).contains(trap.shows);
        if !shown || (!trap.lacks.is_empty() && text.contains(trap.lacks)) {
            missing.push(trap);
        }
        let meeting = COUNCIL.item(trap.item).map(|(m, _)| m.id);
        assert!(trap.item == 0 || meeting == Some(trap.meeting), "{}: no such item", trap.name);
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Text of an HTML fragment with white space made single.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    single_spaced(&out)
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_seed_is_served_word_for_word() {
    let seed = include_str!("../texts/seed.txt");
    let wanted = single_spaced(seed);
    assert!(words(&body("/mgAi.aspx?ID=89293")).contains(&wanted));
    let (meeting, item) = COUNCIL.item(89293).unwrap();
    assert_eq!(meeting.committee, 106);
    assert_eq!(meeting.date.year(), 2021);
    assert!(item.minutes.html.contains("<span>3)</span>\n<span>That\ninformation"));
}

#[test]
fn exempt_words_are_on_no_page() {
    for m in COUNCIL.meetings.iter().filter(|m| m.archive.is_none() && m.committee != 115) {
        let mut addresses = vec![
            format!("/ieListDocuments.aspx?MId={}", m.id),
            format!("/documents/g{}/minutes.pdf?T=1", m.id),
        ];
        addresses.extend(m.shown().map(|i| format!("/mgAi.aspx?ID={}", i.id)));
        for address in addresses {
            let text = body(&address);
            for word in EXEMPT_WORDS {
                assert!(!text.contains(word), "{address} shows {word}");
            }
        }
    }
    for m in &COUNCIL.meetings {
        for i in m.items.iter().filter(|i| !i.restricted && i.displayed) {
            assert!(EXEMPT_WORDS.iter().all(|w| !i.minutes.html.contains(w)), "item {}", i.id);
        }
    }
}

/// Numbers after a mark, as `MId=` in links.
fn numbers(text: &str, marks: &[&str]) -> BTreeSet<u32> {
    let text = text.to_lowercase();
    let found = marks
        .iter()
        .flat_map(|mark| text.match_indices(mark).map(|(at, m)| at + m.len()).collect::<Vec<_>>());
    found
        .filter_map(|at| text[at..].split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .collect()
}

#[test]
fn the_pages_lead_to_every_meeting() {
    let (mut ordinary, mut archived) = (BTreeSet::new(), BTreeSet::new());
    for committee in
        numbers(&body("/mgListCommittees.aspx?bcr=1"), &["mgcommitteedetails.aspx?id="])
    {
        let mut next = Some(format!("/ieListMeetings.aspx?CId={committee}&Year=0"));
        while let Some(address) = next {
            let text = body(&address);
            let list = text.split("mgNonBulletTableList").nth(1).unwrap();
            ordinary.extend(numbers(
                list,
                &["&amp;mid=", "?mid=", "ieListDocuments.aspx?mid=", "&mid="],
            ));
            let (before, after) =
                list.split_once("Meetings before our present system").unwrap_or((list, ""));
            ordinary.extend(numbers(before, &["meetingid="]));
            archived.extend(numbers(after, &["meetingid="]));
            next = before.split("?Act=Prev").nth(1).map(|rest| {
                let rest = rest.split('"').next().unwrap().replace("&amp;", "&");
                format!("/ieListMeetings.aspx?Act=Prev{rest}")
            });
        }
    }
    let truth = truth(&COUNCIL);
    let wanted = |archive: bool| {
        truth
            .iter()
            .filter(|m| m.by_pages && m.archive == archive)
            .map(|m| m.id)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(ordinary, wanted(false));
    assert_eq!(archived, wanted(true));
}

#[test]
fn the_service_knows_every_ordinary_meeting_and_item() {
    let truth = truth(&COUNCIL);
    let list = body(
        "/mgWebService.asmx/GetMeetings?lCommitteeId=0&sFromDate=01/01/2000&sToDate=31/12/2030",
    );
    let wanted: BTreeSet<u32> = truth.iter().filter(|m| m.by_service).map(|m| m.id).collect();
    assert_eq!(numbers(&list, &["<meetingid>"]), wanted);
    for m in truth.iter().filter(|m| m.by_service) {
        let xml = body(&format!("/mgWebService.asmx/GetMeeting?lMeetingId={}", m.id));
        let ids = numbers(&xml, &["<agendaitemid>"]);
        assert!(m.items.iter().all(|i| ids.contains(&i.id.unwrap())), "meeting {}", m.id);
        let opened = xml.matches('<').count() - xml.matches("</").count() - 1;
        let raw = COUNCIL.meeting(m.id).unwrap().is("rawxml");
        assert!(
            raw || opened == xml.matches("</").count(),
            "meeting {}: elements do not balance",
            m.id
        );
        assert!(xml.contains("\r\n"), "lines end as the service's do");
    }
}

#[test]
fn headings_and_hidden_rows_are_not_in_the_truth() {
    let truth = truth(&COUNCIL);
    let listed: BTreeSet<u32> = truth.iter().flat_map(|m| &m.items).filter_map(|i| i.id).collect();
    for i in COUNCIL.meetings.iter().flat_map(|m| &m.items).filter(|i| i.id != 0) {
        assert_eq!(listed.contains(&i.id), i.displayed && i.row == Row::Item, "item {}", i.id);
    }
    let seed = truth.iter().flat_map(|m| &m.items).find(|i| i.id == Some(89293)).unwrap();
    assert!(seed.has_text && !seed.restricted && !seed.number.contains('.'));
}

#[test]
fn printed_minutes_are_valid_pdfs() {
    for (id, text) in [(1503, true), (1404, false), (2409, true), (3115, true)] {
        let bytes = ask(&format!("/documents/g{id}/Printed%20minutes%20x.pdf?T=1")).body;
        let pdf: String = bytes.iter().map(|b| char::from(*b)).collect();
        assert!(pdf.starts_with("%PDF-1.4") && pdf.ends_with("%%EOF\n"));
        let start: usize =
            pdf.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(pdf[pdf.char_indices().nth(start).unwrap().0..].starts_with("xref"));
        for line in pdf
            .rsplit("xref\n0 ")
            .nth(1)
            .unwrap_or(&pdf)
            .lines()
            .filter(|l| l.ends_with(" 00000 n "))
        {
            let at: usize = line[..10].parse().unwrap();
            let object: String = bytes[at..at + 12].iter().map(|b| char::from(*b)).collect();
            assert!(object.contains(" 0 obj"), "{id}: {object:?}");
        }
        assert_eq!(pdf.contains(" Tj"), text, "{id}");
    }
    assert_eq!(
        ask("/documents/g1503/Printed%20minutes%20x.pdf").status,
        404,
        "without T there is nothing"
    );
}

#[test]
fn modes_close_one_way() {
    let none = HeaderMap::new();
    let service = "/mgWebService.asmx/GetCommittees";
    assert_eq!(ask_with(Mode::PagesOnly, service, &none).status, 404);
    assert_eq!(ask_with(Mode::PagesOnly, "/ieDocHome.aspx", &none).status, 200);
    assert_eq!(ask_with(Mode::ServiceOnly, service, &none).status, 200);
    assert_eq!(ask_with(Mode::ServiceOnly, "/ieDocHome.aspx", &none).status, 403);
    let robots = ask_with(Mode::ServiceOnly, "/robots.txt", &none);
    assert!(String::from_utf8_lossy(&robots.body).contains("Disallow: /ieIssueDetails.aspx"));
    assert_eq!(ask("/mgMemberIndex.aspx?bcr=1").status, 302);
    assert_eq!(
        ask("/mgWebService.asmx/GetMeeting").status,
        500,
        "a missing parameter is an error of the server's"
    );
}

#[test]
fn some_pages_can_be_asked_for_conditionally() {
    for (address, given, asked) in [
        ("/ieListDocuments.aspx?MId=3115", ETAG, IF_NONE_MATCH),
        ("/mgAi.aspx?ID=89293", LAST_MODIFIED, IF_MODIFIED_SINCE),
    ] {
        let first = ask(address);
        let value = &first.headers.iter().find(|(n, _)| *n == given).unwrap().1;
        let headers = HeaderMap::from_iter([(asked, HeaderValue::from_str(value).unwrap())]);
        let second = ask_with(Mode::Both, address, &headers);
        assert_eq!((second.status, second.body.len()), (304, 0), "{address}");
    }
}

#[test]
fn documents_in_the_service_carry_the_host_asked() {
    let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("127.0.0.1:4000"))]);
    let reply = ask_with(Mode::Both, "/mgWebService.asmx/GetMeeting?lMeetingId=3115", &headers);
    assert!(
        String::from_utf8_lossy(&reply.body)
            .contains("http://127.0.0.1:4000/mgConvert2PDF.aspx?ID=")
    );
}

#[test]
fn any_query_is_answered() {
    for address in [
        "/",
        "//",
        "/(S(",
        "/ieListDocuments.aspx?MId=99999999999",
        "/ieListMeetings.aspx?CId=&D=%zz&Act=Prev",
        "/documents/g/",
        "/mgAi.aspx?ID=0",
        "/mgCalendarMonthView.aspx?M=13&DD=0",
    ] {
        assert!(matches!(ask(address).status, 200 | 302 | 404), "{address}");
    }
}

#[tokio::test]
async fn the_router_carries_status_headers_and_bytes() {
    let app = router(Arc::new(council().unwrap()), Mode::Both);
    let request =
        axum::http::Request::get("/mgAi.aspx?ID=89293").body(axum::body::Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers().contains_key(LAST_MODIFIED));
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("Elective Home Education"));
}
