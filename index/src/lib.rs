//! The search engine: records in, `Search` values answered with `Results` values.
//!
//! tantivy's types stay inside this crate. It knows nothing of HTTP, HTML or sites.

pub mod results;
pub mod search;

pub use results::Results;
pub use search::Search;
