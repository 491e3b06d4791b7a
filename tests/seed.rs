//! The case to keep in mind: one agenda item whose page shows neither committee nor date, saved by hand together with the meeting page that
//! links to it. A resident types "home schooling"; they must find resolution 2, know who resolved it and when, and be able to cite it.

use std::sync::Arc;

use minutebook::sample::{self, Mode};
use minutebook_record::{Holder, How, Item, Kind, Meeting};

use crate::support::{Rig, get, write};

const SITE: &str = "https://minutes.ellerbrough.example/";

/// The seed's item as saved pages, imported and extracted.
pub(crate) fn imported() -> (Rig, Meeting, Item) {
    let rig = Rig::new();
    let council = Arc::new(sample::council().unwrap());
    let truth = sample::truth(&council);
    let (meeting, item) = truth
        .iter()
        .flat_map(|m| m.items.iter().map(move |i| (m, i)))
        .find(|(_, i)| i.title.contains("Rotherham Education Strategic Partnership"))
        .expect("the sample carries the seed's item");
    let item_page = format!("mgAi.aspx?ID={}", item.id.unwrap());
    let meeting_page =
        format!("ieListDocuments.aspx?CId={}&MId={}", meeting.committee_id, meeting.id);
    for name in [&item_page, &meeting_page] {
        let (path, query) = name.split_once('?').unwrap();
        let headers = axum::http::HeaderMap::new();
        let page = sample::respond(&council, Mode::Both, &format!("/{path}"), query, &headers);
        assert_eq!(page.status, 200, "{name}");
        write(&rig.outside("saved").join(format!("{name}.html")), page.body);
    }
    let saved = rig.outside("saved");
    rig.done(&["import", saved.to_str().unwrap(), "--site", SITE]);
    rig.done(&["extract"]);
    let records = rig.records();
    assert_eq!(records.len(), 1, "one meeting was saved");
    let record = records.into_iter().next().unwrap();
    let id = format!("-i{}", item.id.unwrap());
    let found = record.items.iter().find(|i| i.id.ends_with(&id)).unwrap().clone();
    (rig, record, found)
}

#[test]
fn the_item_knows_its_commission_and_day() {
    let (_rig, meeting, _) = imported();
    assert_eq!(meeting.committee.name, "Improving Lives Select Commission");
    let council = sample::council().unwrap();
    let truth = sample::truth(&council);
    let truth = truth.iter().find(|m| meeting.id.ends_with(&format!("-m{}", m.id))).unwrap();
    assert_eq!(meeting.date, Some(truth.date));
}

#[test]
fn its_three_resolutions_are_whole() {
    let (_rig, _, item) = imported();
    let found: Vec<_> = item
        .resolutions()
        .iter()
        .map(|r| (r.label.as_deref().unwrap_or_default(), r.kind, r.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("1)", Kind::Noted, "That the report be noted."),
            (
                "2)",
                Kind::Recommended,
                "That it be recommended that Elective Home Education be a priority area for the Rotherham Education Partnership."
            ),
            (
                "3)",
                Kind::Resolved,
                "That information on the revised priorities for the Rotherham Education Partnership and the timeline for their implementation be circulated to members of the Improving Lives Select Commission."
            ),
        ]
    );
}

#[test]
fn its_roles_are_told_apart() {
    let (_rig, _, item) = imported();
    let has = |slug: &str, how: How| item.roles().iter().any(|r| r.slug == slug && r.how == how);
    assert!(has("assistant-director-education", How::Spoke), "{:#?}", item.roles());
    assert!(has("assistant-director-education", How::Advised));
    let politicians: Vec<_> =
        item.roles().iter().filter(|r| r.slug.starts_with("cabinet-member")).collect();
    assert!(!politicians.is_empty());
    assert!(politicians.iter().all(|r| r.holder == Holder::Member), "{politicians:#?}");
    assert!(
        item.roles()
            .iter()
            .filter(|r| r.slug.contains("director"))
            .all(|r| r.holder == Holder::Officer)
    );
}

#[test]
fn its_topic_is_found_though_the_discussion_never_says_it() {
    let (_rig, _, item) = imported();
    assert!(item.topics().iter().any(|t| t == "elective-home-education"), "{:?}", item.topics());
}

#[test]
fn home_schooling_finds_resolution_two_and_can_be_cited() {
    let (rig, meeting, item) = imported();
    rig.done(&["index"]);
    for query in
        ["home schooling", "EHE", "ehe", "electively home educated", "elective home education"]
    {
        let ran = rig.done(&["search", query, "--json"]);
        let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let first = &answer["results"][0];
        assert_eq!(first["id"], item.id.as_str(), "{query}");
        let snippet = first["snippet"].as_str().unwrap();
        let plain = snippet.replace("<mark>", "").replace("</mark>", "");
        assert!(plain.contains("Elective Home Education be a priority area"), "{query}: {snippet}");
        assert_eq!(first["committee"]["name"], meeting.committee.name.as_str());
        assert_eq!(first["date"], meeting.date.unwrap().to_string());
    }
    let text = rig.done(&["search", "home", "schooling"]).stdout;
    assert!(text.contains("Improving Lives Select Commission"), "{text}");

    let served = rig.start(&["serve", "--listen", "127.0.0.1:0"]);
    let (status, page) = get(&format!("{}/items/{}", served.base, item.id));
    assert_eq!(status, 200);
    assert!(page.contains("Elective Home Education"));
    assert!(page.contains(&item.url), "the council's own page is linked");
}
