//! One request, read as ModernGov reads it: session prefix dropped, path and parameter names in lower case, synonyms known.

use percent_encoding::percent_decode_str;

/// A request after reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    /// The path without session part, lower case, decoded, without its leading slash.
    pub(super) path: String,
    params: Vec<(String, String)>,
}

impl Ask {
    pub(super) fn read(path: &str, query: &str) -> Self {
        let path = decode(path);
        let mut path = path.trim_start_matches('/');
        if let Some(rest) = path.strip_prefix("(S(").and_then(|p| p.split_once("))")) {
            path = rest.1.trim_start_matches('/');
        }
        let params = query
            .split('&')
            .filter(|p| !p.is_empty())
            .map(|p| p.split_once('=').unwrap_or((p, "")))
            .map(|(k, v)| (decode(k).to_lowercase(), decode(&v.replace('+', " "))))
            .collect();
        Self { path: path.to_lowercase(), params }
    }

    /// The first of these parameters that is there.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.params.iter().find(|(k, _)| k == n)).map(|(_, v)| v.as_str())
    }

    /// The first of these parameters as a number; noise behind it (`16186)`) is cut off.
    pub(super) fn number(&self, names: &[&str]) -> Option<u32> {
        let text = self.text(names)?.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text.get(..end)?.parse().ok()
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
