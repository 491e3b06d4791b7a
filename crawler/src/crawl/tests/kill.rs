//! `kill -9` at any moment: the archive stays whole, and the crawl that goes on ends with the pages of an undisturbed one.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use super::council::Council;
use super::*;

/// How often the crawl is killed, unless `MINUTEBOOK_KILLS` says otherwise.
const KILLS: u32 = 6;

#[expect(clippy::disallowed_methods, reason = "a test's own switches")]
fn switch(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Not a test of its own: what the test below runs as a process, to kill it.
#[tokio::test]
async fn child() {
    let (Some(site), Some(path)) =
        (switch("MINUTEBOOK_CHILD_SITE"), switch("MINUTEBOOK_CHILD_PATH"))
    else {
        return;
    };
    let base = Base::from_pasted(&site).unwrap();
    let mut archive = Archive::create(&PathBuf::from(path), &base).unwrap();
    let fetcher = Rig::fetcher(0, now());
    let (_stopper, stop) = stop();
    let summary = crawl(&SiteOptions::default(), &mut archive, &fetcher, &stop, |_| {}).await;
    assert_eq!(summary.unwrap().ending, Ending::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_crawl_goes_on_where_it_was() {
    let kills = switch("MINUTEBOOK_KILLS").and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let pages = |rig: &Rig| {
        let archive = rig.archive();
        let mut all: Vec<_> = archive
            .pages()
            .map(Result::unwrap)
            .map(|p| (p.url.replace(rig.base.as_str(), ""), p.sha256, p.found_on.len()))
            .collect();
        all.sort();
        all
    };
    let mut whole = Rig::new(Council::new(today(), 60)).await;
    let undisturbed = whole.crawl().await;
    let rig = Rig::new(Council::new(today(), 60)).await;
    let mut killed = 0;
    let mut dice = 0x2545_F491_4F6C_DD1Du64;
    let finished = loop {
        let mut child = tokio::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crawl::tests::kill::child"])
            .env("MINUTEBOOK_CHILD_SITE", rig.base.as_str())
            .env("MINUTEBOOK_CHILD_PATH", rig.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if killed >= kills {
            break child.wait().await.unwrap();
        }
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let before = rig.council.log().len();
        // Killed some moments after its first requests, so that each life moves on by a little.
        while rig.council.log().len() < before + 2 && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_micros(dice % 60_000)).await;
        child.kill().await.unwrap();
        killed += 1;
        let archive = Archive::open(&rig.path());
        // Killed before there was an archive: nothing to check.
        if let Ok(archive) = archive {
            assert!(archive.verify().unwrap().faults.is_empty());
        }
    };
    assert!(finished.success());
    assert_eq!(pages(&rig), pages(&whole));
    // At most the request in flight is lost with each life, beside robots.txt, which each life asks for.
    let asked = rig.council.log().len() as u64;
    assert!(
        asked <= undisturbed.requests + u64::from(kills) * 3,
        "{asked} for {}",
        undisturbed.requests
    );
}
