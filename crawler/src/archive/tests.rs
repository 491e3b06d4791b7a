use std::time::{Duration, Instant};

use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::outcome::Outcome;
use crate::page::PageKind;
use crate::suppress::What;

const SITE: &str = "https://democracy.example.gov.uk/";

/// An archive in a folder of its own.
pub(super) struct Rig {
    folder: TempDir,
    pub(super) archive: Archive,
}

pub(super) fn rig() -> Rig {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(&file(&folder), &site()).unwrap();
    Rig { folder, archive }
}

fn site() -> Base {
    Base::from_pasted(SITE).unwrap()
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("archive").join("democracy.example.gov.uk.sqlite")
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(super) fn page(n: usize) -> String {
    format!("{SITE}ieListDocuments.aspx?MId={n}")
}

impl Rig {
    pub(super) fn keep(&mut self, url: &str, second: i64, body: &str, offers: Vec<Offer>) -> Kept {
        let mut answer = Answer::bare(url, PageKind::Meeting, at(second), Outcome::Fetched);
        answer.body = Some(body.as_bytes());
        answer.status = Some(200);
        answer.content_type = Some("text/html; charset=utf-8");
        answer.etag = Some("\"1\"");
        self.archive.keep(&answer, &Step { offers, run: 1, ..Step::default() }).unwrap()
    }

    pub(super) fn fail(&mut self, url: &str, second: i64, outcome: Outcome) -> Kept {
        let mut answer = Answer::bare(url, PageKind::Meeting, at(second), outcome);
        answer.reason = Some("because");
        self.archive.keep(&answer, &Step { run: 1, ..Step::default() }).unwrap()
    }
}

pub(super) fn offer(url: &str, words: &str, place: Option<Place>) -> Offer {
    Offer {
        url: url.to_owned(),
        kind: PageKind::Meeting,
        words: words.to_owned(),
        day: None,
        place,
    }
}

#[test]
fn a_page_comes_back_as_it_was_kept() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "<p>one</p>", vec![offer(&page(2), "14 Jul 2026 6.00 pm", None)]);
    rig.keep(&page(2), 2, "<p>two</p>", Vec::new());
    let pages: Vec<_> = rig.archive.pages().map(Result::unwrap).collect();
    assert_eq!(pages.len(), 2);
    let second = rig.archive.page(&page(2)).unwrap().unwrap();
    assert_eq!(pages[1], second);
    assert_eq!(second.body, b"<p>two</p>");
    assert_eq!(second.site, SITE);
    assert_eq!(second.fetched_at, at(2));
    assert_eq!(second.first_seen, at(2));
    assert_eq!(second.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(second.found_on.len(), 1);
    assert_eq!(second.found_on[0].words, "14 Jul 2026 6.00 pm");
    assert_eq!(second.sha256.len(), 64);
    assert!(rig.archive.page(&page(3)).unwrap().is_none());
}

#[test]
fn every_version_is_kept_and_the_latest_readable_one_is_shown() {
    let mut rig = rig();
    assert!(rig.keep(&page(1), 1, "draft", Vec::new()).is_new);
    assert!(!rig.keep(&page(1), 2, "approved", Vec::new()).is_new);
    assert_eq!(rig.keep(&page(1), 3, "approved", Vec::new()).outcome, Outcome::Unchanged);
    rig.fail(&page(1), 4, Outcome::Gone);
    let held = rig.archive.page(&page(1)).unwrap().unwrap();
    assert_eq!((held.body, held.fetched_at, held.first_seen), (b"approved".to_vec(), at(2), at(1)));
    let versions: Vec<_> = rig.archive.versions().map(Result::unwrap).collect();
    let seen: Vec<_> =
        versions.iter().map(|v| (v.outcome, v.body.as_deref().map(<[u8]>::to_vec))).collect();
    assert_eq!(
        seen,
        [
            (Outcome::Fetched, Some(b"draft".to_vec())),
            (Outcome::Fetched, Some(b"approved".to_vec())),
            (Outcome::Unchanged, None),
            (Outcome::Gone, None),
        ]
    );
}

#[test]
fn validators_stay_with_the_body_they_came_with() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "x", Vec::new());
    let mut unchanged = Answer::bare("", PageKind::Meeting, at(2), Outcome::Unchanged);
    let url = page(1);
    unchanged.url = &url;
    rig.archive.keep(&unchanged, &Step::default()).unwrap();
    rig.fail(&url, 3, Outcome::Erroneous);
    let known = rig.archive.known(&url).unwrap().unwrap();
    assert_eq!(known.etag.as_deref(), Some("\"1\""));
    assert_eq!(known.good_at, Some(at(2)));
    assert_eq!(known.tried_at, Some(at(3)));
    assert_eq!(known.outcome, Some(Outcome::Erroneous));
}

