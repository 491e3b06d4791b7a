use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const SITE: &str = "https://democracy.example.gov.uk/";

#[track_caller]
fn check(href: &str, expected: &str) {
    let got = canonical(SITE, SITE, href);
    assert_eq!(got.as_deref(), Some(format!("{SITE}{expected}").as_str()), "{href}");
}

#[test]
fn a_document_s_name_keeps_its_brackets() {
    let site = "https://democracy.example.gov.uk/";
    let one = |href: &str| canonical(site, site, href).unwrap();
    let minutes = one("CeListDocuments.aspx?MeetingId=31&RD=Minutes%20(Public)");
    assert!(minutes.ends_with("RD=Minutes%20(Public)"), "{minutes}");
    assert_eq!(one("CeListDocuments.aspx?MeetingId=31&RD=Minutes (Public)"), minutes);
    assert_eq!(canonical(site, site, &minutes).unwrap(), minutes);
    assert!(one("CeListDocuments.aspx?RD=(Draft)&MeetingId=31)").contains("MeetingId=31&"));
    assert_eq!(one("mgAi.aspx?ID=5);"), format!("{site}mgAi.aspx?ID=5"));
}

#[test]
fn one_form_for_each_meeting() {
    let same = "ieListDocuments.aspx?MId=15358";
    check("ieListDocuments.aspx?CId=1103&MId=15358&Ver=4", same);
    check("/ieListDocuments.aspx?MID=15358&CommitteeId=1103", same);
    check("ielistdocuments.aspx?meetingid=15358&x=1&", same);
    check("ieListDocuments.aspx?CId=1103&MId=15358&LLL=0&txtonly=1#AI77", same);
    check("/(S(1w3lda453fhw0f55xyxindbs))/ieListDocuments.aspx?MId=15358)", same);
    check("https://democracy.example.gov.uk:443//ieListDocuments.aspx?MId=15358", same);
    check("http://democracy.example.gov.uk:9071/ieListDocuments.aspx?MId=15358&info=1", same);
    check("ieListDocuments.aspx?CId=1&amp;MId=15358", same);
}

#[test]
fn a_welsh_twin_is_another_page() {
    check("mgAi.aspx?LLL=1&ID=7", "mgAi.aspx?ID=7&LLL=1");
    assert!(is_welsh("https://x.example/mgAi.aspx?ID=7&LLL=1"));
    assert!(!is_welsh("https://x.example/mgAi.aspx?ID=7"));
    assert_eq!(welsh("https://x.example/mgAi.aspx?ID=7"), "https://x.example/mgAi.aspx?ID=7&LLL=1");
}

#[test]
fn lists_keep_their_paging() {
    check("ieListMeetings.aspx?CommitteeId=12&Year=0&XXR=0", "ieListMeetings.aspx?CId=12&Year=0");
    check(
        "ieListMeetings.aspx?Act=Prev&CId=12&D=201904041000&MD=ielistmeetings",
        "ieListMeetings.aspx?CId=12&Act=Prev&D=201904041000&MD=ielistmeetings",
    );
    check("ieListMeetings.aspx?CId=12&MD=Constitution&info=1", "ieListMeetings.aspx?CId=12");
    check("mgListCommittees.aspx?bcr=1", "mgListCommittees.aspx");
}

#[test]
fn the_older_archive_keeps_its_dates_without_times() {
    check(
        "CeListDocuments.aspx?CommitteeId=3&MeetingId=9&DF=08%2f02%2f2011%2c%2010%3a00&Ver=2",
        "CeListDocuments.aspx?CommitteeId=3&MeetingId=9&DF=08/02/2011",
    );
    check(
        "CeListDocuments.aspx?MID=9&RD=Minutes%20of%20meeting&DF=08%2f02%2f2011&A=1&R=0",
        "CeListDocuments.aspx?MeetingId=9&RD=Minutes%20of%20meeting&DF=08/02/2011&A=1&R=0",
    );
}

