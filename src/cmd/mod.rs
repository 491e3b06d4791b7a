//! The verbs, one file each, and how each may end.

use anyhow::Result;
use clap::CommandFactory;

use crate::cli::{Cli, Command, ConfigCommand};
use crate::config;

/// How a command ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Nothing was found.
    NothingFound,
    /// Done, but some pages failed.
    Partly,
    /// Stopped by Ctrl-C.
    Interrupted,
}

impl End {
    /// The exit code, as the help text lists them (2, usage, is clap's own).
    pub fn code(self) -> u8 {
        match self {
            End::Done => 0,
            End::Failed => 1,
            End::NothingFound => 3,
            End::Partly => 4,
            End::Interrupted => 130,
        }
    }
}

/// Runs the command line.
pub fn run(cli: Cli) -> Result<End> {
    let config_in_folder = config::path_in(&cli.data);
    let config = config::load(cli.config.as_deref(), &config_in_folder);
    match cli.command {
        Command::Config { what: ConfigCommand::Template } => print(&config::template()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "minutebook", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            print(&String::from_utf8_lossy(&page))
        }
        _ => {
            config?;
            Ok(End::Done)
        }
    }
}

/// Text to stdout, where data goes.
pub(crate) fn print(text: &str) -> Result<End> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(End::Done)
}
