//! The meeting page (`ieListDocuments`): heading with the state of publication, links, venue and contact, and the table of items.

use std::fmt::Write as _;

use super::{links, shell};
use crate::sample::dates;
use crate::sample::model::{Council, Item, Meeting, MinutesAs, Row, Stage, Status};
use crate::sample::word::{self, entities, escape};

/// Letters after which a cut text ends.
const CUT: usize = 340;

pub(super) fn page(council: &Council, id: u32) -> Option<String> {
    let m = council.meeting(id)?;
    let c = council.committee(m.committee).filter(|c| !c.deleted)?;
    let state = heading(m);
    let when = dates::heading(m.date, m.time, if m.date.year() < 2012 { c.id } else { c.id + 1 });
    let line = match m.status {
        Status::Cancelled => format!("CANCELLED, {} - {when}", c.title),
        Status::Confirmed if m.is("virtual") => format!("Virtual Meeting, {} - {when}", c.title),
        Status::Confirmed => format!("{} - {when}", c.title),
    };
    let mut body = "<div  class=\"mgLinks\" ><ul  class=\"mgActionList\" >\n".to_owned();
    action_links(&mut body, m, &c.title);
    body.push_str("</ul></div>\n<div class=\"mgContent\" >\n");
    let _ =
        writeln!(body, "<p><span  class=\"mgLabel\" >Venue:&nbsp;</span>{}</p>", escape(&m.venue));
    let _ = writeln!(
        body,
        "<p><span  class=\"mgLabel\" >Contact:&nbsp;</span>{}</p>",
        escape(&m.contact).replace("~~", "&nbsp;&nbsp; ")
    );
    if !m.note.is_empty() {
        let _ = writeln!(body, "<p><span  class=\"mgLabel\" >Note:</span> {}</p>", escape(&m.note));
    }
    if m.is("media") {
        body.push_str("<h2  class=\"mgSubTitleTxt\" >Media</h2><p><span  class=\"mgLabel\" >Webcast:</span> <a  href=\"http://webcasts.ellerbrough.example.invalid/\">View the webcast</a></p>\n");
    }
    if m.status == Status::Confirmed {
        body.push_str(
            "<table  class=\"mgItemTable\" id=\"mgItemTable\" summary=\"Table of agenda items\">\n",
        );
        body.push_str("<tr><td  class=\"mgHide\" >No.</td><td  class=\"mgHide\" >Item</td></tr>\n");
        for item in m.shown() {
            row(&mut body, m, item);
        }
        body.push_str("</table>\n");
    } else {
        body.push_str("<p  class=\"mgMainTxtBold\" >This meeting has been cancelled.</p>\n");
    }
    body.push_str("</div>\n");
    let title =
        format!("{state} for {} on {}, {}", c.title, dates::heading(m.date, m.time, 0), m.venue);
    Some(shell::page(&title, state, (!m.is("nohead")).then_some(line.as_str()), &body))
}

fn heading(m: &Meeting) -> &'static str {
    let decisions = m.items.iter().any(|i| !i.decision.is_empty());
    match (m.stage, decisions) {
        (Stage::Agenda, _) => "Agenda",
        (Stage::Draft, false) => "Agenda and draft minutes",
        (Stage::Draft, true) => "Agenda, decisions and draft minutes",
        (Stage::Approved, false) => "Agenda and minutes",
        (Stage::Approved, true) => "Agenda, decisions and minutes",
    }
}

fn action_links(body: &mut String, m: &Meeting, committee: &str) {
    let _ = writeln!(
        body,
        "<li><a  href=\"mgMeetingAttendance.aspx?ID={}\"  title=\"Link&#32;to&#32;attendance&#32;details&#32;for&#32;the&#32;meeting\">Attendance details</a></li>",
        m.id
    );
    if m.status == Status::Cancelled {
        return;
    }
    let _ = writeln!(
        body,
        "<li><a  href=\"mgChooseDocPack.aspx?ID={}\"  title=\"Link&#32;to&#32;agenda&#32;frontsheet\">Agenda frontsheet <span  class=\"mgFileSize\" >PDF {} KB</span></a></li>",
        m.id,
        90 + m.id % 300
    );
    if m.stage != Stage::Agenda {
        let _ = writeln!(
            body,
            "<li><a  href=\"{}\"  title=\"Link&#32;to&#32;printed&#32;minutes&#32;&#40;PDF&#41;\">Printed minutes <span  class=\"mgFileSize\" >PDF {} KB</span></a></li>",
            links::printed(m, committee),
            60 + m.id % 200
        );
    }
}

