//! Spans of a query that the vocabulary knows, and what may stand for them.
//!
//! A span never makes a query broader by itself: it is the words, or a phrase or acronym that means the same, or the topic.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use minutebook_record::text::singular;
use minutebook_record::vocabulary::{Topic, Topics};

use super::company::may_be_acronym;
use super::lexicon::{Lexicon, is_acronym};
use super::tree::{Loosely, ShortForm, Span};
use crate::analysis::{self, scan::fold};
use crate::results::Expansion;

/// Most words a form may have.
const LONGEST: usize = 8;

/// The forms of the shipped vocabulary.
struct Forms {
    /// Topic by its forms, words singular and joined by spaces.
    by_words: HashMap<String, &'static Topic>,
    /// Topics by acronym, folded.
    by_acronym: BTreeMap<String, Vec<&'static Topic>>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms { by_words: HashMap::new(), by_acronym: BTreeMap::new() };
    for topic in Topics::in_use().iter() {
        let label = std::iter::once(topic.label.to_lowercase());
        let full = label.chain(topic.exact.iter().cloned()).chain(topic.historic.iter().cloned());
        for form in full.chain(topic.resident.iter().cloned()) {
            forms.by_words.entry(key(&analysis::words(&form))).or_insert(topic);
        }
        for acronym in &topic.acronym {
            forms.by_acronym.entry(acronym.form.to_lowercase()).or_default().push(topic);
        }
    }
    forms
});

/// Whether minutes print these words for a part of the topic, or for something looser.
fn is_printed(topic: &Topic, key_of_span: &str) -> bool {
    topic.printed.iter().any(|form| key(&analysis::words(form)) == key_of_span)
}

fn key(words: &[String]) -> String {
    words.iter().map(|word| singular(word)).collect::<Vec<_>>().join(" ")
}

/// The words of a query beside their folded forms: what spans are looked for in.
pub(crate) struct Typed {
    words: Vec<String>,
    folded: Vec<Vec<String>>,
    all: Vec<String>,
    /// Whether all of it is in capitals, words too long for an acronym among them: then capitals tell nothing.
    shouted: bool,
}

impl Typed {
    /// Folds every word once.
    pub(crate) fn new(words: &[String]) -> Self {
        let folded: Vec<Vec<String>> = words.iter().map(|word| analysis::words(word)).collect();
        let lower = words.iter().any(|word| word.contains(char::is_lowercase));
        let long = words.iter().any(|word| word.chars().filter(|c| c.is_uppercase()).count() > 6);
        Self { words: words.to_vec(), all: folded.concat(), folded, shouted: long && !lower }
    }
}

/// The longest known span that begins at a word: how many words it takes, and what stands for them.
pub(crate) fn read(
    typed: &Typed,
    at: usize,
    lexicon: &Lexicon,
) -> Option<(usize, Span, Expansion)> {
    let words = &typed.words[at..];
    let folded = &typed.folded[at..typed.folded.len().min(at + LONGEST)];
    for used in (1..=folded.len()).rev() {
        let span: Vec<String> = folded[..used].concat();
        let topic = FORMS.by_words.get(&key(&span)).copied();
        let shorts = lexicon.short_forms.get(&span.join(" "));
        if topic.is_some() || shorts.is_some() {
            let mut found = of_topic(&words[..used], topic);
            if topic.is_some_and(|topic| is_printed(topic, &key(&span))) {
                found.narrow();
            }
            for short in shorts.into_iter().flatten() {
                found.add_acronym(short, &[]);
            }
            return Some(found.done(used, topic));
        }
    }
    acronym(words.first()?, typed, lexicon)
}

/// A span of words that stand apart or in another order than the vocabulary has them.
pub(crate) fn scattered(words: &[String], topic: &'static Topic) -> (Span, Expansion) {
    let (_, span, expansion) = of_topic(words, Some(topic)).done(words.len(), Some(topic));
    (span, expansion)
}

