//! The places at which posts speak in items, and the two ways in which their words are kept.

use crate::schema::{VOICES, not_speaker, not_voice, speaker, voice};

/// A place among the posts that speak in an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    place: usize,
    /// Kept is what was not said, rather than what was.
    pub(super) all_but: bool,
}

impl Voice {
    /// All of them.
    pub(super) fn all() -> impl Iterator<Item = Voice> {
        (0..VOICES).flat_map(|place| [false, true].map(|all_but| Voice { place, all_but }))
    }

    /// The tag of the items in which a post speaks here.
    pub(super) fn tag(self, slug: &str) -> String {
        if self.all_but { not_voice(self.place, slug) } else { voice(self.place, slug) }
    }

    /// What stands before the stems that are kept.
    pub(super) fn key(self) -> String {
        if self.all_but { not_speaker(self.place) } else { speaker(self.place) }
    }
}
