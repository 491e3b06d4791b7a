//! How close each document is to a query in meaning: the query's vector against all others, one scan.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

use super::vectors::{Entry, Vectors, shrink_wide};
use super::{Model, Place, Stamp, digest, stamp};
use crate::IndexError;
use crate::reader::Snapshot;
use crate::schema::Fields;

/// Absent from the vectors.
const NONE: u32 = u32::MAX;
/// Query vectors kept: the pages of a search, its feed and its filters ask with the same words.
const KEPT: usize = 32;

/// The ids of a segment's items as digests, by document; 0 where it is no item. Made once for a segment and kept.
#[derive(Debug)]
struct SegmentItems {
    id: SegmentId,
    digests: Vec<u64>,
}

impl SegmentItems {
    /// Reads the ids of a segment.
    fn read(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let mut digests = vec![0; segment.max_doc() as usize];
        crate::reader::each_term(segment, fields.id, |id, doc| {
            if let Some(at) = digests.get_mut(doc as usize) {
                *at = digest(id);
            }
        })?;
        Ok(Self { id: segment.segment_id(), digests })
    }
}

/// The vectors of one committed state.
pub(crate) struct Meaning {
    laid: Arc<Laid>,
    /// The item of each document, by segment.
    items: Vec<Vec<u32>>,
}

/// What a folder holds for a model, laid out for scanning; kept from one committed state to the next while the file is the same.
struct Laid {
    model: Arc<dyn Model>,
    stamp: Option<Stamp>,
    dimensions: usize,
    numbers: Vec<i8>,
    scales: Vec<f32>,
    places: Vec<Place>,
    /// First window of each item; one more at the end.
    starts: Vec<u32>,
    /// The number of each item, by digest of its id.
    of: HashMap<u64, u32>,
    asked: Mutex<Vec<(String, Arc<Vec<f32>>)>>,
}

/// What a scan found: the closest window of each item.
pub(crate) struct Near<'a> {
    meaning: &'a Meaning,
    /// Cosine and window, by item.
    best: Vec<(f32, u32)>,
}

/// What one committed state leaves to the next: the model, and what need not be read again.
#[derive(Clone)]
pub(crate) struct Embedded {
    model: Arc<dyn Model>,
    items: Vec<Arc<SegmentItems>>,
    laid: Option<Arc<Laid>>,
}

impl Embedded {
    /// Nothing read yet.
    pub(crate) fn new(model: Arc<dyn Model>) -> Self {
        Self { model, items: Vec::new(), laid: None }
    }

    /// The vectors of a folder, over the segments of a state. Those of another model count as none.
    pub(crate) fn meaning(
        &mut self,
        dir: &Path,
        snapshot: &Snapshot,
    ) -> Result<Meaning, IndexError> {
        let mut items = Vec::new();
        for segment in snapshot.searcher.segment_readers() {
            let kept = self.items.iter().find(|items| items.id == segment.segment_id());
            items.push(if let Some(items) = kept {
                Arc::clone(items)
            } else {
                let read = SegmentItems::read(segment, &snapshot.fields);
                Arc::new(read.map_err(IndexError::engine(dir))?)
            });
        }
        self.items = items;
        let stamp = stamp(dir);
        let laid = match self.laid.take().filter(|laid| laid.stamp == stamp) {
            Some(laid) => laid,
            None => Arc::new(Laid::new(dir, &self.model, stamp)?),
        };
        self.laid = Some(Arc::clone(&laid));
        let number = |digest: &u64| laid.of.get(digest).copied().unwrap_or(NONE);
        let of_segment = |items: &Arc<SegmentItems>| items.digests.iter().map(number).collect();
        let items = self.items.iter().map(of_segment).collect();
        Ok(Meaning { laid, items })
    }
}

impl Meaning {
    /// How many items were embedded.
    pub(crate) fn items(&self) -> usize {
        self.laid.of.len()
    }

