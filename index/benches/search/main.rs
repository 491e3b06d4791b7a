//! Our whole answer beside bare tantivy with its defaults and SQLite FTS5, over the same items, in the same run.
//!
//!     cargo bench -p minutebook-index -- [--records FILE.jsonl ...] [--passages N] [--rounds N] [--no-fts]
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
    reason = "a measuring program"
)]

mod bare;
mod corpus;
mod fts;
mod queries;
mod table;

use std::time::{Duration, Instant};

use minutebook_index::search::{Filters, Search};
use minutebook_index::{Index, Writer};

/// The days every answer is limited to, so that each engine filters: most of the corpus.
pub const FROM: &str = "2001-01-01";
pub const TO: &str = "2023-12-31";

struct Options {
    records: Vec<String>,
    passages: usize,
    rounds: usize,
    fts: bool,
}

fn options() -> Options {
    let mut options = Options { records: Vec::new(), passages: 100_000, rounds: 5, fts: true };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.replace('_', "").parse().ok());
        match argument.as_str() {
            "--passages" => options.passages = number().unwrap_or(options.passages),
            "--rounds" => options.rounds = number().unwrap_or(options.rounds),
            "--no-fts" => options.fts = false,
            "--records" => options.records.extend(arguments.next()),
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

fn main() {
    let options = options();
    let meetings = corpus::meetings(&options.records, options.passages);
    let passages: usize = meetings.iter().flat_map(|m| &m.items).map(|i| i.passages.len()).sum();
    let items: usize = meetings.iter().map(|m| m.items.len()).sum();
    let text: u64 = meetings.iter().flat_map(|m| &m.items).map(corpus::text_size).sum();
    println!("{items} items, {passages} passages, {:.1} MB of text", text as f64 / 1e6);

    let dir = tempfile::tempdir().unwrap();
    let (ours_dir, bare_dir) = (dir.path().join("ours"), dir.path().join("bare"));
    let (wall, before) = (Instant::now(), cpu());
    let mut writer = Writer::rebuild(&ours_dir).unwrap();
    for meeting in &meetings {
        writer.put(meeting, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }
    writer.finish().unwrap();
    table::build("minutebook", wall.elapsed(), cpu().saturating_sub(before), size(&ours_dir), text);
    let (wall, before) = (Instant::now(), cpu());
    let bare = bare::Bare::build(&bare_dir, &meetings);
    table::build(
        "bare tantivy",
        wall.elapsed(),
        cpu().saturating_sub(before),
        size(&bare_dir),
        text,
    );
    let fts = options.fts.then(|| {
        let (wall, before) = (Instant::now(), cpu());
        let path = dir.path().join("fts.sqlite");
        let fts = fts::Fts::build(&path, &meetings);
        let size = std::fs::metadata(&path).map_or(0, |m| m.len());
        table::build("SQLite FTS5", wall.elapsed(), cpu().saturating_sub(before), size, text);
        fts
    });
    let queries = queries::queries(&meetings);
    drop(meetings);
    let opening = Instant::now();
    let index = Index::open(&ours_dir).unwrap();
    println!("opened in {:.1} ms", opening.elapsed().as_secs_f64() * 1e3);
    let again = Index::open(&ours_dir).unwrap();

    let mut rows = Vec::new();
    for query in &queries {
        let mut times = table::Times::default();
        let search = Search {
            per_page: 10,
            filters: Filters { from: FROM.parse().ok(), to: TO.parse().ok(), ..Filters::default() },
            ..Search::words(&query.ours)
        };
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
        rows.push((query.class, query.ours.clone(), times));
    }
    table::print(&rows);
}
