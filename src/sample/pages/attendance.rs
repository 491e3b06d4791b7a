//! Attendance lists, and the people's own pages, whose telephone numbers and addresses must not reach a record.

use std::fmt::Write as _;

use super::shell;
use crate::sample::dates;
use crate::sample::model::Council;
use crate::sample::word::{entities, escape};

pub(super) fn list(council: &Council, id: u32) -> Option<String> {
    let m = council.meeting(id)?;
    if m.is("emptyattendance") {
        return Some(String::new());
    }
    let c = council.committee(m.committee)?;
    let mut body = "<div class=\"mgContent\" ><table  class=\"mgStatsTable\" summary=\"Table of meeting attendance\"><caption>Attendance</caption><thead><tr><th scope=\"col\">Attendee</th><th scope=\"col\">Role</th><th scope=\"col\">Attendance</th></tr></thead><tbody>\n".to_owned();
    for a in &m.attendance {
        let _ = writeln!(
            body,
            "<tr  class=\"mgTableOddRow\" ><td><a  href=\"mgUserInfo.aspx?UID={}\"  title=\"Link&#32;to&#32;details&#32;of&#32;{}\">{}</a></td><td>{}</td><td>{}</td></tr>",
            a.id,
            entities(&a.name),
            entities(&a.name),
            escape(&a.role),
            escape(&a.attendance)
        );
    }
    body.push_str("</tbody></table></div>");
    let heading = format!("{} - {}", c.title, dates::heading(m.date, m.time, c.id));
    Some(shell::page("Meeting attendance", "Meeting attendance", Some(&heading), &body))
}

pub(super) fn person(council: &Council, id: u32) -> Option<String> {
    let a = council.meetings.iter().rev().flat_map(|m| &m.attendance).find(|a| a.id == id)?;
    let tail = 100 + id % 900;
    let body = format!(
        "<div class=\"mgContent\" ><p>Party: {}</p><p>Ward: {}</p><p>Home: {} Sample Terrace, Ellerbrough</p><p>Phone: 01632 960{tail}</p><p>Email: uid{id}@ellerbrough.example.invalid</p></div>",
        escape(&a.party),
        escape(&a.ward),
        id % 90 + 1
    );
    Some(shell::page(&a.name, &a.name, None, &body))
}
