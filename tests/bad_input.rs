//! What bad input gets: a message that names the thing and the remedy, the right exit code, nothing lost, no panic.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use axum::Router;
use axum::http::StatusCode;
use minutebook_record::Status;

use crate::support::{Ran, Rig, Server, write};

fn crawl(server: &Server) -> (Rig, Ran) {
    let rig = Rig::new();
    let ran = rig.run(&["crawl", &server.base, "--delay", "0"]);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    (rig, ran)
}

#[test]
fn a_site_that_does_not_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let ran = Rig::new().run(&["crawl", &url, "--delay", "0"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains(&url) && ran.stderr.contains("does not answer"), "{}", ran.stderr);
}

#[test]
fn a_site_that_is_not_moderngov() {
    let server = Server::start(
        Router::new().fallback(|| async { "<html><title>Shop</title><h1>Shoes</h1></html>" }),
    );
    let (_, ran) = crawl(&server);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("not a ModernGov site"), "{}", ran.stderr);
}

#[test]
fn a_site_that_forbids_us() {
    let server = Server::start(
        Router::new().fallback(|| async { (StatusCode::FORBIDDEN, "no robots here") }),
    );
    let (_, ran) = crawl(&server);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("refuses us"), "{}", ran.stderr);
}

#[test]
fn a_site_whose_robots_txt_forbids_us() {
    let routes = Router::new()
        .route("/robots.txt", axum::routing::get(|| async { "User-agent: *\nDisallow: /\n" }))
        .fallback(|| async { "<div id=\"modgov\">$ModernGov</div>" });
    let (_, ran) = crawl(&Server::start(routes));
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("robots.txt"), "{}", ran.stderr);
}

#[test]
fn a_real_host_without_a_contact_and_plain_http() {
    let rig = Rig::new();
    let ran = rig.run(&["crawl", "https://minutes.ellerbrough.example"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("--contact"), "{}", ran.stderr);
    let ran = rig.run(&[
        "crawl",
        "http://minutes.ellerbrough.example",
        "--contact",
        "https://example.org/",
    ]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("https"), "{}", ran.stderr);
    let ran = rig.run(&["crawl"]);
    assert_eq!(ran.code, Some(2), "no site at all is a usage error: {}", ran.stderr);
}

#[test]
fn saved_pages_of_every_broken_sort() {
    const MEETING: &str = "<html><head><title>x</title></head><body><div id=\"modgov\"><div class=\"mgHeader\"><h1  class=\"mgMainTitleTxt\" >Agenda and minutes</h1><h2 class=\"mgSubTitleTxt\">Planning Board - Thursday 7 March 2019 9.00 a.m.</h2></div><div class=\"mgContent\"><table class=\"mgItemTable\"><tr><td class=\"mgItemNumberCell\"><p  class=\"mgAiTitleTxt\" ><a name=\"AI501\"></a>4.</p></td><td><p  class=\"mgAiTitleTxt\" >&lt;script&gt;alert(1)&lt;/script&gt; at Caf\u{e9} Row</p><p class=\"mgSubItemTitleTxt\">Minutes:</p><div class=\"mgWordPara\"><p>Resolved: That permission be granted.</p></div></td></tr></table></div></div></body></html>";
    let rig = Rig::new();
    let saved = rig.outside("saved");
    let windows_1252: Vec<u8> =
        MEETING.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    write(&saved.join("ieListDocuments.aspx?CId=3&MId=77.html"), windows_1252);
    write(&saved.join("ieListDocuments.aspx?CId=3&MId=78.html"), "");
    write(
        &saved.join("mgAi.aspx?ID=9.html"),
        "<div id=modgov><p class=mgAiTitleTxt>Cut <table><tr><td",
    );
    write(&saved.join("mgAi.aspx?ID=10.html"), vec![0_u8; 50 << 20]);
    write(&saved.join("holiday.html"), "<h1>Our holiday</h1>");
    let ran = rig.run(&[
        "import",
        saved.to_str().unwrap(),
        "--site",
        "https://minutes.ellerbrough.example/",
    ]);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(4), "some files could not be taken: {}", ran.stderr);
    for name in ["MId=78", "ID=10", "holiday.html"] {
        assert!(ran.stderr.contains(name), "{name} is not named: {}", ran.stderr);
    }
    rig.done(&["extract"]);
    rig.done(&["index"]);
    let meeting = rig.records().into_iter().find(|m| m.id.ends_with("-m77")).unwrap();
    assert_eq!(meeting.status, Status::Approved);
    assert_eq!(meeting.items[0].title, "<script>alert(1)</script> at Caf\u{e9} Row");
    let served = rig.start(&["serve", "--listen", "127.0.0.1:0"]);
    for page in ["/search?q=permission", "/items/minutes.ellerbrough.example-i501"] {
        let (status, html) = crate::support::get(&format!("{}{page}", served.base));
        assert_eq!(status, 200);
        assert!(html.contains("&lt;script&gt;") || html.contains("&#60;script&#62;"), "{page}");
        assert!(!html.contains("<script>alert"), "{page}");
    }
}

