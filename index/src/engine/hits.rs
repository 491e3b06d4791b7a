//! A document found, as a hit for the reader.

use jiff::Timestamp;

use super::run::FoundDoc;
use super::top::NO_WINDOW;
use crate::IndexError;
use crate::reader::{Snapshot, date, status, topics};
use crate::results::{Hit, Holds, Snippet};
use crate::snippet::Marks;

/// Where a hit matched that was brought in by its meaning.
const MEANING: &str = "meaning";

/// The hit at an address; without marks no snippet is made. `near` where it does not hold all that was asked for.
pub(crate) fn hit(
    snapshot: &Snapshot,
    found: &FoundDoc,
    marks: Option<&Marks>,
    near: bool,
) -> Result<Hit, IndexError> {
    let record = snapshot.record(found.address)?;
    let item = &record.item;
    let row = snapshot.row(found.address);
    let (snippet, matched_in) = marks.map_or_else(
        || (Snippet::default(), Vec::new()),
        |marks| match snapshot.window(found.window) {
            Some(place) => (crate::snippet::within(item, place, marks), vec![MEANING.to_owned()]),
            None => crate::snippet::best(item, marks),
        },
    );
    Ok(Hit {
        meeting: record.meeting.clone(),
        committee: snapshot.committee(row.committee),
        council: snapshot.council(row.council),
        date: date(row.day),
        status: status(row.flags),
        standing: item.standing,
        routine: row.is_routine(),
        snippet,
        matched_in,
        topics: topics(item),
        resolutions: record.anchors.iter().cloned().zip(item.resolutions().to_vec()).collect(),
        roles: item.roles().to_vec(),
        first_seen: Timestamp::from_second(row.first_seen).ok(),
        score: found.score,
        holds: match near {
            _ if found.window != NO_WINDOW => Holds::Meaning,
            true => Holds::Near,
            false => Holds::All,
        },
        id: item.id.clone(),
        source_url: item.url.clone(),
        title: item.title.clone(),
        number: item.number.clone(),
    })
}
