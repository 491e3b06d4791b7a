//! 300 simulated sites crawled at once, one request a second each, printed as figures: `cargo bench -p minutebook-crawler --bench sites`.
//!
//! The sites are a process of their own (the same program again), on as many loopback addresses; it watches each site's pace.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints its figures"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::clock::Clock;
use minutebook_crawler::crawl::{self, SiteOptions};
use minutebook_crawler::fetch::{Fetcher, Manners};

const SITES: u8 = 200;
const MORE: u8 = 100;
const PACE: Duration = Duration::from_secs(1);
const LASTS: Duration = Duration::from_secs(80);

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    if std::env::args().any(|a| a == "serve-the-sites") {
        return serve().await;
    }
    let mut sites = Command::new(std::env::current_exe()?)
        .arg("serve-the-sites")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    if let Some(out) = sites.stdout.take() {
        BufReader::new(out).read_line(&mut line)?;
    }
    let port: u16 = line.trim().parse()?;
    let outcome = crawl_all(port).await;
    sites.kill()?;
    sites.wait()?;
    outcome
}

async fn crawl_all(port: u16) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("minutebook-sites-{}", std::process::id()));
    let manners = Manners { delay: PACE, ..Manners::default() };
    let fetcher = Arc::new(Fetcher::new(manners, Clock::of_the_machine())?);
    let (stopper, stop) = crawl::stop();
    let hosts = (1..=SITES).map(|n| (0, n)).chain((1..=MORE).map(|n| (1, n)));
    let start = Instant::now();
    let mut running = Vec::new();
    for (third, last) in hosts {
        let base = Base::from_pasted(&format!("http://127.0.{third}.{last}:{port}/"))?;
        let mut archive = Archive::create(&folder.join(format!("{}.sqlite", base.slug())), &base)?;
        let (fetcher, stop) = (Arc::clone(&fetcher), stop.clone());
        running.push(tokio::spawn(async move {
            crawl::crawl(&SiteOptions::default(), &mut archive, &fetcher, &stop, |_| {}).await
        }));
    }
    let mut most = 0;
    while start.elapsed() < LASTS {
        tokio::time::sleep(Duration::from_millis(250)).await;
        most = most.max(resident());
    }
    stopper.stop();
    let stopping = Instant::now();
    let (mut requests, mut kept) = (0, 0);
    for site in running {
        let summary = site.await??;
        requests += summary.requests;
        kept += summary.fetched;
    }
    let took = start.elapsed().as_secs_f64();
    let shortest = shortest_gap(port).await?;
    println!(
        "{} sites for {took:.0} s: {requests} requests, {kept} pages kept, {:.0} pages a second; most memory {} MB; shortest gap at any site {shortest} ms; all stopped within {:.1?}",
        u16::from(SITES) + u16::from(MORE),
        requests as f64 / took,
        most >> 20,
        stopping.elapsed()
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Bytes of memory this process holds (0 where the system does not tell).
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

async fn shortest_gap(port: u16) -> Result<String, Failure> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(b"GET /shortest-gap HTTP/1.0\r\n\r\n").await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text.rsplit("\r\n\r\n").next().unwrap_or_default().to_owned())
}

/// When each host was asked last, and the shortest gap seen.
#[derive(Default)]
struct Watch {
    last: HashMap<String, Instant>,
    shortest: Option<Duration>,
}

async fn serve() -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], 0))).await?;
    println!("{}", listener.local_addr()?.port());
    let watch: Arc<Mutex<Watch>> = Arc::default();
    let router = Router::new().fallback(answer).with_state(watch);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn answer(State(watch): State<Arc<Mutex<Watch>>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/shortest-gap" {
        let shortest = watch.lock().map(|w| w.shortest).unwrap_or_default();
        return shortest.unwrap_or_default().as_millis().to_string().into_response();
    }
    let host =
        request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if let Ok(mut watch) = watch.lock() {
        let now = Instant::now();
        if let Some(last) = watch.last.insert(host.to_owned(), now) {
            let gap = now - last;
            watch.shortest = Some(watch.shortest.map_or(gap, |s| s.min(gap)));
        }
    }
    let query = request.uri().query().unwrap_or_default();
    let number: u32 = query.rsplit('=').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let body = match path.as_str() {
        "/mgListCommittees.aspx" => (1..6).fold(String::new(), |mut out, n| {
            let _ = write!(out, "<li><a href=\"mgCommitteeDetails.aspx?ID={n}\">Committee {n}</a></li>");
            out
        }),
        "/ieListMeetings.aspx" => (0..60).fold(String::new(), |mut out, n| {
            let committee: u32 = query.split(['=', '&']).nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
            let _ = write!(out, "<li><a class=\"mgMeetingTableLnk\" href=\"ieListDocuments.aspx?MId={}\">{} Mar {} 6.00 pm</a></li>", committee * 1000 + n, n % 28 + 1, 2010 + n % 15);
            out
        }),
        "/ieListDocuments.aspx" => meeting(number),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let menu = (0..80).fold(String::new(), |mut out, n| {
        let _ = write!(
            out,
            "<li class=\"item-{n}\"><a href=\"/service/{n}\">Service and information {n}</a></li>"
        );
        out
    });
    let html = format!(
        "<html><body><ul>{menu}</ul><div id=\"modgov\"><div class=\"mgContent\">{body}</div></div></body></html>"
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

fn meeting(number: u32) -> String {
    let rows = (0..9).fold(String::new(), |mut out, n| {
        let text = format!("Consideration was given to report {} of the Assistant Director. ", number * 10 + n).repeat(9);
        let _ = write!(out, "<tr><td class=\"mgItemNumberCell\"><p class=\"mgAiTitleTxt\">{n}.</p></td><td><a name=\"AI{}\"></a><p class=\"mgAiTitleTxt\">Report {n}</p><p class=\"mgSubItemTitleTxt\">Minutes:</p><div class=\"mgWordPara\"><p>{text}</p></div></td></tr>", number * 10 + n);
        out
    });
    format!(
        "<h1>Agenda and minutes</h1><h2 class=\"mgSubTitleTxt\">Committee - Tuesday, 3rd March, 2015 6.00 p.m.</h2><table class=\"mgItemTable\">{rows}</table>"
    )
}
