//! Manners that concern more than one page: sites on one host, what belongs to meetings and is refused, a service that breaks down,
//! lists without end, Welsh twins, and what `status` says of it all.

use std::time::Duration;

use super::council::{Council, Fault};
use super::*;

fn refused() -> Fault {
    Fault::Status(403, Vec::new(), "Forbidden".to_owned())
}

#[tokio::test]
async fn two_sites_on_one_host_take_turns_at_one_pace() {
    let council = |prefix: &str| {
        let mut council = Council::new(today(), 4);
        council.prefix = prefix.to_owned();
        Arc::new(council)
    };
    let councils = vec![council("/north/"), council("/south/")];
    let bases = council::serve_together(councils.clone()).await;
    let fetcher = Arc::new(Rig::fetcher(40, now()));
    let folder = tempfile::tempdir().unwrap();
    let mut crawls = tokio::task::JoinSet::new();
    for (n, base) in bases.into_iter().enumerate() {
        let base = Base::from_pasted(&base).unwrap();
        let mut archive =
            Archive::create(&folder.path().join(format!("{n}.sqlite")), &base).unwrap();
        let fetcher = Arc::clone(&fetcher);
        crawls.spawn(async move {
            let options = SiteOptions { max_pages: Some(12), ..SiteOptions::default() };
            let (_stopper, stop) = stop();
            crawl(&options, &mut archive, &fetcher, &stop, |_| {}).await.unwrap()
        });
    }
    while let Some(summary) = crawls.join_next().await {
        assert_eq!(summary.unwrap().ending, Ending::Ceiling);
    }
    let mut log: Vec<_> = councils.iter().flat_map(|council| council.log()).collect();
    log.sort_by_key(|seen| seen.at);
    assert_eq!(log.len(), 24);
    assert!(councils.iter().all(|council| council.log().len() >= 11));
    for pair in log.windows(2) {
        let gap = pair[1].at.saturating_duration_since(pair[0].until);
        assert!(gap >= Duration::from_millis(40), "{gap:?} before {}", pair[1].path);
    }
}

#[tokio::test]
async fn what_belongs_to_meetings_may_be_refused_while_the_meetings_are_open() {
    let mut council = Council::new(today(), 12);
    council.service = false;
    let mut rig = Rig::new(council).await;
    rig.council.set_faults(|_, path| path.contains("Attendance").then(refused));
    for run in 0..2 {
        let summary = rig.crawl().await;
        assert!(matches!(summary.ending, Ending::SomeFailed { .. }), "{summary:?}");
        let asked = rig.asked();
        let refused = asked.iter().filter(|path| path.contains("Attendance")).count();
        assert_eq!(refused, 3, "run {run}: three refusals are an answer");
    }
    let status = rig.archive().status().unwrap();
    // 104 is not among the pages: nine of the twelve meetings are.
    assert_eq!(status.outcomes["blocked"], 9);
    assert!(status.kinds.iter().any(|kind| kind.kind == "meeting" && kind.held == 9));
    let not_asked =
        |reason: &Option<String>| reason.as_deref().is_some_and(|r| r.contains("not asked for"));
    assert_eq!(status.failures.iter().filter(|f| not_asked(&f.reason)).count(), 6);
    rig.council.set_faults(|_, _| None);
    assert_eq!(rig.crawl().await.ending, Ending::Done);
    assert_eq!(rig.archive().status().unwrap().outcomes.get("blocked"), None);
}

