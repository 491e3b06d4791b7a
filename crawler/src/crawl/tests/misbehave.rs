//! A site that misbehaves: the crawl ends, breaks no rule, and finds everything once the site recovers.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::council::{Council, Fault, Seen};
use super::*;
use crate::outcome::Outcome;

/// Pages held, by address below the base.
fn held(rig: &Rig) -> BTreeSet<String> {
    let archive = rig.archive();
    archive.pages().map(|p| p.unwrap().url.replace(rig.base.as_str(), "")).collect()
}

/// What an undisturbed crawl holds.
async fn undisturbed(count: u32) -> BTreeSet<String> {
    let mut rig = Rig::new(Council::new(today(), count)).await;
    assert_eq!(rig.crawl().await.ending, Ending::Done);
    held(&rig)
}

/// One request at a time, each by the program's name, and none sooner than `pause` after the last answer.
#[track_caller]
fn no_rule_broken(log: &[Seen], pause: Duration) {
    for pair in log.windows(2) {
        assert!(pair[1].at >= pair[0].until, "{} overlaps {}", pair[1].path, pair[0].path);
        let gap = pair[1].at.duration_since(pair[0].until);
        assert!(gap >= pause, "{gap:?} between {} and {}", pair[0].path, pair[1].path);
    }
    assert!(log.iter().all(|s| s.agent.starts_with("minutebook/")));
    assert_eq!(log.first().map(|s| s.path.as_str()), Some("/robots.txt"));
    assert!(!log.iter().any(|s| s.path.contains("UserInfo")));
}

