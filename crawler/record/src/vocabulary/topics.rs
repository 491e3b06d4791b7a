//! Topics: what an item is about, with the words that say so.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

/// One topic of the vocabulary. Forms are lower case but for acronyms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Stable slug; stands in addresses and the index.
    pub id: String,
    /// Name shown to readers.
    pub label: String,
    /// Number of the same concept in the Integrated Public Sector Vocabulary 2.00.
    #[serde(default)]
    pub ipsv: Option<u32>,
    /// Number of the same service in the Local Government Services List.
    #[serde(default)]
    pub lgsl: Option<u32>,
    /// Ids of wider topics.
    #[serde(default)]
    pub broader: Vec<String>,
    /// Ids of neighbouring topics.
    #[serde(default)]
    pub related: Vec<String>,
    /// Full synonyms, safe both ways; the label itself is always one.
    #[serde(default)]
    pub exact: Vec<String>,
    /// What minutes print when they are about the topic, though it is narrower or looser than the topic:
    /// from text to topic only, so that searching for the topic does not spread over all of them.
    #[serde(default)]
    pub printed: Vec<String>,
    /// What residents type: from query to topic only.
    #[serde(default)]
    pub resident: Vec<String>,
    /// Former official terms.
    #[serde(default)]
    pub historic: Vec<String>,
    /// Short forms, case-sensitive.
    #[serde(default)]
    pub acronym: Vec<TopicAcronym>,
    /// One-word forms that may tag from running text; other single words count only in a title or a resolution.
    #[serde(default)]
    pub single: Vec<String>,
    /// A form within three words of one of these does not count.
    #[serde(default)]
    pub not_near: Vec<String>,
    /// What items about anything mention (consultation, budget, planning permission): the subject only where the title
    /// names it or the text keeps coming back to it.
    #[serde(default)]
    pub means: bool,
}

/// A short form of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicAcronym {
    /// As printed, case-sensitive, a whole token.
    pub form: String,
    /// At least one of these words must occur in the item for the form to count; none means it always does.
    #[serde(default)]
    pub context: Vec<String>,
}

impl Topic {
    /// Every form that minutes may print: label, exact, printed and historic, lower case.
    pub fn printed_forms(&self) -> impl Iterator<Item = String> + '_ {
        std::iter::once(self.label.to_lowercase())
            .chain(self.exact.iter().cloned())
            .chain(self.printed.iter().cloned())
            .chain(self.historic.iter().cloned())
    }
}

/// Why a vocabulary file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// The file is no vocabulary.
    #[error("{name}: {source}")]
    Shape {
        /// Which file.
        name: String,
        /// What the parser said, with line and column.
        source: toml::de::Error,
    },
    /// Topics were to be put beside the shipped ones after those were first asked for.
    #[error("a vocabulary can only be loaded once, before the shipped one is in use")]
    Late,
    /// Two topics share an id.
    #[error("{name}: topic `{id}` is defined twice")]
    Twice {
        /// Which file.
        name: String,
        /// The id.
        id: String,
    },
}

/// What an operator puts beside the shipped vocabulary.
static BESIDES: OnceLock<Topics> = OnceLock::new();

/// A set of topics, looked up by id.
#[derive(Debug, Clone, Default)]
pub struct Topics {
    all: Vec<Topic>,
    by_id: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    #[serde(default)]
    topic: Vec<Topic>,
}

