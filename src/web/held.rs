//! The only place that speaks to the index: each question a page or the API has, as one function.

use jiff::Timestamp;
use minutebook_index::results::{Coverage, Hit, Named};
use minutebook_index::{Index, Listed, ListedMeeting, Results, Search, Unreadable};
use minutebook_record::{Item, Meeting};

use super::error::WebError;
use super::links;
use super::settings::Settings;
use super::view::{CommitteeRow, ItemView, ListedRow, NeighbourView, SourceView, TopicRow};
use super::words;

/// Runs a search.
pub(crate) fn search(index: &Index, search: &Search) -> Result<Results, WebError> {
    index.search(search).map_err(|error| WebError::internal(&error))
}

/// Takes up what was committed, or says that the index cannot be read any more.
pub(crate) fn reload(index: &Index) -> Result<(), WebError> {
    index.reload().map_err(|error| WebError::internal(&error))
}

/// What is held at all.
pub(crate) fn coverage(index: &Index) -> Result<Coverage, WebError> {
    index.coverage().map_err(|error| WebError::internal(&error))
}

/// A whole item with what surrounds it.
#[derive(Debug, Clone)]
pub(crate) struct HeldItem {
    /// The item.
    pub(crate) item: Item,
    /// Its meeting, without the items.
    pub(crate) meeting: Meeting,
    /// The committee as filters know it.
    pub(crate) committee: Named,
    /// The council as filters know it.
    pub(crate) council: Option<Named>,
    /// When the item was first in the index.
    pub(crate) first_seen: Option<Timestamp>,
    /// The item before.
    pub(crate) previous: Option<NeighbourView>,
    /// The item after.
    pub(crate) next: Option<NeighbourView>,
}

impl HeldItem {
    /// The item as both faces show it.
    pub(crate) fn view(&self, base: &str) -> ItemView {
        let meeting = &self.meeting;
        ItemView {
            meeting: meeting.id.clone(),
            meeting_url: format!("{base}{}", links::meeting(&meeting.id)),
            committee: (&self.committee).into(),
            date: meeting.date.map(|date| date.to_string()),
            council: self.council.as_ref().map(|council| council.label.clone()),
            first_seen: self.first_seen.map(|at| at.to_string()),
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
pub(crate) fn item(index: &Index, settings: &Settings, id: &str) -> Result<HeldItem, WebError> {
    if let Some(suppressed) = settings.suppressed(id) {
        return Err(WebError::Gone(suppressed.reason));
    }
    let found = index.item(id).map_err(|error| WebError::internal(&error))?;
    let found = found.ok_or(WebError::NotFound("item"))?;
    if let Some(suppressed) = settings.suppressed(&found.meeting.id) {
        return Err(WebError::Gone(suppressed.reason));
    }
    let neighbour = |(id, title): (String, String)| match settings.suppressed(&id) {
        Some(_) => NeighbourView { id, title: "Withheld".to_owned() },
        None => NeighbourView { id, title },
    };
    Ok(HeldItem {
        item: found.item,
        meeting: found.meeting,
        committee: found.committee,
        council: found.council,
        first_seen: found.first_seen,
        previous: found.previous.map(neighbour),
        next: found.next.map(neighbour),
    })
}

/// A meeting by its id, its items with it.
pub(crate) fn meeting(index: &Index, settings: &Settings, id: &str) -> Result<Meeting, WebError> {
    if let Some(suppressed) = settings.suppressed(id) {
        return Err(WebError::Gone(suppressed.reason));
    }
    let meeting = index.meeting(id).map_err(|error| WebError::internal(&error))?;
    let mut meeting = meeting.ok_or(WebError::NotFound("meeting"))?;
    meeting.items.retain(|item| settings.suppressed(&item.id).is_none());
    Ok(meeting)
}

/// Every committee, by name.
pub(crate) fn committees(index: &Index, base: &str) -> Vec<CommitteeRow> {
    index.committees().iter().map(|listed| CommitteeRow::new(listed, base)).collect()
}

/// Every role, by name.
pub(crate) fn roles(index: &Index, base: &str) -> Vec<ListedRow> {
    index.roles().iter().map(|listed| ListedRow::new(listed, base, links::role)).collect()
}

/// Every topic in use, by name.
pub(crate) fn topics(index: &Index, base: &str) -> Vec<TopicRow> {
    index.topics().iter().map(|listed| TopicRow::new(listed, base)).collect()
}

/// One entry of a list by its slug.
pub(crate) fn listed(
    all: Vec<Listed>,
    slug: &str,
    thing: &'static str,
) -> Result<Listed, WebError> {
    all.into_iter().find(|listed| listed.slug == slug).ok_or(WebError::NotFound(thing))
}

/// The meetings of one committee, or all; withheld ones left out.
pub(crate) fn meetings(
    index: &Index,
    settings: &Settings,
    committee: Option<&str>,
) -> Result<Vec<ListedMeeting>, WebError> {
    let mut meetings = index.meetings(committee).map_err(|error| WebError::internal(&error))?;
    meetings.retain(|meeting| settings.suppressed(&meeting.id).is_none());
    Ok(meetings)
}

/// What could not be read, withheld things left out.
pub(crate) fn unreadable(index: &Index, settings: &Settings) -> Result<Vec<Unreadable>, WebError> {
    let mut all = index.unreadable().map_err(|error| WebError::internal(&error))?;
    all.retain(|unread| {
        let item = unread.item.as_ref().map_or("", |(id, _)| id);
        !settings.withholds(item, &unread.meeting)
    });
    Ok(all)
}

/// Every hit of a search, in its order, however many.
pub(crate) fn scan(
    index: &Index,
    search: &Search,
) -> Result<impl Iterator<Item = Result<Hit, WebError>> + use<>, WebError> {
    let hits = index.scan(search).map_err(|error| WebError::internal(&error))?;
    Ok(hits.map(|hit| hit.map_err(|error| WebError::internal(&error))))
}

/// Items much like this one.
pub(crate) fn more_like(index: &Index, id: &str, most: usize) -> Result<Vec<Hit>, WebError> {
    index.more_like(id, most).map_err(|error| WebError::internal(&error))
}
