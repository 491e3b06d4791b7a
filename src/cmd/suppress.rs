//! `minutebook suppress`: hides a page, an item or a phrase for good. Kept in the archive, so that no crawl or rebuild brings it back; the
//! site's records and the index follow at once.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use minutebook_crawler::address::{self, Base};
use minutebook_crawler::archive::Archive;
use minutebook_crawler::suppress::What;
use minutebook_index::Writer;

use super::{End, UsageError, say};
use crate::cli::SuppressArgs;
use crate::folder::Folder;
use crate::{clock, pipeline};

/// Runs the command.
pub(super) fn run(folder: &Folder, args: &SuppressArgs) -> Result<End> {
    let archives = chosen(folder, args)?;
    if args.list {
        return list(&archives);
    }
    let Some((what, value)) = target(args) else {
        bail!(UsageError(
            "say what to hide: --page URL, --item ID or --phrase WORDS (or --list)".to_owned()
        ));
    };
    let mut changed = 0;
    for path in &archives {
        let site = Archive::open(path)?.site().as_str().to_owned();
        let value = match what {
            What::Page => {
                address::canonical(&site, &site, value).unwrap_or_else(|| value.to_owned())
            }
            What::Item | What::Phrase => value.to_owned(),
        };
        if args.dry_run {
            say(&format!("would {} the {} {value} on {site}\n", verb(args.lift), what.word()))?;
            continue;
        }
        let mut archive = Archive::open_for_writing(path)?;
        if args.lift {
            changed += usize::from(archive.unsuppress(what, &value)?);
        } else {
            let why = args.reason.as_deref().unwrap_or_default();
            archive.suppress(what, &value, why, clock::now())?;
            changed += 1;
        }
    }
    if args.dry_run {
        return Ok(End::Done);
    }
    if changed == 0 {
        tracing::warn!("nothing of that kind was hidden");
        return Ok(End::NothingFound);
    }
    follow(folder, &archives)?;
    Ok(End::Done)
}

fn verb(lift: bool) -> &'static str {
    if lift { "show" } else { "hide" }
}

fn target(args: &SuppressArgs) -> Option<(What, &str)> {
    let page = args.page.as_deref().map(|v| (What::Page, v));
    let item = args.item.as_deref().map(|v| (What::Item, v));
    let phrase = args.phrase.as_deref().map(|v| (What::Phrase, v));
    page.or(item).or(phrase)
}

/// The archives meant: the one of `--site`, the one an address or id belongs to, else all.
fn chosen(folder: &Folder, args: &SuppressArgs) -> Result<Vec<PathBuf>> {
    let all = folder.archives()?;
    let Some(site) = &args.site else { return Ok(all) };
    let path = folder.archive(Base::from_pasted(site)?.as_str());
    if !path.is_file() {
        bail!("no archive of {site} in {}", folder.root().display());
    }
    Ok(vec![path])
}

fn list(archives: &[PathBuf]) -> Result<End> {
    let mut text = String::new();
    for path in archives {
        let archive = Archive::open(path)?;
        for hidden in archive.suppressions()?.all() {
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{}\t{}",
                archive.site().as_str(),
                hidden.what.word(),
                hidden.value,
                hidden.at,
                hidden.why
            );
        }
    }
    say(&text)
}

/// Records and index follow what was hidden or shown again.
fn follow(folder: &Folder, archives: &[PathBuf]) -> Result<()> {
    let _lock = folder.lock_records()?;
    for path in archives {
        pipeline::extract(folder, path, |_| {})?;
    }
    let mut writer = Writer::open_or_create(folder.index())?;
    pipeline::index(&mut writer, folder, None, clock::now())?;
    writer.finish()?;
    Ok(())
}
