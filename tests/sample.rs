//! The sample council read by the extractor: each meeting's page, and each answer of the service, tells what the truth says,
//! to the last word of the minutes.

use minutebook::sample::{Council, MinutesAs, Mode, Status, TruthMeeting, council, respond, truth};
use minutebook_crawler::extract::{Fragment, MeetingKey, MeetingPart, page};
use minutebook_crawler::page::Page;
use minutebook_record::Part;

const SITE: &str = "http://127.0.0.1:4000/";

fn read(council: &Council, address: &str) -> Vec<MeetingPart> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let reply =
        respond(council, Mode::Both, &format!("/{path}"), query, &axum::http::HeaderMap::new());
    if reply.status != 200 {
        return Vec::new();
    }
    let kind = reply.headers.iter().find(|(n, _)| n == "content-type").map(|(_, v)| v.clone());
    let page = page(&Page {
        url: format!("{SITE}{address}"),
        site: SITE.to_owned(),
        body: reply.body,
        content_type: kind,
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        first_seen: jiff::Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: Vec::new(),
    });
    let parts = page
        .fragments
        .into_iter()
        .filter_map(|f| if let Fragment::Meeting(m) = f { Some(*m) } else { None });
    parts.collect()
}

/// What differs between the truth and what was read, one line each.
fn differences(m: &TruthMeeting, part: &MeetingPart) -> Vec<String> {
    let mut out = Vec::new();
    if part.date != Some(m.date) {
        out.push(format!("{}: date {:?} for {}", m.id, part.date, m.date));
    }
    let wanted: Vec<_> =
        m.items.iter().map(|i| (i.id.map(u64::from), i.number.clone(), i.title.clone())).collect();
    let found: Vec<_> = part
        .items
        .iter()
        .filter(|i| !i.hidden)
        .map(|i| (i.number_in_source, i.number.clone().unwrap_or_default(), i.title.clone()))
        .collect();
    for item in &wanted {
        if !found.contains(item) {
            out.push(format!("{}: not read {item:?}", m.id));
        }
    }
    for item in &found {
        if !wanted.contains(item) {
            out.push(format!("{}: read too much {item:?}", m.id));
        }
    }
    out
}

#[test]
fn meeting_pages_are_read_as_the_truth_says() {
    let council = council().expect("valid texts");
    let mut faults = Vec::new();
    for m in
        truth(&council).iter().filter(|m| !m.archive && m.by_pages && m.status == Status::Confirmed)
    {
        let parts =
            read(&council, &format!("ieListDocuments.aspx?CId={}&MId={}", m.committee_id, m.id));
        let Some(part) = parts.iter().find(|p| p.key == MeetingKey::Ordinary(u64::from(m.id)))
        else {
            faults.push(format!("{}: no meeting read", m.id));
            continue;
        };
        if part.committee.as_deref() != Some(m.committee.as_str()) {
            faults.push(format!("{}: committee {:?}", m.id, part.committee));
        }
        faults.extend(differences(m, part));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn answers_of_the_service_are_read_as_the_truth_says() {
    let council = council().expect("valid texts");
    let mut faults = Vec::new();
    for m in truth(&council).iter().filter(|m| m.by_service) {
        let parts = read(&council, &format!("mgWebService.asmx/GetMeeting?lMeetingId={}", m.id));
        let Some(part) = parts.first() else {
            faults.push(format!("{}: no meeting read", m.id));
            continue;
        };
        faults.extend(differences(m, part));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Letters and digits alone: white space, bullets (Word's `o` among them) and typographic marks may be read either way.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_word_of_the_minutes_is_read() {
    let council = council().expect("valid texts");
    let mut faults = Vec::new();
    let mut items = 0;
    for m in
        council.meetings.iter().filter(|m| m.archive.is_none() && m.minutes_as == MinutesAs::Text)
    {
        let service = read(&council, &format!("mgWebService.asmx/GetMeeting?lMeetingId={}", m.id));
        let page = read(&council, &format!("ieListDocuments.aspx?MId={}", m.id));
        for item in m.shown().filter(|i| !i.restricted && !i.minutes.is_empty()) {
            // A recording's length between the paragraphs is the site's furniture, no one's words.
            let written: Vec<&str> = item
                .minutes
                .paragraphs
                .iter()
                .filter(|p| !p.starts_with("Audio recording"))
                .map(|p| p.strip_prefix("o ").unwrap_or(p))
                .collect();
            let wanted = letters(&written.join(" "));
            // A deleted body has no pages; a text cut short is whole on the item's own page.
            let mut routes = vec![("service", &service)];
            if !page.is_empty() && !item.cut {
                routes.push(("page", &page));
            }
            for (route, parts) in routes {
                let told = parts
                    .iter()
                    .flat_map(|p| &p.items)
                    .find(|i| i.number_in_source == Some(u64::from(item.id)));
                let passages =
                    told.iter().flat_map(|i| &i.passages).filter(|p| p.part == Part::Minutes);
                let read: Vec<&str> = passages.map(|p| p.text.as_str()).collect();
                items += 1;
                if letters(&read.join(" ")) != wanted {
                    faults.push(format!("{} {route}: {:?}", item.id, read.join(" / ")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {items}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn exempt_words_are_not_read_from_either() {
    let council = council().expect("valid texts");
    for m in truth(&council).iter().filter(|m| m.by_service && m.minutes_as == MinutesAs::Text) {
        let parts = read(&council, &format!("mgWebService.asmx/GetMeeting?lMeetingId={}", m.id));
        let told = format!("{parts:?}");
        for word in minutebook::sample::EXEMPT_WORDS {
            assert!(!told.contains(word), "meeting {}: {word}", m.id);
        }
    }
}
