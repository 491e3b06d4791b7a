//! Meetings as a list: of one committee or all of them.

use jiff::civil::Date;
use minutebook_record::{Source, Status};
use tantivy::{DocAddress, TantivyDocument};

use crate::results::Named;
use crate::{Index, IndexError};

/// One meeting of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedMeeting {
    /// Its id.
    pub id: String,
    /// Its address on its council's site.
    pub url: String,
    /// Title as a reader would see it.
    pub title: String,
    /// The committee.
    pub committee: Named,
    /// The committee's name as printed on the day.
    pub printed: String,
    /// The council.
    pub council: Option<Named>,
    /// Day of the meeting.
    pub date: Option<Date>,
    /// How far the minutes have come.
    pub status: Status,
    /// Ids of its items, in reading order.
    pub items: Vec<String>,
    /// Where the words came from.
    pub source: Source,
}

impl Index {
    /// The meetings of a committee (by slug), or all of them; newest first, undated last.
    pub fn meetings(&self, committee: Option<&str>) -> Result<Vec<ListedMeeting>, IndexError> {
        let snapshot = self.snapshot();
        let wanted = match committee.map(|slug| snapshot.names.committees.get(slug)) {
            Some(None) => return Ok(Vec::new()),
            Some(Some(number)) => Some(number),
            None => None,
        };
        let mut meetings = Vec::new();
        for (ord, segment) in (0..).zip(&snapshot.segments) {
            for doc in snapshot.searcher.segment_reader(ord).doc_ids_alive() {
                let row = segment.rows[doc as usize];
                if row.is_item() || wanted.is_some_and(|number| number != row.committee) {
                    continue;
                }
                let head = snapshot.head_at(DocAddress::new(ord, doc))?;
                meetings.push(ListedMeeting {
                    id: head.meeting.id,
                    url: head.meeting.url,
                    title: head.meeting.title,
                    committee: snapshot.committee(row.committee),
                    printed: head.meeting.committee.name,
                    council: snapshot.council(row.council),
                    date: head.meeting.date,
                    status: head.meeting.status,
                    items: head.order.into_iter().map(|(id, _)| id).collect(),
                    source: head.meeting.source,
                });
            }
        }
        meetings.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
        Ok(meetings)
    }
}

impl super::Snapshot {
    pub(super) fn head_at(&self, address: DocAddress) -> Result<crate::writer::Head, IndexError> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|e| self.failed(e))?;
        self.stored(&document)
    }
}
