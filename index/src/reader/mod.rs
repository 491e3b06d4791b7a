//! Answering from an index: opening it, keeping up with what writers commit, and looking things up by id.
//!
//! An [`Index`] is a handle on the newest committed state. Each search holds the state it began with, so a commit or a
//! rebuild under it disturbs nothing; a changed folder is noticed within [`LOOK`].

mod fetch;
mod held;
mod lately;
mod lists;
mod meetings;
mod rows;
mod slots;
mod snapshot;
mod unreadable;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

pub use fetch::FoundItem;
pub(crate) use fetch::topics;
pub(crate) use held::{Held, each_term, held};
pub(crate) use lately::Record;
pub use lists::Listed;
pub use meetings::ListedMeeting;
pub(crate) use rows::{NO_DAY, NO_YEAR, Names, Row, SPOKE, SegmentRows, date};
pub(crate) use slots::{Brief, Slots, kind_counter};
pub(crate) use snapshot::{Snapshot, status};
pub use unreadable::Unreadable;

use crate::folder::{self, Current};
use crate::meaning::{self, Embedded, Meaning, Model};
use crate::schema::schema;
use crate::{IndexError, Results, Search};

/// How often, at most, a search looks whether the folder changed. Looking reads two small files.
const LOOK: Duration = Duration::from_millis(200);

/// An index that answers. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    dir: PathBuf,
    current: RwLock<Arc<Snapshot>>,
    watch: Mutex<Watch>,
}

/// What was last seen of the folder.
struct Watch {
    looked: Instant,
    stamp: Stamp,
    source: Source,
}

/// Tells one committed state from another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    current: Current,
    meta: Vec<u8>,
    /// Size and time of the vectors' file.
    vectors: Option<meaning::Stamp>,
}

