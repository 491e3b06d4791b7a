//! The words of the grammar, read from their files.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::token::Token;
use crate::vocabulary::VocabularyError;
use crate::{Holder, Qualifier};

/// Phrases by their first word, longest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases(HashMap<String, Vec<Vec<String>>>);

impl Phrases {
    fn new<'a>(phrases: impl Iterator<Item = &'a String>) -> Phrases {
        let mut by_first = HashMap::<String, Vec<Vec<String>>>::new();
        for phrase in phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(words.clone());
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Phrases(by_first)
    }

    /// How many tokens from `at` on make one of the phrases, none when they make none.
    pub(super) fn len_at(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        self.0.get(&tokens.get(at)?.folded)?.iter().map(Vec::len).find(|&len| {
            tokens.get(at..at + len).is_some_and(|run| {
                run[1..].iter().all(Token::joined)
                    && self.0[&run[0].folded].iter().any(|words| {
                        words.len() == len && words.iter().zip(run).all(|(w, t)| *w == t.folded)
                    })
            })
        })
    }

    fn starts(&self, folded: &str) -> bool {
        self.0.contains_key(folded)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    pub(super) posts: Phrases,
    pub(super) heads: HashSet<String>,
    pub(super) alone: HashSet<String>,
    pub(super) modifiers: HashSet<String>,
    pub(super) lower: Phrases,
    pub(super) titles: HashSet<String>,
    pub(super) given: HashSet<String>,
    pub(super) stops: HashSet<String>,
    remit: HashSet<String>,
    members: HashSet<String>,
    partners: HashSet<String>,
    partner_words: Vec<String>,
    qualifiers: Vec<(Vec<String>, Qualifier)>,
    /// The first words of `qualifiers`.
    qualifying: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RankFile {
    pub(super) posts: Vec<String>,
    pub(super) heads: Vec<String>,
    pub(super) alone: Vec<String>,
    pub(super) modifiers: Vec<String>,
    pub(super) lower: Vec<String>,
    pub(super) members: Vec<String>,
    pub(super) partners: Vec<String>,
    pub(super) partner_words: Vec<String>,
    qualifier: Vec<QualifierForms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QualifierForms {
    qualifier: Qualifier,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordFile {
    pub(super) remit: Vec<String>,
    pub(super) given: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) stops: Vec<String>,
}

impl Lexicon {
    pub(super) fn parse(ranks: &str, words: &str) -> Result<Lexicon, VocabularyError> {
        let ranks: RankFile = toml::from_str(ranks)
            .map_err(|source| VocabularyError::Shape { name: "roles.toml".to_owned(), source })?;
        let words: WordFile = toml::from_str(words).map_err(|source| VocabularyError::Shape {
            name: "role-words.toml".to_owned(),
            source,
        })?;
        let mut qualifiers = Vec::new();
        for entry in &ranks.qualifier {
            for form in &entry.forms {
                qualifiers.push((
                    form.split(' ').map(str::to_owned).collect::<Vec<_>>(),
                    entry.qualifier,
                ));
            }
        }
        Ok(Lexicon {
            posts: Phrases::new(ranks.posts.iter()),
            heads: ranks.heads.into_iter().collect(),
            alone: ranks.alone.into_iter().collect(),
            modifiers: ranks.modifiers.into_iter().collect(),
            lower: Phrases::new(ranks.lower.iter()),
            titles: words.titles.into_iter().collect(),
            given: words.given.into_iter().collect(),
            stops: words.stops.into_iter().collect(),
            remit: words.remit.into_iter().collect(),
            members: ranks.members.into_iter().collect(),
            partners: ranks.partners.into_iter().collect(),
            partner_words: ranks.partner_words.iter().map(|w| format!(" {w} ")).collect(),
            qualifying: qualifiers.iter().filter_map(|(form, _)| form.first().cloned()).collect(),
            qualifiers,
        })
    }

    /// A word that remits are made of, or an acronym.
    pub(super) fn is_remit(&self, token: &Token<'_>) -> bool {
        self.remit.contains(&token.folded)
            || (token.printed.len() >= 2
                && token.printed.len() <= 6
                && token.printed.chars().all(|c| c.is_ascii_uppercase()))
    }

    /// Two capital letters that are no known short form: a holder's initials.
    pub(super) fn is_initials(&self, token: &Token<'_>) -> bool {
        token.printed.len() == 2
            && token.printed.bytes().all(|b| b.is_ascii_uppercase())
            && !self.remit.contains(&token.folded)
    }

    /// Whether a post may begin with this word.
    pub(super) fn starts_post(&self, folded: &str) -> bool {
        self.posts.starts(folded) || self.modifiers.contains(folded)
    }

    /// The qualifier at a place, with the number of tokens it takes.
    pub(super) fn qualifier_at(
        &self,
        tokens: &[Token<'_>],
        at: usize,
    ) -> Option<(Qualifier, usize)> {
        let token = tokens.get(at)?;
        let next = tokens.get(at + 1);
        if token.printed == "A" && next.is_some_and(|n| n.gap.trim() == "/" && n.capital) {
            return Some((Qualifier::Acting, 1));
        }
        if !self.qualifying.contains(&token.folded) {
            return None;
        }
        self.qualifiers
            .iter()
            .filter(|(form, _)| {
                form.iter().enumerate().all(|(i, word)| {
                    tokens.get(at + i).is_some_and(|t| t.folded == *word && (i == 0 || t.joined()))
                })
            })
            .max_by_key(|(form, _)| form.len())
            .map(|(form, qualifier)| (*qualifier, form.len()))
            // "then" is one only in "the then Leader".
            .filter(|_| token.folded != "then" || (at > 0 && tokens[at - 1].folded == "the"))
    }

    /// Whose post it is, by its rank (lower case) and its whole reading.
    pub(super) fn holder(&self, rank: &str, words: &str) -> Holder {
        let tail = |set: &HashSet<String>| {
            let mut rest = rank;
            loop {
                if set.contains(rest) {
                    return true;
                }
                match rest.split_once(' ') {
                    Some((first, after)) if self.modifiers.contains(first) => rest = after,
                    _ => return false,
                }
            }
        };
        let padded = format!(" {words} ");
        // A chief executive of something is another body's; the council's own is told without it.
        let elsewhere =
            matches!(rank, "chief executive" | "managing director" | "chief executive officer")
                && words.len() > rank.len()
                && !["council", "authority", "borough", "county"]
                    .iter()
                    .any(|w| padded.contains(w));
        if elsewhere || anothers(rank, words) {
            return Holder::Partner;
        }
        let member = tail(&self.members) || rank.ends_with(" group leader");
        if tail(&self.partners) || self.partner_words.iter().any(|w| padded.contains(w.as_str())) {
            // A member's remit may name the police; the post is a member's all the same.
            let charged = tail(&self.members) && !tail(&self.partners);
            return if charged && !padded.contains(" trust ") {
                Holder::Member
            } else {
                Holder::Partner
            };
        }
        if member { Holder::Member } else { Holder::Officer }
    }
}

/// "Chair of Governors of Ashby School", "Director of Sheffield Theatres": a remit that ends in the name of another body.
fn anothers(rank: &str, words: &str) -> bool {
    let remit: Vec<&str> =
        words.strip_prefix(rank).unwrap_or_default().split_whitespace().collect();
    // A member may hold the portfolio of anything.
    let presides =
        ["chair", "chairman", "chairperson", "chairwoman", "convener", "convenor", "governor"]
            .iter()
            .any(|word| rank.ends_with(word));
    match remit.as_slice() {
        [.., "governors" | "trustees"] | ["governors" | "trustees", ..] => presides,
        [.., "virtual", "school"] | ["school"] => false,
        [name, .., "school" | "trust" | "theatre" | "theatres"] if *name != "the" => {
            presides
                || ["director", "manager", "head", "headteacher", "principal", "bursar"]
                    .contains(&rank)
        }
        _ => false,
    }
}
