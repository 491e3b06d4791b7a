use std::fs;

use tempfile::TempDir;

use super::*;

const SITE: &str = "https://democracy.example.gov.uk/";

const ITEM: &str = r#"<html><div id="modgov"><h1>Agenda item</h1><p class="mgAiTitleTxt">Elective Home Education</p><p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>Resolved:- That the report be received.</p></div></div></html>"#;

fn now() -> Timestamp {
    "2026-06-15T10:00:00Z".parse().unwrap()
}

struct Rig {
    folder: TempDir,
    archive: Archive,
}

impl Rig {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Base::from_pasted(SITE).unwrap();
        let archive = Archive::create(&folder.path().join("x.sqlite"), &site).unwrap();
        Self { folder, archive }
    }

    fn save(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("saved").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&mut self) -> Imported {
        import(&[self.folder.path().join("saved")], &mut self.archive, now()).unwrap()
    }

    fn held(&self) -> Vec<String> {
        let mut urls: Vec<_> = self.archive.pages().map(|p| p.unwrap().url).collect();
        urls.sort();
        urls.into_iter().map(|url| url.replace(SITE, "")).collect()
    }
}

#[test]
fn a_mirror_is_taken_with_its_links() {
    let mut rig = Rig::new();
    rig.save("democracy.example.gov.uk/mgAi.aspx?ID=89293", ITEM);
    rig.save(
        "democracy.example.gov.uk/ieListDocuments.aspx@CId=4&MId=77.html",
        r#"<html><div id="modgov"><h1>Agenda and minutes</h1><p class="mgAiTitleTxt">1. Home Education</p><a href="mgAi.aspx%3FID=89293.html">view the full minutes text for item 1.</a></div></html>"#,
    );
    rig.save("democracy.example.gov.uk/style.css", "p {}");
    rig.save("democracy.example.gov.uk/robots.txt", "User-agent: *");
    let done = rig.import();
    assert_eq!((done.files, done.kept, done.skipped), (4, 2, 2), "{done:?}");
    assert_eq!(rig.held(), ["ieListDocuments.aspx?MId=77", "mgAi.aspx?ID=89293"]);
    let item = rig.archive.page(&format!("{SITE}mgAi.aspx?ID=89293")).unwrap().unwrap();
    assert_eq!(item.found_on.len(), 1);
    assert_eq!(item.found_on[0].words, "view the full minutes text for item 1.");
    assert_eq!(item.body, ITEM.as_bytes());
    let again = rig.import();
    assert_eq!((again.kept, again.same), (0, 2));
}

#[test]
fn a_page_saved_by_hand_says_where_it_was() {
    let mut rig = Rig::new();
    rig.save(
        "Agenda item - Elective Home Education.html",
        format!("<!-- saved from url=(0056){SITE}mgAi.aspx?ID=5&LLL=0 -->\n{ITEM}"),
    );
    rig.save("away.html", "<!-- saved from url=(0030)https://elsewhere.example/mgAi.aspx?ID=5 -->");
    rig.save(
        "calendar.html",
        format!("<!-- saved from url=(0056){SITE}mgCalendarMonthView.aspx?M=3 -->"),
    );
    let done = rig.import();
    assert_eq!(rig.held(), ["mgAi.aspx?ID=5"]);
    assert_eq!(done.skipped, 1);
    assert_eq!(done.refused.len(), 1);
    assert!(done.refused[0].reason.contains("elsewhere.example"), "{done:?}");
}

#[test]
fn answers_of_the_service_say_what_they_are() {
    let mut rig = Rig::new();
    rig.save("a.xml", "<?xml version=\"1.0\"?><meeting><meetingid>4967</meetingid><meetingdate>10/02/2026</meetingdate><agendaitems><agendaitem><agendaitemid>1</agendaitemid><agendaitemtitle>Minutes</agendaitemtitle></agendaitem></agendaitems></meeting>");
    rig.save("b.xml", "<committees><committee><committeeid>1</committeeid><committeetitle>Cabinet</committeetitle></committee></committees>");
    rig.save("c.xml", "<getmeetings><committee><committeeid>144</committeeid><committeetitle>Audit</committeetitle><committeemeetings><meeting><meetingid>4967</meetingid><meetingdate>13/01/2026</meetingdate></meeting></committeemeetings></committee></getmeetings>");
    let done = rig.import();
    assert_eq!(done.kept, 3, "{done:?}");
    assert_eq!(
        rig.held(),
        [
            "mgWebService.asmx/GetCommittees",
            "mgWebService.asmx/GetMeeting?lMeetingId=4967",
            "mgWebService.asmx/GetMeetings?lCommitteeId=144&sFromDate=01/01/2026&sToDate=31/12/2026"
        ]
    );
}

