//! Any bytes and any mangled page: no panic, always an answer.

use jiff::Timestamp;
use proptest::prelude::*;

use super::{fixtures, page};
use crate::page::Page;

const ADDRESSES: [&str; 12] = [
    "ieListDocuments.aspx?MId=7",
    "mgAi.aspx?ID=5",
    "mgListCommittees.aspx",
    "ieListMeetings.aspx?CId=5&Year=0",
    "mgCommitteeDetails.aspx?ID=5",
    "ieDecisionDetails.aspx?AIId=5",
    "ieIssueDetails.aspx?IId=5",
    "mgMeetingAttendance.aspx?ID=7",
    "CeListDocuments.aspx?MeetingId=7",
    "documents/g7/Printed%20minutes.pdf?T=1",
    "mgWebService.asmx/GetMeeting?lMeetingId=7",
    "anything",
];

fn of(address: &str, body: Vec<u8>) -> Page {
    let site = "https://democracy.example.gov.uk/";
    Page {
        url: format!("{site}{address}"),
        site: site.to_owned(),
        body,
        content_type: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: Vec::new(),
    }
}

/// What can happen to a page on its way: cut short, tags dropped, entities broken, bytes overwritten, parts doubled.
fn mangled(body: &[u8], how: u8, at: usize, len: usize) -> Vec<u8> {
    let at = at % (body.len() + 1);
    let end = (at + len % 200).min(body.len());
    let mut mangled = body.to_vec();
    match how % 6 {
        0 => mangled.truncate(at),
        1 => drop(mangled.drain(at..end)),
        2 => mangled.retain(|b| *b != b'>' || len.is_multiple_of(2)),
        3 => mangled.iter_mut().filter(|b| **b == b';').for_each(|b| *b = b'&'),
        4 => mangled[at..end].fill(0xC3),
        _ => mangled.splice(at..at, body[at..end].to_vec()).for_each(drop),
    }
    mangled
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(body in proptest::collection::vec(any::<u8>(), 0..2000), n in 0..ADDRESSES.len()) {
        let answer = page(&of(ADDRESSES[n], body));
        prop_assert!(!answer.fragments.is_empty() || !answer.doubts.is_empty() || !answer.links.is_empty()
            || answer.kind != crate::page::PageKind::Other);
    }

    #[test]
    fn any_tags_get_an_answer(body in "(<(/)?(table|tr|td|p|div|ol|li|br|b|AI1|a name=AI7|td class=mgItemNumberCell|p class=mgAiTitleTxt|p class=mgSubItemTitleTxt|div class=mgWordPara|meeting|agendaitem|minutesnonemptyhtmlbody)>|[ -~£é\u{f0b7}]{0,12}|&#[0-9]{1,9};|Minutes:|17th September, 2019 5.30 p.m.){0,120}", n in 0..ADDRESSES.len()) {
        let _ = page(&of(ADDRESSES[n], body.into_bytes()));
    }

    #[test]
    fn mangled_pages_get_an_answer(n in 0_usize..1000, how in any::<u8>(), at in any::<usize>(), len in any::<usize>()) {
        let all = fixtures::all();
        let mut whole = fixtures::read(&all[n % all.len()]);
        whole.body = mangled(&whole.body, how, at, len);
        let _ = page(&whole);
    }
}

/// As many different texts as the largest page could hold links.
fn many(text: impl Fn(usize) -> String) -> String {
    (1..=30_000).map(text).collect()
}

#[test]
fn deep_and_large_pages_get_an_answer_in_bounded_time() {
    let started = std::time::Instant::now();
    let deep = "<div>".repeat(100_000) + "word";
    let tables = "<table><tr><td>".repeat(20_000) + "word";
    let bold = "<b><p>".repeat(50_000);
    let rows = format!("<table class=mgItemTable>{}", "<tr><td>1<td>x".repeat(60_000));
    let open = "<".repeat(400_000);
    let entities = "&".repeat(400_000);
    let lists = "<ol><li>".repeat(30_000);
    let quotes = "<p a=\"".repeat(100_000);
    let comments = "<!-- ".repeat(400_000);
    let links = many(|n| format!("<a href=\"mgAi.aspx?ID={n}\">{n}</a> "));
    let links = format!("<div class=mgContent>{links}");
    let sentences = format!("<div class=mgWordPara><p>{}", "M. ".repeat(200_000));
    let labels = format!("<div class=mgWordPara>{}", "<p>o a<p>(a)<p>12".repeat(20_000));
    for body in [
        deep, tables, bold, rows, open, entities, lists, quotes, comments, links, sentences, labels,
    ] {
        for address in ["ieListDocuments.aspx?MId=7", "CeListDocuments.aspx?MeetingId=7"] {
            let _ = page(&of(address, body.clone().into_bytes()));
        }
    }
    let committees = many(|n| format!("<a href=\"mgCommitteeDetails.aspx?ID={n}\">Panel {n}</a> "));
    let found = page(&of("mgListCommittees.aspx", committees.into_bytes()));
    assert_eq!(found.fragments.len(), 30_000);
    let meetings = many(|n| format!("<a href=\"ieListDocuments.aspx?MId={n}\">4 May 2020</a> "));
    let found = page(&of("ieListMeetings.aspx?CId=5", meetings.into_bytes()));
    assert_eq!(found.fragments.len(), 30_000);
    let service = format!("<meeting>{}", "<agendaitem><minutesnonemptyhtmlbody>".repeat(20_000));
    let _ = page(&of("mgWebService.asmx/GetMeeting?lMeetingId=7", service.into_bytes()));
    let large = page(&of("ieListDocuments.aspx?MId=7", vec![b'x'; 50 << 20]));
    assert!(large.doubts.iter().any(|doubt| doubt.kind == "page-cut" || doubt.kind == "not-read"));
    // Generous, for a slow machine without optimisation: work that grew with the square of the size would take hours.
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
