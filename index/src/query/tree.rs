//! The query as a plain value.

use jiff::civil::Date;
use minutebook_record::Kind;

use super::function::is_function;
use crate::results::{Expansion, Reading};
use crate::search::Scope;

/// Most parts of one query that are read as more than words; a page pasted into the box may name hundreds of dates.
pub(super) const MOST_READINGS: usize = 20;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these, anywhere in the item.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Most of these, by how much they tell.
    Most(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word, in any inflection, as typed.
    Word(String),
    /// Words side by side, exactly as written.
    Phrase(String),
    /// Words that begin so.
    Prefix(String),
    /// Words spelt nearly so.
    Fuzzy(String),
    /// Two words or phrases at most so many words apart, in either order.
    Near(Box<Node>, Box<Node>, u32),
    /// Words the vocabulary knows, or what it knows for them.
    Span(Span),
    /// A condition on the item.
    Where(Condition),
}

/// Some words of a query and what may stand for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words as typed.
    pub words: Vec<String>,
    /// Slug of the topic they name.
    pub topic: Option<String>,
    /// Phrases that mean the same.
    pub phrases: Vec<String>,
    /// Acronyms that mean the same.
    pub acronyms: Vec<ShortForm>,
    /// Residents' phrases for it, and topics beside it: looked for only where the rest finds little.
    pub loosely: Loosely,
    /// Whether the words themselves are an acronym that is also an English word, and are not looked for as one.
    pub capitals_only: bool,
    /// Whether the words name only a part of the topic.
    pub loose: bool,
    /// Whether the words count only side by side.
    pub together: bool,
    /// How much of the query's words the span covers, in percent.
    pub coverage: u32,
}

/// What stands near a span's topic without meaning the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loosely {
    /// Whether it is looked for.
    pub asked: bool,
    /// Residents' words of two and more.
    pub phrases: Vec<String>,
    /// Slugs of related topics.
    pub topics: Vec<String>,
    /// The words that an acronym's letters stand for, of which most will do.
    pub spelt_out: Vec<String>,
}

/// An acronym, and the words of which one must stand in the item for it to mean this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm {
    /// As printed.
    pub form: String,
    /// None means that the letters are unambiguous.
    pub context: Vec<String>,
}

/// A condition on an item that is no word of it. Several values mean "any of".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Committees, by slug.
    Committee(Vec<String>),
    /// Councils, by slug.
    Council(Vec<String>),
    /// Posts named, by slug.
    Role(Vec<String>),
    /// Posts that spoke, by slug.
    Spoke(Vec<String>),
    /// Topics, by slug.
    Topic(Vec<String>),
    /// Kinds of decision.
    Kind(Vec<Kind>),
    /// Item number, folded.
    Number(String),
    /// Days, both inclusive.
    Dates(Option<Date>, Option<Date>),
}

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// What is looked for; none means everything.
    pub tree: Option<Node>,
    /// Where the words are looked for, if the query says so.
    pub scope: Option<Scope>,
    /// The posts in whose words they are looked for, by slug; empty means anybody's.
    pub speakers: Vec<String>,
    /// Parts read as more than words.
    pub readings: Vec<Reading>,
    /// What the vocabulary added.
    pub expansions: Vec<Expansion>,
    /// Whether it is put as a sentence or a question, rather than as words that are each meant.
    pub natural: bool,
    /// What could not be read as syntax, and the like, for the reader.
    pub notices: Vec<String>,
}

impl Parsed {
    /// Whether one part more may be read as more than words; those after it are words, and that is said.
    pub(super) fn has_room(&mut self, id: &str) -> bool {
        let room = self.readings.len() < MOST_READINGS || self.has(id);
        if !room {
            self.note(format!(
                "after {MOST_READINGS} dates, names and fields the rest was searched as words"
            ));
        }
        room
    }

    /// Names a part that was read as more than words; the same twice is named once.
    pub(super) fn read_as(&mut self, reading: Reading) {
        if !self.has(&reading.id) {
            self.readings.push(reading);
        }
    }

    fn has(&self, id: &str) -> bool {
        self.readings.iter().any(|reading| reading.id == id)
    }