#[test]
fn what_cannot_be_taken_is_named_with_its_reason() {
    let mut rig = Rig::new();
    rig.save("mgAi.aspx?ID=1.html", "");
    rig.save("notes.html", "<html><body>My notes of the meeting</body></html>");
    rig.save("mgAi.aspx?ID=2.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    rig.save("mgAi.aspx?ID=3.html", vec![b'x'; PAGE_LIMIT + 1]);
    rig.save("unknown.pdf", "%PDF-1.4");
    rig.save("broken.warc.gz", b"\x1f\x8bnot gzip at all");
    rig.save("empty.html", "");
    let done = rig.import();
    assert_eq!(done.kept, 0);
    assert_eq!(done.refused.len(), 7, "{done:#?}");
    assert!(done.refused.iter().all(|r| !r.reason.is_empty()));
    let status = rig.archive.status().unwrap();
    assert_eq!(status.outcomes["empty"], 1);
    assert_eq!(status.outcomes["unreadable"], 1);
    assert_eq!(status.outcomes["too-large"], 1);
}

#[test]
fn windows_1252_is_kept_as_it_is() {
    let mut rig = Rig::new();
    let mut body = ITEM.as_bytes().to_vec();
    body.extend_from_slice(b"<p>\x93quoted\x94 \xa325</p>");
    rig.save("mgAi.aspx?ID=4.html", &body);
    assert_eq!(rig.import().kept, 1);
    assert_eq!(rig.archive.pages().next().unwrap().unwrap().body, body);
}

#[test]
fn of_two_versions_the_later_is_shown() {
    let mut rig = Rig::new();
    let later = rig.save("a/mgAi.aspx?ID=4.html", ITEM.replace("received", "approved"));
    let earlier = rig.save("b/mgAi.aspx?ID=4.html", ITEM);
    let set = |path: &Path, text: &str| {
        let time: Timestamp = text.parse().unwrap();
        fs::File::options().write(true).open(path).unwrap().set_modified(time.into()).unwrap();
    };
    set(&later, "2020-01-01T00:00:00Z");
    set(&earlier, "2010-01-01T00:00:00Z");
    rig.import();
    let page = rig.archive.pages().next().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&page.body).contains("approved"));
    assert_eq!(page.fetched_at.to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(page.first_seen.to_string(), "2010-01-01T00:00:00Z");
    // A still older copy found later changes nothing but the record of what there was.
    fs::remove_dir_all(rig.folder.path().join("saved")).unwrap();
    let oldest = rig.save("c/mgAi.aspx?ID=4.html", ITEM.replace("received", "deferred"));
    set(&oldest, "2005-01-01T00:00:00Z");
    rig.import();
    let page = rig.archive.pages().next().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&page.body).contains("approved"));
    assert_eq!(page.first_seen.to_string(), "2005-01-01T00:00:00Z");
}

#[test]
fn a_capture_of_the_future_is_of_today_and_minutes_date_from_when_they_came() {
    let capture = |date: &str, label: &str| {
        let row = r#"<td class="mgItemNumberCell"><a name="AI9"></a><p class="mgAiTitleTxt">1.</p></td><td><p class="mgAiTitleTxt">Lamps</p>"#;
        let body = format!(
            r#"<div id="modgov"><h1>{label}</h1><h2 class="mgSubTitleTxt">Cabinet - Monday, 16th September, 2019</h2><div class="mgContent"><table class="mgItemTable"><tr>{row}<p class="mgSubItemTitleTxt">{label}:</p><div class="mgWordPara"><p>Words of {date}.</p></div></td></tr></table></div></div>"#
        );
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {SITE}ieListDocuments.aspx?MId=7\r\nWARC-Date: {date}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let mut rig = Rig::new();
    let warc = capture("2020-10-01T00:00:00Z", "Agenda text")
        + &capture("2020-11-01T00:00:00Z", "Minutes")
        + &capture("2030-01-01T00:00:00Z", "Minutes");
    rig.save("x.warc", warc);
    assert_eq!(rig.import().kept, 3);
    let page = rig.archive.page(&format!("{SITE}ieListDocuments.aspx?MId=7")).unwrap().unwrap();
    assert_eq!(page.fetched_at, now());
    assert_eq!(page.first_seen, "2020-11-01T00:00:00Z".parse().unwrap());
    assert!(String::from_utf8(page.body).unwrap().contains("Words of 2030"));
}

#[test]
fn a_warc_gives_the_archive_it_came_from() {
    let mut first = Rig::new();
    first.save("mgAi.aspx?ID=4.html", ITEM);
    first.save("documents/g12/Printed minutes.pdf?T=1", "%PDF-1.4 x");
    first.import();
    let mut bytes = Vec::new();
    warc::write(&first.archive, &mut bytes).unwrap();
    let mut second = Rig::new();
    second.save("export.warc", bytes);
    second.import();
    let pages = |rig: &Rig| {
        rig.archive.pages().map(|p| p.map(|p| (p.url, p.body)).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(pages(&first), pages(&second));
}
