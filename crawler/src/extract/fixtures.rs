//! Each file of `crawler/fixtures/` is one page with one trap; what must be read from it stands beside it (`.snap`), read by a person.
//! Those in `understood/` show besides what their words are understood to say: clerks' forms as pages print them.
//!
//! The first line of a fixture names the page: `#! ADDRESS` and, behind `<-`, the pages that link to it. `cargo insta review` shows changes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Doubt, Standing};

use crate::assemble::{self, Known, Sourced};
use crate::understand;

use super::{Extracted, Fragment, MeetingKey, MeetingPart, page, pdf};
use crate::page::{FoundOn, Page, PdfText};

const SITE: &str = "https://democracy.example.gov.uk/";

/// Reads a fixture: its first line, then the body as it is.
pub(crate) fn read(path: &Path) -> Page {
    let bytes = std::fs::read(path).unwrap();
    let end = bytes.iter().position(|b| *b == b'\n').unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let head = head.strip_prefix("#! ").unwrap_or_else(|| panic!("{path:?} has no first line"));
    let (url, from) = head.split_once(" <- ").unwrap_or((head, ""));
    let found_on = from.split(' ').filter(|url| !url.is_empty());
    let found_on =
        found_on.map(|url| FoundOn { url: format!("{SITE}{url}"), words: String::new() }).collect();
    Page {
        url: format!("{SITE}{}", url.trim()),
        site: SITE.to_owned(),
        body: bytes[end + 1..].to_vec(),
        content_type: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on,
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// All fixtures, in the order of their names.
pub(crate) fn all() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder()).sort_by_file_name().into_iter();
    let files = files.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files
        .filter(|p| p.extension().is_some_and(|e| e == "html" || e == "xml" || e == "pdf"))
        .collect()
}

#[test]
fn every_fixture_gives_what_stands_beside_it() {
    let all = all();
    assert!(all.len() >= 80, "only {} fixtures", all.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut wrong = Vec::new();
    for path in all {
        settings.set_snapshot_path(path.parent().unwrap());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let fixture = read(&path);
        let extracted = if fixture.is_pdf() {
            match crate::pdf::text(&fixture.body, crate::pdf::Limits::default()) {
                // Nothing to compare without the tool; what is said then has a test of its own.
                PdfText::NoTool => continue,
                text => pdf(&fixture, &text),
            }
        } else {
            page(&fixture)
        };
        let mut shown = shown(&extracted);
        if path.parent().is_some_and(|folder| folder.ends_with("understood")) {
            shown.push_str(&understood(&fixture, &extracted));
        }
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(name.clone(), shown));
        }));
        if checked.is_err() {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "not as expected: {wrong:?}");
}

/// What was read, as a person reads it.
fn shown(extracted: &Extracted) -> String {
    let mut text = format!("{:?}\n", extracted.kind);
    for fragment in &extracted.fragments {
        match fragment {
            Fragment::Committee(row) => {
                let expired = if row.expired { " (expired)" } else { "" };
                writeln!(text, "committee {} {}{expired}", row.id, row.name).unwrap();
            }
            Fragment::Listed(row) => {
                let when = row.date.map_or("no day".to_owned(), |d| d.to_string());
                let time = row.time.as_deref().unwrap_or("");
                let cancelled = if row.cancelled { " cancelled" } else { "" };
                let body = row.committee.as_deref().unwrap_or("-");
                let id = row.committee_id.as_deref().unwrap_or("-");
                writeln!(text, "listed {} {when} {time}{cancelled} of {body} ({id})", key(row.key))
                    .unwrap();
            }
            Fragment::Meeting(meeting) => show_meeting(&mut text, meeting),
        }
    }
    for link in &extracted.links {
        let url = link.url.trim_start_matches(SITE);
        writeln!(text, "link {:?} {url} {:?}", link.kind, link.words).unwrap();
    }
    show_doubts(&mut text, "", &extracted.doubts);
    text
}

fn key(key: MeetingKey) -> String {
    match key {
        MeetingKey::Ordinary(n) => format!("m{n}"),
        MeetingKey::Legacy(n) => format!("c{n}"),
        MeetingKey::Unknown => "m?".to_owned(),
    }
}

