//! Bytes to words: which encoding a page is in, and a bound on the work any page may cause.
//!
//! Everything behind this module sees a `str` of bounded size, nesting and tag length, whatever came over the wire.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A page larger than this is read up to here (the largest meeting pages seen are a few megabytes).
pub(crate) const LARGEST: usize = 12 * 1024 * 1024;

/// Elements nested deeper than this are flattened: the parser's work grows with the square of the depth.
const DEEPEST: usize = 400;

/// A tag longer than this is dropped: each attribute is compared with all others of its tag.
const LONGEST_TAG: usize = 64 * 1024;

/// The words of a page, and whether some of it was left unread.
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// True where the page was longer than [`LARGEST`].
    pub(crate) cut: bool,
    /// True where bytes of another encoding stand among UTF-8.
    pub(crate) mixed: bool,
}

/// Decodes a body: byte order mark, then UTF-8 where it is, then what the header says, then what the page says, else windows-1252.
///
/// UTF-16 is told by its mark or its zero bytes alone: programs that keep text in UTF-16 write so of whatever they send.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>) -> Decoded {
    let cut = body.len() > LARGEST;
    let body = if cut { &body[..LARGEST] } else { body };
    let marked = Encoding::for_bom(body);
    let body = marked.map_or(body, |(_, mark)| &body[mark..]);
    let wide = marked.map_or_else(|| in_pairs(body), |(encoding, _)| Some(encoding));
    let (text, mixed) = match (wide, std::str::from_utf8(body)) {
        (Some(encoding), _) if encoding != UTF_8 => {
            (encoding.decode_without_bom_handling(body).0, false)
        }
        // Pages that claim Latin-1 and are UTF-8 exist.
        (_, Ok(text)) => (Cow::Borrowed(text), false),
        (_, Err(_)) => {
            let declared = content_type.and_then(charset).or_else(|| in_page(body));
            let declared = declared.filter(|encoding| {
                ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding) && wide.is_none()
            });
            broken(body, declared)
        }
    };
    let text = if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() };
    Decoded { text, cut, mixed }
}

/// Decodes what is not all UTF-8, and says whether some of it is. A byte pasted out of Word into a page of UTF-8 is read as the byte it
/// was; it must not turn every other letter of the page into two.
fn broken<'a>(body: &'a [u8], declared: Option<&'static Encoding>) -> (Cow<'a, str>, bool) {
    let chunks = || body.utf8_chunks();
    let whole = chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    let odd: usize = chunks().map(|chunk| chunk.invalid().len()).sum();
    if let Some(encoding) = declared.filter(|_| whole * 2 <= odd) {
        return (encoding.decode_without_bom_handling(body).0, false);
    }
    let single = declared.filter(|encoding| encoding.is_single_byte()).unwrap_or(WINDOWS_1252);
    let (mut text, mut at, mut mixed) = (String::with_capacity(body.len()), 0, false);
    for chunk in chunks() {
        text.push_str(chunk.valid());
        let odd = chunk.invalid();
        at += chunk.valid().len() + odd.len();
        let cut = at == body.len()
            && std::str::from_utf8(odd).is_err_and(|error| error.error_len().is_none());
        if cut && whole > 0 {
            // A letter cut at the end of a page.
            text.push(char::REPLACEMENT_CHARACTER);
        } else if !odd.is_empty() {
            text.push_str(&single.decode_without_bom_handling(odd).0);
            mixed = whole > 0;
        }
    }
    (Cow::Owned(text), mixed)
}

/// UTF-16 without a mark: every other byte of its beginning is zero, or nearly.
fn in_pairs(body: &[u8]) -> Option<&'static Encoding> {
    let start = &body[..body.len().min(1024)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let pairs = start.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    let most = |zeros: usize, others: usize| pairs > 1 && zeros * 10 >= pairs * 8 && others == 0;
    if most(odd, even) {
        Some(UTF_16LE)
    } else if most(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("charset=")? + "charset=".len();
    let name = lower[at..].trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    Encoding::for_label(&name.as_bytes()[..end.unwrap_or(name.len())])
}

/// What a `<meta>` or an XML declaration in the first bytes says.
fn in_page(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(2048)]);
    if let Some(rest) = head.trim_start().strip_prefix("<?xml") {
        let declaration = &rest[..rest.find("?>").unwrap_or(rest.len())];
        let at = declaration.find("encoding=")? + "encoding=".len();
        let name = declaration[at..].trim_start_matches(['"', '\'']);
        let end = name.find(['"', '\'', ' ']).unwrap_or(name.len());
        return Encoding::for_label(&name.as_bytes()[..end]);
    }
    charset(&head)
}

