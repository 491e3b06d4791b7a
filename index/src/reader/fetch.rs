//! Records back from the index: an item with its surroundings, a whole meeting.

use std::sync::Arc;

use jiff::Timestamp;
use minutebook_record::{Item, Meeting};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, TantivyDocument, Term};

use super::{Record, Snapshot};
use crate::results::Named;
use crate::schema::put;
use crate::writer::Head;
use crate::{Index, IndexError};

/// An item with what surrounds it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundItem {
    /// The item, whole.
    pub item: Item,
    /// Its meeting, without items.
    pub meeting: Meeting,
    /// The committee.
    pub committee: Named,
    /// The council.
    pub council: Option<Named>,
    /// Id and title of the item before it in the meeting.
    pub previous: Option<(String, String)>,
    /// Id and title of the item after it.
    pub next: Option<(String, String)>,
    /// Its topics with their labels.
    pub topics: Vec<Named>,
    /// Whether it is procedural.
    pub routine: bool,
    /// When it first was in the index.
    pub first_seen: Option<Timestamp>,
}

impl Index {
    /// An item by id; none where it is not held.
    pub fn item(&self, id: &str) -> Result<Option<FoundItem>, IndexError> {
        self.snapshot().item(id)
    }

    /// A meeting's record by id, whole; none where it is not held.
    pub fn meeting(&self, id: &str) -> Result<Option<Meeting>, IndexError> {
        self.snapshot().meeting(id)
    }
}

impl Snapshot {
    fn item(&self, id: &str) -> Result<Option<FoundItem>, IndexError> {
        let Some(address) = self.address(id)? else { return Ok(None) };
        let record = self.record(address)?;
        let item = &record.item;
        let Some(head) = self.head(&record.meeting)? else { return Ok(None) };
        let row = self.row(address);
        let at = head.order.iter().position(|(other, _)| *other == item.id);
        let around = |at: Option<usize>| at.and_then(|at| head.order.get(at)).cloned();
        Ok(Some(FoundItem {
            committee: self.committee(row.committee),
            council: self.council(row.council),
            previous: around(at.and_then(|at| at.checked_sub(1))),
            next: around(at.map(|at| at + 1)),
            topics: topics(item),
            routine: row.is_routine(),
            first_seen: Timestamp::from_second(row.first_seen).ok(),
            meeting: head.meeting,
            item: item.clone(),
        }))
    }

    fn meeting(&self, id: &str) -> Result<Option<Meeting>, IndexError> {
        let Some(at) = self.head_address(id)? else { return Ok(None) };
        let head = self.head_at(at)?;
        let columns = self.searcher.segment_reader(at.segment_ord).fast_fields();
        let hash = columns.u64("hash").map_err(|e| self.failed(e))?.first(at.doc_id);
        let mut meeting = head.meeting;
        for address in self.having(self.fields.meeting, &put(id, hash.unwrap_or_default()))? {
            if self.row(address).is_item() {
                meeting.items.push(self.read(address)?.0.item);
            }
        }
        let place = |item: &Item| head.order.iter().position(|(id, _)| *id == item.id);
        meeting.items.sort_by_key(place);
        Ok(Some(meeting))
    }

    /// Where an item is.
    pub(crate) fn address(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        Ok(self.having(self.fields.id, id)?.into_iter().max())
    }

    /// A meeting's head.
    pub(crate) fn head(&self, id: &str) -> Result<Option<Head>, IndexError> {
        self.head_address(id)?.map(|address| self.head_at(address)).transpose()
    }

    fn head_address(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        Ok(self.having(self.fields.head, id)?.into_iter().max())
    }

    fn having(&self, field: Field, value: &str) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_text(field, value);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let mut found: Vec<_> = self
            .searcher
            .search(&query, &DocSetCollector)
            .map_err(|e| self.failed(e))?
            .into_iter()
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    /// The record at an address; kept for the next who asks.
    pub(crate) fn record(&self, address: DocAddress) -> Result<Arc<Record>, IndexError> {
        if let Some(record) = self.lately.get(address) {
            return Ok(record);
        }
        let (record, bytes) = self.read(address)?;
        let record = Arc::new(record);
        self.lately.keep(address, &record, bytes);
        Ok(record)
    }

    /// The record at an address for one look: it makes no room for itself among those kept.
    pub(crate) fn glance(&self, address: DocAddress) -> Result<Arc<Record>, IndexError> {
        match self.lately.get(address) {
            Some(record) => Ok(record),
            None => Ok(Arc::new(self.read(address)?.0)),
        }
    }

    fn read(&self, address: DocAddress) -> Result<(Record, usize), IndexError> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|e| self.failed(e))?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str());
        let meeting = text(self.fields.meeting).unwrap_or_default().to_owned();
        let bytes = text(self.fields.record).map_or(0, str::len);
        let item: Item = self.stored(&document)?;
        let anchors = item.resolution_anchors();
        Ok((Record { item, meeting, anchors }, bytes))
    }

    pub(super) fn stored<T: serde::de::DeserializeOwned>(
        &self,
        document: &TantivyDocument,
    ) -> Result<T, IndexError> {
        let text = document.get_first(self.fields.record).and_then(|value| value.as_str());
        serde_json::from_str(text.unwrap_or_default()).map_err(|error| IndexError::Corrupt {
            path: self.dir.clone(),
            what: format!("a stored record: {error}"),
        })
    }

    /// The row at an address.
    pub(crate) fn row(&self, address: DocAddress) -> super::Row {
        self.segments[address.segment_ord as usize].rows[address.doc_id as usize]
    }
}

/// An item's topics with their labels.
pub(crate) fn topics(item: &Item) -> Vec<Named> {
    let shipped = minutebook_record::vocabulary::Topics::in_use();
    item.topics()
        .iter()
        .map(|slug| Named { slug: slug.clone(), label: shipped.label(slug) })
        .collect()
}
