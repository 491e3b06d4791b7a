//! Other engines, each a program of its own that answers line by line, so that nothing of theirs is a dependency here.
//! What is said between the two stands in `index/benches/peers/README.md`.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use minutebook_record::Meeting;

use super::queries::Query;

/// Writes the items as every engine gets them: one text of the title and all passages, the committee, the day.
pub fn write(path: &Path, meetings: &[Meeting]) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    for meeting in meetings {
        for item in &meeting.items {
            let line = serde_json::json!({
                "text": super::corpus::whole_text(item),
                "committee": meeting.committee.name,
                "day": meeting.date.map(super::bare::number),
            });
            writeln!(file, "{line}").unwrap();
        }
    }
    file.flush().unwrap();
}

/// Bytes of the texts in such a file.
fn text_size(items: &Path) -> u64 {
    let file = BufReader::new(std::fs::File::open(items).unwrap());
    let of = |line: String| {
        let item: serde_json::Value = serde_json::from_str(&line).unwrap();
        item["text"].as_str().map_or(0, str::len) as u64
    };
    file.lines().map(|line| of(line.unwrap())).sum()
}

/// A peer that runs, with its index built.
pub struct Peer {
    pub name: String,
    child: Child,
    /// Closed to let it end.
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts a peer, named or as a command, and waits until its index is built.
    pub fn start(asked: &str, items: &Path, folder: &Path) -> Peer {
        let (text, (name, command)) = (text_size(items), command(asked));
        let folder = folder.join(&name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        let began = Instant::now();
        let mut child = Command::new("sh")
            .args(["-c", &format!("exec {command} \"$@\""), "sh"])
            .arg(items)
            .arg(&folder)
            .args([super::FROM, super::TO].map(|day| super::bare::day(day).to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut peer = Peer { name, child, to, from };
        loop {
            let line = peer.line();
            let Some(figures) = line.strip_prefix("ready ") else {
                eprintln!("{}: {line}", peer.name);
                continue;
            };
            let Some((cpu, size)) = figures.split_once(' ') else {
                panic!("{} is ready, but says not with what: {line}", peer.name)
            };
            let cpu = Duration::from_secs_f64(cpu.parse().unwrap());
            super::table::build(&peer.name, began.elapsed(), cpu, size.parse().unwrap(), text);
            return peer;
        }
    }

    /// What a query finds and how long its search took there; none where the engine has no such queries.
    pub fn ask(&mut self, query: &Query) -> Option<(usize, Duration)> {
        let to = self.to.as_mut().unwrap();
        // A peer that has ended says so where its answer is read.
        _ = writeln!(to, "{}\t{}", query.class, query.words.join(" "));
        let line = self.line();
        if line == "-" {
            return None;
        }
        let answer = line.split_once(' ').and_then(|(count, took)| {
            Some((count.parse().ok()?, Duration::from_micros(took.parse().ok()?)))
        });
        let asked = &query.ours;
        Some(answer.unwrap_or_else(|| panic!("{} answers {asked} with {line}", self.name)))
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        if self.from.read_line(&mut line).unwrap() == 0 {
            let status = self.child.wait().unwrap();
            panic!("{} stopped ({status}); what it said is above", self.name);
        }
        line.trim_end().to_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.to = None;
        _ = self.child.wait();
    }
}

/// The name and the command of a peer asked for: one of ours by its name, any other by its command.
fn command(asked: &str) -> (String, String) {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    match asked {
        // Debian's packages are for Debian's own Python.
        "xapian" | "postgres" | "sphinx" => {
            let script = peers.join(format!("{asked}_peer.py"));
            (asked.to_owned(), format!("/usr/bin/python3 '{}'", script.display()))
        }
        "seekstorm" => (asked.to_owned(), format!("'{}'", seekstorm(&peers).display())),
        _ => {
            let last = asked.split_whitespace().last().unwrap_or_default();
            let stem = Path::new(last).file_stem().unwrap_or_default();
            (stem.to_string_lossy().into_owned(), asked.to_owned())
        }
    }
}

/// Builds the one peer that is compiled, outside of the workspace.
fn seekstorm(peers: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers");
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "--manifest-path"])
        .arg(peers.join("seekstorm/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()
        .unwrap();
    assert!(status.success(), "the peer seekstorm could not be built ({status})");
    target.join("release/peer-seekstorm")
}

/// A query without stemming, for engines that do none: each word, or the phrase, asked for as it stands.
pub fn exact(query: &Query) -> String {
    let mut text = String::new();
    match query.class {
        "phrase" | "prefix" | "fuzzy" => text.clone_from(&query.ours),
        class => {
            for (at, word) in query.words.iter().enumerate() {
                let between = if at == 0 {
                    ""
                } else if class == "or" {
                    " OR "
                } else {
                    " "
                };
                _ = write!(text, "{between}\"{word}\"");
            }
        }
    }
    text
}