impl Topics {
    /// The vocabulary shipped with the program, and what was put beside it at the start ([`Topics::use_besides`]).
    pub fn in_use() -> &'static Topics {
        static IN_USE: LazyLock<Topics> = LazyLock::new(|| {
            let mut topics = Topics::parse(super::shipped::TOPICS)
                .expect("the shipped vocabulary is valid (tested)");
            // From here on nothing can be put beside it any more.
            topics.join(BESIDES.get_or_init(Topics::default).clone());
            topics
        });
        &IN_USE
    }

    /// Puts topics of an operator's own beside the shipped ones, for the whole run; to be called before anything asks for them.
    ///
    /// # Errors
    /// [`VocabularyError::Late`] when the vocabulary is in use already.
    pub fn use_besides(more: Topics) -> Result<(), VocabularyError> {
        BESIDES.set(more).map_err(|_| VocabularyError::Late)
    }

    /// Adds the topics of another vocabulary. One known here, by its id or its number in IPSV, stays as it is here.
    pub fn join(&mut self, more: Topics) {
        let by_number: HashMap<u32, String> =
            self.all.iter().filter_map(|t| Some((t.ipsv?, t.id.clone()))).collect();
        let known = |topic: &Topic| {
            if self.by_id.contains_key(&topic.id) {
                return Some(topic.id.clone());
            }
            topic.ipsv.and_then(|number| by_number.get(&number).cloned())
        };
        let mut here = HashMap::new();
        let mut fresh = Vec::new();
        for topic in more.all {
            match known(&topic) {
                Some(id) => drop(here.insert(topic.id, id)),
                None => fresh.push(topic),
            }
        }
        for mut topic in fresh {
            for broader in &mut topic.broader {
                if let Some(id) = here.get(broader) {
                    broader.clone_from(id);
                }
            }
            self.by_id.insert(topic.id.clone(), self.all.len());
            self.all.push(topic);
        }
    }

    /// Reads vocabulary files, given as name and text.
    pub fn parse(files: &[(&str, &str)]) -> Result<Topics, VocabularyError> {
        let mut topics = Topics::default();
        for (name, text) in files {
            let file: TopicFile = toml::from_str(text)
                .map_err(|source| VocabularyError::Shape { name: (*name).to_owned(), source })?;
            for topic in file.topic {
                topics.add(topic, name)?;
            }
        }
        Ok(topics)
    }

    /// Adds one topic; `name` says where it came from, for the error.
    pub fn add(&mut self, topic: Topic, name: &str) -> Result<(), VocabularyError> {
        if self.by_id.contains_key(&topic.id) {
            return Err(VocabularyError::Twice { name: name.to_owned(), id: topic.id });
        }
        self.by_id.insert(topic.id.clone(), self.all.len());
        self.all.push(topic);
        Ok(())
    }

    /// The topic with this id.
    pub fn get(&self, id: &str) -> Option<&Topic> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    /// All topics, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Topic> {
        self.all.iter()
    }

    /// The label of a topic, or its id made readable where the vocabulary does not hold it.
    pub fn label(&self, id: &str) -> String {
        self.get(id).map_or_else(|| id.replace('-', " "), |topic| topic.label.clone())
    }

    /// The topic's ancestors, nearest first, without repeats.
    pub fn ancestors(&self, id: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut queue: std::collections::VecDeque<&str> =
            self.get(id).into_iter().flat_map(|t| t.broader.iter().map(String::as_str)).collect();
        while let Some(next) = queue.pop_front() {
            if let Some(topic) = self.get(next)
                && topic.id != id
                && !found.contains(&topic.id.as_str())
            {
                found.push(&topic.id);
                queue.extend(topic.broader.iter().map(String::as_str));
            }
        }
        found
    }

    /// Each topic's direct narrower topics, by id.
    pub fn narrower(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut narrower = BTreeMap::<&str, Vec<&str>>::new();
        for topic in &self.all {
            for broader in &topic.broader {
                narrower.entry(broader).or_default().push(&topic.id);
            }
        }
        narrower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vocabulary_is_consistent() {
        let topics = Topics::parse(crate::vocabulary::shipped::TOPICS).unwrap();
        let mut owner = HashMap::<String, &str>::new();
        for topic in topics.iter() {
            assert_eq!(topic.id, crate::id::slug(&topic.id), "ids are slugs");
            for id in topic.broader.iter().chain(&topic.related) {
                assert!(topics.get(id).is_some(), "{} names unknown topic {id}", topic.id);
            }
            assert!(
                !topics.ancestors(&topic.id).contains(&topic.id.as_str()),
                "{} is its own ancestor",
                topic.id
            );
            for form in topic.printed_forms().chain(topic.resident.iter().cloned()) {
                assert_eq!(form, form.to_lowercase(), "{}: forms are lower case", topic.id);
                assert_eq!(form.trim(), form, "{}: no stray spaces", topic.id);
                let before = owner.insert(form.clone(), &topic.id);
                assert!(
                    before.is_none_or(|b| b == topic.id),
                    "`{form}` belongs to {before:?} and {}",
                    topic.id
                );
            }
        }
    }

    #[test]
    fn every_file_is_sorted_by_id() {
        for (name, text) in crate::vocabulary::shipped::TOPICS {
            let topics = Topics::parse(&[(name, text)]).unwrap();
            let ids: Vec<_> = topics.iter().map(|t| t.id.clone()).collect();
            let mut sorted = ids.clone();
            sorted.sort();
            assert_eq!(ids, sorted, "{name} is not sorted");
        }
    }

    #[test]
    fn lists_are_in_order_and_say_nothing_twice() {
        let topics = Topics::parse(crate::vocabulary::shipped::TOPICS).unwrap();
        for topic in topics.iter() {
            let lists = [
                ("exact", &topic.exact),
                ("printed", &topic.printed),
                ("resident", &topic.resident),
                ("historic", &topic.historic),
                ("single", &topic.single),
                ("not_near", &topic.not_near),
            ];
            for (key, list) in lists {
                assert!(list.is_sorted_by(|a, b| a < b), "{}: {key} is out of order", topic.id);
            }
            let label = topic.label.to_lowercase();
            assert!(!topic.exact.contains(&label), "{}: the label is repeated", topic.id);
            for word in &topic.single {
                assert!(
                    topic.printed_forms().any(|form| form == *word),
                    "{}: `{word}` is no form of it",
                    topic.id
                );
            }
        }
    }

    #[test]
    fn a_short_form_says_which_of_its_topics_is_meant() {
        let topics = Topics::parse(crate::vocabulary::shipped::TOPICS).unwrap();
        let mut seen = HashMap::<&str, Vec<(&str, &TopicAcronym)>>::new();
        for topic in topics.iter() {
            for acronym in &topic.acronym {
                seen.entry(&acronym.form).or_default().push((&topic.id, acronym));
            }
        }
        for (form, owners) in seen.iter().filter(|(_, owners)| owners.len() > 1) {
            for (id, acronym) in owners {
                assert!(!acronym.context.is_empty(), "{form} of {id} needs a context: {owners:?}");
            }
        }
    }

    #[test]
    fn another_vocabulary_stands_beside() {
        let own = "[[topic]]\nid='parks'\nlabel='Parks'\nipsv=5\n";
        let other = "[[topic]]\nid='open-spaces'\nlabel='Open spaces'\nipsv=5\n[[topic]]\nid='bandstands'\nlabel='Bandstands'\nbroader=['open-spaces']\n[[topic]]\nid='parks'\nlabel='Other parks'";
        let mut topics = Topics::parse(&[("own", own)]).unwrap();
        topics.join(Topics::parse(&[("other", other)]).unwrap());
        assert_eq!(topics.label("parks"), "Parks");
        assert!(topics.get("open-spaces").is_none());
        assert_eq!(topics.ancestors("bandstands"), ["parks"]);
    }

    #[test]
    fn ancestors_end_even_in_a_circle() {
        let text = "[[topic]]\nid='a'\nlabel='A'\nbroader=['b']\n[[topic]]\nid='b'\nlabel='B'\nbroader=['a']";
        let topics = Topics::parse(&[("circle", text)]).unwrap();
        assert_eq!(topics.ancestors("a"), ["b"]);
    }
}
