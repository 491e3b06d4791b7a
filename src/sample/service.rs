//! The XML web service (`mgWebService.asmx`): plain GET operations, with the real one's quirks.
//!
//! CRLF, padded counts, empty elements holding a newline, doubly encoded titles, escaped Word HTML as text, no committee on a meeting, three different
//! numbers for one item, 500 for a missing parameter, ISO dates silently ignored. Restricted words are sent here, marked as restricted, as real installations do.

use jiff::civil::Date;

use super::ask::Ask;
use super::dates;
use super::model::{
    Attendee, Committee, Council, Document, Item, Meeting, MinutesAs, Row, Stage, Status,
};
use super::respond::Response;
use super::word::{entities, escape};

/// Answers one operation.
pub(super) fn answer(council: &Council, operation: &str, ask: &Ask, host: &str) -> Response {
    let found = match operation {
        "" => return Response::html("<html><head><title>mgWebService Web Service</title></head><body><p>The following operations are supported.</p><ul><li>GetAllMeetingsByDate</li><li>GetCommittees</li><li>GetMeeting</li><li>GetMeetings</li></ul></body></html>".to_owned()),
        "getcommittees" => Some(committees(council)),
        "getmeetings" => meetings(council, ask),
        "getallmeetingsbydate" => by_date(council, ask),
        "getmeeting" => ask.number(&["lmeetingid"]).map(|id| meeting(council, id, host)),
        _ => None,
    };
    match found {
        Some(xml) => Response::new(200, "text/xml; charset=utf-8", xml),
        None => Response::new(500, "text/plain; charset=utf-8", "Missing parameter.\r\n"),
    }
}

/// Writes indented elements the way the service does.
struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n".to_owned(), depth: 0 }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push_str("\r\n");
    }

    fn open(&mut self, name: &str) {
        self.line(&format!("<{name}>"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("</{name}>"));
    }

    /// An element with text; an empty one holds a newline.
    fn text(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            let pad = "  ".repeat(self.depth);
            self.line(&format!("<{name}>\r\n{pad}</{name}>"));
        } else {
            self.line(&format!(
                "<{name}>{}</{name}>",
                escape(value).replace("&quot;", "\"").replace('\n', "\r\n")
            ));
        }
    }

    /// A title: encoded for HTML first, then for XML.
    fn title(&mut self, name: &str, value: &str) {
        self.text(name, &entities(value));
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.text(name, if value { "True" } else { "False" });
    }

    fn count(&mut self, name: &str, n: usize) {
        self.line(&format!("<{name}> {n}</{name}>"));
    }
}

fn committees(council: &Council) -> String {
    let mut x = Xml::new();
    x.open("committees");
    x.count("committeescount", council.committees.len());
    for c in &council.committees {
        x.open("committee");
        x.text("committeeid", &c.id.to_string());
        x.title("committeetitle", &c.title);
        x.flag("committeedeleted", c.deleted);
        x.flag("committeeexpired", c.expired);
        x.text("committeecategory", &c.category);
        x.close("committee");
    }
    x.close("committees");
    x.out
}

/// `dd/mm/yyyy`; anything else is not a date here.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('/');
    let (d, m, y) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(y, m, d).ok()
}

fn within(m: &Meeting, from: Option<Date>, to: Option<Date>) -> bool {
    m.archive.is_none() && from.is_none_or(|f| f <= m.date) && to.is_none_or(|t| m.date <= t)
}

