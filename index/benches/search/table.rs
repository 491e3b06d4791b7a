//! The figures, printed.

use std::collections::BTreeMap;
use std::time::Duration;

const NAMES: [&str; 5] =
    ["ours, whole", "bare, whole", "ours again", "bare, top ten", "FTS5, top ten"];

#[derive(Default)]
pub struct Times {
    pub took: [Vec<Duration>; 5],
    pub found: [usize; 5],
    /// What our engine finds with every word as it stands, to hold counts of others against.
    pub exact: usize,
    /// Where there are peers: ours, bare tantivy, then each of them, all rounds of one after the other's.
    pub rows: Vec<Row>,
}

/// What an engine took and found; nothing where it has no such queries.
#[derive(Default)]
pub struct Row {
    pub took: Vec<Duration>,
    pub found: Option<usize>,
}

impl Times {
    /// Asks an engine its rounds in a row; the first warms up.
    pub fn row(&mut self, rounds: usize, ask: &mut dyn FnMut() -> Option<(usize, Duration)>) {
        let mut row = Row::default();
        for round in 0..=rounds {
            let Some((count, took)) = ask() else { break };
            row.found = Some(count);
            row.took.extend((round > 0).then_some(took));
        }
        self.rows.push(row);
    }
}

/// Where bare tantivy stands among such rows.
const BARE: usize = 1;

pub fn build(name: &str, wall: Duration, cpu: Duration, size: u64, text: u64) {
    println!(
        "{name:14} built in {:.1} s ({:.1} s of CPU), {:.1} MB, {:.2} of the text",
        wall.as_secs_f64(),
        cpu.as_secs_f64(),
        size as f64 / 1e6,
        size as f64 / text as f64
    );
}

pub fn median(times: &[Duration]) -> Option<f64> {
    let mut times: Vec<f64> = times.iter().map(|t| t.as_secs_f64() * 1e6).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

fn quantile(values: &mut [f64], q: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0) * q).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Each query with its times, of which it takes how many times bare tantivy's, and what was found.
pub fn each(rows: &[(&'static str, String, Times)]) {
    for (class, text, times) in rows {
        let took = |engine: usize| median(&times.took[engine]).unwrap_or(f64::NAN);
        let found = times.found[0];
        println!(
            "{class:8} {:>8.0} {:>8.0} {:>6.2} {found:>8} {text}",
            took(0),
            took(1),
            took(0) / took(1)
        );
    }
}

pub fn print(rows: &[(&'static str, String, Times)], peers: &[&str]) {
    let mut classes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (class, ..)) in rows.iter().enumerate() {
        classes.entry(class).or_default().push(at);
        classes.entry("~ all").or_default().push(at);
    }
    print!("{:10}", "us p50/p99");
    for name in NAMES {
        print!(" {name:>17}");
    }
    print!("   ours/bare p50   p99   FTS5/ours");
    for name in peers {
        print!(" {:>33}", format!("{name} in a row, times bare"));
    }
    println!();
    for (class, members) in &classes {
        print!("{class:10}");
        let mut cells = Vec::new();
        for engine in 0..NAMES.len() {
            let mut values: Vec<f64> =
                members.iter().filter_map(|at| median(&rows[*at].2.took[engine])).collect();
            let (half, most) = (quantile(&mut values, 0.5), quantile(&mut values, 0.99));
            print!(" {half:>8.0}/{most:>8.0}");
            cells.push((half, most));
        }
        print!(
            "   {:>13.2} {:>5.2} {:>8.1}",
            cells[0].0 / cells[1].0,
            cells[0].1 / cells[1].1,
            cells[4].0 / cells[0].0
        );
        for peer in 0..peers.len() {
            // Against bare tantivy over the queries this peer can answer.
            let answered = |at: &&usize| !rows[**at].2.rows[peer].took.is_empty();
            let over = |took: &dyn Fn(&Times) -> Option<f64>| {
                let mut values: Vec<f64> =
                    members.iter().filter(answered).filter_map(|at| took(&rows[*at].2)).collect();
                (quantile(&mut values, 0.5), quantile(&mut values, 0.99))
            };
            let theirs = over(&|times| median(&times.rows[peer].took));
            let bare = over(&|times| median(&times.rows[BARE].took));
            if theirs.0.is_nan() {
                print!(" {:>33}", "-");
            } else {
                let (half, most) = (theirs.0 / bare.0, theirs.1 / bare.1);
                print!(" {:>9.0}/{:>9.0} {half:>6.2} {most:>6.2}", theirs.0, theirs.1);
            }
        }
        println!();
    }
    let mut slowest: Vec<(f64, f64, &str, usize)> = rows
        .iter()
        .filter_map(|(_, text, t)| {
            Some((median(&t.took[0])?, median(&t.took[1])?, text.as_str(), t.found[0]))
        })
        .collect();
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (ours, bare, text, found) in slowest.iter().take(12) {
        println!("slow: {ours:>8.0} us (bare {bare:>7.0})  {found:>7} found  {text}");
    }
}

/// On how many plain queries each peer's count equals bare tantivy's, and ours with every word as it stands.
pub fn counts(rows: &[(&'static str, String, Times)], peers: &[&str]) {
    let plain: Vec<_> =
        rows.iter().filter(|(class, ..)| !matches!(*class, "prefix" | "fuzzy")).collect();
    let say = |name: &str, found: &dyn Fn(&Times) -> Option<usize>| {
        let equal = |other: &dyn Fn(&Times) -> usize| {
            plain.iter().filter(|row| found(&row.2) == Some(other(&row.2))).count()
        };
        let (bare, exact) = (equal(&|t| t.found[1]), equal(&|t| t.exact));
        println!(
            "counts of {} plain queries: {name} as bare tantivy on {bare}, as ours word for word on {exact}",
            plain.len()
        );
        for (class, text, times) in
            plain.iter().filter(|row| found(&row.2) != Some(row.2.exact)).step_by(7).take(6)
        {
            let count = found(times).map_or_else(|| "-".to_owned(), |n| n.to_string());
            let (exact, bare) = (times.exact, times.found[1]);
            println!("  {class:8} {text}: {count}, ours {exact}, bare tantivy {bare}");
        }
    };
    for (at, name) in peers.iter().enumerate().skip(BARE) {
        say(name, &|times| times.rows[at].found);
    }
}
