//! Embedding what an index holds: the windows of every item that has none yet, or other words than when they were made.
//!
//! It comes after indexing, from the records stored in the index: words are found at once, meaning as soon as it is made, and
//! what was made stays when the work is broken off. Writers of the index are not kept waiting.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use minutebook_record::Item;
use tantivy::DocAddress;

use super::vectors::{Entry, Vectors, shrink};
use super::windows::{Window, windows};
use super::{Model, digest};
use crate::reader::Snapshot;
use crate::{Index, IndexError, folder};

/// Windows made between two writings: some ten seconds' work, and the most that is lost when it is broken off.
const BATCH: usize = 256;
/// The lock beside the vectors.
const LOCK: &str = "meaning.lock";

/// Embeds what an index folder holds and is not embedded yet, procedural items left out; tells `report` how many items of how
/// many are done. Returns how many windows were made. Vectors of another model are given up. Open indexes take up what was made.
pub fn embed(
    dir: impl AsRef<Path>,
    model: &Arc<dyn Model>,
    mut report: impl FnMut(usize, usize),
) -> Result<usize, IndexError> {
    let dir = dir.as_ref();
    let _lock = folder::lock_named(dir, LOCK)?;
    let snapshot = Index::open(dir)?.snapshot();
    let (fingerprint, dimensions) = (model.fingerprint(), model.dimensions());
    let ours = |held: &Vectors| held.model == fingerprint && held.dimensions == dimensions;
    let held = Vectors::read(dir)?;
    if let Some(other) = held.as_ref().filter(|held| !ours(held)) {
        let (dir, items) = (dir.display(), other.items.len());
        tracing::warn!("{dir}: the vectors of {items} items are another model's: made anew");
    }
    let held = held.filter(ours);
    let mut work = Work {
        dir,
        model: model.as_ref(),
        vectors: held.unwrap_or_else(|| Vectors::empty(fingerprint, dimensions)),
        waiting: Vec::new(),
        windows: 0,
        made: 0,
    };
    let addresses = addresses(&snapshot);
    let mut live = HashSet::with_capacity(addresses.len());
    for (done, address) in addresses.iter().enumerate() {
        let record = snapshot.glance(*address)?;
        live.insert(digest(&record.item.id));
        work.put(&record.item)?;
        report(done + 1, addresses.len());
    }
    work.write()?;
    work.vectors.tidy(dir, |item| live.contains(&item))?;
    Ok(work.made)
}

/// The items of a state that are embedded.
fn addresses(snapshot: &Snapshot) -> Vec<DocAddress> {
    let mut all = Vec::new();
    for (ord, reader) in (0_u32..).zip(snapshot.searcher.segment_readers()) {
        let rows = &snapshot.segments[ord as usize].rows;
        all.extend(
            reader
                .doc_ids_alive()
                .filter(|doc| rows[*doc as usize].is_item() && !rows[*doc as usize].is_routine())
                .map(|doc| DocAddress::new(ord, doc)),
        );
    }
    all
}

struct Work<'a> {
    dir: &'a Path,
    model: &'a dyn Model,
    vectors: Vectors,
    /// Items whose windows wait to be made.
    waiting: Vec<(u64, Vec<Window>)>,
    /// How many windows wait.
    windows: usize,
    made: usize,
}

impl Work<'_> {
    fn put(&mut self, item: &Item) -> Result<(), IndexError> {
        let key = digest(&item.id);
        let windows = windows(item);
        let held = self.vectors.items.get(&key).map_or(&[][..], Vec::as_slice);
        let same = held.len() == windows.len()
            && held.iter().zip(&windows).all(|(entry, window)| {
                entry.place == window.place && entry.text == digest(&window.text)
            });
        if !same {
            self.windows += windows.len();
            self.waiting.push((key, windows));
        }
        if self.windows >= BATCH { self.write() } else { Ok(()) }
    }

    /// Makes what waits, but for texts known already, and writes it down.
    fn write(&mut self) -> Result<(), IndexError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.windows = 0;
        if waiting.is_empty() {
            return Ok(());
        }
        let known = |key: u64, text: u64| {
            let held = self.vectors.items.get(&key)?;
            held.iter().find(|entry| entry.text == text)
        };
        let new: Vec<&str> = waiting
            .iter()
            .flat_map(|(key, windows)| windows.iter().map(move |window| (*key, window)))
            .filter(|(key, window)| known(*key, digest(&window.text)).is_none())
            .map(|(_, window)| window.text.as_str())
            .collect();
        let made: HashMap<&str, (f32, Vec<i8>)> =
            new.iter().copied().zip(all(self.model, &new)?).collect();
        let mut blocks = Vec::with_capacity(waiting.len());
        for (key, windows) in &waiting {
            let entries = windows.iter().map(|window| {
                let text = digest(&window.text);
                let (scale, numbers) = made
                    .get(window.text.as_str())
                    .cloned()
                    .or_else(|| known(*key, text).map(|entry| (entry.scale, entry.numbers.clone())))
                    .unwrap_or_default();
                Entry { text, place: window.place, scale, numbers }
            });
            blocks.push((*key, entries.collect()));
        }
        self.made += new.len();
        self.vectors.append(self.dir, blocks)
    }
}

/// The vectors of texts, made side by side on the processors there are.
fn all(model: &dyn Model, texts: &[&str]) -> Result<Vec<(f32, Vec<i8>)>, IndexError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(texts.len());
    let one = |text: &&str| {
        let vector = model.embed(text).map_err(IndexError::Model)?;
        if vector.len() != model.dimensions() {
            return Err(IndexError::Model(format!("it made a vector of {} numbers", vector.len())));
        }
        Ok(shrink(&vector))
    };
    if threads < 2 {
        return texts.iter().map(one).collect();
    }
    let share = texts.len().div_ceil(threads);
    let parts: Vec<Result<Vec<_>, IndexError>> = std::thread::scope(|scope| {
        let started: Vec<_> = texts
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(one).collect()))
            .collect();
        let ended = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err(IndexError::Model("it broke off".to_owned())))
        };
        started.into_iter().map(ended).collect()
    });
    let mut made = Vec::with_capacity(texts.len());
    for part in parts {
        made.extend(part?);
    }
    Ok(made)
}
