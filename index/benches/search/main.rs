//! Our whole answer beside bare tantivy with its defaults and SQLite FTS5, over the same items, in the same run.
//!
//!     cargo bench -p minutebook-index --bench search -- [--records FILE.jsonl ...] [--passages N] [--rounds N] [--no-fts]
//!         [--keep DIR] [--class CLASS] [--once] [--space] [--each] [--peer NAME-OR-COMMAND ...]
//!
//! `MINUTEBOOK_BENCH_PASSAGES` stands for `--passages` (10,000, 100,000 and 1,000,000 show how cost grows). With `--keep` the
//! indexes stay in a folder and are used again; `--once` asks our own engine alone, for counting instructions under valgrind,
//! `--space` says what each field takes, `--each` says what each query took. `--peer` adds another engine (`xapian`, `postgres`,
//! `sphinx`, `seekstorm`, or a command of your own; see `index/benches/peers/README.md`).
//!
//! At the end our counts are held against FTS5's, and a new meeting is put into the index to see when it is found.
//!
//! Without records a made-up corpus with a Zipf vocabulary is used. Engines take turns query by query; figures are medians
//! over the rounds, with our own engine run twice as a control: less than its difference is no difference.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_lines,
    clippy::assigning_clones,
    clippy::disallowed_methods,
    clippy::struct_excessive_bools,
    reason = "a measuring program"
)]

mod bare;
mod corpus;
mod counts;
mod fresh;
mod fts;
mod peers;
mod queries;
mod table;

use std::time::{Duration, Instant};

use minutebook_index::search::{Filters, Routine, Search, Synonyms};
use minutebook_index::{Index, Writer};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The days every answer is limited to, so that each engine filters: most of the corpus.
pub const FROM: &str = "2001-01-01";
pub const TO: &str = "2023-12-31";

struct Options {
    records: Vec<String>,
    passages: usize,
    rounds: usize,
    fts: bool,
    /// Where the indexes are kept and found again; a temporary folder without it.
    keep: Option<std::path::PathBuf>,
    /// Classes of queries asked, for profiling; all of them without it.
    class: Option<String>,
    /// Only our own engine, each query its rounds after a warm-up: for counting instructions, and for a profile.
    once: bool,
    /// Says what each field of our index takes.
    space: bool,
    /// Says what each query took.
    each: bool,
    /// Other engines that take their turns.
    peers: Vec<String>,
}

fn options() -> Options {
    let mut options = Options {
        records: Vec::new(),
        passages: std::env::var("MINUTEBOOK_BENCH_PASSAGES")
            .ok()
            .and_then(|n| n.replace('_', "").parse().ok())
            .unwrap_or(100_000),
        rounds: 5,
        fts: true,
        keep: None,
        class: None,
        once: false,
        space: false,
        each: false,
        peers: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.replace('_', "").parse().ok());
        match argument.as_str() {
            "--passages" => options.passages = number().unwrap_or(options.passages),
            "--rounds" => options.rounds = number().unwrap_or(options.rounds),
            "--no-fts" => options.fts = false,
            "--records" => options.records.extend(arguments.next()),
            "--keep" => options.keep = arguments.next().map(Into::into),
            "--class" => options.class = arguments.next(),
            "--once" => options.once = true,
            "--space" => options.space = true,
            "--each" => options.each = true,
            "--peer" => options.peers.extend(arguments.next()),
            _ => {}
        }
    }
    options
}

/// CPU time of this process so far.
pub fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |at: usize| after.split_whitespace().nth(at).and_then(|n| n.parse::<u64>().ok());
    Duration::from_millis((ticks(11).unwrap_or(0) + ticks(12).unwrap_or(0)) * 10)
}

/// Memory of this process that is no mapped file, in kB.
fn own() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|kb| kb.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

pub fn size(dir: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(
            |e| {
                if e.path().is_dir() {
                    size(&e.path())
                } else {
                    e.metadata().map_or(0, |m| m.len())
                }
            },
        )
        .sum()
}

/// A query as our engine is asked it: ten hits of the days every engine is limited to.
fn asked(query: &queries::Query) -> Search {
    Search {
        per_page: 10,
        filters: Filters { from: FROM.parse().ok(), to: TO.parse().ok(), ..Filters::default() },
        ..Search::words(&query.ours)
    }
}

/// A query whose count engines without stemming or vocabulary can be held against.
fn exactly(query: &queries::Query) -> Search {
    Search {
        text: peers::exact(query),
        routine: Routine::Show,
        synonyms: Synonyms::Off,
        ..asked(query)
    }
}

/// One answer under a name of its own, for `valgrind --tool=callgrind --toggle-collect='*counted*'`.
#[inline(never)]
fn counted(
    index: &Index,
    search: &Search,
) -> Result<minutebook_index::Results, minutebook_index::IndexError> {
    index.search(search)
}

