//! An item's own page (`mgAi`, which shows neither committee nor date), its decision, and the issue pages that repeat its text.

use std::fmt::Write as _;

use super::{links, shell};
use crate::sample::dates;
use crate::sample::model::{Council, Item, Meeting, MinutesAs};
use crate::sample::word::{entities, escape};

pub(super) fn page(_: &Council, m: &Meeting, item: &Item) -> String {
    let mut body = format!(
        "<div class=\"mgContent\" >\n<p  class=\"mgAiTitleTxt\" >{}</p>\n",
        entities(&item.title)
    );
    if item.restricted {
        body.push_str("<p>&#40;Exempt under Paragraph 3 of Part I of Schedule 12A to the Local Government Act 1972&#41;</p></div>");
        return shell::page("Agenda item", "Agenda item", None, &body);
    }
    let text = m.minutes_as == MinutesAs::Text;
    if !item.agenda.is_empty() {
        let _ = writeln!(body, "<div  class=\"mgWordPara\" >{}</div>", item.agenda.html);
    }
    for (label, part) in [("Decision:", &item.decision), ("Minutes:", &item.minutes)] {
        if !part.is_empty() && text {
            let _ = write!(
                body,
                "<p  class=\"mgSubItemTitleTxt\" >{label}</p>\n<div  class=\"mgWordPara\" >{}</div>\n",
                part.html
            );
        }
    }
    body.push_str("<p  class=\"mgSubItemTitleTxt\" >Supporting documents:</p>\n<ul  class=\"mgBulletList\" >\n");
    for d in &item.documents {
        let _ = writeln!(
            body,
            "<li><a  href=\"{}\"  title=\"Link&#32;to&#32;document\">{} <span  class=\"mgFileSize\" >PDF {} KB</span></a></li>",
            links::document(d.id, &d.title),
            entities(&d.title),
            40 + d.id % 900
        );
    }
    body.push_str("</ul>\n</div>\n");
    shell::page(&format!("Agenda item - {}", item.title), "Agenda item", None, &body)
}

pub(super) fn decision(council: &Council, id: u32) -> Option<String> {
    let (m, item) =
        council.item(id).filter(|(_, i)| i.displayed && !i.restricted && !i.decision.is_empty())?;
    let c = council.committee(m.committee)?;
    let day = dates::slashed(m.date);
    let published = dates::slashed(dates::shifted(m.date, 3));
    let body = format!(
        "<div class=\"mgContent\" ><p><span  class=\"mgLabel\" >Decision Maker: </span>{0}</p><p><span  class=\"mgLabel\" >Decision status: </span>Recommendations Approved</p><p><span  class=\"mgLabel\" >Is Key decision?: </span>{1}</p><p><span  class=\"mgLabel\" >Is subject to call in?: </span>Yes</p><h2  class=\"mgSubSubTitleTxt\" >Decisions:</h2><div  class=\"mgWordPara\" >{2}</div><p><span  class=\"mgLabel\" >Publication date: </span>{published}</p><p><span  class=\"mgLabel\" >Date of decision: </span>{day}</p><p><span  class=\"mgLabel\" >Decided at meeting: </span><a  href=\"{3}\">{4} - {0}</a></p></div>",
        escape(&c.title),
        if item.id % 2 == 0 { "Yes" } else { "No" },
        item.decision.html,
        links::meeting(m, 3),
        entities(&day)
    );
    Some(shell::page(
        &format!("Decision details - {}", item.title),
        "Decision details",
        Some(&item.title),
        &body,
    ))
}

pub(super) fn history(council: &Council, issue: u32) -> Option<String> {
    let (_, first) = about(council, issue).into_iter().next()?;
    let body = format!(
        "<div class=\"mgContent\" ><p>{}</p><ul  class=\"mgActionList\" ><li><a  href=\"ieIssueDetails.aspx?IId={issue}&amp;PlanId=0&amp;Opt=3\">Issue details and meetings</a></li></ul>{}</div>",
        entities(&first.title),
        blocks(council, issue)
    );
    Some(shell::page("Issue - history", "Issue - history", Some(&first.title), &body))
}

pub(super) fn issue(council: &Council, issue: u32) -> Option<String> {
    let (_, first) = about(council, issue).into_iter().next()?;
    let body = format!("<div class=\"mgContent\" >{}</div>", blocks(council, issue));
    Some(shell::page("Issue - meetings", "Issue - meetings", Some(&first.title), &body))
}

/// One block for each meeting, repeating the minutes word for word.
fn blocks(council: &Council, issue: u32) -> String {
    let mut out = String::new();
    for (m, item) in about(council, issue) {
        let name = council.committee(m.committee).map(|c| c.title.as_str()).unwrap_or_default();
        let _ = write!(
            out,
            "<p  class=\"mgAiTitleTxt\" >Meeting: <a  href=\"{}\">{} - {} (Item {})</a></p>\n<div  class=\"mgWordPara\" >{}</div>\n",
            links::meeting(m, 7),
            entities(&dates::slashed(m.date)),
            entities(name),
            item.number.trim_end_matches('.'),
            item.minutes.html
        );
    }
    out
}

fn about(council: &Council, issue: u32) -> Vec<(&Meeting, &Item)> {
    let all = council
        .meetings
        .iter()
        .filter(|m| m.archive.is_none())
        .flat_map(|m| m.items.iter().map(move |i| (m, i)));
    all.filter(|(_, i)| i.issue == Some(issue) && i.displayed && !i.restricted).collect()
}
