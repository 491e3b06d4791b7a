use std::io::Write as _;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::address::Base;
use crate::archive::{Answer, Archive, Step};
use crate::outcome::Outcome;
use crate::page::PageKind;
use crate::suppress::What;

const SITE: &str = "https://democracy.example.gov.uk/";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

type Kept<'a> = (&'a str, Outcome, Option<u16>, Option<&'a [u8]>);

fn archive(folder: &tempfile::TempDir) -> Archive {
    let site = Base::from_pasted(SITE).unwrap();
    let mut archive = Archive::create(&folder.path().join("x.sqlite"), &site).unwrap();
    let answers: [Kept<'_>; 5] = [
        ("robots.txt", Outcome::Fetched, Some(200), Some(b"User-agent: *\n")),
        (
            "mgAi.aspx?ID=1",
            Outcome::Fetched,
            Some(200),
            Some("<p>Minute “one”</p>\r\n\r\n".as_bytes()),
        ),
        ("mgAi.aspx?ID=1", Outcome::Unchanged, Some(304), None),
        ("mgAi.aspx?ID=2", Outcome::Failed, None, None),
        (
            "documents/g4/Printed%20minutes.pdf?T=1",
            Outcome::Fetched,
            Some(200),
            Some(b"%PDF-1.4\0\xFF\r\nWARC/1.1\r\n"),
        ),
    ];
    for (n, (rest, outcome, status, body)) in (0..).zip(answers) {
        let url = format!("{SITE}{rest}");
        let mut answer = Answer::bare(&url, PageKind::Item, at(n), outcome);
        answer.status = status;
        answer.body = body;
        answer.content_type = Some("text/html");
        answer.reason = (!outcome.is_good()).then_some("no answer\r\nin time");
        archive.keep(&answer, &Step::default()).unwrap();
    }
    archive
}

fn captures(bytes: &[u8]) -> Result<Vec<Capture>, WarcReadError> {
    let mut all = Vec::new();
    read::<WarcReadError>(bytes, 1 << 20, |capture| {
        all.push(capture);
        Ok(())
    })?;
    Ok(all)
}

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    let mut archive = archive(&folder);
    write(&archive, &mut bytes).unwrap();
    let found = captures(&bytes).unwrap();
    assert_eq!(found.len(), 4, "an answer that never came is told by its metadata alone");
    assert_eq!(found[1].url, format!("{SITE}mgAi.aspx?ID=1"));
    assert_eq!(found[1].at, Some(at(1)));
    assert_eq!(found[1].body.as_deref(), Ok("<p>Minute “one”</p>\r\n\r\n".as_bytes()));
    assert_eq!(found[3].body.as_deref(), Ok(&b"%PDF-1.4\0\xFF\r\nWARC/1.1\r\n"[..]));
    assert!(
        String::from_utf8_lossy(&bytes).contains("outcome: failed\r\nreason: no answer  in time")
    );
    let mut again = Vec::new();
    write(&archive, &mut again).unwrap();
    assert_eq!(bytes, again, "an export is the same each time");
    archive.suppress(What::Page, &found[1].url, "asked for", at(9)).unwrap();
    let mut without = Vec::new();
    write(&archive, &mut without).unwrap();
    assert_eq!(captures(&without).unwrap().len(), 2);
}