fn acronym(word: &str, typed: &Typed, lexicon: &Lexicon) -> Option<(usize, Span, Expansion)> {
    let others = &typed.all;
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let printed =
        !typed.shouted && bare.chars().any(|c| c.is_ascii_uppercase()) && is_acronym(bare);
    let folded = fold(bare).into_owned();
    // "this" is no plural of THI.
    let small = super::function::is_function(&folded);
    if !printed && (small || !may_be_acronym(&folded, others)) {
        return None;
    }
    let topics =
        FORMS.by_acronym.get(&folded).or_else(|| FORMS.by_acronym.get(&*singular(&folded)));
    let topics = topics.map(Vec::as_slice).unwrap_or_default();
    // Letters that stand for several topics are told apart by the other words, or by nobody.
    let fitting: Vec<&Topic> = match topics {
        [_] => topics.to_vec(),
        topics => topics.iter().copied().filter(|topic| fits(topic, &folded, others)).collect(),
    };
    let topic = if let [topic] = fitting[..] { Some(topic) } else { None };
    let upper = folded.to_uppercase();
    let long = lexicon
        .long_forms
        .get(bare)
        .or_else(|| lexicon.long_forms.get(&upper))
        .or_else(|| lexicon.long_forms.get(singular(&folded).to_uppercase().as_str()));
    if topic.is_none() && long.is_none() {
        return None;
    }
    let mut found = of_topic(&[word.to_owned()], topic);
    if let Some(topic) = topic {
        let initials = |form: &Vec<String>| are_initials(&singular(&folded), form);
        if let Some(form) = full_forms(topic).find(initials) {
            found.span.loosely.spelt_out = telling(form);
        } else {
            // A part of its topic, not another name for it: the topic is worth what a narrower one is, its names are left out.
            found.span.phrases.clear();
            found.span.acronyms.clear();
            found.span.loose = true;
        }
    }
    if let Some(long) = long {
        found.span.loosely.spelt_out = telling(analysis::words(long));
        // What this council's own minutes say the letters mean; where the vocabulary means something else by them, both.
        found.add_phrase(long);
    }
    found.span.capitals_only = printed && !may_be_acronym(&folded, &[]);
    Some(found.done(1, topic))
}

fn telling(mut words: Vec<String>) -> Vec<String> {
    words.retain(|word| !super::function::is_function(word));
    words
}

fn full_forms(topic: &Topic) -> impl Iterator<Item = Vec<String>> {
    let label = std::iter::once(&topic.label);
    label
        .chain(&topic.exact)
        .chain(&topic.historic)
        .chain(&topic.printed)
        .map(|form| analysis::words(form))
}

/// Whether letters are the first letters of words, in order, small words left out or not.
fn are_initials(letters: &str, words: &[String]) -> bool {
    let matches = |skip: bool| {
        let kept = words.iter().filter(|word| !skip || !super::function::is_function(word));
        kept.filter_map(|word| word.chars().next()).eq(letters.chars())
    };
    // The "P" of EHCP is the plan; of EHCPs, the plans.
    matches(true) || matches(false)
}

fn fits(topic: &Topic, folded: &str, others: &[String]) -> bool {
    topic.acronym.iter().filter(|acronym| acronym.form.to_lowercase() == folded).any(|acronym| {
        acronym
            .context
            .iter()
            .any(|context| others.iter().any(|other| singular(other) == singular(context)))
    })
}

struct Building {
    span: Span,
    typed: String,
}

fn of_topic(words: &[String], topic: Option<&Topic>) -> Building {
    let typed = words.iter().flat_map(|word| analysis::words(word)).collect::<Vec<_>>().join(" ");
    let span = Span {
        words: words.to_vec(),
        topic: topic.map(|topic| topic.id.clone()),
        phrases: Vec::new(),
        acronyms: Vec::new(),
        loosely: Loosely::default(),
        together: false,
        capitals_only: false,
        loose: false,
        coverage: 100,
    };
    let mut building = Building { span, typed };
    if let Some(topic) = topic {
        building.add_phrase(&topic.label);
        topic.exact.iter().chain(&topic.historic).for_each(|form| building.add_phrase(form));
        topic.acronym.iter().for_each(|a| building.add_acronym(&a.form, &a.context));
        let phrases = topic.resident.iter().map(|form| analysis::words(form).join(" "));
        building.span.loosely = Loosely {
            asked: false,
            phrases: phrases.filter(|form| form.contains(' ')).collect(),
            topics: topic.related.clone(),
            spelt_out: Vec::new(),
        };
    }
    building
}

impl Building {
    /// The words name a part of the topic: its names are no synonyms of theirs, and are looked for only where little is found.
    fn narrow(&mut self) {
        self.span.loose = true;
        let names = std::mem::take(&mut self.span.phrases);
        self.span.loosely.phrases.extend(names);
        self.span.acronyms.clear();
    }

