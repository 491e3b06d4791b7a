//! `minutebook import`: saved pages (folders, `wget` mirrors, hand-saved pages, WARC) to a site's archive.

use std::collections::BTreeMap;

use anyhow::Result;
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::import;

use super::{End, UsageError};
use crate::cli::ImportArgs;
use crate::clock;
use crate::folder::Folder;
use crate::pipeline::COUNCIL;

/// Runs the command.
pub(super) fn run(folder: &Folder, args: &ImportArgs) -> Result<End> {
    let base = Base::parse(&args.site).map_err(|error| {
        UsageError(format!("--site {} is no base address of a site: {error}", args.site))
    })?;
    for path in &args.paths {
        if !path.exists() {
            anyhow::bail!("no saved pages at {}", path.display());
        }
    }
    let mut archive = Archive::create(&folder.archive(base.as_str()), &base)?;
    if let Some(council) = &args.council {
        archive.set_fact(COUNCIL, council)?;
    }
    let imported = import::import(&args.paths, &mut archive, clock::now())?;
    tracing::info!(
        "{} files read, {} pages kept, {} held already",
        imported.files,
        imported.kept,
        imported.same
    );
    let mut reasons = BTreeMap::<&str, usize>::new();
    for refused in &imported.refused {
        tracing::warn!("{}: {}", refused.path.display(), refused.reason);
        *reasons.entry(&refused.reason).or_default() += 1;
    }
    if imported.refused.is_empty() {
        return Ok(End::Done);
    }
    tracing::warn!("{} files could not be taken; each is named above", imported.refused.len());
    Ok(if imported.kept + imported.same > 0 { End::Partly } else { End::Failed })
}
