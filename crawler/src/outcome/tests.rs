use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(kind: PageKind, status: u16, body: &str, expected: Outcome) {
    assert_eq!(judge(kind, status, body.as_bytes()).outcome, expected, "{body}");
}

#[test]
fn statuses_are_told_apart() {
    let page = r#"<div id="modgov"><p class="mgAiTitleTxt">1.</p></div>"#;
    for (status, expected) in [
        (200, Outcome::Fetched),
        (304, Outcome::Unchanged),
        (404, Outcome::Gone),
        (410, Outcome::Gone),
        (403, Outcome::Blocked),
        (401, Outcome::Blocked),
        (451, Outcome::Blocked),
        (429, Outcome::Busy),
        (503, Outcome::Busy),
        (500, Outcome::Erroneous),
        (502, Outcome::Erroneous),
        (400, Outcome::Erroneous),
        (302, Outcome::Moved),
    ] {
        check(PageKind::Meeting, status, page, expected);
    }
}

#[test]
fn stubs_with_status_200_are_no_pages() {
    check(PageKind::Meeting, 200, "", Outcome::Empty);
    check(PageKind::Meeting, 200, " \r\n ", Outcome::Empty);
    check(
        PageKind::Meeting,
        200,
        r#"<html><head><META NAME="robots"></head><iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe></html>"#,
        Outcome::Blocked,
    );
    check(
        PageKind::ServiceMeetings,
        200,
        "<html><script>window.location.href='/sorry?x=1';</script></html>",
        Outcome::Erroneous,
    );
    check(
        PageKind::ServiceCommittees,
        200,
        r#"<!DOCTYPE html><html><head><link href="/_layouts/15/1033/styles/error.css"></head><body>Sorry, something went wrong</body></html>"#,
        Outcome::Erroneous,
    );
    check(
        PageKind::Meeting,
        200,
        "<html><body><h1>Welcome to our parish</h1></body></html>",
        Outcome::Erroneous,
    );
    check(
        PageKind::Item,
        200,
        r#"<div id="modgov"><p class="mgErrorTxt">An error has occurred.</p></div>"#,
        Outcome::Erroneous,
    );
    check(PageKind::Meeting, 200, "\0\u{1}\u{2}PNG", Outcome::Unreadable);
}

/// A menu, as every page of a council's template has one.
const MENU: &str = r#"<ul><li><a href="ieDocHome.aspx?bcr=1">Meeting documents</a></li><li><a href="ieListMeetings.aspx?CId=1">Cabinet</a></li></ul>"#;

