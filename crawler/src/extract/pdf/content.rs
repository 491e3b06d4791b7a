//! Content streams: the operators that show text, and the fonts' way from codes to letters.

use std::collections::HashMap;

use encoding_rs::WINDOWS_1252;

use super::tokens::{Token, Tokens};

/// A font, as far as text needs it.
#[derive(Debug, Clone, Default)]
pub(super) struct Font {
    /// Two bytes a code.
    wide: bool,
    /// Codes to letters.
    table: HashMap<u32, String>,
}

impl Font {
    pub(super) fn new(wide: bool, table: Option<&[u8]>) -> Font {
        Font { wide, table: table.map(read_table).unwrap_or_default() }
    }

    fn letters(&self, bytes: &[u8]) -> String {
        if self.wide {
            let codes = bytes
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |code, b| code * 256 + u32::from(*b)));
            // Without a table the codes are glyph numbers, which say nothing.
            return codes.filter_map(|code| self.table.get(&code).map(String::as_str)).collect();
        }
        if self.table.is_empty() {
            return WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
        }
        let mut text = String::new();
        for byte in bytes {
            match self.table.get(&u32::from(*byte)) {
                Some(letters) => text.push_str(letters),
                None => text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0),
            }
        }
        text
    }
}

/// Reads a ToUnicode table: `bfchar` and `bfrange`.
fn read_table(bytes: &[u8]) -> HashMap<u32, String> {
    let mut table = HashMap::new();
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let mut list: Option<Vec<Vec<u8>>> = None;
    let mut ranges: Vec<(u32, u32, Vec<Vec<u8>>)> = Vec::new();
    for token in Tokens::new(bytes) {
        match token {
            Token::Text(text) => match &mut list {
                Some(list) => list.push(text),
                None => texts.push(text),
            },
            Token::Mark("[") => list = Some(Vec::new()),
            Token::Mark("]") => {
                if let (Some(list), [.., from, to]) = (list.take(), texts.as_slice()) {
                    ranges.push((code(from), code(to), list));
                    let left = texts.len() - 2;
                    texts.truncate(left);
                }
            }
            Token::Word(b"beginbfchar" | b"beginbfrange" | b"begincodespacerange") => {
                texts.clear();
                ranges.clear();
            }
            Token::Word(b"endbfchar") => {
                for pair in texts.chunks_exact(2) {
                    table.insert(code(&pair[0]), utf16(&pair[1]));
                }
            }
            Token::Word(b"endbfrange") => {
                for triple in texts.chunks_exact(3) {
                    let (from, to) = (code(&triple[0]), code(&triple[1]));
                    let start = utf16(&triple[2]);
                    let Some(end) = start.chars().last() else { continue };
                    let head = &start[..start.len() - end.len_utf8()];
                    for (step, code) in (from..=to.min(from.saturating_add(0xffff))).enumerate() {
                        let step = u32::try_from(step).unwrap_or(0);
                        if let Some(c) = char::from_u32(u32::from(end).saturating_add(step)) {
                            table.insert(code, format!("{head}{c}"));
                        }
                    }
                }
                for (from, _, list) in &ranges {
                    for (code, text) in (*from..).zip(list) {
                        table.insert(code, utf16(text));
                    }
                }
            }
            _ => {}
        }
    }
    table
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| (code << 8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks(2).map(|p| p.iter().fold(0, |u, b| (u << 8) | u16::from(*b))).collect();
    String::from_utf16_lossy(&units)
}

/// What a place on the page needs: where the line stands.
#[derive(Default)]
struct Place {
    lines: Vec<String>,
    line: String,
    y: f64,
    leading: f64,
}

/// Lines of a content stream. A change of height begins a new line; a gap wider than a line and a half gives an empty one.
pub(super) fn lines(stream: &[u8], fonts: &HashMap<Vec<u8>, Font>) -> Vec<String> {
    let plain = Font::default();
    let mut font = &plain;
    let mut place = Place::default();
    let mut operands: Vec<Token<'_>> = Vec::new();
    let mut list: Option<Vec<Token<'_>>> = None;
    for token in Tokens::new(stream) {
        match token {
            Token::Mark("[") => list = Some(Vec::new()),
            Token::Mark("]") => operands.extend(list.take().unwrap_or_default()),
            Token::Word(operator) => {
                let numbers: Vec<f64> = operands
                    .iter()
                    .filter_map(|t| if let Token::Number(n) = t { Some(*n) } else { None })
                    .collect();
                match operator {
                    b"Tf" => {
                        let name = operands
                            .iter()
                            .find_map(|t| if let Token::Name(n) = t { Some(*n) } else { None });
                        font = name.and_then(|name| fonts.get(name)).unwrap_or(&plain);
                    }
                    b"TL" => place.leading = numbers.first().copied().unwrap_or(0.0),
                    b"Td" => place.moved(numbers.first().copied(), numbers.get(1).copied()),
                    b"TD" => {
                        place.leading = -numbers.get(1).copied().unwrap_or(0.0);
                        place.moved(numbers.first().copied(), numbers.get(1).copied());
                    }
                    b"T*" => place.moved(None, Some(-place.leading)),
                    b"Tm" => place.at(numbers.get(5).copied().unwrap_or(0.0)),
                    b"Tj" | b"TJ" => place.show(&operands, font),
                    b"'" | b"\"" => {
                        place.moved(None, Some(-place.leading));
                        place.show(&operands, font);
                    }
                    b"ET" => place.end(),
                    _ => {}
                }
                operands.clear();
            }
            other => match &mut list {
                Some(list) => list.push(other),
                None => operands.push(other),
            },
        }
        if operands.len() > 10_000 {
            operands.clear();
        }
    }
    place.end();
    place.lines
}

impl Place {
    fn moved(&mut self, x: Option<f64>, y: Option<f64>) {
        let down = y.unwrap_or(0.0);
        if down.abs() < 1.0 {
            if x.is_some_and(|x| x.abs() > 1.0)
                && !self.line.is_empty()
                && !self.line.ends_with(' ')
            {
                self.line.push(' ');
            }
            return;
        }
        self.at(self.y + down);
    }

    fn at(&mut self, y: f64) {
        let step = (self.y - y).abs();
        if step < 1.0 {
            return;
        }
        let started = !self.line.is_empty();
        self.end();
        let usual = if self.leading > 0.0 { self.leading } else { 14.0 };
        if started && step > usual * 1.5 {
            self.lines.push(String::new());
        }
        self.y = y;
    }

    fn show(&mut self, operands: &[Token<'_>], font: &Font) {
        for operand in operands {
            match operand {
                Token::Text(bytes) => self.line.push_str(&font.letters(bytes)),
                // A shift of a fifth of the letter size is a space between words.
                Token::Number(n) if *n < -200.0 && !self.line.ends_with(' ') => self.line.push(' '),
                _ => {}
            }
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line.trim().to_owned());
        }
    }
}
