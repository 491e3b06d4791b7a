//! Completeness by each route: every meeting and every item, none of them twice.

use std::collections::BTreeSet;

use super::council::Council;
use super::*;
use crate::page::PageKind;

/// What the archive holds of the council's meetings and items.
fn held(rig: &Rig) -> (BTreeSet<String>, BTreeSet<u32>) {
    let archive = rig.archive();
    let pages: Vec<_> = archive.pages().map(Result::unwrap).collect();
    let mut urls = BTreeSet::new();
    let mut items = BTreeSet::new();
    for page in &pages {
        assert!(urls.insert(page.url.clone()), "{} twice", page.url);
        let text = String::from_utf8_lossy(&page.body).into_owned();
        for m in &rig.council.meetings {
            let printed = m.printed_only && page.url.contains(&format!("documents/g{}/", m.id));
            let legacy = m.legacy && text.contains(&format!("Old minutes {}<", m.id));
            for item in &m.items {
                let told = text.contains(&format!("Minute {item}, edition")) && !m.cut;
                let whole = text.contains(&format!("Whole minute {item}, edition"));
                let by_service = text.contains(&format!("&lt;p&gt;Minute {item},"));
                let short = m.cut
                    && *item != m.items[1]
                    && text.contains(&format!("Minute {item}, edition"));
                if told || whole || by_service || short || printed || legacy {
                    items.insert(*item);
                }
            }
        }
    }
    (urls, items)
}

fn expected(rig: &Rig, deleted: bool, legacy: bool) -> BTreeSet<u32> {
    rig.council
        .meetings
        .iter()
        .filter(|m| (deleted || m.committee != 104) && (legacy || !m.legacy))
        .flat_map(|m| m.items.clone())
        .collect()
}

#[track_caller]
fn no_address_twice(asked: &[String]) {
    let mut seen = BTreeSet::new();
    for path in asked {
        assert!(seen.insert(path.to_ascii_lowercase()), "{path} asked for twice");
    }
}

#[tokio::test]
async fn both_routes_together_find_everything() {
    let mut rig = Rig::new(Council::new(today(), 40)).await;
    let summary = rig.crawl().await;
    assert_eq!(summary.ending, Ending::Done, "{summary:?}");
    assert_eq!(summary.route, "both");
    let (_, items) = held(&rig);
    assert_eq!(items, expected(&rig, true, true));
    let asked = rig.asked();
    no_address_twice(&asked);
    assert_eq!(asked[0], "robots.txt");
    assert!(
        !asked
            .iter()
            .any(|p| p.contains("Calendar") || p.contains("UserInfo") || p.contains("Issue"))
    );
    // The pages are asked for what the service leaves out, and for nothing else.
    let meetings = asked.iter().filter(|p| p.starts_with("ieListDocuments")).count();
    assert_eq!(
        meetings,
        rig.council.meetings.iter().filter(|m| m.printed_only && !m.legacy).count()
    );
}

#[tokio::test]
async fn the_pages_alone_find_everything_they_show() {
    let mut council = Council::new(today(), 40);
    council.service = false;
    let mut rig = Rig::new(council).await;
    let summary = rig.crawl().await;
    assert_eq!(summary.ending, Ending::Done, "a site without the web service is no failure");
    assert_eq!(summary.route, "pages");
    assert_eq!(summary.exit_code(), 0);
    let (_, items) = held(&rig);
    assert_eq!(items, expected(&rig, false, true));
    no_address_twice(&rig.asked());
}

#[tokio::test]
async fn the_service_alone_finds_everything_it_tells() {
    let mut council = Council::new(today(), 40);
    council.pages = false;
    let mut rig = Rig::new(council).await;
    let summary = rig.crawl().await;
    assert_eq!(summary.route, "service");
    let (_, items) = held(&rig);
    let told: BTreeSet<u32> = rig
        .council
        .meetings
        .iter()
        .filter(|m| !m.legacy && !m.printed_only)
        .flat_map(|m| m.items.clone())
        .collect();
    assert_eq!(items, told);
    let refused = rig.council.log().iter().filter(|s| s.status == 403).count();
    assert!(
        refused <= 2 + rig.council.meetings.iter().filter(|m| m.printed_only).count(),
        "{refused}"
    );
}

#[tokio::test]
async fn a_site_below_a_directory_is_found_from_its_front_page() {
    let mut council = Council::new(today(), 8);
    council.prefix = "/moderngov/".to_owned();
    let rig = Rig::new(council).await;
    let fetcher = Rig::fetcher(0, now());
    let (_stopper, stop) = stop();
    let found = find(&rig.base.root(), &fetcher, &stop).await.unwrap();
    assert_eq!(found, rig.base);
    let mut archive = rig.archive();
    let summary =
        crawl(&SiteOptions::default(), &mut archive, &fetcher, &stop, |_| {}).await.unwrap();
    assert_eq!(summary.ending, Ending::Done);
    no_address_twice(&rig.asked());
    let list = archive
        .pages()
        .map(Result::unwrap)
        .filter(|p| crate::address::kind(&p.url) == PageKind::ServiceMeeting)
        .count();
    assert_eq!(list, 8);
}

#[tokio::test]
async fn a_second_crawl_of_an_unchanged_site_is_cheap_and_conditional() {
    let mut rig = Rig::new(Council::new(today(), 40)).await;
    let first = rig.crawl().await;
    rig.council.take_log();
    let second = rig.crawl().await;
    assert_eq!(second.ending, Ending::Done);
    assert_eq!(second.fetched, 0);
    let log = rig.council.log();
    let whole: Vec<_> = log.iter().filter(|s| s.status == 200 && s.path != "/robots.txt").collect();
    assert!(whole.is_empty(), "{whole:?}");
    assert!(log.iter().skip(1).all(|s| s.conditional));
    assert!(second.requests * 4 < first.requests, "{} of {}", second.requests, first.requests);
}
