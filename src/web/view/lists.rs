//! Lists of committees, roles and topics with their counts, as both faces show them.

use serde::Serialize;
use utoipa::ToSchema;

use super::NameView;

/// Every committee.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommitteeList {
    /// How many.
    pub total: usize,
    /// The committees, by name.
    pub committees: Vec<CommitteeRow>,
}

/// One committee.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommitteeRow {
    /// The value the committee filter takes.
    pub slug: String,
    /// Name as printed last.
    pub name: String,
    /// Its address here.
    pub url: String,
    /// Its council.
    pub council: Option<NameView>,
    /// Meetings held.
    pub meetings: usize,
    /// Items held.
    pub items: usize,
    /// First meeting day.
    #[schema(format = Date)]
    pub first: Option<String>,
    /// Last meeting day.
    #[schema(format = Date)]
    pub last: Option<String>,
}

/// Every role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleList {
    /// How many.
    pub total: usize,
    /// The roles, most items first.
    pub roles: Vec<RoleRow>,
}

/// One role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleRow {
    /// The value the role filter takes.
    pub slug: String,
    /// As printed most often.
    pub name: String,
    /// Its address here.
    pub url: String,
    /// Items that name it.
    pub items: usize,
}

/// Every topic in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicList {
    /// How many.
    pub total: usize,
    /// The topics, most items first.
    pub topics: Vec<TopicRow>,
}

/// One topic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicRow {
    /// The value the topic filter takes.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its address here.
    pub url: String,
    /// Items about it or a narrower topic.
    pub items: usize,
    /// Slugs of the wider topics.
    pub broader: Vec<String>,
}
