//! The record format: JSON Lines in and out of any reader or writer.
//!
//! Only `format`, `site`, `id`, `committee.name`, `date`, and each item's `title` and `passages` are required on input;
//! identifiers of items and slugs that are missing are derived here, roles, topics and resolutions are derived by whoever understands text.

use std::io::{BufRead, Write};

use serde_json::Value;

use crate::{Doubt, FORMAT, Meeting, RecordError, id};

/// Writes one meeting as one line.
pub fn write(meeting: &Meeting, mut to: impl Write) -> Result<(), RecordError> {
    let write = |error: std::io::Error| RecordError::Io { line: 0, source: error };
    serde_json::to_writer(&mut to, meeting)
        .map_err(|source| RecordError::Shape { line: 0, source })?;
    to.write_all(b"\n").map_err(write)
}

/// Reads meetings, one a line; empty lines are passed over. A bad line is an error of its own, the next line is still read.
pub fn read(from: impl BufRead) -> impl Iterator<Item = Result<Meeting, RecordError>> {
    from.split(b'\n').enumerate().filter_map(|(at, bytes)| {
        let line = at + 1;
        match bytes {
            Ok(bytes) if bytes.trim_ascii().is_empty() => None,
            Ok(bytes) => Some(parse(&bytes, line)),
            Err(source) => Some(Err(RecordError::Io { line, source })),
        }
    })
}

/// Reads one line. `line` is its number, for the error.
pub fn parse(bytes: &[u8], line: usize) -> Result<Meeting, RecordError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let meeting: Result<Meeting, _> = serde_json::from_slice(bytes);
    let mut meeting = match meeting {
        Ok(meeting) => meeting,
        Err(source) => {
            // A record of a newer format may have another shape: its number is the better message.
            let found = serde_json::from_slice::<Value>(bytes).ok();
            let number = found.and_then(|v| v.get("format").and_then(Value::as_u64));
            return Err(match number.and_then(|n| u32::try_from(n).ok()) {
                Some(found) if found > FORMAT => RecordError::Format { line, found },
                _ => RecordError::Shape { line, source },
            });
        }
    };
    if meeting.format == 0 || meeting.format > FORMAT {
        return Err(RecordError::Format { line, found: meeting.format });
    }
    for (key, value) in
        [("site", &meeting.site), ("id", &meeting.id), ("committee.name", &meeting.committee.name)]
    {
        if value.trim().is_empty() {
            return Err(RecordError::Empty { line, key });
        }
    }
    only_web_addresses(&mut meeting);
    derive_names(&mut meeting);
    Ok(meeting)
}

/// Addresses become links on pages: one that is no web address ("javascript:") is taken out, and said.
fn only_web_addresses(meeting: &mut Meeting) {
    let mut doubts = Vec::new();
    let mut check = |url: &mut String| {
        if !url.is_empty() && !is_web_address(url) {
            let note = "a record gives an address that is none of the web; it is left out";
            doubts.push(Doubt::new("not-a-web-address", note).at(std::mem::take(url)));
        }
    };
    check(&mut meeting.url);
    meeting.source.url.iter_mut().for_each(&mut check);
    meeting.documents.iter_mut().for_each(|document| check(&mut document.url));
    for item in &mut meeting.items {
        check(&mut item.url);
        item.source.iter_mut().filter_map(|s| s.url.as_mut()).for_each(&mut check);
        item.documents.iter_mut().for_each(|document| check(&mut document.url));
        item.documents.retain(|document| !document.url.is_empty());
    }
    meeting.documents.retain(|document| !document.url.is_empty());
    meeting.doubts.extend(doubts);
}

fn is_web_address(url: &str) -> bool {
    let start = url.as_bytes().get(..8).unwrap_or(url.as_bytes()).to_ascii_lowercase();
    start.starts_with(b"http://") || start.starts_with(b"https://")
}

