//! How long it takes until a meeting whose record is written is found, by a server that has the index open.

use std::path::Path;
use std::time::Instant;

use minutebook_index::{Index, Search, Writer};
use minutebook_record::Meeting;

use super::table;

const ROUNDS: usize = 5;

/// Puts a meeting with a word of its own into an index and asks for it until it is found, several times; takes it out again.
pub fn print(dir: &Path, index: &Index) {
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        let word = format!("weathercock{round}x{}", std::process::id());
        let meeting = meeting(&word);
        let search = Search::words(&word);
        let asking = std::thread::spawn({
            let index = index.clone();
            move || {
                let mut asked = 0;
                while index.search(&search).unwrap().total == 0 {
                    asked += 1;
                    // Other visitors' questions are not asked faster than this.
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                (Instant::now(), asked)
            }
        });
        let began = Instant::now();
        let mut writer = Writer::open_or_create(dir).unwrap();
        writer.put(&meeting, jiff::Timestamp::UNIX_EPOCH).unwrap();
        writer.finish().unwrap();
        let written = began.elapsed();
        let (found, asked) = asking.join().unwrap();
        took.push((found - began, written, asked));
    }
    let mut writer = Writer::open_or_create(dir).unwrap();
    writer.remove(&meeting("").id).unwrap();
    writer.finish().unwrap();
    let of = |times: Vec<_>| table::median(&times).unwrap_or(f64::NAN) / 1e3;
    println!(
        "a record handed over is found after {:.0} ms; its writer is done after {:.0} ms ({} searches asked meanwhile, none failed)",
        of(took.iter().map(|(found, ..)| *found).collect()),
        of(took.iter().map(|(_, written, _)| *written).collect()),
        took.iter().map(|(.., asked)| asked).sum::<usize>()
    );
}

fn meeting(word: &str) -> Meeting {
    let record = format!(
        r#"{{"format":1,"site":"https://bench.example.invalid/","id":"bench-fresh","committee":{{"name":"Bench Committee"}},
        "date":"2020-02-03","items":[{{"id":"bench-fresh-1","title":"The {word}","passages":[]}}]}}"#
    );
    minutebook_record::file::parse(record.replace('\n', " ").as_bytes(), 1).unwrap()
}
