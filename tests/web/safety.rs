//! What must never happen: markup from a page in a page, a cookie, a query in the log, a request too many, words that are withheld.

use std::sync::Arc;
use std::time::Duration;

use minutebook::web::{Hidden, Rate, Settings, Suppressed, Withheld};
use minutebook_index::Writer;
use reqwest::Method;

use super::records::{NASTY, nasty};
use super::{Site, pages::EVERY, records};

#[tokio::test]
async fn words_of_a_page_never_become_markup() {
    let site = Site::of(&[nasty()], Settings::default()).await;
    let listed = site.get("/api/v1/search?q=trapword&per_page=100").await.json();
    assert_eq!(listed["total"], NASTY.len());
    let mut paths: Vec<String> = [
        "/",
        "/search?q=trapword&per_page=100",
        "/committees",
        "/roles",
        "/topics",
        "/councils",
        "/held",
    ]
    .map(str::to_owned)
    .to_vec();
    for hit in listed["results"].as_array().unwrap() {
        assert!(!hit["snippet"].as_str().unwrap().contains("<script"), "{hit}");
        let path = hit["passage_url"].as_str().unwrap().strip_prefix(&site.base).unwrap();
        paths.push(path.split('#').next().unwrap().to_owned());
        paths.push(format!(
            "{}/cite",
            hit["url"].as_str().unwrap().strip_prefix(&site.base).unwrap()
        ));
    }
    paths.push(format!("/meetings/{}", "nasty%2F%3Cmeeting%3E"));
    for words in NASTY {
        let query: String = url_encode(words);
        paths.push(format!("/search?q={query}"));
        paths.push(format!("/search?q=x&committee={query}&topic={query}&role={query}"));
        paths.push(format!("/nothing/{query}"));
    }
    for path in &paths {
        let answer = site.get(path).await;
        assert!(matches!(answer.status, 200 | 404 | 303), "{path}: {}", answer.status);
        if answer.status == 303 {
            continue;
        }
        let page = answer.html();
        assert!(!page.has("script:not([type='application/ld+json'])"), "{path} has a script");
        assert!(
            !page.has("main img, nav img, footer img, iframe, object, b, i, svg:not(.chart)"),
            "{path} has markup of a page"
        );
        assert!(!page.has("[onerror], [onmouseover], [onload]"), "{path} has a handler");
        let bad =
            page.attributes("a", "href").into_iter().find(|href| href.contains("javascript:a"));
        assert_eq!(bad, None, "{path}");
        for linked in page.texts("script[type='application/ld+json']") {
            let _: serde_json::Value = serde_json::from_str(&linked).unwrap();
        }
        assert!(answer.header("set-cookie").is_empty());
    }
}

fn url_encode(words: &str) -> String {
    words.bytes().map(|b| format!("%{b:02x}")).collect()
}

#[tokio::test]
async fn any_question_is_answered() {
    let site = Site::new().await;
    let pieces = [
        "\"",
        "AND",
        "(((",
        ")",
        "-",
        "NOT",
        "*",
        "~",
        "\\",
        "committee:",
        "date:",
        "é",
        "\u{0}",
        "😀",
        "s.106",
        "2022/23",
        "£1.2m",
        "NEAR/3",
        "OR",
        "by:\"",
        "'",
        "’",
    ];
    let mut state = 7_u64;
    let mut next = |most: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    for _ in 0..1000 {
        let text: Vec<&str> = (0..=next(6)).map(|_| pieces[next(pieces.len())]).collect();
        let path = format!("/search?q={}", url_encode(&text.join(" ")));
        let answer = site.get(&path).await;
        assert_eq!(answer.status, 200, "{text:?}: {}", answer.body);
    }
    for long in ["long ".repeat(2_000), "x".repeat(10_000), "£\u{0}\u{1f600}".repeat(1_500)] {
        for face in ["/search", "/api/v1/search"] {
            let answer = site.get(&format!("{face}?q={}", url_encode(&long))).await;
            assert_eq!(answer.status, 200, "{face}: {}", answer.body);
            assert!(answer.body.contains("was cut after"), "{face}: {}", answer.body);
        }
    }
    let too_long = format!("/search?q={}", "x".repeat(61_000));
    assert_eq!(site.get(&too_long).await.status, 414);
    let councils: Vec<String> = (0..1000).map(|n| format!("council=c{n}")).collect();
    let many = format!("/api/v1/search?{}", councils.join("&"));
    let answer = site.get(&many).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("at most 50 values"), "{}", answer.body);
    let far_too_long = format!("/api/v1/search?q={}", "x".repeat(61_000));
    assert_eq!(site.get(&far_too_long).await.status, 414);
}