#[test]
fn what_came_again_is_a_revisit_and_no_empty_page() {
    let folder = tempfile::tempdir().unwrap();
    let site = Base::from_pasted(SITE).unwrap();
    let mut archive = Archive::create(&folder.path().join("x.sqlite"), &site).unwrap();
    let url = format!("{SITE}mgAi.aspx?ID=1");
    let body = br#"<div id="modgov"><p class="mgAiTitleTxt">One</p></div>"#;
    let answers: [(Outcome, u16, Option<&[u8]>); 5] = [
        (Outcome::Fetched, 200, Some(body)),
        (Outcome::Fetched, 200, Some(body)),
        (Outcome::TooLarge, 200, None),
        (Outcome::Moved, 301, None),
        (Outcome::Empty, 200, None),
    ];
    for (n, (outcome, status, body)) in (0..).zip(answers) {
        let mut answer = Answer::bare(&url, PageKind::Item, at(n), outcome);
        (answer.status, answer.body) = (Some(status), body);
        archive.keep(&answer, &Step { run: 1, ..Step::default() }).unwrap();
    }
    let mut bytes = Vec::new();
    write(&archive, &mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let of = |sort: &str| {
        let records =
            text.split("WARC/1.1\r\n").filter(|r| r.contains(&format!("WARC-Type: {sort}\r\n")));
        records.map(str::to_owned).collect::<Vec<_>>()
    };
    let revisits = of("revisit");
    assert_eq!(revisits.len(), 1);
    let digest = |record: &str| {
        let line = record.lines().find(|line| line.starts_with("WARC-Payload-Digest")).unwrap();
        line.to_owned()
    };
    let responses = of("response");
    assert_eq!(digest(&revisits[0]), digest(&responses[0]));
    assert!(
        revisits[0].contains("WARC-Refers-To-Date: 2023-11-14T22:13:20.000Z"),
        "{}",
        revisits[0]
    );
    assert!(revisits[0].contains("HTTP/1.1 200 OK\r\n\r\n"), "{}", revisits[0]);
    assert_eq!(responses.len(), 3, "of the one too large there is no body to show");
    assert!(text.contains("outcome: too-large\r\nstatus: 200\r\n"));
    assert!(responses[1].contains("WARC-Truncated: unspecified"), "{}", responses[1]);
    assert!(!responses[1].contains("WARC-Payload-Digest"), "{}", responses[1]);
    let found = captures(&bytes).unwrap();
    let told: Vec<_> = found.iter().map(|c| (c.status, c.body.as_ref().unwrap().len())).collect();
    assert_eq!(told, [(Some(200), body.len()), (Some(301), 0), (Some(200), 0)]);
}

#[test]
fn gzipped_record_by_record_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    write(&archive(&folder), &mut bytes).unwrap();
    let starts = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"WARC/1.1\r\nWARC-Type"));
    let starts: Vec<usize> = starts.chain([bytes.len()]).collect();
    assert!(starts.len() > 8, "{starts:?}");
    let mut packed = Vec::new();
    for pair in starts.windows(2) {
        let mut encoder = GzEncoder::new(&mut packed, Compression::fast());
        encoder.write_all(&bytes[pair[0]..pair[1]]).unwrap();
        encoder.finish().unwrap();
    }
    assert_eq!(captures(&packed).unwrap(), captures(&bytes).unwrap());
}

#[test]
fn codings_are_undone() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"<p>packed</p>").unwrap();
    let packed = packed.finish().unwrap();
    let mut chunked = format!("{:x}\r\n", packed.len()).into_bytes();
    chunked.extend_from_slice(&packed);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let mut block =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    block.extend_from_slice(&chunked);
    let mut warc = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <{SITE}mgAi.aspx?ID=1>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n", block.len()).into_bytes();
    warc.extend_from_slice(&block);
    warc.extend_from_slice(b"\r\n\r\n");
    let found = captures(&warc).unwrap();
    assert_eq!(found[0].body.as_deref(), Ok(&b"<p>packed</p>"[..]));
    assert_eq!(found[0].status, Some(200));
    assert_eq!(found[0].url, format!("{SITE}mgAi.aspx?ID=1"));
}

#[test]
fn damage_says_so() {
    assert!(matches!(captures(b"<html>not WARC</html>"), Err(WarcReadError::Damaged(_))));
    let cut = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500\r\n\r\nshort";
    assert!(matches!(captures(cut), Err(WarcReadError::Damaged(_))));
    assert_eq!(captures(b"").unwrap(), []);
}

/// The reference checker, where it is installed (`pip install warcio`).
#[test]
fn warcio_accepts_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.warc");
    let mut bytes = Vec::new();
    write(&archive(&folder), &mut bytes).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let Ok(checked) = Command::new("warcio").args(["check", "-v"]).arg(&path).output() else {
        eprintln!("warcio is not installed: not checked");
        return;
    };
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
    assert!(said.contains("digest pass"), "{said}");
    assert!(!said.contains("failed"), "{said}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..500), start in prop::sample::select(vec!["", "WARC/1.1\r\n", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: x\r\nContent-Type: application/http\r\nContent-Length: 90\r\n\r\n", "\u{1f}"])) {
        let mut all = start.as_bytes().to_vec();
        all.extend_from_slice(&bytes);
        let _ = captures(&all);
    }
}