#[test]
fn the_frontier_goes_by_stage_then_latest_day() {
    let mut rig = rig();
    let place = |stage, day| Some(Place { stage, day });
    let offers = vec![
        offer(&page(1), "old", place(2, 20_040_101)),
        offer(&page(2), "new", place(2, 20_240_101)),
        offer(&page(3), "first", place(1, 0)),
        offer(&page(4), "only linked", None),
    ];
    rig.archive.seed(&offers).unwrap();
    assert_eq!(rig.archive.waiting().unwrap(), 3);
    let mut order = Vec::new();
    while let Next::Ask { url, .. } = rig.archive.next(at(0)).unwrap() {
        rig.keep(&url, 0, &url, Vec::new());
        order.push(url);
    }
    assert_eq!(order, [page(3), page(2), page(1)]);
    assert_eq!(rig.archive.next(at(0)).unwrap(), Next::Nothing);
}

#[test]
fn a_second_try_waits_for_its_time() {
    let mut rig = rig();
    rig.archive.seed(&[offer(&page(1), "", Some(Place { stage: 1, day: 0 }))]).unwrap();
    let url = page(1);
    let answer = Answer::bare(&url, PageKind::Meeting, at(0), Outcome::Erroneous);
    let step = Step { again: Some((at(60), 1)), ..Step::default() };
    rig.archive.keep(&answer, &step).unwrap();
    assert_eq!(rig.archive.next(at(59)).unwrap(), Next::Wait(at(60)));
    assert!(matches!(rig.archive.next(at(60)).unwrap(), Next::Ask { tries: 1, .. }));
    rig.archive.wake().unwrap();
    assert!(matches!(rig.archive.next(at(0)).unwrap(), Next::Ask { tries: 0, .. }));
    let taken =
        rig.archive.abandon(&[PageKind::Meeting], Outcome::Blocked, "not asked for").unwrap();
    assert_eq!(taken, [(page(1), Some(0))].map(|(url, _)| (url, None)));
    assert_eq!(rig.archive.waiting().unwrap(), 0);
}

#[test]
fn a_list_says_of_a_meeting_what_it_says_now() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "a", vec![offer(&page(2), "14 Jul", None)]);
    rig.keep(&page(1), 2, "b", vec![offer(&page(2), "14 Jul cancelled", None)]);
    let links = rig.archive.links_from(&page(1)).unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].words, "14 Jul cancelled");
    assert!(rig.archive.offered(&page(1), &page(2), "14 Jul cancelled").unwrap());
    assert!(!rig.archive.offered(&page(1), &page(2), "14 Jul").unwrap());
}

#[test]
fn what_is_suppressed_is_not_shown_and_stays_so() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "x", Vec::new());
    assert!(rig.archive.suppress(What::Page, &page(1), "asked for", at(2)).unwrap());
    assert!(!rig.archive.suppress(What::Page, &page(1), "again", at(3)).unwrap());
    rig.keep(&page(1), 4, "y", Vec::new());
    assert_eq!(rig.archive.pages().count(), 0);
    assert!(rig.archive.page(&page(1)).unwrap().is_none());
    assert_eq!(rig.archive.suppressions().unwrap().count(What::Page), 1);
    assert_eq!(rig.archive.status().unwrap().suppressed, 1);
    assert!(rig.archive.unsuppress(What::Page, &page(1)).unwrap());
    assert_eq!(rig.archive.pages().count(), 1);
}

#[test]
fn status_counts_what_is_held_and_names_what_failed() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "x", Vec::new());
    rig.fail(&page(2), 2, Outcome::Blocked);
    rig.fail(&page(1), 3, Outcome::Failed);
    let robots = format!("{SITE}robots.txt");
    rig.archive
        .keep(
            &Answer {
                body: Some(b"User-agent: *"),
                ..Answer::bare(&robots, PageKind::Other, at(0), Outcome::Fetched)
            },
            &Step::default(),
        )
        .unwrap();
    let run = rig.archive.begin_run(at(0)).unwrap();
    assert_eq!(rig.archive.open_run().unwrap(), Some(run));
    rig.archive.end_run(run, at(9), 4, "done", true).unwrap();
    let status = rig.archive.status().unwrap();
    assert_eq!(status.held, 1);
    assert_eq!(status.failing, 2);
    assert_eq!(status.failures.iter().map(|f| f.held).collect::<Vec<_>>(), [true, false]);
    assert_eq!(status.outcomes["blocked"], 1);
    assert_eq!(status.last_run.unwrap().ended, Some(at(9)));
    assert_eq!(rig.archive.open_run().unwrap(), None);
    assert_eq!(rig.archive.pages().count(), 1, "robots.txt is no page");
}

#[test]
fn one_process_writes_while_others_read() {
    let rig = rig();
    let path = file(&rig.folder);
    let second = Archive::open_for_writing(&path).unwrap_err();
    assert!(matches!(second, ArchiveError::InUse(_)), "{second}");
    assert!(second.to_string().contains("in use by another process"));
    assert!(Archive::create(&path, &site()).is_err());
    assert_eq!(Archive::open(&path).unwrap().site().as_str(), SITE);
    drop(rig.archive);
    assert!(Archive::open_for_writing(&path).is_ok());
}

