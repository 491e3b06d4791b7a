//! One form for each address.
//!
//! The same page of a ModernGov site goes by many addresses: parameter names in any case and with synonyms, parameters that change
//! nothing, session paths, ports, doubled slashes, twin hosts. [`canonical`] gives the one form the crawl, the archive and the
//! extractor use; [`kind`] says what should be there. Pure: nothing here asks a network.

mod base;
mod build;
mod saved;
mod table;
#[cfg(test)]
mod tests;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::Url;

pub use self::base::{AddressError, Base, host, is_loopback};
pub use self::build::{
    attendance, committee_list, item, latest_meetings, meeting, meeting_list,
    older_printed_minutes, printed_minutes, service_committees, service_meeting, service_meetings,
    welsh, without_year,
};
pub use self::saved::from_path;
use self::table::{Known, SERVICE, SERVICE_WELSH};
use crate::page::PageKind;

/// What is escaped in a query value. Slashes, colons and commas stay readable: dates have them.
const VALUE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?');
/// What is escaped in a path segment.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The one form of an address found as `href` on the page at `from`, or `None` when it leads out of the site at `site`.
///
/// `site` is the site's base address with its trailing slash. Applying it twice gives what applying it once gives.
pub fn canonical(site: &str, from: &str, href: &str) -> Option<String> {
    let base = Url::parse(site).ok()?;
    let href = href.trim();
    // Links copied out of running text carry its punctuation.
    let href = if href.contains('?') {
        without_punctuation(href, |c| matches!(c, '&' | ';'))
    } else {
        href
    };
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let url = match Url::parse(href) {
        Ok(url) => url,
        Err(_) => Url::parse(from).ok()?.join(href).ok()?,
    };
    if !same_site(&base, &url) {
        return None;
    }
    let decoded = |s: &str| percent_decode_str(s).decode_utf8_lossy().into_owned();
    let mut path: Vec<String> = base::segments(url.path()).map(decoded).collect();
    let mut pairs = query_pairs(&url);
    if let Some((file, query)) = path.last().and_then(|name| saved::split(name)) {
        pairs.extend(saved::pairs(&query));
        path.pop();
        path.push(file);
    }
    let prefix: Vec<String> = base::segments(base.path()).map(decoded).collect();
    let below = path.len() >= prefix.len()
        && prefix.iter().zip(&path).all(|(a, b)| a.eq_ignore_ascii_case(b));
    if !below {
        return None;
    }
    let rest = &path[prefix.len()..];
    let mut out = base.to_string();
    match rest {
        [file] => match table::page(file) {
            Some(known) => write_known(&mut out, known.file, known, &pairs),
            None => write_other(&mut out, rest, &pairs),
        },
        [file, operation] if is_service(file) => match table::operation(operation) {
            Some(known) => {
                let service =
                    if file.eq_ignore_ascii_case(SERVICE) { SERVICE } else { SERVICE_WELSH };
                write_known(&mut out, &format!("{service}/{}", known.file), known, &pairs);
            }
            None => write_other(&mut out, rest, &pairs),
        },
        // A page of the system in a directory of its own belongs to another installation.
        [.., file] if rest.len() > 1 && table::page(file).is_some() => return None,
        _ => write_other(&mut out, rest, &pairs),
    }
    Some(out)
}

/// What should be at an address (canonical or not).
pub fn kind(url: &str) -> PageKind {
    let Ok(url) = Url::parse(url) else { return PageKind::Other };
    let path: Vec<&str> = base::segments(url.path()).collect();
    let is_minutes = || matches!(query_value(&url, "T").as_deref(), Some("1" | "11"));
    match path.as_slice() {
        [.., service, operation] if is_service(service) => {
            table::operation(operation).map_or(PageKind::Other, |known| known.kind)
        }
        [.., documents, folder, _]
            if documents.eq_ignore_ascii_case("documents")
                && base::is_document_folder(folder)
                && folder.starts_with(['g', 'G'])
                && is_minutes() =>
        {
            PageKind::MinutesDocument
        }
        [.., file] if file.eq_ignore_ascii_case("mgConvert2PDF.aspx") => {
            if is_minutes() && query_value(&url, "ISATT").is_none() {
                PageKind::MinutesDocument
            } else {
                PageKind::Other
            }
        }
        [.., file] => match table::page(file) {
            // A meeting page that does not say which meeting is a search form or an error.
            Some(known)
                if known.kind == PageKind::Meeting && meeting_id(url.as_str()).is_none() =>
            {
                PageKind::Other
            }
            Some(known) => known.kind,
            None => PageKind::Other,
        },
        [] => PageKind::Other,
    }
}

/// Whether an address is the Welsh twin of a page.
pub fn is_welsh(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    query_value(&url, "LLL").as_deref() == Some("1")
        || url.path().to_ascii_lowercase().contains(&SERVICE_WELSH.to_ascii_lowercase())
}

/// The value of a parameter, its name compared without case.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    query_value(&Url::parse(url).ok()?, name)
}

