//! Documents are tested: what they name exists, and what exists is named.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use minutebook::cli::Cli;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Words in backquotes that look like a path of the project.
fn paths_named(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, piece) in text.split('`').enumerate() {
        let in_code = at % 2 == 1;
        let rooted =
            ["src/", "index/", "crawler/", "tests/", ".ci/"].iter().any(|r| piece.starts_with(r));
        if in_code && rooted && !piece.contains([' ', '*', '<', '{', '\n']) {
            paths.push(piece.trim_end_matches('/').to_owned());
        }
    }
    paths
}

#[test]
fn paths_in_documents_exist() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let paths = paths_named(&read(document));
        for path in &paths {
            let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            assert!(whole.exists(), "{document} names {path}, which does not exist");
        }
        assert!(document == "README.md" || !paths.is_empty(), "{document} names no path at all");
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = read("README.md");
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(
            readme.contains(&format!("minutebook {name}")) || readme.contains(&format!("`{name}`")),
            "README.md does not name the command `{name}`"
        );
    }
}

#[test]
fn the_readmes_two_commands_are_there() {
    let readme = read("README.md");
    assert!(readme.contains("cargo run --release -- up --sample"));
    assert!(readme.contains("cargo test --workspace"));
}
