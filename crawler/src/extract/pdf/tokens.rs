//! Tokens of PDF syntax: what objects and content streams are written in.

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// `/Name`, without its slash.
    Name(&'a [u8]),
    /// A number.
    Number(f64),
    /// A string, decoded to bytes.
    Text(Vec<u8>),
    /// `[`, `]`, `<<`, `>>`.
    Mark(&'static str),
    /// Anything else: an operator, `obj`, `R`.
    Word(&'a [u8]),
}

/// Reads tokens from bytes.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn from(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn skip(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            if is_space(*byte) {
                self.at += 1;
            } else if *byte == b'%' {
                while self.bytes.get(self.at).is_some_and(|b| !matches!(b, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else {
                break;
            }
        }
    }

    fn text(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' | b'f' | b'\n' => {}
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.bytes.get(self.at).copied() else { break };
                    value = value * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(value & 0xff).unwrap_or(b'?'));
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = char::from(byte).to_digit(16) {
                digits.push(u8::try_from(digit).unwrap_or(0));
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
    }

    fn regular(&mut self) -> &'a [u8] {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !is_space(*b) && !is_delimiter(*b)) {
            self.at += 1;
        }
        &self.bytes[from..self.at]
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip();
        let byte = *self.bytes.get(self.at)?;
        let next = self.bytes.get(self.at + 1).copied();
        self.at += 1;
        Some(match byte {
            b'/' => Token::Name(self.regular()),
            b'(' => Token::Text(self.text()),
            b'<' if next == Some(b'<') => {
                self.at += 1;
                Token::Mark("<<")
            }
            b'>' if next == Some(b'>') => {
                self.at += 1;
                Token::Mark(">>")
            }
            b'<' => Token::Text(self.hex()),
            b'[' => Token::Mark("["),
            b']' => Token::Mark("]"),
            b'>' | b')' | b'{' | b'}' => Token::Word(b""),
            _ => {
                self.at -= 1;
                let word = self.regular();
                match std::str::from_utf8(word).ok().and_then(|w| w.parse().ok()) {
                    Some(number) => Token::Number(number),
                    None => Token::Word(word),
                }
            }
        })
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0c | 0)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
