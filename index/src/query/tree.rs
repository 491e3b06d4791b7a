//! The query as a plain value.

use jiff::civil::Date;
use minutebook_record::Kind;

use crate::results::{Expansion, Reading};
use crate::search::Scope;

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
    /// Whether the words themselves are an acronym that is also an English word, and are not looked for as one.
    pub capitals_only: bool,
    /// Whether the words name only a part of the topic.
    pub loose: bool,
    /// How much of the query's words the span covers, in percent.
    pub coverage: u32,
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
    /// The same sentence, content with most of its telling words; none where all of them are meant.
    pub(crate) fn relaxed(&self) -> Option<Parsed> {
        let Some(Node::All(nodes)) = &self.tree else { return None };
        let (plain, mut kept): (Vec<Node>, Vec<Node>) =
            nodes.iter().cloned().partition(|node| matches!(node, Node::Word(_) | Node::Span(_)));
        // Words that are no sentence are each meant.
        if !self.natural || plain.len() < 2 || kept.iter().any(|n| !is_condition(n)) {
            return None;
        }
        kept.push(Node::Most(plain));
        Some(Parsed { tree: Some(Node::All(kept)), ..self.clone() })
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
        Node::Where(_) | Node::Not(_) => true,
        // A year or post that may also be a name.
        Node::Any(nodes) => nodes.iter().any(|node| matches!(node, Node::Where(_))),
        _ => false,
    }
}
