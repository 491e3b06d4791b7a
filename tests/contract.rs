//! The main job on the sample council, through each route, against the truth: every meeting and item once, nothing that is not to be shown.

use std::collections::BTreeMap;

use minutebook::sample::{self, Mode, TruthMeeting};
use minutebook_record::{Meeting, Standing};

use crate::support::{Rig, Server};

/// Crawls and extracts the sample through one route and gives its records.
fn records_by(mode: Mode) -> Vec<Meeting> {
    let council = Server::of_sample(mode);
    let rig = Rig::new();
    // One planted page answers with status 200 and no byte; where the crawl meets it, it says so by exit code 4.
    let crawled = rig.run(&["crawl", &council.base, "--delay", "0"]);
    let met = mode == Mode::PagesOnly;
    assert_eq!(crawled.code, Some(if met { 4 } else { 0 }), "{}", crawled.stderr);
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

/// Compares records with the truth and tells every difference at once.
fn check(records: &[Meeting], expected: &BTreeMap<String, TruthMeeting>) {
    let mut wrong = Vec::new();
    let mut found = BTreeMap::new();
    for record in records {
        let key = record.id.rsplit('-').next().unwrap().to_owned();
        if found.insert(key.clone(), record).is_some() {
            wrong.push(format!("meeting {key} is there twice"));
        }
    }
    wrong.extend(
        found
            .keys()
            .filter(|k| !expected.contains_key(*k))
            .map(|k| format!("no such meeting: {k}")),
    );
    for (key, truth) in expected {
        match found.get(key) {
            Some(record) => compare(key, record, truth, &mut wrong),
            None => wrong.push(format!("meeting {key} was not found")),
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn compare(key: &str, record: &Meeting, truth: &TruthMeeting, wrong: &mut Vec<String>) {
    let mut same = |what: String, got: String, want: String| {
        if got != want {
            wrong.push(format!("{what}: got {got:?}, want {want:?}"));
        }
    };
    same(format!("date of {key}"), format!("{:?}", record.date), format!("{:?}", Some(truth.date)));
    same(format!("committee of {key}"), record.committee.name.clone(), truth.committee.clone());
    let id = |item: &minutebook_record::Item| item.id.rsplit('-').next().unwrap().to_owned();
    if !truth.archive {
        let got: Vec<_> = record.items.iter().map(id).collect();
        let want: Vec<_> =
            truth.items.iter().filter_map(|i| i.id).map(|id| format!("i{id}")).collect();
        same(format!("items of {key}"), got.join(" "), want.join(" "));
    }
    let archive = truth.archive;
    if record.items.len() != truth.items.len() {
        same(
            format!("count of items of {key}"),
            record.items.len().to_string(),
            truth.items.len().to_string(),
        );
        return;
    }
    for (item, truth) in record.items.iter().zip(&truth.items) {
        // The older archive prints titles in capitals; the words are the same.
        let fold = |title: &str| if archive { title.to_lowercase() } else { title.to_owned() };
        same(format!("title of {}", item.id), fold(&item.title), fold(&truth.title));
        same(
            format!("number of {}", item.id),
            item.number.clone().unwrap_or_default(),
            truth.number.clone(),
        );
        let restricted = item.standing == Standing::Restricted;
        same(
            format!("standing of {}", item.id),
            restricted.to_string(),
            truth.restricted.to_string(),
        );
        if truth.has_text && item.passages.is_empty() {
            same(format!("words of {}", item.id), "none".to_owned(), "some".to_owned());
        }
        let words = serde_json::to_string(item).unwrap();
        for secret in sample::EXEMPT_WORDS {
            let shown = words.contains(secret);
            same(format!("`{secret}` in {}", item.id), shown.to_string(), "false".to_owned());
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

#[test]
fn references_lead_to_the_minutes_they_name() {
    let records = records_by(Mode::ServiceOnly);
    let ids: std::collections::HashSet<_> =
        records.iter().flat_map(|m| m.items.iter().map(|i| i.id.as_str())).collect();
    let linked: Vec<_> = records
        .iter()
        .flat_map(|m| &m.items)
        .flat_map(|i| &i.references)
        .filter_map(|r| r.item.as_deref())
        .collect();
    // Two name minutes of the same body within a year and a half; the others point at what the sample does not hold or at another body.
    assert!(linked.len() >= 2, "{linked:?}");
    assert!(
        linked.iter().any(|id| id.ends_with("-i89293")),
        "\"Minute No. 19 refers\": {linked:?}"
    );
    assert!(linked.iter().all(|id| ids.contains(id)), "{linked:?}");
}