#[test]
fn documents_keep_what_they_need() {
    check(
        "documents/g4967/Printed minutes 31st-Mar-2025.pdf?T=1&LLL=0",
        "documents/g4967/Printed%20minutes%2031st-Mar-2025.pdf?T=1",
    );
    let printed = format!("{SITE}documents/g4967/Printed%20minutes.pdf?T=1");
    assert_eq!(kind(&printed), PageKind::MinutesDocument);
    assert_eq!(meeting_id(&printed).as_deref(), Some("4967"));
    assert_eq!(kind(&format!("{SITE}documents/g4967/Agenda.pdf?T=0")), PageKind::Other);
    assert_eq!(kind(&format!("{SITE}documents/s60860/Report.pdf")), PageKind::Other);
}

#[test]
fn what_leads_out_is_none() {
    for href in [
        "https://www.example.gov.uk/mgAi.aspx?ID=1",
        "mailto:someone@example.invalid",
        "javascript:void(0)",
        "#top",
        "",
        "ftp://democracy.example.gov.uk/mgAi.aspx?ID=1",
    ] {
        assert_eq!(canonical(SITE, SITE, href), None, "{href}");
    }
    let site = "https://www.example.gov.uk/committee-services/";
    assert_eq!(canonical(site, site, "/news/mgAi.aspx?ID=1"), None);
    assert_eq!(
        canonical(site, site, "/Committee-Services/mgai.aspx?id=1").as_deref(),
        Some("https://www.example.gov.uk/committee-services/mgAi.aspx?ID=1")
    );
}

#[test]
fn two_programs_on_one_machine_are_two_sites() {
    let site = "http://127.0.0.1:8080/";
    assert_eq!(canonical(site, site, "http://127.0.0.1:8081/mgAi.aspx?ID=1"), None);
    assert!(canonical(site, site, "http://127.0.0.1:8080/mgAi.aspx?ID=1").is_some());
}

#[test]
fn twin_hosts_are_one_site() {
    let site = "https://committees.westminster.gov.uk/";
    assert_eq!(
        canonical(site, site, "http://westminster.moderngov.co.uk/mgAi.aspx?ID=1").as_deref(),
        Some("https://committees.westminster.gov.uk/mgAi.aspx?ID=1")
    );
}

#[test]
fn kinds_follow_the_file_name() {
    for (rest, expected) in [
        ("mgListCommittees.aspx?bcr=1", PageKind::CommitteeList),
        ("mgcommitteedetails.aspx?ID=4", PageKind::Committee),
        ("ieListMeetings.aspx?CId=4&Year=0", PageKind::MeetingList),
        ("ieListDocuments.aspx?MId=4", PageKind::Meeting),
        ("ieListDocuments.aspx?CId=4", PageKind::Other),
        ("mgAi.aspx?ID=89293", PageKind::Item),
        ("ieDecisionDetails.aspx?AIId=4", PageKind::Decision),
        ("mgIssueHistoryHome.aspx?IId=4&optionId=0", PageKind::Issue),
        ("mgMeetingAttendance.aspx?ID=4", PageKind::Attendance),
        ("CeListDocuments.aspx?CommitteeId=3&MeetingId=9", PageKind::LegacyMeeting),
        ("mgWebService.asmx/GetCommittees", PageKind::ServiceCommittees),
        ("mgWebService.asmx/GetMeetings?lCommitteeId=0", PageKind::ServiceMeetings),
        ("mgWebService.asmx/GetMeeting?lMeetingId=4", PageKind::ServiceMeeting),
        ("mgWebService.asmx/GetCouncillorsByWard", PageKind::Other),
        ("mgConvert2PDF.aspx?ID=4&T=1", PageKind::MinutesDocument),
        ("mgConvert2PDF.aspx?ID=4&ISATT=1", PageKind::Other),
        ("mgCalendarMonthView.aspx?GL=1&M=3", PageKind::Other),
        ("", PageKind::Other),
    ] {
        assert_eq!(kind(&format!("{SITE}{rest}")), expected, "{rest}");
    }
}

