//! Finding by meaning: passages as vectors of a language model, so that "home schooling" finds "elective home education".
//!
//! A [`Model`] makes vectors of texts; [`load`] reads one from a folder where the crate was built with the feature `semantic`.
//! Vectors are made by [`embed()`] after indexing, kept in one file beside the index (`vectors`) and compared with a query's
//! by a plain scan (`near`). Without a model nothing here runs, and no search changes.

#[cfg(feature = "semantic")]
mod bert;
mod embed;
mod near;
mod vectors;
mod windows;

use std::path::Path;
use std::sync::Arc;

pub use embed::embed;
pub(crate) use near::{Embedded, Meaning, Near};
pub(crate) use windows::Place;

use crate::IndexError;

/// Whether this build can load models.
pub const BUILT_IN: bool = cfg!(feature = "semantic");

/// Makes vectors of texts.
pub trait Model: Send + Sync {
    /// Tells this model from others: vectors of two models do not compare.
    fn fingerprint(&self) -> u64;

    /// Numbers in a vector.
    fn dimensions(&self) -> usize;

    /// The vector of a text, of length 1. Errors: what the model said.
    fn embed(&self, text: &str) -> Result<Vec<f32>, String>;
}

/// Loads a model from a folder with `config.json`, `tokenizer.json` and `model.safetensors` (a BERT, such as
/// `all-MiniLM-L6-v2`). Errors: the folder holds none, or this build cannot load any.
#[cfg(feature = "semantic")]
pub fn load(dir: &Path) -> Result<Arc<dyn Model>, IndexError> {
    bert::Bert::load(dir).map(|model| Arc::new(model) as Arc<dyn Model>)
}

/// Loads a model from a folder. This build cannot: it lacks the feature `semantic`.
#[cfg(not(feature = "semantic"))]
pub fn load(_dir: &Path) -> Result<Arc<dyn Model>, IndexError> {
    Err(IndexError::NoSemantic)
}

/// Size and time of a file.
pub(crate) type Stamp = (u64, std::time::SystemTime);

/// Size and time of a folder's vectors, which change when there are more.
pub(crate) fn stamp(dir: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(dir.join(vectors::FILE)).ok()?;
    Some((about.len(), about.modified().ok()?))
}

/// A number that stands for a text or other bytes: 64 bits of their SHA-256.
pub(crate) fn digest(bytes: impl AsRef<[u8]>) -> u64 {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(first)
}

#[cfg(test)]
mod tests;
