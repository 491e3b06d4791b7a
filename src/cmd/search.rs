//! `minutebook search`: one question from the terminal. Exit code 3 where nothing is found.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use minutebook_index::search::MAX_DEPTH;

use super::show::{self, Paint};
use super::{End, UsageError, print, query, semantic};
use crate::cli::{Colour, SearchArgs};
use crate::config::{self, Config};
use crate::folder::Folder;
use crate::web::view::SearchAnswer;

/// Runs the command.
pub(super) fn run(
    folder: &Folder,
    config: &Config,
    args: &SearchArgs,
    colour: Colour,
) -> Result<End> {
    let paging = [("page", args.page.as_str()), ("per_page", args.per_page.as_str())];
    let search = query::search(&args.query, &args.filters, &paging)?;
    let index = semantic::open(folder, semantic::model(&args.semantic)?.as_ref())?;
    let results = index.search(&search)?;
    let before = (search.page - 1).saturating_mul(search.per_page);
    if before >= MAX_DEPTH && results.total > before {
        bail!(UsageError(format!(
            "pages reach the first {MAX_DEPTH} results; narrow the search, or write all of them with `minutebook export`"
        )));
    }
    if args.json {
        let settings = super::serve::settings(config, folder)?;
        let base = config.web.base.clone().unwrap_or_default();
        let answer = SearchAnswer::new(&search, &results, &base, &settings);
        print(&format!("{}\n", serde_json::to_string_pretty(&answer)?))?;
    } else {
        let paint = match colour {
            Colour::Always => Paint::Terminal,
            Colour::Auto if std::io::stdout().is_terminal() && !config::no_colour() => {
                Paint::Terminal
            }
            Colour::Never | Colour::Auto => Paint::Plain,
        };
        let mut text = show::results(&results, &search.filters, paint);
        if args.facets {
            text.push_str(&show::facets(&results));
        }
        print(&text)?;
    }
    Ok(if results.total == 0 { End::NothingFound } else { End::Done })
}