#[test]
fn a_folder_from_a_newer_version_is_left_alone() {
    let rig = Rig::new();
    write(&rig.data().join("format"), "99\n");
    for command in [&["status"][..], &["index"], &["crawl", "http://127.0.0.1:9/"]] {
        let ran = rig.run(command);
        assert_eq!(ran.code, Some(1), "{command:?}");
        assert!(ran.stderr.contains("newer minutebook"), "{}", ran.stderr);
    }
}

#[test]
fn a_folder_in_use_says_so() {
    let rig = Rig::new();
    write(
        &rig.outside("r.jsonl"),
        r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"A"},"date":null,"items":[]}"#,
    );
    let records = rig.outside("r.jsonl");
    rig.done(&["index", "--records", records.to_str().unwrap()]);
    let writer = minutebook_index::Writer::open_or_create(rig.data().join("index")).unwrap();
    let ran = rig.run(&["index", "--records", records.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("in use by another process"), "{}", ran.stderr);
    drop(writer);
    rig.done(&["index", "--records", records.to_str().unwrap()]);
}

#[test]
fn a_folder_that_cannot_be_written_says_so() {
    let rig = Rig::new();
    fs::create_dir_all(rig.data()).unwrap();
    fs::set_permissions(rig.data(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(rig.data().join("probe"), "x").is_ok() {
        // The superuser writes anywhere: take away what it cannot write to either.
        fs::remove_dir_all(rig.data()).unwrap();
        write(&rig.data(), "a file, not a folder");
    }
    let ran = rig.run(&["index"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains(rig.data().to_str().unwrap()), "{}", ran.stderr);
}

#[test]
fn bad_records_are_named_and_the_rest_is_indexed() {
    let rig = Rig::new();
    let good = r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"Audit"},"date":"2020-01-02","items":[{"title":"Bins","passages":[{"part":"minutes","text":"Resolved: That bins be emptied."}]}]}"#;
    let path = rig.outside("r.jsonl");
    write(&path, format!("{{\"format\":1}}\n{good}\n"));
    let ran = rig.run(&["index", "--records", path.to_str().unwrap()]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    assert!(ran.stderr.contains("line 1"), "{}", ran.stderr);
    let found = rig.done(&["search", "bins"]).stdout;
    assert!(found.contains("Audit"), "{found}");
}

#[test]
fn usage_errors_and_nothing_found_have_codes_of_their_own() {
    let rig = Rig::new();
    assert_eq!(rig.run(&[]).code, Some(2));
    assert_eq!(rig.run(&["serach"]).code, Some(2));
    let ran = rig.run(&["search", "x"]);
    assert_eq!(ran.code, Some(1), "no data folder: {}", ran.stderr);
    write(
        &rig.outside("r.jsonl"),
        r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"A"},"date":null,"items":[]}"#,
    );
    rig.done(&["index", "--records", rig.outside("r.jsonl").to_str().unwrap()]);
    assert_eq!(rig.run(&["search", "unfindable"]).code, Some(3));
    assert_eq!(rig.run(&["search", "x", "--from", "yesterday-ish"]).code, Some(2));
    assert_eq!(rig.run(&["search", "x", "--per-page", "101"]).code, Some(2));
    assert_eq!(rig.run(&["search", "x", "--from", "2019-13"]).code, Some(2));
    assert_eq!(rig.run(&["suppress"]).code, Some(2));
    let file = rig.outside("r.jsonl");
    let import = rig.run(&["import", file.to_str().unwrap(), "--site", "nonsense"]);
    assert_eq!(import.code, Some(2), "{}", import.stderr);
    for export in [
        &["export"][..],
        &["export", "--jsonl", "--site", "http://"],
        &["export", "--csv", "--site", "https://a.example/"],
        &["export", "--warc", "roads"],
    ] {
        let ran = rig.run(export);
        assert_eq!(ran.code, Some(2), "{export:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{export:?}");
    }
}

