//! The markers `<AI1> ... </AI1>` round each item of printed minutes. In the HTML rendition they stand as text or as tags no browser
//! knows; both are turned into paragraphs of their own before parsing.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// A sign of the private use area that stands for the angle brackets meanwhile.
const SIGN: char = '\u{e0a1}';

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:<|&lt;)(?P<slash>/?)(?i:AI)(?P<number>\d{1,5})(?:>|&gt;)")
        .expect("the pattern is valid")
});

/// The page with its markers as paragraphs.
pub(crate) fn marker_hidden(html: &str) -> Cow<'_, str> {
    // Most pages hold "AI123" as the target of an item; only the brackets make a marker.
    if !["AI1>", "ai1>", "AI1&gt;"].iter().any(|end| html.contains(end)) {
        return Cow::Borrowed(html);
    }
    MARKER.replace_all(html, format!("<div>{SIGN}${{slash}}AI${{number}}{SIGN}</div>"))
}

/// Whether a block is a marker.
pub(crate) fn is_marker(text: &str) -> bool {
    text.starts_with(SIGN) && text.ends_with(SIGN)
}

/// A marker as it was printed; other texts stay.
pub(crate) fn marker_shown(text: &str) -> String {
    if is_marker(text) { format!("<{}>", text.trim_matches(SIGN)) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_both_forms_become_paragraphs() {
        for html in ["<p>&lt;AI1&gt;</p>", "<AI1>", "x<ai1>y"] {
            assert!(marker_hidden(html).contains(SIGN), "{html}");
        }
        assert_eq!(marker_shown("\u{e0a1}/AI1\u{e0a1}"), "</AI1>");
        assert!(matches!(marker_hidden("<a name=\"AI5\">AID1</a>"), Cow::Borrowed(_)));
    }
}
