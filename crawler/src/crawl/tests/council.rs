//! A pretend council on loopback, in ModernGov's shapes: as many meetings as asked for, a log of what it was asked, faults on request.

use std::fmt::Write as _;
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

    fn robots(&self) -> (u16, String, &'static str) {
        match &self.robots {
            Some(text) => (200, text.clone(), "text/plain"),
            None => (404, "no".to_owned(), "text/html"),
        }
    }

    fn answer(&self, path: &str, query: &str) -> (u16, String, &'static str) {
        let gone = (404, "<html>Not Found</html>".to_owned(), "text/html");
        if path == "/robots.txt" {
            return self.robots();
        }
        let Some(rest) = path.strip_prefix(self.prefix.as_str()) else {
            return (
                200,
                format!(
                    "<html><body><a href=\"{}ieDocHome.aspx\">Meetings</a></body></html>",
                    self.prefix
                ),
                "text/html",
            );
        };
        let rest = rest.to_ascii_lowercase();
        let value = |names: &[&str]| -> Option<String> {
            url::form_urlencoded::parse(query.as_bytes())
                .find(|(n, _)| names.iter().any(|name| n.eq_ignore_ascii_case(name)))
                .map(|(_, v)| v.into_owned())
        };
        let number = |names: &[&str]| value(names).and_then(|v| v.parse::<u32>().ok());
        if let Some(operation) = rest.strip_prefix("mgwebservice.asmx/") {
            if !self.service {
                return gone;
            }
            let found = match operation {
                "getcommittees" => Some(service_committees()),
                "getmeetings" => self.service_meetings(
                    number(&["lcommitteeid"]),
                    value(&["sfromdate"]),
                    value(&["stodate"]),
                ),
                "getmeeting" => number(&["lmeetingid"]).and_then(|id| self.service_meeting(id)),
                _ => None,
            };
            return found.map_or(gone, |xml| (200, xml, "text/xml; charset=utf-8"));
        }
        if !self.pages {
            return (403, "<html><title>403 Forbidden</title></html>".to_owned(), "text/html");
        }
        if rest.starts_with("documents/g") {
            return (200, "%PDF-1.4 pretend".to_owned(), "application/pdf");
        }
        let found = match rest.as_str() {
            "" | "mglistcommittees.aspx" | "iedochome.aspx" => Some(committee_list()),
            "ielistmeetings.aspx" => {
                number(&["cid", "committeeid"]).and_then(|id| self.list(id, value(&["d"]).as_ref()))
            }
            "ielistdocuments.aspx" => number(&["mid", "meetingid"]).and_then(|id| self.meeting(id)),
            "mgai.aspx" => number(&["id"]).and_then(|id| self.item(id)),
            "celistdocuments.aspx" => number(&["meetingid", "mid"]).and_then(|id| self.legacy(id)),
            "mgmeetingattendance.aspx" => Some(shell(
                "<h2 class=\"mgSubTitleTxt\">x</h2><table summary=\"Table of meeting attendance\"></table>",
            )),
            "mgcalendarmonthview.aspx" => {
                Some(shell("<a href=\"mgCalendarMonthView.aspx?M=1&DD=2999\">next</a>"))
            }
            _ => None,
        };
        found.map_or(gone, |html| (200, html, "text/html; charset=utf-8"))
    }

    fn list(&self, committee: u32, before: Option<&String>) -> Option<String> {
        if committee == 104 {
            return None;
        }
        let all = self.of(committee, false);
        let key = |m: &Meeting| m.date.strftime("%Y%m%d").to_string();
        let rest: Vec<_> = all.iter().filter(|m| before.is_none_or(|d| key(m) < *d)).collect();
        let mut body = String::from("<ul class=\"mgNonBulletTableList\">");
        for m in rest.iter().take(3) {
            let day = m.date.strftime("%-d %b %Y");
            let _ = write!(
                body,
                "<li><a class=\"mgMeetingTableLnk\" href=\"ieListDocuments.aspx?CId={committee}&amp;MId={}&amp;Ver=4\">{day}&nbsp;6.00 pm</a> - Agenda</li>",
                m.id
            );
        }
        body.push_str("</ul>");
        if let Some(last) = rest.get(2).filter(|_| rest.len() > 3) {
            let _ = write!(
                body,
                "<a href=\"ieListMeetings.aspx?Act=Prev&amp;CId={committee}&amp;D={}&amp;MD=ielistmeetings\">Earlier meetings</a>",
                key(last)
            );
        } else {
            for m in self.of(committee, true) {
                let _ = write!(
                    body,
                    "<a href=\"CeListDocuments.aspx?CommitteeId={committee}&amp;MeetingId={}&amp;DF={}&amp;Ver=2\">old</a>",
                    m.id,
                    m.date.strftime("%d%%2f%m%%2f%Y")
                );
            }
        }
        let _ = write!(
            body,
            "<a href=\"mgCalendarMonthView.aspx?M=3&DD=2020\">Calendar</a><a href=\"mgUserInfo.aspx?UID=1\">someone</a><a href=\"http://elsewhere.example/mgAi.aspx?ID=1\">away</a>"
        );
        Some(shell(&body))
    }

    fn meeting(&self, id: u32) -> Option<String> {
        let m = self.meetings.iter().find(|m| m.id == id && !m.legacy)?;
        let mut body = format!(
            "<h1>Agenda and {}minutes</h1><p>{}</p><table class=\"mgItemTable\">",
            if m.draft { "draft " } else { "" },
            m.date.strftime("%A, %-d %B, %Y 6.00 pm")
        );
        for (n, item) in m.items.iter().enumerate() {
            let _ = write!(
                body,
                "<tr><td class=\"mgItemNumberCell\"><p class=\"mgAiTitleTxt\">{}.</p></td><td><a name=\"AI{item}\"></a><p class=\"mgAiTitleTxt\">Item {item}</p>",
                n + 1
            );
            if !m.printed_only {
                let _ = write!(
                    body,
                    "<p class=\"mgSubItemTitleTxt\">Minutes:</p><div class=\"mgWordPara\"><p>Minute {item}, edition {}</p></div>",
                    m.edition
                );
            }
            if m.cut && n == 1 {
                let _ = write!(
                    body,
                    "<a href=\"mgAi.aspx?ID={item}\">view the full minutes text for item {}.</a>",
                    n + 1
                );
            }
            body.push_str("</td></tr>");
        }
        let _ = write!(
            body,
            "</table><a href=\"mgMeetingAttendance.aspx?ID={id}\">Attendance</a><a href=\"ieIssueDetails.aspx?IId=3&Opt=3\">Issue</a>"
        );
        if m.printed_only {
            let _ = write!(
                body,
                "<a href=\"documents/g{id}/Printed minutes.pdf?T=1\">Printed minutes</a>"
            );
        }
        Some(shell(&body))
    }

    fn item(&self, id: u32) -> Option<String> {
        let m = self.meetings.iter().find(|m| m.items.contains(&id))?;
        Some(shell(&format!(
            "<h1>Agenda item</h1><p class=\"mgSubItemTitleTxt\">Minutes:</p><div class=\"mgWordPara\">Whole minute {id}, edition {}</div>",
            m.edition
        )))
    }

    fn legacy(&self, id: u32) -> Option<String> {
        self.meetings.iter().find(|m| m.legacy && m.id == id)?;
        Some(shell(&format!(
            "<h1>Meeting documents</h1><div class=\"mgWordPara\">Old minutes {id}</div>"
        )))
    }

    fn service_meetings(
        &self,
        id: Option<u32>,
        from: Option<String>,
        to: Option<String>,
    ) -> Option<String> {
        let day = |text: Option<String>| Date::strptime("%d/%m/%Y", text?).ok();
        let (from, to) = (day(from)?, day(to)?);
        let id = id?;
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<getmeetings>");
        for (committee, title, ..) in COMMITTEES {
            // Expired bodies are told only to those who ask for them by number.
            if (id != 0 && committee != id) || (id == 0 && committee == 103) {
                continue;
            }
            let _ = write!(
                xml,
                "<committee><committeeid>{committee}</committeeid><committeetitle>{title}</committeetitle><committeemeetings>"
            );
            for m in self.of(committee, false).iter().filter(|m| from <= m.date && m.date <= to) {
                let _ = write!(
                    xml,
                    "<meeting><meetingid>{}</meetingid><meetingdate>{}</meetingdate><meetingstatus>Confirmed</meetingstatus><meetingtime>6.00 pm</meetingtime></meeting>",
                    m.id,
                    m.date.strftime("%d/%m/%Y")
                );
            }
            xml.push_str("</committeemeetings></committee>");
        }
        Some(xml + "</getmeetings>")
    }

    fn service_meeting(&self, id: u32) -> Option<String> {
        let m = self.meetings.iter().find(|m| m.id == id && !m.legacy)?;
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<meeting><meetingid>{id}</meetingid><meetingdate>{}</meetingdate><meetingstatus>Confirmed</meetingstatus><minutepublished>True</minutepublished><agendaitems>",
            m.date.strftime("%d/%m/%Y")
        );
        for item in &m.items {
            let text = if m.printed_only {
                "\n".to_owned()
            } else {
                format!("&lt;p&gt;Minute {item}, edition {}&lt;/p&gt;", m.edition)
            };
            let _ = write!(
                xml,
                "<agendaitem><agendaitemid>{item}</agendaitemid><minutesnonemptyhtmlbody>{text}</minutesnonemptyhtmlbody></agendaitem>"
            );
        }
        Some(xml + "</agendaitems></meeting>")
    }
}

fn service_committees() -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<committees>");
    for (id, title, expired, deleted) in COMMITTEES {
        let _ = write!(
            xml,
            "<committee><committeeid>{id}</committeeid><committeetitle>{title}</committeetitle><committeedeleted>{deleted}</committeedeleted><committeeexpired>{expired}</committeeexpired></committee>"
        );
    }
    xml + "</committees>"
}

fn committee_list() -> String {
    let mut body = String::from("<ul class=\"mgBulletList\">");
    for (id, title, _, _) in COMMITTEES.iter().filter(|c| !c.3) {
        let _ = write!(body, "<li><a href=\"mgCommitteeDetails.aspx?ID={id}\">{title}</a></li>");
    }
    shell(&(body + "</ul>"))
}

fn shell(body: &str) -> String {
    let menu: String = (0..60).fold(String::new(), |mut out, n| {
        let _ = write!(
            out,
            "<li class=\"menu-{n}\"><a href=\"/services/{n}\">Service number {n}</a></li>"
        );
        out
    });
    format!(
        "<!DOCTYPE html><html><head><title>Pretend Borough Council</title></head><body><ul>{menu}</ul><div id=\"modgov\"><div class=\"mgContent\">{body}</div></div></body></html>"
    )
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
