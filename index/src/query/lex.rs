//! Cutting a query into words, quoted phrases, brackets and operators. Nothing is ever an error: what has no meaning as syntax
//! is a word.

use minutebook_record::text::plain_marks;

use crate::analysis;

/// The fields a query may name, and other words for them.
const FIELDS: [(&str, Field); 14] = [
    ("committee", Field::Committee),
    ("role", Field::Role),
    ("by", Field::By),
    ("topic", Field::Topic),
    ("in", Field::In),
    ("kind", Field::Kind),
    ("minute", Field::Minute),
    ("number", Field::Minute),
    ("council", Field::Council),
    ("date", Field::Date),
    ("year", Field::Date),
    ("before", Field::Before),
    ("after", Field::After),
    ("since", Field::Since),
];

/// A field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Committee,
    Role,
    By,
    Topic,
    In,
    Kind,
    Minute,
    Council,
    Date,
    Before,
    After,
    Since,
}

impl Field {
    /// The word a reader writes.
    pub(crate) fn word(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(word, _)| word)
    }
}

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Quoted(String),
    Prefix(String),
    Fuzzy(String),
    /// A field with its value.
    Field(Field, String),
    Open,
    Close,
    /// Quotation marks with no word between them.
    Empty,
    Minus,
    And,
    Or,
    Not,
    Near(u32),
}

/// The farthest `NEAR/n` reaches.
pub(crate) const MAX_NEAR: u32 = 100;

/// Cuts a query up; what could not be read as syntax is noted.
pub(crate) fn lex(text: &str, notices: &mut Vec<String>) -> Vec<Token> {
    let cleaned: String =
        plain_marks(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut lexer = Lexer { rest: &cleaned, tokens: Vec::new(), notices };
    lexer.run();
    lexer.tokens
}

struct Lexer<'t, 'n> {
    rest: &'t str,
    tokens: Vec<Token>,
    notices: &'n mut Vec<String>,
}

impl Lexer<'_, '_> {
    fn run(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { break };
            match c {
                '"' => {
                    let whole = self.rest[1..].contains('"');
                    match self.quoted() {
                        Some(quoted) => self.tokens.push(Token::Quoted(quoted)),
                        None if whole => self.tokens.push(Token::Empty),
                        None => {}
                    }
                }
                '(' => self.one(Token::Open),
                ')' => self.one(Token::Close),
                '-' if self.rest[1..]
                    .starts_with(|n: char| n.is_alphanumeric() || n == '"' || n == '(') =>
                {
                    self.one(Token::Minus);
                }
                _ => self.word(),
            }
        }
    }

    fn one(&mut self, token: Token) {
        self.tokens.push(token);
        self.rest = &self.rest[1..];
    }

    /// The words between two quotation marks; without a second one the mark is dropped and the rest are words.
    fn quoted(&mut self) -> Option<String> {
        let inner = &self.rest[1..];
        let Some(end) = inner.find('"') else {
            self.note("a quotation mark without its partner was left out");
            self.rest = inner;
            return None;
        };
        self.rest = &inner[end + 1..];
        let quoted = inner[..end].trim();
        (!analysis::words(quoted).is_empty()).then(|| quoted.to_owned())
    }

    fn word(&mut self) {
        let end = word_end(self.rest);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "AND" => return self.tokens.push(Token::And),
            "OR" => return self.tokens.push(Token::Or),
            "NOT" => return self.tokens.push(Token::Not),
            _ => {}
        }
        if let Some(reach) = word.strip_prefix("NEAR/").and_then(|n| n.parse::<u32>().ok()) {
            return self.tokens.push(Token::Near(reach.clamp(1, MAX_NEAR)));
        }
        if let Some((name, value)) = word.split_once(':')
            && let Some((_, field)) = FIELDS.iter().find(|(n, _)| name.eq_ignore_ascii_case(n))
        {
            return self.field(*field, name, value);
        }
        self.plain(word);
    }

    fn field(&mut self, field: Field, name: &str, value: &str) {
        if value.is_empty() {
            // `committee: audit` means the same as `committee:audit`.
            self.rest = self.rest.trim_start();
            let value = if self.rest.starts_with('"') {
                self.quoted()
            } else {
                let end = word_end(self.rest);
                let (word, rest) = self.rest.split_at(end);
                let operator = matches!(word, "AND" | "OR" | "NOT");
                (!operator && !analysis::words(word).is_empty()).then(|| {
                    self.rest = rest;
                    word.to_owned()
                })
            };
            if let Some(value) = value {
                self.tokens.push(Token::Field(field, value));
            } else {
                self.note(&format!("“{name}:” names nothing and was searched as a word"));
                self.tokens.push(Token::Word(name.to_owned()));
            }
        } else {
            self.tokens.push(Token::Field(field, value.to_owned()));
        }
    }

    fn plain(&mut self, word: &str) {
        if let Some(stem) = word.strip_suffix('*') {
            let letters = analysis::words(stem);
            if let [prefix] = &letters[..]
                && prefix.chars().count() >= 2
            {
                return self.tokens.push(Token::Prefix(prefix.clone()));
            }
            self.note("“*” wants at least two letters before it and was left out");
        } else if word.contains('*') {
            self.note("“*” stands for the end of a word only and was left out");
        }
        let fuzzy = word.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('~');
        if let Some(stem) = fuzzy
            && let [one] = &analysis::words(stem)[..]
        {
            return self.tokens.push(Token::Fuzzy(one.clone()));
        }
        if word.contains('*') {
            for part in word.split('*') {
                self.push_word(part);
            }
        } else {
            self.push_word(word);
        }
    }

    fn push_word(&mut self, word: &str) {
        if !analysis::words(word).is_empty() {
            self.tokens.push(Token::Word(word.to_owned()));
        }
    }

    fn note(&mut self, notice: &str) {
        if !self.notices.iter().any(|n| n == notice) {
            self.notices.push(notice.to_owned());
        }
    }
}

