//! Topics against what readers say an item is about.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use minutebook_record::Item;

use super::{Failure, Score, table};

/// The ids that a label of `topics.tsv` may be tagged with.
pub(super) fn meanings(path: &Path) -> Result<HashMap<String, BTreeSet<String>>, Failure> {
    let rows = table(path)?;
    Ok(rows
        .into_iter()
        .filter(|row| row.len() > 1)
        .map(|row| (row[0].clone(), row[1].split(' ').map(str::to_owned).collect()))
        .collect())
}

impl Score {
    /// Columns of a row: set source item topics sure.
    pub(super) fn topics(
        &mut self,
        id: &str,
        item: &Item,
        row: &[String],
        meant: &HashMap<String, BTreeSet<String>>,
    ) {
        if row[4] != "sure" {
            return;
        }
        if row[3] == "-" {
            self.topics_on_none.due += 1;
            self.topics_on_none.said += item.topics().len();
            self.topic.said += item.topics().len();
            for topic in item.topics() {
                self.error("no topic", id, &format!("{topic} ({})", item.title));
            }
            return;
        }
        let labels: Vec<&str> = row[3].split(" | ").collect();
        let mut met = vec![false; labels.len()];
        for (topic, tag) in item.topics().iter().zip(&item.topic_tags) {
            self.topic.said += 1;
            let mut right = false;
            for (at, label) in labels.iter().enumerate() {
                if meant.get(*label).is_some_and(|ids| ids.contains(topic)) {
                    met[at] = true;
                    right = true;
                }
            }
            if right {
                self.topic.right += 1;
            } else {
                let note = format!(
                    "{topic} for {} [{} {} {}]",
                    row[3], tag.score, tag.place, tag.evidence
                );
                self.error("topic", id, &note);
            }
        }
        self.topic.due += labels.len();
        for (label, met) in labels.iter().zip(met) {
            if !met {
                self.error("untagged", id, label);
            }
        }
    }
}
