use std::collections::BTreeMap;
use std::convert::Infallible;

use jiff::civil::date;
use minutebook_record::Part;

use super::*;
use crate::extract::fixtures;

pub(super) struct Folder(pub(super) BTreeMap<String, Page>);

impl Folder {
    fn of(names: &[&str]) -> Folder {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let pages = names.iter().map(|name| fixtures::read(&root.join(name)));
        Folder(pages.map(|page| (page.url.clone(), page)).collect())
    }
}

impl Held for Folder {
    type Error = Infallible;

    fn addresses(&self) -> Result<Vec<HeldAddress>, Infallible> {
        let address = |page: &Page| HeldAddress {
            url: page.url.clone(),
            found_on: page.found_on.iter().map(|found| found.url.clone()).collect(),
        };
        Ok(self.0.values().map(address).collect())
    }

    fn page(&self, url: &str) -> Result<Option<Page>, Infallible> {
        Ok(self.0.get(url).cloned())
    }
}

const BARE: Means<'_> = Means { pdf: &|_| PdfText::NoTool, complete: &|_| {}, unread: &|_| {} };

fn all(names: &[&str]) -> Vec<Meeting> {
    let mut meetings = Vec::new();
    let site = "https://democracy.example.gov.uk/";
    each(site, &Folder::of(names), BARE, |meeting, _| -> Result<(), Infallible> {
        meetings.push(meeting);
        Ok(())
    })
    .unwrap();
    meetings
}

#[test]
fn the_seed_is_read_whole_with_its_commission_and_day() {
    let meetings = all(&["seed/item.html", "seed/meeting.html"]);
    assert_eq!(meetings.len(), 1);
    let meeting = &meetings[0];
    assert_eq!(meeting.committee.name, "Improving Lives Select Commission");
    assert_eq!(meeting.date, Some(date(2021, 9, 14)));
    assert_eq!(meeting.items.len(), 1);
    let item = &meeting.items[0];
    assert_eq!(item.id, "democracy.example.gov.uk-i89293");
    assert_eq!(item.number.as_deref(), Some("30"));
    let minutes: Vec<&str> =
        item.passages.iter().filter(|p| p.part == Part::Minutes).map(|p| p.text.as_str()).collect();
    let expected: Vec<String> = seed_paragraphs();
    assert_eq!(minutes, expected);
    assert_eq!(
        minutes.last().copied(),
        Some(
            "3) That information on the revised priorities for the Rotherham Education Partnership and the timeline for their implementation be circulated to members of the Improving Lives Select Commission."
        )
    );
    assert!(item.doubts.is_empty(), "{:?}", item.doubts);
}

/// The seed's text as the source prints it, a paragraph a line, the cut third clause joined.
fn seed_paragraphs() -> Vec<String> {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/sample/texts/seed.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let body = text.trim().trim_start_matches("Minutes:").trim_end_matches("Supporting documents:");
    let (whole, cut) = body.split_once("\n3)\n").unwrap();
    let third = format!("3) {}", cut.trim().replace('\n', " "));
    whole.trim().lines().map(str::to_owned).chain([third]).collect()
}

#[test]
fn pages_of_one_meeting_are_found_by_their_addresses_alone() {
    let meetings = all(&[
        "attendance/every-status.html",
        "lists/meetings.html",
        "meeting/whole-page.html",
        "service/meeting.xml",
        "decision/issue-history.html",
    ]);
    let ids: Vec<&str> = meetings.iter().map(|m| m.id.rsplit('-').next().unwrap()).collect();
    assert_eq!(ids, ["m7", "m8"], "m8 is told by the list (cancelled) and the issue");
    assert_eq!(meetings[0].attendance.len(), 10);
    let numbers: Vec<_> = meetings[0].items.iter().filter_map(|i| i.number.as_deref()).collect();
    assert_eq!(numbers, ["41", "42", "9"]);
}

#[test]
fn an_item_page_alone_is_a_meeting_without_a_day() {
    let meetings = all(&["item/without-context.html"]);
    assert_eq!(meetings.len(), 1);
    assert_eq!(meetings[0].date, None);
    assert_eq!(meetings[0].doubts[0].kind, "no-meeting");
}

#[test]
fn the_older_archive_is_one_meeting_from_several_documents() {
    let meetings = all(&["legacy/list-of-documents.html", "legacy/one-document.html"]);
    assert_eq!(meetings.len(), 1);
    assert!(meetings[0].id.ends_with("-c31"));
    assert_eq!(meetings[0].items.len(), 1);
    let item = &meetings[0].items[0];
    assert_eq!((item.title.as_str(), item.passages.len()), ("Petitions", 1));
}

#[test]
fn records_are_written_by_committee_and_day_and_twice_alike() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.jsonl");
    let held =
        Folder::of(&["seed/meeting.html", "meeting/whole-page.html", "legacy/whole-meeting.html"]);
    let site = "https://democracy.example.gov.uk/";
    let written = write(site, &held, BARE, &path, |_| {}).unwrap();
    assert_eq!((written.meetings, written.pages), (3, 3));
    let first = std::fs::read_to_string(&path).unwrap();
    let meetings: Vec<Meeting> =
        minutebook_record::file::read(first.as_bytes()).collect::<Result<_, _>>().unwrap();
    let order: Vec<_> = meetings.iter().map(|m| (m.committee.slug.clone(), m.date)).collect();
    assert!(order.is_sorted(), "{order:?}");
    write(site, &held, BARE, &path, |_| {}).unwrap();
    assert_eq!(first, std::fs::read_to_string(&path).unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no scratch files stay");
}
