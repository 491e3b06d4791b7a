//! Reads records on stdin and prints them understood: `cargo run -p minutebook-crawler --example understand < records.jsonl`.

use std::io::{BufReader, Write as _};

use minutebook_crawler::understand;
use minutebook_record::file;
use minutebook_record::vocabulary::{Procedural, Topics};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for meeting in file::read(BufReader::new(std::io::stdin())) {
        let mut meeting = meeting?;
        understand::complete(&mut meeting, Topics::in_use(), Procedural::shipped());
        file::write(&meeting, &mut out)?;
    }
    out.flush()?;
    Ok(())
}