/// Builds each engine's index and says what that took; peers are left to build their own.
fn build(options: &Options, dir: &std::path::Path, meetings: &[minutebook_record::Meeting]) {
    let passages: usize = meetings.iter().flat_map(|m| &m.items).map(|i| i.passages.len()).sum();
    let items: usize = meetings.iter().map(|m| m.items.len()).sum();
    let text: u64 = meetings.iter().flat_map(|m| &m.items).map(corpus::text_size).sum();
    let (from, to) = (bare::day(FROM), bare::day(TO));
    let asked_for = |m: &&minutebook_record::Meeting| {
        m.date.is_some_and(|date| (from..=to).contains(&bare::number(date)))
    };
    let within: usize = meetings.iter().filter(asked_for).map(|m| m.items.len()).sum();
    println!(
        "{items} items, {passages} passages, {:.1} MB of text; {within} items from {FROM} to {TO}",
        text as f64 / 1e6
    );
    let timed = |name, at: &std::path::Path, work: &mut dyn FnMut()| {
        let (wall, before) = (Instant::now(), cpu());
        work();
        let size = if at.is_dir() { size(at) } else { at.metadata().map_or(0, |m| m.len()) };
        table::build(name, wall.elapsed(), cpu().saturating_sub(before), size, text);
    };
    let (ours, bare) = (dir.join("ours"), dir.join("bare"));
    timed("minutebook", &ours, &mut || ours_built(&ours, meetings));
    timed("bare tantivy", &bare, &mut || bare::Bare::build(&bare, meetings));
    if options.fts {
        let path = dir.join("fts.sqlite");
        timed("SQLite FTS5", &path, &mut || fts::Fts::build(&path, meetings));
    }
}

#[inline(never)]
fn ours_built(dir: &std::path::Path, meetings: &[minutebook_record::Meeting]) {
    let mut writer = Writer::rebuild(dir).unwrap();
    for meeting in meetings {
        writer.put(meeting, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }
    writer.finish().unwrap();
}

/// The other engines asked for, ready. First of all, so that one that is missing says so before anything is built.
fn started(
    options: &Options,
    dir: &std::path::Path,
    meetings: Option<&[minutebook_record::Meeting]>,
) -> Vec<peers::Peer> {
    if options.peers.is_empty() || options.once || options.space {
        return Vec::new();
    }
    let items = dir.join("items.jsonl");
    if let Some(meetings) = meetings {
        std::fs::create_dir_all(dir).unwrap();
        peers::write(&items, meetings);
    }
    assert!(items.exists(), "{} was built without peers: remove it and start again", dir.display());
    options.peers.iter().map(|asked| peers::Peer::start(asked, &items, dir)).collect()
}

fn main() {
    let options = options();
    let temporary = tempfile::tempdir().unwrap();
    let dir = options.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
    let file = dir.join("queries.tsv");
    let meetings = (!file.exists()).then(|| corpus::meetings(&options.records, options.passages));
    let mut peers = started(&options, &dir, meetings.as_deref());
    let mut queries = if let Some(meetings) = &meetings {
        build(&options, &dir, meetings);
        let queries = queries::queries(meetings);
        queries::write(&file, &queries);
        queries
    } else {
        queries::read(&file)
    };
    drop(meetings);
    if let Some(class) = &options.class {
        queries.retain(|query| query.class == class);
    }
    let opening = Instant::now();
    let index = Index::open(dir.join("ours")).unwrap();
    let took = opening.elapsed().as_secs_f64() * 1e3;
    println!("opened in {took:.1} ms; the process holds {} kB of its own", own());
    if options.space {
        for build in std::fs::read_dir(dir.join("ours")).unwrap().flatten() {
            if build.path().is_dir() {
                bare::space(&build.path());
            }
        }
        return;
    }
    if options.once {
        for round in 0..=options.rounds {
            for query in &queries {
                let search = asked(query);
                let answer =
                    if round == 0 { index.search(&search) } else { counted(&index, &search) };
                std::hint::black_box(answer.unwrap());
            }
        }
        println!("after {} queries it holds {} kB", queries.len(), own());
        return;
    }
    let again = Index::open(dir.join("ours")).unwrap();
    let bare = bare::Bare::open(&dir.join("bare"));
    let path = dir.join("fts.sqlite");
    let fts = (options.fts && path.exists()).then(|| fts::Fts::open(&path));

    let mut rows = Vec::new();
    for query in &queries {
        let mut times = table::Times::default();
        let search = asked(query);
        if !peers.is_empty() {
            times.exact =
                index.search(&exactly(query)).map(|r| r.complete.unwrap_or(r.total)).unwrap();
        }
        for round in 0..=options.rounds {
            // The first round warms up.
            let mut took = |which: usize, run: &mut dyn FnMut() -> usize| {
                let began = Instant::now();
                let found = run();
                if round > 0 {
                    times.took[which].push(began.elapsed());
                }
                times.found[which] = found;
            };
            took(0, &mut || index.search(&search).unwrap().total);
            took(1, &mut || bare.whole(query));
            took(2, &mut || again.search(&search).unwrap().total);
            took(3, &mut || bare.top(query));
            if let Some(fts) = &fts
                && round <= 2
            {
                took(4, &mut || fts.top(query));
            }
        }
        // Who follows another process starts with cold caches: peers are asked their rounds in a row, and ours and bare tantivy
        // the same way once more to hold them against.
        if !peers.is_empty() {
            let clocked = |run: &dyn Fn() -> usize| {
                let began = Instant::now();
                Some((run(), began.elapsed()))
            };
            let ours = || index.search(&search).unwrap().total;
            times.row(options.rounds, &mut || clocked(&ours));
            times.row(options.rounds, &mut || clocked(&|| bare.whole(query)));
        }
        for peer in &mut peers {
            times.row(options.rounds, &mut || peer.ask(query));
        }
        rows.push((query.class, query.ours.clone(), times));
    }
    if options.each {
        table::each(&rows);
    }
    let mut names: Vec<&str> = peers.iter().map(|peer| peer.name.as_str()).collect();
    if !names.is_empty() {
        names.splice(0..0, ["ours", "bare"]);
    }
    table::print(&rows, &names);
    table::counts(&rows, &names);
    if let Some(fts) = &fts {
        counts::print(&index, fts, &queries);
    }
    fresh::print(&dir.join("ours"), &index);
}
