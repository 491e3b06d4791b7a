//! The recorded figures of retrieval, and what differs from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::measure::{self, Query, Score};

/// How far a stratum may drop.
const SLACK: f64 = 0.02;

/// What was measured of one corpus.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    /// nDCG@10, recall@50 and success@1 by stratum.
    pub strata: BTreeMap<String, [f64; 3]>,
    /// Queries that are answered: something relevant among the first ten, or rightly nothing.
    pub answered: BTreeSet<String>,
}

impl Figures {
    /// Of scored queries.
    pub fn of(scores: &[(Query, Score)]) -> Figures {
        let means = measure::means(scores.iter().map(|(query, score)| (query, *score)));
        let answered = scores.iter().filter(|(_, score)| score.ndcg > 0.0);
        Figures {
            strata: means
                .into_iter()
                .map(|(name, (_, s))| (name, [s.ndcg, s.recall, s.success]))
                .collect(),
            answered: answered.map(|(query, _)| query.id.clone()).collect(),
        }
    }

    /// Reads those of one corpus from `figures.tsv`.
    pub fn read(tsv: &str, corpus: &str) -> Figures {
        let mut figures = Figures::default();
        for line in tsv.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields[..] {
                [of, "answered", ids] if of == corpus => {
                    figures.answered.extend(ids.split(' ').map(str::to_owned));
                }
                [of, stratum, ndcg, recall, success] if of == corpus => {
                    let number = |text: &str| text.parse().unwrap_or(f64::NAN);
                    figures.strata.insert(
                        stratum.to_owned(),
                        [number(ndcg), number(recall), number(success)],
                    );
                }
                _ => {}
            }
        }
        figures
    }

    /// As lines of `figures.tsv`.
    pub fn lines(&self, corpus: &str) -> String {
        let mut lines = String::new();
        for (stratum, [ndcg, recall, success]) in &self.strata {
            let _ = writeln!(lines, "{corpus}\t{stratum}\t{ndcg:.4}\t{recall:.4}\t{success:.4}");
        }
        let ids: Vec<&str> = self.answered.iter().map(String::as_str).collect();
        let _ = writeln!(lines, "{corpus}\tanswered\t{}", ids.join(" "));
        lines
    }

    /// What is worse now than recorded.
    pub fn worse(&self, now: &Figures) -> Vec<String> {
        let mut worse = Vec::new();
        for (stratum, recorded) in &self.strata {
            let Some(measured) = now.strata.get(stratum) else {
                worse.push(format!("{stratum} was not measured"));
                continue;
            };
            for (name, (was, is)) in
                ["nDCG@10", "recall@50", "success@1"].iter().zip(recorded.iter().zip(measured))
            {
                // Not a number is worse too.
                if is.is_nan() || *is < was - SLACK {
                    worse.push(format!("{stratum}: {name} {is:.3}, recorded {was:.3}"));
                }
            }
        }
        let lost = self.answered.difference(&now.answered);
        worse.extend(lost.map(|id| format!("{id} is no longer answered")));
        worse
    }
}
