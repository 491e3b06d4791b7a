//! Reading links off the bytes, with patterns.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Found, Minutes, Reading};
use crate::address::{self, Base};
use crate::page::{Link, Page, PageKind};

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?is)<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>(.*?)</a>"#)
});
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<[^>]*>"));
static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"));
static SLASHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"));
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})\b",
    )
});
static COMMITTEE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)<committee>(.*?)</committee>"));
static MEETING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)<meeting>(.*?)</meeting>"));

fn pattern(text: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are written here")]
    Regex::new(text).expect("the pattern is valid")
}

pub(super) fn read(page: &Page, kind: PageKind) -> Reading {
    if page.body.starts_with(b"%PDF") {
        return Reading::default();
    }
    let text = String::from_utf8_lossy(&page.body);
    match kind {
        PageKind::ServiceCommittees => committees(&text),
        PageKind::ServiceMeetings => meetings(page, &text),
        PageKind::ServiceMeeting => meeting(&text),
        _ => html(page, kind, &text),
    }
}

fn committees(text: &str) -> Reading {
    let committees =
        COMMITTEE.captures_iter(text).filter_map(|row| field(&row[1], "committeeid")).collect();
    Reading { committees, ..Reading::default() }
}

fn meetings(page: &Page, text: &str) -> Reading {
    let mut reading = Reading::default();
    let Ok(base) = Base::parse(&page.site) else { return reading };
    for committee in COMMITTEE.captures_iter(text) {
        let name = field(&committee[1], "committeetitle").unwrap_or_default();
        for row in MEETING.captures_iter(&committee[1]) {
            let Some(id) = field(&row[1], "meetingid") else { continue };
            let date = field(&row[1], "meetingdate").unwrap_or_default();
            let status = field(&row[1], "meetingstatus").unwrap_or_default();
            let time = field(&row[1], "meetingtime").unwrap_or_default();
            let words = format!("{name}, {date} {time}, {status}");
            let url = address::service_meeting(&base, &id);
            let link = Link { url, words, kind: PageKind::ServiceMeeting };
            reading.links.push(Found { link, day: day(&date) });
        }
        reading.committees.extend(
            field(&committee[1], "committeeid").filter(|_| MEETING.is_match(&committee[1])),
        );
    }
    reading
}

fn meeting(text: &str) -> Reading {
    let filled = |name: &str| {
        let open = format!("<{name}>");
        text.match_indices(&open).any(|(at, _)| {
            let rest = text[at + open.len()..].trim_start();
            !rest.is_empty() && !rest.starts_with("</")
        })
    };
    let is = |name: &str| field(text, name).is_some_and(|v| v.eq_ignore_ascii_case("true"));
    let cancelled =
        field(text, "meetingstatus").is_some_and(|s| s.eq_ignore_ascii_case("cancelled"));
    let minutes = if filled("minutesnonemptyhtmlbody") || filled("decisionnonemptyhtmlbody") {
        Minutes::Whole
    } else if cancelled {
        Minutes::Cancelled
    } else if is("minutepublished") || is("decisionpublished") || !text.contains("<agendaitem>") {
        Minutes::Elsewhere
    } else {
        Minutes::Awaited
    };
    let day = field(text, "meetingdate").and_then(|text| day(&text));
    Reading { minutes, day, ..Reading::default() }
}

fn html(page: &Page, kind: PageKind, text: &str) -> Reading {
    let mut reading = Reading::default();
    for found in ANCHOR.captures_iter(text) {
        let href = found.get(1).or(found.get(2)).or(found.get(3)).map_or("", |m| m.as_str());
        let Some(url) = address::canonical(&page.site, &page.url, &unescape(href)) else {
            continue;
        };
        let words = squeeze(&unescape(&TAG.replace_all(&found[4], " ")));
        let kind = address::kind(&url);
        let day = day(&words).or_else(|| address::parameter(&url, "DF").and_then(|df| day(&df)));
        reading.links.push(Found { link: Link { url, words, kind }, day });
    }
    if kind == PageKind::Meeting {
        let plain = squeeze(&unescape(&TAG.replace_all(text, " ")));
        reading.day = day(&plain);
        let lower = plain.to_lowercase();
        let carries = text.contains("mgSubItemTitleTxt")
            && ["minutes:", "decision:", "cofnodion:", "penderfyniad:"]
                .iter()
                .any(|w| lower.contains(w));
        reading.minutes = if carries && lower.contains("draft minutes") {
            Minutes::Draft
        } else if carries {
            Minutes::Whole
        } else if reading.links.iter().any(|f| f.link.kind == PageKind::MinutesDocument) {
            Minutes::Elsewhere
        } else {
            Minutes::Awaited
        };
    }
    reading
}

pub(super) fn hrefs(page: &Page) -> Vec<String> {
    let text = String::from_utf8_lossy(&page.body);
    let base = url::Url::parse(&page.url).ok();
    ANCHOR
        .captures_iter(&text)
        .filter_map(|found| {
            let href = found.get(1).or(found.get(2)).or(found.get(3))?;
            base.as_ref()?.join(unescape(href.as_str()).trim()).ok()
        })
        .map(String::from)
        .collect()
}

fn field(xml: &str, name: &str) -> Option<String> {
    let open = format!("<{name}>");
    let start = xml.find(&open)? + open.len();
    let end = xml[start..].find("</")? + start;
    let value = unescape(&unescape(xml[start..end].trim()));
    (!value.is_empty()).then_some(value)
}

/// The first day a text names.
fn day(text: &str) -> Option<Date> {
    if let Some(found) = SLASHED.captures(text) {
        return Date::new(found[3].parse().ok()?, found[2].parse().ok()?, found[1].parse().ok()?)
            .ok();
    }
    let found = WRITTEN.captures(text)?;
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = months.iter().position(|m| found[2].eq_ignore_ascii_case(m))? + 1;
    Date::new(found[3].parse().ok()?, i8::try_from(month).ok()?, found[1].parse().ok()?).ok()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescape(text: &str) -> String {
    ENTITY
        .replace_all(text, |found: &regex::Captures<'_>| {
            let name = &found[1];
            let code = match name.strip_prefix('#') {
                Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
                Some(number) => number.parse().ok(),
                None => match name {
                    "amp" => Some(38),
                    "lt" => Some(60),
                    "gt" => Some(62),
                    "quot" => Some(34),
                    "apos" => Some(39),
                    "nbsp" => Some(32),
                    _ => None,
                },
            };
            code.and_then(char::from_u32).map_or_else(|| found[0].to_owned(), String::from)
        })
        .into_owned()
}
