//! The yardstick: BM25 over one field of lower-case words, any word matching, as a bare engine with its defaults ranks.

use std::collections::HashMap;

use minutebook_record::Item;

/// An index of words.
#[derive(Debug, Default)]
pub struct Plain {
    postings: HashMap<String, Vec<(usize, u32)>>,
    lengths: Vec<usize>,
    ids: Vec<String>,
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && w.len() < 40)
        .map(str::to_lowercase)
}

impl Plain {
    /// Adds an item: its title, its text and its resolutions.
    pub fn add(&mut self, item: &Item) {
        let number = self.ids.len();
        let mut counts: HashMap<String, u32> = HashMap::new();
        let texts = std::iter::once(&item.title).chain(item.passages.iter().map(|p| &p.text));
        let mut length = 0;
        for word in texts.flat_map(|text| words(text)) {
            *counts.entry(word).or_default() += 1;
            length += 1;
        }
        for (word, count) in counts {
            self.postings.entry(word).or_default().push((number, count));
        }
        self.lengths.push(length);
        self.ids.push(item.id.clone());
    }

    /// The best items for a query, at most `count`.
    pub fn search(&self, query: &str, count: usize) -> Vec<String> {
        let all = self.ids.len() as f64;
        let average = self.lengths.iter().sum::<usize>() as f64 / all.max(1.0);
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for word in words(query) {
            let Some(postings) = self.postings.get(&word) else { continue };
            let with = postings.len() as f64;
            let idf = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (number, times) in postings {
                let times = f64::from(*times);
                let length = 1.2 * (0.25 + 0.75 * self.lengths[*number] as f64 / average);
                *scores.entry(*number).or_default() += idf * times * 2.2 / (times + length);
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.into_iter().take(count).map(|(number, _)| self.ids[number].clone()).collect()
    }
}