#[tokio::test]
async fn every_answer_has_its_security_headers_and_no_cookie() {
    let site = Site::new().await;
    for path in EVERY.iter().chain(&[
        "/nothing",
        "/api/v1/search",
        "/healthz",
        "/search.csv",
        "/robots.txt",
    ]) {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let rate = Rate { per_second: 1.0, burst: 5, count_loopback: true };
    let site = Site::with(Settings { rate: Some(rate), ..Settings::default() }).await;
    for _ in 0..5 {
        assert_eq!(site.get("/api/v1/committees").await.status, 200);
    }
    let refused = site.get("/api/v1/committees").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.json()["status"], 429);
    let forwarded = [("x-forwarded-for", "203.0.113.77")];
    let lied = site.send(Method::GET, "/api/v1/committees", &forwarded).await;
    assert_eq!(lied.status, 429, "nobody is believed unasked");
    assert_eq!(site.get("/readyz").await.status, 200, "whoever watches is let through");
    let trusting = Settings {
        rate: Some(rate),
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        ..Settings::default()
    };
    let site = Site::with(trusting).await;
    for n in 0..8 {
        let other = format!("203.0.113.{n}");
        let answer = site.send(Method::GET, "/help", &[("x-forwarded-for", &other)]).await;
        assert_eq!(answer.status, 200);
    }
    for _ in 0..5 {
        site.send(Method::GET, "/help", &forwarded).await;
    }
    let page = site.send(Method::GET, "/help", &forwarded).await;
    assert_eq!(page.status, 429);
    assert!(page.html().text("h1").contains("Too many requests"));
}

#[tokio::test]
async fn what_is_withheld_is_gone_everywhere() {
    let id = "minutes.wexborough.example.invalid-i101".to_owned();
    let suppressed = vec![
        Suppressed { id: id.clone(), reason: Some("A family asked.".to_owned()) },
        Suppressed { id: "minutes.wexborough.example.invalid-m12".to_owned(), reason: None },
    ];
    let site = Site::with(Settings { withheld: suppressed.into(), ..Settings::default() }).await;
    for path in [
        format!("/items/{id}"),
        format!("/items/{id}/cite"),
        format!("/items/{id}/cite.txt"),
        "/meetings/minutes.wexborough.example.invalid-m12".to_owned(),
        "/items/minutes.wexborough.example.invalid-i102".to_owned(),
    ] {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, 410, "{path}");
        assert!(!answer.body.contains("priority of the Education"), "{path}");
    }
    assert!(site.get(&format!("/items/{id}")).await.body.contains("A family asked."));
    let api = site.get(&format!("/api/v1/items/{id}")).await;
    assert_eq!((api.status, api.header("content-type")), (410, "application/problem+json"));
    for path in [
        "/search?q=education",
        "/api/v1/search?q=education",
        "/search.csv",
        "/search.jsonl",
        "/search.atom",
        "/committees/improving-lives-panel",
        "/meetings/minutes.wexborough.example.invalid-m11",
        "/items/minutes.wexborough.example.invalid-i100",
        "/topics/elective-home-education",
        "/",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("annual report"), "{path} shows what is withheld");
    }
    assert!(
        site.page("/held").await.text("main").contains("2 items, pages or phrases are withheld")
    );
}

