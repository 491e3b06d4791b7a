//! The program itself, serving: what another process hides is gone at once, and it stops when it is told to.

use std::time::{Duration, Instant};

use crate::seed::imported;
use crate::support::get;

/// Asks until the answer is this one; a running server looks for changes a few times a second.
fn becomes(url: &str, status: u16) -> bool {
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if get(url).0 == status {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

#[test]
fn what_is_hidden_is_gone_from_a_running_server_and_comes_back() {
    let (rig, meeting, item) = imported();
    rig.done(&["index"]);
    let server = rig.start(&["serve", "--listen", "127.0.0.1:0"]);
    let page = format!("{}/items/{}", server.base, item.id);
    assert_eq!(get(&page).0, 200);
    rig.done(&["suppress", "--item", &item.id, "--reason", "asked for"]);
    assert!(becomes(&page, 410), "{:?}", get(&page));
    let count = format!("{}/held", server.base);
    assert!(get(&count).1.contains("1 item, page or phrase is withheld"));
    rig.done(&["suppress", "--item", &item.id, "--lift"]);
    assert!(becomes(&page, 200), "{:?}", get(&page));
    // A whole meeting, by its address.
    let at = format!("{}/meetings/{}", server.base, meeting.id);
    rig.done(&["suppress", "--page", &meeting.url]);
    assert!(becomes(&at, 410), "{:?}", get(&at));
}

#[cfg(unix)]
#[test]
fn a_server_told_to_stop_stops_well_within_ten_seconds() {
    let (rig, ..) = imported();
    rig.done(&["index"]);
    for (signal, code) in [("-TERM", 0), ("-INT", 130)] {
        let mut server = rig.start(&["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(get(&format!("{}/readyz", server.base)).0, 200);
        let told = Instant::now();
        let pid = server.child.id().to_string();
        let kill = std::process::Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(kill.success());
        let status = server.child.wait().unwrap();
        assert_eq!(status.code(), Some(code), "{signal}: {status:?}");
        assert!(told.elapsed() < Duration::from_secs(10), "{:?}", told.elapsed());
    }
}

#[test]
fn a_site_that_cannot_be_served_is_said_at_once_and_not_when_it_is_stopped() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let rig = crate::support::Rig::new();
    let config = format!("[web]\nmetrics = \"{}\"\n", taken.local_addr().unwrap());
    crate::support::write(&rig.data().join("minutebook.toml"), config);
    let mut up = rig.command(&["up", "--sample", "--listen", "127.0.0.1:0"]);
    let quiet = std::process::Stdio::null;
    let mut up = up.stdout(quiet()).stderr(quiet()).spawn().unwrap();
    let until = Instant::now() + Duration::from_mins(1);
    let ended = loop {
        match up.try_wait().unwrap() {
            None if Instant::now() < until => std::thread::sleep(Duration::from_millis(50)),
            ended => break ended,
        }
    };
    let _ = up.kill();
    let _ = up.wait();
    assert_eq!(ended.and_then(|status| status.code()), Some(1));
}
