//! The judged queries, held against the recorded figures: no stratum may drop by more than 0.02, no answered query be lost.
//!
//! After a change that is meant: `cargo run --release --example evaluate -- --record RECORDS ...` writes `figures.tsv` anew.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::cast_precision_loss,
    reason = "shared with the example, which prints"
)]

mod corpus;
mod figures;
mod measure;
mod plain;

use std::path::Path;

use figures::Figures;
use minutebook_record::Meeting;

use crate::support::{Rig, Server};

const FIGURES: &str = include_str!("figures.tsv");

fn hold(name: &str, meetings: &[Meeting]) {
    let corpus = corpus::Corpus::new(meetings).unwrap();
    let now = Figures::of(&corpus.scores(name, None).unwrap());
    let recorded = Figures::read(FIGURES, name);
    assert!(!recorded.strata.is_empty(), "no figures are recorded for {name}");
    let worse = recorded.worse(&now);
    assert!(worse.is_empty(), "{name}:\n{}", worse.join("\n"));
}

#[test]
fn the_sample_council_is_found_as_well_as_recorded() {
    let council = Server::of_sample(minutebook::sample::Mode::Both);
    let rig = Rig::new();
    let _ = rig.run(&["crawl", &council.base, "--delay", "0"]);
    rig.done(&["extract"]);
    let meetings = rig.records();
    let ids: Vec<&str> = meetings.iter().flat_map(|m| &m.items).map(|i| i.id.as_str()).collect();
    for query in corpus::judged().iter().filter(|query| query.corpus == "sample") {
        for end in query.grades.keys() {
            assert!(
                ids.iter().any(|id| id.ends_with(end.as_str())),
                "{}: no item ends in {end}",
                query.id
            );
        }
    }
    hold("sample", &meetings);
}

#[test]
fn real_minutes_are_found_as_well_as_recorded() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/limerick-minutes.jsonl.gz");
    if !path.exists() {
        eprintln!("skipped: {} is not here", path.display());
        return;
    }
    hold("limerick", &corpus::read(&path).unwrap());
}

#[test]
fn a_drop_is_seen() {
    let tsv = "x\tname\t0.5000\t0.5000\t1.0000\nx\tanswered\ta b\n";
    let recorded = Figures::read(tsv, "x");
    assert_eq!(recorded.lines("x"), tsv);
    assert!(recorded.worse(&recorded).is_empty());
    let mut now = Figures::read(tsv, "x");
    now.strata.insert("name".to_owned(), [0.47, 0.5, f64::NAN]);
    now.answered.remove("b");
    assert_eq!(recorded.worse(&now).len(), 3);
}