fn show_meeting(text: &mut String, meeting: &MeetingPart) {
    let when = meeting.date.map_or("no day".to_owned(), |d| d.to_string());
    let time = meeting.time.as_deref().unwrap_or("");
    let body = meeting.committee.as_deref().unwrap_or("-");
    let id = meeting.committee_id.as_deref().unwrap_or("-");
    writeln!(text, "meeting {} {when} {time} of {body} ({id})", key(meeting.key)).unwrap();
    if let Some((status, from)) = &meeting.status {
        writeln!(text, "  {status:?}, told by {from:?}").unwrap();
    }
    for (name, value) in [("venue", &meeting.venue), ("language", &meeting.language)] {
        if let Some(value) = value {
            writeln!(text, "  {name}: {value}").unwrap();
        }
    }
    if meeting.hidden {
        writeln!(text, "  not to be displayed").unwrap();
    }
    for person in &meeting.attendance {
        let role = person.role.as_deref().unwrap_or("-");
        writeln!(text, "  {:?}: {} ({role})", person.status, person.name).unwrap();
    }
    for paper in &meeting.documents {
        writeln!(text, "  paper {:?} {}", paper.title, paper.url.trim_start_matches(SITE)).unwrap();
    }
    show_doubts(text, "  ", &meeting.doubts);
    for item in &meeting.items {
        let number = item.number.as_deref().unwrap_or("-");
        let source = item.number_in_source.map_or("-".to_owned(), |n| n.to_string());
        let restricted = if item.standing == Standing::Restricted { " RESTRICTED" } else { "" };
        let hidden = if item.hidden { " not to be displayed" } else { "" };
        writeln!(text, "  item {number} ({source}){restricted}{hidden}: {}", item.title).unwrap();
        for passage in &item.passages {
            writeln!(text, "    {}: {}", passage.part.as_str(), passage.text).unwrap();
        }
        for part in &item.cut {
            writeln!(text, "    {} cut short", part.as_str()).unwrap();
        }
        for paper in &item.documents {
            writeln!(text, "    paper {:?} {}", paper.title, paper.url.trim_start_matches(SITE))
                .unwrap();
        }
        show_doubts(text, "    ", &item.doubts);
    }
}

/// What the page's words are understood to say.
fn understood(page: &Page, extracted: &Extracted) -> String {
    let mut known = Known::default();
    for fragment in &extracted.fragments {
        known.add(fragment);
    }
    let parts = extracted.fragments.iter().filter_map(|fragment| match fragment {
        Fragment::Meeting(part) => Some(Sourced {
            part: (**part).clone(),
            url: page.url.clone(),
            fetched_at: page.fetched_at,
            first_seen: page.first_seen,
            sha256: String::new(),
        }),
        _ => None,
    });
    let mut meeting = assemble::meeting(SITE, &known, parts.collect()).unwrap();
    understand::complete(&mut meeting, Topics::in_use(), Procedural::shipped());
    let mut text = format!("understood as {:?}", meeting.status);
    if let Some(from) = &meeting.status_from {
        write!(text, ", told by {from:?}").unwrap();
    }
    if let Some(lineage) = &meeting.committee.lineage {
        write!(text, ", of the line of {lineage}").unwrap();
    }
    for item in &meeting.items {
        let number = item.number.as_deref().unwrap_or("-");
        let procedural = if item.procedural == Some(true) { " procedural" } else { "" };
        write!(text, "\n  item {number}{procedural}").unwrap();
        for made in item.resolutions() {
            let label = made.label.as_deref().unwrap_or("-");
            let to = made.to.as_deref().map_or(String::new(), |to| format!(" to {to}"));
            write!(text, "\n    {label} {}{to}: {}", made.kind.as_str(), made.text).unwrap();
            if let (Some(mover), Some(seconder)) = (&made.mover, &made.seconder) {
                write!(text, " ({mover}, {seconder})").unwrap();
            }
        }
        for asked in &item.requests {
            let by = asked.by.as_deref().unwrap_or("-");
            write!(text, "\n    asked of {by}: {}", asked.text).unwrap();
        }
        for role in item.roles() {
            let terms: Vec<String> = role.qualifiers().map(|q| format!(" {q:?}")).collect();
            write!(text, "\n    {} {}{}", role.how.as_str(), role.slug, terms.concat()).unwrap();
        }
        for topic in item.topics() {
            write!(text, "\n    about {topic}").unwrap();
        }
    }
    text.push('\n');
    text
}

fn show_doubts(text: &mut String, indent: &str, doubts: &[Doubt]) {
    for doubt in doubts {
        let place = doubt.place.as_deref().unwrap_or("").trim_start_matches(SITE);
        writeln!(text, "{indent}doubt {}: {place}", doubt.kind).unwrap();
    }
}
