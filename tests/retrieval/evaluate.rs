//! Prints how well searches answer the judged queries, by stratum, beside plain BM25 over the same records.
//!
//!     cargo run --release --example evaluate -- [--set train|held] [--each] [--record] RECORDS.jsonl[.gz] ...
//!     cargo run --release --example evaluate -- --semantic MODEL_DIR --keep DIR [...] RECORDS.jsonl[.gz] ...
//!
//! With `--semantic` the figures in brackets are our own without it; `--keep` names a folder for the indexes and their vectors.
//! A file whose name begins with `limerick` answers the queries of that corpus, any other those of the sample council.
//! `--record` writes the figures of both to `tests/retrieval/figures.tsv`, which the tests hold later ones against.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a measuring program: it prints"
)]

mod corpus;
mod figures;
mod measure;
mod plain;

use std::path::Path;

use measure::{Query, Score};

fn main() -> anyhow::Result<()> {
    let mut set = None;
    let mut each = false;
    let mut record = false;
    let (mut model, mut keep) = (None, None);
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--set" => set = arguments.next(),
            "--each" => each = true,
            "--record" => record = true,
            "--semantic" => model = arguments.next(),
            "--keep" => keep = arguments.next(),
            file => files.push(file.to_owned()),
        }
    }
    let model = model.map(|dir| minutebook_index::meaning::load(Path::new(&dir))).transpose()?;
    let queries = corpus::judged();
    let wanted = |query: &&Query| set.as_ref().is_none_or(|set| query.set == *set);
    let mut scores: Vec<(Query, Score, Score)> = Vec::new();
    for file in &files {
        let path = Path::new(file);
        let limerick =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("limerick"));
        let name = if limerick { "limerick" } else { "sample" };
        let meetings = corpus::read(path)?;
        let mut corpus = match &keep {
            Some(folder) => corpus::Corpus::kept_in(&Path::new(folder).join(name), &meetings)?,
            None => corpus::Corpus::new(&meetings)?,
        };
        let words = corpus.index.clone();
        if let Some(model) = &model {
            corpus.understand(model)?;
        }
        for query in queries.iter().filter(|query| query.corpus == name).filter(wanted) {
            let found = corpus.ours(&query.text, &query.stratum)?;
            let ours = measure::score(query, &found);
            let beside = match &model {
                Some(_) => corpus::ours(&words, &query.text, &query.stratum)?,
                None => corpus.plain.search(&query.text, 50),
            };
            let plain = measure::score(query, &beside);
            if each {
                println!(
                    "{:16} {:.2} ({:.2})  recall {:.2} ({:.2})  {:3} found of {:2}  {}",
                    query.id,
                    ours.ndcg,
                    plain.ndcg,
                    ours.recall,
                    plain.recall,
                    found.len(),
                    query.grades.len(),
                    query.text
                );
            }
            scores.push((query.clone(), ours, plain));
        }
    }
    if record {
        let mut tsv = "# corpus, stratum, nDCG@10, recall@50, success@1; and the queries answered. Written by the example `evaluate`.\n".to_owned();
        for name in ["limerick", "sample"] {
            let of: Vec<_> = scores
                .iter()
                .filter(|(q, ..)| q.corpus == name)
                .map(|(q, s, _)| (q.clone(), *s))
                .collect();
            tsv.push_str(&figures::Figures::of(&of).lines(name));
        }
        std::fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/retrieval/figures.tsv"),
            tsv,
        )?;
    }
    table(&scores, if model.is_some() { "nDCG@10 (words)" } else { "nDCG@10 (BM25)" });
    Ok(())
}

/// Prints the means by stratum: ours, and in brackets what stands beside them.
fn table(scores: &[(Query, Score, Score)], beside: &str) {
    let ours = measure::means(scores.iter().map(|(query, ours, _)| (query, *ours)));
    let plain = measure::means(scores.iter().map(|(query, _, plain)| (query, *plain)));
    println!(
        "{:12} {:>4}  {:>14}  {:>14}  {:>14}",
        "stratum", "n", beside, "recall@50", "success@1"
    );
    for (stratum, (count, score)) in &ours {
        let Some((_, base)) = plain.get(stratum) else { continue };
        println!(
            "{stratum:12} {count:>4}  {:>6.3} ({:.3})  {:>6.3} ({:.3})  {:>6.3} ({:.3})",
            score.ndcg, base.ndcg, score.recall, base.recall, score.success, base.success
        );
    }
}
