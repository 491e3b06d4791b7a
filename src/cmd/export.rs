//! `minutebook export`: records (JSON Lines), results (CSV or JSON Lines) or the archive (WARC) to stdout or a file.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};

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

/// Runs the command.
pub(super) fn run(folder: &Folder, config: &Config, args: &ExportArgs) -> Result<End> {
    let asks = !args.query.is_empty() || args.filters.any();
    let to = output(args)?;
    let mut to = BufWriter::new(to);
    let end = if args.warc {
        archives(folder, args, &mut to)?
    } else if args.csv || asks {
        let search = query::search(&args.query, &args.filters, &[])?;
        results(folder, config, args, &search, &mut to)?
    } else if args.jsonl {
        records(folder, args, &mut to)?
    } else {
        bail!(UsageError("say what to export: --jsonl, --csv or --warc".to_owned()));
    };
    to.flush().context("cannot write the export")?;
    Ok(end)
}

fn output(args: &ExportArgs) -> Result<Box<dyn Write>> {
    match &args.output {
        None => Ok(Box::new(io::stdout().lock())),
        Some(path) => {
            let file =
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(Box::new(file))
        }
    }
}

/// The records as they stand, line by line.
fn records(folder: &Folder, args: &ExportArgs, to: &mut impl Write) -> Result<End> {
    let files = match &args.site {
        Some(site) => vec![folder.records(Base::from_pasted(site)?.as_str())],
        None => files_with(&folder.all_records(), "jsonl")?,
    };
    if files.is_empty() {
        bail!("no records in {}; `minutebook extract` makes them", folder.all_records().display());
    }
    for path in files {
        let file = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        io::copy(&mut BufReader::new(file), to)?;
    }
    Ok(End::Done)
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

fn archives(folder: &Folder, args: &ExportArgs, to: &mut impl Write) -> Result<End> {
    let paths = match &args.site {
        Some(site) => vec![folder.archive(Base::from_pasted(site)?.as_str())],
        None => folder.archives()?,
    };
    if paths.is_empty() {
        bail!("no archive in {}; `minutebook crawl SITE` makes one", folder.root().display());
    }
    for path in paths {
        warc::write(&Archive::open(&path)?, &mut *to)?;
    }
    Ok(End::Done)
}
