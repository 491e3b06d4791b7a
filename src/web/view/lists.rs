//! Lists of committees, roles and topics with their counts, as both faces show them.

use minutebook_index::Listed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::links;

/// What every list says of an entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListedRow {
    /// The value its filter takes.
    pub slug: String,
    /// Its name: a committee's as printed last, a role's as printed most often.
    pub name: String,
    /// Its address here.
    pub url: String,
    /// Items held: of the committee, with the role, about the topic or a narrower one.
    pub items: usize,
    /// First meeting day.
    #[schema(format = Date)]
    pub first: Option<String>,
    /// Last meeting day.
    #[schema(format = Date)]
    pub last: Option<String>,
}

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
    /// What every list says.
    #[serde(flatten)]
    pub row: ListedRow,
    /// Slug shared with the committees it was renamed from or to.
    pub lineage: Option<String>,
    /// Meetings held.
    pub meetings: usize,
}

/// Every role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleList {
    /// How many.
    pub total: usize,
    /// The roles, by name.
    pub roles: Vec<ListedRow>,
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
    /// What every list says.
    #[serde(flatten)]
    pub row: ListedRow,
    /// Slugs of the wider topics.
    pub broader: Vec<String>,
}

impl ListedRow {
    /// The row of an entry; `base` is the site's public address, `path` the entry's own within it.
    pub(crate) fn new(listed: &Listed, base: &str, path: fn(&str) -> String) -> Self {
        let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
        Self {
            slug: listed.slug.clone(),
            name: listed.label.clone(),
            url: format!("{base}{}", path(&listed.slug)),
            items: listed.items,
            first: day(listed.first),
            last: day(listed.last),
        }
    }
}

impl CommitteeRow {
    /// The row of a committee.
    pub(crate) fn new(listed: &Listed, base: &str) -> Self {
        let row = ListedRow::new(listed, base, links::committee);
        Self { row, lineage: listed.lineage.clone(), meetings: listed.meetings }
    }
}

impl TopicRow {
    /// The row of a topic.
    pub(crate) fn new(listed: &Listed, base: &str) -> Self {
        Self { row: ListedRow::new(listed, base, links::topic), broader: listed.broader.clone() }
    }
}
