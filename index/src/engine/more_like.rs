//! Items like one.

use crate::IndexError;
use crate::reader::Snapshot;
use crate::results::Hit;

/// Items like the one named, best first.
pub(crate) fn more_like(
    snapshot: &Snapshot,
    id: &str,
    _count: usize,
) -> Result<Vec<Hit>, IndexError> {
    let Some(_address) = snapshot.address(id)? else { return Ok(Vec::new()) };
    Ok(Vec::new())
}