    /// Compares a text with everything.
    pub(crate) fn near(&self, text: &str) -> Result<Near<'_>, IndexError> {
        let laid = &*self.laid;
        let (scale, query) = shrink_wide(&laid.query(text)?);
        let cosine = |window: usize| {
            let at = window * laid.dimensions;
            let numbers = laid.numbers.get(at..at + laid.dimensions).unwrap_or_default();
            #[expect(clippy::cast_precision_loss, reason = "24 bits are more than 8 bits gave")]
            let product = dot(&query, numbers) as f32;
            product * scale * laid.scales[window]
        };
        let best = laid.starts.windows(2).map(|ends| {
            let mut best = (0.0_f32, ends[0]);
            for window in ends[0]..ends[1] {
                let cosine = cosine(window as usize);
                if cosine > best.0 {
                    best = (cosine, window);
                }
            }
            best
        });
        Ok(Near { meaning: self, best: best.collect() })
    }

    /// Where a window stands.
    pub(crate) fn place(&self, window: u32) -> Option<Place> {
        self.laid.places.get(window as usize).copied()
    }
}

impl Laid {
    fn new(dir: &Path, model: &Arc<dyn Model>, stamp: Option<Stamp>) -> Result<Laid, IndexError> {
        let (fingerprint, dimensions) = (model.fingerprint(), model.dimensions());
        let held = Vectors::read(dir)?;
        let vectors = held.unwrap_or_else(|| Vectors::empty(fingerprint, dimensions));
        let mut laid = Laid {
            model: Arc::clone(model),
            stamp,
            dimensions,
            numbers: Vec::new(),
            scales: Vec::new(),
            places: Vec::new(),
            starts: vec![0],
            of: HashMap::new(),
            asked: Mutex::new(Vec::new()),
        };
        if vectors.model == fingerprint && vectors.dimensions == dimensions {
            for (item, entries) in &vectors.items {
                laid.lay(*item, entries);
            }
        } else {
            tracing::warn!(
                "{}: the vectors are another model's; run `minutebook index --semantic` with this one",
                dir.display()
            );
        }
        Ok(laid)
    }

    /// Lays down an item's windows.
    fn lay(&mut self, item: u64, entries: &[Entry]) {
        let number = u32::try_from(self.starts.len() - 1).unwrap_or(NONE);
        for entry in entries {
            self.numbers.extend_from_slice(&entry.numbers);
            self.scales.push(entry.scale);
            self.places.push(entry.place);
        }
        self.starts.push(u32::try_from(self.scales.len()).unwrap_or(u32::MAX));
        self.of.insert(item, number);
    }

    fn query(&self, text: &str) -> Result<Arc<Vec<f32>>, IndexError> {
        let kept = |asked: &Vec<(String, Arc<Vec<f32>>)>| {
            asked.iter().find(|(held, _)| held == text).map(|(_, vector)| Arc::clone(vector))
        };
        let asked = || self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vector) = kept(&asked()) {
            return Ok(vector);
        }
        let vector = Arc::new(self.model.embed(text).map_err(IndexError::Model)?);
        let mut asked = asked();
        if asked.len() >= KEPT {
            asked.remove(0);
        }
        asked.push((text.to_owned(), Arc::clone(&vector)));
        Ok(vector)
    }
}

impl Near<'_> {
    /// Cosine of a document's closest window, and the window; none where it was not embedded.
    pub(crate) fn of(&self, segment: u32, doc: DocId) -> Option<(f32, u32)> {
        let item = *self.meaning.items.get(segment as usize)?.get(doc as usize)?;
        self.best.get(item as usize).copied()
    }
}

/// The product of two vectors of integers, as many as both have.
fn dot(query: &[i16], numbers: &[i8]) -> i32 {
    query.iter().zip(numbers).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::vectors::shrink;

    #[test]
    fn the_product_of_the_small_is_near_that_of_the_large() {
        let wave = |step: f32| -> Vec<f32> {
            let wave: Vec<f32> = (0_u16..384).map(|n| (f32::from(n) * step).sin()).collect();
            let length = wave.iter().map(|x| x * x).sum::<f32>().sqrt();
            wave.iter().map(|x| x / length).collect()
        };
        for (a, b) in [(0.7, 0.7), (0.7, 0.71), (0.3, 1.1)] {
            let (a, b) = (wave(a), wave(b));
            let whole: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            let ((query_scale, query), (scale, numbers)) = (shrink_wide(&a), shrink(&b));
            let small = f32::from(i16::try_from(dot(&query, &numbers) / 8192).unwrap())
                * 8192.0
                * query_scale
                * scale;
            assert!((whole - small).abs() < 0.01, "{whole} {small}");
        }
    }
}
