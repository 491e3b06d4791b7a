//! The program: read the command line, start logging, run the verb, say what went wrong, and end with the right code.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use minutebook::cli::{Cli, Colour};
use minutebook::{cmd, config};

/// The system's allocator is slow where one thread frees what another asked for, as a server does all day: with this one an
/// answer takes a tenth less, and its way out as JSON a quarter less (`tests/load/faces.rs`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging(&cli);
    match cmd::run(&cli) {
        Ok(end) => ExitCode::from(end.code()),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("minutebook: {error:#}");
            ExitCode::from(cmd::End::of(&error).code())
        }
    }
}

fn start_logging(cli: &Cli) {
    let default = match (cli.quiet, cli.verbose) {
        (0, 0) => "warn,minutebook=info,minutebook_crawler=info,minutebook_index=info",
        (1, _) => "warn",
        (_, 1) => "info,minutebook=debug,minutebook_crawler=debug,minutebook_index=debug",
        (0, _) => "debug",
        _ => "error",
    };
    let filter = config::log_filter().unwrap_or_else(|| default.to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    let colour = match cli.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::io::stderr().is_terminal() && !config::no_colour(),
    };
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colour)
        .with_target(false);
    if cli.log_json { logs.json().init() } else { logs.compact().init() }
}

/// A reader that stops early (`minutebook search x | head -1`) is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
