//! What programs take along: feeds, CSV, JSON Lines, the sitemap, robots.txt, OpenSearch, security.txt, compression, probes.

use minutebook::web::Settings;
use reqwest::Method;

use super::{Site, records};

/// Every element and its text of an XML document that must be well-formed.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                open.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
                found.push((open.last().unwrap().clone(), String::new()));
            }
            quick_xml::events::Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.unwrap();
                }
                found.push((
                    String::from_utf8(tag.name().as_ref().to_vec()).unwrap(),
                    String::new(),
                ));
            }
            quick_xml::events::Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.1.push_str(&text.decode().unwrap());
                }
            }
            quick_xml::events::Event::End(_) => {
                open.pop();
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn texts(found: &[(String, String)], name: &str) -> Vec<String> {
    found.iter().filter(|(n, _)| n == name).map(|(_, text)| text.trim().to_owned()).collect()
}

#[tokio::test]
async fn feeds_are_atom_with_stable_ids() {
    let mut all = records::meetings();
    all.push(records::nasty());
    let site = Site::of(&all, Settings::default()).await;
    for path in [
        "/search.atom",
        "/search.atom?q=trapword",
        "/committees/cabinet/feed.atom",
        "/topics/elective-home-education/feed.atom",
        "/roles/section-151-officer/feed.atom",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
        assert!(answer.header("etag").starts_with("W/\""));
        let found = elements(&answer.body);
        let entries = texts(&found, "entry").len();
        assert!(entries > 0, "{path}");
        let ids = texts(&found, "id");
        assert_eq!(ids.len(), entries + 1);
        assert!(
            ids[1..].iter().all(|id| id.starts_with(&format!("{}/items/", site.base))),
            "{ids:?}"
        );
        let mut distinct = ids.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), ids.len());
        for updated in texts(&found, "updated") {
            updated.parse::<jiff::Timestamp>().unwrap();
        }
        for name in ["title", "author"] {
            assert_eq!(texts(&found, name).len(), entries + 1, "{name}");
        }
    }
    assert_eq!(site.get("/committees/none/feed.atom").await.status, 404);
    assert_eq!(site.get("/search.atom?frm=2019").await.status, 400);
}

#[tokio::test]
async fn files_hold_every_result() {
    let site = Site::new().await;
    let total = site.get("/api/v1/search?routine=show").await.json()["total"].as_u64().unwrap();
    let csv = site.get("/search.csv?routine=show").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
    let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
    assert_eq!(reader.headers().unwrap().get(7), Some("title"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len() as u64, total);
    let education = rows.iter().find(|row| row[0].ends_with("-i101")).unwrap();
    assert!(
        education[9].contains("[recommended] 2) That it be recommended to the Cabinet"),
        "{education:?}"
    );
    let lines = site.get("/search.jsonl?routine=show&q=budget").await;
    let found: Vec<serde_json::Value> =
        lines.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 23);
    assert_eq!(found[0]["committee"]["slug"], "cabinet");
}

#[tokio::test]
async fn search_engines_are_shown_items_and_kept_from_searches() {
    let site = Site::new().await;
    let robots = site.get("/robots.txt").await.body;
    assert!(robots.contains("Disallow: /search\n") && robots.contains("Disallow: /api/\n"));
    assert!(robots.contains(&format!("Sitemap: {}/sitemap.xml", site.base)));
    let parts = texts(&elements(&site.get("/sitemap.xml").await.body), "loc");
    let mut addresses = Vec::new();
    for part in &parts {
        let answer = site.get(part.strip_prefix(&site.base).unwrap()).await;
        assert_eq!(answer.status, 200, "{part}");
        addresses.extend(texts(&elements(&answer.body), "loc"));
    }
    assert!(
        addresses.contains(&format!("{}/items/minutes.wexborough.example.invalid-i101", site.base))
    );
    assert!(addresses.contains(&format!("{}/committees/cabinet", site.base)));
    let items = addresses.iter().filter(|a| a.contains("/items/")).count();
    assert_eq!(items, 52);
    assert_eq!(site.get("/sitemap/99.xml").await.status, 404);
    assert!(site.page("/search?q=x").await.has("meta[name=robots][content=noindex]"));
    assert!(
        !site.page("/items/minutes.wexborough.example.invalid-i101").await.has("meta[name=robots]")
    );
}

#[tokio::test]
async fn browsers_and_finders_of_faults_are_told_where_to_go() {
    let settings = Settings {
        contact: Some("mailto:minutes@example.invalid".to_owned()),
        ..Settings::default()
    };
    let named =
        Settings { site_name: "Hammering & Fulling minutes".to_owned(), ..settings.clone() };
    let open = Site::with(named).await.get("/opensearch.xml").await.body;
    assert!(open.contains("<ShortName>Hammering &amp; Full</ShortName>"), "{open}");
    elements(&open);
    let site = Site::with(settings).await;
    let open = site.get("/opensearch.xml").await;
    assert_eq!(open.header("content-type"), "application/opensearchdescription+xml; charset=utf-8");
    let found = elements(&open.body);
    assert_eq!(texts(&found, "ShortName"), ["Minutebook"]);
    assert!(open.body.contains(&format!("{}/search?q={{searchTerms}}", site.base)));
    let security = site.get("/.well-known/security.txt").await.body;
    assert!(
        security.starts_with("Contact: mailto:minutes@example.invalid\nExpires: 20"),
        "{security}"
    );
    assert_eq!(Site::new().await.get("/.well-known/security.txt").await.status, 404);
}

#[tokio::test]
async fn answers_are_compressed_where_that_is_wanted() {
    let site = Site::new().await;
    for (wanted, given) in [("br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let answer = site.send(Method::GET, "/api/v1/search", &[("accept-encoding", wanted)]).await;
        assert_eq!(answer.header("content-encoding"), given);
    }
}

#[tokio::test]
async fn probes_say_alive_and_ready() {
    let site = Site::new().await;
    assert_eq!(site.get("/healthz").await.json()["status"], "ok");
    let ready = site.get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["items"]), (200, &52.into()));
    for entry in std::fs::read_dir(site.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let gone = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        gone.unwrap();
    }
    let not = site.get("/readyz").await;
    assert_eq!((not.status, not.header("retry-after")), (503, "2"));
    assert_eq!(not.header("content-type"), "application/problem+json");
    assert_eq!(site.get("/healthz").await.status, 200, "alive all the same");
}

#[tokio::test]
async fn assets_may_be_kept_for_ever() {
    let site = Site::new().await;
    let page = site.page("/").await;
    let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
    let answer = site.get(&style).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(answer.body.len() < 12_288, "{} bytes of style", answer.body.len());
    assert!(
        !answer.body.contains("url(") && !answer.body.contains("@import"),
        "the style asks nobody for anything"
    );
    assert_eq!(site.get("/assets/style-00000000.css").await.status, 404);
}
