//! Scores what is understood against the labelled set in `labels/` (see its README for how the labels were made).
//!
//! `cargo run --release -p minutebook-crawler --example score [-- [--set train|held] [--errors] [--corpora DIR]]`
//!
//! The Limerick minutes are not in the repository: where `../shared/corpora` does not hold them, only our own are scored.

#![expect(clippy::print_stdout, reason = "a program that prints a table")]
#![expect(clippy::cast_precision_loss, reason = "counts are small")]

mod topics;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use minutebook_crawler::understand::Reader;
use minutebook_record::text::{Word, words};
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Item, Qualifier, Resolution, RoleMention, file};

type Rows = Vec<Vec<String>>;
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let options = Options::read();
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("labels");
    let items = table(&labels.join("items.tsv"))?;
    let roles = by_item(table(&labels.join("roles.tsv"))?);
    let clauses = by_item(table(&labels.join("clauses.tsv"))?);
    let topics = table(&labels.join("topics.tsv"))?;
    let tags = table(&labels.join("tags.tsv"))?;
    let meant = topics::meanings(&labels.join("topic-ids.tsv"))?;
    let wanted = items.iter().chain(&topics).chain(&tags).map(|row| row[2].clone()).collect();
    let mut texts = understood(File::open(labels.join("own.jsonl"))?, &wanted)?;
    texts.extend(understood(File::open(labels.join("own-topics.jsonl"))?, &wanted)?);
    let limerick = options.corpora.join("limerick-minutes.jsonl.gz");
    match File::open(&limerick) {
        Ok(packed) => texts.extend(understood(flate2::read::GzDecoder::new(packed), &wanted)?),
        Err(error) => {
            println!("{}: {error}; only our own minutes are scored\n", limerick.display());
        }
    }
    let mut scores: BTreeMap<(String, String), Score> = BTreeMap::new();
    // Topics have items of their own, so each table is gone through by itself.
    let labelled = items.iter().map(|row| (row, false)).chain(topics.iter().map(|row| (row, true)));
    for (row, of_topics) in labelled {
        let [set, source, id, ..] = row.as_slice() else { continue };
        let Some(item) = texts.get(id) else { continue };
        if options.set.as_ref().is_some_and(|only| only != set) {
            continue;
        }
        for group in [source.clone(), "both".to_owned()] {
            let score = scores.entry((set.clone(), group.clone())).or_default();
            score.errors = options.errors && group == "both";
            if of_topics {
                score.topics(id, item, row, &meant);
            } else {
                score.clauses(id, item, clauses.get(id).map_or(&[], Vec::as_slice));
                score.roles(id, item, roles.get(id).map_or(&[], Vec::as_slice));
            }
        }
    }
    for row in tags.iter().filter(|row| options.set.as_ref().is_none_or(|only| *only == row[0])) {
        let Some(item) = texts.get(&row[2]) else { continue };
        if row[4] != "open" && item.topics().contains(&row[3]) {
            for group in [row[1].clone(), "both".to_owned()] {
                let judged = &mut scores.entry((row[0].clone(), group)).or_default().judged;
                judged.due += 1;
                judged.right += usize::from(row[4] == "right");
            }
        }
    }
    for ((set, source), score) in &scores {
        println!("## {set}, {source}\n{}", score.table());
    }
    Ok(())
}

struct Options {
    set: Option<String>,
    errors: bool,
    corpora: PathBuf,
}

impl Options {
    fn read() -> Options {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
        let mut options = Options { set: None, errors: false, corpora: root };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--set" => options.set = words.next(),
                "--errors" => options.errors = true,
                "--corpora" => options.corpora = words.next().unwrap_or_default().into(),
                other => println!("{other} is no option of this program"),
            }
        }
        options
    }
}

/// A count of what was right, what was said and what should have been.
#[derive(Default)]
struct Count {
    right: usize,
    said: usize,
    due: usize,
}

impl Count {
    fn line(&self, name: &str) -> String {
        let share = |of: usize| self.right as f64 / (of.max(1)) as f64;
        let (precision, recall) = (share(self.said), share(self.due));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
        format!(
            "{name:<28} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}   ({} right, {} said, {} due)\n",
            self.right, self.said, self.due
        )
    }

