//! A document found, as a hit for the reader.

use jiff::Timestamp;

use super::run::FoundDoc;
use crate::IndexError;
use crate::reader::{Snapshot, date, status, topics};
use crate::results::{Hit, Snippet};
use crate::snippet::Marks;

/// The hit at an address; without marks no snippet is made.
pub(crate) fn hit(
    snapshot: &Snapshot,
    found: &FoundDoc,
    marks: Option<&Marks>,
) -> Result<Hit, IndexError> {
    let (item, meeting) = snapshot.record(found.address)?;
    let row = snapshot.row(found.address);
    let (snippet, matched_in) = marks.map_or_else(
        || (Snippet::default(), Vec::new()),
        |marks| crate::snippet::best(&item, marks),
    );
    Ok(Hit {
        meeting,
        committee: snapshot.committee(row.committee),
        council: snapshot.council(row.council),
        date: date(row.day),
        status: status(row.flags),
        standing: item.standing,
        routine: row.is_routine(),
        snippet,
        matched_in,
        topics: topics(&item),
        resolutions: item
            .resolution_anchors()
            .into_iter()
            .zip(item.resolutions.unwrap_or_default())
            .collect(),
        roles: item.roles.unwrap_or_default(),
        first_seen: Timestamp::from_second(row.first_seen).ok(),
        score: found.score,
        id: item.id,
        source_url: item.url,
        title: item.title,
        number: item.number,
    })
}
