//! The words of a text as they are compared, with their places.
//!
//! A chunk is a run of letters and digits that may be joined by a mark (`fly-tipping`, `2022/23`, `s.106`, `A&E`, `1,200`).
//! Its parts are words of their own, and where people also write it closed it is found as one word too.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{BREAK, BREAK_WIDTH};

/// Longest word kept, in bytes; what is longer is no word anybody types.
const MAX_WORD: usize = 64;
/// Most parts a compound may have to be kept closed as well.
const MAX_PARTS: usize = 5;

/// How a word stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A word of its own.
    Word,
    /// A compound written closed: `flytipping` for `fly-tipping`. Stands at its first part's place.
    Joined,
    /// An acronym as printed, in capitals, beside its lower-case [`Form::Word`].
    Capitals,
}

/// A word found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// How it stands there.
    pub form: Form,
    /// The word as compared.
    pub text: &'a str,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset after its end.
    pub end: usize,
    /// Its place, counted in words; see [`BREAK_WIDTH`].
    pub position: u32,
}

/// Calls `sink` for every word of a text, in order.
pub fn scan(text: &str, sink: impl FnMut(Found<'_>)) {
    scan_where(text, |_| true, sink);
}

/// The same for words that begin with some letters only: `wanted` is asked with the first letter of a plain word, in lower
/// case, before anything is done with it. Words with accents or marks in them come whether wanted or not.
pub(crate) fn scan_where(text: &str, wanted: impl Fn(u8) -> bool, mut sink: impl FnMut(Found<'_>)) {
    let mut scanner =
        Scanner { text, position: 0, mixed_until: 0, mixed: false, folded: String::new() };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match CLASS[usize::from(*byte)] {
            Class::Word => {
                let end = plain_end(bytes, at + 1);
                if ends_plain(bytes, end) {
                    if wanted(byte.to_ascii_lowercase()) {
                        scanner.plain(at, end, &mut sink);
                    }
                    scanner.position += 1;
                    at = end;
                } else {
                    at = scanner.chunk(at, chunk_end(text, end), &mut sink);
                }
            }
            Class::Wide => {
                let (c, width) = char_at(text, at);
                at = if is_word(c) {
                    scanner.chunk(at, chunk_end(text, at + width), &mut sink)
                } else {
                    at + width
                };
            }
            Class::Joint | Class::Other => {
                if *byte == BREAK as u8 {
                    scanner.position += BREAK_WIDTH;
                } else if *byte == b'&' {
                    // Alone between spaces it is read "and", as in the names of committees.
                    let (end, position) = (at + 1, scanner.position);
                    sink(Found { form: Form::Word, text: "and", start: at, end, position });
                    scanner.position += 1;
                }
                at += 1;
            }
        }
    }
}

/// What a byte of a text may be part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An ASCII letter or digit.
    Word,
    /// A mark that may join two halves of a chunk.
    Joint,
    /// A part of a character beyond ASCII.
    Wide,
    /// Anything else.
    Other,
}

static CLASS: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        if b.is_ascii_alphanumeric() {
            classes[byte] = Class::Word;
        } else if matches!(b, b'\'' | b'`' | b'-' | b'/' | b'.' | b',' | b'&' | b'?') {
            classes[byte] = Class::Joint;
        } else if b >= 0x80 {
            classes[byte] = Class::Wide;
        }
        byte += 1;
    }
    classes
};

fn class(bytes: &[u8], at: usize) -> Class {
    bytes.get(at).map_or(Class::Other, |byte| CLASS[usize::from(*byte)])
}

/// The end of a run of letters and digits.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while class(bytes, at) == Class::Word {
        at += 1;
    }
    at
}

/// Whether a run that ends here is a chunk of its own: nothing joins it to what follows.
fn ends_plain(bytes: &[u8], end: usize) -> bool {
    match class(bytes, end) {
        Class::Word | Class::Wide => false,
        Class::Joint => matches!(class(bytes, end + 1), Class::Other | Class::Joint),
        Class::Other => true,
    }
}

