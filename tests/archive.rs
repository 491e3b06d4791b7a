//! The archive under rough handling, through the program as a person runs it: killed, locked, on a full disk, spoilt.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use minutebook::sample::Mode;
use minutebook_record::{Meeting, Source};
use serde_json::Value;

use crate::support::{Rig, Server};

/// How often a crawl is killed.
const KILLS: u32 = 50;

/// Records without what depends on when a page was fetched.
fn timeless(mut records: Vec<Meeting>) -> Vec<Meeting> {
    let plain = |source: &mut Source| {
        source.fetched_at = None;
        source.first_seen = None;
    };
    for meeting in &mut records {
        plain(&mut meeting.source);
        meeting.items.iter_mut().filter_map(|item| item.source.as_mut()).for_each(plain);
    }
    records
}

fn status(rig: &Rig) -> Value {
    let ran = rig.done(&["status", "--json"]);
    let mut all: Value = serde_json::from_str(&ran.stdout).unwrap();
    all["sites"][0].take()
}

#[test]
fn killed_at_fifty_random_moments_a_crawl_ends_with_the_records_of_an_undisturbed_one() {
    let server = Server::of_sample(Mode::Both);
    let whole = Rig::new();
    let began = Instant::now();
    whole.done(&["crawl", &server.base, "--delay", "0"]);
    let took = began.elapsed();
    whole.done(&["extract"]);
    let undisturbed = status(&whole);

    let rig = Rig::new();
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..KILLS {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let mut child = rig
            .command(&["crawl", &server.base, "--delay", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Moments spread so that all of them together last about as long as the crawl: some fall before its first request,
        // some in the middle of an answer, some in a transaction, and the last after its end.
        let most = u64::try_from(took.as_micros()).unwrap() / u64::from(KILLS) * 2;
        std::thread::sleep(Duration::from_micros(30_000 + dice % most.max(1)));
        child.kill().unwrap();
        child.wait().unwrap();
        if rig.data().join("archive").exists() {
            let verified = rig.run(&["verify"]);
            assert!(matches!(verified.code, Some(0 | 1 | 3)), "{}", verified.stderr);
            assert!(!verified.stderr.contains("damaged"), "{}", verified.stderr);
        }
    }
    rig.done(&["crawl", &server.base, "--delay", "0"]);
    rig.done(&["verify"]);
    rig.done(&["extract"]);
    let (survived, expected) = (timeless(rig.records()), timeless(whole.records()));
    assert_eq!(survived.len(), expected.len());
    for (found, wanted) in survived.iter().zip(&expected) {
        assert_eq!(found, wanted);
    }
    assert_eq!(status(&rig)["held"], undisturbed["held"]);
    assert_eq!(status(&rig)["waiting"], 0);
}

#[test]
fn an_archive_being_written_says_so_and_can_be_read() {
    let server = Server::of_sample(Mode::Both);
    let rig = Rig::new();
    rig.done(&["crawl", &server.base, "--delay", "0", "--max-pages", "5"]);
    assert_eq!(status(&rig)["running"], false);
    let mut crawl = rig.command(&["crawl", &server.base, "--delay", "30"]);
    let mut crawl = crawl.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while status(&rig)["running"] != true {
        assert!(began.elapsed() < Duration::from_secs(20), "the crawl never began");
        std::thread::sleep(Duration::from_millis(50));
    }
    let second = rig.run(&["crawl", &server.base, "--delay", "0"]);
    assert_eq!(second.code, Some(1));
    assert!(second.stderr.contains("in use by another process"), "{}", second.stderr);
    rig.done(&["verify"]);
    rig.done(&["extract"]);
    crawl.kill().unwrap();
    crawl.wait().unwrap();
    assert_eq!(status(&rig)["running"], false);
}

#[test]
fn the_decision_on_home_education_is_found_by_any_name_and_shown_by_its_address() {
    let server = Server::of_sample(Mode::Both);
    let rig = Rig::new();
    rig.done(&["crawl", &server.base, "--delay", "0"]);
    rig.done(&["extract"]);
    let meeting = format!("{}ieListDocuments.aspx?CId=106&MId=3115", server.base);
    let item = format!("{}mgAi.aspx?ID=89293", server.base);
    for address in [&meeting, &item] {
        let shown = rig.done(&["extract", "--page", address]).stdout;
        assert!(
            shown.contains("Rotherham Education Strategic Partnership Update"),
            "{address}: {shown}"
        );
        assert!(shown.contains("resolution   2) [recommended]"), "{address}: {shown}");
    }
    // Whichever name a resident knows it by, the decision comes first of all that the council said of it.
    rig.done(&["index"]);
    for words in ["home schooling", "EHE", "ehe", "electively home educated"] {
        let found: serde_json::Value =
            serde_json::from_str(&rig.done(&["search", words, "--json"]).stdout).unwrap();
        let first = &found["results"][0];
        let url = first["source_url"].as_str().unwrap();
        assert!(url.ends_with("mgAi.aspx?ID=89293"), "{words}: {first}");
        assert!(
            first["snippet_text"].as_str().unwrap().contains("Elective Home Education"),
            "{words}: {first}"
        );
        assert_eq!(first["date"], "2021-06-15", "{words}");
    }
    let none = rig.run(&["extract", "--page", &format!("{}mgAi.aspx?ID=1", server.base)]);
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("no archive holds"), "{}", none.stderr);
}

#[test]
fn a_spoilt_archive_is_named_and_left_as_it_is() {
    let server = Server::of_sample(Mode::Both);
    let rig = Rig::new();
    rig.done(&["crawl", &server.base, "--delay", "0", "--max-pages", "20"]);
    let archives = rig.data().join("archive");
    let files = std::fs::read_dir(archives).unwrap().map(|entry| entry.unwrap().path());
    let path =
        files.into_iter().find(|path| path.extension().is_some_and(|e| e == "sqlite")).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let end = bytes.len().min(6000);
    bytes[100..end].fill(0xAA);
    std::fs::write(&path, &bytes).unwrap();
    for command in
        [&["crawl", &server.base, "--delay", "0"][..], &["extract"], &["verify"], &["status"]]
    {
        let ran = rig.run(command);
        assert_eq!(ran.code, Some(1), "{command:?}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(path.to_str().unwrap()), "{command:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("damaged"), "{command:?}: {}", ran.stderr);
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    // What is held of another site is told all the same.
    let saved = rig.outside("saved");
    crate::support::write(&saved.join("note.html"), "<h1>Not minutes</h1>");
    let other = "https://minutes.ellerbrough.example/";
    rig.run(&["import", saved.to_str().unwrap(), "--site", other]);
    let ran = rig.run(&["status"]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    assert!(ran.stdout.contains(other) && ran.stderr.contains("damaged"), "{}", ran.stdout);
}

#[test]
fn on_a_full_disk_the_crawl_says_so_and_goes_on_when_there_is_room() {
    let server = Server::of_sample(Mode::Both);
    let whole = Rig::new();
    whole.done(&["crawl", &server.base, "--delay", "0", "--max-pages", "60"]);
    let rig = Rig::new();
    // The shell's limit on the size of a file stands for the end of the disk.
    let program = env!("CARGO_BIN_EXE_minutebook");
    let ran = Command::new("/bin/sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\"", program, "--data"])
        .arg(rig.data())
        .args(["crawl", &server.base, "--delay", "0", "--max-pages", "60"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains(rig.data().to_str().unwrap()), "{said}");
    rig.done(&["verify"]);
    let kept = status(&rig)["held"].as_u64().unwrap();
    rig.done(&["crawl", &server.base, "--delay", "0"]);
    assert!(status(&rig)["held"].as_u64().unwrap() > kept);
    rig.done(&["verify"]);
}
