//! The items searched: real records where given, else made up with a Zipf vocabulary.

use std::io::BufReader;

use minutebook_record::vocabulary::Topics;
use minutebook_record::{
    Committee, Holder, How, Item, Kind, Meeting, Part, Passage, Resolution, RoleMention,
};

/// A small generator of numbers: the same ones every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    /// Small numbers far more often than large ones.
    fn zipf(&mut self, sides: usize) -> usize {
        let uniform = (self.roll(1 << 20) + 1) as f64 / f64::from(1 << 20);
        (((sides as f64).powf(uniform) - 1.0) as usize).min(sides - 1)
    }
}

pub fn text_size(item: &Item) -> u64 {
    (item.title.len() + item.passages.iter().map(|p| p.text.len()).sum::<usize>()) as u64
}

/// All of an item's text as one, for engines that hold it in one field.
pub fn whole_text(item: &Item) -> String {
    let mut all = item.title.clone();
    for passage in &item.passages {
        all.push('\n');
        all.push_str(&passage.text);
    }
    all
}

/// Meetings with about so many passages; records are repeated under new ids where there are too few.
pub fn meetings(files: &[String], passages: usize) -> Vec<Meeting> {
    let mut real: Vec<Meeting> = Vec::new();
    for path in files {
        let file = BufReader::new(std::fs::File::open(path).unwrap());
        real.extend(minutebook_record::file::read(file).filter_map(Result::ok));
    }
    let mut dice = Dice(7);
    if real.is_empty() {
        return made_up(passages, &mut dice);
    }
    let mut all = Vec::new();
    let mut held = 0;
    for round in 0.. {
        for meeting in &real {
            if held >= passages {
                return all;
            }
            let mut meeting = meeting.clone();
            for item in &mut meeting.items {
                held += item.passages.len();
                if round > 0 {
                    item.id = format!("{}-r{round}", item.id);
                }
                dress(item, &mut dice);
            }
            if round > 0 {
                meeting.id = format!("{}-r{round}", meeting.id);
            }
            all.push(meeting);
        }
    }
    all
}

/// Gives an item roles, topics and a kind of decision where its record has none, as many as real ones have.
fn dress(item: &mut Item, dice: &mut Dice) {
    let topics: Vec<&str> = Topics::in_use().iter().map(|t| t.id.as_str()).collect();
    if item.topics.is_none() {
        let count = dice.roll(4);
        item.topics =
            Some((0..count).map(|_| topics[dice.zipf(topics.len())].to_owned()).collect());
    }
    if item.roles.is_none() {
        let role = |dice: &mut Dice| {
            let slug = format!("director-of-service-{}", dice.zipf(800));
            RoleMention {
                printed: slug.replace('-', " "),
                slug,
                how: How::Advised,
                holder: Holder::Officer,
                qualifier: None,
                further_qualifiers: Vec::new(),
                verb: None,
                passages: vec![0],
            }
        };
        item.roles = Some((0..dice.roll(3)).map(|_| role(dice)).collect());
    }
    if item.resolutions.is_none()
        && let Some(last) = item.passages.last()
        && dice.roll(2) == 0
    {
        let kind = Kind::ALL[dice.zipf(Kind::ALL.len())];
        let text = last.text.chars().take(300).collect();
        item.resolutions = Some(vec![Resolution { text, kind, ..Resolution::default() }]);
    }
}

fn made_up(passages: usize, dice: &mut Dice) -> Vec<Meeting> {
    let words: Vec<String> = (0..60_000).map(word).collect();
    let mut all = Vec::new();
    let mut held = 0;
    while held < passages {
        let number = all.len();
        let mut items = Vec::new();
        for place in 0..10 {
            let sentence = |count: usize, dice: &mut Dice| {
                (0..count)
                    .map(|_| words[dice.zipf(words.len())].as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let mut item = Item {
                id: format!("i{number}-{place}"),
                title: sentence(5, dice),
                ..Item::default()
            };
            for _ in 0..=dice.roll(6) {
                let count = 30 + dice.roll(80);
                item.passages.push(Passage { part: Part::Minutes, text: sentence(count, dice) });
                held += 1;
            }
            dress(&mut item, dice);
            items.push(item);
        }
        let date =
            format!("{}-{:02}-{:02}", 1998 + dice.roll(28), 1 + dice.roll(12), 1 + dice.roll(28));
        let least = r#"{"format":1,"site":"https://bench.example.invalid/","id":"m","committee":{"name":"x"},"date":null,"items":[]}"#;
        let mut meeting = minutebook_record::file::parse(least.as_bytes(), 1).unwrap();
        meeting.id = format!("m{number}");
        meeting.council = Some("Bench Council".to_owned());
        meeting.committee =
            Committee { name: format!("Committee {}", dice.zipf(60)), ..Committee::default() };
        meeting.date = date.parse().ok();
        meeting.items = items;
        all.push(meeting);
    }
    all
}

fn word(number: usize) -> String {
    const PARTS: [&str; 16] = [
        "ba", "co", "di", "fu", "ga", "he", "ki", "lo", "ma", "ne", "po", "ra", "se", "ti", "vu",
        "wo",
    ];
    let mut word = String::new();
    let mut rest = number + 17;
    while rest > 0 {
        word.push_str(PARTS[rest % PARTS.len()]);
        rest /= PARTS.len();
    }
    word
}