/// Where a word ends. A bracket inside an item's number (`7(a)`) belongs to it; a quotation mark after a field begins its value.
fn word_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() || c == '"' || c == ')' {
            break;
        }
        if c == '(' {
            let inner = &text[at + 1..];
            let close = inner.find(')').filter(|end| {
                (1..=3).contains(end) && inner[..*end].bytes().all(|b| b.is_ascii_alphanumeric())
            });
            let digit_before = text[..at].ends_with(|c: char| c.is_ascii_digit() || c == ')');
            match close {
                Some(end) if digit_before => {
                    at += end + 2;
                    continue;
                }
                _ => break,
            }
        }
        at += c.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexed(text: &str) -> (Vec<Token>, usize) {
        let mut notices = Vec::new();
        let tokens = lex(text, &mut notices);
        (tokens, notices.len())
    }

    fn word(text: &str) -> Token {
        Token::Word(text.to_owned())
    }

    #[test]
    fn operators_fields_and_words_are_told_apart() {
        let text =
            "a AND (b OR -c) NEAR/5 dr* e~1 committee:audit by:\"head of it\" date: 2019 7(a)";
        let (tokens, notices) = lexed(text);
        assert_eq!(notices, 0);
        let expected = [
            word("a"),
            Token::And,
            Token::Open,
            word("b"),
            Token::Or,
            Token::Minus,
            word("c"),
            Token::Close,
            Token::Near(5),
            Token::Prefix("dr".to_owned()),
            Token::Fuzzy("e".to_owned()),
            Token::Field(Field::Committee, "audit".to_owned()),
            Token::Field(Field::By, "head of it".to_owned()),
            Token::Field(Field::Date, "2019".to_owned()),
            word("7(a)"),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn what_is_no_syntax_is_words_and_said() {
        for (text, expected, noted) in [
            ("14:30", vec![word("14:30")], 0),
            ("kosten/baten \\", vec![word("kosten/baten")], 0),
            ("\"un balanced", vec![word("un"), word("balanced")], 1),
            ("*", vec![], 1),
            ("a*", vec![word("a")], 1),
            ("po*les", vec![word("po"), word("les")], 1),
            ("organization=soest", vec![word("organization=soest")], 0),
            ("committee:", vec![word("committee")], 1),
            ("- --", vec![], 0),
            ("\u{201c}exact\u{201d}", vec![Token::Quoted("exact".to_owned())], 0),
            ("\u{0}bins\u{0}", vec![word("bins")], 0),
        ] {
            assert_eq!(lexed(text), (expected, noted), "{text:?}");
        }
    }
}
