//! The time of day for the parts that wait: read once at the program's edge, then counted on.
//!
//! Counting on tokio's own time keeps waiting and telling the time in step, and lets tests run on paused time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// A clock that was set once.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    set_to: Timestamp,
    set_at: Instant,
}

impl Clock {
    /// A clock that reads `now` at this moment.
    pub fn set_to(now: Timestamp) -> Self {
        Self { set_to: now, set_at: Instant::now() }
    }

    /// A clock set by the machine's.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate that reads the clock"
    )]
    pub fn of_the_machine() -> Self {
        Self::set_to(Timestamp::now())
    }

    /// What it reads now.
    pub fn now(&self) -> Timestamp {
        let since = SignedDuration::try_from(self.set_at.elapsed()).unwrap_or(SignedDuration::ZERO);
        self.set_to.saturating_add(since).unwrap_or(Timestamp::MAX)
    }

    /// Waits until it reads `time`.
    pub async fn wait_until(&self, time: Timestamp) {
        let left = time.duration_since(self.now());
        // Sleeps end on whole milliseconds: a hair too late is polite, a hair too early is not.
        if let Ok(left) = Duration::try_from(left) {
            tokio::time::sleep(left + Duration::from_millis(1)).await;
        }
    }
}