/// The engine's side of one build.
struct Source {
    folder: String,
    reader: tantivy::IndexReader,
    interned: rows::Interned,
    segments: Vec<Arc<SegmentRows>>,
    /// Where there is a model.
    embedded: Option<Embedded>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked left whole values behind: they are replaced, never changed in place.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Index {
    /// Opens the index in a folder. Errors: nothing there, another format, damaged, not a folder.
    pub fn open(dir: impl AsRef<Path>) -> Result<Index, IndexError> {
        Self::open_with(dir.as_ref(), None)
    }

    /// Opens the index in a folder, to answer by meaning too with a model: the one its passages were embedded with.
    pub fn open_with_model(
        dir: impl AsRef<Path>,
        model: &Arc<dyn Model>,
    ) -> Result<Index, IndexError> {
        Self::open_with(dir.as_ref(), Some(model))
    }

    fn open_with(dir: &Path, model: Option<&Arc<dyn Model>>) -> Result<Index, IndexError> {
        // A rebuild may take away the build between reading its name and opening it: the next name is there then.
        let mut tries = 0;
        loop {
            match Self::open_once(dir, model) {
                Ok(index) => return Ok(index),
                Err(IndexError::Corrupt { .. }) if tries < 3 => tries += 1,
                Err(error) => return Err(error),
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn open_once(dir: &Path, model: Option<&Arc<dyn Model>>) -> Result<Index, IndexError> {
        let stamp = stamp(dir)?;
        let embedded = model.map(|model| Embedded::new(Arc::clone(model)));
        let mut source = Source::open(dir, &stamp.current, embedded)?;
        let snapshot = source.snapshot(dir)?;
        let watch = Watch { looked: Instant::now(), stamp, source };
        let shared = Shared {
            dir: dir.to_owned(),
            current: RwLock::new(Arc::new(snapshot)),
            watch: Mutex::new(watch),
        };
        Ok(Index { shared: Arc::new(shared) })
    }

    /// Answers a search. Any text gives an answer; errors are the index's own.
    pub fn search(&self, search: &Search) -> Result<Results, IndexError> {
        crate::engine::search(&self.snapshot(), search)
    }

    /// Every hit of a search, in its order, beyond what paging reaches. The words around each match are left out.
    pub fn scan(
        &self,
        search: &Search,
    ) -> Result<impl Iterator<Item = Result<crate::results::Hit, IndexError>> + use<>, IndexError>
    {
        crate::engine::scan(self.snapshot(), search)
    }

    /// Items like one, best first, itself and procedural ones left out. None for an unknown id.
    pub fn more_like(
        &self,
        id: &str,
        count: usize,
    ) -> Result<Vec<crate::results::Hit>, IndexError> {
        crate::engine::more_like(&self.snapshot(), id, count)
    }

    /// The newest committed state, looked for at most every [`LOOK`].
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        if let Ok(mut watch) = self.shared.watch.try_lock()
            && watch.looked.elapsed() >= LOOK
        {
            watch.looked = Instant::now();
            if let Err(error) = self.refresh(&mut watch) {
                // The state held goes on answering; the next look tries again.
                tracing::warn!(%error, "the index cannot be read again yet");
            }
        }
        Arc::clone(&self.shared.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what was committed, at once.
    pub fn reload(&self) -> Result<(), IndexError> {
        let mut watch = locked(&self.shared.watch);
        self.refresh(&mut watch)
    }

    fn refresh(&self, watch: &mut Watch) -> Result<(), IndexError> {
        let dir = &self.shared.dir;
        let stamp = stamp(dir)?;
        if stamp == watch.stamp {
            return Ok(());
        }
        if stamp.current.folder == watch.source.folder {
            watch.source.reader.reload().map_err(IndexError::engine(dir))?;
        } else {
            let embedded = watch.source.embedded.clone();
            watch.source = Source::open(dir, &stamp.current, embedded)?;
        }
        let snapshot = Arc::new(watch.source.snapshot(dir)?);
        *self.shared.current.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        watch.stamp = stamp;
        Ok(())
    }

    /// Counts up with each commit, over rebuilds too.
    pub fn generation(&self) -> u64 {
        self.snapshot().generation
    }

    /// How many of its items are embedded for the model it was opened with; none without.
    pub fn embedded(&self) -> usize {
        self.snapshot().meaning.as_ref().map_or(0, Meaning::items)
    }

    /// The folder it was opened from.
    pub fn dir(&self) -> &Path {
        &self.shared.dir
    }
}

fn stamp(dir: &Path) -> Result<Stamp, IndexError> {
    let current = folder::current(dir)?;
    let path = dir.join(&current.folder).join("meta.json");
    let meta = std::fs::read(&path).map_err(|e| IndexError::Corrupt {
        path: dir.to_owned(),
        what: format!("meta.json: {e}"),
    })?;
    Ok(Stamp { current, meta, vectors: meaning::stamp(dir) })
}

/// Opens the engine on one build; `dir` is named in errors.
pub(crate) fn open_engine(build: &Path, dir: &Path) -> Result<tantivy::Index, IndexError> {
    if !build.join("meta.json").exists() {
        let what = "its build is gone".to_owned();
        return Err(IndexError::Corrupt { path: dir.to_owned(), what });
    }
    let index = tantivy::Index::open_in_dir(build).map_err(IndexError::engine(dir))?;
    if index.schema() != schema().0 {
        let what = "its fields are not this program's".to_owned();
        return Err(IndexError::Corrupt { path: dir.to_owned(), what });
    }
    Ok(index)
}

/// Decoded blocks of stored records kept by each segment. Records are kept read (see `lately.rs`), and this much beside for
/// neighbours of what was read.
const STORE_BLOCKS: usize = 100;

impl Source {
    fn open(
        dir: &Path,
        current: &Current,
        embedded: Option<Embedded>,
    ) -> Result<Source, IndexError> {
        let index = open_engine(&dir.join(&current.folder), dir)?;
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()
            .map_err(IndexError::engine(dir))?;
        let folder = current.folder.clone();
        let interned = rows::Interned::default();
        Ok(Source { folder, reader, interned, segments: Vec::new(), embedded })
    }

    /// A commit and its own number: a commit may come between the one and the other being read, and what it holds must not be
    /// given out under the number of the next, or under the one before.
    fn searcher(&self, dir: &Path) -> Result<(tantivy::Searcher, u64), IndexError> {
        let failed = IndexError::engine(dir);
        loop {
            let searcher = self.reader.searcher();
            let meta = searcher.index().load_metas().map_err(&failed)?;
            let named = meta.segments.iter().map(|one| (one.id(), one.delete_opstamp()));
            if named.collect::<BTreeMap<_, _>>() == *searcher.generation().segments() {
                return Ok((searcher, held::generation(&meta)));
            }
            self.reader.reload().map_err(&failed)?;
        }
    }

    fn snapshot(&mut self, dir: &Path) -> Result<Snapshot, IndexError> {
        let (searcher, generation) = self.searcher(dir)?;
        let known = std::mem::take(&mut self.segments);
        for segment in searcher.segment_readers() {
            let kept = known.iter().find(|rows| rows.id == segment.segment_id());
            self.segments.push(match kept {
                Some(rows) => Arc::clone(rows),
                None => Arc::new(
                    SegmentRows::read(segment, &mut self.interned)
                        .map_err(IndexError::engine(dir))?,
                ),
            });
        }
        let segments = self.segments.clone();
        let mut snapshot = Snapshot::new(dir, searcher, generation, segments, &self.interned);
        if let Some(embedded) = &mut self.embedded {
            snapshot.meaning = Some(embedded.meaning(dir, &snapshot)?);
        }
        Ok(snapshot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Writer;

    #[test]
    fn what_is_held_has_the_number_of_its_own_commit() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::open_or_create(dir.path()).unwrap();
        let current = folder::current(dir.path()).unwrap();
        let mut source = Source::open(dir.path(), &current, None).unwrap();
        let held = source.snapshot(dir.path()).unwrap();
        assert_eq!((held.generation, held.coverage.meetings), (1, 0));
        // A commit between the engine being opened and its number being read.
        let meeting = minutebook_record::file::parse(MEETING, 1).unwrap();
        writer.put(&meeting, jiff::Timestamp::UNIX_EPOCH).unwrap();
        writer.commit().unwrap();
        let held = source.snapshot(dir.path()).unwrap();
        assert_eq!((held.generation, held.coverage.meetings), (2, 1));
    }

    const MEETING: &[u8] = br#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"A"},"date":null,"items":[]}"#;
}
