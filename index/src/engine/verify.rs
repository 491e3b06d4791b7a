//! What the engine cannot decide from its fields alone, decided from the stored item: phrases in one part of it or in one
//! post's words, and nearness of phrases.

use minutebook_record::{Item, Part};

use super::clauses::beside;
use crate::analysis::{self, Form, scan};
use crate::query::Node;
use crate::search::Scope;

/// Checks that a found item must pass.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verify {
    checks: Vec<Check>,
    scope: Scope,
    speakers: Vec<String>,
}

#[derive(Debug, Clone)]
enum Check {
    Phrase(Vec<String>),
    Near(Vec<String>, Vec<String>, u32),
}

impl Verify {
    /// The checks that nodes which must all match need.
    pub(crate) fn of(nodes: &[Node], scope: Scope, speakers: &[String]) -> Self {
        let placed = matches!(scope, Scope::Minutes | Scope::Agenda) || !speakers.is_empty();
        let checks = nodes.iter().filter_map(|node| match node {
            Node::Phrase(phrase) if placed => Some(Check::Phrase(analysis::words(phrase))),
            Node::Near(a, b, reach) => {
                let (a, b) = (beside(a), beside(b));
                (placed || a.len() > 1 || b.len() > 1).then_some(Check::Near(a, b, *reach))
            }
            _ => None,
        });
        Self { checks: checks.collect(), scope, speakers: speakers.to_vec() }
    }

    /// Whether there is nothing to check.
    pub(crate) fn is_empty(&self) -> bool {
        self.checks.is_empty()
    }

    /// Whether an item passes.
    pub(crate) fn passes(&self, item: &Item) -> bool {
        let texts = self.texts(item);
        self.checks.iter().all(|check| texts.iter().any(|text| holds(check, text)))
    }

    fn texts<'i>(&self, item: &'i Item) -> Vec<&'i str> {
        if !self.speakers.is_empty() {
            let said = item
                .roles()
                .iter()
                .filter(|role| role.how.has_voice() && self.speakers.contains(&role.slug));
            let at = said.flat_map(|role| role.passages.iter());
            return at.filter_map(|at| item.passages.get(*at)).map(|p| p.text.as_str()).collect();
        }
        let passages = |wanted: fn(Part) -> bool| {
            item.passages.iter().filter(move |p| wanted(p.part)).map(|p| p.text.as_str())
        };
        match self.scope {
            Scope::Title => vec![&item.title],
            Scope::Resolution => item.resolutions().iter().map(|r| r.text.as_str()).collect(),
            Scope::Minutes => passages(|part| part != Part::Agenda).collect(),
            Scope::Agenda => passages(|part| part == Part::Agenda).collect(),
            Scope::Anywhere => std::iter::once(item.title.as_str())
                .chain(passages(|_| true))
                .chain(item.resolutions().iter().map(|r| r.text.as_str()))
                .collect(),
        }
    }
}

fn holds(check: &Check, text: &str) -> bool {
    let mut words = Vec::new();
    scan(text, |found| {
        if found.form == Form::Word {
            words.push(found.text.to_owned());
        }
    });
    match check {
        Check::Phrase(phrase) => !places(&words, phrase).is_empty(),
        Check::Near(a, b, reach) => {
            let (first, second) = (places(&words, a), places(&words, b));
            let reach = *reach as usize;
            first.iter().any(|at| {
                second.iter().any(|other| {
                    // From the end of the one to the beginning of the other.
                    if at < other {
                        *other >= at + a.len() && other - (at + a.len() - 1) <= reach
                    } else {
                        *at >= other + b.len() && at - (other + b.len() - 1) <= reach
                    }
                })
            })
        }
    }
}

fn places(words: &[String], phrase: &[String]) -> Vec<usize> {
    if phrase.is_empty() || phrase.len() > words.len() {
        return Vec::new();
    }
    (0..=words.len() - phrase.len()).filter(|at| words[*at..].starts_with(phrase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_counts_from_end_to_beginning_either_way() {
        let near = |a: &str, b: &str, n| {
            let check = Check::Near(analysis::words(a), analysis::words(b), n);
            holds(&check, "the parish council met the police about speeding cars")
        };
        assert!(near("parish council", "police", 3));
        assert!(!near("parish council", "police", 2));
        assert!(near("police", "parish council", 3), "either order");
        assert!(near("met", "council", 1));
        assert!(!near("council", "parish council", 9), "no word is near itself");
    }
}
