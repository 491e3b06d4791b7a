//! What happens around every handler, from the outside in: log and count, headers, errors given their face, rate limit, entity tags.

pub mod caching;
pub mod errors;
pub mod guard;
pub mod headers;
pub mod observe;
