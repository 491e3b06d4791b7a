use super::*;
use crate::page::Page;

/// A PDF of one page that says these words (or shows none).
fn pdf(words: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 50 700 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", n + 1).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    out
}

fn is_here() -> bool {
    text(&pdf("x"), Limits::default()) != PdfText::NoTool
}

#[test]
fn words_come_out() {
    if !is_here() {
        return;
    }
    let words = "Resolved: that the report on elective home education be received";
    match text(&pdf(words), Limits::default()) {
        PdfText::Text(found) => assert!(found.contains(words), "{found}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_of_a_text_says_so() {
    if is_here() {
        assert_eq!(text(&pdf("12"), Limits::default()), PdfText::NoTextLayer);
    }
}

#[test]
fn damage_is_a_failure_and_no_panic() {
    if is_here() {
        let damaged = text(b"%PDF-1.4\nnothing of the sort", Limits::default());
        assert!(matches!(damaged, PdfText::Failed(_)), "{damaged:?}");
        assert!(matches!(text(b"", Limits::default()), PdfText::Failed(_)));
    }
}

#[test]
fn without_the_tool_it_says_so() {
    let found = read_with("no-such-pdftotext", &pdf("x"), Limits::default());
    assert_eq!(found, PdfText::NoTool);
}

#[cfg(unix)]
#[test]
fn time_is_limited() {
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("slow");
    std::fs::write(&slow, "#!/bin/sh\nexec sleep 60\n").unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&slow, executable).unwrap();
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    let start = Instant::now();
    let found = read_with(slow.to_str().unwrap(), &pdf("x"), limits);
    assert!(matches!(found, PdfText::TooSlow(_)), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_body_is_read_once_and_its_text_kept() {
    if !is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.pdf-texts");
    let words = "Resolved: that the report on elective home education be received";
    let page = |body: Vec<u8>| Page {
        url: "https://democracy.example.gov.uk/documents/g7/Minutes.pdf?T=1".to_owned(),
        site: "https://democracy.example.gov.uk/".to_owned(),
        sha256: "aa".repeat(32),
        body,
        content_type: None,
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        first_seen: jiff::Timestamp::UNIX_EPOCH,
        found_on: Vec::new(),
    };
    let first = Texts::kept_at(&path).of(&page(pdf(words)));
    assert!(matches!(&first, PdfText::Text(text) if text.contains(words)), "{first:?}");
    // Other bytes under the same hash: what comes was kept, not read.
    assert_eq!(Texts::kept_at(&path).of(&page(Vec::new())), first);
    assert!(matches!(Texts::default().of(&page(Vec::new())), PdfText::Failed(_)));
    std::fs::write(&path, "no database, but long enough to be looked at as if it were one")
        .unwrap();
    assert_eq!(Texts::kept_at(&path).of(&page(pdf(words))), first, "a spoilt cache spoils nothing");
}

#[test]
fn what_an_older_tool_could_not_read_is_tried_again() {
    if !is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("texts.sqlite");
    let page = |body: Vec<u8>| Page {
        url: "https://democracy.example.gov.uk/documents/g7/x.pdf?T=1".to_owned(),
        site: "https://democracy.example.gov.uk/".to_owned(),
        sha256: "bb".repeat(32),
        body,
        content_type: None,
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        first_seen: jiff::Timestamp::UNIX_EPOCH,
        found_on: Vec::new(),
    };
    let words = "Resolved: that the report on elective home education be received";
    let damaged = Texts::kept_at(&path).of(&page(b"%PDF-1.4\nnothing".to_vec()));
    assert!(matches!(damaged, PdfText::Failed(_)), "{damaged:?}");
    // Other bytes under the same hash: what comes was kept, not read.
    assert_eq!(Texts::kept_at(&path).of(&page(pdf(words))), damaged);
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute("UPDATE text SET outcome = 'failed pdftotext version 0.1'", [])
        .unwrap();
    let again = Texts::kept_at(&path).of(&page(pdf(words)));
    assert!(matches!(&again, PdfText::Text(text) if text.contains(words)), "{again:?}");
}

#[cfg(unix)]
#[test]
fn memory_is_limited() {
    let folder = tempfile::tempdir().unwrap();
    let greedy = folder.path().join("greedy");
    let script = "#!/bin/sh\nexec awk 'BEGIN { s = \"x\"; while (1) s = s s }'\n";
    std::fs::write(&greedy, script).unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&greedy, executable).unwrap();
    let limits = Limits { memory: 64 << 20, ..Limits::default() };
    let found = read_with(greedy.to_str().unwrap(), &pdf("x"), limits);
    assert!(matches!(found, PdfText::Broke(_)), "another time may do better: {found:?}");
}
