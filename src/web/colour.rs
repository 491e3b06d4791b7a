//! Colours an operator may choose, checked for contrast when they are read so that no page can become illegible.

use std::fmt;
use std::str::FromStr;

/// The page's background by day and by night, as in the style sheet.
const PAPER: Colour = Colour { red: 0xfb, green: 0xfa, blue: 0xf6 };
const NIGHT: Colour = Colour { red: 0x14, green: 0x18, blue: 0x1a };

/// A colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Why a colour cannot be used.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ColourError {
    /// It is written otherwise than `#rrggbb`.
    #[error("`{0}` is no colour; write it as #rrggbb")]
    Shape(String),
    /// Text in it could not be read.
    #[error(
        "{colour} has a contrast of {ratio:.1} to 1 with the {page} page; text needs 4.5 to 1, so choose a {wanted} one"
    )]
    Contrast {
        /// The colour.
        colour: String,
        /// Its contrast.
        ratio: f64,
        /// Which page.
        page: &'static str,
        /// What would be better.
        wanted: &'static str,
    },
}

impl Colour {
    /// An accent for the light page.
    pub fn on_paper(words: &str) -> Result<Self, ColourError> {
        words.parse::<Self>()?.readable_on(PAPER, "light", "darker")
    }

    /// An accent for the dark page.
    pub fn on_night(words: &str) -> Result<Self, ColourError> {
        words.parse::<Self>()?.readable_on(NIGHT, "dark", "lighter")
    }

    fn readable_on(
        self,
        page: Colour,
        name: &'static str,
        wanted: &'static str,
    ) -> Result<Self, ColourError> {
        let ratio = self.contrast(page);
        if ratio >= 4.5 {
            Ok(self)
        } else {
            Err(ColourError::Contrast { colour: self.to_string(), ratio, page: name, wanted })
        }
    }

    /// Contrast by WCAG 2.2: 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl FromStr for Colour {
    type Err = ColourError;

    fn from_str(words: &str) -> Result<Self, ColourError> {
        let shape = || ColourError::Shape(words.to_owned());
        let digits = words.strip_prefix('#').ok_or_else(shape)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(shape());
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| shape());
        Ok(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_the_standards() {
        let black: Colour = "#000000".parse().unwrap();
        let white: Colour = "#ffffff".parse().unwrap();
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // #767676 on white is the well-known edge of 4.5 to 1.
        assert!(white.contrast("#767676".parse().unwrap()) >= 4.5);
        assert!(white.contrast("#777777".parse().unwrap()) < 4.5);
    }

    #[test]
    fn an_illegible_accent_is_refused_with_a_remedy() {
        let error = Colour::on_paper("#ffdd00").unwrap_err().to_string();
        assert!(error.contains("#ffdd00") && error.contains("darker"), "{error}");
        assert!(Colour::on_paper("#123456").is_ok());
        assert!(Colour::on_night("#123456").is_err());
        for words in ["red", "#12345", "#1234567", "#12345g", "#é1234"] {
            assert_eq!(words.parse::<Colour>(), Err(ColourError::Shape(words.to_owned())));
        }
    }
}
