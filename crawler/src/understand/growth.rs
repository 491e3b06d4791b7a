//! What understanding costs grows as the text does: twice the words, at most three times the work, whatever the words.
//! Measured against itself, so that a slow or busy machine changes nothing.

use std::time::{Duration, Instant};

use minutebook_record::{Item, Part, Passage};

use super::{Procedural, Topics, complete};

/// What a page read wrongly, or written to do harm, may repeat.
const UNITS: &[&str] = &[
    "Director of Finance and ",
    "Director of Finance & ",
    "the Head of Law, ",
    "Acting Senior Assistant ",
    "Director of housing the ",
    "He said that the Chair, Councillor Ash, and Head of Law advised. ",
    "(a) ",
    "(a) That it be noted; (b) that it be paid. ",
    "1. ",
    "1. That it be noted. ",
    "Resolved: ",
    "RESOLVED: (1) That it be noted. ",
    "for the following reasons: (1) ",
    "AGREED ",
    "that ",
    "the recommendations of the report, namely: ",
    "For: A ",
    "For: Councillor A. Against: Councillor B. ",
    "8 for and 7 against ",
    "The motion was put and carried. ",
    "M. ",
    "p.m. ",
    "..",
    "Minute No. 12 refers ",
    "of the Council, ",
    "Councillor Ash moved that it be so. ",
    "report back within six months ",
    "Elective Home Education (EHE) ",
    "Present: Councillors Ash, Bell; ",
    "Apologies were received from Councillor Ash, ",
    "\u{2022} That it be noted ",
    "“RESOLVED ",
    "((",
    "),",
    "A",
    "a ",
    " ",
    "; ",
    "- ",
    "É",
];

/// The bytes of the shorter text; the longer holds sixteen times as many, still within what is read of a passage.
const SHORT: usize = 1_250;
/// Twice the words at most three times the work, four times over: the square of the length would come to 256.
const MOST: u32 = 3 * 3 * 3 * 3;

fn took(passages: &[Passage]) -> Duration {
    let line = r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"Cabinet"},"date":"2019-09-17"}"#;
    let mut meeting = minutebook_record::file::parse(line.as_bytes(), 1).unwrap();
    meeting.items = vec![Item {
        id: "x-1".to_owned(),
        title: "Minutes".to_owned(),
        passages: passages.to_vec(),
        ..Item::default()
    }];
    let started = Instant::now();
    complete(&mut meeting, Topics::in_use(), Procedural::shipped());
    started.elapsed()
}

/// Measured several times: what disturbs one try does not disturb all.
///
/// Gives the units that cost more.
fn dearer(of: impl Fn(&str, usize) -> Vec<Passage>) -> Vec<String> {
    // Vocabularies are made ready once.
    took(&[passage("Resolved: That it be noted.".to_owned())]);
    UNITS.iter().filter_map(|unit| growth(unit, &of)).collect()
}

fn growth(unit: &str, of: impl Fn(&str, usize) -> Vec<Passage>) -> Option<String> {
    let (short, long) = (of(unit, SHORT), of(unit, SHORT * 16));
    // Too little to measure is little enough.
    let mut best = [Duration::MAX; 2];
    for _ in 0..8 {
        best[0] = best[0].min(took(&short).max(Duration::from_micros(100)));
        best[1] = best[1].min(took(&long));
        if best[1] <= best[0] * MOST {
            return None;
        }
    }
    Some(format!("{unit:?}: {best:?}"))
}

fn passage(text: String) -> Passage {
    Passage { part: Part::Minutes, text }
}

fn assert_none(dearer: &[String]) {
    assert!(dearer.is_empty(), "{dearer:#?}");
}

#[test]
fn a_passage_costs_as_its_length() {
    assert_none(&dearer(|unit, bytes| vec![passage(unit.repeat(bytes / unit.len()))]));
}

#[test]
fn opened_once_and_repeated_costs_as_its_length() {
    let open = "RESOLVED - that for the following reasons: ";
    assert_none(&dearer(|unit, bytes| {
        vec![passage(format!("{open}{}", unit.repeat(bytes / unit.len())))]
    }));
}

#[test]
fn passages_cost_as_their_number() {
    assert_none(&dearer(|unit, bytes| vec![passage(unit.to_owned()); bytes / 25]));
}
