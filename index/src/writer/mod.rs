//! Putting meetings into an index.
//!
//! A meeting put twice is a meeting put once; one whose record has not changed is left alone. Changes are seen by readers
//! after [`Writer::commit`]. A rebuild fills a new folder and becomes current with its first commit.

mod batch;
mod document;
mod stored;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use minutebook_record::Meeting;
use tantivy::indexer::IndexWriter;
use tantivy::schema::Term;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, TantivyDocument};

pub(crate) use document::{day_number, is_voice, kind_bit, unread};
pub(crate) use stored::Head;

use crate::schema::{Fields, put, schema};
use crate::{IndexError, folder, reader};

/// Memory and threads of the engine's own indexing, which has nothing to do: segments come to it written, see [`batch`].
const MEMORY: usize = 15_000_000;
const THREADS: usize = 1;
/// Size of the blocks of stored records, in bytes. Records of a council are alike: of 37.5 MB of them 4 KiB blocks leave 10.2,
/// 8 KiB 8.3, 16 KiB 7.0; of 100,000 passages 16 KiB leave 9.3 and 32 KiB 7.9. Larger ones take longer to read, which the records
/// kept in memory make up for.
const BLOCK: usize = 32_768;
/// zstd's level for stored records: 6 takes three times as long for 6 % less.
const LEVEL: i32 = 3;

/// What came of putting a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    Added,
    /// It replaced an older record.
    Changed,
    /// The same record is held already.
    Same,
}

/// Writes to an index. One at a time, over all processes.
pub struct Writer {
    dir: PathBuf,
    build: String,
    rebuilding: bool,
    engine: IndexWriter<TantivyDocument>,
    /// What was put and is not yet written out.
    batch: Option<batch::Batch>,
    /// What was taken out since the last commit, see [`put`].
    taken: HashSet<String>,
    fields: Fields,
    /// Hash of each meeting held.
    held: HashMap<String, u64>,
    /// When items were first seen, by id.
    seen: HashMap<String, i64>,
    generation: u64,
    analysis: document::Analysis,
    // Last, so that it is let go after the engine.
    _lock: folder::Lock,
}

impl Writer {
    /// Opens the index in a folder, or begins one.
    pub fn open_or_create(dir: impl AsRef<Path>) -> Result<Writer, IndexError> {
        let dir = dir.as_ref();
        folder::make(dir)?;
        let lock = folder::lock(dir)?;
        match folder::current(dir) {
            Ok(current) => {
                let index = reader::open_engine(&dir.join(&current.folder), dir)?;
                let held = reader::held(&index, dir)?;
                Self::new(dir, lock, current.folder, false, &index, held)
            }
            Err(IndexError::Absent(_)) => Self::begin(dir, lock, reader::Held::default(), false),
            Err(error) => Err(error),
        }
    }

    /// Begins a new build beside the current one, if any; the first commit makes it the current one. When items were first
    /// seen is carried over from an index that can still be read.
    pub fn rebuild(dir: impl AsRef<Path>) -> Result<Writer, IndexError> {
        let dir = dir.as_ref();
        folder::make(dir)?;
        let lock = folder::lock(dir)?;
        let old = folder::current(dir)
            .and_then(|current| reader::open_engine(&dir.join(&current.folder), dir))
            .and_then(|index| reader::held(&index, dir))
            .map_err(|error| tracing::debug!(%error, "nothing is carried over"))
            .unwrap_or_default();
        let carried = reader::Held { hashes: HashMap::new(), ..old };
        Self::begin(dir, lock, carried, true)
    }

    fn begin(
        dir: &Path,
        lock: folder::Lock,
        held: reader::Held,
        rebuilding: bool,
    ) -> Result<Writer, IndexError> {
        let build = folder::fresh(dir);
        let path = dir.join(&build);
        std::fs::create_dir_all(&path).map_err(IndexError::io(&path))?;
        let settings = IndexSettings {
            docstore_blocksize: BLOCK,
            docstore_compression: Compressor::Zstd(ZstdCompressor {
                compression_level: Some(LEVEL),
            }),
            ..IndexSettings::default()
        };
        let index = tantivy::Index::builder()
            .schema(schema().0)
            .settings(settings)
            .create_in_dir(&path)
            .map_err(IndexError::engine(dir))?;
        let mut writer = Self::new(dir, lock, build, rebuilding, &index, held)?;
        if !rebuilding {
            // An index without meetings is an index: it answers, and says that it holds nothing.
            writer.rebuilding = true;
            writer.commit()?;
        }
        Ok(writer)
    }

    fn new(
        dir: &Path,
        lock: folder::Lock,
        build: String,
        rebuilding: bool,
        index: &tantivy::Index,
        held: reader::Held,
    ) -> Result<Writer, IndexError> {
        let engine =
            index.writer_with_num_threads(THREADS, MEMORY).map_err(IndexError::engine(dir))?;
        let reader::Held { hashes, seen, generation } = held;
        let fields = schema().1;
        Ok(Writer {
            dir: dir.to_owned(),
            build,
            rebuilding,
            engine,
            batch: None,
            taken: HashSet::new(),
            fields,
            held: hashes,
            seen,
            generation,
            analysis: document::Analysis::default(),
            _lock: lock,
        })
    }

