//! The objects of a PDF, found by scanning for `n g obj` (cross-reference tables of saved files are often wrong), and the way from
//! the pages to their content streams and fonts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use super::LARGEST_STREAM;
use super::content::Font;
use super::tokens::{Token, Tokens};

/// A value of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Name(Vec<u8>),
    Number(f64),
    Text,
    List(Vec<Value>),
    Dictionary(HashMap<Vec<u8>, Value>),
    Reference(u32),
    Other,
}

/// An object: its value, and the place of its stream's bytes.
struct Object {
    value: Value,
    stream: Option<Vec<u8>>,
}

/// A PDF's objects by number.
pub(super) struct File {
    objects: BTreeMap<u32, Object>,
}

/// Nested values deeper than this are not read.
const DEEPEST: usize = 40;

/// Pages beyond this are not read.
const MOST_PAGES: usize = 3000;

impl File {
    pub(super) fn read(bytes: &[u8]) -> Option<File> {
        if !bytes.starts_with(b"%PDF") || find(bytes, b"/Encrypt", 0).is_some() {
            return None;
        }
        let mut file = File { objects: BTreeMap::new() };
        let mut at = 0;
        while let Some(found) = find(bytes, b" obj", at) {
            at = found + 4;
            let Some(number) = number_before(bytes, found) else { continue };
            let mut tokens = Tokens::from(bytes, at);
            let value = value(&mut tokens, 0).unwrap_or(Value::Other);
            let mut stream = None;
            let after = tokens.at;
            if tokens.next() == Some(Token::Word(b"stream"))
                && let Value::Dictionary(dictionary) = &value
            {
                let (start, end) = stream_span(bytes, tokens.at, dictionary);
                stream = inflate(&bytes[start..end], dictionary);
                at = end;
            } else {
                at = after.max(at);
            }
            file.objects.insert(number, Object { value, stream });
        }
        file.unpack();
        (!file.objects.is_empty()).then_some(file)
    }

    /// Objects kept inside object streams.
    fn unpack(&mut self) {
        let mut inner = Vec::new();
        for object in self.objects.values() {
            let (Value::Dictionary(d), Some(stream)) = (&object.value, &object.stream) else {
                continue;
            };
            if !is_name(d.get(b"Type".as_slice()), b"ObjStm") {
                continue;
            }
            let count = number(d.get(b"N".as_slice())).unwrap_or(0).min(100_000);
            let first = number(d.get(b"First".as_slice())).unwrap_or(0);
            let mut head = Tokens::new(stream);
            for _ in 0..count {
                let (Some(Token::Number(id)), Some(Token::Number(offset))) =
                    (head.next(), head.next())
                else {
                    break;
                };
                let at = first.saturating_add(as_usize(offset));
                if at < stream.len()
                    && let Some(value) = value(&mut Tokens::from(stream, at), 0)
                {
                    inner.push((u32::try_from(as_usize(id)).unwrap_or(0), value));
                }
            }
        }
        for (id, value) in inner {
            self.objects.entry(id).or_insert(Object { value, stream: None });
        }
    }

    /// Pages in reading order: by the tree of pages, else in the order of their numbers.
    pub(super) fn pages(&self) -> Vec<u32> {
        let is = |object: &Object, name: &[u8]| match &object.value {
            Value::Dictionary(d) => is_name(d.get(b"Type".as_slice()), name),
            _ => false,
        };
        let root = self.objects.values().find(|o| is(o, b"Catalog")).and_then(|o| match &o.value {
            Value::Dictionary(d) => d.get(b"Pages".as_slice()),
            _ => None,
        });
        let mut pages = Vec::new();
        if let Some(Value::Reference(root)) = root {
            let mut seen = HashSet::new();
            let mut open = vec![*root];
            while let Some(number) = open.pop() {
                if pages.len() >= MOST_PAGES || !seen.insert(number) {
                    continue;
                }
                let Some(Value::Dictionary(d)) = self.objects.get(&number).map(|o| &o.value) else {
                    continue;
                };
                match self.follow(d.get(b"Kids".as_slice())) {
                    Some(Value::List(kids)) => open.extend(kids.iter().rev().filter_map(reference)),
                    _ => pages.push(number),
                }
            }
        }
        if pages.is_empty() {
            let all = self.objects.iter().filter(|(_, o)| is(o, b"Page"));
            pages = all.map(|(number, _)| *number).take(MOST_PAGES).collect();
        }
        pages
    }

