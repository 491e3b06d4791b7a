//! What an archive costs and how fast it opens, printed as figures: `cargo bench -p minutebook-crawler --bench archive [PAGES]`.
//!
//! The pages are made up in the shapes of real ones: a council's template of some twenty kilobytes around words that differ.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints its figures"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::{Answer, Archive, Offer, Step};
use minutebook_crawler::outcome::Outcome;
use minutebook_crawler::page::PageKind;

const SITE: &str = "https://democracy.example.gov.uk/";

fn main() {
    let pages = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(200_000);
    let folder = std::env::temp_dir().join(format!("minutebook-bench-{}", std::process::id()));
    cost(&folder.join("cost.sqlite"), 3000);
    opening(&folder.join("large.sqlite"), pages);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        println!("{}: {error}", folder.display());
    }
}

/// Bytes on disk for each byte of a page, everything included: log, links, addresses.
fn cost(path: &Path, pages: usize) {
    let mut archive = create(path);
    let (mut raw, mut dice) = (0, 1);
    let start = Instant::now();
    for n in 0..pages {
        let body = if n % 4 == 0 { item(&mut dice) } else { meeting(&mut dice, 4 + n % 12) };
        raw += body.len();
        keep(&mut archive, n, &body, 12);
    }
    let took = start.elapsed();
    drop(archive);
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    println!(
        "cost: {pages} pages, {:.1} MB raw, {:.1} MB on disk: {:.1} %; {:.2} ms a page to keep",
        raw as f64 / 1e6,
        size as f64 / 1e6,
        100.0 * size as f64 / raw as f64,
        took.as_secs_f64() * 1000.0 / pages as f64
    );
}

fn opening(path: &Path, pages: usize) {
    let mut archive = create(path);
    for n in 0..pages {
        keep(&mut archive, n, &format!("<p>Minute {n}</p>"), 2);
    }
    drop(archive);
    let (archive, opened) = timed(|| Archive::open(path).unwrap_or_else(|e| panic!("{e}")));
    let (status, stated) = timed(|| archive.status().unwrap_or_else(|e| panic!("{e}")));
    let (read, all) = timed(|| archive.pages().count());
    println!(
        "opening {} pages: open {opened:.0?}, status {stated:.0?}, reading all {read} {all:.1?}",
        status.held
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn create(path: &Path) -> Archive {
    let site = Base::parse(SITE).unwrap_or_else(|e| panic!("{e}"));
    Archive::create(path, &site).unwrap_or_else(|e| panic!("{e}"))
}

fn keep(archive: &mut Archive, n: usize, body: &str, links: usize) {
    let url = format!("{SITE}ieListDocuments.aspx?MId={n}");
    let mut answer = Answer::bare(&url, PageKind::Meeting, Timestamp::UNIX_EPOCH, Outcome::Fetched);
    answer.body = Some(body.as_bytes());
    answer.status = Some(200);
    answer.content_type = Some("text/html; charset=utf-8");
    let offers = (0..links)
        .map(|l| Offer {
            url: format!("{SITE}mgAi.aspx?ID={}", n * links + l),
            kind: PageKind::Item,
            words: format!("view the full minutes text for item {l}."),
            day: None,
            place: None,
        })
        .collect();
    let step = Step { offers, ..Step::default() };
    archive.keep(&answer, &step).unwrap_or_else(|e| panic!("{e}"));
}

/// Words as minutes use them, drawn by lot: text of this sort packs worse than real minutes do.
const WORDS: &str = "the Committee considered a report of the Assistant Director on progress with consultation housing repairs budget monitoring schools transport capital programme proposals members noted resolved that recommended approval be given subject to conditions officers responded concerns raised by residents regarding highways parking planning application children social care partnership funding strategy review annual performance quarter targets improvement plan scrutiny Cabinet delegated authority consultation outcome service delivery recruitment apprenticeships wellbeing safeguarding elective home education attendance exclusions library leisure contract procurement waste recycling climate flood defence regeneration town centre market heritage licensing enforcement appeals grants voluntary sector";

fn words(dice: &mut u64, count: usize) -> String {
    let all: Vec<&str> = WORDS.split(' ').collect();
    (0..count).fold(String::new(), |mut out, n| {
        *dice =
            dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(*dice >> 33).unwrap_or(0) % (all.len() * 2);
        // Every other word or so is one of its own, as names and numbers are.
        match all.get(place) {
            Some(word) => out.push_str(word),
            None if n % 3 == 0 => drop(write!(out, "{}", *dice >> 50)),
            None => out.push_str(all[place - all.len()]),
        }
        out.push(if n % 11 == 10 { '\n' } else { ' ' });
        out
    })
}

fn meeting(dice: &mut u64, items: usize) -> String {
    let rows = (0..items).fold(String::new(), |mut out, n| {
        let (title, text) = (words(dice, 8), words(dice, 160));
        let _ = write!(out, "<tr>\n<td  class=\"mgItemNumberCell\" ><p  class=\"mgAiTitleTxt\" >{n}.</p></td>\n<td><a name=\"AI{}\"></a><p  class=\"mgAiTitleTxt\" >{title}</p>\n<p  class=\"mgSubItemTitleTxt\" >Minutes:</p><div  class=\"mgWordPara\" ><div class=\"WordSection1\"><p class=\"MsoNormal\">{text}</p><p class=\"MsoNormal\">&nbsp;</p></div></div></td></tr>", *dice >> 44);
        out
    });
    shell(dice, &format!("<table  class=\"mgItemTable\" >{rows}</table>"))
}

fn item(dice: &mut u64) -> String {
    let text = words(dice, 400);
    shell(
        dice,
        &format!(
            "<p  class=\"mgSubItemTitleTxt\" >Minutes:</p><div  class=\"mgWordPara\" ><p>{text}</p></div>"
        ),
    )
}

fn shell(dice: &mut u64, body: &str) -> String {
    let menu = (0..90).fold(String::new(), |mut out, n| {
        let _ = writeln!(out, "<li class=\"nav__item nav__item--{n}\"><a class=\"nav__link\" href=\"/services/section-{n}/page-{}\" title=\"Link to service {n}\">Service and information {n}</a></li>", n * 37 % 91);
        out
    });
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta name=\"DC.date\" content=\"{}\" /><title>Agenda</title></head><body><nav><ul>{menu}</ul></nav><div id=\"modgov\"><div class=\"mgContent\" >{body}</div></div><footer>{menu}</footer></body></html>",
        *dice >> 40
    )
}
