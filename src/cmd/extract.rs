//! `minutebook extract`: archives to records; with `--page`, one page's record and doubts as a table, for the craft.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result, bail};
use minutebook_crawler::archive::Archive;

use super::{End, print, progress, say};
use crate::cli::ExtractArgs;
use crate::cmd::one_page;
use crate::folder::Folder;
use crate::pipeline;

/// Runs the command.
pub(super) fn run(folder: &Folder, args: &ExtractArgs) -> Result<End> {
    let archives = folder.archives()?;
    if archives.is_empty() {
        bail!(
            "no archive in {}; `minutebook crawl SITE` or `minutebook import PATH --site URL` makes one",
            folder.root().display()
        );
    }
    if let Some(url) = &args.page {
        return page(folder, &archives, url, args.json);
    }
    let _lock = folder.lock_records()?;
    let mut end = End::Done;
    for path in &archives {
        let bar = progress::bar("extracting");
        let extracted = pipeline::extract(folder, path, |p| {
            bar.set_length(p.of as u64);
            bar.set_position(p.pages as u64);
        })?;
        bar.finish_and_clear();
        extracted.say_unread();
        if extracted.broke_off() {
            end = End::Partly;
        }
        let written = extracted.written;
        tracing::info!(
            "{}: {} meetings, {} items, {} doubts from {} pages",
            path.file_stem().unwrap_or_default().to_string_lossy(),
            written.meetings,
            written.items,
            written.doubts,
            written.pages
        );
    }
    Ok(end)
}

fn page(folder: &Folder, archives: &[std::path::PathBuf], url: &str, json: bool) -> Result<End> {
    for path in archives {
        let archive = Archive::open(path)?;
        let site = archive.site().as_str().to_owned();
        let canonical = minutebook_crawler::address::canonical(&site, &site, url);
        let wanted = canonical.as_deref().unwrap_or(url);
        let held = |url: &str| archive.page(url).with_context(|| format!("cannot read {url}"));
        let mut found = held(wanted)?;
        if found.is_none()
            && let Some(read_from) = read_from(&folder.records(&site), &site, wanted)?
        {
            tracing::info!("{wanted} was read from {read_from}");
            found = held(&read_from)?;
        }
        if let Some(page) = found {
            let shown = one_page::read(&site, &page);
            let text =
                if json { one_page::as_json(&shown)? } else { one_page::as_table(&shown, &page) };
            return if json { print(&text) } else { say(&text) };
        }
    }
    bail!(
        "no archive holds {url}; `minutebook status` lists what is held, and addresses are compared in their one canonical form"
    )
}

/// The page that the words of a meeting or item were read from, where that is another than the address readers know: the web
/// service's answer, for one.
fn read_from(records: &Path, site: &str, url: &str) -> Result<Option<String>> {
    let same = |known: &str| {
        let known = minutebook_crawler::address::canonical(site, site, known);
        known.as_deref() == Some(url)
    };
    let file = match File::open(records) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", records.display()));
        }
    };
    for meeting in minutebook_record::file::read(BufReader::new(file)) {
        let meeting = meeting.with_context(|| format!("cannot read {}", records.display()))?;
        let known = same(&meeting.url) || meeting.items.iter().any(|item| same(&item.url));
        if known && meeting.source.url.as_deref().is_some_and(|from| from != url) {
            return Ok(meeting.source.url);
        }
    }
    Ok(None)
}