/// The plain words of a text, folded, without their joined forms.
pub fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    scan(text, |found| {
        if found.form == Form::Word {
            all.push(found.text.to_owned());
        }
    });
    all
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (byte as char, 1);
    }
    let c = text[at..].chars().next().unwrap_or(' ');
    (c, c.len_utf8())
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}'
    }
}

/// Marks that may join two halves of a chunk.
fn joins(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}'
            | '\u{2018}'
            | '\u{2bc}'
            | '\u{b4}'
            | '`'
            | '-'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2013}'
            | '/'
            | '.'
            | ','
            | '&'
            | '?'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '`')
}

fn chunk_end(text: &str, mut at: usize) -> usize {
    while at < text.len() {
        let (c, width) = char_at(text, at);
        if is_word(c) {
            at += width;
            continue;
        }
        if joins(c) && at + width < text.len() {
            let (next, next_width) = char_at(text, at + width);
            if is_word(next) {
                at += width + next_width;
                continue;
            }
        }
        break;
    }
    at
}

struct Scanner<'t> {
    text: &'t str,
    position: u32,
    /// Where the paragraph ends that `mixed` speaks of.
    mixed_until: usize,
    /// Whether that paragraph has lower-case letters: in one that has none capitals tell nothing.
    mixed: bool,
    folded: String,
}

impl Scanner<'_> {
    /// A chunk of nothing but ASCII letters and digits.
    #[inline]
    fn plain(&mut self, start: usize, end: usize, sink: &mut impl FnMut(Found<'_>)) {
        if end - start > MAX_WORD {
            return;
        }
        let printed = &self.text[start..end];
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        folded.push_str(printed);
        folded.make_ascii_lowercase();
        self.found(printed, &folded, start, end, sink);
        self.folded = folded;
    }

    /// A chunk that may have several parts; where it ends.
    fn chunk(&mut self, start: usize, end: usize, sink: &mut impl FnMut(Found<'_>)) -> usize {
        let chunk = &self.text[start..end];
        if chunk.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.plain(start, end, sink);
            self.position += 1;
            return end;
        }
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut marks: Vec<char> = Vec::new();
        let mut from = start;
        for (offset, c) in chunk.char_indices() {
            if joins(c) && !is_apostrophe(c) {
                parts.push((from, start + offset));
                marks.push(plain_mark(c));
                from = start + offset + c.len_utf8();
            }
        }
        parts.push((from, end));
        let first = self.position;
        for (index, (from, to)) in parts.iter().enumerate() {
            self.word(*from, *to, sink);
            if index == 0 && parts.len() > 1 && parts.len() <= MAX_PARTS {
                let folded: Vec<Cow<'_, str>> =
                    parts.iter().map(|(from, to)| fold(&self.text[*from..*to])).collect();
                for joined in join(&folded, &marks) {
                    let found =
                        Found { form: Form::Joined, text: &joined, start, end, position: first };
                    if joined.len() <= MAX_WORD {
                        sink(found);
                    }
                }
            }
            self.position += 1;
        }
        end
    }

    fn word(&mut self, start: usize, end: usize, sink: &mut impl FnMut(Found<'_>)) {
        let printed = &self.text[start..end];
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        if printed.is_ascii() && !printed.contains(['\'', '`']) {
            folded.push_str(printed);
            folded.make_ascii_lowercase();
        } else {
            folded.push_str(&fold(printed));
        }
        if !folded.is_empty() && folded.len() <= MAX_WORD {
            self.found(printed, &folded, start, end, sink);
        }
        self.folded = folded;
    }

    #[inline]
    fn found(
        &mut self,
        printed: &str,
        folded: &str,
        start: usize,
        end: usize,
        sink: &mut impl FnMut(Found<'_>),
    ) {
        let position = self.position;
        sink(Found { form: Form::Word, text: folded, start, end, position });
        if let Some(capitals) = capitals(printed)
            && self.in_mixed_paragraph(start)
        {
            sink(Found { form: Form::Capitals, text: capitals, start, end, position });
        }
    }

    fn in_mixed_paragraph(&mut self, at: usize) -> bool {
        if at >= self.mixed_until {
            let rest = &self.text[at..];
            let length = rest.find(BREAK).unwrap_or(rest.len());
            // What stands before `at` in the paragraph counts too: a heading in capitals ends where the sentence begins.
            let from = self.text[..at].rfind(BREAK).unwrap_or(0);
            self.mixed_until = at + length.max(1);
            self.mixed = self.text[from..at + length].bytes().any(|b| b.is_ascii_lowercase());
        }
        // A text of one word only ("SEND") is a query or a heading: there capitals do tell.
        self.mixed || self.text.len() <= 6
    }
}

/// The acronym a printed word is: two to six capitals, a plural's `s` left out.
pub fn capitals(printed: &str) -> Option<&str> {
    let bare = match printed.strip_suffix('s') {
        Some(singular) if singular.len() >= 2 => singular,
        _ => printed,
    };
    ((2..=6).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase())).then_some(bare)
}

fn plain_mark(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        c => c,
    }
}

