//! Records made ready for measuring: read, understood, indexed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use minutebook_index::meaning::{self, Model};
use minutebook_index::search::Routine;
use minutebook_index::{Index, Search, Writer};
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Meeting, file};

use super::measure::{self, Query, Score};
use super::plain::Plain;

const QUERIES: &str = include_str!("queries.tsv");
const QRELS: [&str; 2] = [include_str!("qrels-limerick.txt"), include_str!("qrels-sample.txt")];

/// The judged queries.
pub fn judged() -> Vec<Query> {
    measure::queries(QUERIES, &QRELS)
}

/// Both engines over the same records.
pub struct Corpus {
    pub index: Index,
    pub plain: Plain,
    _held: Option<tempfile::TempDir>,
}

/// Reads records of one file (`.jsonl`, or `.jsonl.gz`) and understands them as the program does.
pub fn read(path: &Path) -> anyhow::Result<Vec<Meeting>> {
    let open = File::open(path).with_context(|| path.display().to_string())?;
    let lines: Box<dyn BufRead> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(BufReader::new(flate2::read::GzDecoder::new(open)))
    } else {
        Box::new(BufReader::new(open))
    };
    let mut meetings = Vec::new();
    for meeting in file::read(lines) {
        let mut meeting = meeting.with_context(|| path.display().to_string())?;
        minutebook_crawler::understand::complete(
            &mut meeting,
            Topics::in_use(),
            Procedural::shipped(),
        );
        meetings.push(meeting);
    }
    Ok(meetings)
}

impl Corpus {
    /// Indexes meetings for both.
    pub fn new(meetings: &[Meeting]) -> anyhow::Result<Corpus> {
        let dir = tempfile::tempdir()?;
        let corpus = Self::kept_in(dir.path(), meetings)?;
        Ok(Corpus { _held: Some(dir), ..corpus })
    }

    /// The same in a folder that stays, so that what was embedded there is embedded once.
    pub fn kept_in(dir: &Path, meetings: &[Meeting]) -> anyhow::Result<Corpus> {
        let mut writer = Writer::open_or_create(dir)?;
        let mut plain = Plain::default();
        for meeting in meetings {
            writer.put(meeting, jiff::Timestamp::UNIX_EPOCH)?;
            meeting.items.iter().for_each(|item| plain.add(item));
        }
        writer.finish()?;
        Ok(Corpus { index: Index::open(dir)?, plain, _held: None })
    }

    /// Answers by meaning too from now on; embeds what is not embedded yet, and says how far it is.
    pub fn understand(&mut self, model: &Arc<dyn Model>) -> anyhow::Result<()> {
        let mut said = 0;
        let dir = self.index.dir().to_owned();
        meaning::embed(&dir, model, |done, all| {
            if done * 20 / all > said {
                said = done * 20 / all;
                eprintln!("{}: {done} of {all} items embedded", dir.display());
            }
        })?;
        self.index = Index::open_with_model(&dir, model)?;
        Ok(())
    }

    /// Our first fifty hits. Dates are measured with procedural items shown, as the judgments say.
    pub fn ours(&self, text: &str, stratum: &str) -> anyhow::Result<Vec<String>> {
        ours(&self.index, text, stratum)
    }

    /// Our scores on the judged queries of a corpus, of one set or both.
    pub fn scores(&self, name: &str, set: Option<&str>) -> anyhow::Result<Vec<(Query, Score)>> {
        let wanted = |query: &Query| query.corpus == name && set.is_none_or(|set| query.set == set);
        judged()
            .into_iter()
            .filter(wanted)
            .map(|query| {
                let score = measure::score(&query, &self.ours(&query.text, &query.stratum)?);
                Ok((query, score))
            })
            .collect()
    }
}

/// The first fifty hits of an index.
pub fn ours(index: &Index, text: &str, stratum: &str) -> anyhow::Result<Vec<String>> {
    let routine = if stratum == "date" { Routine::Show } else { Routine::Hide };
    let search = Search { per_page: 50, routine, ..Search::words(text) };
    Ok(index.search(&search)?.hits.into_iter().map(|hit| hit.id).collect())
}
