//! Numbers of items: minute numbers run through the municipal year of a body, agenda numbers start again at each meeting.
//!
//! The sample holds only some meetings of each year, so a count starts where the meetings left out would have brought it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::dates::municipal_year;
use super::roster::mix;

/// Counts minutes per body and municipal year.
#[derive(Debug, Clone, Default)]
pub(super) struct Counter {
    reached: BTreeMap<(u32, i16), u32>,
}

impl Counter {
    /// Begins a meeting. Meetings must come in order of date.
    pub(super) fn begin(&mut self, committee: u32, date: Date) {
        let year = municipal_year(date);
        let months_gone = u32::try_from((i32::from(date.month()) + 7) % 12).unwrap_or_default();
        let start = mix(committee, u32::from(year.unsigned_abs())) % 5 + months_gone * 11;
        let reached = self.reached.entry((committee, year)).or_insert(start);
        *reached = (*reached).max(start);
    }

    /// Lets the next number be this one, where a text refers to it.
    pub(super) fn set(&mut self, committee: u32, date: Date, next: u32) {
        self.reached.insert((committee, municipal_year(date)), next.saturating_sub(1));
    }

    /// The next minute number of this body.
    pub(super) fn next(&mut self, committee: u32, date: Date) -> u32 {
        let reached = self.reached.entry((committee, municipal_year(date))).or_insert(0);
        *reached += 1;
        *reached
    }
}
