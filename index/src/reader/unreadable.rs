//! What is held but cannot be searched, because its words were published only in a document nobody could read: said, never
//! silently dropped.

use jiff::civil::Date;
use tantivy::DocAddress;

use crate::results::Named;
use crate::writer::unread;
use crate::{Index, IndexError};

/// A meeting or an item whose words could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Id of the meeting.
    pub meeting: String,
    /// Id and title of the item; none where it is the whole meeting's minutes.
    pub item: Option<(String, String)>,
    /// The committee.
    pub committee: Named,
    /// Day of the meeting.
    pub date: Option<Date>,
    /// Address of the document, else of the page it hangs on.
    pub document: String,
}

impl Index {
    /// Everything of that sort, newest first, undated last.
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, IndexError> {
        let snapshot = self.snapshot();
        let mut all = Vec::new();
        for (ord, segment) in (0..).zip(&snapshot.segments) {
            for doc in snapshot.searcher.segment_reader(ord).doc_ids_alive() {
                let row = segment.rows[doc as usize];
                if !row.is_unreadable() {
                    continue;
                }
                let address = DocAddress::new(ord, doc);
                let (meeting, item, doubts, url) = if row.is_item() {
                    let record = snapshot.glance(address)?;
                    let item = record.item.clone();
                    let meeting = record.meeting.clone();
                    (meeting, Some((item.id, item.title)), item.doubts, item.url)
                } else {
                    let meeting = snapshot.head_at(address)?.meeting;
                    (meeting.id, None, meeting.doubts, meeting.url)
                };
                let named = unread(&doubts).and_then(|doubt| doubt.place.clone());
                let document = named.filter(|place| place.starts_with("http")).unwrap_or(url);
                let committee = snapshot.committee(row.committee);
                let date = super::date(row.day);
                all.push(Unreadable { meeting, item, committee, date, document });
            }
        }
        all.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.meeting.cmp(&b.meeting)));
        Ok(all)
    }
}
