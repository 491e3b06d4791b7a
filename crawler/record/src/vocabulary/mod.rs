//! Vocabularies: what council words mean, shipped as data files and loaded once.
//!
//! Topics live in `vocabulary/topics/*.toml`; the titles of procedural items in `vocabulary/procedural.toml`.
//! Reading them at build time keeps this crate free of files.

mod procedural;
pub mod roles;
mod shipped;
mod topics;

pub use procedural::Procedural;
pub use roles::Roles;
pub use topics::{Topic, TopicAcronym, Topics, VocabularyError};
