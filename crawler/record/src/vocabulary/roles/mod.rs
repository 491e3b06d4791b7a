//! Posts as minutes print them: `qualifier* rank [link] remit`, found in text and read from what a person types.
//!
//! The words are data (`vocabulary/roles.toml`, `vocabulary/role-words.toml`); the grammar is `grammar`, the remit after
//! a rank `remit`. What a post *does* in a sentence is not known here (see the crawler's `understand`).

mod grammar;
mod lexicon;
mod remit;
mod token;

use std::sync::LazyLock;

use crate::{Holder, Qualifier, id};
use lexicon::Lexicon;
use token::Token;

/// One post, read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Byte offset of its first word, qualifiers included.
    pub start: usize,
    /// Byte offset after its last word.
    pub end: usize,
    /// Rank and remit without link words and qualifiers: `assistant-director-education`.
    pub slug: String,
    /// The rank alone, lower case: `assistant director`.
    pub rank: String,
    /// Whether a remit is told with the rank; a post without one may be the short form of an earlier one.
    pub has_remit: bool,
    /// Qualifiers, in the order printed.
    pub qualifiers: Vec<Qualifier>,
    /// Officer, member or partner.
    pub holder: Holder,
}

/// The grammar of posts with its words.
#[derive(Debug, Clone)]
pub struct Roles {
    lexicon: Lexicon,
}

impl Roles {
    /// The words shipped with the program.
    pub fn shipped() -> &'static Roles {
        static SHIPPED: LazyLock<Roles> = LazyLock::new(|| Roles {
            lexicon: Lexicon::parse(super::shipped::ROLES, super::shipped::ROLE_WORDS)
                .expect("the shipped role words are valid (tested)"),
        });
        &SHIPPED
    }

    /// Every post named in a text, in order, not overlapping. Posts are told by their capitals, a few well-known ones
    /// ("the chief executive") in small letters too.
    pub fn find(&self, text: &str) -> Vec<Reading> {
        let tokens = token::tokens(text, &self.lexicon);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match grammar::post_at(&tokens, at, &self.lexicon, false) {
                Some(post) => {
                    at = post.end;
                    found.push(self.reading(&tokens, &post));
                }
                None => at += 1,
            }
        }
        found
    }

    /// What a person typed, read as one post, or as two of one person ("Deputy Leader and Cabinet Member for Housing"),
    /// whatever its capitals. Empty when it names no post.
    pub fn parse(&self, typed: &str) -> Vec<Reading> {
        let tokens = token::tokens(typed, &self.lexicon);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(post) = grammar::post_at(&tokens, at, &self.lexicon, true) {
                at = post.end;
                found.push(self.reading(&tokens, &post));
            } else if matches!(tokens[at].folded.as_str(), "the" | "a" | "an" | "and") {
                at += 1;
            } else {
                break;
            }
        }
        found
    }

    /// Whether a word stands before a person's name ("Councillor", "Mr").
    pub fn is_title(&self, folded: &str) -> bool {
        self.lexicon.titles.contains(folded)
    }

    /// Whether a word is a given name.
    pub fn is_given_name(&self, folded: &str) -> bool {
        self.lexicon.given.contains(folded)
    }

    fn reading(&self, tokens: &[Token<'_>], post: &grammar::Post) -> Reading {
        let rank = joined(&tokens[post.rank.clone()]);
        let has_remit = !post.remit.is_empty();
        let mut words = slug_words(&tokens[post.rank.clone()]);
        // A possessive at the end of a rank is the sentence's: "the Chief Executive's Report".
        if let (Some(word), Some(token)) = (words.last_mut(), tokens[post.rank.clone()].last()) {
            word.clone_from(&token.folded);
            if word == "sgt" {
                "sergeant".clone_into(word);
            }
        }
        words.extend(post.remit.iter().flat_map(|part| slug_words(&tokens[part.clone()])));
        while words.len() > 1
            && words.last().is_some_and(|w| matches!(w.as_str(), "directorate" | "department"))
        {
            words.pop();
        }
        Reading {
            start: tokens[post.start].start,
            end: post.end_byte,
            slug: id::slug(&words.join(" ")),
            holder: self.lexicon.holder(&rank, &words.join(" ")),
            rank,
            has_remit,
            qualifiers: post.qualifiers.clone(),
        }
    }
}

fn joined(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// The words of a slug: link words dropped, `&` read as "and", the possessive of a last word dropped by the grammar.
fn slug_words(tokens: &[Token<'_>]) -> Vec<String> {
    let mut words = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && token.gap.contains('&') {
            words.push("and".to_owned());
        }
        if !matches!(token.folded.as_str(), "of" | "for" | "to" | "the" | "y" | "yr") {
            let word = if token.cut_possessive { &token.folded } else { token.slug() };
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests;