/// Flattens nesting beyond [`DEEPEST`] and drops tags beyond [`LONGEST_TAG`]; text is never dropped.
pub(crate) fn tame(html: &str) -> Cow<'_, str> {
    if !needs_taming(html) {
        return Cow::Borrowed(html);
    }
    let mut tamed = String::with_capacity(html.len());
    let (mut depth, mut over) = (0_usize, 0_usize);
    let (mut rest, mut unclosed) = (html, false);
    while let Some(at) = rest.find('<') {
        tamed.push_str(&rest[..at]);
        let tag = Tag::read(&rest[at..], &mut unclosed);
        let whole = &rest[at..at + tag.len];
        let keep = match tag.sort {
            TagSort::Open if depth >= DEEPEST => {
                over += 1;
                false
            }
            TagSort::Open => {
                depth += 1;
                true
            }
            TagSort::Close if over > 0 => {
                over -= 1;
                false
            }
            TagSort::Close => {
                depth = depth.saturating_sub(1);
                true
            }
            TagSort::Other => true,
        };
        if keep && tag.len <= LONGEST_TAG {
            tamed.push_str(whole);
        } else if tag.is_block {
            tamed.push_str("<br>");
        }
        rest = &rest[at + tag.len..];
    }
    tamed.push_str(rest);
    Cow::Owned(tamed)
}

fn needs_taming(html: &str) -> bool {
    let mut depth = 0_usize;
    let (mut rest, mut unclosed) = (html, false);
    while let Some(at) = rest.find('<') {
        let tag = Tag::read(&rest[at..], &mut unclosed);
        match tag.sort {
            TagSort::Open => depth += 1,
            TagSort::Close => depth = depth.saturating_sub(1),
            TagSort::Other => {}
        }
        if depth > DEEPEST || tag.len > LONGEST_TAG {
            return true;
        }
        rest = &rest[at + tag.len..];
    }
    false
}

enum TagSort {
    Open,
    Close,
    Other,
}

struct Tag {
    sort: TagSort,
    is_block: bool,
    /// Length in bytes, from `<` to `>`.
    len: usize,
}

impl Tag {
    /// Reads the tag at the start of `text`, which begins with `<`. `unclosed` is kept from tag to tag: once a comment was found to have
    /// no end, none behind it has one, and nobody looks again.
    fn read(text: &str, unclosed: &mut bool) -> Tag {
        let bytes = text.as_bytes();
        let other = |len| Tag { sort: TagSort::Other, is_block: false, len };
        if text.starts_with("<!--") {
            let end = if *unclosed { None } else { text.find("-->") };
            *unclosed = end.is_none();
            return other(end.map_or(4, |end| end + 3));
        }
        let closing = bytes.get(1) == Some(&b'/');
        let from = if closing { 2 } else { 1 };
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            return other(1);
        }
        let end = bytes[from..]
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && !b":-".contains(b))
            .map_or(bytes.len(), |n| from + n);
        let len = bytes.iter().position(|b| *b == b'>').map_or(bytes.len(), |n| n + 1);
        // Every tag of every page comes by here: no allocation. No name of interest is longer than the buffer.
        let mut buffer = [0_u8; 12];
        let name = &bytes[from..end.min(len)];
        let kept = name.len().min(buffer.len());
        buffer[..kept].copy_from_slice(&name[..kept]);
        buffer.make_ascii_lowercase();
        let name = std::str::from_utf8(&buffer[..kept]).unwrap_or_default();
        let is_block = matches!(name, "div" | "table" | "ul" | "ol" | "blockquote");
        // In HTML the slash of `<div/>` means nothing: the element stays open. Drawings are XML, there it closes.
        let drawn = is_drawing(name) && text[..len].ends_with("/>");
        let nests = !is_void(name) && !closes_itself(name) && !drawn;
        let sort = match (nests, closing) {
            (false, _) => TagSort::Other,
            (true, true) => TagSort::Close,
            (true, false) => TagSort::Open,
        };
        Tag { sort, is_block, len }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn is_drawing(name: &str) -> bool {
    matches!(
        name,
        "path"
            | "circle"
            | "rect"
            | "line"
            | "g"
            | "use"
            | "polygon"
            | "polyline"
            | "ellipse"
            | "stop"
    )
}