    /// The content streams of a page, decoded.
    pub(super) fn contents(&self, page: u32) -> Vec<Vec<u8>> {
        let Some(Value::Dictionary(d)) = self.objects.get(&page).map(|o| &o.value) else {
            return Vec::new();
        };
        let Some(contents) = d.get(b"Contents".as_slice()) else { return Vec::new() };
        let stream = |number: u32| self.objects.get(&number).and_then(|o| o.stream.clone());
        match contents {
            Value::Reference(number) => match self.objects.get(number).map(|o| &o.value) {
                Some(Value::List(list)) => {
                    list.iter().filter_map(reference).filter_map(stream).collect()
                }
                _ => stream(*number).into_iter().collect(),
            },
            // Parts of one stream may be cut within a line: read them as one.
            Value::List(list) => {
                let parts: Vec<Vec<u8>> =
                    list.iter().filter_map(reference).filter_map(stream).collect();
                vec![parts.join(b"\n".as_slice())]
            }
            _ => Vec::new(),
        }
    }

    /// The fonts a page names.
    pub(super) fn fonts(&self, page: u32) -> HashMap<Vec<u8>, Font> {
        let mut fonts = HashMap::new();
        let mut node = Some(page);
        let mut steps = 0;
        while let Some(number) = node.filter(|_| steps < 20) {
            steps += 1;
            let Some(Value::Dictionary(d)) = self.objects.get(&number).map(|o| &o.value) else {
                break;
            };
            if let Some(Value::Dictionary(resources)) = self.follow(d.get(b"Resources".as_slice()))
                && let Some(Value::Dictionary(named)) =
                    self.follow(resources.get(b"Font".as_slice()))
            {
                for (name, font) in named {
                    if let Some(Value::Dictionary(font)) = self.follow(Some(font)) {
                        fonts.entry(name.clone()).or_insert_with(|| self.font(font));
                    }
                }
                break;
            }
            // Resources may stand on the node above.
            node = d.get(b"Parent".as_slice()).and_then(reference);
        }
        fonts
    }

    fn font(&self, font: &HashMap<Vec<u8>, Value>) -> Font {
        let wide = is_name(font.get(b"Subtype".as_slice()), b"Type0");
        let table = font.get(b"ToUnicode".as_slice()).and_then(reference);
        let table = table.and_then(|number| self.objects.get(&number)?.stream.as_deref());
        Font::new(wide, table)
    }

    fn follow<'a>(&'a self, value: Option<&'a Value>) -> Option<&'a Value> {
        match value? {
            Value::Reference(number) => self.objects.get(number).map(|object| &object.value),
            other => Some(other),
        }
    }
}

