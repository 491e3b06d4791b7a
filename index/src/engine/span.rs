//! Words the vocabulary knows, and what may stand for them, as the engine's query.

use tantivy::query::{DisjunctionMaxQuery, Query};

use super::clauses::{boost, constant, intersection, numbers, phrase_in, term, union};
use super::lower::{Lower, Lowered};
use super::run::Boost;
use super::weight;
use crate::analysis::{self, stem};
use crate::query::{Node, Span};
use crate::search::Scope;

impl Lower<'_> {
    pub(super) fn span(&self, span: &Span) -> Box<dyn Query> {
        #[expect(clippy::cast_precision_loss, reason = "a percentage")]
        let coverage = span.coverage as f32 / 100.0;
        let mut direct = self.span_words(span);
        if span.words.len() == 1 && span.topic.is_some() {
            // Letters printed as typed are sure; the topic they stand for is wider.
            let sure = constant(self.span_words(span), weight::SURE);
            direct = Lowered::new(direct, vec![Boost::unbounded(sure)]).whole();
        }
        let mut ways = vec![direct];
        // A longer phrase scores more for its length alone: letters say as much as all the words they stand for, words do not.
        let typed: usize = span.words.iter().map(|word| analysis::words(word).len()).sum();
        let typed = if span.loosely.spelt_out.is_empty() { typed } else { usize::MAX };
        for phrase in &span.phrases {
            for words in numbers(analysis::words(phrase)) {
                #[expect(clippy::cast_precision_loss, reason = "a few words")]
                let longer = (typed.max(1) as f32 / words.len().max(1) as f32).min(1.0);
                ways.push(boost(self.phrase_way(&words), weight::SYNONYM * coverage * longer));
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
            // One of several words that hardly any item has tells enough alone.
            let spelt_out = &span.loosely.spelt_out;
            let words = if spelt_out.is_empty() { &span.words } else { spelt_out };
            let words = words.iter().filter(|_| words.len() > 1);
            let words = words.flat_map(|word| analysis::words(word));
            let few = u64::try_from(weight::FEW).unwrap_or(u64::MAX);
            for word in words.filter(|word| super::items_with(self.snapshot, word) <= few) {
                ways.push(boost(self.stem(&stem(&word)), weight::LOOSELY * coverage));
            }
            if spelt_out.len() > 1 {
                let words = spelt_out.iter().cloned().map(Node::Word);
                let most = self.most(&words.collect::<Vec<_>>()).whole();
                ways.push(boost(most, weight::LOOSELY * coverage));
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
        let typed: Vec<String> = span.words.iter().flat_map(|word| analysis::words(word)).collect();
        if typed.len() < 2 {
            return self.all(&words).whole();
        }
        // Words the vocabulary knows together mean less where they stand apart.
        let apart = Boost::unbounded(self.all(&words).whole());
        let together = Lowered::new(self.phrase_way(&typed), vec![apart]);
        if span.together {
            return together.whole();
        }
        let scattered = boost(self.all(&words).whole(), weight::SCATTERED);
        Box::new(DisjunctionMaxQuery::new(vec![scattered, together.whole()]))
    }

    pub(super) fn phrase_way(&self, words: &[String]) -> Box<dyn Query> {
        if let [word] = words {
            return self.stem(&stem(word));
        }
        match self.scope {
            Scope::Minutes | Scope::Agenda => {
                intersection(words.iter().map(|word| self.stem(&stem(word))).collect())
            }
            _ => phrase_in(self.exact(), words),
        }
    }
}