    /// Something for the reader to know, once.
    pub(super) fn note(&mut self, notice: String) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// The same query, content with most of its telling words, and with what stands near its topics; none where that is no wider.
    pub(crate) fn relaxed(&self, names: &[String]) -> Option<Parsed> {
        let nodes = match &self.tree {
            Some(Node::All(nodes)) => &nodes[..],
            Some(node) => std::slice::from_ref(node),
            None => return None,
        };
        let posts: Vec<Option<Node>> = nodes.iter().map(|node| self.post_nearly(node)).collect();
        let mut wider = posts.iter().any(Option::is_some);
        let nodes =
            nodes.iter().zip(posts).map(|(node, post)| post.unwrap_or_else(|| node.clone()));
        let (mut plain, mut kept): (Vec<Node>, Vec<Node>) = nodes.partition(|node| match node {
            Node::Any(ways) => {
                matches!(ways[..], [_, Node::Where(Condition::Role(_)), Node::All(_)])
            }
            node => matches!(node, Node::Word(_) | Node::Span(_)),
        });
        if kept.iter().any(|node| !is_condition(node)) {
            return None;
        }
        let is_name = |node: &Node| matches!(node, Node::Word(word) if names.contains(word));
        if plain.iter().any(is_name) && !plain.iter().all(is_name) {
            kept.extend(plain.extract_if(.., |node| is_name(node)));
        }
        wider |= plain.len() > 1;
        for node in &mut plain {
            if let Node::Span(span) = node {
                span.loosely.asked = true;
                let near = &span.loosely;
                wider |= !(near.topics.is_empty()
                    && near.phrases.is_empty()
                    && near.spelt_out.is_empty());
            }
        }
        if plain.len() > 1 {
            kept.push(Node::Most(plain));
        } else {
            kept.extend(plain);
        }
        let speakers = if self.spoken_by().is_some() { Vec::new() } else { self.speakers.clone() };
        wider.then(|| Parsed { tree: Some(Node::All(kept)), speakers, ..self.clone() })
    }

    /// The same query with its words side by side, where they are two that the vocabulary knows together and nothing else: two
    /// words apart may be about anything, three hardly.
    pub(crate) fn together(&self) -> Option<Parsed> {
        let Some(Node::All(nodes)) = &self.tree else { return None };
        let mut nodes = nodes.clone();
        let mut plain = nodes.iter_mut().filter(|node| !matches!(node, Node::Where(_)));
        match (plain.next(), plain.next()) {
            (Some(Node::Span(span)), None) if span.words.len() == 2 => span.together = true,
            _ => return None,
        }
        Some(Parsed { tree: Some(Node::All(nodes)), ..self.clone() })
    }

    /// The words a post was named by whose own words are asked for, unless that was asked with a field.
    fn spoken_by(&self) -> Option<&str> {
        let by = self.readings.iter().filter(|reading| reading.field == "by");
        by.map(|reading| reading.words.as_str()).find(|words| !words.contains(':'))
    }

    /// A post named in words, as what comes near it: the words of its name, wherever they stand, whoever speaks.
    fn post_nearly(&self, node: &Node) -> Option<Node> {
        let (typed, slugs) = match node {
            Node::Any(ways) => match &ways[..] {
                [Node::Phrase(typed), Node::Where(Condition::Role(slugs))] => {
                    (typed.as_str(), slugs)
                }
                _ => return None,
            },
            Node::Where(Condition::Spoke(slugs)) => (self.spoken_by()?, slugs),
            _ => return None,
        };
        let words = typed.split(' ').filter(|word| !is_function(&word.to_lowercase()));
        let words = words.map(|word| Node::Word(word.to_owned())).collect();
        Some(Node::Any(vec![
            Node::Phrase(typed.to_owned()),
            Node::Where(Condition::Role(slugs.clone())),
            Node::All(words),
        ]))
    }

    /// The words that must all match, those of a span together.
    pub(crate) fn telling_words(&self) -> Vec<Vec<String>> {
        let words = |node: &Node| match node {
            Node::Word(word) => Some(vec![word.clone()]),
            Node::Span(span) => Some(span.words.clone()),
            _ => None,
        };
        match &self.tree {
            Some(Node::All(nodes)) => nodes.iter().filter_map(words).collect(),
            node => node.iter().filter_map(words).collect(),
        }
    }

    /// The plain words of the query, as typed: what a spelling may be offered for.
    pub(crate) fn plain_words(&self) -> Vec<String> {
        fn collect(node: &Node, to: &mut Vec<String>) {
            match node {
                Node::All(nodes) | Node::Any(nodes) | Node::Most(nodes) => {
                    for node in nodes {
                        collect(node, to);
                    }
                }
                Node::Word(word) => to.push(word.clone()),
                _ => {}
            }
        }
        let mut words = Vec::new();
        if let Some(tree) = &self.tree {
            collect(tree, &mut words);
        }
        words
    }
}

fn is_condition(node: &Node) -> bool {
    match node {
        Node::Where(_) => true,
        // A year or post that may also be a name.
        Node::Any(nodes) => nodes.iter().any(|node| matches!(node, Node::Where(_))),
        _ => false,
    }
}
