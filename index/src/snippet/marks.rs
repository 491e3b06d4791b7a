//! What a query looks for, in the form a text is held against: groups of which each is one thing the reader asked for, each
//! with the ways it may be met.

use minutebook_record::Item;

use super::matching::near;
use crate::analysis::scan::capitals;
use crate::analysis::stem::with_stem;
use crate::analysis::{self, Form, scan, stem};
use crate::engine::numbers;
use crate::query::{Node, Span};

/// One piece of a way: what must be found for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A word by its stem.
    Stem(String),
    /// Words side by side, as written.
    Phrase(Vec<String>),
    /// A beginning of a word.
    Prefix(String),
    /// A word spelt nearly so.
    Fuzzy(String, u8),
    /// An acronym in capitals.
    Capitals(String),
}

/// One thing asked for.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// How much it tells: more for rarer words.
    pub(crate) weight: f32,
    /// Ways it may be met, each by several units.
    pub(crate) ways: Vec<Vec<Unit>>,
    /// The topic it names.
    topic: Option<String>,
}

/// What a query looks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    pub(crate) groups: Vec<Group>,
    /// Units by their first letter: most words of a text begin with none of them.
    first: [bool; 26],
    /// What a single word of a text may be: stems, beginnings, words of phrases, acronyms, words spelt nearly so.
    stems: Vec<String>,
    prefixes: Vec<String>,
    words: Vec<String>,
    capitals: Vec<String>,
    fuzzy: Vec<(String, u8)>,
}

impl Marks {
    /// What a tree looks for; `rarity` says how much a stem tells.
    pub(crate) fn of(tree: Option<&Node>, rarity: impl Fn(&str) -> f32) -> Self {
        let mut marks = Marks::default();
        if let Some(tree) = tree {
            marks.node(tree, &rarity);
        }
        marks.letters();
        marks
    }

    /// Whether nothing is marked.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The same for one item: where a topic was found by other words, those are looked for too. Also the topics of the query
    /// that the item carries.
    pub(crate) fn with_evidence(&self, item: &Item) -> Option<Marks> {
        let mut own: Option<Marks> = None;
        for (at, group) in self.groups.iter().enumerate() {
            let Some(topic) = &group.topic else { continue };
            for tag in item.topic_tags.iter().filter(|tag| is_or_under(&tag.topic, topic)) {
                let words = analysis::words(&tag.evidence);
                if words.is_empty() {
                    continue;
                }
                let own = own.get_or_insert_with(|| self.clone());
                own.groups[at].ways.push(vec![Unit::Phrase(words)]);
            }
        }
        if let Some(own) = &mut own {
            own.letters();
        }
        own
    }

    /// Whether the item carries a topic the query names.
    pub(crate) fn names_topic(&self, item: &Item) -> bool {
        let named = self.groups.iter().filter_map(|group| group.topic.as_ref());
        let mut named =
            named.filter(|topic| item.topics().iter().any(|own| is_or_under(own, topic)));
        named.next().is_some()
    }

    fn node(&mut self, node: &Node, rarity: &impl Fn(&str) -> f32) {
        match node {
            Node::All(nodes) | Node::Any(nodes) | Node::Most(nodes) => {
                for node in nodes {
                    self.node(node, rarity);
                }
            }
            Node::Word(word) => self.word(word, rarity),
            Node::Phrase(phrase) => {
                let words = analysis::words(phrase);
                let weight = words.iter().map(|word| rarity(&stem(word))).sum::<f32>() * 1.5;
                self.group(weight, vec![vec![Unit::Phrase(words)]], None);
            }
            Node::Prefix(prefix) => self.group(3.0, vec![vec![Unit::Prefix(prefix.clone())]], None),
            Node::Fuzzy(word) => {
                let slips = if word.chars().count() >= 8 { 2 } else { 1 };
                self.group(3.0, vec![vec![Unit::Fuzzy(word.clone(), slips)]], None);
            }
            Node::Near(a, b, _) => {
                self.node(a, rarity);
                self.node(b, rarity);
            }
            Node::Span(span) => self.span(span, rarity),
            Node::Not(_) | Node::Where(_) => {}
        }
    }

    fn word(&mut self, word: &str, rarity: &impl Fn(&str) -> f32) {
        let ways = word_ways(word);
        let Some(first) = ways.first() else { return };
        let stems = first.iter().map(|unit| match unit {
            Unit::Stem(stem) => rarity(stem),
            Unit::Phrase(words) => words.iter().map(|word| rarity(&stem(word))).sum(),
            _ => 1.0,
        });
        let weight = stems.sum();
        self.group(weight, ways, None);
    }

