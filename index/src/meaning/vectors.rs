//! The vectors of an index, in one file: `meaning.bin` in the index folder, outside of the builds, so that a rebuild embeds only
//! what is new.
//!
//! The file is a head and blocks, one for each item embedded, each with a check; an item's last block counts. It is only appended
//! to, so a writer that dies leaves at most a torn last block, which nobody reads; what follows a damaged block is made anew. A
//! file of mostly dead blocks is written anew and renamed. All numbers are little-endian; each vector is 8-bit integers with one scale.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::{Place, digest};
use crate::IndexError;

/// The file's name in the index folder.
pub(crate) const FILE: &str = "meaning.bin";
/// What the file begins with; the last letter is the format's number.
const MAGIC: &[u8; 8] = b"mbmeans1";
const HEAD: usize = 20;
/// Bytes of a block beside its entries: check, item, count.
const BLOCK: usize = 24;
const CHECK: usize = 8;
const ENTRY: usize = 20;

/// One window's vector.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// Digest of the window's text: the same text has the same vector.
    pub(crate) text: u64,
    /// Where in the item it stands.
    pub(crate) place: Place,
    /// What each number is multiplied with.
    pub(crate) scale: f32,
    /// The vector.
    pub(crate) numbers: Vec<i8>,
}

/// Everything in a file, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Vectors {
    /// The model's fingerprint.
    pub(crate) model: u64,
    /// Numbers in a vector.
    pub(crate) dimensions: usize,
    /// A block for each item, by digest of its id.
    pub(crate) items: HashMap<u64, Vec<Entry>>,
    /// Blocks in the file that a later one replaced.
    pub(crate) dead: usize,
    /// Bytes of the file that are whole.
    whole: u64,
}

impl Vectors {
    /// None yet, for a model.
    pub(crate) fn empty(model: u64, dimensions: usize) -> Self {
        Self { model, dimensions, ..Self::default() }
    }