#[test]
fn the_base_is_found_from_any_address() {
    for (pasted, expected) in [
        ("moderngov.rotherham.gov.uk", "https://moderngov.rotherham.gov.uk/"),
        (
            "https://moderngov.rotherham.gov.uk/mgAi.aspx?ID=89293",
            "https://moderngov.rotherham.gov.uk/",
        ),
        ("https://x.example/moderngov", "https://x.example/moderngov/"),
        (
            "https://x.example/moderngov/ieListDocuments.aspx?MId=1#AI2",
            "https://x.example/moderngov/",
        ),
        (
            "https://x.example/Committees//mgWebService.asmx/GetMeeting?lMeetingId=1",
            "https://x.example/Committees/",
        ),
        ("https://x.example/(S(1w3lda453fhw0f55xyxindbs))/mgAi.aspx?ID=1", "https://x.example/"),
        ("https://x.example/documents/g12/Printed%20minutes.pdf?T=1", "https://x.example/"),
        ("https://x.example/documents/", "https://x.example/documents/"),
        (" <https://me:secret@x.example:8443/mgai.aspx> ", "https://x.example:8443/"),
        ("http://127.0.0.1:4000/ieDocHome.aspx", "http://127.0.0.1:4000/"),
        ("http://localhost:4000", "http://localhost:4000/"),
        ("127.0.0.1:4000/mgAi.aspx?ID=1", "http://127.0.0.1:4000/"),
        ("http://[::1]:4000/", "http://[::1]:4000/"),
    ] {
        assert_eq!(
            Base::from_pasted(pasted).map(|b| b.to_string()).as_deref(),
            Ok(expected),
            "{pasted}"
        );
    }
}

#[test]
fn what_cannot_be_a_site_says_what_to_do() {
    let plain = Base::from_pasted("http://moderngov.example.gov.uk/mgAi.aspx?ID=1").unwrap_err();
    assert!(
        plain.to_string().contains("https://moderngov.example.gov.uk/mgAi.aspx?ID=1"),
        "{plain}"
    );
    assert!(matches!(Base::from_pasted("ftp://x.example/"), Err(AddressError::Scheme(_))));
    for nonsense in ["", "   ", "https://", "http:///mgAi.aspx", "not an address", "://"] {
        assert!(Base::from_pasted(nonsense).is_err(), "{nonsense}");
    }
}

#[test]
fn slugs_name_files() {
    let slug = |pasted: &str| Base::from_pasted(pasted).unwrap().slug();
    assert_eq!(slug("moderngov.rotherham.gov.uk"), "moderngov.rotherham.gov.uk");
    assert_eq!(slug("https://x.example/Committee Services/"), "x.example-committee-20services");
    assert_eq!(slug("http://127.0.0.1:4000/"), "127.0.0.1-4000");
}

#[test]
fn built_addresses_are_canonical() {
    let base = Base::from_pasted(SITE).unwrap();
    let (from, to) = (date(2024, 1, 1), date(2024, 12, 31));
    for (built, expected) in [
        (committee_list(&base), PageKind::CommitteeList),
        (meeting_list(&base, "4"), PageKind::MeetingList),
        (meeting(&base, "4"), PageKind::Meeting),
        (attendance(&base, "4"), PageKind::Attendance),
        (printed_minutes(&base, "4"), PageKind::MinutesDocument),
        (service_committees(&base), PageKind::ServiceCommittees),
        (service_meetings(&base, "0", from, to), PageKind::ServiceMeetings),
        (service_meeting(&base, "4"), PageKind::ServiceMeeting),
        (welsh(&meeting(&base, "4")), PageKind::Meeting),
    ] {
        assert_eq!(canonical(SITE, SITE, &built).as_deref(), Some(built.as_str()));
        assert_eq!(kind(&built), expected);
    }
}