fn value(tokens: &mut Tokens<'_>, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    Some(match tokens.next()? {
        Token::Name(name) => Value::Name(name.to_vec()),
        Token::Number(number) => {
            // "12 0 R" is a reference.
            let back = tokens.at;
            let is_reference = matches!(tokens.next(), Some(Token::Number(_)))
                && tokens.next() == Some(Token::Word(b"R"));
            if is_reference && number >= 0.0 {
                Value::Reference(u32::try_from(as_usize(number)).unwrap_or(0))
            } else {
                tokens.at = back;
                Value::Number(number)
            }
        }
        Token::Text(_) => Value::Text,
        Token::Mark("[") => {
            let mut list = Vec::new();
            loop {
                let back = tokens.at;
                match tokens.next() {
                    None | Some(Token::Mark("]")) => break,
                    Some(Token::Word(b"endobj")) => {
                        tokens.at = back;
                        break;
                    }
                    Some(_) => {
                        tokens.at = back;
                        list.push(value(tokens, depth + 1)?);
                    }
                }
            }
            Value::List(list)
        }
        Token::Mark("<<") => {
            let mut dictionary = HashMap::new();
            while let Some(token) = tokens.next() {
                match token {
                    Token::Name(name) => {
                        let back = tokens.at;
                        if tokens.next() == Some(Token::Mark(">>")) {
                            break;
                        }
                        tokens.at = back;
                        dictionary.insert(name.to_vec(), value(tokens, depth + 1)?);
                    }
                    Token::Mark(">>") | Token::Word(b"endobj") => break,
                    _ => {}
                }
            }
            Value::Dictionary(dictionary)
        }
        _ => Value::Other,
    })
}

/// Where a stream's bytes stand: by its length where that is true, else up to `endstream`.
fn stream_span(bytes: &[u8], at: usize, dictionary: &HashMap<Vec<u8>, Value>) -> (usize, usize) {
    let mut start = at;
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    let start = start.min(bytes.len());
    if let Some(length) = number(dictionary.get(b"Length".as_slice())) {
        let end = start.saturating_add(length);
        let near = end.saturating_add(12).min(bytes.len());
        if end <= bytes.len() && find(&bytes[..near], b"endstream", end.saturating_sub(1)).is_some()
        {
            return (start, end);
        }
    }
    (start, find(bytes, b"endstream", start).unwrap_or(bytes.len()))
}

/// The stream's bytes without their packing; `None` for packings that hold pictures.
fn inflate(bytes: &[u8], dictionary: &HashMap<Vec<u8>, Value>) -> Option<Vec<u8>> {
    let packed = match dictionary.get(b"Filter".as_slice()) {
        None => false,
        Some(Value::Name(name)) => {
            if name.as_slice() != b"FlateDecode" && name.as_slice() != b"Fl" {
                return None;
            }
            true
        }
        Some(Value::List(list)) if list.is_empty() => false,
        Some(Value::List(list)) => {
            if !(list.len() == 1 && is_name(list.first(), b"FlateDecode")) {
                return None;
            }
            true
        }
        Some(_) => return None,
    };
    if is_name(dictionary.get(b"Subtype".as_slice()), b"Image") {
        return None;
    }
    if !packed {
        return Some(bytes.to_vec());
    }
    let mut text = Vec::new();
    // A stream cut short still gives its beginning.
    let _ = flate2::read::ZlibDecoder::new(bytes).take(LARGEST_STREAM).read_to_end(&mut text);
    Some(text)
}

fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    // "12 0 obj": the generation, a space, the number.
    let head = &bytes[at.saturating_sub(20)..at];
    let text = head.iter().rev().take_while(|b| b.is_ascii_digit() || **b == b' ');
    let mut text: Vec<u8> = text.copied().collect();
    text.reverse();
    let text = String::from_utf8(text).ok()?;
    let mut words = text.split(' ').filter(|word| !word.is_empty()).rev();
    words.next()?;
    words.next()?.parse().ok()
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    while at + what.len() <= bytes.len() {
        let next = bytes[at..].iter().position(|b| *b == first)? + at;
        if bytes[next..].starts_with(what) {
            return Some(next);
        }
        at = next + 1;
    }
    None
}

fn reference(value: &Value) -> Option<u32> {
    match value {
        Value::Reference(number) => Some(*number),
        _ => None,
    }
}

fn number(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::Number(number) => Some(as_usize(*number)),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is meant"
)]
fn as_usize(number: f64) -> usize {
    number as usize
}

fn is_name(value: Option<&Value>, name: &[u8]) -> bool {
    matches!(value, Some(Value::Name(found)) if found.as_slice() == name)
}
