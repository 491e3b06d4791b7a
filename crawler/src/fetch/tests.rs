//! One request against servers that answer whatever they like, byte by byte.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::outcome::Outcome;
use crate::robots::{Found, Rules};

/// A server that answers each connection's request with the next of these, then waits.
async fn server(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let drips = answer.ends_with(b"DRIP");
            let whole = if drips { &answer[..answer.len() - 4] } else { &answer[..] };
            let _ = stream.write_all(whole).await;
            while drips && stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        std::future::pending::<()>().await;
    });
    base
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn fetcher() -> Fetcher {
    let limits = Limits {
        page: 1 << 20,
        document: 1 << 20,
        silence: Duration::from_secs(1),
        whole: Duration::from_millis(1500),
    };
    let manners = Manners { delay: Duration::ZERO, limits, ..Manners::default() };
    let clock = Clock::set_to("2026-06-15T10:00:00Z".parse().unwrap());
    Fetcher::new(manners, clock).unwrap()
}

async fn get(base: &str, rest: &str, rules: &Rules) -> Response {
    let url = format!("{base}{rest}");
    let request = Request {
        url: &url,
        site: base,
        kind: crate::address::kind(&url),
        etag: None,
        modified: None,
        rules: Some(rules),
    };
    fetcher().get(&request).await
}

async fn get_any(base: &str, rest: &str) -> Response {
    get(base, rest, &Rules::allow_all()).await
}

const PAGE: &[u8] = b"<div id=\"modgov\"><p class=\"mgAiTitleTxt\">1.</p></div>";

#[tokio::test]
async fn a_page_comes_with_what_matters_of_its_headers() {
    let head = "200 OK\r\nContent-Type: text/html\r\nETag: \"x\"\r\nLast-Modified: Mon, 01 Jun 2026 10:00:00 GMT";
    let base = server(vec![answer(head, PAGE)]).await;
    let response = get_any(&base, "mgAi.aspx?ID=1").await;
    assert_eq!((response.outcome, response.status), (Outcome::Fetched, Some(200)));
    assert_eq!(response.body.as_deref(), Some(PAGE));
    assert_eq!(response.etag.as_deref(), Some("\"x\""));
    assert!(response.modified.is_some());
    assert_eq!(response.requests, 1);
}

#[tokio::test]
async fn a_bomb_is_cut_off() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b'x'; 60 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let base = server(vec![answer("200 OK\r\nContent-Encoding: gzip", &bomb)]).await;
    let response = get_any(&base, "mgAi.aspx?ID=1").await;
    assert_eq!(response.outcome, Outcome::TooLarge, "{:?}", response.reason);
    assert_eq!(response.body, None);
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_not_read() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n".to_vec();
    let base = server(vec![head]).await;
    let start = Instant::now();
    assert_eq!(get_any(&base, "mgAi.aspx?ID=1").await.outcome, Outcome::TooLarge);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn silence_and_dripping_end() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n".to_vec();
    let drip = [head.clone(), b"DRIP".to_vec()].concat();
    let base = server(vec![head, drip, Vec::new()]).await;
    for _ in 0..3 {
        let start = Instant::now();
        let response = get_any(&base, "mgAi.aspx?ID=1").await;
        assert_eq!(response.outcome, Outcome::Failed, "{:?}", response.reason);
        assert!(start.elapsed() < Duration::from_secs(4));
        assert_eq!(response.body, None, "half an answer is none");
    }
}

#[tokio::test]
async fn redirects_stay_on_the_site() {
    let to = |location: &str| answer(&format!("302 Found\r\nLocation: {location}"), b"");
    for (location, expected) in [
        ("https://elsewhere.example/mgAi.aspx?ID=1", Outcome::Moved),
        ("http://169.254.169.254/latest/meta-data", Outcome::Moved),
        ("http://127.0.0.1:1/mgAi.aspx?ID=1", Outcome::Moved),
        ("//localhost/mgAi.aspx?ID=1", Outcome::Moved),
        ("file:///etc/passwd", Outcome::Moved),
        ("/ieListDocuments.aspx?MId=3", Outcome::Moved),
        ("/mgError.aspx?x=1", Outcome::Erroneous),
        ("/Login.aspx?next=x", Outcome::Blocked),
        ("http://[broken", Outcome::Erroneous),
    ] {
        let base = server(vec![to(location), answer("200 OK", PAGE)]).await;
        let response = get_any(&base, "mgAi.aspx?ID=1").await;
        assert_eq!(response.outcome, expected, "{location}: {:?}", response.reason);
        assert_eq!(response.requests, 1, "{location}");
    }
    let session = "/(S(1w3lda453fhw0f55xyxindbs))/mgAi.aspx?ID=1";
    let base = server(vec![to(session), answer("200 OK", PAGE)]).await;
    let response = get_any(&base, "mgAi.aspx?ID=1").await;
    assert_eq!((response.outcome, response.requests), (Outcome::Fetched, 2));
    let base = server((0..9).map(|_| to("/mgAi.aspx?ID=1")).collect()).await;
    let circle = get_any(&base, "mgAi.aspx?ID=1").await;
    assert_eq!((circle.outcome, circle.requests), (Outcome::Moved, 6));
    let base = server(vec![to("/mgAi.aspx?ID=2"), answer("200 OK", PAGE)]).await;
    let other = get_any(&base, "mgAi.aspx?ID=1").await;
    assert_eq!((other.outcome, other.body), (Outcome::Moved, None), "another item is not this one");
}

#[tokio::test]
async fn what_robots_txt_forbids_costs_no_request() {
    let rules = Rules::read(&Found::Text(b"User-agent: *\nDisallow: /mgAi.aspx\n"));
    let response = get("http://127.0.0.1:1/", "mgAi.aspx?ID=1", &rules).await;
    assert_eq!((response.outcome, response.requests), (Outcome::Forbidden, 0));
    assert!(response.reason.unwrap().contains("Disallow: /mgAi.aspx"));
}

#[tokio::test]
async fn secure_connections_can_be_made() {
    let response = get_any("https://127.0.0.1:1/", "mgAi.aspx?ID=1").await;
    assert_eq!(response.outcome, Outcome::Failed);
    let reason = response.reason.unwrap();
    assert!(!reason.contains("cannot make secure connections"), "{reason}");
}

#[test]
fn the_agent_names_the_program_and_a_contact() {
    assert_eq!(agent(None).unwrap(), "minutebook/0.1");
    assert_eq!(
        agent(Some("https://example.org/about")).unwrap(),
        "minutebook/0.1 (+https://example.org/about)"
    );
    assert_eq!(
        agent(Some("me@example.invalid")).unwrap(),
        "minutebook/0.1 (+mailto:me@example.invalid)"
    );
    assert!(matches!(agent(Some("a\r\nX-Other: b")), Err(FetchError::BadContact(_))));
    let real = Url::parse("https://democracy.example.gov.uk/").unwrap();
    assert!(matches!(fetcher().require_contact(&real), Err(FetchError::NoContact(_))));
}