/// Lower case, accents folded, possessive dropped, apostrophes and soft hyphens removed.
pub fn fold(printed: &str) -> Cow<'_, str> {
    if printed.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(printed);
    }
    let mut folded = String::with_capacity(printed.len());
    let mut apostrophe = false;
    for c in printed.nfkd() {
        if is_apostrophe(c) {
            apostrophe = true;
            continue;
        }
        if is_combining_mark(c) || c == '\u{ad}' {
            continue;
        }
        folded.extend(c.to_lowercase());
    }
    if apostrophe && possessive(printed) {
        folded.pop();
    }
    Cow::Owned(folded)
}

fn possessive(printed: &str) -> bool {
    let mut last = printed.chars().rev();
    last.next().is_some_and(|c| c == 's' || c == 'S') && last.next().is_some_and(is_apostrophe)
}

/// How the parts of a compound are written as one word, if they are.
fn join(parts: &[Cow<'_, str>], marks: &[char]) -> Vec<String> {
    let numeric = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let short = |part: &str| part.len() <= 2 && !digits(part);
    let all = |mark: char| marks.iter().all(|m| *m == mark);
    let any_digit = parts.iter().any(|p| p.bytes().any(|b| b.is_ascii_digit()));
    if all('-') {
        // 2022-23 and 2022/23 are the same year.
        return if parts.iter().all(|p| digits(p)) {
            vec![parts.join("/")]
        } else {
            vec![parts.concat()]
        };
    }
    if all('?') {
        // An old archive lost its Welsh letters: C?n was Cŵn.
        return vec![parts.join("w"), parts.join("y")];
    }
    if all('&') {
        return vec![parts.join("&")];
    }
    if all('.') {
        return if parts.iter().all(|p| numeric(p)) {
            vec![parts.join(".")]
        } else if parts.iter().all(|p| p.chars().count() == 1)
            || (short(&parts[0]) && parts[1..].iter().all(|p| numeric(p)))
        {
            vec![parts.concat()]
        } else {
            Vec::new()
        };
    }
    if all(',') {
        let grouped = digits(&parts[0]) && parts[1..].iter().all(|p| digits(p) && p.len() == 3);
        return if grouped { vec![parts.concat()] } else { Vec::new() };
    }
    if !any_digit {
        return Vec::new();
    }
    let mut joined = parts[0].to_string();
    for (mark, part) in marks.iter().zip(&parts[1..]) {
        joined.push(*mark);
        joined.push_str(part);
    }
    vec![joined]
}

#[cfg(test)]
mod tests;
