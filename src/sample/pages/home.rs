//! Front page, lists of bodies, news, the calendar (which never ends), the error page and the stub.

use std::fmt::Write as _;

use super::{links, shell};
use crate::sample::ask::Ask;
use crate::sample::dates;
use crate::sample::model::Council;
use crate::sample::word::{entities, escape};

/// A script with status 200 where a page should be, of the length one real site sends.
pub(super) const STUB: &str = "<html><head><script type=\"text/javascript\">/* session check */function go(){document.cookie='emb_chk=1;path=/';window.location.href=window.location.pathname+'?'+Math.random();}setTimeout(go,50);</script><noscript>Please enable JavaScript to view this page.</noscript></head><body onload=\"go()\"></body></html>";

pub(super) fn front(council: &Council) -> String {
    let body = "<div class=\"mgContent\" ><p>Ellerbrough lies between the moor and the River Eller: eleven wards, three market towns and a good many allotments. Papers and minutes of the Council's meetings since 2004 are published here.</p><ul  class=\"mgBulletList\" ><li><a  href=\"ieDocHome.aspx?bcr=1\" >Browse committee meetings</a></li><li><a  href=\"mgListCommittees.aspx?bcr=1\" >Committee structure</a></li><li><a  href=\"mgWhatsNew.aspx?bcr=1\" >What's new</a></li></ul></div>";
    shell::page(&council.name, "Council and democracy", None, body)
}

pub(super) fn browse(council: &Council) -> String {
    let mut body = "<div class=\"mgContent\" ><p>Choose a committee to see its meetings.</p><ul  class=\"mgBulletList\" >".to_owned();
    for c in council.committees.iter().filter(|c| !c.deleted) {
        let _ = writeln!(
            body,
            "<li><a  href=\"ieListMeetings.aspx?CId={}&amp;Year=0\"  title=\"Link&#32;to&#32;{}\">{}</a></li>",
            c.id,
            entities(&c.title),
            entities(&c.title)
        );
    }
    body.push_str("</ul></div>");
    shell::page("Browse meetings", "Browse meetings", None, &body)
}

pub(super) fn committees(council: &Council) -> String {
    let mut body =
        "<div class=\"mgContent\" ><p>The Council makes decisions through the bodies below.</p>"
            .to_owned();
    for (title, expired) in [("Current committees", false), ("Former committees", true)] {
        let _ = write!(
            body,
            "<h2  class=\"mgSubTitleTxt\" >{title}</h2>\n<ul  class=\"mgBulletList\" >\n"
        );
        for c in council.committees.iter().filter(|c| !c.deleted && c.expired == expired) {
            let _ = writeln!(
                body,
                "<li><a  href=\"mgCommitteeDetails.aspx?ID={}\"  title=\"Link&#32;to&#32;committee&#32;details&#32;for&#32;{}\">{}</a></li>",
                c.id,
                entities(&c.title),
                entities(&c.title)
            );
        }
        body.push_str("</ul>\n");
    }
    body.push_str("</div>");
    shell::page("Committees", "Committees", None, &body)
}

pub(super) fn news(council: &Council) -> String {
    let mut body =
        "<div class=\"mgContent\" ><p>Published in the last days:</p><ul  class=\"mgBulletList\" >"
            .to_owned();
    for m in council.meetings.iter().rev().filter(|m| m.archive.is_none()).take(12) {
        let name = council.committee(m.committee).map(|c| c.title.as_str()).unwrap_or_default();
        let _ = writeln!(
            body,
            "<li><a  href=\"{}\" >{} - {}</a></li>",
            links::meeting(m, 5),
            entities(&dates::slashed(m.date)),
            escape(name)
        );
    }
    body.push_str("</ul></div>");
    shell::page("What's new", "What's new", None, &body)
}

/// A month of the calendar. It links to the month before and after, for ever.
pub(super) fn calendar(council: &Council, ask: &Ask) -> String {
    let month = ask.number(&["m"]).filter(|m| (1..=12).contains(m)).unwrap_or(11);
    let year = ask.number(&["dd"]).filter(|y| (1..=9998).contains(y)).unwrap_or(2026);
    let (before, after) = match month {
        1 => ((12, year - 1), (2, year)),
        12 => ((11, year), (1, year + 1)),
        _ => ((month - 1, year), (month + 1, year)),
    };
    let turn = |(m, y): (u32, u32), word: &str| {
        format!(
            "<a  href=\"mgCalendarMonthView.aspx?GL=1&amp;M={m}&amp;DD={y}&amp;CID=0&amp;OT=&amp;C=-1&amp;MR=0\"  title=\"{word} month\">{word} month</a> "
        )
    };
    let mut body = format!(
        "<div class=\"mgContent\" ><p>{}{}</p><table  class=\"mgCalendarTable\" summary=\"Calendar of meetings\">",
        turn(before, "Previous"),
        turn(after, "Next")
    );
    let here = |d: jiff::civil::Date| {
        u32::from(d.month().unsigned_abs()) == month && u32::from(d.year().unsigned_abs()) == year
    };
    for m in council.meetings.iter().filter(|m| m.archive.is_none() && here(m.date)) {
        let Some(c) = council.committee(m.committee).filter(|c| !c.deleted) else { continue };
        let title =
            format!("Meeting of {}, {} {}", c.title, dates::slashed(m.date), dates::clock(m.time));
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td><a  href=\"{}\"  title=\"{}\">{}</a></td></tr>",
            m.date.day(),
            links::meeting(m, 9),
            entities(&title),
            escape(&c.title)
        );
    }
    body.push_str("</table></div>");
    shell::page("Calendar of meetings", "Calendar of meetings", None, &body)
}

pub(super) fn error(_: &Council) -> String {
    shell::page(
        "Error",
        "An error has occurred",
        None,
        "<div class=\"mgContent\" ><p  class=\"mgErrorTxt\" >The page you requested could not be found. It may have been moved or withdrawn.</p></div>",
    )
}