    fn add_phrase(&mut self, phrase: &str) {
        let folded = analysis::words(phrase).join(" ");
        let known = self.span.phrases.contains(&folded);
        if !folded.is_empty() && folded != self.typed && !known {
            self.span.phrases.push(folded);
        }
    }

    fn add_acronym(&mut self, form: &str, context: &[String]) {
        let same = self.typed == form.to_lowercase();
        if !same && !self.span.acronyms.iter().any(|known| known.form == form) {
            self.span.acronyms.push(ShortForm { form: form.to_owned(), context: context.to_vec() });
        }
    }

    fn done(self, used: usize, topic: Option<&Topic>) -> (usize, Span, Expansion) {
        let added = self.span.phrases.iter().cloned();
        let acronyms = self.span.acronyms.iter().map(|acronym| acronym.form.clone());
        let from = self.span.words.join(" ");
        let label = topic.map_or_else(
            || self.span.phrases.first().cloned().unwrap_or_else(|| from.clone()),
            |topic| topic.label.clone(),
        );
        let expansion = Expansion {
            topic: self.span.topic.clone(),
            label,
            added: added.chain(acronyms).collect(),
            from,
        };
        (used, self.span, expansion)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Option<(usize, Span)> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        read(&Typed::new(&words), 0, &Lexicon::default()).map(|(used, span, _)| (used, span))
    }

    #[test]
    fn residents_clerks_and_acronyms_mean_the_same_topic() {
        for (text, used) in [
            ("home schooling rules", 2),
            ("Elective Home Education", 3),
            ("electively home educated", 3),
            ("EHE", 1),
            ("ehe", 1),
            ("home-schooling", 1),
        ] {
            let (found, span) = spans(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found, span.topic.as_deref()),
                (used, Some("elective-home-education")),
                "{text}"
            );
        }
    }

    #[test]
    fn english_words_are_no_acronyms() {
        assert_eq!(spans("send"), None);
        assert_eq!(spans("led by"), None);
        assert_eq!(spans("this matter"), None);
        let (_, span) = spans("SEND").unwrap();
        assert!(span.capitals_only, "typed in capitals it is not the verb");
        assert!(spans("send school places").is_some());
        assert_eq!(spans("SEND LEAFLETS"), None, "nothing is an acronym among capitals");
        assert!(spans("SEND EHCP").is_some());
    }

    #[test]
    fn what_was_typed_is_not_added() {
        let (_, span) = spans("elective home education").unwrap();
        assert!(!span.phrases.contains(&"elective home education".to_owned()));
        assert!(span.phrases.contains(&"electively home educated".to_owned()));
    }

    #[test]
    fn letters_are_spelt_out_and_words_are_not() {
        let (_, span) = spans("ehe").unwrap();
        assert_eq!(span.loosely.spelt_out, ["elective", "home", "education"]);
        let (_, span) = spans("home schooling").unwrap();
        assert!(span.loosely.spelt_out.is_empty());
    }

    #[test]
    fn a_part_of_a_topic_is_not_its_names() {
        let (_, span) = spans("glyphosate").unwrap();
        assert!(span.loose && span.phrases.is_empty(), "{span:?}");
        assert!(span.loosely.phrases.contains(&"japanese knotweed".to_owned()));
        let (_, span) = spans("japanese knotweed").unwrap();
        assert!(!span.loose && !span.phrases.is_empty(), "one of its names is a synonym");
    }

    #[test]
    fn a_councils_own_acronym_works_both_ways() {
        let mut lexicon = Lexicon::default();
        let pair = ("EEP".to_owned(), "East Education Partnership".to_owned(), 2);
        lexicon.acronyms(std::iter::once(pair));
        let words = vec!["eep".to_owned()];
        let (_, span, _) = read(&Typed::new(&words), 0, &lexicon).unwrap();
        assert_eq!(span.phrases, ["east education partnership"]);
        assert_eq!(span.loosely.spelt_out, ["east", "education", "partnership"]);
        let words: Vec<String> =
            "east education partnership".split(' ').map(str::to_owned).collect();
        let (used, span, _) = read(&Typed::new(&words), 0, &lexicon).unwrap();
        assert_eq!((used, span.acronyms[0].form.as_str()), (3, "EEP"));
    }
}
