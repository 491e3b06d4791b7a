//! A query string taken apart, every pair kept as it came.

use percent_encoding::percent_decode_str;

/// The pairs of a query string, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Raw {
    pairs: Vec<(String, String)>,
    garbled: Vec<String>,
}

impl Raw {
    /// Takes a query string apart. Bytes that are no UTF-8 become replacement characters and are remembered.
    pub(crate) fn parse(query: &str) -> Self {
        let mut raw = Raw::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, name_whole) = decode(name);
            let (value, value_whole) = decode(value);
            if !(name_whole && value_whole) {
                raw.garbled.push(name.clone());
            }
            raw.pairs.push((name, value));
        }
        raw
    }

    /// Every value of a name, in order.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect()
    }

    /// The first value of a name, if it is not empty.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
            .filter(|v| !v.is_empty())
    }

    /// Every name once, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut seen = std::collections::HashSet::new();
        self.pairs.iter().map(|(name, _)| name.as_str()).filter(|name| seen.insert(*name)).collect()
    }

    /// Names of the pairs that were no UTF-8.
    pub(crate) fn garbled(&self) -> &[String] {
        &self.garbled
    }

    /// The same without what was refused; a date's three boxes go with it.
    #[must_use]
    pub(crate) fn without(&self, refused: &[super::BadParameter]) -> Self {
        let is_part = |name: &str, whole: &str| {
            name == whole || name.strip_prefix(whole).is_some_and(|rest| rest.starts_with('-'))
        };
        let mut raw = self.clone();
        raw.pairs.retain(|(name, _)| !refused.iter().any(|bad| is_part(name, &bad.name)));
        raw
    }

    /// Whether some pair has no value, as forms send their empty boxes.
    pub(crate) fn has_empty(&self) -> bool {
        self.pairs.iter().any(|(_, value)| value.is_empty())
    }
}

fn decode(part: &str) -> (String, bool) {
    let spaced = part.replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&spaced).collect();
    match String::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
    }
}