proptest! {
    #[test]
    fn any_link_gives_a_fixed_point_or_nothing(href in "\\PC{0,80}") {
        if let Some(once) = canonical(SITE, SITE, &href) {
            prop_assert!(once.starts_with(SITE));
            let twice = canonical(SITE, &once, &once);
            prop_assert_eq!(twice.as_deref(), Some(once.as_str()));
        }
    }

    #[test]
    fn any_query_gives_a_fixed_point(
        file in prop::sample::select(vec!["ieListDocuments.aspx", "mgai.aspx", "CeListDocuments.aspx", "ieListMeetings.aspx", "odd name.aspx", "documents/g1/a b%c.pdf"]),
        query in "([A-Za-z]{1,11}=[ -~]{0,12}&?){0,5}",
    ) {
        let href = format!("{file}?{query}");
        if let Some(once) = canonical(SITE, SITE, &href) {
            prop_assert_eq!(canonical(SITE, SITE, &once), Some(once.clone()));
            prop_assert_eq!(kind(&once), kind(&canonical(SITE, SITE, &once).unwrap_or_default()));
        }
    }

    #[test]
    fn any_text_is_pasted_without_harm(text in "\\PC{0,60}") {
        if let Ok(base) = Base::from_pasted(&text) {
            prop_assert!(base.as_str().ends_with('/'));
            let again = Base::parse(base.as_str());
            prop_assert_eq!(again.as_ref(), Ok(&base));
            prop_assert!(!base.slug().contains('/'));
        }
    }
}

#[test]
fn links_rewritten_by_a_mirror_are_read() {
    check("ieListDocuments.aspx%3FCId=1&MId=2", "ieListDocuments.aspx?MId=2");
    check("ieListDocuments.aspx@CId=1&MId=2&Ver=4.html", "ieListDocuments.aspx?MId=2");
    check("mgAi.aspx%3FID=89293.html", "mgAi.aspx?ID=89293");
}

#[test]
fn files_say_which_page_they_were() {
    let base = Base::from_pasted("https://www.example.gov.uk/moderngov/").unwrap();
    for (path, expected) in [
        (
            "mirror/www.example.gov.uk/moderngov/ieListDocuments.aspx?CId=1&MId=2",
            "ieListDocuments.aspx?MId=2",
        ),
        ("www.example.gov.uk/moderngov/mgAi.aspx@ID=89293.html", "mgAi.aspx?ID=89293"),
        ("www.example.gov.uk/moderngov/mgListCommittees.aspx@bcr=1", "mgListCommittees.aspx"),
        ("saved/mgAi.aspx?ID=89293.html", "mgAi.aspx?ID=89293"),
        ("saved/mgAi.aspx_ID=89293.html", "mgAi.aspx?ID=89293"),
        ("saved/mgAi.aspx%3FID%3D89293", "mgAi.aspx?ID=89293"),
        ("GetMeeting_lMeetingId=5.xml", "mgWebService.asmx/GetMeeting?lMeetingId=5"),
        (
            "x/mgWebService.asmx/GetMeeting@lMeetingId=5",
            "mgWebService.asmx/GetMeeting?lMeetingId=5",
        ),
        ("x/mgWebService.asmx/GetCommittees", "mgWebService.asmx/GetCommittees"),
        (
            "x/documents/g12/Printed minutes 3rd-May-2006.pdf?T=1",
            "documents/g12/Printed%20minutes%203rd-May-2006.pdf?T=1",
        ),
        (
            "x/documents/g12/Printed%20minutes.pdf@T=1.pdf",
            "documents/g12/Printed%20minutes.pdf?T=1",
        ),
    ] {
        let found = from_path(&base, std::path::Path::new(path));
        assert_eq!(found.as_deref(), Some(format!("{base}{expected}").as_str()), "{path}");
    }
    for path in
        ["index.html", "www.example.gov.uk/moderngov/style.css", "", "/", "minutes.html", "mgAixyz"]
    {
        assert_eq!(from_path(&base, std::path::Path::new(path)), None, "{path}");
    }
    let port = Base::from_pasted("http://127.0.0.1:4000/").unwrap();
    for path in ["127.0.0.1:4000/mgAi.aspx?ID=1", "127.0.0.1+4000/mgAi.aspx@ID=1.html"] {
        let found = from_path(&port, std::path::Path::new(path));
        assert_eq!(found.as_deref(), Some("http://127.0.0.1:4000/mgAi.aspx?ID=1"), "{path}");
    }
}