    /// Puts a meeting. `now` counts as the time its items were first seen where neither record nor index know better.
    pub fn put(&mut self, meeting: &Meeting, now: Timestamp) -> Result<Put, IndexError> {
        let record = |source| IndexError::Record { id: meeting.id.clone(), source };
        let stored = stored::Stored::of(meeting).map_err(record)?;
        let hash = stored.hash;
        let done = match self.held.get(&meeting.id) {
            Some(held) if *held == hash => return Ok(Put::Same),
            Some(held) => {
                self.take(&meeting.id, *held)?;
                Put::Changed
            }
            None => Put::Added,
        };
        if self.taken.contains(&put(&meeting.id, hash)) {
            // What is still to be taken out of older segments would take this out too.
            self.publish()?;
        }
        let failed = IndexError::engine(&self.dir);
        let batch = match &mut self.batch {
            Some(batch) => batch,
            none => none.insert(batch::Batch::new(&self.engine, &self.fields).map_err(&failed)?),
        };
        let seen = |id: &str| self.seen.get(id).copied();
        document::add(batch, &self.fields, meeting, &stored, now, seen, &mut self.analysis)
            .map_err(failed)?;
        let full = batch.is_full();
        self.held.insert(meeting.id.clone(), hash);
        if full {
            self.write_out()?;
        }
        Ok(done)
    }

    /// Takes a meeting out; true if it was there.
    pub fn remove(&mut self, meeting: &str) -> Result<bool, IndexError> {
        let Some(hash) = self.held.get(meeting).copied() else { return Ok(false) };
        self.take(meeting, hash)?;
        Ok(self.held.remove(meeting).is_some())
    }

    /// Takes out every meeting for which `keep` says no, by id; how many that were.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) -> Result<usize, IndexError> {
        let gone: Vec<String> = self.held.keys().filter(|id| !keep(id)).cloned().collect();
        for id in &gone {
            self.remove(id)?;
        }
        Ok(gone.len())
    }

    /// Takes out everything of one site, by its base address as it stands in the records.
    pub fn remove_site(&mut self, site: &str) -> Result<(), IndexError> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.write_out()?;
        self.engine.delete_term(Term::from_field_text(self.fields.site, site));
        // Which meetings that were is only known once it is done.
        self.commit()?;
        let index = self.engine.index().clone();
        self.held = reader::held(&index, &self.dir)?.hashes;
        Ok(())
    }

    /// Ids of the meetings held, with what was put and not yet committed.
    pub fn meetings(&self) -> impl Iterator<Item = &str> {
        self.held.keys().map(String::as_str)
    }

    /// Lets readers see everything put so far.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.generation += 1;
        self.publish()?;
        if self.rebuilding {
            folder::switch(&self.dir, &self.build)?;
            folder::remove_others(&self.dir, &self.build);
            self.rebuilding = false;
        }
        Ok(())
    }

    /// Commits and brings all segments into one, which answers fastest: for after a rebuild or a large change.
    pub fn finish(mut self) -> Result<(), IndexError> {
        let failed = IndexError::engine(&self.dir);
        if self.rebuilding {
            // Merged before anybody reads it.
            self.publish()?;
            self.merge()?;
        }
        self.commit()?;
        self.merge()?;
        self.engine.wait_merging_threads().map_err(failed)
    }

    fn merge(&mut self) -> Result<(), IndexError> {
        let failed = IndexError::engine(&self.dir);
        let metas = self.engine.index().searchable_segment_metas().map_err(&failed)?;
        // What was taken out is still there to be read until its segment is written anew.
        let taken_out = metas.iter().any(|segment| segment.num_deleted_docs() > 0);
        if metas.len() > 1 || taken_out {
            let segments: Vec<_> = metas.iter().map(tantivy::SegmentMeta::id).collect();
            self.engine.merge(&segments).wait().map_err(&failed)?;
            self.engine.garbage_collect_files().wait().map_err(&failed)?;
        }
        Ok(())
    }

    /// Hands everything put so far to the engine for good.
    fn publish(&mut self) -> Result<(), IndexError> {
        self.write_out()?;
        let failed = IndexError::engine(&self.dir);
        let mut prepared = self.engine.prepare_commit().map_err(&failed)?;
        prepared.set_payload(&self.generation.to_string());
        prepared.commit().map_err(failed)?;
        self.taken.clear();
        Ok(())
    }

    fn write_out(&mut self) -> Result<(), IndexError> {
        match self.batch.take() {
            Some(batch) => batch.write(&self.engine).map_err(IndexError::engine(&self.dir)),
            None => Ok(()),
        }
    }

    /// Takes out what was put of a meeting with this hash.
    fn take(&mut self, meeting: &str, hash: u64) -> Result<(), IndexError> {
        if self.batch.as_ref().is_some_and(|batch| batch.holds(meeting)) {
            self.write_out()?;
        }
        let put = put(meeting, hash);
        self.engine.delete_term(Term::from_field_text(self.fields.meeting, &put));
        self.taken.insert(put);
        Ok(())
    }
}
