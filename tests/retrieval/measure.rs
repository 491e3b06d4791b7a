//! Measures of retrieval: nDCG, recall and success over judged queries, by stratum.

use std::collections::{BTreeMap, HashMap};

/// Grades of items, by their id.
pub type Grades = HashMap<String, u8>;

/// One judged query.
#[derive(Debug, Clone)]
pub struct Query {
    pub id: String,
    pub stratum: String,
    pub set: String,
    pub corpus: String,
    pub text: String,
    pub grades: Grades,
}

/// What one query scored.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub ndcg: f64,
    pub recall: f64,
    pub success: f64,
}

/// Reads `queries.tsv` and the judgments of both corpora.
pub fn queries(tsv: &str, qrels: &[&str]) -> Vec<Query> {
    let mut grades: HashMap<&str, Grades> = HashMap::new();
    for line in qrels.iter().flat_map(|file| file.lines()) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if let [query, _, item, grade] = fields[..] {
            let grade = grade.parse().unwrap_or_default();
            grades.entry(query).or_default().insert(item.to_owned(), grade);
        }
    }
    tsv.lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, stratum, set, corpus, text] = fields[..] else { return None };
            Some(Query {
                id: id.to_owned(),
                stratum: stratum.to_owned(),
                set: set.to_owned(),
                corpus: corpus.to_owned(),
                text: text.to_owned(),
                grades: grades.remove(id).unwrap_or_default(),
            })
        })
        .collect()
}

/// Scores a ranked list: the first fifty items found. An item of the sample council is judged by how its id ends.
pub fn score(query: &Query, found: &[String]) -> Score {
    if query.grades.is_empty() {
        // Nothing answers it: nothing found is right, whatever else is asked.
        let right = f64::from(u8::from(found.is_empty()));
        return Score { ndcg: right, recall: right, success: right };
    }
    let grade = |id: &String| {
        let exact = query.grades.get(id).copied();
        exact.or_else(|| {
            let ends = query
                .grades
                .iter()
                .find(|(end, _)| end.starts_with('-') && id.ends_with(end.as_str()));
            ends.map(|(_, grade)| *grade)
        })
    };
    let gain =
        |grade: u8, rank: usize| (f64::from(grade).exp2() - 1.0) / (rank as f64 + 2.0).log2();
    let mut best: Vec<u8> = query.grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal: f64 = best.iter().take(10).enumerate().map(|(rank, g)| gain(*g, rank)).sum();
    let got: f64 = found
        .iter()
        .take(10)
        .enumerate()
        .filter_map(|(rank, id)| Some(gain(grade(id)?, rank)))
        .sum();
    let hits = found.iter().take(50).filter(|id| grade(id).is_some_and(|g| g > 0)).count();
    let all = query.grades.values().filter(|g| **g > 0).count();
    let success = found.first().and_then(grade).is_some_and(|g| g > 0);
    Score {
        ndcg: if ideal > 0.0 { got / ideal } else { 0.0 },
        recall: hits as f64 / all.clamp(1, 50) as f64,
        success: f64::from(u8::from(success)),
    }
}

/// Means by stratum, and over all under `all`.
pub fn means<'q>(
    scores: impl Iterator<Item = (&'q Query, Score)>,
) -> BTreeMap<String, (usize, Score)> {
    let mut sums: BTreeMap<String, (usize, Score)> = BTreeMap::new();
    for (query, score) in scores {
        for name in [query.stratum.as_str(), "all"] {
            let (count, sum) = sums.entry(name.to_owned()).or_default();
            *count += 1;
            sum.ndcg += score.ndcg;
            sum.recall += score.recall;
            sum.success += score.success;
        }
    }
    for (count, sum) in sums.values_mut() {
        let n = *count as f64;
        *sum = Score { ndcg: sum.ndcg / n, recall: sum.recall / n, success: sum.success / n };
    }
    sums
}
