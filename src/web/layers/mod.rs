//! What happens around every handler, from the outside in: log and count, headers, errors given their face, rate limit, entity tags.

pub(crate) mod caching;
pub(crate) mod errors;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod observe;
