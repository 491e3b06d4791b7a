//! A body's own page and its list of meetings, ten at a time with "Earlier meetings", `Year=` to narrow it, and the older archive beside it.

use std::fmt::Write as _;

use super::{COMMITTEE, links, shell};
use crate::sample::ask::Ask;
use crate::sample::dates;
use crate::sample::model::{Council, Meeting, Stage, Status};
use crate::sample::word::{entities, escape};

/// Meetings on one page of a list.
const PAGE: usize = 8;

pub(super) fn details(council: &Council, id: u32) -> Option<String> {
    let c = council.committee(id).filter(|c| !c.deleted)?;
    let mut body = format!(
        "<div class=\"mgContent\" ><p>{}</p>\n<ul  class=\"mgActionList\" ><li><a  href=\"ieListMeetings.aspx?CommitteeId={id}\"  title=\"Link&#32;to&#32;meetings&#32;of&#32;{}\">Browse meetings and agendas for this committee</a></li></ul>",
        escape(&c.purpose),
        entities(&c.title)
    );
    if c.expired {
        body.push_str("<p>This committee no longer meets. Its papers are kept for reference.</p>");
    }
    if let Some(last) = council.meetings_of(id).first() {
        body.push_str("<h2  class=\"mgSubTitleTxt\" >Membership</h2><ul  class=\"mgBulletList\" >");
        for a in last.attendance.iter().filter(|a| a.role != "Officer") {
            let _ = writeln!(
                body,
                "<li><a  href=\"mgUserInfo.aspx?UID={}\">{}</a> &#40;{}&#41;</li>",
                a.id,
                entities(&a.name),
                escape(&a.role)
            );
        }
        body.push_str("</ul>");
    }
    body.push_str("</div>");
    Some(shell::page(&format!("Committee details - {}", c.title), &c.title, None, &body))
}

pub(super) fn meetings(council: &Council, ask: &Ask) -> Option<String> {
    let id = ask.number(&COMMITTEE)?;
    let c = council.committee(id).filter(|c| !c.deleted)?;
    let year = ask.number(&["year"]).filter(|y| *y != 0);
    // "Earlier meetings" carries the day before which to list.
    let before = ask.number(&["d"]).filter(|_| ask.text(&["act"]).is_some());
    let wanted = |m: &&Meeting| {
        year.is_none_or(|y| u32::from(m.date.year().unsigned_abs()) == y)
            && before.is_none_or(|d| day_number(m) < d)
    };
    let list: Vec<&Meeting> = council.meetings_of(id).into_iter().filter(wanted).collect();
    let mut body = "<div class=\"mgContent\" >".to_owned();
    let mut page = list.len().min(PAGE);
    // A day is never split over two pages.
    while page < list.len() && page > 0 && list[page].date == list[page - 1].date {
        page += 1;
    }
    if year.is_some() {
        page = list.len();
    }
    body.push_str("<ul  class=\"mgNonBulletTableList\" >\n");
    for (n, m) in list.iter().take(page).enumerate() {
        row(&mut body, m, n);
    }
    if before.is_none() && year.is_none() && matches!(id, 101 | 112) {
        let _ = writeln!(
            body,
            "<li  class=\"mgTableOddRow\" ><a  class=\"mgMeetingTableLnk\"  href=\"ieListMeetings.aspx?CId={id}&amp;MD=Constitution&amp;info=1\"  title=\"Link to Constitution\">Constitution of the Council</a></li>"
        );
    }
    body.push_str("</ul>\n");
    if page < list.len() && page > 0 {
        let oldest = list[page - 1];
        let _ = write!(
            body,
            "<p><a  href=\"ieListMeetings.aspx?Act=Prev&amp;CId={id}&amp;D={}&amp;MD=ielistmeetings\"  title=\"Link to earlier meetings\">Earlier meetings</a></p>",
            day_number(oldest)
        );
    }
    if before.is_some() {
        let _ = write!(
            body,
            "<p><a  href=\"ieListMeetings.aspx?CId={id}&amp;Year=0&amp;XXR=0\">Later meetings</a></p>"
        );
    }
    archive(&mut body, council, id, page == list.len() && year.is_none());
    body.push_str("</div>");
    Some(shell::page(
        &format!("Meetings of {}", c.title),
        &format!("Browse meetings - {}", c.title),
        None,
        &body,
    ))
}

fn row(body: &mut String, m: &Meeting, n: usize) {
    let class = if n.is_multiple_of(2) { "mgTableOddRow" } else { "mgTableEvenRow" };
    let rest = match (m.status, m.stage) {
        (Status::Cancelled, _) => " - cancelled",
        (_, Stage::Agenda) => " - Agenda",
        (_, Stage::Draft) => " - Agenda and draft minutes",
        _ => " - Agenda and minutes",
    };
    let (d, link) = (m.date, links::meeting(m, 1));
    let _ = writeln!(
        body,
        "<li  class=\"{class}\" ><a  class=\"mgMeetingTableLnk\"  href=\"{link}\"  title=\"Link&#32;to&#32;meeting&#32;of&#32;{}\">{} {} {}&nbsp;{}</a>{rest}</li>",
        entities(&dates::slashed(d)),
        d.day(),
        dates::month_short(d),
        d.year(),
        dates::clock(m.time)
    );
}

/// Meetings of the older archive, under the last page of the list.
fn archive(body: &mut String, council: &Council, id: u32, last_page: bool) {
    let list = council.archive_of(id);
    if list.is_empty() || !last_page {
        return;
    }
    body.push_str("<h2  class=\"mgSubTitleTxt\" >Meetings before our present system</h2>\n<ul  class=\"mgBulletList\" >\n");
    for m in list {
        let _ = writeln!(
            body,
            "<li><a  href=\"{}\"  title=\"Link&#32;to&#32;archived&#32;meeting\">{} - Minutes</a></li>",
            links::archived(m),
            dates::plain(m.date)
        );
    }
    body.push_str("</ul>\n");
}

fn day_number(m: &Meeting) -> u32 {
    let d = m.date;
    u32::from(d.year().unsigned_abs()) * 10_000
        + u32::from(d.month().unsigned_abs()) * 100
        + u32::from(d.day().unsigned_abs())
}
