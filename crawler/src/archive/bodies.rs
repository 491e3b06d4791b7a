//! Bodies by their hash, and the dictionaries they are packed with.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::pack;
use super::{ArchiveError, At};

/// Numbers of bodies at which a new dictionary is made of what is held by then.
const MOMENTS: [i64; 4] = [12, 96, 768, 6144];

/// The dictionary used last, at hand: pages read in order mostly share one.
#[derive(Debug, Default)]
pub(super) struct Shelf(RefCell<Option<(i64, Arc<Vec<u8>>)>>);

impl Shelf {
    /// A dictionary by its number; 0 is none.
    fn dictionary(
        &self,
        connection: &Connection,
        path: &Path,
        id: i64,
    ) -> Result<Arc<Vec<u8>>, ArchiveError> {
        if id == 0 {
            return Ok(Arc::default());
        }
        if let Some((at_hand, bytes)) = &*self.0.borrow()
            && *at_hand == id
        {
            return Ok(Arc::clone(bytes));
        }
        let (size, packed): (i64, Vec<u8>) = connection
            .prepare_cached("SELECT size, packed FROM dictionary WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))))
            .at(path)?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let bytes = Arc::new(pack::unpack(path, &packed, size, &[])?);
        *self.0.borrow_mut() = Some((id, Arc::clone(&bytes)));
        Ok(bytes)
    }
}

/// Keeps a body and gives its number; a body held already is not kept twice.
pub(super) fn keep(
    connection: &Connection,
    shelf: &Shelf,
    path: &Path,
    hash: &[u8; 32],
    body: &[u8],
) -> Result<i64, ArchiveError> {
    let held: Option<i64> = connection
        .prepare_cached("SELECT id FROM body WHERE sha256 = ?1")
        .and_then(|mut s| s.query_row([&hash[..]], |row| row.get(0)).optional())
        .at(path)?;
    if let Some(id) = held {
        return Ok(id);
    }
    let newest: Option<i64> =
        connection.query_row("SELECT max(id) FROM dictionary", [], |row| row.get(0)).at(path)?;
    let number = if pack::wants_dictionary(body) { newest.unwrap_or(0) } else { 0 };
    let packed = pack::pack(path, body, &shelf.dictionary(connection, path, number)?)?;
    connection
        .prepare_cached(
            "INSERT INTO body (sha256, size, dictionary, packed) VALUES (?1, ?2, ?3, ?4)",
        )
        .and_then(|mut s| {
            s.execute(params![
                &hash[..],
                i64::try_from(body.len()).unwrap_or(i64::MAX),
                number,
                packed
            ])
        })
        .at(path)?;
    let id = connection.last_insert_rowid();
    if MOMENTS.contains(&id) {
        make_dictionary(connection, shelf, path)?;
    }
    Ok(id)
}

/// Reads a body by its number.
pub(super) fn read(
    connection: &Connection,
    shelf: &Shelf,
    path: &Path,
    id: i64,
) -> Result<Vec<u8>, ArchiveError> {
    let (size, number, packed): (i64, i64, Vec<u8>) = connection
        .prepare_cached("SELECT size, dictionary, packed FROM body WHERE id = ?1")
        .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
        .at(path)?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    pack::unpack(path, &packed, size, &shelf.dictionary(connection, path, number)?)
}

/// Makes a dictionary of the latest bodies, a few of each kind, the commonest kind last: zstd reaches the end of a dictionary cheapest.
fn make_dictionary(
    connection: &Connection,
    shelf: &Shelf,
    path: &Path,
) -> Result<(), ArchiveError> {
    let mut statement = connection
        .prepare(
            "SELECT body, held FROM (
               SELECT f.body AS body, count(*) OVER (PARTITION BY a.kind) AS held,
                 row_number() OVER (PARTITION BY a.kind ORDER BY f.id DESC) AS place
               FROM fetch f JOIN address a ON a.id = f.address
               WHERE f.outcome = 'fetched' AND f.body IS NOT NULL AND a.kind <> 'minutes-document'
             ) WHERE place <= 3 ORDER BY held DESC, place DESC",
        )
        .at(path)?;
    let samples: Vec<i64> =
        statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).at(path)?;
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let mut size = 0;
    for id in samples {
        let mut body = read(connection, shelf, path, id)?;
        if !pack::wants_dictionary(&body) {
            continue;
        }
        body.truncate(pack::SAMPLE);
        if size + body.len() > pack::DICTIONARY {
            break;
        }
        size += body.len();
        parts.push(body);
    }
    parts.reverse();
    let bytes = parts.concat();
    if bytes.len() >= 1024 {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let packed = pack::pack(path, &bytes, &[])?;
        connection
            .execute("INSERT INTO dictionary (size, packed) VALUES (?1, ?2)", params![size, packed])
            .at(path)?;
    }
    Ok(())
}
