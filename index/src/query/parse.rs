//! From tokens to a tree: `OR` binds loosest, words side by side mean all of them, `NOT` and `-` bind tightest.
//!
//! Brackets without partners, operators that join nothing and too deep a nesting are read as if they were not there, and said.

use super::lex::{Field, Token, lex};
use super::tree::{Node, Parsed};
use super::{fields, readings};
use crate::query::Lexicon;
use crate::search::MAX_QUERY;

/// How deep brackets may nest: deeper ones are read as if they were not there.
const DEEPEST: usize = 12;

/// What a query is read with.
pub(crate) struct Context<'a> {
    /// What it may name.
    pub(crate) lexicon: &'a Lexicon,
    /// Whether some item has this number.
    pub(crate) has_number: &'a dyn Fn(&str) -> bool,
    /// Readings turned back into words, by id.
    pub(crate) as_words: &'a [String],
    /// Whether plain words may be read as dates, bodies, posts and numbers at all.
    pub(crate) readings: bool,
    /// Whether the vocabulary may add to the words.
    pub(crate) synonyms: bool,
    /// Whether a sentence's small words ("the", "of", "when") are left out.
    pub(crate) drop_small: bool,
}

/// Reads a query.
pub(crate) fn parse(text: &str, context: &Context<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let text = cut(text, &mut parsed.notices);
    let tokens = lex(text, &mut parsed.notices);
    let empty = tokens.is_empty();
    let mut parser = Parser { tokens, at: 0, depth: 0, context, parsed };
    let mut nodes = Vec::new();
    while parser.at < parser.tokens.len() {
        nodes.extend(parser.or());
        // What is left begins with a closing bracket nobody opened.
        if parser.at < parser.tokens.len() {
            parser.at += 1;
            parser.brackets();
        }
    }
    let mut parsed = parser.parsed;
    let tree = readings::interpret(nodes, context, &mut parsed);
    parsed.tree = match tree {
        Some(tree) => Some(tree),
        // Signs without a single word are a question that nothing answers, not the wish to see everything.
        None if !text.trim().is_empty() && (empty || parsed.scope.is_none()) => {
            parsed.notices.push("there is no word in this query to search for".to_owned());
            Some(Node::Any(Vec::new()))
        }
        None => None,
    };
    parsed
}

fn cut<'t>(text: &'t str, notices: &mut Vec<String>) -> &'t str {
    if text.len() <= MAX_QUERY {
        return text;
    }
    let mut end = MAX_QUERY;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    notices.push(format!("the query was cut after {MAX_QUERY} characters"));
    &text[..end]
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    context: &'a Context<'a>,
    parsed: Parsed,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn note(&mut self, notice: &str) {
        if !self.parsed.notices.iter().any(|n| n == notice) {
            self.parsed.notices.push(notice.to_owned());
        }
    }

    fn brackets(&mut self) {
        self.note("brackets without partners were left out");
    }

    fn stray(&mut self, word: &str) -> Node {
        self.note(&format!("“{word}” joins nothing here and was searched as a word"));
        Node::Word(word.to_lowercase())
    }

    fn or(&mut self) -> Option<Node> {
        let mut branches = Vec::new();
        branches.extend(self.and());
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            let left = !branches.is_empty();
            match self.and() {
                Some(right) if left => branches.push(right),
                Some(right) => {
                    let word = self.stray("OR");
                    branches.push(Node::All(vec![word, right]));
                }
                None => {
                    let word = self.stray("OR");
                    branches = vec![Node::All(branches.into_iter().chain([word]).collect())];
                }
            }
        }
        match branches.len() {
            0 => None,
            1 => branches.pop(),
            _ => Some(Node::Any(branches)),
        }
    }

    fn and(&mut self) -> Option<Node> {
        let mut all = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => break,
                Some(Token::And) => {
                    self.at += 1;
                    let right =
                        !matches!(self.peek(), None | Some(Token::Or | Token::Close | Token::And));
                    if all.is_empty() || !right {
                        let word = self.stray("AND");
                        all.push(word);
                    }
                }
                Some(_) => {
                    if let Some(node) = self.near() {
                        all.push(node);
                    }
                }
            }
        }
        (!all.is_empty()).then_some(Node::All(all))
    }

    fn near(&mut self) -> Option<Node> {
        if let Some(Token::Near(reach)) = self.peek() {
            let word = format!("NEAR/{reach}");
            self.at += 1;
            return Some(self.stray(&word));
        }
        let left = self.not()?;
        let Some(Token::Near(reach)) = self.peek() else { return Some(left) };
        let reach = *reach;
        self.at += 1;
        if matches!(left, Node::Word(_) | Node::Phrase(_)) {
            // Only a word or a quoted phrase stands beside something: one look ahead tells, and nothing is read twice.
            let right = match self.peek() {
                Some(Token::Word(word)) => Some(Node::Word(word.clone())),
                Some(Token::Quoted(phrase)) => Some(Node::Phrase(phrase.clone())),
                _ => None,
            };
            if let Some(right) = right {
                self.at += 1;
                return Some(Node::Near(Box::new(left), Box::new(right), reach));
            }
        }
        let word = self.stray(&format!("NEAR/{reach}"));
        Some(Node::All(vec![left, word]))
    }

    fn not(&mut self) -> Option<Node> {
        let mut negated = false;
        let mut last = None;
        while let Some(token @ (Token::Not | Token::Minus)) = self.peek() {
            last = Some(token.clone());
            negated = !negated;
            self.at += 1;
        }
        if self.peek() == Some(&Token::Empty) {
            // "Not" before nothing must not leave out the word after it.
            self.at += 1;
            self.note("quotation marks with no word between them were left out");
            return None;
        }
        match self.atom() {
            Some(node) if negated => Some(Node::Not(Box::new(node))),
            Some(node) => Some(node),
            None if last == Some(Token::Not) => Some(self.stray("NOT")),
            None => None,
        }
    }

    fn atom(&mut self) -> Option<Node> {
        let token = self.peek()?.clone();
        match token {
            Token::Open => {
                self.at += 1;
                if self.depth >= DEEPEST {
                    self.note("brackets this deep were left out");
                    // All of them here: a query of nothing but brackets must not nest as deep as it is long.
                    while self.peek() == Some(&Token::Open) {
                        self.at += 1;
                    }
                    return self.atom();
                }
                self.depth += 1;
                let inner = self.or();
                self.depth -= 1;
                if self.peek() == Some(&Token::Close) {
                    self.at += 1;
                } else {
                    self.brackets();
                }
                inner
            }
            Token::Word(word) => self.take(Node::Word(word)),
            Token::Quoted(phrase) => self.take(Node::Phrase(phrase)),
            Token::Prefix(prefix) => self.take(Node::Prefix(prefix)),
            Token::Fuzzy(word) => self.take(Node::Fuzzy(word)),
            Token::Field(field, value) => {
                self.at += 1;
                self.field(field, &value)
            }
            Token::Close
            | Token::And
            | Token::Or
            | Token::Not
            | Token::Minus
            | Token::Near(_)
            | Token::Empty => None,
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "reads as the other arms do")]
    fn take(&mut self, node: Node) -> Option<Node> {
        self.at += 1;
        Some(node)
    }

    fn field(&mut self, field: Field, value: &str) -> Option<Node> {
        fields::read(field, value, self.context, &mut self.parsed)
    }
}
