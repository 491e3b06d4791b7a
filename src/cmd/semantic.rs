//! `--semantic MODEL_DIR`: the model loaded, the index opened with it, passages embedded.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use minutebook_index::Index;
use minutebook_index::meaning::{self, Model};

use super::UsageError;
use crate::cli::SemanticArgs;
use crate::folder::Folder;

/// How often embedding says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(30);

/// The model asked for, if one is.
pub(super) fn model(args: &SemanticArgs) -> Result<Option<Arc<dyn Model>>> {
    let Some(dir) = &args.semantic else { return Ok(None) };
    if !meaning::BUILT_IN {
        bail!(UsageError(
            "--semantic needs a build with the feature `semantic`, as it is by default: leave out --no-default-features".to_owned()
        ));
    }
    Ok(Some(meaning::load(dir)?))
}

/// Opens the index, to answer by meaning too where there is a model.
pub(super) fn open(folder: &Folder, model: Option<&Arc<dyn Model>>) -> Result<Index> {
    let Some(model) = model else { return Ok(Index::open(folder.index())?) };
    let index = Index::open_with_model(folder.index(), model)?;
    if index.embedded() == 0 && index.coverage()?.items > 0 {
        tracing::warn!(
            "{}: nothing is embedded for this model yet; `index --semantic` and `up --semantic` do that",
            folder.index().display()
        );
    }
    Ok(index)
}

/// Embeds what the index holds and is not embedded yet. It may take hours the first time; what was made is kept if it is stopped.
pub(super) fn embed(folder: &Folder, model: &Arc<dyn Model>) -> Result<()> {
    let mut said = Instant::now();
    let made = meaning::embed(folder.index(), model, |done, all| {
        if said.elapsed() >= SAY_EVERY {
            said = Instant::now();
            tracing::info!("{done} of {all} items embedded");
        }
    })?;
    tracing::info!("{made} passages embedded, the rest as they were");
    Ok(())
}
