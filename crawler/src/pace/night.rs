//! A window of hours, London time, in which requests may leave.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use thiserror::Error;

/// A window of hours, such as 23:00 to 06:00.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Night {
    from: Time,
    to: Time,
    zone: TimeZone,
}

/// Why a window does not read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("`{0}` is not a window of hours: write it like 23:00-06:00 (London time)")]
pub struct NightError(String);

impl Night {
    /// Reads `23:00-06:00`.
    pub fn parse(text: &str) -> Result<Self, NightError> {
        let no = || NightError(text.to_owned());
        let (from, to) = text.split_once('-').ok_or_else(no)?;
        let time = |s: &str| Time::strptime("%H:%M", s.trim()).map_err(|_| no());
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            return Err(no());
        }
        let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        Ok(Self { from, to, zone })
    }

    /// The first time at or after `time` that lies in the window.
    pub fn next_open(&self, time: Timestamp) -> Timestamp {
        let local = time.to_zoned(self.zone.clone());
        if self.contains(local.time()) {
            return time;
        }
        let today = local.date().to_datetime(self.from);
        let opens = |zoned: Zoned| zoned.timestamp();
        let next = if local.time() < self.from { Ok(today) } else { today.checked_add(1.day()) };
        next.and_then(|datetime| datetime.to_zoned(self.zone.clone())).map_or(time, opens)
    }

    fn contains(&self, time: Time) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }
}
