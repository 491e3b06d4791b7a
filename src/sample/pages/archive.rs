//! The older archive (`CeListDocuments`): minutes imported from before ModernGov, with a number series of its own.
//!
//! Two shapes: the whole meeting as one long text, or a list of documents, one for each minute, opened by name (`RD=`).

use std::fmt::Write as _;

use super::{MEETING, shell};
use crate::sample::ask::Ask;
use crate::sample::dates;
use crate::sample::model::{ArchiveShape, Council, Item, Meeting};
use crate::sample::word::{entities, escape};

pub(super) fn page(council: &Council, ask: &Ask) -> Option<String> {
    let m = council.archived(ask.number(&MEETING)?)?;
    let c = council.committee(m.committee)?;
    let line = format!("{} - {}", c.title, dates::heading(m.date, m.time, 3));
    let body = match (m.archive?, ask.text(&["rd"])) {
        (ArchiveShape::Whole, _) => whole(m),
        (ArchiveShape::Documents, None) => list(m),
        (ArchiveShape::Documents, Some(name)) => {
            let item = m.items.iter().find(|i| document_name(i).eq_ignore_ascii_case(name))?;
            format!(
                "<div class=\"mgContent\" ><div  class=\"mgWordPara\" >{}</div></div>",
                minute(item)
            )
        }
    };
    Some(shell::page(
        &format!("Meeting documents - {line}"),
        "Meeting documents",
        Some(&line),
        &body,
    ))
}

fn whole(m: &Meeting) -> String {
    let mut body = format!(
        "<div class=\"mgContent\" ><div  class=\"mgWordPara\" ><P align=center><B>MINUTES</B></P>\n<P>Present:- {}</P>\n",
        escape(&present(m))
    );
    for item in &m.items {
        body.push_str(&minute(item));
    }
    body.push_str("</div></div>");
    body
}

fn list(m: &Meeting) -> String {
    let day = dates::slashed(m.date).replace('/', "%2f");
    let mut body = "<div class=\"mgContent\" ><ul  class=\"mgBulletList\" >\n".to_owned();
    for item in &m.items {
        let name = document_name(item);
        let address = name.replace(' ', "%20").replace('&', "%26");
        let _ = writeln!(
            body,
            "<li><a  class=\"mgAiTitleTxt\"  href=\"CeListDocuments.aspx?MID={}&amp;RD={address}&amp;DF={day}&amp;A=1&amp;R=0\"  title=\"Link&#32;to&#32;document\">{} <span  class=\"mgFileSize\" >HTM {} KB</span></a></li>",
            m.id,
            entities(&name),
            2 + item.title.len() % 7
        );
    }
    body.push_str("</ul></div>");
    body
}

fn document_name(item: &Item) -> String {
    format!("Minute {} {}", item.number.trim_end_matches('.'), item.title)
}

fn minute(item: &Item) -> String {
    format!(
        "<P><B>{}&nbsp;&nbsp;&nbsp;{}</B></P>\n{}",
        item.number.trim_end_matches('.'),
        escape(&item.title.to_uppercase()),
        item.minutes.html
    )
}

fn present(m: &Meeting) -> String {
    let members = m.attendance.iter().filter(|a| a.attendance.starts_with("Present"));
    let names: Vec<String> =
        members
            .map(|a| {
                if a.role == "Chair" {
                    format!("{} (in the Chair)", a.name)
                } else {
                    a.name.clone()
                }
            })
            .collect();
    names.join("; ")
}