#[tokio::test]
async fn faults_of_every_sort_lose_nothing() {
    let whole = undisturbed(12).await;
    let mut rig = Rig::new(Council::new(today(), 12)).await;
    rig.council.set_faults(|n, path| {
        if path == "/robots.txt" {
            return None;
        }
        let status = |status, body: &str| Some(Fault::Status(status, Vec::new(), body.to_owned()));
        match n % 9 {
            1 => status(500, "Server Error in '/' Application."),
            2 => Some(Fault::Reset),
            3 => status(200, "<html><script>window.location='/sorry'</script></html>"),
            4 => status(200, ""),
            5 => Some(Fault::Status(
                302,
                vec![("location", "http://169.254.169.254/latest".to_owned())],
                String::new(),
            )),
            6 => Some(Fault::Status(
                302,
                vec![("location", "/mgError.aspx".to_owned())],
                String::new(),
            )),
            _ => None,
        }
    });
    let first = rig.crawl().await;
    assert!(
        matches!(first.ending, Ending::SomeFailed { .. } | Ending::CircuitOpen { .. }),
        "{first:?}"
    );
    no_rule_broken(&rig.council.take_log(), Duration::ZERO);
    rig.council.set_faults(|_, _| None);
    let tomorrow = now() + jiff::SignedDuration::from_hours(24);
    let second = rig.crawl_with(&SiteOptions::default(), tomorrow).await;
    assert_eq!(second.ending, Ending::Done, "{second:?}");
    no_rule_broken(&rig.council.take_log(), Duration::ZERO);
    assert!(
        held(&rig).is_superset(&whole),
        "{:?}",
        whole.difference(&held(&rig)).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn retry_after_is_waited_out_in_full() {
    let mut rig = Rig::new(Council::new(today(), 4)).await;
    rig.council.set_faults(|n, _| {
        (n == 3).then(|| Fault::Status(429, vec![("retry-after", "2".to_owned())], String::new()))
    });
    let summary = rig.crawl().await;
    assert_eq!(summary.ending, Ending::Done);
    let log = rig.council.log();
    let after = log[4].at.duration_since(log[3].until);
    assert!(after >= Duration::from_secs(2), "{after:?}");
    assert!(
        rig.events
            .iter()
            .any(|e| matches!(e, Event::Asked { outcome: Outcome::Busy, again: true, .. }))
    );
}

#[tokio::test]
async fn a_long_retry_after_ends_the_run_and_holds_for_the_next() {
    let mut rig = Rig::new(Council::new(today(), 4)).await;
    rig.council.set_faults(|n, _| {
        (n == 3)
            .then(|| Fault::Status(503, vec![("retry-after", "7200".to_owned())], String::new()))
    });
    let first = rig.crawl().await;
    let Ending::CircuitOpen { until, .. } = first.ending else { panic!("{first:?}") };
    assert!(until >= now() + jiff::SignedDuration::from_secs(7200));
    assert!(rig.archive().status().unwrap().circuit.is_some());
    rig.council.take_log();
    let soon =
        rig.crawl_with(&SiteOptions::default(), now() + jiff::SignedDuration::from_secs(60)).await;
    assert!(matches!(soon.ending, Ending::CircuitOpen { .. }), "{soon:?}");
    assert!(rig.council.take_log().is_empty(), "not even robots.txt is asked for");
    let later = rig.crawl_with(&SiteOptions::default(), until).await;
    assert_eq!(later.ending, Ending::Done);
    assert!(rig.archive().status().unwrap().circuit.is_none());
}

#[tokio::test]
async fn a_site_that_refuses_us_is_left() {
    let mut rig = Rig::new(Council::new(today(), 4)).await;
    rig.council.set_faults(|_, path| {
        let body = "<iframe src=\"/_Incapsula_Resource?x=1\"></iframe>".to_owned();
        (path != "/robots.txt").then(|| Fault::Status(200, Vec::new(), body))
    });
    let summary = rig.crawl().await;
    assert!(matches!(summary.ending, Ending::Blocked { .. }), "{summary:?}");
    assert_eq!(summary.exit_code(), 1);
    assert!(rig.council.log().len() <= 6);
    let status = rig.archive().status().unwrap();
    assert!(status.failures.iter().all(|f| f.outcome == "blocked"), "{:?}", status.failures);
    let fetcher = Rig::fetcher(0, now());
    let (_stopper, stop) = stop();
    let found = find(&rig.base, &fetcher, &stop).await.unwrap_err();
    assert!(matches!(found, FindError::Blocked { .. }), "{found}");
}

#[tokio::test]
async fn robots_txt_is_obeyed_and_its_absence_of_answer_means_no() {
    let mut forbidding = Council::new(today(), 4);
    forbidding.robots = Some(
        "User-agent: *\nDisallow: /mgWebService.asmx\nDisallow: /mgMeetingAttendance.aspx\n"
            .to_owned(),
    );
    let mut rig = Rig::new(forbidding).await;
    let summary = rig.crawl().await;
    assert_eq!(summary.ending, Ending::Done, "what robots.txt forbids is no failure");
    assert_eq!(summary.route, "pages");
    let asked = rig.asked();
    assert!(
        !asked.iter().any(|p| p.contains("WebService") || p.contains("Attendance")),
        "{asked:?}"
    );

    let mut rig = Rig::new(Council::new(today(), 4)).await;
    rig.council.set_faults(|_, path| {
        (path == "/robots.txt").then(|| Fault::Status(500, Vec::new(), String::new()))
    });
    let summary = rig.crawl().await;
    assert!(matches!(summary.ending, Ending::RobotsForbid { .. }), "{summary:?}");
    assert!(rig.asked().iter().all(|p| p == "robots.txt"));

    let mut none = Council::new(today(), 4);
    none.robots = None;
    assert_eq!(Rig::new(none).await.crawl().await.ending, Ending::Done, "404 means allowed");
}

#[tokio::test]
async fn crawl_delay_wins_over_no_delay() {
    let mut council = Council::new(today(), 1);
    council.robots = Some("User-agent: minutebook\nCrawl-delay: 0.15\n".to_owned());
    let mut rig = Rig::new(council).await;
    let options = SiteOptions { max_pages: Some(6), ..SiteOptions::default() };
    let summary = rig.crawl_with(&options, now()).await;
    assert_eq!(summary.ending, Ending::Ceiling);
    let log = rig.council.log();
    assert_eq!(log.len(), 6);
    no_rule_broken(&log, Duration::from_millis(150));
}

#[tokio::test]
async fn a_ceiling_cuts_and_the_next_run_goes_on() {
    let whole = undisturbed(8).await;
    let mut rig = Rig::new(Council::new(today(), 8)).await;
    let options = SiteOptions { max_pages: Some(9), ..SiteOptions::default() };
    let mut runs = 0;
    while rig.crawl_with(&options, now()).await.ending == Ending::Ceiling {
        runs += 1;
        assert!(runs < 40);
        assert!(rig.council.log().len() <= 9);
        rig.council.take_log();
    }
    assert_eq!(held(&rig), whole);
}

#[tokio::test]
async fn a_site_that_dies_opens_the_circuit_and_the_run_ends() {
    let mut rig = Rig::new(Council::new(today(), 8)).await;
    rig.council.set_faults(|n, _| (n > 4).then_some(Fault::Reset));
    let options = SiteOptions { patience: Duration::from_secs(1), ..SiteOptions::default() };
    let summary = rig.crawl_with(&options, now()).await;
    assert!(matches!(summary.ending, Ending::CircuitOpen { .. }), "{summary:?}");
    assert_eq!(summary.exit_code(), 4, "something was kept");
    assert!(rig.council.log().len() < 15);
}

#[tokio::test]
async fn a_slow_answer_is_given_up_and_asked_for_again() {
    let mut rig = Rig::new(Council::new(today(), 2)).await;
    rig.council.set_faults(|n, _| (n == 2).then_some(Fault::Late(Duration::from_secs(30))));
    let start = Instant::now();
    let summary = rig.crawl().await;
    assert_eq!(summary.ending, Ending::Done);
    assert!(start.elapsed() < Duration::from_secs(15));
    assert!(
        rig.events
            .iter()
            .any(|e| matches!(e, Event::Asked { outcome: Outcome::Failed, again: true, .. }))
    );
}

#[tokio::test]
async fn stopping_takes_moments_and_loses_nothing() {
    let whole = undisturbed(6).await;
    let mut rig = Rig::new(Council::new(today(), 6)).await;
    rig.council.set_faults(|n, _| (n == 8).then_some(Fault::Late(Duration::from_secs(30))));
    let fetcher = Rig::fetcher(0, now());
    let (stopper, stop) = stop();
    let mut archive = rig.archive();
    let (options, start) = (SiteOptions::default(), Instant::now());
    let later = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        stopper.stop();
    };
    let (summary, ()) = tokio::join!(crawl(&options, &mut archive, &fetcher, &stop, |_| {}), later);
    assert_eq!(summary.unwrap().ending, Ending::Stopped);
    assert!(start.elapsed() < Duration::from_secs(2));
    drop(archive);
    rig.council.set_faults(|_, _| None);
    assert_eq!(rig.crawl().await.ending, Ending::Done);
    assert_eq!(held(&rig), whole);
}

#[tokio::test]
async fn what_is_no_such_site_says_so() {
    let mut rig = Rig::new(Council::new(today(), 1)).await;
    rig.council.set_faults(|_, path| {
        (path != "/robots.txt").then(|| {
            Fault::Status(200, Vec::new(), "<html><h1>A parish fete</h1></html>".to_owned())
        })
    });
    let fetcher = Rig::fetcher(0, now());
    let (_stopper, stop) = stop();
    let found = find(&rig.base, &fetcher, &stop).await.unwrap_err();
    assert!(matches!(found, FindError::NotModernGov { .. }), "{found}");
    assert!(matches!(rig.crawl().await.ending, Ending::NotModernGov { .. }));
    let nobody = Base::from_pasted("http://127.0.0.1:9/").unwrap();
    let found = find(&nobody, &Rig::fetcher(0, now()), &stop).await.unwrap_err();
    assert!(matches!(found, FindError::Unreachable { .. }), "{found}");
    let real = Base::from_pasted("https://democracy.example.gov.uk/").unwrap();
    let found = find(&real, &Rig::fetcher(0, now()), &stop).await.unwrap_err();
    assert!(found.to_string().contains("--contact"), "{found}");
}

#[tokio::test]
async fn a_changed_meeting_is_read_again_and_an_old_one_is_not() {
    let mut rig = Rig::new(Council::new(today(), 12)).await;
    rig.crawl().await;
    rig.council.take_log();
    let council = std::sync::Arc::get_mut(&mut rig.council);
    assert!(council.is_none(), "the server holds it; editions change through the faults below");
    rig.council.set_faults(|_, path| {
        let xml = "<?xml version=\"1.0\"?><meeting><meetingid>5000</meetingid><meetingdate>26/05/2026</meetingdate><minutepublished>True</minutepublished><agendaitems><agendaitem><agendaitemid>50000</agendaitemid><agendaitemtitle>New</agendaitemtitle><minutesnonemptyhtmlbody>&lt;p&gt;approved&lt;/p&gt;</minutesnonemptyhtmlbody></agendaitem></agendaitems></meeting>";
        path.contains("lMeetingId=5000").then(|| Fault::Status(200, Vec::new(), xml.to_owned()))
    });
    let second = rig.crawl().await;
    assert_eq!(second.fetched, 1);
    let asked = rig.asked();
    assert!(asked.iter().any(|p| p.contains("lMeetingId=5000")));
    assert!(
        !asked.iter().any(|p| p.contains("lMeetingId=5011")),
        "eleven meetings back is long ago"
    );
}
