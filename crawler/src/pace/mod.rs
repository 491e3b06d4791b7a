//! When may the next request to a host leave? Pure: the time and the dice are arguments.
//!
//! One pause after every answer; robots' `Crawl-delay` when it is longer; `Retry-After` in full; longer and longer pauses while
//! requests fail; a circuit that opens after repeated failure and says when it closes; on request, only by night.

mod night;
mod retry;
#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use self::night::{Night, NightError};
pub use self::retry::retry_after;
use crate::archive::Circuit;

/// Pause between requests where nothing else is asked for.
pub const DEFAULT_DELAY: Duration = Duration::from_secs(5);
/// Failures in a row that open the circuit.
const FAILURES: u32 = 5;
const CENTURY: Duration = Duration::from_hours(24 * 36_525);
/// The longest pause after a single failure.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);
/// The circuit stays open for this many pauses, within the bounds below, and twice as long each time it opens again.
const CIRCUIT_PAUSES: u32 = 60;
const SHORTEST_CIRCUIT: Duration = Duration::from_secs(5);
const LONGEST_CIRCUIT: Duration = Duration::from_hours(24);
/// Pauses are stretched by up to this share, so that many programs started at once do not stay in step.
const JITTER: f64 = 0.05;

/// Why a request has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The pause between two requests.
    Pause,
    /// The site failed, or asked us to come back later.
    Backoff,
    /// The circuit is open.
    Circuit,
    /// Requests leave by night only.
    Night,
}

/// The pace of one host.
#[derive(Debug, Clone)]
pub struct Pace {
    delay: Duration,
    crawl_delay: Duration,
    night: Option<Night>,
    /// No request before this.
    free_at: Timestamp,
    why: Why,
    failures: u32,
    circuit: Option<Circuit>,
}

impl Pace {
    /// A pace with this pause between requests, and only by night where that is asked for.
    pub fn new(delay: Duration, night: Option<Night>) -> Self {
        Self {
            delay,
            crawl_delay: Duration::ZERO,
            night,
            free_at: Timestamp::MIN,
            why: Why::Pause,
            failures: 0,
            circuit: None,
        }
    }

    /// The pause in force: ours, or robots.txt's when it is longer.
    pub fn delay(&self) -> Duration {
        self.delay.max(self.crawl_delay)
    }

    /// Takes robots.txt's `Crawl-delay`.
    pub fn set_crawl_delay(&mut self, delay: Option<Duration>) {
        // Any number may stand there; a century is as good as for ever.
        let delay = delay.unwrap_or(Duration::ZERO).min(CENTURY);
        let longer = delay.saturating_sub(self.delay());
        self.crawl_delay = delay;
        // The answer that brought the rule counts as a request: the next one waits for the whole new pause.
        if self.free_at != Timestamp::MIN {
            self.free_at = later(self.free_at, longer);
        }
    }

    /// Asks for no request before `time`, as a run before this one left it.
    pub fn not_before(&mut self, time: Timestamp) {
        if time > self.free_at {
            self.free_at = time;
        }
    }

    /// Takes over a circuit that was left open.
    pub fn reopen(&mut self, circuit: Option<Circuit>) {
        if let Some(circuit) = circuit {
            self.free_at = self.free_at.max(circuit.until);
            self.why = Why::Circuit;
            self.failures = FAILURES;
            self.circuit = Some(circuit);
        }
    }

    /// The circuit, while it is open.
    pub fn circuit(&self) -> Option<&Circuit> {
        self.circuit.as_ref()
    }

    /// The earliest time the next request may leave, and why not sooner.
    pub fn turn(&self, now: Timestamp) -> (Timestamp, Why) {
        let free = self.free_at.max(now);
        match &self.night {
            Some(night) => {
                let open = night.next_open(free);
                if open > free { (open, Why::Night) } else { (free, self.why) }
            }
            None => (free, self.why),
        }
    }

    /// An answer came that is no sign of trouble. `dice` is in 0..1.
    pub fn answered(&mut self, now: Timestamp, dice: f64) {
        self.failures = 0;
        self.circuit = None;
        self.why = Why::Pause;
        self.free_at = later(now, stretched(self.delay(), dice));
    }

    /// A sign of trouble: no answer, a server's error, or a request to come back later (at `asked`).
    pub fn failed(&mut self, now: Timestamp, dice: f64, asked: Option<Timestamp>, what: &str) {
        self.failures = self.failures.saturating_add(1);
        self.why = Why::Backoff;
        let base = self.delay().max(Duration::from_millis(250));
        let doubled = base.saturating_mul(1 << (self.failures - 1).min(16));
        let pause = doubled.min(LONGEST_PAUSE).max(self.delay());
        self.free_at = later(now, stretched(pause, dice));
        if let Some(asked) = asked {
            // In full, however long: the site knows best.
            self.free_at = self.free_at.max(asked);
        }
        if self.failures >= FAILURES {
            self.open(now, asked, what);
        }
    }

    fn open(&mut self, now: Timestamp, asked: Option<Timestamp>, what: &str) {
        let times = self.circuit.as_ref().map_or(1, |c| c.times.saturating_add(1));
        let first = self.delay().saturating_mul(CIRCUIT_PAUSES).max(SHORTEST_CIRCUIT);
        let open = first.saturating_mul(1 << (times - 1).min(16)).min(LONGEST_CIRCUIT);
        let mut until = later(now, open);
        if let Some(asked) = asked {
            until = until.max(asked);
        }
        self.free_at = self.free_at.max(until);
        self.why = Why::Circuit;
        self.circuit = Some(Circuit { until: self.free_at, why: what.to_owned(), times });
    }
}

fn stretched(pause: Duration, dice: f64) -> Duration {
    pause.mul_f64(1.0 + JITTER * dice.clamp(0.0, 1.0))
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}
