//! What the pretend council answers: its pages and its service, in ModernGov's shapes.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{COMMITTEES, Council, Meeting};

impl Council {
    fn robots(&self) -> (u16, String, &'static str) {
        match &self.robots {
            Some(text) => (200, text.clone(), "text/plain"),
            None => (404, "no".to_owned(), "text/html"),
        }
    }

    pub(super) fn answer(&self, path: &str, query: &str) -> (u16, String, &'static str) {
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