    fn span(&mut self, span: &Span, rarity: &impl Fn(&str) -> f32) {
        let mut ways: Vec<Vec<Unit>> = Vec::new();
        let typed: Vec<String> = span.words.iter().flat_map(|word| analysis::words(word)).collect();
        if !span.capitals_only {
            // Side by side is better than scattered.
            ways.push(vec![Unit::Phrase(typed.clone())]);
            match &span.words[..] {
                [word] => ways.extend(word_ways(word)),
                _ => ways
                    .push(typed.iter().map(|word| Unit::Stem(stem(word).into_owned())).collect()),
            }
        }
        let loosely = Some(&span.loosely).filter(|loosely| loosely.asked);
        let loose = loosely.iter().flat_map(|loosely| &loosely.phrases);
        // In singular and plural, as they are found.
        let phrases = span.phrases.iter().chain(loose);
        let phrases = phrases.flat_map(|phrase| numbers(analysis::words(phrase)));
        ways.extend(phrases.map(|words| match &words[..] {
            [word] => vec![Unit::Stem(stem(word).into_owned())],
            _ => vec![Unit::Phrase(words)],
        }));
        if let Some(loosely) = loosely {
            let spelt_out = loosely.spelt_out.iter().flat_map(|word| analysis::words(word));
            ways.push(spelt_out.map(|word| Unit::Stem(stem(&word).into_owned())).collect());
        }
        let short = span.acronyms.iter().map(|short| short.form.as_str());
        let own = span.words.iter().filter(|_| span.capitals_only).map(String::as_str);
        ways.extend(short.chain(own).map(|form| match capitals(form) {
            Some(letters) => vec![Unit::Capitals(letters.to_owned())],
            None => vec![Unit::Phrase(analysis::words(form))],
        }));
        let weight = typed.iter().map(|word| rarity(&stem(word))).sum::<f32>().max(3.0);
        self.group(weight, ways, span.topic.clone());
    }

    fn group(&mut self, weight: f32, ways: Vec<Vec<Unit>>, topic: Option<String>) {
        let ways: Vec<Vec<Unit>> = ways.into_iter().filter(|way| !way.is_empty()).collect();
        if !ways.is_empty() {
            self.groups.push(Group { weight, ways, topic });
        }
    }

