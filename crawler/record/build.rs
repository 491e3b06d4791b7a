//! Lists the topic files, so that adding one is a change of data alone.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("vocabulary/topics");
    println!("cargo::rerun-if-changed=vocabulary");
    let mut names = Vec::new();
    for entry in fs::read_dir(&root)? {
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
    #[expect(clippy::disallowed_methods, reason = "a build script is told its folder this way")]
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("topics.rs"), code)?;
    Ok(())
}
