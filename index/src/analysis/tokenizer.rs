//! What [`feed`](super::feed) encoded, as the engine's tokenizer: no analysis is done here.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::feed::{END, FAR, FAR_WIDTH, GAP, SAME};

/// Reads an encoded text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fed;

impl Tokenizer for Fed {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text, next: 0, token: Token::default() }
    }
}

/// The words of one encoded text.
pub(crate) struct Stream<'a> {
    rest: &'a str,
    next: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let mut marks = 0;
        for byte in self.rest.bytes() {
            match byte {
                SAME => self.next = self.next.saturating_sub(1),
                FAR => self.next += FAR_WIDTH,
                GAP => self.next += 1,
                _ => break,
            }
            marks += 1;
        }
        let word = &self.rest[marks..];
        let Some(end) = word.find(END) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&word[..end]);
        self.token.position = self.next;
        self.next += 1;
        self.rest = &word[end + END.len_utf8()..];
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::super::feed::{Analysed, Feed};
    use super::super::{Form, scan, stem};
    use super::*;

    fn read(encoded: &str) -> Vec<(String, usize)> {
        let mut fed = Fed;
        let mut stream = fed.token_stream(encoded);
        let mut all = Vec::new();
        while stream.advance() {
            all.push((stream.token().text.clone(), stream.token().position));
        }
        all
    }

    #[test]
    fn stems_leave_out_capitals_and_lists_hold_each_once() {
        let text = "Plans\u{1e}The EHE plans of planned homes";
        let (mut feed, mut found) = (Feed::default(), Analysed::default());
        feed.analyse(text, &mut found);
        let stems: Vec<String> = read(&found.stems).into_iter().map(|(word, _)| word).collect();
        assert_eq!(
            stems,
            ["plan", "the", "ehe", "plan", "of", "planned", "home"].map(|w| stem(w).into_owned())
        );
        assert!(read(&found.exact).contains(&("EHE".to_owned(), 130)));
        let all = feed.within(&found, std::slice::from_ref(&(0..text.len())), "");
        assert_eq!(read(&all).len(), stems.iter().collect::<std::collections::HashSet<_>>().len());
        assert_eq!(
            read(&feed.within(&found, std::slice::from_ref(&(0..5)), "k:")),
            [("k:plan".to_owned(), 0)]
        );
        assert_eq!(feed.within(&found, &[], "k:"), "");
        let outside: Vec<String> = read(&feed.outside(&found, std::slice::from_ref(&(0..5))))
            .into_iter()
            .map(|(stem, _)| stem)
            .collect();
        assert_eq!(outside, ["the", "ehe", "of", "home"].map(|w| stem(w).into_owned()));
    }

    proptest::proptest! {
        #[test]
        fn what_is_fed_is_what_was_scanned(text in "\\PC*[\u{300}\u{1e}'?&/.-]*\\PC*") {
            let (mut feed, mut found) = (Feed::default(), Analysed::default());
            feed.analyse(&text, &mut found);
            let (mut exact, mut stems) = (Vec::new(), Vec::new());
            scan(&text, |word| {
                exact.push((word.text.to_owned(), word.position as usize));
                if word.form != Form::Capitals {
                    stems.push(stem(word.text).into_owned());
                }
            });
            assert_eq!(read(&found.exact), exact);
            assert_eq!(read(&found.stems).into_iter().map(|(stem, _)| stem).collect::<Vec<_>>(), stems);
        }
    }
}
