//! Where words are looked for, held against a plain scan of the records: in the minutes, in the agenda, in what one post said;
//! quoted, cut short, near each other, and any of it under `OR` and `NOT`.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{indexed, item, meeting, spoke};
use minutebook_index::analysis::{stem, words};
use minutebook_index::search::{Routine, Scope, Synonyms};
use minutebook_index::{Index, Search};
use minutebook_record::{Item, Meeting, Part};

const WORDS: [&str; 9] =
    ["zebra", "quay", "quays", "pier", "hedge", "hedges", "kerb", "lamp", "drain"];
const POST: &str = "Harbour Master";

/// Repeatable dice.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.roll(WORDS.len())]
    }

    fn text(&mut self) -> String {
        (0..2 + self.roll(4)).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn corpus(dice: &mut Dice) -> Vec<Meeting> {
    let one = |number: u32, dice: &mut Dice| {
        let mut held = meeting(number, "2020-02-03", "", "");
        let texts: Vec<String> = (0..4).map(|_| dice.text()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut one = item(&format!("i{number}"), &dice.text(), &texts);
        one.passages[0].part = Part::Agenda;
        one.passages[3].part = Part::Decision;
        one.roles = Some(vec![spoke(POST, "harbour-master", &[1])]);
        held.items = vec![one];
        held
    };
    (0..60).map(|number| one(number, dice)).collect()
}

enum Asked {
    Word(&'static str),
    Phrase(&'static str, &'static str),
    Prefix(&'static str),
    Near(&'static str, &'static str),
    Not(Box<Asked>),
    Both(Box<Asked>, Box<Asked>),
    Either(Box<Asked>, Box<Asked>),
}

impl Asked {
    fn any(dice: &mut Dice, depth: usize) -> Asked {
        let sides = if depth == 0 { 4 } else { 7 };
        let part = |dice: &mut Dice| Box::new(Asked::any(dice, depth - 1));
        match dice.roll(sides) {
            0 => Asked::Word(dice.word()),
            1 => Asked::Phrase(dice.word(), dice.word()),
            2 => Asked::Prefix(["he", "qu", "dra", "quays"][dice.roll(4)]),
            3 => Asked::Near(dice.word(), dice.word()),
            4 => Asked::Not(part(dice)),
            5 => Asked::Both(part(dice), part(dice)),
            _ => Asked::Either(part(dice), part(dice)),
        }
    }

    fn text(&self) -> String {
        match self {
            Asked::Word(word) => (*word).to_owned(),
            Asked::Phrase(a, b) => format!("\"{a} {b}\""),
            Asked::Prefix(prefix) => format!("{prefix}*"),
            Asked::Near(a, b) => format!("{a} NEAR/2 {b}"),
            Asked::Not(inner) => format!("NOT ({})", inner.text()),
            Asked::Both(a, b) => format!("(({}) AND ({}))", a.text(), b.text()),
            Asked::Either(a, b) => format!("(({}) OR ({}))", a.text(), b.text()),
        }
    }

    fn holds(&self, texts: &[Vec<String>]) -> bool {
        let any = |wanted: &dyn Fn(&[String]) -> bool| texts.iter().any(|text| wanted(text));
        match self {
            Asked::Word(word) => any(&|text| text.iter().any(|w| stem(w) == stem(word))),
            Asked::Phrase(a, b) => any(&|text| text.windows(2).any(|w| w == [*a, *b])),
            Asked::Prefix(prefix) => any(&|text| text.iter().any(|w| w.starts_with(prefix))),
            Asked::Near(a, b) => any(&|text| {
                let at = |word: &str, n: usize| text.get(n).is_some_and(|w| w == word);
                (0..text.len())
                    .any(|n| at(a, n) && (n.saturating_sub(2)..=n + 2).any(|m| m != n && at(b, m)))
            }),
            Asked::Not(inner) => !inner.holds(texts),
            Asked::Both(a, b) => a.holds(texts) && b.holds(texts),
            Asked::Either(a, b) => a.holds(texts) || b.holds(texts),
        }
    }

    /// `NOT` among a post's words leaves out the whole item, whoever said it.
    fn is_plain(&self) -> bool {
        match self {
            Asked::Not(_) => false,
            Asked::Both(a, b) | Asked::Either(a, b) => a.is_plain() && b.is_plain(),
            _ => true,
        }
    }
}

fn found(index: &Index, scope: Scope, text: &str) -> Vec<String> {
    let search = Search {
        scope,
        synonyms: Synonyms::Off,
        routine: Routine::Show,
        per_page: 100,
        ..Search::words(text)
    };
    let mut ids: Vec<String> =
        index.search(&search).unwrap().hits.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids
}

fn expected(meetings: &[Meeting], asked: &Asked, of: fn(usize, &Item) -> bool) -> Vec<String> {
    let items = meetings.iter().flat_map(|meeting| &meeting.items);
    let holds = |item: &&Item| {
        let passages = item.passages.iter().enumerate();
        let texts: Vec<_> =
            passages.filter(|(at, _)| of(*at, item)).map(|(_, p)| words(&p.text)).collect();
        asked.holds(&texts)
    };
    let mut ids: Vec<String> = items.filter(holds).map(|item| item.id.clone()).collect();
    ids.sort();
    ids
}

#[test]
fn words_are_found_where_they_are_looked_for_and_nowhere_else() {
    let mut dice = Dice(3);
    let meetings = corpus(&mut dice);
    let (_dir, index) = indexed(&meetings);
    for round in 0..300 {
        let asked = Asked::any(&mut dice, 2);
        let text = asked.text();
        let minutes = expected(&meetings, &asked, |at, _| at != 0);
        assert_eq!(found(&index, Scope::Minutes, &text), minutes, "{round}: {text} in minutes");
        let agenda = expected(&meetings, &asked, |at, _| at == 0);
        assert_eq!(found(&index, Scope::Agenda, &text), agenda, "{round}: {text} in agenda");
        if asked.is_plain() {
            let said = expected(&meetings, &asked, |at, _| at == 1);
            let by = format!("by:\"{POST}\" {text}");
            assert_eq!(found(&index, Scope::Anywhere, &by), said, "{round}: {by}");
        }
    }
}

#[test]
fn what_is_left_out_under_a_post_is_left_out_whoever_said_it() {
    let mut said = meeting(1, "2020-02-03", "", "");
    said.items = vec![item("i1", "Harbour", &["the old quay", "a new pier"])];
    said.items[0].roles = Some(vec![spoke(POST, "harbour-master", &[0])]);
    let (_dir, index) = indexed(&[said]);
    let by = |rest: &str| found(&index, Scope::Anywhere, &format!("by:\"{POST}\" quay {rest}"));
    assert_eq!(by(""), ["i1"]);
    assert_eq!(by("-\"new quay\""), ["i1"]);
    assert!(by("-\"new pier\"").is_empty());
    assert!(by("-pier").is_empty());
}

#[test]
fn letters_in_capitals_and_slips_stay_in_their_place() {
    let mut held = meeting(1, "2020-02-03", "", "");
    held.items = vec![item("i1", "Lessons", &["the SEND grant, and graffiti", "nothing"])];
    held.items[0].passages[0].part = Part::Agenda;
    let (_dir, index) = indexed(&[held]);
    let spelt = |scope| found(&index, scope, "grafitti~");
    assert_eq!(spelt(Scope::Agenda), ["i1"]);
    assert!(spelt(Scope::Minutes).is_empty());
    let known = |scope| {
        let search =
            Search { scope, ..Search::words("special educational needs and disabilities") };
        index.search(&search).unwrap().total
    };
    assert_eq!((known(Scope::Agenda), known(Scope::Minutes)), (1, 0));
}
