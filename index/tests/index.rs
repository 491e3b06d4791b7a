//! The index from outside: meetings in, answers out, over processes' and builds' edges.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{EHE, council, indexed, meeting, now};
use minutebook_index::search::{Routine, Sort, Synonyms};
use minutebook_index::{Index, IndexError, Put, Search, Writer};

fn ids(index: &Index, search: &Search) -> Vec<String> {
    index.search(search).unwrap().hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn words_anywhere_in_the_item_find_it() {
    let (_dir, index) = indexed(&council());
    let results = index.search(&Search::words("elective home education priority")).unwrap();
    assert_eq!(results.complete, Some(1), "{} in all", results.total);
    let hit = &results.hits[0];
    assert_eq!(hit.id, EHE);
    assert_eq!(hit.committee.slug, "learning-select-commission");
    assert_eq!(hit.snippet.label.as_deref(), Some("2)"));
    assert!(hit.snippet.text().contains("Elective Home Education"));
    assert!(hit.snippet.pieces.iter().any(|piece| piece.marked && piece.text == "Elective"));
    assert!(hit.matched_in.contains(&"resolution".to_owned()));
    // One word in the title, one in a passage, one in another.
    assert_eq!(ids(&index, &Search::words("partnership table disappointment")), [EHE]);
    // Nothing but the words as typed.
    let typed =
        Search { synonyms: Synonyms::Off, ..Search::words("elective home education priority") };
    assert_eq!(ids(&index, &typed), [EHE]);
}

#[test]
fn an_empty_search_browses_newest_first_with_undated_last() {
    let (_dir, index) = indexed(&council());
    let search = Search { routine: Routine::Show, ..Search::default() };
    let results = index.search(&search).unwrap();
    assert_eq!(results.total, results.coverage.items);
    let dates: Vec<_> = results.hits.iter().map(|hit| hit.date).collect();
    let mut sorted = dates.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(dates, sorted);
    assert_eq!(dates.last(), Some(&None), "the undated stand last");
    let oldest = Search { sort: Sort::Oldest, ..search };
    assert_eq!(index.search(&oldest).unwrap().hits.last().unwrap().date, None);
}

#[test]
fn procedural_items_fold_away_with_their_count() {
    let (_dir, index) = indexed(&council());
    let hidden = index.search(&Search::default()).unwrap();
    let shown = index.search(&Search { routine: Routine::Show, ..Search::default() }).unwrap();
    assert!(hidden.routine_hidden > 0);
    assert_eq!(hidden.total + hidden.routine_hidden, shown.total);
    assert!(hidden.hits.iter().all(|hit| !hit.routine));
}

#[test]
fn putting_twice_is_putting_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    let first = council().remove(0);
    assert_eq!(writer.put(&first, now()).unwrap(), Put::Added);
    assert_eq!(writer.put(&first, now()).unwrap(), Put::Same);
    writer.commit().unwrap();
    let mut changed = first.clone();
    changed.items[1].title = "Another title about gritting".to_owned();
    assert_eq!(writer.put(&changed, now()).unwrap(), Put::Changed);
    writer.commit().unwrap();
    drop(writer);
    let index = Index::open(dir.path()).unwrap();
    let coverage = index.coverage().unwrap();
    assert_eq!((coverage.meetings, coverage.items), (1, first.items.len()));
    assert_eq!(index.search(&Search::words("gritting")).unwrap().total, 1);
    assert_eq!(
        index.meeting(&first.id).unwrap(),
        Some(changed.clone()),
        "the whole record comes back"
    );
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    // Back and forth before anything is committed.
    for meeting in [&first, &changed, &first, &changed] {
        assert_eq!(writer.put(meeting, now()).unwrap(), Put::Changed);
    }
    assert!(writer.remove(&first.id).unwrap());
    assert!(!writer.remove(&first.id).unwrap());
    for (meeting, put) in [(&first, Put::Added), (&changed, Put::Changed), (&first, Put::Changed)] {
        assert_eq!(writer.put(meeting, now()).unwrap(), put);
    }
    writer.commit().unwrap();
    index.reload().unwrap();
    assert_eq!(index.meeting(&first.id).unwrap(), Some(first.clone()), "what was put last");
    assert_eq!(index.coverage().unwrap().items, first.items.len());
    assert!(writer.remove(&first.id).unwrap());
    writer.commit().unwrap();
    index.reload().unwrap();
    assert_eq!(index.coverage().unwrap().items, 0);
    assert_eq!(index.meeting(&first.id).unwrap(), None);
}

#[test]
fn an_item_comes_with_what_surrounds_it() {
    let (_dir, index) = indexed(&council());
    let found = index.item(EHE).unwrap().unwrap();
    assert_eq!(found.item.id, EHE);
    assert!(found.meeting.items.is_empty());
    assert!(found.previous.is_some() && found.next.is_some());
    assert_eq!(index.item("no-such-item").unwrap(), None);
}

