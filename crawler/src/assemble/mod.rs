//! From fragments to meetings: what pages and answers tell of one meeting is joined into one record.
//!
//! Pure. Identifiers come from the source's own numbers; what two routes tell of one item is one item; nothing but `source` depends
//! on when a page was fetched. Understanding the text (resolutions, roles, topics) is left to `understand`.

mod facts;
mod items;
mod known;
mod lineage;
mod matching;
mod public;
mod words;

pub use known::Known;

use jiff::Timestamp;
use minutebook_record::{Committee, Doubt, FORMAT, Meeting, Source, Status, id};

use crate::address;
use crate::extract::{MeetingKey, MeetingPart, Route};

/// A fragment with where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced {
    /// What the page tells.
    pub part: MeetingPart,
    /// Address of the page.
    pub url: String,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// When the address was first in the archive.
    pub first_seen: Timestamp,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Sourced {
    fn source(&self, shown: &str) -> Source {
        Source {
            url: (self.url != shown).then(|| self.url.clone()),
            fetched_at: Some(self.fetched_at),
            sha256: Some(self.sha256.clone()),
            first_seen: Some(self.first_seen),
        }
    }

    /// What is preferred where two parts disagree: the later stage of publication, then the page over the service.
    fn rank(&self) -> (u8, u8) {
        let stage = match self.part.status.as_ref().map(|(status, _)| status) {
            Some(Status::Approved) => 3,
            Some(Status::Draft) => 2,
            Some(Status::Cancelled) => 1,
            _ => 0,
        };
        let route = match self.part.route {
            Route::Page => 4,
            Route::Service => 3,
            Route::ItemPage => 2,
            Route::Repeated => 1,
            Route::Printed => 0,
        };
        (stage, route)
    }
}

/// Joins all that is told of one meeting. `None` where the source forbids to show it, or where nothing is told but its absence.
pub fn meeting(site: &str, known: &Known, mut parts: Vec<Sourced>) -> Option<Meeting> {
    if parts.iter().any(|sourced| sourced.part.hidden) {
        return None;
    }
    // The order pages came in must not matter.
    parts.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.url.cmp(&b.url)));
    let key = parts.iter().map(|s| s.part.key).find(|key| *key != MeetingKey::Unknown)?;
    let listed = known.listed(key);
    let committee = facts::committee(known, &parts, listed);
    let (date, date_doubts) = facts::date(&parts, listed);
    let url = url(site, key, &committee, &parts);
    let identifier = match key {
        MeetingKey::Ordinary(number) => id::meeting_id(site, number),
        MeetingKey::Legacy(number) => id::legacy_meeting_id(site, number),
        MeetingKey::Unknown => return None,
    };
    let mut doubts = date_doubts;
    let mut items = items::join(site, &identifier, &url, &parts);
    let unread: Vec<Doubt> = parts
        .iter()
        .flat_map(|sourced| &sourced.part.doubts)
        .filter(|doubt| doubt.kind.starts_with("pdf-"))
        .cloned()
        .collect();
    items::say_unread(&mut items, &unread);
    let (status, status_from) = facts::status(&parts, listed, &items, &mut doubts);
    for doubt in parts.iter().flat_map(|sourced| &sourced.part.doubts) {
        // A doubt about a date that another route settled is settled; doubts stand once.
        if !doubts.contains(doubt) && !facts::is_settled(doubt, date, &items) {
            doubts.push(doubt.clone());
        }
    }
    if committee.name == facts::NO_COMMITTEE {
        doubts.push(Doubt::new("no-committee", "no page tells whose meeting it was"));
    }
    if date.is_none() && !doubts.iter().any(|doubt| doubt.kind == "no-date") {
        doubts.push(Doubt::new("no-date", "no page tells the day of the meeting"));
    }
    let primary = parts.first()?;
    let mut meeting = Meeting {
        format: FORMAT,
        site: site.to_owned(),
        council: known.council().map(str::to_owned),
        id: identifier,
        title: facts::title(&committee.name, date),
        committee,
        date,
        time: facts::time(&parts, listed),
        status,
        status_from,
        url: url.clone(),
        venue: facts::first(&parts, |part| part.venue.clone()),
        language: facts::first(&parts, |part| part.language.clone()),
        attendance: facts::attendance(&parts),
        items,
        documents: words::papers(parts.iter().flat_map(|sourced| &sourced.part.documents)),
        acronyms: Vec::new(),
        doubts,
        source: primary.source(&url),
    };
    for item in &mut meeting.items {
        // An item whose words came from the meeting's own page needs no source of its own.
        if item.source.as_ref().is_some_and(|s| s.sha256 == meeting.source.sha256) {
            item.source = None;
        }
    }
    public::clean(&mut meeting);
    Some(meeting)
}

/// An item whose meeting no page tells: kept as a meeting of its own, without a day.
pub fn stray(site: &str, known: &Known, sourced: Sourced) -> Option<Meeting> {
    let number = sourced.part.items.iter().find_map(|item| item.number_in_source)?;
    let mut part = sourced.part.clone();
    part.key = MeetingKey::Ordinary(0);
    let note = "the page of an item whose meeting was not found";
    part.doubts.push(Doubt::new("no-meeting", note).at(sourced.url.clone()));
    let item_url = sourced.url.clone();
    let mut meeting = meeting(site, known, vec![Sourced { part, ..sourced }])?;
    meeting.id = format!("{}-stray", id::item_id(site, number));
    meeting.url = item_url;
    meeting.source.url = None;
    Some(meeting)
}

/// The address that opens the meeting, made from numbers alone so that both routes give the same.
fn url(site: &str, key: MeetingKey, committee: &Committee, parts: &[Sourced]) -> String {
    match key {
        MeetingKey::Ordinary(number) => match &committee.id {
            Some(id) => format!("{site}ieListDocuments.aspx?CId={id}&MId={number}"),
            None => format!("{site}ieListDocuments.aspx?MId={number}"),
        },
        // The older archive's pages need their other parameters: the shortest address opens the whole meeting.
        _ => parts
            .iter()
            .map(|sourced| sourced.url.as_str())
            .min_by_key(|url| {
                (address::parameter(url, "RD").is_some(), url.len(), (*url).to_owned())
            })
            .unwrap_or(site)
            .to_owned(),
    }
}

/// A meeting of which only a list tells (a cancelled one, as a rule).
pub fn listed(site: &str, known: &Known, key: MeetingKey) -> Option<Meeting> {
    let MeetingKey::Ordinary(number) = key else { return None };
    let listed = known.listed(key)?;
    let committee = facts::committee(known, &[], Some(listed));
    let (status, status_from) = facts::status(&[], Some(listed), &[], &mut Vec::new());
    Some(Meeting {
        format: FORMAT,
        site: site.to_owned(),
        council: known.council().map(str::to_owned),
        id: id::meeting_id(site, number),
        title: facts::title(&committee.name, listed.date),
        url: url(site, key, &committee, &[]),
        committee,
        date: listed.date,
        time: listed.time.clone(),
        status,
        status_from,
        venue: None,
        language: None,
        attendance: Vec::new(),
        items: Vec::new(),
        documents: Vec::new(),
        acronyms: Vec::new(),
        doubts: vec![Doubt::new("only-listed", "only the list of meetings tells of this meeting")],
        source: Source::default(),
    })
}

#[cfg(test)]
mod tests;
