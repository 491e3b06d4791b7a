//! The scanner as the engine's tokenizers: exact words, stems, and words under a speaker's name.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Form, scan, stem};

/// What is made of each word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// The word as compared; acronyms in capitals too.
    Exact,
    /// Its stem.
    Stem,
    /// Its stem behind the text's first line, which names who spoke.
    Spoken,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { kind: *self, text, tokens: None, at: 0, empty: Token::default() }
    }
}

/// The words of one text.
pub(crate) struct Stream<'a> {
    kind: Words,
    text: &'a str,
    tokens: Option<Vec<Token>>,
    at: usize,
    empty: Token,
}

impl Stream<'_> {
    fn each(kind: Words, text: &str, sink: &mut dyn FnMut(&Token)) {
        let mut token = Token::default();
        let (prefix, text) = match kind {
            Words::Spoken => text.split_once('\n').unwrap_or(("", text)),
            Words::Exact | Words::Stem => ("", text),
        };
        scan(text, |found| {
            if kind != Words::Exact && found.form == Form::Capitals {
                return;
            }
            token.text.clear();
            token.text.push_str(prefix);
            token.offset_from = found.start;
            token.offset_to = found.end;
            token.position = found.position as usize;
            match kind {
                Words::Exact => token.text.push_str(found.text),
                Words::Stem | Words::Spoken => cached_stem(found.text, &mut token.text),
            }
            sink(&token);
        });
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let (kind, text) = (self.kind, self.text);
        let tokens = self.tokens.get_or_insert_with(|| {
            let mut all = Vec::new();
            Self::each(kind, text, &mut |token| all.push(token.clone()));
            all
        });
        self.at += 1;
        self.at <= tokens.len()
    }

    fn token(&self) -> &Token {
        let tokens = self.tokens.as_deref().unwrap_or_default();
        tokens.get(self.at.wrapping_sub(1)).unwrap_or(&self.empty)
    }

    fn token_mut(&mut self) -> &mut Token {
        match self.tokens.as_mut().and_then(|tokens| tokens.get_mut(self.at.wrapping_sub(1))) {
            Some(token) => token,
            None => &mut self.empty,
        }
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        Self::each(self.kind, self.text, sink);
    }
}

/// Stems are looked up far more often than they are new: minutes use some ten thousand words.
const CACHED_STEMS: usize = 65_536;

/// Appends a word's stem, remembered by each thread.
pub(crate) fn cached_stem(word: &str, to: &mut String) {
    thread_local! {
        static CACHE: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    CACHE.with_borrow_mut(|cache| {
        if let Some(known) = cache.get(word) {
            to.push_str(known);
            return;
        }
        let stemmed = stem(word);
        to.push_str(&stemmed);
        if cache.len() < CACHED_STEMS {
            cache.insert(word.to_owned(), stemmed.into_owned());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pulled(kind: Words, text: &str) -> Vec<String> {
        let mut kind = kind;
        let mut stream = kind.token_stream(text);
        let mut all = Vec::new();
        while stream.advance() {
            all.push(stream.token().text.clone());
        }
        all
    }

    #[test]
    fn pushing_and_pulling_agree() {
        let text = "The Children\u{2019}s fly-tipping EHE plans";
        for kind in [Words::Exact, Words::Stem, Words::Spoken] {
            let mut pushed = Vec::new();
            Stream::each(kind, text, &mut |token| pushed.push(token.text.clone()));
            assert_eq!(pushed, pulled(kind, text));
        }
        assert!(pulled(Words::Exact, text).contains(&"EHE".to_owned()));
        assert!(!pulled(Words::Stem, text).contains(&"EHE".to_owned()));
    }

    #[test]
    fn spoken_words_carry_their_speaker() {
        assert_eq!(pulled(Words::Spoken, "x:\nPlans made"), ["x:plan", "x:made"]);
    }
}