fn meetings(council: &Council, ask: &Ask) -> Option<String> {
    let wanted = ask.number(&["lcommitteeid"])?;
    let (from, to) = (day(ask.text(&["sfromdate"])?), day(ask.text(&["stodate"])?));
    let bodies: Vec<(&Committee, Vec<&Meeting>)> = council
        .committees
        .iter()
        .filter(|c| wanted == 0 || c.id == wanted)
        .map(|c| {
            (
                c,
                council
                    .meetings
                    .iter()
                    .filter(|m| m.committee == c.id && within(m, from, to))
                    .collect::<Vec<_>>(),
            )
        })
        .filter(|(_, list)| !list.is_empty())
        .collect();
    let mut x = Xml::new();
    x.open("getmeetings");
    x.count("meetingscount", bodies.iter().map(|(_, l)| l.len()).sum());
    x.count("committeescount", bodies.len());
    for (c, list) in bodies {
        x.open("committee");
        x.text("committeeid", &c.id.to_string());
        x.title("committeetitle", &c.title);
        x.count("committeemeetingcount", list.len());
        x.open("committeemeetings");
        for m in list {
            listed(&mut x, m);
        }
        x.close("committeemeetings");
        x.close("committee");
    }
    x.close("getmeetings");
    Some(x.out)
}

fn by_date(council: &Council, ask: &Ask) -> Option<String> {
    let wanted = ask.text(&["lcommitteeid"])?;
    // Dates of another form are ignored, and everything comes back.
    let (from, to) = (day(ask.text(&["sfromdate"])?), day(ask.text(&["stodate"])?));
    let ascending =
        ask.text(&["bisascendingdateorder"]).is_some_and(|t| t.eq_ignore_ascii_case("true"));
    // Here -1 means all, and 0 finds nothing.
    let mut list: Vec<&Meeting> = council
        .meetings
        .iter()
        .filter(|m| (wanted == "-1" || wanted == m.committee.to_string()) && within(m, from, to))
        .collect();
    if !ascending {
        list.reverse();
    }
    let mut x = Xml::new();
    x.open("getmeetingsbydate");
    x.open("meetings");
    for m in list {
        listed(&mut x, m);
    }
    x.close("meetings");
    x.close("getmeetingsbydate");
    Some(x.out)
}

fn listed(x: &mut Xml, m: &Meeting) {
    x.open("meeting");
    x.text("meetingid", &m.id.to_string());
    x.text("meetingdate", &dates::slashed(m.date));
    x.text("meetingstatus", status(m));
    x.text("meetingtime", &dates::clock(m.time));
    x.flag("iswebcast", m.is("media"));
    x.close("meeting");
}

fn status(m: &Meeting) -> &'static str {
    match m.status {
        Status::Confirmed => "Confirmed",
        Status::Cancelled => "Cancelled",
    }
}

fn meeting(council: &Council, id: u32, host: &str) -> String {
    let mut x = Xml::new();
    let Some(m) = council.meeting(id) else {
        x.line("<meeting>");
        x.line("</meeting>");
        return x.out;
    };
    x.open("meeting");
    x.text("meetingid", &id.to_string());
    x.text("meetingdate", &dates::slashed(m.date));
    x.text("meetingstatus", status(m));
    x.flag("isdisplayallowed", true);
    x.text("meetingtime", &dates::clock(m.time));
    x.text("meetingactualstarttime", "");
    x.text("meetingplannedfinishtime", "");
    x.text("meetingactualfinishtime", "");
    x.text("meetinglocation", &m.venue);
    x.flag("iswebcast", m.is("media"));
    x.text("agendaid", &id.to_string());
    x.flag("agendapublished", m.status == Status::Confirmed);
    x.flag("decisionpublished", m.items.iter().any(|i| !i.decision.is_empty()));
    x.flag("minutepublished", m.status == Status::Confirmed && m.stage != Stage::Agenda);
    x.text("meetingroom", "");
    x.open("agendaitems");
    let body = council.committee(m.committee).map(|c| c.title.as_str()).unwrap_or_default();
    for item in &m.items {
        agenda_item(&mut x, m, item, body, host);
    }
    x.close("agendaitems");
    x.open("attendees");
    for a in &m.attendance {
        attendee(&mut x, a, host);
    }
    x.close("attendees");
    x.close("meeting");
    x.out
}

