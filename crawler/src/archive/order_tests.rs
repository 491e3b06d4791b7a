//! What a wrong clock, an import and a later version do to what is held, to what is asked for and to who links to whom.

use jiff::Timestamp;

use super::tests::{Rig, at, offer, page, rig};
use super::*;
use crate::outcome::Outcome;
use crate::page::PageKind;

impl Rig {
    /// Keeps a page as an import does.
    fn import(&mut self, url: &str, second: i64, body: &str, minutes: bool) {
        let mut answer = Answer::bare(url, PageKind::Meeting, at(second), Outcome::Fetched);
        answer.body = Some(body.as_bytes());
        self.archive.keep(&answer, &Step { minutes, ..Step::default() }).unwrap();
    }

    fn body(&self, url: &str) -> String {
        String::from_utf8(self.archive.page(url).unwrap().unwrap().body).unwrap()
    }

    fn wait_for(&mut self, url: &str) {
        self.archive.seed(&[offer(url, "", Some(Place { stage: 1, day: 0 }))]).unwrap();
    }

    fn first_seen(&self, url: &str) -> Timestamp {
        self.archive.page(url).unwrap().unwrap().first_seen
    }
}

#[test]
fn an_answer_under_a_clock_set_back_is_an_answer() {
    let mut rig = rig();
    rig.import(&page(1), 90_000, "from tomorrow", false);
    rig.wait_for(&page(1));
    rig.keep(&page(1), 10, "now", Vec::new());
    assert_eq!(rig.archive.waiting().unwrap(), 0, "it would be asked for without end");
    assert_eq!(rig.body(&page(1)), "now");
    assert_eq!(rig.archive.known(&page(1)).unwrap().unwrap().tried_at, Some(at(10)));
    rig.wait_for(&page(1));
    rig.keep(&page(1), 9, "now", Vec::new());
    assert_eq!(rig.archive.waiting().unwrap(), 0);
}

#[test]
fn an_import_is_no_request() {
    let mut rig = rig();
    assert_eq!(rig.archive.last_request().unwrap(), None);
    rig.keep(&page(1), 10, "asked", Vec::new());
    rig.import(&page(2), 90_000, "saved", false);
    assert_eq!(rig.archive.last_request().unwrap(), Some(at(10)));
}

#[test]
fn an_import_takes_nothing_from_a_run_that_was_cut_short() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "draft", Vec::new());
    let mut answer = Answer::bare("", PageKind::Meeting, at(2), Outcome::Fetched);
    let url = page(1);
    (answer.url, answer.body) = (&url, Some(&b"draft, again"[..]));
    let step = Step { standing: Standing::Draft, run: 1, ..Step::default() };
    rig.archive.keep(&answer, &step).unwrap();
    rig.wait_for(&url);
    rig.import(&url, 3, "saved later", false);
    assert_eq!(rig.body(&url), "saved later");
    assert!(rig.archive.is_waiting(&url).unwrap());
    assert!(rig.archive.known(&url).unwrap().unwrap().is_draft());
}

#[test]
fn what_a_page_no_longer_links_to_was_not_found_there() {
    let mut rig = rig();
    let links = |rig: &Rig| -> Vec<String> {
        rig.archive.links_from(&page(1)).unwrap().into_iter().map(|link| link.url).collect()
    };
    rig.keep(&page(1), 1, "a", vec![offer(&page(2), "two", None), offer(&page(3), "three", None)]);
    assert_eq!(links(&rig), [page(2), page(3)]);
    rig.keep(&page(1), 2, "b", vec![offer(&page(3), "three", None)]);
    assert_eq!(links(&rig), [page(3)]);
    rig.fail(&page(1), 3, Outcome::Erroneous);
    assert_eq!(links(&rig), [page(3)], "an error links to nothing and says nothing");
}