fn row(body: &mut String, m: &Meeting, item: &Item) {
    if item.row == Row::Heading {
        let _ = writeln!(
            body,
            "<tr><td  class=\"mgItemNumberCell\" ><p  class=\"mgAiTitleTxt\" >&nbsp;</p></td><td><p  class=\"mgAiTitleTxt\" >{}</p></td></tr>",
            entities(&item.title)
        );
        return;
    }
    let _ = write!(
        body,
        "<tr>\n<td  class=\"mgItemNumberCell\" ><a  name=\"AI{0}\" id=\"AI{0}\"></a><p  class=\"mgAiTitleTxt\" >{1}</p></td>\n<td><!--{2}-->\n",
        item.id,
        if item.number.is_empty() { "&nbsp;" } else { &item.number },
        item.agenda_number
    );
    match item.documents.first().filter(|d| !d.restricted) {
        Some(d) => {
            let _ = writeln!(
                body,
                "<p  class=\"mgAiTitleTxt\" ><a  class=\"mgAiTitleLnk\"  href=\"{}\"  title=\"Link&#32;to&#32;document\">{} <span  class=\"mgHide\" >({})</span> <span  class=\"mgFileSize\" >PDF {} KB</span></a></p>",
                links::document(d.id, &d.title),
                entities(&item.title),
                d.id % 9 + 1,
                80 + d.id % 700
            );
        }
        None => {
            let _ = writeln!(body, "<p  class=\"mgAiTitleTxt\" >{}</p>", entities(&item.title));
        }
    }
    if item.restricted {
        body.push_str("<p>&#40;Exempt under Paragraph 3 of Part I of Schedule 12A to the Local Government Act 1972&#41;</p></td></tr>\n");
        return;
    }
    if !item.agenda.is_empty() {
        let _ = writeln!(body, "<div  class=\"mgWordPara\" >{}</div>", item.agenda.html);
    }
    let text = m.minutes_as == MinutesAs::Text;
    documents(
        body,
        item,
        if m.id.is_multiple_of(5) { "Supporting documents:" } else { "Additional documents:" },
    );
    if !item.decision.is_empty() && text {
        let _ = write!(
            body,
            "<p  class=\"mgSubItemTitleTxt\" >Decision:</p>\n<div  class=\"mgWordPara\" >{}</div>\n",
            item.decision.html
        );
    }
    if !item.minutes.is_empty() && text {
        body.push_str("<p  class=\"mgSubItemTitleTxt\" >Minutes:</p>\n");
        if item.cut {
            cut(body, item);
        } else {
            let _ = writeln!(body, "<div  class=\"mgWordPara\" >{}</div>", item.minutes.html);
        }
    }
    actions(body, item);
    body.push_str("</td>\n</tr>\n");
}

/// Papers beside the first, which the title links to.
fn documents(body: &mut String, item: &Item, label: &str) {
    if item.documents.len() < 2 {
        return;
    }
    let _ = write!(
        body,
        "<p  class=\"mgSubItemTitleTxt\" >{label}</p>\n<ul  class=\"mgBulletList\" >\n"
    );
    for (n, d) in (2..).zip(item.documents.iter().skip(1)) {
        let _ = writeln!(
            body,
            "<li><a  href=\"{}\"  title=\"Link&#32;to&#32;document\">{} <span  class=\"mgHide\" >({}.{n})</span> <span  class=\"mgFileSize\" >PDF {} KB</span></a></li>",
            links::document(d.id, &d.title),
            entities(&d.title),
            item.agenda_number,
            40 + d.id % 900
        );
    }
    body.push_str("</ul>\n");
}

fn cut(body: &mut String, item: &Item) {
    let text: Vec<String> = item.minutes.paragraphs.iter().map(|p| word::words(p)).collect();
    let text: String = text.join(" ").chars().take(CUT).collect();
    let _ = writeln!(
        body,
        "<div  class=\"mgWordPara\" ><p>{}...  <a  href=\"{}\"  title=\"Link to view the full minutes text for item {}\">view the full minutes text for item {}</a></p></div>",
        escape(&text),
        links::item(item),
        item.number,
        item.number
    );
}

fn actions(body: &mut String, item: &Item) {
    let mut list = String::new();
    if !item.decision.is_empty() {
        let _ = write!(
            list,
            "<li><a  href=\"ieDecisionDetails.aspx?AIId={}\">View the decision for item {}</a></li>",
            item.id, item.number
        );
    }
    if let Some(issue) = item.issue {
        let _ = write!(
            list,
            "<li><a  href=\"mgIssueHistoryHome.aspx?IId={issue}&amp;optionId=0\">View the background to item {}</a></li>",
            item.number
        );
    }
    if item.id.is_multiple_of(7) && !item.cut {
        let _ = write!(
            list,
            "<li><a  href=\"{}\">View item {} on its own</a></li>",
            links::item(item),
            item.number
        );
    }
    if !list.is_empty() {
        let _ = writeln!(body, "<ul  class=\"mgActionList\" >{list}</ul>");
    }
}
