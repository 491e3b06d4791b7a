//! The main job on the sample council, through each route, against the truth: every meeting and item once, nothing that is not to be shown.

use std::collections::BTreeMap;

use minutebook::sample::{self, Mode, TruthMeeting};
use minutebook_record::{Meeting, Standing};

use crate::support::{CouncilServer, Rig};

/// Crawls and extracts the sample through one route and gives its records.
fn records_by(mode: Mode) -> Vec<Meeting> {
    let council = CouncilServer::start(mode);
    let rig = Rig::new();
    rig.done(&["crawl", &council.base, "--delay", "0"]);
    rig.done(&["extract"]);
    rig.records()
}

fn expected(include: impl Fn(&TruthMeeting) -> bool) -> BTreeMap<String, TruthMeeting> {
    let council = sample::council().unwrap();
    sample::truth(&council)
        .into_iter()
        .filter(include)
        .map(|m| (format!("{}{}", if m.archive { "c" } else { "m" }, m.id), m))
        .collect()
}

fn check(records: &[Meeting], expected: &BTreeMap<String, TruthMeeting>) {
    let mut found = BTreeMap::new();
    for record in records {
        let key = record.id.rsplit('-').next().unwrap().to_owned();
        assert!(found.insert(key.clone(), record).is_none(), "meeting {key} is there twice");
    }
    let missing: Vec<_> = expected.keys().filter(|k| !found.contains_key(*k)).collect();
    assert!(missing.is_empty(), "meetings not found: {missing:?}");
    let extra: Vec<_> = found.keys().filter(|k| !expected.contains_key(*k)).collect();
    assert!(extra.is_empty(), "meetings that are none: {extra:?}");
    for (key, truth) in expected {
        let record = found[key];
        assert_eq!(record.date, Some(truth.date), "date of {key}");
        assert_eq!(record.committee.name, truth.committee, "committee of {key}");
        let ids: Vec<_> =
            truth.items.iter().filter_map(|i| i.id).map(|id| format!("i{id}")).collect();
        if !truth.archive {
            let got: Vec<_> =
                record.items.iter().map(|i| i.id.rsplit('-').next().unwrap().to_owned()).collect();
            assert_eq!(got, ids, "items of {key}");
        }
        for (item, truth) in record.items.iter().zip(&truth.items) {
            assert_eq!(item.title, truth.title, "title of {}", item.id);
            assert_eq!(item.number.as_deref().unwrap_or(""), truth.number, "number of {}", item.id);
            assert_eq!(
                item.standing == Standing::Restricted,
                truth.restricted,
                "standing of {}",
                item.id
            );
            if truth.restricted {
                assert!(item.passages.is_empty(), "exempt words of {} are shown", item.id);
            }
            if truth.has_text {
                assert!(!item.passages.is_empty(), "no words of {}", item.id);
            }
        }
    }
}

#[test]
fn the_web_service_alone_gives_everything_it_knows() {
    check(&records_by(Mode::ServiceOnly), &expected(|m| m.by_service));
}

#[test]
fn the_pages_alone_give_everything_they_know() {
    check(&records_by(Mode::PagesOnly), &expected(|m| m.by_pages));
}

#[test]
fn both_routes_together_give_everything_once() {
    check(&records_by(Mode::Both), &expected(|_| true));
}
