//! Three hundred queries of eight classes, drawn from the corpus's own words.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use minutebook_record::Meeting;

use super::corpus::Dice;

const CLASSES: [&str; 8] = ["rare", "medium", "common", "and", "or", "phrase", "prefix", "fuzzy"];

/// One query, as each engine wants it.
pub struct Query {
    pub class: &'static str,
    pub words: Vec<String>,
    pub ours: String,
}

/// Writes queries down beside the indexes they belong to.
pub fn write(path: &Path, queries: &[Query]) {
    let line = |q: &Query| format!("{}\t{}\t{}\n", q.class, q.ours, q.words.join(" "));
    std::fs::write(path, queries.iter().map(line).collect::<String>()).unwrap();
}

/// Reads them back.
pub fn read(path: &Path) -> Vec<Query> {
    let text = std::fs::read_to_string(path).unwrap();
    let query = |line: &str| {
        let [class, ours, words] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        let class = CLASSES.into_iter().find(|known| *known == class)?;
        let words = words.split(' ').map(str::to_owned).collect();
        Some(Query { class, ours: ours.to_owned(), words })
    };
    text.lines().filter_map(query).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

pub fn queries(meetings: &[Meeting]) -> Vec<Query> {
    let items: Vec<_> =
        meetings.iter().flat_map(|m| &m.items).filter(|i| !i.passages.is_empty()).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in &items {
        let distinct: BTreeSet<String> = item
            .passages
            .iter()
            .flat_map(|p| words(&p.text))
            .filter(|w| w.chars().all(char::is_alphabetic) && w.len() > 2)
            .collect();
        for word in distinct {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut sorted: Vec<(&String, &usize)> = counts.iter().filter(|(_, n)| **n > 1).collect();
    sorted.sort();
    let total = items.len();
    let band = |low: f64, high: f64| -> Vec<String> {
        let within =
            |n: usize| (n as f64) >= low * total as f64 && (n as f64) < high * total as f64;
        sorted.iter().filter(|(_, n)| within(**n)).map(|(word, _)| (*word).clone()).collect()
    };
    let (rare, medium, common) = (band(0.0, 0.0005), band(0.002, 0.02), band(0.05, 1.1));
    let mut dice = Dice(99);
    let mut all = Vec::new();
    for (class, words) in [("rare", &rare), ("medium", &medium), ("common", &common)] {
        for _ in 0..28 {
            let word =
                words.get(dice.roll(words.len())).cloned().unwrap_or_else(|| "council".to_owned());
            all.push(Query { class, ours: word.clone(), words: vec![word] });
        }
    }
    let mut run = |class: &'static str, number: usize| {
        let wanted = 2 + number % 2;
        loop {
            let item = items[dice.roll(items.len())];
            let passage = &item.passages[dice.roll(item.passages.len())];
            let text = words(&passage.text);
            if text.len() < 8 {
                continue;
            }
            let at = dice.roll(text.len() - wanted);
            let step = if class == "phrase" { 1 } else { 2 };
            let chosen: Vec<String> =
                (0..wanted).filter_map(|n| text.get(at + n * step).cloned()).collect();
            let plain =
                chosen.iter().all(|w| w.chars().all(|c| c.is_ascii_alphabetic()) && w.len() > 2);
            let distinct = chosen.iter().collect::<BTreeSet<_>>().len() == wanted;
            if chosen.len() == wanted && plain && distinct {
                return chosen;
            }
        }
    };
    for class in ["and", "or", "phrase"] {
        for number in 0..56 {
            let words = run(class, number);
            let ours = match class {
                "and" => words.join(" "),
                "or" => words.join(" OR "),
                _ => format!("\"{}\"", words.join(" ")),
            };
            all.push(Query { class, words, ours });
        }
    }
    for (class, mark) in [("prefix", "*"), ("fuzzy", "~")] {
        for _ in 0..24 {
            let word = medium
                .get(dice.roll(medium.len()))
                .cloned()
                .unwrap_or_else(|| "council".to_owned());
            let cut = if class == "prefix" {
                word.chars().take(4.max(word.len() / 2)).collect()
            } else {
                word
            };
            all.push(Query { class, ours: format!("{cut}{mark}"), words: vec![cut] });
        }
    }
    all
}