#[test]
fn minutes_are_first_seen_when_they_came() {
    let mut rig = rig();
    rig.import(&page(1), 100, "agenda", false);
    assert_eq!(rig.first_seen(&page(1)), at(100));
    rig.import(&page(1), 300, "minutes", true);
    rig.import(&page(1), 400, "minutes, mended", true);
    assert_eq!(rig.first_seen(&page(1)), at(300));
    rig.import(&page(1), 200, "draft minutes, found later", true);
    assert_eq!(rig.first_seen(&page(1)), at(200));
    assert_eq!(rig.archive.pages().next().unwrap().unwrap().first_seen, at(200));
}

#[test]
fn minutes_that_were_there_before_the_note_are_not_new() {
    let mut rig = rig();
    let (same, changed) = (page(1), page(2));
    for url in [&same, &changed] {
        let mut answer = Answer::bare(url, PageKind::Meeting, at(100), Outcome::Fetched);
        answer.body = Some(b"minutes");
        let step = Step { standing: Standing::Settled, run: 1, ..Step::default() };
        rig.archive.keep(&answer, &step).unwrap();
    }
    for (url, body) in [(&same, &b"minutes"[..]), (&changed, b"minutes under another banner")] {
        let mut answer = Answer::bare(url, PageKind::Meeting, at(900), Outcome::Fetched);
        answer.body = Some(body);
        rig.archive.keep(&answer, &Step { minutes: true, run: 2, ..Step::default() }).unwrap();
        assert_eq!(rig.first_seen(url), at(100));
    }
}

#[test]
fn a_page_that_is_hidden_keeps_its_links() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "a", vec![offer(&page(2), "two", None)]);
    rig.keep(&page(1), 2, "a", Vec::new());
    assert_eq!(rig.archive.links_from(&page(1)).unwrap().len(), 1);
    rig.keep(&page(1), 3, "b", Vec::new());
    assert!(rig.archive.links_from(&page(1)).unwrap().is_empty());
}

#[test]
fn an_archive_that_never_noted_minutes_is_read() {
    let mut rig = rig();
    rig.keep(&page(1), 1, "agenda", Vec::new());
    rig.archive.connection.execute_batch("DROP TABLE minutes").unwrap();
    let path = rig.archive.path().to_owned();
    let archive = Archive::open(&path).unwrap();
    assert_eq!(archive.page(&page(1)).unwrap().unwrap().first_seen, at(1));
}

#[test]
fn an_archive_is_read_past_its_journal_only_where_it_has_none() {
    let sqlite = |code: i32| {
        let failure = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        ArchiveError::from_sqlite(std::path::Path::new("x"), failure)
    };
    assert!(sqlite(rusqlite::ffi::SQLITE_CANTOPEN).is_for_want_of_a_journal());
    assert!(sqlite(rusqlite::ffi::SQLITE_READONLY_CANTINIT).is_for_want_of_a_journal());
    for code in [
        rusqlite::ffi::SQLITE_IOERR,
        rusqlite::ffi::SQLITE_BUSY,
        rusqlite::ffi::SQLITE_CORRUPT,
        rusqlite::ffi::SQLITE_PERM,
    ] {
        assert!(!sqlite(code).is_for_want_of_a_journal(), "{code}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.sqlite");
    let journal = folder.path().join("x.sqlite-wal");
    assert!(!has_journal(&path));
    std::fs::write(&journal, "").unwrap();
    assert!(!has_journal(&path), "left behind empty");
    std::fs::write(&journal, "what was written last").unwrap();
    assert!(has_journal(&path));
}

#[test]
fn versions_before_are_given_one_by_one() {
    let mut rig = rig();
    for (second, body) in [(1, "one"), (2, "two"), (3, "three")] {
        rig.keep(&page(1), second, body, Vec::new());
    }
    rig.fail(&page(1), 4, Outcome::Gone);
    let three = rig.archive.page(&page(1)).unwrap().unwrap();
    let two = rig.archive.version_before(&three).unwrap().unwrap();
    let one = rig.archive.version_before(&two).unwrap().unwrap();
    assert_eq!((two.body, one.body.clone()), (b"two".to_vec(), b"one".to_vec()));
    assert_eq!(rig.archive.version_before(&one).unwrap(), None);
}
