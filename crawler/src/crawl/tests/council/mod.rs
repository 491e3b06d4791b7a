//! A pretend council on loopback, in ModernGov's shapes: as many meetings as asked for, a log of what it was asked, faults on request.

mod answers;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// One request as the council saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    pub(crate) until: Instant,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) agent: String,
    pub(crate) conditional: bool,
}

/// What the council answers instead of the page, for one request.
pub(crate) enum Fault {
    Status(u16, Vec<(&'static str, String)>, String),
    /// The connection breaks in the middle of the body.
    Reset,
    /// The answer comes late.
    Late(std::time::Duration),
}

type Faults = dyn Fn(usize, &str) -> Option<Fault> + Send + Sync;

pub(crate) struct Council {
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) service: bool,
    pub(crate) pages: bool,
    pub(crate) robots: Option<String>,
    pub(crate) prefix: String,
    pub(crate) tags: bool,
    pub(crate) faults: Mutex<Arc<Faults>>,
    pub(crate) log: Mutex<Vec<Seen>>,
    asked: AtomicUsize,
}

#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trap of its own")]
pub(crate) struct Meeting {
    pub(crate) id: u32,
    pub(crate) committee: u32,
    pub(crate) date: Date,
    pub(crate) items: Vec<u32>,
    /// Minutes exist as a PDF alone.
    pub(crate) printed_only: bool,
    /// The second item's text is cut short on the meeting's page.
    pub(crate) cut: bool,
    /// In the older archive.
    pub(crate) legacy: bool,
    pub(crate) draft: bool,
    pub(crate) edition: u32,
}

pub(crate) const COMMITTEES: [(u32, &str, bool, bool); 4] = [
    (101, "Cabinet", false, false),
    (102, "Improving Lives Select Commission", false, false),
    (103, "Former Harbours Board", true, false),
    (104, "Withdrawn Panel", false, true),
];

impl Council {
    /// A council whose last meeting is some days before `today`.
    pub(crate) fn new(today: Date, count: u32) -> Self {
        let mut meetings = Vec::new();
        for n in 0..count {
            let committee = COMMITTEES[(n % 4) as usize].0;
            let id = 5000 + n;
            meetings.push(Meeting {
                id,
                committee,
                date: today
                    .checked_sub((20 + i64::from(n) * 45).days())
                    .unwrap_or(date(1995, 5, 5)),
                items: (0..3).map(|i| id * 10 + i).collect(),
                printed_only: n % 7 == 3,
                cut: n % 5 == 1,
                legacy: false,
                draft: n == 2,
                edition: 1,
            });
        }
        for n in 0..2 {
            meetings.push(Meeting {
                id: 5000 + n,
                committee: 101,
                date: date(2001, 3, 1 + i8::try_from(n).unwrap()),
                items: vec![900 + n],
                printed_only: false,
                cut: false,
                legacy: true,
                draft: false,
                edition: 1,
            });
        }
        Self {
            meetings,
            service: true,
            pages: true,
            robots: Some("User-agent: *\nDisallow: /mgUserInfo.aspx\n".to_owned()),
            prefix: "/".to_owned(),
            tags: true,
            faults: Mutex::new(Arc::new(|_, _| None)),
            log: Mutex::default(),
            asked: AtomicUsize::new(0),
        }
    }

    pub(crate) fn set_faults(
        &self,
        faults: impl Fn(usize, &str) -> Option<Fault> + Send + Sync + 'static,
    ) {
        *self.faults.lock().unwrap() = Arc::new(faults);
    }

    pub(crate) fn log(&self) -> Vec<Seen> {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn take_log(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    fn of(&self, committee: u32, legacy: bool) -> Vec<&Meeting> {
        self.meetings.iter().filter(|m| m.committee == committee && m.legacy == legacy).collect()
    }
}

/// Serves the council on a free port and gives its address.
pub(crate) async fn serve(council: Arc<Council>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}{}", listener.local_addr().unwrap(), council.prefix);
    let router = Router::new().fallback(handle).with_state(council);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn handle(State(council): State<Arc<Council>>, request: Request<Body>) -> Response<Body> {
    let at = Instant::now();
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let header = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    };
    let held = header(request.headers(), header::IF_NONE_MATCH);
    let agent = header(request.headers(), header::USER_AGENT);
    let index = council.asked.fetch_add(1, Ordering::SeqCst);
    let faults = Arc::clone(&council.faults.lock().unwrap());
    let response = if let Some(fault) = faults(index, &path) {
        if let Fault::Late(by) = fault {
            tokio::time::sleep(by).await;
        }
        faulty(fault)
    } else {
        let uri = request.uri();
        let (mut status, mut body, kind) =
            council.answer(uri.path(), uri.query().unwrap_or_default());
        let tag = format!(
            "\"{:x}\"",
            body.bytes().fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)))
        );
        if council.tags && status == 200 && held == tag {
            (status, body) = (304, String::new());
        }
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        response.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
        if council.tags && status != 404 {
            response.headers_mut().insert(header::ETAG, tag.parse().unwrap());
        }
        response
    };
    let status = response.status().as_u16();
    let seen =
        Seen { at, until: Instant::now(), path, status, agent, conditional: !held.is_empty() };
    council.log.lock().unwrap().push(seen);
    response
}

fn faulty(fault: Fault) -> Response<Body> {
    match fault {
        Fault::Status(status, headers, body) => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Fault::Reset => {
            let mut response = Response::new(Body::from("short"));
            response.headers_mut().insert(header::CONTENT_LENGTH, "5000".parse().unwrap());
            response
        }
        Fault::Late(_) => Response::new(Body::from("late")),
    }
}

/// Serves several councils on one host, told apart by their directories.
pub(crate) async fn serve_together(councils: Vec<Arc<Council>>) -> Vec<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let bases = councils.iter().map(|council| format!("{host}{}", council.prefix)).collect();
    let router = Router::new().fallback(move |request: Request<Body>| {
        let path = request.uri().path();
        let found = councils.iter().find(|council| path.starts_with(&council.prefix));
        let council = Arc::clone(found.unwrap_or(&councils[0]));
        handle(State(council), request)
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    bases
}
