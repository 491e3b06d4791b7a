//! What queries are lowered to: words cut into what is looked up, and the engine's clauses for them.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::analysis;
use crate::query::Node;

/// A phrase of several words with its last one in singular and plural.
pub(crate) fn numbers(words: Vec<String>) -> Vec<Vec<String>> {
    let Some(last) = words.last().filter(|last| words.len() > 1 && last.len() > 3) else {
        return vec![words];
    };
    let other = match last.strip_suffix('s') {
        Some(singular) if !singular.ends_with('s') => singular.to_owned(),
        Some(_) => return vec![words],
        None => format!("{last}s"),
    };
    let mut twin = words.clone();
    if let Some(last) = twin.last_mut() {
        *last = other;
    }
    vec![words, twin]
}

/// A typed word cut at its marks: its parts, and how it is written closed.
pub(crate) struct Chunk {
    pub(crate) words: Vec<String>,
    pub(crate) joined: Vec<String>,
}

/// The chunks of a typed word.
pub(crate) fn chunks(word: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut until = 0;
    analysis::scan(word, |found| match found.form {
        analysis::Form::Capitals => {}
        analysis::Form::Word => {
            if found.start < until
                && let Some(chunk) = chunks.last_mut()
            {
                chunk.words.push(found.text.to_owned());
            } else {
                chunks.push(Chunk { words: vec![found.text.to_owned()], joined: Vec::new() });
            }
        }
        analysis::Form::Joined => {
            // Joined forms follow the first of their parts.
            until = found.end;
            if let Some(chunk) = chunks.last_mut() {
                chunk.joined.push(found.text.to_owned());
            }
        }
    });
    chunks
}

/// The exact words of one side of `NEAR`.
pub(crate) fn beside(node: &Node) -> Vec<String> {
    match node {
        Node::Word(text) | Node::Phrase(text) => analysis::words(text),
        _ => Vec::new(),
    }
}

/// How many slips a word's length allows.
pub(crate) fn distance(word: &str) -> u8 {
    if word.chars().count() >= 8 { 2 } else { 1 }
}

pub(super) fn phrase_in(field: Field, words: &[String]) -> Box<dyn Query> {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => term(field, word),
        words => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Box::new(PhraseQuery::new(terms))
        }
    }
}

pub(super) fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

pub(super) fn boost(query: Box<dyn Query>, by: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, by))
}

pub(super) fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

pub(super) fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

pub(super) fn intersection(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(AllQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
