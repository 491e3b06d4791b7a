//! The only place that speaks to the index: each question a page or the API has, as one function.

use minutebook_index::results::{Coverage, Hit, Piece};
use minutebook_index::{FoundItem, Index, Results, Search};
use minutebook_record::vocabulary::Topics;
use minutebook_record::{Item, Meeting};

use super::error::WebError;
use super::links;
use super::settings::Settings;
use super::view::{
    CommitteeRow, ItemView, NameView, NeighbourView, RoleRow, SourceView, TopicRow,
};
use super::words;

/// Runs a search.
pub fn search(index: &Index, search: &Search) -> Result<Results, WebError> {
    index.search(search).map_err(|error| WebError::internal(&error))
}

/// What is held at all.
pub fn coverage(index: &Index) -> Result<Coverage, WebError> {
    Ok(index.coverage())
}

/// A whole item with what surrounds it.
#[derive(Debug, Clone)]
pub struct HeldItem {
    /// The item.
    pub item: Item,
    /// Its meeting, without the items.
    pub meeting: Meeting,
    /// The item before.
    pub previous: Option<NeighbourView>,
    /// The item after.
    pub next: Option<NeighbourView>,
}

impl HeldItem {
    /// The item as both faces show it.
    pub fn view(&self, base: &str) -> ItemView {
        let meeting = &self.meeting;
        ItemView {
            meeting: meeting.id.clone(),
            meeting_url: format!("{base}{}", links::meeting(&meeting.id)),
            committee: NameView {
                slug: meeting.committee.slug_or_derived(),
                name: meeting.committee.name.clone(),
            },
            date: meeting.date.map(|date| date.to_string()),
            council: meeting.council.clone(),
            status: words::status_word(meeting.status).to_owned(),
            language: meeting.language.clone().unwrap_or_else(|| "en".to_owned()),
            source: SourceView::new(self.item.source.as_ref(), &meeting.source, &self.item.url),
            previous: self.previous.clone(),
            next: self.next.clone(),
            ..ItemView::of(&self.item, base)
        }
    }
}

/// An item by its id. Withheld and unknown are two answers.
pub fn item(index: &Index, settings: &Settings, id: &str) -> Result<HeldItem, WebError> {
    if let Some(suppressed) = settings.suppressed(id) {
        return Err(WebError::Gone(suppressed.reason.clone()));
    }
    let found = index.item(id).map_err(|error| WebError::internal(&error))?;
    let FoundItem { item, meeting, previous, next } = found.ok_or(WebError::NotFound("item"))?;
    if let Some(suppressed) = settings.suppressed(&meeting.id) {
        return Err(WebError::Gone(suppressed.reason.clone()));
    }
    let neighbour = |(id, title, number)| NeighbourView { id, title, number };
    Ok(HeldItem { item, meeting, previous: previous.map(neighbour), next: next.map(neighbour) })
}

/// A meeting by its id, its items with it.
pub fn meeting(index: &Index, settings: &Settings, id: &str) -> Result<Meeting, WebError> {
    if let Some(suppressed) = settings.suppressed(id) {
        return Err(WebError::Gone(suppressed.reason.clone()));
    }
    let meeting = index.meeting(id).map_err(|error| WebError::internal(&error))?;
    let mut meeting = meeting.ok_or(WebError::NotFound("meeting"))?;
    meeting.items.retain(|item| settings.suppressed(&item.id).is_none());
    Ok(meeting)
}

/// Every committee, by name.
pub fn committees(index: &Index, base: &str) -> Result<Vec<CommitteeRow>, WebError> {
    let mut rows: std::collections::BTreeMap<String, CommitteeRow> = std::collections::BTreeMap::new();
    for meeting in index.meetings() {
        let slug = meeting.committee.slug_or_derived();
        let row = rows.entry(slug.clone()).or_insert_with(|| CommitteeRow {
            url: format!("{base}{}", links::committee(&slug)),
            slug,
            name: meeting.committee.name.clone(),
            council: None,
            meetings: 0,
            items: 0,
            first: None,
            last: None,
        });
        row.meetings += 1;
        row.items += meeting.items.len();
    }
    Ok(rows.into_values().collect())
}

/// Every role, most items first.
pub fn roles(index: &Index, base: &str) -> Result<Vec<RoleRow>, WebError> {
    let all = search(index, &Search::default())?;
    let row = |count: minutebook_index::results::FacetCount| RoleRow {
        url: format!("{base}{}", links::role(&count.value)),
        slug: count.value,
        name: count.label,
        items: count.count,
    };
    Ok(all.facets.role.into_iter().map(row).collect())
}

/// Every topic in use, most items first.
pub fn topics(index: &Index, base: &str) -> Result<Vec<TopicRow>, WebError> {
    let all = search(index, &Search::default())?;
    let row = |count: minutebook_index::results::FacetCount| TopicRow {
        url: format!("{base}{}", links::topic(&count.value)),
        broader: Topics::shipped().get(&count.value).map(|t| t.broader.clone()).unwrap_or_default(),
        slug: count.value,
        name: count.label,
        items: count.count,
    };
    Ok(all.facets.topic.into_iter().map(row).collect())
}

/// Text with the words of a search marked, by the same analysis that found them.
pub fn mark(index: &Index, text: &str, search: &Search) -> Vec<Piece> {
    index.mark(text, search)
}

/// Items much like this one.
pub fn more_like(index: &Index, id: &str, most: usize) -> Result<Vec<Hit>, WebError> {
    index.more_like(id, most).map_err(|error| WebError::internal(&error))
}