#[tokio::test]
async fn where_the_service_breaks_down_over_each_meeting_the_pages_tell_them() {
    let mut rig = Rig::new(Council::new(today(), 12)).await;
    rig.council.set_faults(|_, path| {
        let error = Fault::Status(500, Vec::new(), "System.NullReferenceException".to_owned());
        path.contains("GetMeeting?").then_some(error)
    });
    let first = rig.crawl().await;
    assert!(matches!(first.ending, Ending::SomeFailed { .. }), "{first:?}");
    let asked = rig.asked();
    let failed = asked.iter().filter(|path| path.contains("GetMeeting?")).count();
    assert!(failed <= 9, "{failed}: a server that fails is not asked to fail for every meeting");
    let held = |rig: &Rig, word: &str| {
        let status = rig.archive().status().unwrap();
        status.kinds.iter().find(|kind| kind.kind == word).map_or(0, |kind| kind.held)
    };
    assert_eq!(held(&rig, "meeting"), 12);
    rig.council.set_faults(|_, _| None);
    assert_eq!(rig.crawl().await.ending, Ending::Done);
    assert_eq!(held(&rig, "service-meeting"), 12);
}

#[tokio::test]
async fn earlier_meetings_that_get_no_earlier_come_to_an_end() {
    let mut council = Council::new(today(), 8);
    council.service = false;
    let mut rig = Rig::new(council).await;
    rig.council.set_faults(|n, path| {
        let body = format!(
            "<div id=\"modgov\"><a class=\"mgMeetingTableLnk\" href=\"ieListDocuments.aspx?MId=5000\">26 May 2026 6.00 pm</a>
             <a href=\"ieListMeetings.aspx?Act=Prev&CId=101&D={n}&MD=ielistmeetings\">Earlier meetings</a></div>"
        );
        path.contains("CId=101").then(|| Fault::Status(200, Vec::new(), body))
    });
    assert_eq!(rig.crawl().await.ending, Ending::Done);
    let asked = rig.asked();
    let lists =
        asked.iter().filter(|path| path.contains("ieListMeetings") && path.contains("CId=101"));
    assert_eq!(lists.count(), 2);
}

#[tokio::test]
async fn welsh_twins_are_asked_for_on_request_only() {
    let mut rig = Rig::new(Council::new(today(), 6)).await;
    rig.crawl().await;
    let asked = rig.asked();
    assert!(!asked.iter().any(|p| p.contains("LLL=1") || p.contains("mgWebServiceW")), "{asked:?}");
    let mut rig = Rig::new(Council::new(today(), 6)).await;
    let welsh = SiteOptions { welsh: true, ..SiteOptions::default() };
    rig.crawl_with(&welsh, now()).await;
    let asked = rig.asked();
    let twins = asked.iter().filter(|p| p.contains("mgWebServiceW.asmx/GetMeeting?")).count();
    assert_eq!(twins, 6, "{asked:?}");
    let both = asked.iter().filter(|p| p.starts_with("ieListDocuments") && p.contains("LLL=1"));
    assert_eq!(both.count(), asked.iter().filter(|p| p.starts_with("ieListDocuments")).count() / 2);
}

#[tokio::test]
async fn status_tells_what_came_and_what_is_due() {
    let mut council = Council::new(today(), 8);
    council.robots =
        Some("User-agent: *\nDisallow: /mgMeetingAttendance.aspx?ID=5000\n".to_owned());
    council.service = false;
    let mut rig = Rig::new(council).await;
    rig.council.set_faults(|_, path| match path {
        p if p.contains("MId=5001") => Some(Fault::Status(404, Vec::new(), String::new())),
        p if p.contains("ID=5002") => Some(refused()),
        p if p.contains("ID=5004") => Some(Fault::Status(
            301,
            vec![("location", "https://elsewhere.example/".to_owned())],
            String::new(),
        )),
        p if p.contains("ID=5005") => Some(Fault::Status(200, Vec::new(), String::new())),
        _ => None,
    });
    let cut = SiteOptions { max_pages: Some(6), ..SiteOptions::default() };
    assert_eq!(rig.crawl_with(&cut, now()).await.ending, Ending::Ceiling);
    let status = rig.archive().status().unwrap();
    assert!(status.waiting > 0);
    assert!(status.next_due.is_some_and(|due| due <= now() + jiff::SignedDuration::from_secs(60)));
    let run = status.last_run.unwrap();
    assert_eq!((run.ended, run.requests), (None, 6));
    assert!(run.ending.unwrap().contains("ceiling"));
    let ended = rig.crawl().await;
    assert_eq!(ended.ending, Ending::SomeFailed { failed: 3 });
    let status = rig.archive().status().unwrap();
    for (outcome, count) in
        [("gone", 3), ("blocked", 1), ("moved", 1), ("empty", 1), ("forbidden", 1)]
    {
        // Beside the meeting, neither the web service nor the page is there.
        assert_eq!(status.outcomes.get(outcome), Some(&count), "{outcome}: {:?}", status.outcomes);
    }
    assert_eq!(status.outcomes["fetched"], status.held);
    assert_eq!((status.failing, status.failures.len()), (3, 3));
    let due = status.next_due.unwrap();
    assert!(due > now() + jiff::SignedDuration::from_hours(23), "{due}");
    assert_eq!((status.drafts, status.waiting), (1, 0));
}

