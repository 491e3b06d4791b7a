//! Small facts about a site kept beside its pages: the circuit, robots.txt, the routes.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Archive, ArchiveError, At};

/// A circuit that is open: we do not ask before `until`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circuit {
    /// When the site may be asked again.
    pub until: Timestamp,
    /// What opened it.
    pub why: String,
    /// How often it opened in a row without an answer in between.
    pub times: u32,
}

impl Archive {
    /// A fact by its name.
    pub fn fact(&self, key: &str) -> Result<Option<String>, ArchiveError> {
        self.connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")
            .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
            .at(&self.path)
    }

    /// Writes a fact.
    pub fn set_fact(&mut self, key: &str, value: &str) -> Result<(), ArchiveError> {
        self.connection
            .execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                params![key, value],
            )
            .map(drop)
            .at(&self.path)
    }

    /// Forgets a fact.
    pub fn drop_fact(&mut self, key: &str) -> Result<(), ArchiveError> {
        self.connection.execute("DELETE FROM meta WHERE key = ?1", [key]).map(drop).at(&self.path)
    }

    /// The circuit, where it was left open.
    pub fn circuit(&self) -> Result<Option<Circuit>, ArchiveError> {
        // A fact that does not read is as good as none: the circuit closes too early at worst, and the pace holds.
        Ok(self.fact("circuit")?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Leaves the circuit open, or closes it.
    pub fn set_circuit(&mut self, circuit: Option<&Circuit>) -> Result<(), ArchiveError> {
        match circuit.and_then(|c| serde_json::to_string(c).ok()) {
            Some(text) => self.set_fact("circuit", &text),
            None => self.drop_fact("circuit"),
        }
    }

    /// Notes when the next run is due; `None` while one runs.
    pub fn set_next_due(&mut self, at: Option<Timestamp>) -> Result<(), ArchiveError> {
        match at {
            Some(at) => self.set_fact("next-due", &at.to_string()),
            None => self.drop_fact("next-due"),
        }
    }

    /// Begins a run and gives its number.
    pub fn begin_run(&mut self, at: Timestamp) -> Result<i64, ArchiveError> {
        self.connection
            .execute("INSERT INTO run (started) VALUES (?1)", [at.as_millisecond()])
            .at(&self.path)?;
        Ok(self.connection.last_insert_rowid())
    }

    /// The run that was begun and not ended, where there is one: its frontier is still to be walked.
    pub fn open_run(&self) -> Result<Option<i64>, ArchiveError> {
        self.connection
            .query_row(
                "SELECT id FROM run WHERE ended IS NULL ORDER BY id DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()
            .at(&self.path)
    }

    /// Notes how a run stands; one that is `over` has walked its whole frontier.
    pub fn end_run(
        &mut self,
        run: i64,
        at: Timestamp,
        requests: u64,
        ending: &str,
        over: bool,
    ) -> Result<(), ArchiveError> {
        let ended = over.then(|| at.as_millisecond());
        self.connection
            .execute(
                "UPDATE run SET ended = ?2, ending = ?3, requests = requests + ?4 WHERE id = ?1",
                params![run, ended, ending, i64::try_from(requests).unwrap_or(i64::MAX)],
            )
            .map(drop)
            .at(&self.path)
    }
}
