//! What both faces show, as plain values: the JSON answers are these structs, and the pages are drawn from them.
//!
//! The record's own types are never served: these mirror them, so that each can change without the other.

mod coverage;
mod hit;
mod item;
mod lists;
mod meeting;
mod query;
mod search;

pub use coverage::CoverageView;
pub use hit::HitView;
pub use item::{
    DocumentView, DoubtView, ItemView, NeighbourView, PassageView, ReferenceView, RequestView,
    ResolutionView, RoleMentionView, SourceView, VoteView,
};
pub use lists::{CommitteeList, CommitteeRow, ListedRow, RoleList, TopicList, TopicRow};
pub use meeting::{AttendanceView, MeetingItemView, MeetingView};
pub use query::{CorrectionView, ExpansionView, QueryView, ReadingView};
pub use search::{FacetView, FacetsView, LinksView, SearchAnswer};

use minutebook_index::results::Named;
use serde::Serialize;
use utoipa::ToSchema;

/// A committee or council with the name used in addresses and filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct NameView {
    /// The value a filter takes.
    pub slug: String,
    /// What readers see.
    pub name: String,
}

impl From<&Named> for NameView {
    fn from(named: &Named) -> Self {
        Self { slug: named.slug.clone(), name: named.label.clone() }
    }
}