fn derive_names(meeting: &mut Meeting) {
    meeting.committee.slug.get_or_insert_with(|| id::slug(&meeting.committee.name));
    if meeting.title.trim().is_empty() {
        meeting.title.clone_from(&meeting.committee.name);
    }
    let mut seen = std::collections::HashSet::new();
    for (place, item) in meeting.items.iter_mut().enumerate() {
        if item.id.trim().is_empty() {
            item.id = id::part_item_id(&meeting.id, &(place + 1).to_string());
        }
        // Two items of one meeting under one identifier would swallow each other in the index.
        while !seen.insert(item.id.clone()) {
            item.id = format!("{}-{}", item.id, place + 1);
        }
        if item.url.is_empty() {
            item.url.clone_from(&meeting.url);
        }
        for passage in &mut item.passages {
            if passage.text.contains(['\n', '\r']) {
                passage.text = crate::text::one_line(&passage.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = r#"{"format":1,"site":"https://a.example/","id":"x-1","committee":{"name":"Audit Committee"},"date":"2019-09-17","items":[{"title":"Budget","passages":[{"part":"minutes","text":"a\nb"}]}]}"#;

    #[test]
    fn ten_lines_of_script_are_enough() {
        let meeting = parse(LEAST.as_bytes(), 1).unwrap();
        assert_eq!(meeting.committee.slug.as_deref(), Some("audit-committee"));
        assert_eq!(meeting.items[0].id, "x-1-1");
        assert_eq!(meeting.items[0].passages[0].text, "a b");
        assert_eq!(meeting.items[0].resolutions, None, "absent is not the same as none");
        assert_eq!(meeting.title, "Audit Committee");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let meeting = parse(LEAST.as_bytes(), 1).unwrap();
        let mut bytes = Vec::new();
        write(&meeting, &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes.clone()).unwrap().lines().count(), 1);
        let again: Vec<_> = read(&bytes[..]).collect();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].as_ref().unwrap(), &meeting);
    }

    #[test]
    fn only_web_addresses_become_links() {
        let line = LEAST.replace(
            r#""title":"Budget","#,
            r#""title":"Budget","url":"JavaScript:alert(1)","documents":[{"title":"A","url":"data:text/html,x"},{"title":"B","url":"https://a.example/b.pdf"}],"#,
        );
        let meeting = parse(line.as_bytes(), 1).unwrap();
        let item = &meeting.items[0];
        assert_eq!(item.url, "");
        assert_eq!(item.documents.len(), 1);
        let told: Vec<_> = meeting.doubts.iter().filter_map(|d| d.place.as_deref()).collect();
        assert_eq!(told, ["JavaScript:alert(1)", "data:text/html,x"]);
    }

    #[test]
    fn a_bad_line_names_itself_and_spares_the_next() {
        let text = format!("{{\"format\":1}}\n\n{LEAST}\n{{\"format\":9,\"new\":true}}\n{{\n");
        let all: Vec<_> = read(text.as_bytes()).collect();
        assert_eq!(all.len(), 4);
        assert!(all[0].as_ref().unwrap_err().to_string().starts_with("line 1: not a record"));
        assert!(all[1].is_ok());
        assert!(all[2].as_ref().unwrap_err().to_string().contains("format 9"));
        assert!(all[3].is_err());
    }

    #[test]
    fn required_values_must_hold_something() {
        let text = LEAST.replace("Audit Committee", " ");
        assert!(parse(text.as_bytes(), 3).unwrap_err().to_string().contains("committee.name"));
        let dateless = LEAST.replace(r#""date":"2019-09-17","#, "");
        assert!(parse(dateless.as_bytes(), 3).is_err(), "date is required, though it may be null");
        let unknown = LEAST.replace(r#""2019-09-17""#, "null");
        assert_eq!(parse(unknown.as_bytes(), 3).unwrap().date, None);
    }

    #[test]
    fn an_id_made_for_the_second_of_two_is_no_other_s() {
        let item = |id: &str| format!(r#"{{"id":"{id}","title":"t","passages":[]}},"#);
        let items = [item("i"), item("i-3"), item("i")].concat();
        let text = LEAST.replace(r#""items":["#, &format!(r#""items":[{items}"#));
        let meeting = parse(text.as_bytes(), 1).unwrap();
        let ids: Vec<_> = meeting.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids[..3], ["i", "i-3", "i-3-3"]);
    }

    #[test]
    fn twice_the_same_item_id_is_told_apart() {
        let item = r#"{"id":"i","title":"t","passages":[]}"#;
        let text = LEAST.replace(r#""items":["#, &format!(r#""items":[{item},{item},"#));
        let meeting = parse(text.as_bytes(), 1).unwrap();
        assert_eq!(meeting.items[0].id, "i");
        assert_eq!(meeting.items[1].id, "i-2");
    }
}