#[tokio::test]
async fn robots_txt_is_read_where_it_moved_to() {
    let mut elsewhere = Council::new(today(), 1);
    elsewhere.robots = Some("User-agent: *\nDisallow: /mgWebService.asmx/\n".to_owned());
    let elsewhere = Rig::new(elsewhere).await;
    let mut rig = Rig::new(Council::new(today(), 4)).await;
    let moved = |to: String| {
        move |_: usize, path: &str| {
            let location = vec![("location", to.clone())];
            (path == "/robots.txt").then(|| Fault::Status(301, location, String::new()))
        }
    };
    rig.council.set_faults(moved(format!("{}robots.txt", elsewhere.base)));
    rig.crawl().await;
    assert_eq!(elsewhere.asked(), ["robots.txt"]);
    assert!(!rig.asked().iter().any(|path| path.contains("mgWebService")));
    // Where it leads to nobody we may ask, nothing is allowed.
    for away in ["http://192.168.0.1/robots.txt", "https://www.example.invalid/robots.txt"] {
        rig.council.set_faults(moved(away.to_owned()));
        let ending = rig.crawl().await.ending;
        assert!(matches!(ending, Ending::RobotsForbid { .. }), "{ending:?}");
        assert!(rig.asked().iter().all(|path| path == "robots.txt"));
    }
}

#[tokio::test]
async fn a_pause_beyond_all_patience_ends_the_run_and_is_asked_about_again() {
    let mut council = Council::new(today(), 4);
    council.robots = Some("User-agent: *\nCrawl-delay: 1000000000\n".to_owned());
    let mut rig = Rig::new(council).await;
    let summary = rig.crawl().await;
    assert!(
        matches!(&summary.ending, Ending::CircuitOpen { why, .. } if why.contains("pause")),
        "{summary:?}"
    );
    assert_eq!(rig.asked(), ["robots.txt"]);
    let later = now().checked_add(jiff::SignedDuration::from_hours(25)).unwrap();
    rig.crawl_with(&SiteOptions::default(), later).await;
    assert_eq!(rig.asked(), ["robots.txt"], "the site may have mended it");
}

#[tokio::test]
async fn a_run_cut_by_its_ceiling_says_that_pages_failed() {
    let options = SiteOptions { max_pages: Some(8), ..SiteOptions::default() };
    let mut rig = Rig::new(Council::new(today(), 12)).await;
    let summary = rig.crawl_with(&options, now()).await;
    assert_eq!((&summary.ending, summary.exit_code()), (&Ending::Ceiling, 0));
    let mut rig = Rig::new(Council::new(today(), 12)).await;
    rig.council.set_faults(|_, path| path.contains("GetMeeting?").then(refused));
    let summary = rig.crawl_with(&options, now()).await;
    assert_eq!(summary.ending, Ending::Ceiling);
    assert_eq!(summary.exit_code(), 4, "{summary:?}");
}
