//! Expectations about a page, stated where they are relied on: a miss is a doubt that names what was looked for and where.

use minutebook_record::Doubt;

/// Notes a doubt where something that every page of a sort has was not found on this one.
pub(crate) fn expect_one(doubts: &mut Vec<Doubt>, what: &str, found: bool, page: &str) {
    if !found {
        doubts.push(Doubt::new("selector", format!("expected one {what}, found none")).at(page));
    }
}
