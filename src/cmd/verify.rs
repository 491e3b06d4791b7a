//! `minutebook verify`: every stored body is hashed again and compared.

use std::fmt::Write as _;

use anyhow::Result;
use minutebook_crawler::archive::Archive;

use super::{End, say};
use crate::folder::Folder;

/// Runs the command.
pub(super) fn run(folder: &Folder) -> Result<End> {
    let mut text = String::new();
    let mut end = End::Done;
    for path in folder.archives()? {
        let verified = Archive::open(&path)?.verify()?;
        let _ = writeln!(
            text,
            "{}: {} bodies, {} bytes, {} faults",
            path.display(),
            verified.bodies,
            verified.bytes,
            verified.faults.len()
        );
        for fault in &verified.faults {
            end = End::Failed;
            let _ = writeln!(text, "  {fault}");
        }
    }
    say(&text)?;
    Ok(end)
}
