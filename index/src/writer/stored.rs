//! A meeting as it is stored, and told from what was stored before.

use std::hash::{DefaultHasher, Hash, Hasher};

use minutebook_record::Meeting;
use serde::{Deserialize, Serialize};

/// A meeting's head as stored: the record without its items, and what they are called.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The meeting; `items` is empty.
    pub(crate) meeting: Meeting,
    /// Id and title of each item, in reading order.
    pub(crate) order: Vec<(String, String)>,
}

/// A meeting as stored: JSON of its head and of each item.
pub(crate) struct Stored {
    pub(super) head: String,
    pub(super) items: Vec<String>,
    /// A hash of all of it: a meeting with the same one is the same.
    pub(super) hash: u64,
}

impl Stored {
    /// What is stored of a meeting.
    pub(crate) fn of(meeting: &Meeting) -> Result<Stored, serde_json::Error> {
        let order = meeting.items.iter().map(|item| (item.id.clone(), item.title.clone()));
        let head = Head { meeting: without_items(meeting), order: order.collect() };
        let items = meeting.items.iter().map(serde_json::to_string);
        let items = items.collect::<Result<Vec<_>, _>>()?;
        let head = serde_json::to_string(&head)?;
        let mut hash = DefaultHasher::new();
        head.hash(&mut hash);
        items.hash(&mut hash);
        Ok(Stored { head, items, hash: hash.finish() })
    }
}

/// The meeting without its items, which may be long: not cloned only to be thrown away.
fn without_items(meeting: &Meeting) -> Meeting {
    Meeting {
        format: meeting.format,
        site: meeting.site.clone(),
        council: meeting.council.clone(),
        id: meeting.id.clone(),
        committee: meeting.committee.clone(),
        date: meeting.date,
        time: meeting.time.clone(),
        title: meeting.title.clone(),
        status: meeting.status,
        status_from: meeting.status_from.clone(),
        url: meeting.url.clone(),
        venue: meeting.venue.clone(),
        language: meeting.language.clone(),
        attendance: meeting.attendance.clone(),
        items: Vec::new(),
        documents: meeting.documents.clone(),
        acronyms: meeting.acronyms.clone(),
        doubts: meeting.doubts.clone(),
        source: meeting.source.clone(),
    }
}
