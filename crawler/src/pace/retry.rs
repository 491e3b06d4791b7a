//! Reading `Retry-After`: seconds, or a date.

use jiff::{SignedDuration, Timestamp};

/// The time a `Retry-After` header asks us to wait for, read at `now`. Never in the past.
pub fn retry_after(header: &str, now: Timestamp) -> Option<Timestamp> {
    let text = header.trim();
    let asked = match text.parse::<u64>() {
        Ok(seconds) => {
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
        }
        // All digits, too many for a number: as good as never.
        Err(_) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => Timestamp::MAX,
        Err(_) => jiff::fmt::rfc2822::parse(text).ok()?.timestamp(),
    };
    Some(asked.max(now))
}
