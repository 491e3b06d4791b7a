use proptest::prelude::*;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn pace(seconds: u64) -> Pace {
    Pace::new(Duration::from_secs(seconds), None)
}

#[test]
fn the_first_request_leaves_at_once_and_the_next_waits() {
    let mut pace = pace(5);
    assert_eq!(pace.turn(at(0)), (at(0), Why::Pause));
    pace.answered(at(1), 0.0);
    assert_eq!(pace.turn(at(2)), (at(6), Why::Pause));
    assert_eq!(pace.turn(at(60)), (at(60), Why::Pause));
}

#[test]
fn a_longer_crawl_delay_wins_and_a_shorter_does_not() {
    let mut longer = pace(5);
    longer.answered(at(0), 0.0);
    longer.set_crawl_delay(Some(Duration::from_secs(20)));
    assert_eq!(longer.turn(at(0)).0, at(20), "the pause that runs already grows too");
    longer.answered(at(20), 0.0);
    assert_eq!(longer.turn(at(20)).0, at(40));
    let mut shorter = pace(5);
    shorter.set_crawl_delay(Some(Duration::from_secs(1)));
    shorter.answered(at(0), 0.0);
    assert_eq!(shorter.turn(at(0)).0, at(5));
    let mut none = pace(0);
    none.set_crawl_delay(Some(Duration::from_secs(2)));
    none.answered(at(0), 0.0);
    assert_eq!(none.turn(at(0)).0, at(2), "also where no pause was asked for");
}

#[test]
fn pauses_grow_while_requests_fail_and_shrink_when_one_succeeds() {
    let mut pace = pace(1);
    let mut waits = Vec::new();
    for _ in 0..4 {
        pace.failed(at(0), 0.0, None, "timed out");
        waits.push(pace.turn(at(0)).0);
    }
    assert_eq!(waits, [at(1), at(2), at(4), at(8)]);
    pace.answered(at(8), 0.0);
    assert_eq!(pace.turn(at(8)).0, at(9));
}

#[test]
fn retry_after_is_obeyed_in_full() {
    let mut pace = pace(1);
    pace.failed(at(0), 0.0, retry_after("7200", at(0)), "429");
    assert_eq!(pace.turn(at(0)), (at(7200), Why::Backoff));
    let mut short = pace.clone();
    short.answered(at(7200), 0.0);
    short.failed(at(7201), 0.0, retry_after("0", at(7201)), "429");
    assert_eq!(short.turn(at(7201)).0, at(7202), "never sooner than the pause");
}

#[test]
fn retry_after_reads_seconds_and_dates() {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let read = |text: &str| retry_after(text, now).map(|t| t.to_string());
    assert_eq!(read("120").as_deref(), Some("2026-01-01T00:02:00Z"));
    assert_eq!(read("Thu, 01 Jan 2026 01:30:00 GMT").as_deref(), Some("2026-01-01T01:30:00Z"));
    assert_eq!(read("Wed, 31 Dec 2025 01:30:00 GMT").as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(read("soon"), None);
    assert_eq!(read(""), None);
    assert!(retry_after("99999999999999999999999", now).unwrap() > at(10_000_000_000));
}

#[test]
fn the_circuit_opens_after_five_failures_and_longer_each_time() {
    let mut pace = pace(1);
    for n in 1..5 {
        pace.failed(at(n), 0.0, None, "reset");
        assert!(pace.circuit().is_none());
    }
    pace.failed(at(5), 0.0, None, "reset");
    let first = pace.circuit().unwrap().clone();
    assert_eq!((first.until, first.times, first.why.as_str()), (at(65), 1, "reset"));
    assert_eq!(pace.turn(at(6)), (at(65), Why::Circuit));
    pace.failed(at(65), 0.0, None, "reset");
    assert_eq!(pace.circuit().unwrap().until, at(65 + 120));
    pace.answered(at(200), 0.0);
    assert!(pace.circuit().is_none());
}

#[test]
fn a_circuit_left_open_holds_for_the_next_run() {
    let mut next = pace(1);
    next.reopen(Some(Circuit { until: at(100), why: "500".to_owned(), times: 1 }));
    assert_eq!(next.turn(at(0)), (at(100), Why::Circuit));
    next.failed(at(100), 0.0, None, "500");
    assert_eq!(next.circuit().unwrap().times, 2, "one failure opens it again");
}

#[test]
fn by_night_only() {
    let night = Night::parse("23:00-06:00").unwrap();
    let pace = Pace::new(Duration::ZERO, Some(night));
    let noon: Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
    let (open, why) = pace.turn(noon);
    assert_eq!(
        (open.to_string().as_str(), why),
        ("2026-07-01T22:00:00Z", Why::Night),
        "summer time"
    );
    let midnight: Timestamp = "2026-01-01T00:30:00Z".parse().unwrap();
    assert_eq!(pace.turn(midnight).0, midnight);
    let day = Night::parse("09:00-17:00").unwrap();
    let evening: Timestamp = "2026-01-01T18:00:00Z".parse().unwrap();
    assert_eq!(day.next_open(evening).to_string(), "2026-01-02T09:00:00Z");
    for wrong in ["", "23:00", "23:00-23:00", "25:00-06:00", "night"] {
        assert!(Night::parse(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn whatever_happens_no_request_is_early(
        delay in 0u64..20,
        crawl_delay in prop::option::of(0u64..40),
        events in prop::collection::vec((0i64..30, 0u8..3, prop::option::of(0u64..600), 0.0f64..1.0), 1..40),
    ) {
        let mut pace = pace(delay);
        pace.set_crawl_delay(crawl_delay.map(Duration::from_secs));
        let least = i64::try_from(delay.max(crawl_delay.unwrap_or(0))).unwrap();
        let mut now = at(0);
        for (wait, what, asked, dice) in events {
            let (turn, _) = pace.turn(now);
            prop_assert!(turn >= now);
            now = turn.max(now) + SignedDuration::from_secs(wait);
            let mut due = now + SignedDuration::from_secs(least);
            if what == 0 {
                let asked = asked.map(|s| now + SignedDuration::from_secs(i64::try_from(s).unwrap()));
                pace.failed(now, dice, asked, "x");
                due = due.max(asked.unwrap_or(due));
            } else {
                pace.answered(now, dice);
            }
            prop_assert!(pace.turn(now).0 >= due);
        }
    }
}