    fn letters(&mut self) {
        let mut first = [false; 26];
        for unit in self.groups.iter().flat_map(|group| group.ways.iter().flatten()) {
            match unit {
                Unit::Stem(word) | Unit::Prefix(word) => letter(&mut first, word),
                Unit::Phrase(words) => words.iter().for_each(|word| letter(&mut first, word)),
                // A slip may be in the first letter.
                Unit::Fuzzy(..) => first = [true; 26],
                Unit::Capitals(form) => letter(&mut first, &form.to_lowercase()),
            }
        }
        self.first = first;
        let (mut stems, mut prefixes, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let (mut capitals, mut fuzzy) = (Vec::new(), Vec::new());
        for unit in self.groups.iter().flat_map(|group| group.ways.iter().flatten()) {
            match unit {
                Unit::Stem(stem) => stems.push(stem.clone()),
                Unit::Prefix(prefix) => prefixes.push(prefix.clone()),
                Unit::Phrase(phrase) => words.extend_from_slice(phrase),
                Unit::Capitals(letters) => capitals.push(letters.clone()),
                Unit::Fuzzy(word, slips) => fuzzy.push((word.clone(), *slips)),
            }
        }
        for list in [&mut stems, &mut prefixes, &mut words, &mut capitals] {
            list.sort_unstable();
            list.dedup();
        }
        (self.stems, self.prefixes, self.words) = (stems, prefixes, words);
        (self.capitals, self.fuzzy) = (capitals, fuzzy);
    }

    /// Whether a word of a text may be part of a match; with its stem, where stems are looked for.
    pub(crate) fn may_match(&self, word: &str, form: Form) -> Option<String> {
        if form == Form::Capitals {
            return self.capitals.iter().any(|c| c == word).then(String::new);
        }
        let stem = (!self.stems.is_empty())
            .then(|| {
                with_stem(word, |stem| {
                    self.stems.iter().any(|known| known == stem).then(|| stem.to_owned())
                })
            })
            .flatten();
        if stem.is_some() {
            return stem;
        }
        let met = self.words.iter().any(|known| known == word)
            || self.prefixes.iter().any(|prefix| word.starts_with(prefix.as_str()))
            || form == Form::Word
                && self.fuzzy.iter().any(|(known, slips)| near(word, known, *slips));
        met.then(String::new)
    }

    /// Whether a word that begins with a letter may be part of a match.
    pub(crate) fn may_begin(&self, letter: u8) -> bool {
        match letter.to_ascii_lowercase() {
            b @ b'a'..=b'z' => self.first[usize::from(b - b'a')],
            _ => true,
        }
    }
}

/// Marks the letters a word may begin with.
fn letter(first: &mut [bool; 26], word: &str) {
    let Some(b @ b'a'..=b'z') = word.bytes().next() else {
        return *first = [true; 26];
    };
    first[usize::from(b - b'a')] = true;
    // Spellings that the stems bring together begin with other letters: kerb and curb, enquiry and inquiry.
    match b {
        b'k' => first[usize::from(b'c' - b'a')] = true,
        b'e' => first[usize::from(b'i' - b'a')] = true,
        _ => {}
    }
}

/// A typed word's ways: its parts, and closed forms.
fn word_ways(word: &str) -> Vec<Vec<Unit>> {
    // What is written with a mark inside is met as it is written, open or closed: "A&E" is no single "a".
    let mut open: Vec<Vec<String>> = Vec::new();
    let mut closed: Vec<Unit> = Vec::new();
    let mut until = 0;
    scan(word, |found| match found.form {
        Form::Word => match open.last_mut().filter(|_| found.start < until) {
            Some(chunk) => chunk.push(found.text.to_owned()),
            None => open.push(vec![found.text.to_owned()]),
        },
        Form::Joined => {
            let joined = Unit::Stem(stem(found.text).into_owned());
            match closed.last_mut().filter(|_| found.start < until) {
                Some(last) => *last = joined,
                None => closed.push(joined),
            }
            until = until.max(found.end);
        }
        Form::Capitals => {}
    });
    let open = open.into_iter().map(|mut words| match &words[..] {
        [word] => Unit::Stem(stem(word).into_owned()),
        _ => Unit::Phrase(std::mem::take(&mut words)),
    });
    [open.collect(), closed].into_iter().filter(|way| !way.is_empty()).collect()
}

/// Whether a topic is another, or counted under it.
fn is_or_under(topic: &str, other: &str) -> bool {
    topic == other
        || minutebook_record::vocabulary::Topics::in_use().ancestors(topic).contains(&other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Loosely;

    #[test]
    fn a_word_with_a_mark_inside_is_met_whole() {
        let phrase = |words: &[&str]| Unit::Phrase(words.iter().map(|w| (*w).to_owned()).collect());
        assert_eq!(word_ways("A&E")[0], [phrase(&["a", "e"])]);
        assert!(word_ways("A&E")[1..].iter().flatten().all(|unit| matches!(unit, Unit::Stem(_))));
        assert_eq!(word_ways("bins"), [[Unit::Stem(stem("bins").into_owned())]]);
        // A stroke stands between two words, each of which is met by itself.
        assert_eq!(word_ways("SEND/EHCP")[0].len(), 2);
        assert!(word_ways("—").is_empty());
    }

    #[test]
    fn what_means_the_same_is_marked_in_singular_and_plural() {
        let span = Span {
            words: vec!["grit".to_owned()],
            topic: None,
            phrases: vec!["salt store".to_owned()],
            acronyms: Vec::new(),
            loosely: Loosely { phrases: vec!["ice hazard".to_owned()], ..Loosely::default() },
            capitals_only: false,
            loose: false,
            together: false,
            coverage: 100,
        };
        let marked = |span: &Span, text: &str| {
            let tree = Node::Span(span.clone());
            super::super::matching::hold(text, &Marks::of(Some(&tree), |_| 1.0)).spans.len()
        };
        assert_eq!(marked(&span, "a salt store"), 2);
        assert_eq!(marked(&span, "two salt stores"), 2);
        assert_eq!(marked(&span, "salt in stores"), 0);
        assert_eq!(marked(&span, "ice hazards"), 0);
        let mut asked = span;
        asked.loosely.asked = true;
        assert_eq!(marked(&asked, "ice hazards"), 2);
    }
}