    fn accuracy(&self, name: &str) -> String {
        let share = self.right as f64 / self.due.max(1) as f64;
        format!("{name:<28} accuracy {share:.3}   ({} of {})\n", self.right, self.due)
    }
}

#[derive(Default)]
struct Score {
    errors: bool,
    clause: Count,
    kind: Count,
    to: Count,
    label: Count,
    identity: Count,
    qualifier: Count,
    holder: Count,
    voice: Count,
    how: Count,
    topic: Count,
    topics_on_none: Count,
    judged: Count,
}

impl Score {
    fn table(&self) -> String {
        [
            self.clause.line("resolution clauses"),
            self.kind.accuracy("kind"),
            self.to.accuracy("to"),
            self.label.accuracy("label"),
            self.identity.line("role identity"),
            self.qualifier.accuracy("qualifier"),
            self.holder.accuracy("holder"),
            self.voice.line("spoke, presented, advised"),
            self.how.line("every way of appearing"),
            self.topic.line("topics"),
            format!(
                "{:<28} {} tags on {} items that have no topic\n",
                "", self.topics_on_none.said, self.topics_on_none.due
            ),
            match self.judged.due {
                0 => String::new(),
                _ => self.judged.accuracy("judged tags still made"),
            },
        ]
        .concat()
    }

    fn error(&self, what: &str, id: &str, note: &str) {
        if self.errors {
            println!("{what:<10} {id:<20} {note}");
        }
    }

    /// Columns of a row: set source item label first_words kind to verb sure.
    fn clauses(&mut self, id: &str, item: &Item, rows: &[Vec<String>]) {
        let mut used = vec![false; item.resolutions().len()];
        for row in rows {
            let sure = row[8] == "sure";
            self.clause.due += usize::from(sure);
            let found = item
                .resolutions()
                .iter()
                .enumerate()
                .find(|(at, clause)| !used[*at] && holds(clause, &row[4]));
            let Some((at, clause)) = found else {
                if sure {
                    self.error("missed", id, &format!("{} {}", row[3], row[4]));
                }
                continue;
            };
            used[at] = true;
            if !sure {
                continue;
            }
            self.clause.right += 1;
            self.clause.said += 1;
            self.count_clause(id, clause, row);
        }
        for (at, clause) in item.resolutions().iter().enumerate() {
            if !used[at] {
                self.clause.said += 1;
                let start: String = clause.text.chars().take(90).collect();
                self.error("false", id, &format!("{} {start}", clause.kind.as_str()));
            }
        }
    }

    fn count_clause(&mut self, id: &str, clause: &Resolution, row: &[String]) {
        self.kind.due += 1;
        if clause.kind.as_str() == row[5] {
            self.kind.right += 1;
        } else {
            let note = format!("{} for {}: {}", clause.kind.as_str(), row[5], row[4]);
            self.error("kind", id, &note);
        }
        if row[6] != "-" {
            self.to.due += 1;
            let said = clause.to.as_deref().map(folded).unwrap_or_default();
            if said == folded(&row[6]) || !said.is_empty() && folded(&row[6]).contains(&said) {
                self.to.right += 1;
            } else {
                self.error("to", id, &format!("{:?} for {}", clause.to, row[6]));
            }
        }
        self.label.due += 1;
        let bare = clause.label.as_deref().map_or("-".to_owned(), |label| {
            let inner = label.trim_end_matches(['.', ':']);
            match (inner.strip_prefix('('), inner.contains(")(")) {
                (Some(open), false) => open.trim_end_matches(')').to_owned(),
                _ if inner.contains('(') => inner.to_owned(),
                _ => inner.trim_end_matches(')').to_owned(),
            }
        });
        if bare == row[3] {
            self.label.right += 1;
        } else {
            self.error("label", id, &format!("{bare} for {}: {}", row[3], row[4]));
        }
    }

