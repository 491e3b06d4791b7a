//! All forms of all topics as one table, looked up word by word.

use std::collections::{HashMap, HashSet};

use minutebook_record::text::{Word, singular, words};
use minutebook_record::vocabulary::Topics;
use minutebook_record::vocabulary::roles::Reading;

/// A form found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Topic, by its place in the vocabulary.
    pub(super) topic: usize,
    /// First word and the word after the last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The form is one word (or an acronym).
    pub(super) single: bool,
    /// A single word that may tag from running text.
    pub(super) trusted: bool,
    /// An acronym whose context must be looked for.
    pub(super) acronym: Option<usize>,
}

#[derive(Debug)]
struct Form {
    words: Vec<String>,
    topic: usize,
    trusted: bool,
}

/// The table. Built once; reading a text is one pass over its words.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    by_first: HashMap<String, Vec<Form>>,
    acronyms: HashMap<String, Vec<(usize, usize)>>,
    contexts: Vec<HashSet<String>>,
    not_near: Vec<HashSet<String>>,
    pub(super) ids: Vec<String>,
    /// Whether a topic is a means to others, by its place.
    pub(super) means: Vec<bool>,
}

/// A text as the matcher reads it.
pub(super) struct Text<'a> {
    pub(super) words: Vec<Word<'a>>,
    pub(super) stems: Vec<String>,
    /// Words inside the name of a post or a body: they tell who, not what.
    names: Vec<bool>,
    /// A form that holds a whole name counts: in a title it tells what ("Safeguarding Adults Board Annual Report").
    whole_names: bool,
}

/// Words after which a place is named to say where something else is: "lights near the car park", "adjacent to the library".
const WHERE: &[&str] =
    &["adjacent", "adjoining", "alongside", "beside", "near", "opposite", "rear", "vicinity"];

