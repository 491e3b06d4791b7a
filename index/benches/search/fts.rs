//! SQLite FTS5: the best ten of a query, and everything it finds.

use std::collections::HashMap;
use std::path::Path;

use minutebook_record::Meeting;
use rusqlite::Connection;

use super::corpus::whole_text;
use super::queries::Query;

pub struct Fts {
    connection: Connection,
    /// Ids of the items by row, from 1. They are no part of the index, for it is weighed.
    ids: Vec<String>,
}

impl Fts {
    pub fn build(path: &Path, meetings: &[Meeting]) {
        let mut connection = Connection::open(path).unwrap();
        connection.execute_batch("pragma journal_mode=off; pragma synchronous=off; create virtual table t using fts5(text);").unwrap();
        let transaction = connection.transaction().unwrap();
        {
            let mut insert = transaction.prepare("insert into t(text) values (?)").unwrap();
            let mut ids = String::new();
            for item in meetings.iter().flat_map(|m| &m.items) {
                insert.execute([whole_text(item)]).unwrap();
                ids.push_str(&item.id);
                ids.push('\n');
            }
            std::fs::write(path.with_extension("ids"), ids).unwrap();
        }
        transaction.commit().unwrap();
        connection.execute_batch("insert into t(t) values('optimize')").unwrap();
    }

    pub fn open(path: &Path) -> Fts {
        let ids = std::fs::read_to_string(path.with_extension("ids")).unwrap_or_default();
        let ids = ids.lines().map(str::to_owned).collect();
        Fts { connection: Connection::open(path).unwrap(), ids }
    }

    /// The best ten; fuzzy queries it does not have.
    pub fn top(&self, query: &Query) -> usize {
        let Some(expression) = expression(query) else { return 0 };
        let mut select = self
            .connection
            .prepare_cached("select rowid, snippet(t, 0, '[', ']', '...', 30) from t where t match ? order by rank limit 10")
            .unwrap();
        select.query_map([expression], |row| row.get::<_, i64>(0)).unwrap().count()
    }

    /// How many items it finds.
    pub fn count(&self, query: &Query) -> usize {
        let count = "select count(*) from t where t match ?";
        let mut count = self.connection.prepare_cached(count).unwrap();
        let count: i64 = count.query_row([expression(query)], |row| row.get(0)).unwrap();
        count as usize
    }

    /// Every item it finds, by id, with its row.
    pub fn items(&self, query: &Query) -> HashMap<&str, i64> {
        let mut select =
            self.connection.prepare_cached("select rowid from t where t match ?").unwrap();
        let rows = select.query_map([expression(query)], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap)
            .filter_map(|row: i64| Some((self.ids.get(row as usize - 1)?.as_str(), row)))
            .collect()
    }

    /// The row of an item.
    pub fn row(&self, id: &str) -> Option<i64> {
        (1..).zip(&self.ids).find(|(_, own)| *own == id).map(|(row, _)| row)
    }

    /// The text of a row.
    pub fn text(&self, row: i64) -> String {
        let text = "select text from t where rowid = ?";
        self.connection.query_row(text, [row], |row| row.get(0)).unwrap()
    }
}

/// A query as it wants it; fuzzy ones it does not have.
fn expression(query: &Query) -> Option<String> {
    Some(match query.class {
        "and" => query.words.join(" AND "),
        "or" => query.words.join(" OR "),
        "phrase" => format!("\"{}\"", query.words.join(" ")),
        "prefix" => format!("{}*", query.words[0]),
        "fuzzy" => return None,
        _ => query.words[0].clone(),
    })
}
