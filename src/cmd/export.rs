//! `minutebook export`: records (JSON Lines), results (CSV or JSON Lines) or the archive (WARC) to stdout or a file.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::Archive;
use minutebook_crawler::warc;
use minutebook_index::{Index, Search};

use super::{End, UsageError, query};
use crate::cli::ExportArgs;
use crate::config::Config;
use crate::folder::{Folder, files_with};
use crate::web::files;

/// What is asked for, checked before anything is written.
enum What {
    Archives(Vec<PathBuf>),
    Results(Box<Search>),
    Records(Vec<PathBuf>),
}

/// Runs the command.
pub(super) fn run(folder: &Folder, config: &Config, args: &ExportArgs) -> Result<End> {
    let what = what(folder, args)?;
    let Some(path) = &args.output else {
        return write(folder, config, args, what, BufWriter::new(io::stdout().lock()));
    };
    let cannot = || format!("cannot write {}", path.display());
    if path.exists() && !path.is_file() {
        // A pipe or a device takes what it is given.
        let file = File::create(path).with_context(cannot)?;
        return write(folder, config, args, what, BufWriter::new(file));
    }
    // What stood there stays until the whole of the new is written.
    let aside = beside(path);
    let file = File::create(&aside).with_context(cannot)?;
    let end = write(folder, config, args, what, BufWriter::new(&file));
    let kept = end.and_then(|end| {
        file.sync_all().and_then(|()| fs::rename(&aside, path)).with_context(cannot)?;
        Ok(end)
    });
    if kept.is_err()
        && let Err(error) = fs::remove_file(&aside)
    {
        tracing::warn!("{} stays behind: {error}", aside.display());
    }
    kept
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn what(folder: &Folder, args: &ExportArgs) -> Result<What> {
    let asks = !args.query.is_empty() || args.filters.any();
    let usage = |words: &str| Err(UsageError(words.to_owned()).into());
    if args.warc {
        if asks {
            return usage("--warc writes whole archives; leave out the query and the filters");
        }
        return Ok(What::Archives(archives(folder, args)?));
    }
    if args.csv || asks {
        if args.site.is_some() {
            return usage(
                "--site is for records and archives; results are narrowed with --council or --committee",
            );
        }
        return Ok(What::Results(Box::new(query::search(&args.query, &args.filters, &[])?)));
    }
    if args.jsonl {
        return Ok(What::Records(records(folder, args)?));
    }
    usage("say what to export: --jsonl, --csv or --warc")
}

fn write(
    folder: &Folder,
    config: &Config,
    args: &ExportArgs,
    what: What,
    mut to: impl Write,
) -> Result<End> {
    let end = match what {
        What::Archives(paths) => {
            for path in paths {
                warc::write(&Archive::open(&path)?, &mut to)?;
            }
            End::Done
        }
        What::Results(search) => results(folder, config, args, &search, &mut to)?,
        What::Records(paths) => {
            for path in paths {
                let file =
                    File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
                io::copy(&mut BufReader::new(file), &mut to)?;
            }
            End::Done
        }
    };
    to.flush().context("cannot write the export")?;
    Ok(end)
}

fn site(pasted: &str) -> Result<Base> {
    Base::from_pasted(pasted)
        .map_err(|error| UsageError(format!("--site {pasted} is no site: {error}")).into())
}

/// The files of the records as they stand.
fn records(folder: &Folder, args: &ExportArgs) -> Result<Vec<PathBuf>> {
    let files = match &args.site {
        Some(pasted) => vec![folder.records(site(pasted)?.as_str())],
        None => files_with(&folder.all_records(), "jsonl")?,
    };
    if files.is_empty() {
        bail!("no records in {}; `minutebook extract` makes them", folder.all_records().display());
    }
    Ok(files)
}

fn archives(folder: &Folder, args: &ExportArgs) -> Result<Vec<PathBuf>> {
    let paths = match &args.site {
        Some(pasted) => vec![folder.archive(site(pasted)?.as_str())],
        None => folder.archives()?,
    };
    if paths.is_empty() {
        bail!("no archive in {}; `minutebook crawl SITE` makes one", folder.root().display());
    }
    Ok(paths)
}

/// Every result of a search, beyond what paging reaches.
fn results(
    folder: &Folder,
    config: &Config,
    args: &ExportArgs,
    search: &Search,
    to: &mut impl Write,
) -> Result<End> {
    let index = Index::open(folder.index())?;
    let settings = super::serve::settings(config, folder)?;
    let base = config.web.base.clone().unwrap_or_default();
    let mut count = 0;
    if args.csv {
        to.write_all(&files::csv_head())?;
    }
    for hit in index.scan(search)? {
        let hit = hit?;
        if settings.withholds(&hit.id, &hit.meeting) {
            continue;
        }
        let row = if args.csv {
            files::csv_line(&hit, &base)
        } else {
            files::json_line(&hit, &base, &search.text)?
        };
        to.write_all(&row)?;
        count += 1;
    }
    Ok(if count == 0 { End::NothingFound } else { End::Done })
}
