//! The difficulties planted in the sample, each with its place, so that tests can assert on them one by one.

/// Where a trap lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A path and query.
    Address(&'static str),
    /// An ordinary meeting's number.
    Meeting(u32),
    /// A number of the older archive.
    Archived(u32),
    /// A committee's number.
    Committee(u32),
}

/// One planted difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trap {
    /// A short name.
    pub name: &'static str,
    /// Where it lies.
    pub at: Place,
    /// Words or mark-up that must be in the bytes served there.
    pub shows: &'static str,
}

/// All planted difficulties.
pub const TRAPS: &[Trap] = &[];
