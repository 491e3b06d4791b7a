//! Packing bodies: zstd, with a dictionary made of the site's own earlier bodies.
//!
//! Pages of one site share their template: what repeats from page to page is most of a small page. A dictionary of a few whole
//! bodies of each kind packs a page to a fraction of what it packs to alone (measured in `benches/archive.rs`).

use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::ArchiveError;

/// zstd level. 9 packs 6 % better than 3 on our pages at about a millisecond each; beyond it little is won.
const LEVEL: i32 = 9;
/// Bodies above this are packed alone: a dictionary wins nothing there.
const DICTIONARY_LIMIT: usize = 512 * 1024;
/// Bytes taken of one body for a dictionary.
pub(super) const SAMPLE: usize = 24 * 1024;
/// Bytes of a dictionary.
pub(super) const DICTIONARY: usize = 96 * 1024;
/// A body that claims to unpack to more than this is damage, not a page.
const UNPACKED_LIMIT: usize = 1 << 30;

/// SHA-256 of a body.
pub(crate) fn hash(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// A hash as lower-case hex.
pub(crate) fn hex(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Whether a body of this size and look is packed with a dictionary.
pub(super) fn wants_dictionary(body: &[u8]) -> bool {
    body.len() <= DICTIONARY_LIMIT && !body.starts_with(b"%PDF")
}

/// Packs a body; an empty dictionary means none.
pub(super) fn pack(path: &Path, body: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let packed = if dictionary.is_empty() {
        zstd::bulk::compress(body, LEVEL)
    } else {
        zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary)
            .and_then(|mut c| c.compress(body))
    };
    packed.map_err(|source| ArchiveError::Io { path: path.to_path_buf(), source })
}

/// Unpacks a body of `size` bytes.
pub(super) fn unpack(
    path: &Path,
    packed: &[u8],
    size: usize,
    dictionary: &[u8],
) -> Result<Vec<u8>, ArchiveError> {
    let corrupt = |detail: String| ArchiveError::Corrupt { path: path.to_path_buf(), detail };
    if size > UNPACKED_LIMIT {
        return Err(corrupt(format!("a body claims {size} bytes")));
    }
    let body = if dictionary.is_empty() {
        zstd::bulk::decompress(packed, size)
    } else {
        zstd::bulk::Decompressor::with_dictionary(dictionary)
            .and_then(|mut d| d.decompress(packed, size))
    };
    let body = body.map_err(|error| corrupt(format!("a body does not unpack: {error}")))?;
    if body.len() == size {
        Ok(body)
    } else {
        Err(corrupt(format!("a body has {} bytes instead of {size}", body.len())))
    }
}
