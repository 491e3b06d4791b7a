//! The clock: read here and nowhere else, so that every other part takes the time as an argument.

use jiff::Timestamp;

/// Now.
pub fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    Timestamp::now()
}
