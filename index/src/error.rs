//! What can go wrong with an index.

use std::path::{Path, PathBuf};

/// Why an index cannot be used. Every message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("{}: no index here yet; run `minutebook index`", .0.display())]
    Absent(PathBuf),
    /// The path is a file.
    #[error("{}: not a folder; the index wants a folder of its own", .0.display())]
    NotFolder(PathBuf),
    /// The index was built by a program with another format.
    #[error("{}: index format {found}, but this program uses {expected}; run `minutebook index --rebuild`", .path.display())]
    Format {
        /// The index folder.
        path: PathBuf,
        /// The number found.
        found: u32,
        /// The number this program writes.
        expected: u32,
    },
    /// The files are not what they should be.
    #[error("{}: the index is damaged ({what}); run `minutebook index --rebuild`", .path.display())]
    Corrupt {
        /// The index folder.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Another process writes to the index.
    #[error("{}: in use by another process; wait until it is done", .0.display())]
    Busy(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A record could not be turned into bytes.
    #[error("meeting {id}: cannot be stored: {source}")]
    Record {
        /// The meeting's id.
        id: String,
        /// What the serializer said.
        source: serde_json::Error,
    },
    /// A model was given to a build that cannot load any.
    #[error("this build cannot search by meaning: it was made without the feature `semantic`")]
    NoSemantic,
    /// A file of a model is not what it should be.
    #[error("{}: {what}; a model's folder holds config.json, tokenizer.json and model.safetensors of one BERT", .path.display())]
    ModelFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The model failed on a text.
    #[error("the model failed: {0}")]
    Model(String),
    /// Whoever asked has gone; see [`crate::unless`].
    #[error("nobody waits for this answer any more")]
    Unwanted,
    /// The engine failed.
    #[error("{}: {what}", .path.display())]
    Engine {
        /// The index folder.
        path: PathBuf,
        /// What it said.
        what: String,
    },
}

impl IndexError {
    /// An input or output error at a path.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> IndexError + use<> {
        let path = path.to_owned();
        move |source| IndexError::Io { path, source }
    }

    /// An engine's error at a path: damage is told apart from the rest.
    pub(crate) fn engine(path: &Path) -> impl Fn(tantivy::TantivyError) -> IndexError + use<> {
        use tantivy::TantivyError as E;
        let path = path.to_owned();
        move |error| match error {
            E::LockFailure(..) => IndexError::Busy(path.clone()),
            E::DataCorruption(_)
            | E::IncompatibleIndex(_)
            | E::SchemaError(_)
            | E::FieldNotFound(_)
            | E::OpenReadError(_)
            | E::DeserializeError(_) => {
                IndexError::Corrupt { path: path.clone(), what: error.to_string() }
            }
            E::IoError(source) => IndexError::Io {
                path: path.clone(),
                source: std::io::Error::new(source.kind(), source.to_string()),
            },
            error => IndexError::Engine { path: path.clone(), what: error.to_string() },
        }
    }
}