/// Words between such a word and the end of the place's name, at most.
const REACH: usize = 5;

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Text<'a> {
        let words = words(text);
        let stems = words.iter().map(|w| singular(&w.folded()).into_owned()).collect();
        let names = vec![false; words.len()];
        Text { words, stems, names, whole_names: false }
    }

    /// A text in which posts and bodies are named: "the Director of Housing", "the Climate and Transport Committee".
    pub(super) fn with_names(text: &'a str, posts: &[Reading]) -> Text<'a> {
        let mut made = Text::new(text);
        for post in posts {
            for (at, word) in made.words.iter().enumerate() {
                made.names[at] |= word.start >= post.start && word.end <= post.end;
            }
        }
        made.mark_bodies(text);
        made.mark_people(text);
        made.mark_streets();
        made
    }

    /// A title: a name that fills it whole is what the item is about ("Corporate Parenting Board").
    pub(super) fn of_title(text: &'a str, posts: &[Reading]) -> Text<'a> {
        let mut made = Text::with_names(text, posts);
        made.whole_names = true;
        if made.names.iter().all(|named| *named) {
            made.names.fill(false);
        }
        made
    }

    /// Whether words are only part of a name. A body's name ends in its last word, wherever it begins; a post's is whole
    /// only from end to end ("Police and Crime Commissioner", not the health of "Director of Public Health").
    fn is_named(&self, from: usize, to: usize) -> bool {
        if !self.names[from..to].iter().all(|named| *named) {
            return false;
        }
        let body = BODIES.contains(&self.stems[to - 1].as_str());
        let begins = from == 0 || !self.names[from - 1];
        let ends = !self.names.get(to).copied().unwrap_or(false);
        !(self.whole_names && to - from > 1 && (body || begins && ends))
    }

    /// Whether words only say where something else is.
    pub(super) fn is_where(&self, hit: &Hit) -> bool {
        let from = hit.from.saturating_sub(REACH);
        self.words[from..hit.from].iter().any(|word| WHERE.contains(&word.folded().as_str()))
    }

    /// Marks what follows a person's title: Councillor Parks, Mr. J. Street.
    fn mark_people(&mut self, text: &str) {
        for at in 0..self.words.len() {
            if !TITLES.contains(&self.words[at].folded().as_str()) {
                continue;
            }
            for next in at + 1..(at + 4).min(self.words.len()) {
                let gap = text[self.words[next - 1].end..self.words[next].start].trim();
                if !self.words[next].printed.starts_with(char::is_uppercase)
                    || !matches!(gap, "" | ".")
                {
                    break;
                }
                self.names[next] = true;
            }
        }
    }

    /// Marks the capital words before a street's last word: Abattoir Road, Canal Street. The last word itself stays, so that
    /// forms which hold it ("high street", "relief road") are found.
    fn mark_streets(&mut self) {
        for at in 1..self.words.len() {
            if !STREETS.contains(&self.words[at].printed) {
                continue;
            }
            let mut from = at;
            while from > 0 && self.words[from - 1].printed.starts_with(char::is_uppercase) {
                from -= 1;
                if at - from == LONGEST_STREET {
                    break;
                }
            }
            self.names[from..at].fill(true);
        }
    }

    fn mark_bodies(&mut self, text: &str) {
        for at in 0..self.words.len() {
            let capital = self.words[at].printed.starts_with(char::is_uppercase);
            if !capital || !BODIES.contains(&self.stems[at].as_str()) {
                continue;
            }
            // Back over the capital words and the small ones between them.
            let mut from = at;
            while from > 0 {
                let before = &self.words[from - 1];
                let gap = text[before.end..self.words[from].start].trim();
                let fits = before.printed.starts_with(char::is_uppercase)
                    || matches!(before.printed, "and" | "of" | "for" | "the");
                if !fits || !matches!(gap, "" | "," | "&" | "-") {
                    break;
                }
                from -= 1;
            }
            self.names[from..=at].fill(true);
        }
    }
}

/// Last words of bodies' names.
const BODIES: &[&str] = &[
    "agency",
    "board",
    "cabinet",
    "commission",
    "committee",
    "department",
    "directorate",
    "england",
    "federation",
    "forum",
    "ireland",
    "panel",
    "scotland",
    "section",
    "society",
    "subcommittee",
];

/// Last words of streets' names, as printed in one.
const STREETS: &[&str] =
    &["Avenue", "Close", "Crescent", "Drive", "Lane", "Road", "Row", "Street", "Terrace", "Way"];

/// Words before the last one of a street's name, at most ("Old Station", not a whole title in capitals).
const LONGEST_STREET: usize = 2;

/// Titles of people, whose names may be words of topics.
const TITLES: &[&str] =
    &["alderman", "cllr", "cllrs", "councillor", "councillors", "dr", "miss", "mr", "mrs", "ms"];

impl Matcher {
    pub(super) fn new(topics: &Topics) -> Matcher {
        let mut matcher = Matcher::default();
        for (place, topic) in topics.iter().enumerate() {
            matcher.ids.push(topic.id.clone());
            matcher.means.push(topic.means);
            matcher
                .not_near
                .push(topic.not_near.iter().map(|w| singular(w).into_owned()).collect());
            let single: HashSet<String> =
                topic.single.iter().map(|form| singular(form).into_owned()).collect();
            let forms = topic.printed_forms().chain(topic.single.iter().cloned());
            let mut seen = HashSet::new();
            for form in forms {
                let words: Vec<String> =
                    words(&form).iter().map(|w| singular(&w.folded()).into_owned()).collect();
                let Some(first) = words.first().cloned() else { continue };
                if !seen.insert(words.clone()) {
                    continue;
                }
                let trusted = words.len() > 1 || single.contains(&words[0]);
                matcher.by_first.entry(first).or_default().push(Form {
                    words,
                    topic: place,
                    trusted,
                });
            }
            for acronym in &topic.acronym {
                let context = matcher.contexts.len();
                matcher
                    .contexts
                    .push(acronym.context.iter().map(|w| singular(w).into_owned()).collect());
                matcher.acronyms.entry(acronym.form.clone()).or_default().push((place, context));
            }
        }
        for forms in matcher.by_first.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
        }
        matcher
    }

    /// The forms of a text, longest first at each place, not overlapping. Acronyms are given unchecked.
    pub(super) fn find(&self, text: &Text<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < text.stems.len() {
            let mut taken = at + 1;
            if let Some(forms) = self.by_first.get(&text.stems[at]) {
                let found = forms.iter().find(|form| {
                    text.stems
                        .get(at..at + form.words.len())
                        .is_some_and(|run| *run == form.words[..])
                });
                if let Some(form) = found {
                    let to = at + form.words.len();
                    if !text.is_named(at, to) && !self.is_near(form.topic, text, at, to) {
                        hits.push(Hit {
                            topic: form.topic,
                            from: at,
                            to,
                            single: form.words.len() == 1,
                            trusted: form.trusted,
                            acronym: None,
                        });
                        taken = to;
                    }
                }
            }
            if !text.names[at]
                && let Some(acronyms) = self.acronyms.get(text.words[at].printed)
            {
                for (topic, context) in acronyms {
                    hits.push(Hit {
                        topic: *topic,
                        from: at,
                        to: at + 1,
                        single: true,
                        trusted: true,
                        acronym: Some(*context),
                    });
                }
            }
            at = taken;
        }
        hits
    }

    /// Whether the words that an acronym needs beside it are in the item.
    pub(super) fn in_context(&self, context: usize, item: &HashSet<&str>) -> bool {
        let words = &self.contexts[context];
        words.is_empty() || words.iter().any(|w| item.contains(w.as_str()))
    }

    fn is_near(&self, topic: usize, text: &Text<'_>, from: usize, to: usize) -> bool {
        let unwanted = &self.not_near[topic];
        !unwanted.is_empty()
            && text.stems[from.saturating_sub(3)..(to + 3).min(text.stems.len())]
                .iter()
                .enumerate()
                .any(|(at, word)| {
                    let place = from.saturating_sub(3) + at;
                    !(from..to).contains(&place) && unwanted.contains(word)
                })
    }
}
