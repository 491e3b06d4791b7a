//! Lists of committees, roles and topics with their counts, as both faces show them.

use minutebook_index::Listed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::links;

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
    /// Slug shared with the committees it was renamed from or to.
    pub lineage: Option<String>,
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
    /// The roles, by name.
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
    /// First meeting day with it.
    #[schema(format = Date)]
    pub first: Option<String>,
    /// Last meeting day with it.
    #[schema(format = Date)]
    pub last: Option<String>,
}

/// Every topic in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicList {
    /// How many.
    pub total: usize,
    /// The topics, by name.
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
    /// First meeting day with it.
    #[schema(format = Date)]
    pub first: Option<String>,
    /// Last meeting day with it.
    #[schema(format = Date)]
    pub last: Option<String>,
    /// Slugs of the wider topics.
    pub broader: Vec<String>,
}

fn day(date: Option<jiff::civil::Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

impl CommitteeRow {
    /// The row of a committee; `base` is the site's public address.
    pub fn new(listed: &Listed, base: &str) -> Self {
        Self {
            slug: listed.slug.clone(),
            name: listed.label.clone(),
            url: format!("{base}{}", links::committee(&listed.slug)),
            lineage: listed.lineage.clone(),
            meetings: listed.meetings,
            items: listed.items,
            first: day(listed.first),
            last: day(listed.last),
        }
    }
}

impl RoleRow {
    /// The row of a role.
    pub fn new(listed: &Listed, base: &str) -> Self {
        Self {
            slug: listed.slug.clone(),
            name: listed.label.clone(),
            url: format!("{base}{}", links::role(&listed.slug)),
            items: listed.items,
            first: day(listed.first),
            last: day(listed.last),
        }
    }
}

impl TopicRow {
    /// The row of a topic.
    pub fn new(listed: &Listed, base: &str) -> Self {
        Self {
            slug: listed.slug.clone(),
            name: listed.label.clone(),
            url: format!("{base}{}", links::topic(&listed.slug)),
            items: listed.items,
            first: day(listed.first),
            last: day(listed.last),
            broader: listed.broader.clone(),
        }
    }
}