#[tokio::test]
async fn a_query_is_in_no_log() {
    let site = Site::new().await;
    for path in [
        "/search?q=markerword",
        "/api/v1/search?q=markerword",
        "/search.csv?q=markerword",
        "/items/markerword",
        "/nothing/markerword",
    ] {
        site.get(path).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let log = super::log().text();
    let ours: Vec<&str> = log.lines().collect();
    assert!(
        ours.iter().any(|line| line.contains("route=/search ") && line.contains("status=200")),
        "{log}"
    );
    assert!(
        ours.iter().all(|line| !line.contains("markerword") && !line.contains("127.0.0.1")),
        "{ours:?}"
    );
}

#[tokio::test]
async fn metrics_are_not_on_the_public_port() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = Site::with(Settings { metrics: Some(free), ..Settings::default() }).await;
    assert_eq!(site.get("/metrics").await.status, 404);
    site.get("/search?q=markerword").await;
    let text = reqwest::get(format!("http://{free}/metrics")).await.unwrap().text().await.unwrap();
    assert!(
        text.contains("minutebook_request_seconds_count{route=\"/search\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(!text.contains("markerword"));
}

#[tokio::test]
async fn what_is_withheld_while_the_site_runs_is_gone_at_once_and_given_back_as_soon() {
    let id = "minutes.wexborough.example.invalid-i101";
    let list = Arc::new(std::sync::Mutex::new(Hidden::default()));
    let source = Arc::clone(&list);
    let withheld = Withheld::from_source(move || Some(source.lock().unwrap().clone()));
    let site = Site::with(Settings { withheld, ..Settings::default() }).await;
    let path = format!("/items/{id}");
    let before = site.get(&path).await;
    assert_eq!(before.status, 200);
    let held = site.get("/held").await;
    assert!(held.body.contains("Nothing is withheld"));

    let item = Suppressed { id: id.to_owned(), reason: None };
    *list.lock().unwrap() = Hidden { items: vec![item], others: 1 };
    tokio::time::sleep(Duration::from_millis(250)).await;
    // Who has the old page may not be told that it is still the present one.
    let tag = [("if-none-match", before.header("etag"))];
    assert_eq!(site.send(Method::GET, &path, &tag).await.status, 410);
    assert!(!site.get("/search?q=education").await.body.contains("annual report"));
    let tag = [("if-none-match", held.header("etag"))];
    let held = site.send(Method::GET, "/held", &tag).await;
    assert_eq!(held.status, 200);
    assert!(held.body.contains("2 items, pages or phrases are withheld"), "{}", held.body);

    *list.lock().unwrap() = Hidden::default();
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(site.get(&path).await.status, 200);
}

/// Four visitors ask for pages, answers and files all the while.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_index_is_replaced_under_load_without_one_failed_request() {
    let site = Arc::new(Site::new().await);
    let over = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let visitors = [
        "/api/v1/search?q=budget",
        "/search?q=education",
        "/items/minutes.wexborough.example.invalid-i101",
        "/search.csv",
    ]
    .map(|path| {
        let (site, over) = (Arc::clone(&site), Arc::clone(&over));
        tokio::spawn(async move {
            let mut bodies = std::collections::BTreeSet::new();
            let mut asked = 0;
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                let answer = site.get(path).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.body);
                assert!(!answer.body.is_empty(), "{path}");
                bodies.insert(answer.header("etag").to_owned());
                asked += 1;
            }
            (asked, bodies.len())
        })
    });
    let folder = site.folder.path().to_owned();
    tokio::task::spawn_blocking(move || {
        let mut all = records::meetings();
        for n in 0..4 {
            let item = records::item(5000 + n, "1", "Budget", vec![]);
            let more = records::meeting(500 + n, "Cabinet", None, vec![item]);
            if n % 2 == 0 {
                // Added to what is there.
                super::fill(&folder, std::slice::from_ref(&more));
            } else {
                // Built anew beside it, and switched.
                let mut writer = Writer::rebuild(&folder).unwrap();
                let now = "2026-11-23T12:00:00Z".parse().unwrap();
                for meeting in all.iter().chain([&more]) {
                    writer.put(meeting, now).unwrap();
                }
                writer.finish().unwrap();
            }
            all.push(more);
            std::thread::sleep(Duration::from_millis(300));
        }
    })
    .await
    .unwrap();
    over.store(true, std::sync::atomic::Ordering::Relaxed);
    for visitor in visitors {
        let (asked, states) = visitor.await.unwrap();
        assert!(asked > 20, "{asked} requests are no load");
        assert!(states >= 3, "{states} states of the index were seen");
    }
}
