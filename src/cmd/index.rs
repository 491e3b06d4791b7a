//! `minutebook index`: records to index. Incremental, unless a rebuild is asked for.

use anyhow::Result;
use minutebook_index::Writer;

use super::{End, semantic};
use crate::cli::IndexArgs;
use crate::folder::Folder;
use crate::{clock, pipeline};

/// Runs the command.
pub(super) fn run(folder: &Folder, args: &IndexArgs) -> Result<End> {
    let model = semantic::model(&args.semantic)?;
    let mut writer = if args.rebuild {
        Writer::rebuild(folder.index())?
    } else {
        Writer::open_or_create(folder.index())?
    };
    if let Some(path) = &args.records
        && !path.exists()
    {
        anyhow::bail!("no records at {}; name a .jsonl file or a folder of them", path.display());
    }
    let done = pipeline::index(&mut writer, folder, args.records.as_deref(), clock::now())?;
    if args.rebuild && args.records.is_some() {
        // A rebuild begins empty: what the folder's own records hold belongs in it as well.
        pipeline::index(&mut writer, folder, None, clock::now())?;
    }
    writer.finish()?;
    tracing::info!(
        "{} meetings added, {} changed, {} as they were, {} taken out",
        done.added,
        done.changed,
        done.same,
        done.removed
    );
    if let Some(model) = &model {
        semantic::embed(folder, model)?;
    }
    if done.bad > 0 {
        tracing::error!("{} lines are no records; each is named above", done.bad);
        let any = done.added + done.changed + done.same > 0;
        return Ok(if any { End::Partly } else { End::Failed });
    }
    Ok(End::Done)
}