#[test]
fn a_year_or_a_month_is_a_date() {
    let rig = Rig::new();
    let meeting = |id: &str, date: &str| {
        format!(
            r#"{{"format":1,"site":"https://a.example/","id":"{id}","committee":{{"name":"A"}},"date":"{date}","items":[{{"id":"{id}-1","title":"Bins","passages":[]}}]}}"#
        )
    };
    let all = [("x", "2018-12-31"), ("y", "2019-01-01"), ("z", "2019-03-31"), ("w", "2020-01-01")];
    let all: Vec<String> = all.iter().map(|(id, date)| meeting(id, date)).collect();
    write(&rig.outside("r.jsonl"), all.join("\n"));
    rig.done(&["index", "--records", rig.outside("r.jsonl").to_str().unwrap()]);
    for (range, found) in [
        (&["--from", "2019"][..], "3 items"),
        (&["--from", "2019", "--to", "2019"], "2 items"),
        (&["--from", "2019-03", "--to", "2019-03"], "1 item:"),
        (&["--to", "2018-12-31"], "1 item:"),
    ] {
        let said = rig.done(&[&["search", "bins"], range].concat()).stdout;
        assert!(said.starts_with(found), "{range:?}: {said}");
    }
}

#[test]
fn a_file_stays_what_it_was_where_nothing_can_be_exported() {
    let rig = Rig::new();
    write(
        &rig.outside("r.jsonl"),
        r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"A"},"date":null,"items":[{"id":"x-1","title":"Bins","passages":[]}]}"#,
    );
    rig.done(&["index", "--records", rig.outside("r.jsonl").to_str().unwrap()]);
    let (kept, aside) = (rig.outside("keep.csv"), rig.outside("keep.csv.part"));
    write(&kept, "what was there");
    let to = ["export", "-o", kept.to_str().unwrap()];
    for bad in [&[][..], &["--csv", "--from", "someday"], &["--jsonl"]] {
        let ran = rig.run(&[&to, bad].concat());
        assert!(matches!(ran.code, Some(1 | 2)), "{bad:?}: {}", ran.stderr);
        assert_eq!(fs::read_to_string(&kept).unwrap(), "what was there", "{bad:?}");
        assert!(!aside.exists());
    }
    let index = rig.data().join("index").join("current.json");
    let whole = fs::read(&index).unwrap();
    write(&index, "{}");
    assert_eq!(rig.run(&[&to[..], &["--csv"]].concat()).code, Some(1));
    assert_eq!(fs::read_to_string(&kept).unwrap(), "what was there");
    assert!(!aside.exists());
    write(&index, whole);
    rig.done(&[&to[..], &["--csv"]].concat());
    assert_eq!(fs::read_to_string(&kept).unwrap().lines().count(), 2);
    assert!(!aside.exists());
}

#[test]
fn a_model_that_cannot_be_loaded_is_said_before_anything_is_done() {
    let rig = Rig::new();
    let folder = rig.outside("model");
    fs::create_dir(&folder).unwrap();
    for command in ["index", "search", "serve", "up"] {
        let words: &[&str] = if command == "search" { &["dogs"] } else { &[] };
        let ran = rig.run(&[&[command, "--semantic", folder.to_str().unwrap()], words].concat());
        if minutebook_index::meaning::BUILT_IN {
            assert_eq!(ran.code, Some(1), "{command}");
            assert!(ran.stderr.contains("config.json"), "{command}: {}", ran.stderr);
        } else {
            assert_eq!(ran.code, Some(2), "{command}");
            assert!(ran.stderr.contains("the feature `semantic`"), "{command}: {}", ran.stderr);
        }
    }
}