#[test]
fn a_page_of_maintenance_in_the_council_s_template_is_no_page_of_a_meeting() {
    let away = "<h1>Essential maintenance on Tuesday, 17th September, 2019</h1><p>Please come back soon.</p>";
    for frame in
        ["", r#"<link href="SiteSpecific/ssMgStyles.css"><div id="modgov"><div class="mgContent">"#]
    {
        let page = format!(
            "<html><head><title>Essential maintenance</title></head><body>{MENU}{frame}{away}"
        );
        for kind in [
            PageKind::Meeting,
            PageKind::Item,
            PageKind::Decision,
            PageKind::Attendance,
            PageKind::LegacyMeeting,
        ] {
            check(kind, 200, &page, Outcome::Erroneous);
        }
    }
    for kind in [PageKind::CommitteeList, PageKind::MeetingList] {
        check(kind, 200, &format!("<html>{MENU}{away}"), Outcome::Erroneous);
        let list = r#"<ul class="mgBulletList"><li><a href="ieListMeetings.aspx?CId=7">Maintenance Panel</a>"#;
        check(
            kind,
            200,
            &format!("<html>{MENU}<h1>Maintenance Panel</h1>{list}"),
            Outcome::Fetched,
        );
    }
    let home = r#"<a href="ieDocHome.aspx">Meeting documents</a>"#;
    check(PageKind::CommitteeList, 200, &format!("<html>{home}{away}"), Outcome::Erroneous);
    for content in [
        "<h2>Cabinet - Tuesday, 17th September, 2019 10.00 a.m.</h2><p>No agenda yet.</p>",
        "<title>Agenda for Cabinet on 17/09/2019</title>",
        "<a id=AI12></a><p>1. Apologies</p>",
        r#"<p class="mgSubItemTitleTxt">Minutes:</p>"#,
        r#"<span class="mgLabel">Decision Maker:</span>"#,
    ] {
        check(PageKind::Meeting, 200, &format!("<html>{MENU}{content}"), Outcome::Fetched);
    }
}

#[test]
fn a_page_in_utf_16_is_looked_at_like_any_other() {
    let page = r#"<div id="modgov"><p class="mgAiTitleTxt">1.</p></div>"#;
    let wide = std::iter::once(0xFEFF).chain(page.encode_utf16()).flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = wide.collect();
    assert_eq!(judge(PageKind::Meeting, 200, &wide), Judgement::good());
}

#[test]
fn every_fixture_that_tells_of_a_meeting_is_a_page() {
    for path in crate::extract::fixtures::all() {
        let page = crate::extract::fixtures::read(&path);
        let told = !page.is_pdf() && !crate::extract::page(&page).fragments.is_empty();
        let kind = crate::address::kind(&page.url);
        // Pages without any mark are read where somebody imports them under their address, and are not taken from a site.
        if told && kind != PageKind::Other && stub::has_signature(&page.body) {
            assert_eq!(judge_body(kind, &page.body), Judgement::good(), "{}", path.display());
        }
    }
}

#[test]
fn an_empty_list_is_a_page() {
    check(
        PageKind::MeetingList,
        200,
        r#"<div id="modgov"><p class="mgErrorTxt">There are no meetings.</p></div>"#,
        Outcome::Fetched,
    );
    check(
        PageKind::ServiceMeetings,
        200,
        "<?xml version=\"1.0\"?>\r\n<getmeetings><meetingscount> 0</meetingscount></getmeetings>",
        Outcome::Fetched,
    );
}

#[test]
fn minutes_may_speak_of_firewalls() {
    let page = r#"<div class="mgContent"><div class="mgWordPara">The supplier's Incapsula incident ID page and an Access Denied notice were noted.</div></div>"#;
    check(PageKind::Meeting, 200, page, Outcome::Fetched);
}

#[test]
fn the_service_answers_with_its_own_elements() {
    check(
        PageKind::ServiceMeeting,
        200,
        "\u{feff}<?xml version='1.0'?><!-- x --><meeting><meetingid>1</meetingid></meeting>",
        Outcome::Fetched,
    );
    check(PageKind::ServiceMeeting, 200, "<wards />", Outcome::Erroneous);
    check(PageKind::ServiceMeeting, 200, "System.NullReferenceException", Outcome::Erroneous);
}

#[test]
fn an_older_meeting_may_be_a_pdf_behind_stray_bytes_and_a_page_may_speak_of_one() {
    check(PageKind::LegacyMeeting, 200, "\r\n%PDF-1.4 ...", Outcome::Fetched);
    let page = "<html><body><p>The file begins with %PDF-1.4</p></body></html>";
    check(PageKind::LegacyMeeting, 200, page, Outcome::Erroneous);
    for root in ["getmeetings", "getmeetingsbydate", "getallmeetingsbydate"] {
        check(PageKind::ServiceMeetings, 200, &format!("<{root}></{root}>"), Outcome::Fetched);
    }
}

#[test]
fn documents_are_pdfs() {
    check(PageKind::MinutesDocument, 200, "%PDF-1.4 ...", Outcome::Fetched);
    check(
        PageKind::MinutesDocument,
        200,
        "<!DOCTYPE html><html>Document not found</html>",
        Outcome::Erroneous,
    );
    check(PageKind::MinutesDocument, 200, "PK\u{3}\u{4}", Outcome::Unreadable);
}

#[test]
fn words_are_read_back() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::from_word(outcome.word()), Some(outcome));
    }
    assert_eq!(Outcome::from_word("lost"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_judged(body in prop::collection::vec(any::<u8>(), 0..600), status in 100u16..600) {
        for kind in [PageKind::Meeting, PageKind::ServiceMeeting, PageKind::MinutesDocument, PageKind::Other] {
            let found = judge(kind, status, &body);
            prop_assert_eq!(found.reason.is_none(), found.outcome.is_good());
        }
    }
}
