//! What the faces of an answer cost beside the answer itself: JSON over loopback HTTP, and the rendered page of results.
//!
//!     cargo run --release --example faces -- INDEX QUERIES.tsv
//!
//! `INDEX` and the queries are what `cargo bench -p minutebook-index --bench search -- --keep DIR` leaves in `DIR`. Each query is
//! asked in turn of the index itself, as JSON and as a page, several rounds over one kept connection; what is printed are
//! medians over the queries of the median of each.
#![allow(clippy::print_stdout, reason = "a measuring program")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use minutebook::web::{App, Settings, serve};
use minutebook_index::{Index, Search};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;
/// Hits asked for, as in the bench.
const TEN: usize = 10;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (index, queries) = (arguments.next(), arguments.next());
    let index = Index::open(index.context("the folder of an index")?)?;
    let queries = std::fs::read_to_string(queries.context("a file of queries")?)?;
    let queries: Vec<&str> = queries.lines().filter_map(|line| line.split('\t').nth(1)).collect();

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let app = App::new(index.clone(), Settings { rate: None, ..Settings::default() });
    runtime.spawn(async move { serve(listener, app, std::future::pending()).await });

    let mut client = Client { stream: BufReader::new(TcpStream::connect(address)?) };
    client.stream.get_ref().set_nodelay(true)?;
    let mut all: [Vec<Duration>; 3] = Default::default();
    let mut bytes = [0; 2];
    for query in queries {
        let search = Search { per_page: TEN, ..Search::words(query) };
        let asked =
            percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
        let mut took: [Vec<Duration>; 3] = Default::default();
        for _ in 0..=ROUNDS {
            let began = Instant::now();
            std::hint::black_box(index.search(&search)?);
            took[0].push(began.elapsed());
            let began = Instant::now();
            bytes[0] = client.get(&format!("/api/v1/search?per_page={TEN}&q={asked}"))?;
            took[1].push(began.elapsed());
            let began = Instant::now();
            bytes[1] = client.get(&format!("/search?per_page={TEN}&q={asked}"))?;
            took[2].push(began.elapsed());
        }
        for (all, mut took) in all.iter_mut().zip(took) {
            // The first round warms up.
            took.remove(0);
            all.push(median(&mut took));
        }
    }
    let added = |face: usize| {
        let mut added: Vec<Duration> = all[face]
            .iter()
            .zip(&all[0])
            .map(|(with, without)| with.saturating_sub(*without))
            .collect();
        median(&mut added)
    };
    println!(
        "the answer itself {:?}, JSON adds {:?} ({} bytes the last), the page adds {:?} ({} bytes)",
        median(&mut all[0].clone()),
        added(1),
        bytes[0],
        added(2),
        bytes[1]
    );
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// One kept connection.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Asks for an address and reads the whole answer; its length.
    fn get(&mut self, path: &str) -> Result<usize> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut length, mut chunked, mut line) = (0, false, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let lower = line.trim().to_ascii_lowercase();
            if lower.starts_with("http/1.1 ") {
                anyhow::ensure!(lower.contains(" 200"), "{path}: {lower}");
            }
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= lower == "transfer-encoding: chunked";
            if lower.is_empty() {
                break;
            }
        }
        if !chunked {
            return self.body(length);
        }
        let mut whole = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16)?;
            whole += self.body(size)?;
            self.stream.read_line(&mut line)?;
            if size == 0 {
                return Ok(whole);
            }
        }
    }

    fn body(&mut self, length: usize) -> Result<usize> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(std::hint::black_box(body).len())
    }
}
