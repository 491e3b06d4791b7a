//! What is held at all, as both faces say it: an empty answer means something only beside this.

use minutebook_index::results::Coverage;
use serde::Serialize;
use utoipa::ToSchema;

use super::NameView;

/// What is held at all.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CoverageView {
    /// The councils.
    pub councils: Vec<NameView>,
    /// Meetings held.
    pub meetings: usize,
    /// Items held.
    pub items: usize,
    /// Items without a date.
    pub undated: usize,
    /// Items held only as documents that could not be read.
    pub unreadable: usize,
    /// First meeting day.
    #[schema(format = Date)]
    pub first: Option<String>,
    /// Last meeting day.
    #[schema(format = Date)]
    pub last: Option<String>,
    /// When the newest page behind the index was fetched.
    #[schema(format = DateTime)]
    pub fetched_at: Option<String>,
    /// Counts up whenever the index changes.
    pub generation: u64,
}

impl From<&Coverage> for CoverageView {
    fn from(coverage: &Coverage) -> Self {
        Self {
            councils: coverage.councils.iter().map(NameView::from).collect(),
            meetings: coverage.meetings,
            items: coverage.items,
            undated: coverage.undated,
            unreadable: coverage.unreadable,
            first: coverage.first.map(|date| date.to_string()),
            last: coverage.last.map(|date| date.to_string()),
            fetched_at: coverage.fetched.map(|at| at.to_string()),
            generation: coverage.generation,
        }
    }
}
