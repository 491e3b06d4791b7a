//! What can be wrong with a record.

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The line is no JSON object of the record's shape.
    #[error("line {line}: not a record: {source}")]
    Shape {
        /// Line number, from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The record is of a format this program does not know.
    #[error(
        "line {line}: record format {found}, but this program reads up to {}; use a newer minutebook",
        crate::FORMAT
    )]
    Format {
        /// Line number, from 1.
        line: usize,
        /// The number found.
        found: u32,
    },
    /// A required value is empty.
    #[error(
        "line {line}: `{key}` is empty; a record needs format, site, id, committee.name, date, and each item's title and passages"
    )]
    Empty {
        /// Line number, from 1.
        line: usize,
        /// The key whose value is empty.
        key: &'static str,
    },
    /// The line could not be read or written at all.
    #[error("line {line}: {source}")]
    Io {
        /// Line number, from 1.
        line: usize,
        /// What the system said.
        source: std::io::Error,
    },
}
