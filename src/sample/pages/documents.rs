//! PDFs: the printed minutes of a meeting (`T=1`), whether they have a text layer or not, and one-page papers.

use crate::sample::ask::Ask;
use crate::sample::dates;
use crate::sample::model::{Council, Meeting, MinutesAs, Row};
use crate::sample::respond::{Freshness, Response};
use crate::sample::{pdf, word};

pub(super) fn answer(council: &Council, ask: &Ask) -> (Response, Freshness) {
    let missing = || {
        (
            Response::new(
                404,
                "text/html; charset=utf-8",
                "<html><body><h1>404 Not Found</h1></body></html>",
            ),
            Freshness::None,
        )
    };
    let number = |prefix: &str| -> Option<u32> {
        ask.path.strip_prefix(prefix)?.split('/').next()?.parse().ok()
    };
    if let Some(m) = number("documents/g").and_then(|id| council.meeting(id)) {
        // Without its `T` the address is not found, as on real sites.
        if ask.number(&["t"]) != Some(1) || council.committee(m.committee).is_none_or(|c| c.deleted)
        {
            return missing();
        }
        let when = dates::http(dates::shifted(m.date, 23));
        let bytes = match m.minutes_as {
            MinutesAs::Scan => pdf::scanned(m.items.len()),
            _ => pdf::text(&minutes(council, m)),
        };
        return (Response::new(200, "application/pdf", bytes), Freshness::Since(when));
    }
    let id = number("documents/s").or_else(|| ask.number(&["id"]));
    let found = council
        .meetings
        .iter()
        .flat_map(|m| &m.items)
        .flat_map(|i| &i.documents)
        .find(|d| Some(d.id) == id);
    match found {
        Some(d) if !d.restricted => (
            Response::new(200, "application/pdf", pdf::text(std::slice::from_ref(&d.title))),
            Freshness::Tagged,
        ),
        _ => missing(),
    }
}

/// The lines of the printed minutes: heading, those present, then each item with its hidden markers.
fn minutes(council: &Council, m: &Meeting) -> Vec<String> {
    let name = council.committee(m.committee).map(|c| c.title.to_uppercase()).unwrap_or_default();
    let present: Vec<&str> = m
        .attendance
        .iter()
        .filter(|a| a.attendance.starts_with("Present"))
        .map(|a| a.name.as_str())
        .collect();
    let mut lines = vec![
        name,
        dates::heading(m.date, m.time, 2),
        String::new(),
        format!("Present:- {}.", present.join(", ")),
        String::new(),
    ];
    for (n, item) in (1..).zip(m.shown().filter(|i| i.row == Row::Item)) {
        lines.push(format!("{}<AI{n}>", pdf::HIDDEN));
        lines.push(format!("{} {}", item.number, item.title.to_uppercase()));
        lines.push(String::new());
        if item.restricted {
            lines.push("(Exempt under Paragraph 3 of Part I of Schedule 12A to the Local Government Act 1972)".to_owned());
        } else {
            for paragraph in item.minutes.paragraphs.iter().flat_map(|p| p.split('¶')) {
                lines.push(word::words(paragraph));
                lines.push(String::new());
            }
        }
        lines.push(format!("{}</AI{n}>", pdf::HIDDEN));
    }
    lines
}
