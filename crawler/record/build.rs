//! Lists the topic files, so that adding one is a change of data alone.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[expect(clippy::disallowed_methods, reason = "a build script is told its folders this way")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Asked when it runs: a checkout may have moved since this was compiled.
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("vocabulary/topics");
    println!("cargo::rerun-if-changed=vocabulary");
    let mut names = Vec::new();
    let files = fs::read_dir(&root).map_err(|e| format!("cannot read {}: {e}", root.display()))?;
    for entry in files {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            names.push(path);
        }
    }
    names.sort();
    let mut code = String::from("pub(super) const TOPICS: &[(&str, &str)] = &[\n");
    for path in names {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = path.display().to_string();
        writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("topics.rs"), code)?;
    Ok(())
}
