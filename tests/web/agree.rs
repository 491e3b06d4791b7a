//! What is said in one place holds in the other: counts and the lists they lead to, pages and what programs take along.

use std::sync::{Arc, Mutex};

use minutebook::web::{App, CrawlHealth, Settings, SiteHealth};
use minutebook_index::Index;
use minutebook_record::{Holder, How, Item, Part};

use super::{Site, records};

#[tokio::test]
async fn a_role_is_counted_as_its_page_and_its_search_count_it() {
    let says = |number, routine, posts: &[&str]| {
        let said = records::passage(Part::Minutes, "It was said and noted.");
        let role = |post: &&str| records::role(post, How::Advised, Holder::Officer, &[0]);
        Item {
            procedural: Some(routine),
            roles: Some(posts.iter().map(role).collect()),
            ..records::item(number, "1", "Dredging", vec![said])
        }
    };
    let items = vec![
        says(1, false, &["Harbour Master", "écluse keeper"]),
        says(2, true, &["Harbour Master", "Town Crier"]),
        says(3, true, &["Harbour Master", "Quay Warden"]),
        says(4, true, &["acting Warden"]),
    ];
    let site = Site::of(&[records::meeting(1, "Cabinet", None, items)], Settings::default()).await;
    let list = site.get("/api/v1/roles").await.json();
    let roles = list["roles"].as_array().unwrap();
    for (slug, items) in [("harbour-master", 1), ("town-crier", 1), ("quay-warden", 1)] {
        let role = roles.iter().find(|role| role["slug"] == slug).unwrap();
        assert_eq!(role["items"], items, "{slug}");
        let found = site.get(&format!("/api/v1/search?role={slug}")).await.json();
        assert_eq!(found["total"], items, "{slug}");
    }
    let page = site.page("/roles").await;
    assert_eq!(page.texts("main h2"), ["A", "E", "H", "Q", "T"]);
}

#[tokio::test]
async fn what_only_comes_near_says_so_in_files_and_is_in_no_feed() {
    let site = Site::new().await;
    let found = site.get("/api/v1/search?q=collisions+bins").await.json();
    let hits = found["results"].as_array().unwrap();
    assert_eq!((hits.len(), &found["complete"]), (2, &0.into()), "{found}");
    assert!(hits.iter().all(|hit| hit["holds"] == "near"));
    let lines = site.get("/search.jsonl?q=collisions+bins").await.body;
    assert_eq!(lines.matches("\"holds\":\"near\"").count(), 2);
    let table = site.get("/search.csv?q=collisions+bins").await.body;
    assert_eq!(table.lines().next().unwrap().rsplit(',').next(), Some("holds"));
    assert_eq!(table.matches(",near\r\n").count(), 2, "{table}");
    let feed = site.get("/search.atom?q=collisions+bins").await.body;
    assert!(!feed.contains("<entry>"), "{feed}");
    // Those that hold it all are told apart, in whatever order and however few are shown.
    for order in ["relevance", "newest", "oldest"] {
        for size in [1, 20] {
            let path = format!("/api/v1/search?q=grit+discussed&sort={order}&per_page={size}");
            for hit in site.get(&path).await.json()["results"].as_array().unwrap() {
                let all = hit["title"] == "Grit bins";
                assert_eq!(hit["holds"] == "all", all, "{path}: {hit}");
            }
        }
    }
    let feed = site.get("/search.atom?q=collisions").await.body;
    assert_eq!(feed.matches("<entry>").count(), 1);
}

#[tokio::test]
async fn ways_back_and_on_keep_what_was_chosen() {
    let site = Site::new().await;
    let page = site.page("/search?q=budget&year=2019&sort=newest&page=90").await;
    let back = page.attributes(".found > p > a", "href");
    assert!(back.contains(&"/search?q=budget&year=2019&sort=newest".to_owned()), "{back:?}");
    let page = site.page("/search?q=budget+2019&as_words=date:2019").await;
    assert_eq!(page.attributes("input[type=hidden][name=as_words]", "value"), ["date:2019"]);
    let nothing = site.page("/search?q=budget&committee=nobody").await;
    let ways = nothing.attributes(".nothing li a", "href");
    let totals = nothing.texts(".nothing li .quiet");
    assert!(!ways.is_empty());
    for (way, total) in ways.iter().zip(totals) {
        let heading = site.page(way).await.text("h1");
        assert!(heading.starts_with(&total), "{way}: {total} is {heading}");
    }
    for (path, status) in [("/years/0019", 404), ("/years/02019", 404), ("/years/2019", 303)] {
        assert_eq!(site.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn bars_say_what_they_count() {
    let site = Site::new().await;
    let label = |page: super::Page| page.attributes("svg.chart", "aria-label").remove(0);
    assert!(label(site.page("/committees/cabinet").await).starts_with("Meetings a year"));
    assert!(label(site.page("/").await).starts_with("Items a year"));
}

#[tokio::test]
async fn what_is_held_is_told_as_it_stands_now() {
    super::log();
    let folder = tempfile::tempdir().unwrap();
    super::fill(folder.path(), &records::meetings());
    let pages = Arc::new(Mutex::new(100));
    let asked = Arc::clone(&pages);
    let health = CrawlHealth::from(move || {
        let site = "https://minutes.wexborough.example.invalid/".to_owned();
        vec![SiteHealth { site, pages: *asked.lock().unwrap(), ..SiteHealth::default() }]
    });
    let index = Index::open(folder.path()).unwrap();
    let app = App::with_health(index, Settings::default(), health);
    let site = Site::serving(folder, app).await;
    let before = site.get("/held").await;
    assert!(before.body.contains("100 pages"), "{}", before.body);
    *pages.lock().unwrap() = 7_351;
    let tag = [("if-none-match", before.header("etag"))];
    let after = site.send(reqwest::Method::GET, "/held", &tag).await;
    assert_eq!(after.status, 200);
    assert!(after.body.contains("7,351 pages"), "{}", after.body);
}

#[tokio::test]
async fn a_page_of_names_nobody_knows_is_answered_in_few_words() {
    let site = Site::new().await;
    let names: Vec<String> = (0..8_000).map(|n| format!("n{n}")).collect();
    for path in ["/api/v1/search", "/api/v1/committees"] {
        let answer = site.get(&format!("{path}?{}", names.join("&"))).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.body.len() < 4_000, "{path}: {} bytes", answer.body.len());
    }
    let long = format!("/api/v1/search?{}=1", "n".repeat(50_000));
    assert!(site.get(&long).await.body.len() < 4_000);
}
