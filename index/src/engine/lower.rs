//! From the plain tree to the engine's query.
//!
//! A word must stand somewhere in the item, in any inflection; that it stands in the title or a resolution, or just as typed, adds
//! to the score. Every weight here is a constant of [`weight`] with the measurement that set it.

use std::ops::Bound;

use jiff::civil::Date;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery,
    FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::weight;
use crate::analysis::scan::capitals;
use crate::analysis::{self, stem};
use crate::query::{Condition, Node, Span};
use crate::reader::Snapshot;
use crate::schema::speaker;
use crate::search::Scope;
use crate::writer::day_number;

/// How the words of a query are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Lower<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) scope: Scope,
    /// Posts in whose words they must stand; empty means anybody's.
    pub(crate) speakers: &'a [String],
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

impl Lower<'_> {
    /// The engine's query for nodes that must all match.
    pub(crate) fn query(&self, nodes: &[Node]) -> Box<dyn Query> {
        if self.speakers.is_empty() {
            return self.all(nodes).whole();
        }
        let said = self.speakers.iter().map(|slug| {
            let key = speaker(slug);
            intersection(nodes.iter().map(|node| self.spoken(node, &key)).collect())
        });
        let must = union(said.collect());
        // Where the words stand elsewhere in the item too, the item is more about them.
        let plain = Lower { speakers: &[], ..*self };
        let boosts = nodes.iter().map(|node| plain.node(node).whole()).collect();
        Lowered { must, boosts }.whole()
    }

    fn node(&self, node: &Node) -> Lowered {
        match node {
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                Lowered::plain(union(nodes.iter().map(|n| self.node(n).whole()).collect()))
            }
            Node::Most(nodes) => self.most(nodes),
            Node::Not(_) => self.all(std::slice::from_ref(node)),
            Node::Word(word) => self.word(word),
            Node::Phrase(phrase) => self.phrase(&analysis::words(phrase)),
            Node::Prefix(prefix) => Lowered::plain(self.prefix(prefix)),
            Node::Fuzzy(word) => Lowered::plain(self.fuzzy(word)),
            Node::Near(a, b, reach) => Lowered::plain(self.near(a, b, *reach)),
            Node::Span(span) => Lowered::plain(self.span(span)),
            Node::Where(condition) => Lowered::plain(self.condition(condition)),
        }
    }

    fn all(&self, nodes: &[Node]) -> Lowered {
        let mut musts = Vec::new();
        let mut nots = Vec::new();
        let mut boosts = Vec::new();
        for node in nodes {
            if let Node::Not(inner) = node {
                nots.push(self.node(inner).must);
                continue;
            }
            let lowered = self.node(node);
            musts.push(lowered.must);
            boosts.extend(lowered.boosts);
        }
        if nots.is_empty() {
            return Lowered { must: intersection(musts), boosts };
        }
        if musts.is_empty() {
            musts.push(Box::new(AllQuery));
        }
        let must = musts.into_iter().map(|query| (Occur::Must, query));
        let not = nots.into_iter().map(|query| (Occur::MustNot, query));
        Lowered { must: Box::new(BooleanQuery::new(must.chain(not).collect())), boosts }
    }

    /// Every choice of nodes that carries enough of what all of them tell, and all that match for the score.
    fn most(&self, nodes: &[Node]) -> Lowered {
        let worth: Vec<f32> = nodes.iter().map(|node| self.worth(node)).collect();
        let mut heaviest: Vec<usize> = (0..nodes.len()).collect();
        heaviest.sort_by(|a, b| worth[*b].total_cmp(&worth[*a]));
        heaviest.truncate(weight::MOST_WORDS);
        let enough = worth.iter().sum::<f32>() * weight::MOST;
        let carries = |choice: u32| {
            let chosen = heaviest.iter().enumerate().filter(|(bit, _)| choice & 1 << bit != 0);
            chosen.map(|(_, at)| worth[*at]).sum::<f32>() >= enough
        };
        let choices: Vec<u32> = (1..1_u32 << heaviest.len())
            // Enough, and not without any one of them.
            .filter(|choice| {
                carries(*choice)
                    && (0..heaviest.len())
                        .all(|bit| choice & 1 << bit == 0 || !carries(choice & !(1 << bit)))
            })
            .collect();
        let musts: Vec<Box<dyn Query>> = nodes.iter().map(|node| self.node(node).must).collect();
        let ways = choices.into_iter().map(|choice| {
            let chosen = heaviest.iter().enumerate().filter(|(bit, _)| choice & 1 << bit != 0);
            intersection(chosen.map(|(_, at)| musts[*at].box_clone()).collect())
        });
        let must = constant(union(ways.collect()), 0.0);
        let boosts = nodes.iter().map(|node| self.node(node).whole()).collect();
        Lowered { must, boosts }
    }

    /// How much a node tells.
    fn worth(&self, node: &Node) -> f32 {
        let words = match node {
            Node::Word(word) => analysis::words(word),
            Node::Span(span) => span.words.iter().flat_map(|word| analysis::words(word)).collect(),
            _ => Vec::new(),
        };
        words.iter().map(|word| super::rarity(self.snapshot, word)).sum()
    }

    /// The field a word's stem must stand in.
    fn stems(&self) -> Field {
        let fields = &self.snapshot.fields;
        match self.scope {
            Scope::Anywhere => fields.words,
            Scope::Title => fields.title,
            Scope::Minutes => fields.minutes,
            Scope::Resolution => fields.decided,
            Scope::Agenda => fields.agenda,
        }
    }

    /// The field exact words are looked for in; for minutes and agenda it holds more than asked, see `verify`.
    fn exact(&self) -> Field {
        let fields = &self.snapshot.fields;
        match self.scope {
            Scope::Title => fields.title_exact,
            Scope::Resolution => fields.decided_exact,
            Scope::Anywhere | Scope::Minutes | Scope::Agenda => fields.exact,
        }
    }

    fn word(&self, word: &str) -> Lowered {
        let fields = &self.snapshot.fields;
        let mut musts: Vec<Box<dyn Query>> = Vec::new();
        let mut boosts: Vec<Box<dyn Query>> = Vec::new();
        for chunk in chunks(word) {
            let stems: Vec<String> = chunk.words.iter().map(|w| stem(w).into_owned()).collect();
            if chunk.joined.is_empty() {
                for (word, stem) in chunk.words.iter().zip(&stems) {
                    musts.push(term(self.stems(), stem));
                    if self.scope != Scope::Anywhere && self.scope != Scope::Title {
                        // The score comes from the whole; the place only has to hold.
                        boosts.push(term(fields.words, stem));
                    }
                    boosts.push(boost(term(fields.title, stem), weight::TITLE));
                    boosts.push(boost(term(fields.decided, stem), weight::DECIDED));
                    boosts.push(boost(term(fields.exact, word), weight::EXACT));
                }
                continue;
            }
            let mut ways: Vec<Box<dyn Query>> =
                chunk.joined.iter().map(|joined| term(self.stems(), &stem(joined))).collect();
            ways.push(match self.scope {
                Scope::Minutes | Scope::Agenda => {
                    intersection(stems.iter().map(|stem| term(self.stems(), stem)).collect())
                }
                _ => phrase_in(self.exact(), &chunk.words),
            });
            musts.push(Box::new(DisjunctionMaxQuery::new(ways)));
            for joined in &chunk.joined {
                boosts.push(boost(term(fields.title, &stem(joined)), weight::TITLE));
                boosts.push(boost(term(fields.decided, &stem(joined)), weight::DECIDED));
            }
        }
        Lowered { must: intersection(musts), boosts }
    }

    fn phrase(&self, words: &[String]) -> Lowered {
        let fields = &self.snapshot.fields;
        let mut boosts = Vec::new();
        if self.scope == Scope::Anywhere {
            boosts.push(boost(phrase_in(fields.title_exact, words), weight::TITLE));
            boosts.push(boost(phrase_in(fields.decided_exact, words), weight::DECIDED));
        }
        Lowered { must: phrase_in(self.exact(), words), boosts }
    }

    fn prefix(&self, prefix: &str) -> Box<dyn Query> {
        // Folded words hold letters, digits and a few marks: all but the dot stand for themselves in a pattern.
        let pattern: String = prefix
            .chars()
            .flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c]))
            .chain(".*".chars())
            .collect();
        match RegexQuery::from_pattern(&pattern, self.exact()) {
            Ok(query) => Box::new(query),
            Err(_) => Box::new(EmptyQuery),
        }
    }

    fn fuzzy(&self, word: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.exact(), word);
        Box::new(FuzzyTermQuery::new(term, distance(word), true))
    }

    fn near(&self, a: &Node, b: &Node, reach: u32) -> Box<dyn Query> {
        let (a, b) = (beside(a), beside(b));
        if let ([one], [other]) = (&a[..], &b[..]) {
            let field = self.exact();
            // The engine's slop is how far apart beyond side by side, in the order given.
            let ordered = |first: &str, second: &str| -> Box<dyn Query> {
                let terms = [first, second].map(|word| Term::from_field_text(field, word));
                let mut phrase = PhraseQuery::new(terms.to_vec());
                phrase.set_slop(reach.saturating_sub(1));
                Box::new(phrase)
            };
            return union(vec![ordered(one, other), ordered(other, one)]);
        }
        intersection(vec![phrase_in(self.exact(), &a), phrase_in(self.exact(), &b)])
    }

    fn span(&self, span: &Span) -> Box<dyn Query> {
        #[expect(clippy::cast_precision_loss, reason = "a percentage")]
        let coverage = span.coverage as f32 / 100.0;
        let mut direct = self.span_words(span);
        if span.words.len() == 1 && span.topic.is_some() {
            // Letters printed as typed are sure; the topic they stand for is wider.
            let sure = constant(self.span_words(span), weight::SURE);
            direct = Lowered { must: direct, boosts: vec![sure] }.whole();
        }
        let mut ways = vec![direct];
        for phrase in &span.phrases {
            for words in numbers(analysis::words(phrase)) {
                ways.push(boost(self.phrase_way(&words), weight::SYNONYM * coverage));
            }
        }
        for short in &span.acronyms {
            let mut must = vec![self.acronym(&short.form)];
            if !short.context.is_empty() {
                let field = self.snapshot.fields.words;
                let company = short.context.iter().flat_map(|word| analysis::words(word));
                let company =
                    company.map(|word| term(field, &stem(&word))).map(|q| constant(q, 0.0));
                must.push(union(company.collect()));
            }
            ways.push(boost(intersection(must), weight::ACRONYM * coverage));
        }
        if self.scope == Scope::Anywhere
            && let Some(topic) = &span.topic
        {
            let tag = |prefix: &str| term(self.snapshot.fields.tag, &format!("{prefix}:{topic}"));
            let own = if span.loose { weight::NARROWER } else { weight::TOPIC };
            ways.push(boost(tag("T"), own * coverage));
            ways.push(boost(tag("t"), weight::NARROWER * coverage));
        }
        if span.loosely.asked {
            for phrase in &span.loosely.phrases {
                let words = self.phrase_way(&analysis::words(phrase));
                ways.push(boost(words, weight::LOOSELY * coverage));
            }
            for topic in &span.loosely.topics {
                let tag = term(self.snapshot.fields.tag, &format!("T:{topic}"));
                ways.push(boost(tag, weight::LOOSELY * coverage));
            }
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, weight::TIE))
    }

    fn span_words(&self, span: &Span) -> Box<dyn Query> {
        if span.capitals_only
            && let [word] = &span.words[..]
        {
            return self.acronym(word.trim_matches(|c: char| !c.is_alphanumeric()));
        }
        let words: Vec<Node> = span.words.iter().cloned().map(Node::Word).collect();
        let scattered = self.all(&words).whole();
        let typed: Vec<String> = span.words.iter().flat_map(|word| analysis::words(word)).collect();
        if typed.len() < 2 {
            return scattered;
        }
        // Words the vocabulary knows together mean less where they stand apart.
        let together =
            Lowered { must: self.phrase_way(&typed), boosts: vec![self.all(&words).whole()] };
        Box::new(DisjunctionMaxQuery::new(vec![
            boost(scattered, weight::SCATTERED),
            together.whole(),
        ]))
    }

    fn phrase_way(&self, words: &[String]) -> Box<dyn Query> {
        if let [word] = words {
            return term(self.stems(), &stem(word));
        }
        match self.scope {
            Scope::Minutes | Scope::Agenda => {
                intersection(words.iter().map(|word| term(self.stems(), &stem(word))).collect())
            }
            _ => phrase_in(self.exact(), words),
        }
    }

    /// An acronym as printed; its capitals tell it from the word.
    fn acronym(&self, form: &str) -> Box<dyn Query> {
        match capitals(form) {
            Some(letters) => term(self.exact(), letters),
            None => phrase_in(self.exact(), &analysis::words(form)),
        }
    }

    /// What must stand in one post's words.
    fn spoken(&self, node: &Node, key: &str) -> Box<dyn Query> {
        let words = |words: &[String]| {
            let field = self.snapshot.fields.spoken;
            let terms = words.iter().map(|word| term(field, &format!("{key}{}", stem(word))));
            intersection(terms.collect())
        };
        match node {
            Node::Word(word) => words(&analysis::words(word)),
            Node::Phrase(phrase) => words(&analysis::words(phrase)),
            Node::Span(span) => {
                let typed: Vec<String> =
                    span.words.iter().flat_map(|w| analysis::words(w)).collect();
                let ways = std::iter::once(words(&typed))
                    .chain(span.phrases.iter().map(|phrase| words(&analysis::words(phrase))))
                    .chain(span.acronyms.iter().map(|short| words(&analysis::words(&short.form))));
                union(ways.collect())
            }
            Node::All(nodes) => intersection(nodes.iter().map(|n| self.spoken(n, key)).collect()),
            Node::Any(nodes) | Node::Most(nodes) => {
                union(nodes.iter().map(|n| self.spoken(n, key)).collect())
            }
            node => Lower { speakers: &[], ..*self }.node(node).must,
        }
    }

    fn condition(&self, condition: &Condition) -> Box<dyn Query> {
        let tags = |prefix: &str, values: &mut dyn Iterator<Item = &str>| {
            let field = self.snapshot.fields.tag;
            let all = values.map(|value| term(field, &format!("{prefix}:{value}")));
            constant(union(all.collect()), weight::CONDITION)
        };
        let slugs =
            |prefix, values: &[String]| tags(prefix, &mut values.iter().map(String::as_str));
        match condition {
            Condition::Committee(all) => slugs("c", all),
            Condition::Council(all) => slugs("o", all),
            Condition::Role(all) => slugs("r", all),
            Condition::Spoke(all) => slugs("b", all),
            Condition::Topic(all) => slugs("t", all),
            Condition::Kind(all) => tags("k", &mut all.iter().map(|kind| kind.as_str())),
            Condition::Number(number) => tags("n", &mut std::iter::once(number.as_str())),
            Condition::Dates(from, to) => {
                let end = |date: &Option<Date>| {
                    date.map_or(Bound::Unbounded, |date| {
                        let day = day_number(date);
                        Bound::Included(Term::from_field_i64(self.snapshot.fields.day, day))
                    })
                };
                constant(Box::new(RangeQuery::new(end(from), end(to))), weight::CONDITION)
            }
        }
    }
}

/// A phrase of several words with its last one in singular and plural.
fn numbers(words: Vec<String>) -> Vec<Vec<String>> {
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

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn intersection(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(AllQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
