//! SQLite FTS5: the best ten of a query.

use std::path::Path;

use minutebook_record::Meeting;
use rusqlite::Connection;

use super::corpus::whole_text;
use super::queries::Query;

pub struct Fts {
    connection: Connection,
}

impl Fts {
    pub fn build(path: &Path, meetings: &[Meeting]) {
        let mut connection = Connection::open(path).unwrap();
        connection.execute_batch("pragma journal_mode=off; pragma synchronous=off; create virtual table t using fts5(text);").unwrap();
        let transaction = connection.transaction().unwrap();
        {
            let mut insert = transaction.prepare("insert into t(text) values (?)").unwrap();
            for item in meetings.iter().flat_map(|m| &m.items) {
                insert.execute([whole_text(item)]).unwrap();
            }
        }
        transaction.commit().unwrap();
        connection.execute_batch("insert into t(t) values('optimize')").unwrap();
    }

    pub fn open(path: &Path) -> Fts {
        Fts { connection: Connection::open(path).unwrap() }
    }

    /// The best ten; fuzzy queries it does not have.
    pub fn top(&self, query: &Query) -> usize {
        let expression = match query.class {
            "and" => query.words.join(" AND "),
            "or" => query.words.join(" OR "),
            "phrase" => format!("\"{}\"", query.words.join(" ")),
            "prefix" => format!("{}*", query.words[0]),
            "fuzzy" => return 0,
            _ => query.words[0].clone(),
        };
        let mut select = self
            .connection
            .prepare_cached("select rowid, snippet(t, 0, '[', ']', '...', 30) from t where t match ? order by rank limit 10")
            .unwrap();
        select.query_map([expression], |row| row.get::<_, i64>(0)).unwrap().count()
    }
}
