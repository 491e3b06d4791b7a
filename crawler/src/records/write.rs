//! Records into a file, ordered by committee, day and identifier. Written beside it and moved into place whole, so that a reader never
//! sees half of it and a stopped extraction leaves the old one.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Held, Means, Progress, each};

/// What can go wrong in writing records.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The archive could not be read.
    #[error("cannot read the archive: {0}")]
    Held(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file could not be written.
    #[error("cannot write {}: {source}; check that the folder exists and has room", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A record could not be made into a line.
    #[error("cannot write a record to {}: {source}", path.display())]
    Record {
        /// Which file.
        path: PathBuf,
        /// What the format said.
        source: minutebook_record::RecordError,
    },
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Meetings.
    pub meetings: usize,
    /// Items in them.
    pub items: usize,
    /// Doubts about them.
    pub doubts: usize,
    /// Pages read.
    pub pages: usize,
}

/// Where a meeting's line stands, and where it belongs.
struct Line {
    order: (String, Option<Date>, String),
    from: u64,
    len: u64,
}

/// Writes the records of a site to a file. `report` hears of each meeting.
pub fn write<H>(
    site: &str,
    held: &H,
    means: Means<'_>,
    path: &Path,
    mut report: impl FnMut(Progress),
) -> Result<Written, RecordsError>
where
    H: Held,
    H::Error: std::error::Error + Send + Sync + 'static,
{
    let unsorted = beside(path, "unsorted");
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| RecordsError::Io { path, source }
    };
    let mut to = BufWriter::new(File::create(&unsorted).map_err(io(&unsorted))?);
    let mut lines: Vec<Line> = Vec::new();
    let mut written = Written::default();
    let mut at = 0_u64;
    let mut buffer = Vec::new();
    let progress = each(site, held, means, |meeting, progress| -> Result<(), Failed<H::Error>> {
        buffer.clear();
        minutebook_record::file::write(&meeting, &mut buffer).map_err(|source| {
            Failed::Own(RecordsError::Record { path: unsorted.clone(), source })
        })?;
        to.write_all(&buffer).map_err(|e| Failed::Own(io(&unsorted)(e)))?;
        let len = buffer.len() as u64;
        let order = (meeting.committee.slug_or_derived(), meeting.date, meeting.id.clone());
        lines.push(Line { order, from: at, len });
        at += len;
        written.meetings += 1;
        written.items += meeting.items.len();
        let of_items: usize = meeting.items.iter().map(|item| item.doubts.len()).sum();
        written.doubts += meeting.doubts.len() + of_items;
        report(progress);
        Ok(())
    })
    .map_err(Failed::into_error)?;
    written.pages = progress.pages;
    to.flush().map_err(io(&unsorted))?;
    drop(to);
    lines.sort_by(|a, b| a.order.cmp(&b.order));
    let whole = beside(path, "part");
    let mut from = BufReader::new(File::open(&unsorted).map_err(io(&unsorted))?);
    let mut to = BufWriter::new(File::create(&whole).map_err(io(&whole))?);
    for line in &lines {
        from.seek(SeekFrom::Start(line.from)).map_err(io(&unsorted))?;
        std::io::copy(&mut from.by_ref().take(line.len), &mut to).map_err(io(&whole))?;
    }
    to.flush().map_err(io(&whole))?;
    // On the disk before it takes the old file's name.
    to.get_ref().sync_all().map_err(io(&whole))?;
    drop((from, to));
    std::fs::remove_file(&unsorted).map_err(io(&unsorted))?;
    std::fs::rename(&whole, path).map_err(io(path))?;
    Ok(written)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(end);
    path.with_file_name(name)
}

/// An error of the archive or of the writing, told apart until the archive's type is forgotten.
enum Failed<E> {
    Held(E),
    Own(RecordsError),
}

impl<E> From<E> for Failed<E> {
    fn from(error: E) -> Self {
        Failed::Held(error)
    }
}

impl<E: std::error::Error + Send + Sync + 'static> Failed<E> {
    fn into_error(self) -> RecordsError {
        match self {
            Failed::Held(error) => RecordsError::Held(Box::new(error)),
            Failed::Own(error) => error,
        }
    }
}
