//! The addresses that have a readable page, with who links to them: what grouping by meeting needs, without any body.

use std::collections::BTreeMap;

use super::{Archive, ArchiveError, At};
use crate::page::Page;
use crate::records::{Held, HeldAddress};

impl Held for Archive {
    type Error = ArchiveError;

    fn addresses(&self) -> Result<Vec<HeldAddress>, ArchiveError> {
        let mut held: BTreeMap<i64, HeldAddress> = self
            .connection
            .prepare_cached(
                "SELECT a.id, a.url FROM address a
                 WHERE a.version IS NOT NULL AND a.kind <> 'robots'
                   AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.what = 'page' AND x.value = a.url)",
            )
            .and_then(|mut s| {
                s.query_map([], |row| {
                    let address = HeldAddress { url: row.get(1)?, found_on: Vec::new() };
                    Ok((row.get(0)?, address))
                })?
                .collect()
            })
            .at(&self.path)?;
        // Only the sorts of pages whose own address does not name their meeting need to know who links to them.
        let links: Vec<(i64, String)> = self
            .connection
            .prepare_cached(
                "SELECT l.target, s.url FROM link l JOIN address s ON s.id = l.source
                 JOIN address t ON t.id = l.target
                 WHERE t.kind IN ('item', 'decision') AND s.kind IN ('meeting', 'service-meeting')
                 ORDER BY l.target, s.url",
            )
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .at(&self.path)?;
        for (target, from) in links {
            if let Some(address) = held.get_mut(&target) {
                address.found_on.push(from);
            }
        }
        Ok(held.into_values().collect())
    }

    fn page(&self, url: &str) -> Result<Option<Page>, ArchiveError> {
        Archive::page(self, url)
    }

    fn before(&self, page: &Page) -> Result<Option<Page>, ArchiveError> {
        self.version_before(page)
    }
}