#[test]
fn what_is_no_archive_of_ours_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.sqlite");
    assert!(matches!(Archive::open(&path), Err(ArchiveError::Missing(_))));
    std::fs::write(&path, "not a database at all, but long enough to look at, surely").unwrap();
    let text = Archive::open(&path).unwrap_err();
    assert!(matches!(text, ArchiveError::NotAnArchive(_)), "{text}");
    assert!(text.to_string().contains("x.sqlite"));
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Archive::open(&other), Err(ArchiveError::NotAnArchive(_))));
    assert!(matches!(Archive::open(folder.path()), Err(ArchiveError::NotAnArchive(_))));
}

#[test]
fn a_newer_format_and_another_site_are_refused() {
    let rig = rig();
    let path = file(&rig.folder);
    drop(rig.archive);
    let other = Base::from_pasted("https://other.example/").unwrap();
    assert!(matches!(Archive::create(&path, &other), Err(ArchiveError::OtherSite { .. })));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let newer = Archive::open(&path).unwrap_err();
    assert!(newer.to_string().contains("format 99"), "{newer}");
    assert!(Archive::open_for_writing(&path).is_err());
}

#[test]
fn damage_is_found_and_named() {
    let mut rig = rig();
    for n in 0..20 {
        rig.keep(&page(n), 1, &format!("<p>body number {n}</p>"), Vec::new());
    }
    let whole = rig.archive.verify().unwrap();
    assert_eq!((whole.bodies, whole.faults.len()), (20, 0));
    rig.archive
        .connection
        .execute("UPDATE body SET packed = zeroblob(length(packed)) WHERE id = 3", [])
        .unwrap();
    assert_eq!(rig.archive.verify().unwrap().faults.len(), 1);
    assert!(matches!(rig.archive.page(&page(2)), Err(ArchiveError::Corrupt { .. })));
    let path = file(&rig.folder);
    drop(rig.archive);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..4000].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    let torn = Archive::open(&path).unwrap_err();
    assert!(matches!(torn, ArchiveError::Corrupt { .. }), "{torn:?}");
}

#[test]
fn a_full_disk_tears_nothing() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "x", Vec::new());
    let pages: i64 =
        rig.archive.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    rig.archive.connection.pragma_update(None, "max_page_count", pages).unwrap();
    let noise: String = (0..4000u32).map(|n| hex(&hash(&n.to_le_bytes()))).collect();
    let url = page(2);
    let mut answer = Answer::bare(&url, PageKind::Meeting, at(2), Outcome::Fetched);
    answer.body = Some(noise.as_bytes());
    let full = rig.archive.keep(&answer, &Step::default()).unwrap_err();
    assert!(matches!(full, ArchiveError::Full(_)), "{full:?}");
    assert_eq!(rig.archive.pages().count(), 1);
    assert!(rig.archive.known(&url).unwrap().is_none());
    assert!(rig.archive.verify().unwrap().faults.is_empty());
}

#[test]
fn pages_of_one_template_pack_small() {
    let mut rig = rig();
    let template: String = (0..400).fold(String::new(), |mut out, n| {
        use std::fmt::Write as _;
        let _ = write!(
            out,
            "<li class=\"c{}\"><a href=\"/service/{n}\">Service {n}</a></li>",
            n * 7919 % 997
        );
        out
    });
    let mut raw = 0;
    for n in 0..300 {
        let body = format!(
            "<html>{template}<div id=\"modgov\"><p>Minute {n} of {}</p></div></html>",
            n * 31
        );
        raw += body.len();
        rig.keep(&page(n), 1, &body, Vec::new());
    }
    let packed: i64 = rig
        .archive
        .connection
        .query_row("SELECT sum(length(packed)) FROM body", [], |row| row.get(0))
        .unwrap();
    let packed = usize::try_from(packed).unwrap();
    assert!(packed * 20 < raw, "{packed} of {raw}");
    assert!(rig.archive.verify().unwrap().faults.is_empty());
}

#[test]
fn a_large_archive_opens_quickly() {
    let mut rig = rig();
    let offers: Vec<_> = (0..20_000).map(|n| offer(&page(n), "", None)).collect();
    rig.archive.seed(&offers).unwrap();
    // Held pages, as many as a test can wait for: versions of addresses, without a transaction for each.
    rig.keep(&page(0), 1, "minutes", Vec::new());
    rig.archive
        .connection
        .execute_batch(
            "UPDATE address SET version = 1, first_seen = 1, outcome = 'fetched', good_at = 1",
        )
        .unwrap();
    let path = file(&rig.folder);
    drop(rig.archive);
    let start = Instant::now();
    let archive = Archive::open(&path).unwrap();
    let status = archive.status().unwrap();
    assert_eq!(status.held, 20_000);
    assert!(start.elapsed() < Duration::from_secs(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_bytes_are_kept_as_they_are(bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3000), 1..30)) {
        let mut rig = rig();
        for (n, body) in bodies.iter().enumerate() {
            let url = page(n);
            let mut answer = Answer::bare(&url, PageKind::Other, at(1), Outcome::Fetched);
            answer.body = Some(body);
            rig.archive.keep(&answer, &Step::default()).unwrap();
        }
        let back: Vec<_> = rig.archive.pages().map(|p| p.unwrap().body).collect();
        prop_assert_eq!(back, bodies);
    }
}
