//! The search engine: records in, `Search` values answered with `Results` values.
//!
//! [`Writer`] puts meetings into an index folder, [`Index`] answers from it. tantivy's types stay inside this crate. It knows
//! nothing of HTTP, HTML or sites.

pub mod analysis;
mod engine;
mod error;
mod folder;
pub mod meaning;
pub mod query;
mod reader;
pub mod results;
mod schema;
pub mod search;
mod snippet;
mod wanted;
mod writer;

pub use error::IndexError;
pub use reader::{FoundItem, Index, Listed, ListedMeeting, Unreadable};
pub use results::Results;
pub use search::Search;
pub use snippet::Marker;
pub use wanted::{is_given_up, unless};
pub use writer::{Put, Writer};
