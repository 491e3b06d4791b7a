//! The arrows of ARCHITECTURE.md, kept: who may depend on whom, what pure code never mentions, whose types stay at home.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn dependencies(manifest: &str) -> BTreeSet<String> {
    let path = root().join(manifest);
    let text = fs::read_to_string(&path).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let names = table.get("dependencies").and_then(|d| d.as_table()).unwrap();
    names.keys().cloned().collect()
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut queue = vec![root().join(folder)];
    while let Some(next) = queue.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no code: has it moved?");
    found.sort();
    found
}

/// Code without comments and without the tests at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Tests stand in a folder `tests`, or in a file whose module is declared for tests only.
fn is_test(path: &Path) -> bool {
    if path.components().any(|c| c.as_os_str() == "tests") {
        return true;
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_stem()) else { return false };
    let name = name.to_string_lossy();
    ["mod.rs", "lib.rs"].iter().any(|parent| {
        let text = fs::read_to_string(folder.join(parent)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines.windows(2).any(|pair| {
            pair[0].trim() == "#[cfg(test)]"
                && pair[1].trim_end().ends_with(&format!("mod {name};"))
        })
    })
}

fn assert_absent(folder: &str, banned: &[&str]) {
    for path in rust_files(folder).into_iter().filter(|path| !is_test(path)) {
        let code = code(&path);
        for word in banned {
            assert!(!code.contains(word), "{} mentions `{word}`", path.display());
        }
    }
}

#[test]
fn arrows_point_from_the_program_to_the_stages_to_the_record() {
    let ours = |manifest| -> BTreeSet<String> {
        dependencies(manifest).into_iter().filter(|d| d.starts_with("minutebook")).collect()
    };
    let set = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ours("crawler/record/Cargo.toml"), set(&[]));
    assert_eq!(ours("crawler/Cargo.toml"), set(&["minutebook-record"]));
    assert_eq!(ours("index/Cargo.toml"), set(&["minutebook-record"]));
    assert_eq!(
        ours("Cargo.toml"),
        set(&["minutebook-crawler", "minutebook-index", "minutebook-record"])
    );
}

#[test]
fn each_package_is_spared_what_it_must_not_know() {
    for (manifest, banned) in [
        ("crawler/record/Cargo.toml", &["reqwest", "scraper", "tantivy", "tokio", "axum"][..]),
        ("crawler/Cargo.toml", &["tantivy", "axum"]),
        ("index/Cargo.toml", &["reqwest", "scraper", "axum", "tokio"]),
        ("Cargo.toml", &["tantivy", "scraper"]),
    ] {
        let dependencies = dependencies(manifest);
        for name in banned {
            assert!(!dependencies.contains(*name), "{manifest} depends on {name}");
        }
    }
}

#[test]
fn extraction_assembly_and_understanding_are_pure() {
    let banned = ["tokio", "reqwest", "std::fs", "std::net", "now(", "async fn"];
    for folder in ["crawler/src/extract", "crawler/src/assemble", "crawler/src/understand"] {
        assert_absent(folder, &banned);
    }
    assert_absent("crawler/record/src", &["std::fs", "std::net", "now("]);
}

#[test]
fn types_stay_at_home() {
    assert_absent("src", &["tantivy::", "scraper::"]);
    for path in rust_files("crawler/src") {
        let inside = path.starts_with(root().join("crawler/src/extract"));
        assert!(
            inside || is_test(&path) || !code(&path).contains("scraper::"),
            "{} uses scraper outside extraction",
            path.display()
        );
    }
    // What the index shows the world is its own.
    let lib = fs::read_to_string(root().join("index/src/lib.rs")).unwrap();
    assert!(!lib.contains("pub use tantivy"));
}

#[test]
fn one_place_sends_requests() {
    for path in rust_files("crawler/src").into_iter().chain(rust_files("src")) {
        let at_home = path.starts_with(root().join("crawler/src/fetch"));
        assert!(
            at_home || is_test(&path) || !code(&path).contains("reqwest::"),
            "{} uses the HTTP client outside crawler/src/fetch",
            path.display()
        );
    }
}

/// Small files: nothing over the limit, and nearly all under the aim.
#[test]
fn files_stay_small() {
    const AIM: usize = 400;
    const LIMIT: usize = 520;
    let mut over = Vec::new();
    let mut count = 0;
    for folder in ["src", "index", "crawler", "tests"] {
        for path in rust_files(folder) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            count += 1;
            assert!(lines <= LIMIT, "{} has {lines} lines; split it", path.display());
            if lines > AIM {
                over.push(path);
            }
        }
    }
    assert!(over.len() * 20 <= count, "more than one file in twenty is over {AIM} lines: {over:?}");
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    for folder in ["src", "index/src", "crawler/src", "crawler/record/src", "tests"] {
        for path in rust_files(folder).into_iter().filter(|path| !is_test(path)) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
        }
    }
}
