//! What is hidden for good, kept with the pages it hides.

use jiff::Timestamp;
use rusqlite::params;

use super::{Archive, ArchiveError, At};
use crate::suppress::{Suppression, Suppressions, What};

impl Archive {
    /// Hides a page, an item or a phrase for good. Gives whether it was not hidden before.
    pub fn suppress(
        &mut self,
        what: What,
        value: &str,
        why: &str,
        at: Timestamp,
    ) -> Result<bool, ArchiveError> {
        self.connection
            .execute(
                "INSERT OR IGNORE INTO suppression (what, value, why, at) VALUES (?1, ?2, ?3, ?4)",
                params![what.word(), value, why, at.as_millisecond()],
            )
            .map(|added| added > 0)
            .at(&self.path)
    }

    /// Takes back a suppression made by mistake. Gives whether there was one.
    pub fn unsuppress(&mut self, what: What, value: &str) -> Result<bool, ArchiveError> {
        self.connection
            .execute(
                "DELETE FROM suppression WHERE what = ?1 AND value = ?2",
                params![what.word(), value],
            )
            .map(|taken| taken > 0)
            .at(&self.path)
    }

    /// Addresses of the pages that are hidden.
    pub(crate) fn hidden_pages(&self) -> Result<Vec<String>, ArchiveError> {
        let all = self.suppressions()?;
        Ok(all.all().iter().filter(|s| s.what == What::Page).map(|s| s.value.clone()).collect())
    }

    /// Everything that is hidden.
    pub fn suppressions(&self) -> Result<Suppressions, ArchiveError> {
        let mut statement = self
            .connection
            .prepare("SELECT what, value, why, at FROM suppression ORDER BY id")
            .at(&self.path)?;
        let rows = statement
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                ))
            })
            .at(&self.path)?;
        let mut all = Vec::new();
        for row in rows {
            let (word, value, why, at) = row.at(&self.path)?;
            if let Some(what) = What::from_word(&word) {
                let at = Timestamp::from_millisecond(at).unwrap_or_default();
                all.push(Suppression { what, value, why, at });
            }
        }
        Ok(Suppressions::new(all))
    }
}
