//! A whole council's archive read into records, printed as figures: `cargo bench -p minutebook-crawler --bench council [PAGES]`.
//!
//! The aim: 40,000 pages in under two minutes on two cores, in memory that does not grow with the archive.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints its figures"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use minutebook_crawler::address::Base;
use minutebook_crawler::archive::{Answer, Archive, Step};
use minutebook_crawler::outcome::Outcome;
use minutebook_crawler::page::{PageKind, PdfText};
use minutebook_crawler::records::{self, Means};
use minutebook_crawler::understand;
use minutebook_record::Meeting;
use minutebook_record::vocabulary::{Procedural, Topics};

const SITE: &str = "https://democracy.example.gov.uk/";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let pages = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(40_000);
    let folder = std::env::temp_dir().join(format!("minutebook-council-{}", std::process::id()));
    let outcome = run(&folder, pages);
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn run(folder: &Path, pages: usize) -> Result<(), Failure> {
    let raw = fill(&folder.join("council.sqlite"), pages)?;
    let archive = Archive::open(&folder.join("council.sqlite"))?;
    let complete = |meeting: &mut Meeting| {
        understand::complete(meeting, Topics::in_use(), Procedural::shipped());
    };
    let means = Means { pdf: &|_| PdfText::NoTool, complete: &complete, unread: &|_| {} };
    let quarter = pages / 4;
    let (mut next, mut held) = (quarter, Vec::new());
    let start = Instant::now();
    let written =
        records::write(SITE, &archive, means, &folder.join("records.jsonl"), |progress| {
            if progress.pages >= next {
                held.push(format!("{} MB", resident() >> 20));
                next += quarter;
            }
        })?;
    let took = start.elapsed().as_secs_f64();
    println!(
        "{pages} pages of {:.0} KB in {took:.1} s ({:.0} a second), {written:?}; memory at each quarter {}, at most {}",
        raw as f64 / pages as f64 / 1e3,
        pages as f64 / took,
        held.join(", "),
        most()
    );
    Ok(())
}

/// Bytes of memory this process holds (0 where the system does not tell).
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

/// The most it ever held, as the system tells it.
fn most() -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM"));
    line.map_or_else(|| "?".to_owned(), |line| line["VmHWM:".len()..].trim().to_owned())
}

/// An archive of meeting pages, every fifth address an agenda item's own; gives the bytes of the pages.
fn fill(path: &Path, pages: usize) -> Result<usize, Failure> {
    let mut archive = Archive::create(path, &Base::parse(SITE)?)?;
    let (mut raw, mut dice) = (0, 1);
    for n in 0..pages {
        let (url, kind, body) = if n % 5 == 4 {
            let text = text(&mut dice, 12);
            (format!("{SITE}mgAi.aspx?ID={n}"), PageKind::Item, shell("Agenda item", &text))
        } else {
            let body = meeting(&mut dice, n, 5 + n % 9);
            (format!("{SITE}ieListDocuments.aspx?CId={}&MId={n}", n % 40), PageKind::Meeting, body)
        };
        raw += body.len();
        let mut answer = Answer::bare(&url, kind, Timestamp::UNIX_EPOCH, Outcome::Fetched);
        answer.body = Some(body.as_bytes());
        answer.status = Some(200);
        answer.content_type = Some("text/html; charset=utf-8");
        archive.keep(&answer, &Step::default())?;
    }
    Ok(raw)
}

const TITLES: &[&str] = &[
    "Apologies for Absence",
    "Declarations of Interest",
    "Elective Home Education",
    "Housing Repairs and Maintenance Contract",
    "Budget Monitoring, Month 4",
    "Petition: Parking in Ash Street",
    "Safeguarding Adults Annual Report",
    "Winter Gritting Routes",
    "Library Opening Hours",
];

const SENTENCES: &[&str] = &[
    "Consideration was given to a report of the Strategic Director of Regeneration and Environment which set out the progress made against the priorities agreed on 21 May 2019.",
    "The Assistant Director, Education advised that the number of children who were electively home educated had risen by four per cent since the last report.",
    "In response to a question from Councillor Ash, the Head of Housing Options confirmed that the waiting list for adapted homes stood at 212 households.",
    "Members asked what was being done about fly-tipping and whether the cameras in the town centre were working as they should.",
    "The Chair thanked the officers for their attendance and for the quality of the report before the Committee.",
    "Councillor B. Bell referred to the consultation and felt that residents of the outlying villages had not been heard.",
    "The Cabinet Member for Children and Young People’s Services welcomed the findings and stated that a further report would be submitted in six months.",
    "It was noted that the budget for highways maintenance would be overspent unless the winter was mild (Minute No. 24 refers).",
];

fn draw<'a>(dice: &mut u64, from: &[&'a str]) -> &'a str {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    from[usize::try_from(*dice >> 33).unwrap_or(0) % from.len()]
}

fn text(dice: &mut u64, paragraphs: usize) -> String {
    let mut out = "<p  class=\"mgSubItemTitleTxt\" >Minutes:</p><div  class=\"mgWordPara\" ><div class=\"WordSection1\">".to_owned();
    for _ in 0..paragraphs {
        let (one, two) = (draw(dice, SENTENCES), draw(dice, SENTENCES));
        let _ = write!(
            out,
            "<p class=\"MsoNormal\"><span style='font-family:\"Arial\",sans-serif'>{one}\n{two} {}</span><o:p></o:p></p>\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n",
            *dice >> 48
        );
    }
    out.push_str("<p>Resolved:-</p><p>1) That the report be noted.</p><p>2)</p><p>That a further report be brought in six months.</p></div></div>");
    out
}

fn meeting(dice: &mut u64, n: usize, items: usize) -> String {
    let mut rows = String::new();
    for item in 1..=items {
        let (title, text) = (draw(dice, TITLES), text(dice, 6));
        let _ = write!(
            rows,
            "<tr>\n<td  class=\"mgItemNumberCell\" ><a name=\"AI{}\"></a><p  class=\"mgAiTitleTxt\" >{item}.</p></td>\n<td><p  class=\"mgAiTitleTxt\" >{title}</p>{text}</td></tr>",
            n * 20 + item
        );
    }
    let heading = format!(
        "Committee {} - Tuesday, {} September, {} 5.30 p.m.",
        n % 40,
        n % 28 + 1,
        2000 + n % 24
    );
    shell(
        "Agenda and minutes",
        &format!(
            "<h2 class=\"mgSubTitleTxt\">{heading}</h2><table  class=\"mgItemTable\" >{rows}</table>"
        ),
    )
}

fn shell(title: &str, body: &str) -> String {
    let menu = (0..60).fold(String::new(), |mut out, n| {
        let _ = writeln!(out, "<li class=\"nav__item nav__item--{n}\"><a class=\"nav__link\" href=\"/services/section-{n}\">Service and information {n}</a></li>");
        out
    });
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav><div id=\"modgov\"><h1 class=\"mgMainTitleTxt\">{title}</h1><div class=\"mgContent\" >{body}</div></div><footer><ul>{menu}</ul></footer></body></html>"
    )
}
