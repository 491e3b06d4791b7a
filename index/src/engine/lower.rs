//! From the plain tree to the engine's query.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::analysis::{Form, scan, stem};
use crate::query::Node;
use crate::reader::Snapshot;
use crate::search::Scope;

/// The engine's query for a tree.
pub(crate) fn lower(snapshot: &Snapshot, tree: &Node, scope: Scope) -> Box<dyn Query> {
    let lowered = Lower { snapshot, scope }.node(tree);
    lowered.whole()
}

/// What must hold, and what only adds to the score.
struct Lowered {
    must: Box<dyn Query>,
    boosts: Vec<Box<dyn Query>>,
}

impl Lowered {
    fn plain(must: Box<dyn Query>) -> Self {
        Self { must, boosts: Vec::new() }
    }

    fn whole(self) -> Box<dyn Query> {
        if self.boosts.is_empty() {
            return self.must;
        }
        let mut clauses = vec![(Occur::Must, self.must)];
        clauses.extend(self.boosts.into_iter().map(|boost| (Occur::Should, boost)));
        Box::new(BooleanQuery::new(clauses))
    }
}

struct Lower<'a> {
    snapshot: &'a Snapshot,
    scope: Scope,
}

impl Lower<'_> {
    fn node(&self, node: &Node) -> Lowered {
        match node {
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                Lowered::plain(union(nodes.iter().map(|n| self.node(n).whole()).collect()))
            }
            Node::Word(word) => self.word(word),
            Node::Phrase(phrase) => self.phrase(phrase),
            _ => Lowered::plain(Box::new(EmptyQuery)),
        }
    }

    fn all(&self, nodes: &[Node]) -> Lowered {
        let mut clauses = Vec::new();
        let mut boosts = Vec::new();
        for node in nodes {
            let lowered = self.node(node);
            clauses.push((Occur::Must, lowered.must));
            boosts.extend(lowered.boosts);
        }
        if clauses.len() == 1
            && let Some((_, must)) = clauses.pop()
        {
            return Lowered { must, boosts };
        }
        Lowered { must: Box::new(BooleanQuery::new(clauses)), boosts }
    }

    fn word(&self, word: &str) -> Lowered {
        let fields = &self.snapshot.fields;
        let mut stems = Vec::new();
        scan(word, |found| {
            if found.form == Form::Word {
                stems.push(stem(found.text).into_owned());
            }
        });
        let mut musts: Vec<Box<dyn Query>> = Vec::new();
        let mut boosts: Vec<Box<dyn Query>> = Vec::new();
        for stem in &stems {
            let field = match self.scope {
                Scope::Anywhere => fields.words,
                Scope::Title => fields.title,
                Scope::Minutes => fields.minutes,
                Scope::Resolution => fields.decided,
                Scope::Agenda => fields.agenda,
            };
            musts.push(term(field, stem));
            boosts.push(boost(term(fields.title, stem), 1.0));
            boosts.push(boost(term(fields.decided, stem), 0.5));
        }
        Lowered { must: intersection(musts), boosts }
    }

    fn phrase(&self, phrase: &str) -> Lowered {
        let fields = &self.snapshot.fields;
        let field = match self.scope {
            Scope::Title => fields.title_exact,
            Scope::Resolution => fields.decided_exact,
            Scope::Anywhere | Scope::Minutes | Scope::Agenda => fields.exact,
        };
        Lowered::plain(phrase_in(field, &crate::analysis::words(phrase)))
    }
}

fn phrase_in(field: Field, words: &[String]) -> Box<dyn Query> {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => term(field, word),
        words => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Box::new(PhraseQuery::new(terms))
        }
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn boost(query: Box<dyn Query>, by: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, by))
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1
        && let Some(query) = queries.pop()
    {
        return query;
    }
    Box::new(BooleanQuery::union(queries))
}

fn intersection(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1
        && let Some(query) = queries.pop()
    {
        return query;
    }
    Box::new(BooleanQuery::intersection(queries))
}