/// Elements whose end tag may be left out: they cannot nest deeply without one of the others.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "optgroup"
            | "tbody"
            | "thead"
            | "tfoot"
            | "colgroup"
            | "html"
            | "head"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_mark_header_page_and_shape() {
        let cases: [(&[u8], Option<&str>, &str); 8] = [
            (b"\xef\xbb\xbfT\xc5\xb7", None, "Tŷ"),
            (b"\xff\xfeT\0\x77\x01", None, "Tŷ"),
            (b"caf\xe9 \x96 \x92", None, "café – ’"),
            ("café".as_bytes(), Some("text/html; charset=iso-8859-1"), "café"),
            (b"caf\xe9", Some("text/html; charset=\"windows-1252\""), "café"),
            (b"caf\xe9", Some("text/html; charset=utf-8"), "café"),
            (b"<meta charset=windows-1250>\x9a", None, "<meta charset=windows-1250>š"),
            (b"a\0b", None, "ab"),
        ];
        for (body, header, expected) in cases {
            assert_eq!(decode(body, header).text, expected, "{body:?}");
        }
    }

    #[test]
    fn a_byte_of_another_encoding_spoils_no_other_letter() {
        let page = b"<p>Council\xe2\x80\x99s T\xc5\xb7 \x96 \xa35 at the caf\xe9</p>";
        let expected = "<p>Council’s Tŷ – £5 at the café</p>";
        for header in
            [None, Some("text/html; charset=utf-8"), Some("text/html; charset=iso-8859-1")]
        {
            let decoded = decode(page, header);
            assert_eq!(decoded.text, expected, "{header:?}");
            assert!(decoded.mixed, "{header:?}");
        }
        let cut = decode(b"T\xc5\xb7 \xe2\x80", None);
        assert_eq!((cut.text.as_str(), cut.mixed), ("Tŷ \u{fffd}", false));
        assert!(!decode(b"caf\xe9 \x96", None).mixed, "all of one encoding");
    }

    #[test]
    fn what_says_utf_16_and_is_not_is_read_as_what_it_is() {
        let ascii = b"<?xml version=\"1.0\" encoding=\"utf-16\"?><meeting>7</meeting>";
        assert!(decode(ascii, None).text.ends_with("<meeting>7</meeting>"));
        assert_eq!(decode(b"caf\xc3\xa9", Some("text/xml; charset=utf-16")).text, "café");
        assert_eq!(decode(b"<\0p\0>\0T\0a\0w\x01", None).text, "<p>Taŷ");
        assert_eq!(decode(b"\0<\0p\0>\0a", Some("text/xml; charset=utf-16")).text, "<p>a");
    }

    #[test]
    fn comments_without_end_are_looked_for_once() {
        let page = "<!-- ".repeat(400_000);
        assert!(matches!(tame(&page), Cow::Borrowed(_)));
        assert!(matches!(tame("<!-- a --><p>b<!-- c"), Cow::Borrowed(_)));
    }

    #[test]
    fn an_ordinary_page_is_left_as_it_is() {
        let page = "<p>a<p>b".repeat(3000) + "<div><b>x</b></div>";
        assert!(matches!(tame(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_is_flattened_and_no_word_is_lost() {
        let deep = format!("{}word{}after", "<div>".repeat(9000), "</div>".repeat(9000));
        let tamed = tame(&deep);
        assert!(!needs_taming(&tamed));
        assert_eq!(tamed.matches("<div>").count(), DEEPEST);
        assert!(tamed.contains("word") && tamed.ends_with("after"));
    }

    #[test]
    fn a_tag_of_a_million_attributes_is_dropped() {
        let page = format!("<p>before<a {}>after</p>", "b c ".repeat(40_000));
        assert_eq!(tame(&page), "<p>beforeafter</p>");
    }
}