    /// Columns of a row: set source item printed slug qualifier holder how sure.
    fn roles(&mut self, id: &str, item: &Item, rows: &[Vec<String>]) {
        let said: Vec<_> = item.roles().iter().filter(|m| !m.passages.is_empty()).collect();
        let due: BTreeSet<&str> =
            rows.iter().filter(|r| r[8] == "sure").map(|r| r[4].as_str()).collect();
        let open: BTreeSet<&str> =
            rows.iter().map(|r| r[4].as_str()).filter(|slug| !due.contains(slug)).collect();
        let slugs: BTreeSet<&str> = said.iter().map(|m| m.slug.as_str()).collect();
        for slug in &slugs {
            if due.contains(slug) {
                self.identity.right += 1;
                self.identity.said += 1;
            } else if !open.contains(slug) {
                self.identity.said += 1;
                self.error("no role", id, slug);
            }
        }
        self.identity.due += due.len();
        for slug in due.difference(&slugs) {
            self.error("no found", id, slug);
        }
        for mention in &said {
            let line = rows.iter().find(|r| r[4] == mention.slug && r[7] == mention.how.as_str());
            let open = line.is_some_and(|r| r[8] != "sure")
                || rows.iter().any(|r| r[4] == mention.slug && r[8] != "sure") && line.is_none();
            if open || !slugs.contains(mention.slug.as_str()) {
                continue;
            }
            self.how.said += 1;
            self.how.right += usize::from(line.is_some());
            if mention.how.has_voice() {
                self.voice.said += 1;
                self.voice.right += usize::from(line.is_some());
                if line.is_none() {
                    self.error(
                        "no voice",
                        id,
                        &format!("{} {}", mention.slug, mention.how.as_str()),
                    );
                }
            } else if line.is_none() && due.contains(mention.slug.as_str()) {
                self.error("how", id, &format!("{} {}", mention.slug, mention.how.as_str()));
            }
        }
        for row in rows.iter().filter(|r| r[8] == "sure") {
            self.how.due += 1;
            self.voice.due +=
                usize::from(matches!(row[7].as_str(), "spoke" | "presented" | "advised"));
            let same: Vec<_> =
                said.iter().filter(|m| m.slug == row[4] && m.how.as_str() == row[7]).collect();
            let Some(first) = same.first() else {
                if due.contains(row[4].as_str()) && slugs.contains(row[4].as_str()) {
                    self.error("not said", id, &format!("{} {}", row[4], row[7]));
                }
                continue;
            };
            self.qualifier.due += 1;
            let name = |q: Option<Qualifier>| {
                q.map_or("-".to_owned(), |q| format!("{q:?}").to_lowercase())
            };
            let says = |m: &&RoleMention| {
                name(m.qualifier) == row[5] || m.qualifiers().any(|q| name(Some(q)) == row[5])
            };
            if same.iter().any(|m| says(m)) {
                self.qualifier.right += 1;
            } else {
                let note = format!("{} {} for {}", row[4], name(first.qualifier), row[5]);
                self.error("qualifier", id, &note);
            }
            self.holder.due += 1;
            if first.holder.as_str() == row[6] {
                self.holder.right += 1;
            } else {
                self.error("holder", id, &format!("{} {}", row[4], first.holder.as_str()));
            }
        }
    }
}

/// Whether a clause holds one of the alternatives of a label's first words within its first forty.
fn holds(clause: &Resolution, alternatives: &str) -> bool {
    let text = format!("{} {}", clause.lead_in.as_deref().unwrap_or_default(), clause.text);
    [clause.text.as_str(), text.as_str()].iter().any(|text| {
        let said: Vec<String> = words(text).iter().take(40).map(Word::folded).collect();
        let said = format!(" {} ", said.join(" "));
        alternatives.split(" / ").any(|words| said.contains(&format!(" {} ", folded(words))))
    })
}

fn folded(text: &str) -> String {
    words(text).iter().map(Word::folded).collect::<Vec<_>>().join(" ")
}

fn table(path: &Path) -> Result<Rows, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn by_item(rows: Rows) -> HashMap<String, Rows> {
    let mut items = HashMap::<String, Rows>::new();
    for row in rows {
        items.entry(row[2].clone()).or_default().push(row);
    }
    items
}

fn understood(from: impl Read, wanted: &HashSet<String>) -> Result<HashMap<String, Item>, Failure> {
    let reader = Reader::new(Topics::in_use(), Procedural::shipped());
    let mut items = HashMap::new();
    for meeting in file::read(BufReader::new(from)) {
        let mut meeting = meeting?;
        meeting.items.retain(|item| wanted.contains(&item.id));
        reader.complete(&mut meeting);
        items.extend(meeting.items.into_iter().map(|item| (item.id.clone(), item)));
    }
    Ok(items)
}
