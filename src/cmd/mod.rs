//! The verbs, one file each, and how each may end.

mod crawl;
mod export;
mod extract;
mod import;
mod index;
mod one_page;
mod progress;
mod query;
mod search;
mod semantic;
mod serve;
mod show;
mod status;
mod stop;
mod suppress;
mod up;
mod verify;
mod withheld;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::cli::{Cli, Command, ConfigCommand};
use crate::config::{self, Config};
use crate::folder::Folder;
use crate::vocabulary;

/// How a command ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// The command line asks for something that cannot be.
    Usage,
    /// Nothing was found.
    NothingFound,
    /// Done, but some pages failed.
    Partly,
    /// Stopped by Ctrl-C.
    Interrupted,
}

impl End {
    /// The exit code, as the help text lists them.
    pub fn code(self) -> u8 {
        match self {
            End::Done => 0,
            End::Failed => 1,
            End::Usage => 2,
            End::NothingFound => 3,
            End::Partly => 4,
            End::Interrupted => 130,
        }
    }

    /// How an error ends: mistakes on the command line are told apart from failures.
    pub fn of(error: &anyhow::Error) -> End {
        if error.is::<UsageError>() { End::Usage } else { End::Failed }
    }
}

/// A mistake on the command line: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UsageError(String);

/// Runs the command line.
pub fn run(cli: &Cli) -> Result<End> {
    // These need neither folder nor configuration.
    match &cli.command {
        Command::Config { what: ConfigCommand::Template } => return print(&config::template()),
        Command::Completions { shell } => return completions(*shell),
        Command::Man => return man(),
        _ => {}
    }
    let config = config::load(cli.config.as_deref(), &config::path_in(&cli.data))?;
    let vocabularies: Vec<_> = config.vocabularies.iter().chain(&cli.vocabulary).collect();
    vocabulary::load(&vocabularies)?;
    let reading = || Folder::open(&cli.data);
    let writing = || Folder::create(&cli.data);
    match &cli.command {
        Command::Up(args) => up::run(&writing()?, &config, args),
        Command::Crawl(args) => crawl::run(&writing()?, &config, args),
        Command::Import(args) => import::run(&writing()?, args),
        Command::Extract(args) => extract::run(&reading()?, args),
        Command::Index(args) => index::run(&writing()?, args),
        Command::Search(args) => search::run(&reading()?, &config, args, cli.color),
        Command::Serve(args) => serve::run(&reading()?, &config, args),
        Command::Status(args) => status::run(&reading()?, args),
        Command::Export(args) => export::run(&reading()?, &config, args),
        Command::Verify => verify::run(&reading()?),
        Command::Suppress(args) => suppress::run(&writing()?, args),
        Command::Config { .. } => check(&config),
        Command::Completions { .. } | Command::Man => Ok(End::Done),
    }
}

fn check(config: &Config) -> Result<End> {
    let warnings = config::warnings(config);
    if warnings.is_empty() {
        return print("the configuration is valid and complete\n");
    }
    print(&format!("the configuration is valid; worth setting:\n  {}\n", warnings.join("\n  ")))
}

fn completions(shell: clap_complete::Shell) -> Result<End> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "minutebook", &mut script);
    print(&String::from_utf8_lossy(&script))
}

fn man() -> Result<End> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&String::from_utf8_lossy(&page))
}

/// Text for a reader to stdout: what stands in it of pages does not drive the terminal.
fn say(text: &str) -> Result<End> {
    print(&harmless(text))
}

/// Text without control characters other than line ends and tabs, and without the marks that turn the direction of what follows.
fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control() && !turns(*c)).collect()
}

/// Text to stdout, where data goes.
fn print(text: &str) -> Result<End> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(End::Done)
}

/// The asynchronous runtime, for the commands that talk to a network.
fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")
}
