//! The query as a plain value.

use jiff::civil::Date;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these, anywhere in the item.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
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
    /// A condition on the item.
    Where(Condition),
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
    /// Topics, by slug.
    Topic(Vec<String>),
    /// Kinds of decision.
    Kind(Vec<minutebook_record::Kind>),
    /// Item number, folded.
    Number(String),
    /// Days, both inclusive.
    Dates(Option<Date>, Option<Date>),
}

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for; none means everything.
    pub tree: Option<Node>,
    /// What could not be read as syntax, and the like, for the reader.
    pub notices: Vec<String>,
}