    /// Reads the file of an index folder; none where there is no file or it is not one of ours. What is damaged is told and left out.
    pub(crate) fn read(dir: &Path) -> Result<Option<Vectors>, IndexError> {
        let path = dir.join(FILE);
        match fs::read(&path) {
            Ok(bytes) => {
                let vectors = Self::parse(&bytes);
                let whole = vectors.as_ref().map_or(0, |vectors| vectors.whole);
                let wrong = match bytes.len() as u64 - whole {
                    _ if vectors.is_none() => "this is no file of vectors".to_owned(),
                    left => format!("the last {left} bytes are damaged or not written to the end"),
                };
                if whole < bytes.len() as u64 {
                    let path = path.display();
                    tracing::warn!("{path}: {wrong}; `minutebook index --semantic` makes it anew");
                }
                Ok(vectors)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IndexError::io(&path)(error)),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Vectors> {
        let mut at = Bytes(bytes);
        if at.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let model = at.u64()?;
        let dimensions = usize::try_from(at.u32()?).ok()?;
        let mut vectors = Vectors::empty(model, dimensions);
        vectors.whole = (bytes.len() - at.0.len()) as u64;
        while let Some((item, entries)) = block(&mut at, dimensions) {
            vectors.dead += usize::from(vectors.items.insert(item, entries).is_some());
            vectors.whole = (bytes.len() - at.0.len()) as u64;
        }
        Some(vectors)
    }

    /// Appends blocks to the file of an index folder, beginning one where there is none.
    pub(crate) fn append(
        &mut self,
        dir: &Path,
        blocks: Vec<(u64, Vec<Entry>)>,
    ) -> Result<(), IndexError> {
        let path = dir.join(FILE);
        let mut bytes = Vec::new();
        if self.whole == 0 {
            bytes.extend(self.head());
        }
        for (item, entries) in &blocks {
            put_block(&mut bytes, *item, entries);
        }
        let wrote = File::options().create(true).truncate(false).write(true).open(&path).and_then(
            |mut file| {
                use std::io::{Seek, SeekFrom};
                // What a writer that died left behind the last whole block goes.
                file.set_len(self.whole)?;
                file.seek(SeekFrom::End(0))?;
                file.write_all(&bytes)
            },
        );
        wrote.map_err(IndexError::io(&path))?;
        self.whole += bytes.len() as u64;
        for (item, entries) in blocks {
            self.dead += usize::from(self.items.insert(item, entries).is_some());
        }
        Ok(())
    }

    /// Forgets items that `keep` does not want, and writes the file anew where most of it is dead.
    pub(crate) fn tidy(
        &mut self,
        dir: &Path,
        keep: impl Fn(u64) -> bool,
    ) -> Result<(), IndexError> {
        let before = self.items.len();
        self.items.retain(|item, _| keep(*item));
        self.dead += before - self.items.len();
        if self.dead <= self.items.len() {
            return Ok(());
        }
        let path = dir.join(FILE);
        let aside = dir.join("meaning.bin.new");
        let mut bytes = self.head();
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort_unstable_by_key(|(item, _)| **item);
        for (item, entries) in items {
            put_block(&mut bytes, *item, entries);
        }
        let wrote = File::create(&aside).and_then(|mut file| {
            file.write_all(&bytes)?;
            // Its name must not come to stand for less than the whole.
            file.sync_all()
        });
        wrote.map_err(IndexError::io(&aside))?;
        fs::rename(&aside, &path).map_err(IndexError::io(&path))?;
        self.whole = bytes.len() as u64;
        self.dead = 0;
        Ok(())
    }

    fn head(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD);
        bytes.extend(MAGIC);
        bytes.extend(self.model.to_le_bytes());
        bytes.extend(u32::try_from(self.dimensions).unwrap_or_default().to_le_bytes());
        bytes
    }
}

fn put_block(bytes: &mut Vec<u8>, item: u64, entries: &[Entry]) {
    bytes.reserve(BLOCK + entries.len() * (ENTRY + entries.first().map_or(0, |e| e.numbers.len())));
    let start = bytes.len();
    bytes.extend([0; CHECK]);
    bytes.extend(item.to_le_bytes());
    bytes.extend((entries.len() as u64).to_le_bytes());
    for entry in entries {
        bytes.extend(entry.text.to_le_bytes());
        for number in [entry.place.first, entry.place.last, entry.place.skip, 0] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(entry.scale.to_le_bytes());
        bytes.extend(entry.numbers.iter().map(|number| number.cast_unsigned()));
    }
    let check = digest(&bytes[start + CHECK..]);
    bytes[start..start + CHECK].copy_from_slice(&check.to_le_bytes());
}

/// The next block; none where there is no whole one, or not as it was written.
fn block(at: &mut Bytes<'_>, dimensions: usize) -> Option<(u64, Vec<Entry>)> {
    let mut ahead = Bytes(at.0);
    let check = ahead.u64()?;
    let checked = ahead.0;
    let item = ahead.u64()?;
    let count = usize::try_from(ahead.u64()?).ok()?;
    // A torn or foreign block may claim any count, and a foreign head any number of dimensions.
    if ahead.0.len() / ENTRY.checked_add(dimensions)? < count {
        return None;
    }
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let text = ahead.u64()?;
        let place = Place { first: ahead.u16()?, last: ahead.u16()?, skip: ahead.u16()? };
        ahead.u16()?;
        let scale = f32::from_bits(ahead.u32()?);
        let numbers = ahead.take(dimensions)?.iter().map(|byte| byte.cast_signed()).collect();
        entries.push(Entry { text, place, scale, numbers });
    }
    if digest(&checked[..checked.len() - ahead.0.len()]) != check {
        return None;
    }
    *at = ahead;
    Some((item, entries))
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(count)?;
        self.0 = left;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}