#[test]
fn readers_keep_up_with_commits_and_rebuilds() {
    let (dir, index) = indexed(&council()[..1]);
    let before = index.generation();
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    writer.put(&council()[1], now()).unwrap();
    writer.commit().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(250));
    assert_eq!(index.coverage().unwrap().meetings, 2, "seen without being told");
    assert!(index.generation() > before);
    drop(writer);
    let mut writer = Writer::rebuild(dir.path()).unwrap();
    for meeting in council() {
        writer.put(&meeting, now()).unwrap();
        assert!(index.search(&Search::words("partnership")).is_ok(), "answers during a rebuild");
    }
    assert!(matches!(Writer::open_or_create(dir.path()), Err(IndexError::Busy(_))));
    writer.finish().unwrap();
    index.reload().unwrap();
    assert_eq!(index.coverage().unwrap().meetings, council().len());
}

#[test]
fn when_an_item_was_first_seen_outlives_a_rebuild() {
    let dir = tempfile::tempdir().unwrap();
    let first = meeting(1, "2021-01-01", "Gritting", "Salt on roads.");
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    writer.put(&first, now()).unwrap();
    writer.commit().unwrap();
    drop(writer);
    let later = now().checked_add(jiff::SignedDuration::from_hours(240)).unwrap();
    let mut writer = Writer::rebuild(dir.path()).unwrap();
    writer.put(&first, later).unwrap();
    writer.put(&meeting(2, "2021-02-01", "Snow", "More salt."), later).unwrap();
    writer.finish().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let search = Search { sort: Sort::FirstSeen, ..Search::words("salt") };
    let seen: Vec<_> = index.search(&search).unwrap().hits.iter().map(|h| h.first_seen).collect();
    assert_eq!(seen, [Some(later), Some(now())], "latest arrival first, the earlier one kept");
}

#[test]
fn what_is_no_index_says_so() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Index::open(dir.path()), Err(IndexError::Absent(_))));
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    assert!(matches!(Index::open(&file), Err(IndexError::NotFolder(_))));
    let (dir, _index) = indexed(&council());
    let build =
        std::fs::read_dir(dir.path()).unwrap().flatten().find(|e| e.path().is_dir()).unwrap();
    std::fs::write(build.path().join("meta.json"), "{").unwrap();
    let error = Index::open(dir.path()).err().unwrap();
    assert!(error.to_string().contains("--rebuild"), "{error}");
}

#[test]
fn items_like_one_share_its_telling_words() {
    let (_dir, index) = indexed(&council());
    let like = index.more_like("east-m901-a", 3).unwrap();
    assert_eq!(like.first().map(|hit| hit.id.as_str()), Some("east-m904-a"));
    assert!(like.iter().all(|hit| hit.id != "east-m901-a" && !hit.routine));
    assert!(index.more_like("no-such-item", 3).unwrap().is_empty());
}

#[test]
fn lists_say_how_much_is_held() {
    let (_dir, index) = indexed(&council());
    let committees = index.committees();
    let highways = committees.iter().find(|c| c.slug == "highways-panel").unwrap();
    assert_eq!((highways.meetings, highways.items), (3, 3));
    assert_eq!(highways.years, [(2019, 1), (2022, 1)], "the undated one is in no year");
    assert_eq!(highways.first, "2019-03-12".parse().ok());
    assert!(
        index.topics().iter().any(|t| t.slug == "school-attendance"),
        "wider topics count narrower ones"
    );
    assert_eq!(index.roles().len(), 2);
    assert_eq!(index.councils()[0].slug, "east-borough-council");
    let coverage = index.coverage().unwrap();
    assert_eq!((coverage.meetings, coverage.items, coverage.undated), (5, 7, 1));
}

#[test]
fn what_only_a_scan_holds_is_counted_and_named() {
    let doubt = |kind: &str, place: &str| {
        minutebook_record::Doubt::new(kind, "no text").at(place.to_owned())
    };
    let mut meetings = council();
    meetings[0].doubts.push(doubt("weekday-mismatch", "Monday"));
    meetings[0].doubts.push(doubt("pdf-without-text", "https://east.example/scan.pdf"));
    meetings[1].items[0].passages.clear();
    meetings[1].items[0].doubts.push(doubt("pdf-unread", "somewhere"));
    let (_dir, index) = indexed(&meetings);
    assert_eq!(index.coverage().unwrap().unreadable, 2);
    let all = index.unreadable().unwrap();
    let of = |id: &str| all.iter().find(|unread| unread.meeting == id).unwrap();
    let whole = of(&meetings[0].id);
    assert_eq!(
        (whole.item.as_ref(), whole.document.as_str()),
        (None, "https://east.example/scan.pdf")
    );
    let item = of(&meetings[1].id);
    let own = &meetings[1].items[0];
    assert_eq!(item.item, Some((own.id.clone(), own.title.clone())));
    assert_eq!(item.document, own.url, "what is no address is not linked");
    assert_eq!(all.len(), 2);
}
