//! A reader for each sort of page; each works on the outline and gives fragments.

pub(super) mod attendance;
pub(super) mod decision;
pub(super) mod item;
pub(in crate::extract) mod items;
pub(super) mod legacy;
pub(super) mod lists;
pub(super) mod meeting;
mod opening;
pub(super) mod printed;

use super::fragment::Fragment;
use super::outline::Outline;
use crate::page::{Link, Page};
use minutebook_record::Doubt;

/// What a reader works on.
pub(super) struct Reading<'a> {
    /// The page as fetched.
    pub(super) page: &'a Page,
    /// Its words.
    pub(super) outline: &'a Outline,
}

/// What a reader gives.
#[derive(Default)]
pub(super) struct Told {
    pub(super) fragments: Vec<Fragment>,
    pub(super) links: Vec<Link>,
    pub(super) doubts: Vec<Doubt>,
}