/// A vector as 8-bit integers and their scale.
pub(crate) fn shrink(vector: &[f32]) -> (f32, Vec<i8>) {
    let most = vector.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    if most <= 0.0 || !most.is_finite() {
        return (0.0, vec![0; vector.len()]);
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 127 by its scale")]
    let numbers = vector.iter().map(|number| (number / most * 127.0).round() as i8).collect();
    (most / 127.0, numbers)
}

/// A query's vector as integers of 12 bits, so that a product of some thousand numbers with 8-bit ones fits 32 bits.
pub(crate) fn shrink_wide(vector: &[f32]) -> (f32, Vec<i16>) {
    const MOST: f32 = 2047.0;
    let most = vector.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    if most <= 0.0 || !most.is_finite() {
        return (0.0, vec![0; vector.len()]);
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 2047 by its scale")]
    let numbers = vector.iter().map(|number| (number / most * MOST).round() as i16).collect();
    (most / MOST, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: u64, fill: i8) -> Entry {
        let place = Place { first: 1, last: 2, skip: 110 };
        Entry { text, place, scale: 0.25, numbers: vec![fill; 3] }
    }

    fn read(dir: &Path) -> Vectors {
        Vectors::read(dir).unwrap().unwrap()
    }

    #[test]
    fn what_was_appended_is_read_and_the_last_block_counts() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Vectors::read(dir.path()).unwrap(), None);
        let mut vectors = Vectors::empty(9, 3);
        vectors.append(dir.path(), vec![(1, vec![entry(10, -128), entry(11, 127)])]).unwrap();
        vectors.append(dir.path(), vec![(2, vec![])]).unwrap();
        vectors.append(dir.path(), vec![(1, vec![entry(10, 5)])]).unwrap();
        let mut back = read(dir.path());
        assert_eq!(back, vectors);
        assert_eq!((back.model, back.dimensions, back.dead), (9, 3, 1));
        assert_eq!(back.items[&1], [entry(10, 5)]);
        back.append(dir.path(), vec![(3, vec![entry(12, 1)])]).unwrap();
        assert_eq!(read(dir.path()).items.len(), 3);
    }

    #[test]
    fn a_torn_end_is_left_out_and_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let mut vectors = Vectors::empty(9, 3);
        vectors.append(dir.path(), vec![(1, vec![entry(10, 1)])]).unwrap();
        vectors.append(dir.path(), vec![(2, vec![entry(20, 2)])]).unwrap();
        let path = dir.path().join(FILE);
        let whole = fs::read(&path).unwrap();
        for end in 0..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            let Some(mut torn) = Vectors::read(dir.path()).unwrap() else {
                assert!(end < HEAD);
                continue;
            };
            assert!(torn.items.len() < 2);
            torn.append(dir.path(), vec![(3, vec![entry(30, 3)])]).unwrap();
            assert_eq!(read(dir.path()).items, torn.items, "cut at {end}");
        }
        fs::write(&path, "no vectors at all, but a text").unwrap();
        assert_eq!(Vectors::read(dir.path()).unwrap(), None);
    }

    #[test]
    fn a_changed_byte_is_noticed_and_costs_what_follows_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut vectors = Vectors::empty(9, 3);
        for item in 0..3 {
            let blocks = vec![(item, vec![entry(item, 1), entry(item + 10, 2)])];
            vectors.append(dir.path(), blocks).unwrap();
        }
        let path = dir.path().join(FILE);
        let whole = fs::read(&path).unwrap();
        let size = (whole.len() - HEAD) / 3;
        for at in 0..whole.len() {
            for bit in [1, 128] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                let read = Vectors::parse(&bytes);
                // Of the head, the magic is ours and the model is compared; other dimensions make no block whole.
                let left = match at {
                    0..8 => None,
                    8..16 => Some(3),
                    16..HEAD => Some(0),
                    _ => Some((at - HEAD) / size),
                };
                assert_eq!(read.as_ref().map(|read| read.items.len()), left, "byte {at}");
                assert!(read.is_none_or(|read| read != vectors), "byte {at}");
            }
        }
        let mut bytes = whole.clone();
        bytes[HEAD + size + 30] ^= 4;
        fs::write(&path, bytes).unwrap();
        let mut damaged = read(dir.path());
        damaged.append(dir.path(), vec![(1, vec![entry(1, 1), entry(11, 2)])]).unwrap();
        assert_eq!(read(dir.path()).items.keys().max(), Some(&1));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes: Vec<u8>, ours: bool) {
            let mut all = if ours { Vectors::empty(9, 3).head() } else { Vec::new() };
            all.extend(bytes);
            let read = Vectors::parse(&all);
            proptest::prop_assert!(read.is_none_or(|read| read.items.is_empty()));
        }
    }

    #[test]
    fn dead_blocks_are_cleared_away() {
        let dir = tempfile::tempdir().unwrap();
        let mut vectors = Vectors::empty(9, 3);
        for item in 0..4 {
            vectors.append(dir.path(), vec![(item, vec![entry(item, 1)])]).unwrap();
        }
        let size = || fs::metadata(dir.path().join(FILE)).unwrap().len();
        let before = size();
        vectors.tidy(dir.path(), |item| item != 0).unwrap();
        assert_eq!(size(), before, "one dead of four may stay");
        vectors.tidy(dir.path(), |item| item == 3).unwrap();
        assert!(size() < before);
        assert_eq!(read(dir.path()).items.keys().collect::<Vec<_>>(), [&3]);
        vectors.append(dir.path(), vec![(8, vec![entry(8, 1)])]).unwrap();
        assert_eq!(read(dir.path()).items.len(), 2);
    }

    #[test]
    fn shrinking_keeps_the_angle() {
        let vector: Vec<f32> = (0_u8..100).map(|n| (f32::from(n) * 0.7).sin() / 7.0).collect();
        let (scale, numbers) = shrink(&vector);
        for (number, small) in vector.iter().zip(&numbers) {
            assert!((number - f32::from(*small) * scale).abs() <= scale);
        }
        assert_eq!(shrink(&[0.0, 0.0]), (0.0, vec![0, 0]));
        assert_eq!(shrink(&[f32::INFINITY, 1.0]).1, [0, 0]);
    }
}