/// The source's number of the meeting an address is about, in the number series of the meeting pages (not of the older archive).
pub fn meeting_id(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let path: Vec<&str> = base::segments(parsed.path()).collect();
    let numeric = |name: &str| query_value(&parsed, name).and_then(|v| leading_number(&v));
    match path.as_slice() {
        [.., documents, folder, _]
            if documents.eq_ignore_ascii_case("documents")
                && base::is_document_folder(folder)
                && folder.starts_with(['g', 'G']) =>
        {
            Some(folder[1..].to_owned())
        }
        [.., file] => match file.to_ascii_lowercase().as_str() {
            "ielistdocuments.aspx" => numeric("MId").or_else(|| numeric("MeetingId")),
            "mgmeetingattendance.aspx" => numeric("ID"),
            "mgconvert2pdf.aspx" if query_value(&parsed, "ISATT").is_none() => numeric("ID"),
            "getmeeting" => numeric("lMeetingId"),
            _ => None,
        },
        [] => None,
    }
}

fn is_service(segment: &str) -> bool {
    segment.eq_ignore_ascii_case(SERVICE) || segment.eq_ignore_ascii_case(SERVICE_WELSH)
}

fn same_site(base: &Url, url: &Url) -> bool {
    let (Some(a), Some(b)) = (base.host_str(), url.host_str()) else { return false };
    if !matches!(url.scheme(), "http" | "https") {
        return false;
    }
    if is_loopback(base) {
        // Two programs on one machine are two sites; the machine's first address goes by several names.
        let first = |host: &str| {
            ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| name.eq_ignore_ascii_case(host))
        };
        return (a.eq_ignore_ascii_case(b) || (first(a) && first(b)))
            && base.port_or_known_default() == url.port_or_known_default();
    }
    a.eq_ignore_ascii_case(b)
        || table::TWINS.iter().any(|twins| twins.contains(&a) && twins.contains(&b))
}

fn query_pairs(url: &Url) -> Vec<(String, String)> {
    url.query_pairs()
        .map(|(name, value)| {
            let name = name.trim().trim_start_matches("amp;").trim().to_owned();
            // A document's name is its name, whatever it ends with.
            let value =
                if name.eq_ignore_ascii_case("RD") { value.trim() } else { trim_value(&value) };
            (name, value.to_owned())
        })
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect()
}

fn trim_value(value: &str) -> &str {
    without_punctuation(value.trim_start(), |c| c.is_whitespace() || c == ';')
}

/// A text without punctuation at its end, and without brackets that close nothing in it: "Minutes (Public)" keeps its own.
fn without_punctuation(mut text: &str, is_other: impl Fn(char) -> bool) -> &str {
    loop {
        let closes = text.ends_with(')') && text.matches('(').count() < text.matches(')').count();
        match text.chars().next_back().filter(|c| closes || is_other(*c)) {
            Some(last) => text = &text[..text.len() - last.len_utf8()],
            None => return text,
        }
    }
}

fn query_value(url: &Url, name: &str) -> Option<String> {
    query_pairs(url).into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
}

fn leading_number(value: &str) -> Option<String> {
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    let trimmed = digits.trim_start_matches('0');
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn write_known(out: &mut String, file: &str, known: &Known, pairs: &[(String, String)]) {
    out.push_str(file);
    let mut separator = '?';
    let paging = pairs.iter().any(|(name, _)| name.eq_ignore_ascii_case("Act"));
    for parameter in known.keep {
        if matches!(parameter.name, "D" | "MD") && known.kind == PageKind::MeetingList && !paging {
            continue;
        }
        let found = pairs.iter().find(|(name, _)| {
            let lower = name.to_ascii_lowercase();
            parameter.name.eq_ignore_ascii_case(&lower) || parameter.also.contains(&lower.as_str())
        });
        let Some((_, value)) = found else { continue };
        let value = clean_value(parameter.name, value);
        if value.is_empty() {
            continue;
        }
        write_pair(out, &mut separator, parameter.name, &value);
    }
    if is_welsh_pair(pairs) {
        write_pair(out, &mut separator, "LLL", "1");
    }
}

fn clean_value(name: &str, value: &str) -> String {
    let is_id = name.ends_with("Id") || name == "ID";
    if is_id && let Some(number) = leading_number(value) {
        return number;
    }
    if name == "DF" {
        // Some links carry a time behind the date: the same meeting.
        return trim_value(value.split([',', ' ']).next().unwrap_or(value)).to_owned();
    }
    value.to_owned()
}

fn is_welsh_pair(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, value)| name.eq_ignore_ascii_case("LLL") && value == "1")
}

fn write_other(out: &mut String, rest: &[String], pairs: &[(String, String)]) {
    for (at, segment) in rest.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.extend(utf8_percent_encode(segment, SEGMENT));
    }
    let mut kept: Vec<&(String, String)> = pairs
        .iter()
        .filter(|(name, _)| !table::NOISE.contains(&name.to_ascii_lowercase().as_str()))
        .collect();
    kept.sort();
    kept.dedup();
    let mut separator = '?';
    for (name, value) in kept {
        write_pair(out, &mut separator, &utf8_percent_encode(name, VALUE).to_string(), value);
    }
    if is_welsh_pair(pairs) {
        write_pair(out, &mut separator, "LLL", "1");
    }
}

fn write_pair(out: &mut String, separator: &mut char, name: &str, value: &str) {
    out.push(*separator);
    *separator = '&';
    out.push_str(name);
    out.push('=');
    out.extend(utf8_percent_encode(value, VALUE));
}
