//! Visitors who ask for much and read nothing: everybody else is answered all the while.

use std::time::Duration;

use minutebook::web::Settings;
use minutebook_record::{Kind, Meeting, Part};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::{Site, records};

/// More than all buffers between a server and a reader hold.
fn much() -> Vec<Meeting> {
    let words = "The Committee considered the estimates. ".repeat(4_000);
    let item = |number| {
        let said = records::passage(Part::Minutes, "Estimates were considered.");
        let mut item = records::item(number, "1", "Estimates", vec![said]);
        item.resolutions = Some(vec![records::clause("(a)", &words, Kind::Noted, 0)]);
        item
    };
    let items = (0..100).map(|n| item(7_000 + n)).collect();
    vec![records::meeting(700, "Cabinet", None, items)]
}

async fn site() -> Site {
    let settings = Settings {
        searches_at_once: Some(1),
        downloads: 2,
        timeout: Duration::from_secs(3),
        slow_reader: Duration::from_secs(2),
        ..Settings::default()
    };
    Site::of(&much(), settings).await
}

/// Asks and reads nothing but the first line of the answer.
async fn reader(site: &Site, path: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2_048).unwrap();
    let address = site.base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_a_download_slowly_keeps_nobody_from_searching() {
    let site = site().await;
    let first = reader(&site, "/search.jsonl").await;
    let mut second = reader(&site, "/search.csv").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    for path in ["/api/v1/search?q=estimates", "/readyz", "/search?q=estimates"] {
        assert_eq!(site.get(path).await.status, 200, "{path}");
    }
    let third = site.get("/search.jsonl").await;
    assert_eq!(third.status, 503, "only so many downloads at once");
    assert_eq!(third.header("retry-after"), "2");

    drop(first);
    // Who takes nothing for a while is given up, and sees that the answer is not whole.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let mut rest = Vec::new();
    let _ = second.read_to_end(&mut rest).await;
    assert!(!rest.ends_with(b"0\r\n\r\n"), "a part that looks whole");
    let all = site.get("/search.jsonl").await;
    assert_eq!(all.status, 200, "there is room again");
    assert_eq!(all.body.lines().count(), 100);
    assert!(rest.len() < all.body.len());
}
