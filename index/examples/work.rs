//! A small fixed piece of work whose instructions are counted in CI: an index is built of a made-up corpus, and queries of every
//! class are answered from it. `.ci/steps/instructions` runs it under valgrind and compares with `benches/instructions.tsv`.
//!
//!     cargo run --release -p minutebook-index --example work -- build DIR
//!     cargo run --release -p minutebook-index --example work -- ask DIR
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::assigning_clones,
    reason = "a measuring program, with parts it shares with the bench"
)]

#[path = "../benches/search/corpus.rs"]
mod corpus;
#[path = "../benches/search/queries.rs"]
mod queries;

use std::collections::BTreeMap;
use std::path::Path;

use minutebook_index::{Index, Search, Writer};

const PASSAGES: usize = 3_000;
/// Of each class so many queries.
const QUERIES: usize = 6;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, dir] = &arguments[..] else { panic!("work build|ask DIR") };
    let dir = Path::new(dir);
    if what == "build" {
        let meetings = corpus::meetings(&[], PASSAGES);
        queries::write(&dir.join("queries.tsv"), &queries::queries(&meetings));
        let mut writer = Writer::rebuild(dir.join("index")).unwrap();
        for meeting in &meetings {
            writer.put(meeting, jiff::Timestamp::UNIX_EPOCH).unwrap();
        }
        writer.finish().unwrap();
        return;
    }
    let index = Index::open(dir.join("index")).unwrap();
    let queries = queries::read(&dir.join("queries.tsv"));
    // What is made on first use is made before anything is counted.
    index.search(&Search::words("warm council road")).unwrap();
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for query in &queries {
        let so_far = asked.entry(query.class).or_default();
        *so_far += 1;
        if *so_far <= QUERIES {
            counted(&index, &Search::words(&query.ours));
        }
    }
}

/// What is counted of `ask`.
#[inline(never)]
fn counted(index: &Index, search: &Search) {
    std::hint::black_box(index.search(search).unwrap());
}
