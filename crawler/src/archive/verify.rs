//! Re-hashing every body, and asking SQLite whether its file is whole.

use super::{Archive, ArchiveError, At, bodies, pack};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Bodies whose hash was taken again.
    pub bodies: u64,
    /// Bytes of them, unpacked.
    pub bytes: u64,
    /// What is wrong, a line each; empty when all is well.
    pub faults: Vec<String>,
}

impl Archive {
    /// Reads every body, takes its hash again, and checks the file's structure.
    pub fn verify(&self) -> Result<Verified, ArchiveError> {
        let mut found = Verified::default();
        let mut check = self.connection.prepare("PRAGMA quick_check(20)").at(&self.path)?;
        let lines = check.query_map([], |row| row.get::<_, String>(0)).at(&self.path)?;
        for line in lines {
            let line = line.at(&self.path)?;
            if line != "ok" {
                found.faults.push(line);
            }
        }
        let mut rows = self.connection.prepare("SELECT id, sha256 FROM body").at(&self.path)?;
        let mut rows = rows.query([]).at(&self.path)?;
        while let Some(row) = rows.next().at(&self.path)? {
            let (id, sha256): (i64, Vec<u8>) =
                row.get(0).and_then(|id| Ok((id, row.get(1)?))).at(&self.path)?;
            match bodies::read(&self.connection, &self.shelf, &self.path, id) {
                Ok(body) if pack::hash(&body)[..] == sha256[..] => {
                    found.bytes += body.len() as u64;
                }
                Ok(_) => {
                    found.faults.push(format!("body {}: its bytes changed", pack::hex(&sha256)));
                }
                Err(error) => found.faults.push(format!("body {}: {error}", pack::hex(&sha256))),
            }
            found.bodies += 1;
        }
        let lost: i64 = self
            .connection
            .query_row(
                "SELECT count(*) FROM fetch WHERE body IS NOT NULL AND body NOT IN (SELECT id FROM body)",
                [],
                |row| row.get(0),
            )
            .at(&self.path)?;
        if lost > 0 {
            found.faults.push(format!("{lost} answers name a body that is not there"));
        }
        Ok(found)
    }
}