fn agenda_item(x: &mut Xml, m: &Meeting, item: &Item, body: &str, host: &str) {
    let number = |n: u32| if n == 0 { "0".to_owned() } else { n.to_string() };
    let text = m.minutes_as == MinutesAs::Text;
    let day = dates::slashed(m.date);
    x.open("agendaitem");
    x.text("agendaitemid", &item.id.to_string());
    x.title("agendaitemtitle", &item.title);
    html(x, "agendatext", &item.agenda.html, m);
    x.text("actualmeetingdate", &day);
    x.text("agendaitemnumber", &number(item.agenda_number));
    x.text("agendaitemsubnumber", "");
    x.text("fulldisplaynumberformat", &item.number);
    x.text("authorusername", "");
    x.text("commentlabel1", "Presented By");
    x.text("commenttext1", "");
    x.text("commentlabel2", "Actions");
    x.text("commenttext2", "");
    html(x, "minutesnonemptyhtmlbody", if text { &item.minutes.html } else { "" }, m);
    html(x, "decisionnonemptyhtmlbody", if text { &item.decision.html } else { "" }, m);
    x.text("declarationcount", "0");
    for (name, value) in [
        ("iscallin", false),
        ("iscomment", false),
        ("isdecision", !item.decision.is_empty()),
        ("isdecisionpublished", !item.decision.is_empty()),
        ("isminutepublished", m.stage != Stage::Agenda && item.row == Row::Item),
        ("ispubliccanspeak", false),
        ("isrestricted", item.restricted),
        ("isdisplayallowed", item.displayed),
    ] {
        x.flag(name, value);
    }
    x.text("meetingdate", &day);
    x.text("meetingtime", &dates::clock(m.time));
    x.text("minutesitemnumber", &number(item.minute_number.unwrap_or(0)));
    x.text("minutesitemsubnumber", "");
    x.text("preferreddate", &day);
    x.text("refertocommittee", &entities(body));
    x.open("linkeddocuments");
    for (n, d) in (1..).zip(&item.documents) {
        linked(x, m, item, d, n, body, host);
    }
    x.close("linkeddocuments");
    x.close("agendaitem");
}

fn linked(x: &mut Xml, m: &Meeting, item: &Item, d: &Document, n: u32, body: &str, host: &str) {
    let day = dates::slashed(m.date);
    x.open("linkeddoc");
    x.text("attachmentid", &d.id.to_string());
    x.title("title", &d.title);
    x.flag("isurl", false);
    x.text("url", &format!("http://{host}/mgConvert2PDF.aspx?ID={}", d.id));
    x.flag("isrestricted", d.restricted);
    x.text("restrictionsRef", if d.restricted { "3" } else { "" });
    x.text("itemnum", &n.to_string());
    x.text("publicationdate", &dates::slashed(dates::shifted(m.date, -8)));
    x.text("meetingdate", &day);
    x.text("decisiondate", &day);
    x.text("committeetitle", &entities(body));
    x.flag("isdecisionattachment", false);
    x.title("ownertitle", &item.title);
    x.close("linkeddoc");
}

/// A body: escaped HTML, or raw elements where the installation is one of those.
fn html(x: &mut Xml, name: &str, html: &str, m: &Meeting) {
    if m.is("rawxml") && !html.is_empty() {
        x.line(&format!("<{name}><div>{}</div></{name}>", html.replace('\n', "\r\n")));
    } else {
        x.text(name, html);
    }
}

fn attendee(x: &mut Xml, a: &Attendee, host: &str) {
    let kind = if a.role == "Officer" { "O" } else { "U" };
    x.line(&format!(
        "<attendee membertype=\"{kind}\" memberid=\"{}\" name=\"{}\" roledescription=\"{}\" attendance=\"{}\" politicalparty=\"{}\" ward=\"{}\">",
        a.id, escape(&a.name), escape(&a.role), escape(&a.attendance), escape(&a.party), escape(&a.ward)
    ));
    x.depth += 1;
    x.text("url", &format!("http://{host}/mgUserInfo.aspx?UID={}", a.id));
    x.depth -= 1;
    x.line("</attendee>");
}
