//! Entities encoded twice: titles of the web service come as `Children&amp;#39;s` after the first decoding.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Only entities that are plainly entities: numeric ones and the handful that ModernGov writes. "R&D;" is none.
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|quot|lt|gt|apos|nbsp|rsquo|lsquo|ndash|mdash|pound|ldquo|rdquo);")
        .expect("the pattern is valid")
});

/// Decodes what is still encoded.
pub(crate) fn decode_again(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    ENTITY.replace_all(text, |captures: &regex::Captures<'_>| decode(&captures[0]))
}

fn decode(entity: &str) -> String {
    let name = &entity[1..entity.len() - 1];
    let number = match name.strip_prefix('#') {
        Some(rest) => match rest.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => rest.parse().ok(),
        },
        None => None,
    };
    // Numbers 128 to 159 mean what they mean in windows-1252, as in browsers.
    if let Some(byte @ 0x80..=0x9f) = number {
        let byte = [u8::try_from(byte).unwrap_or(b'?')];
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.into_owned();
    }
    if let Some(c) = number.and_then(char::from_u32).filter(|c| *c != '\0') {
        return c.to_string();
    }
    match name {
        "amp" => "&",
        "quot" => "\"",
        "ldquo" => "“",
        "rdquo" => "”",
        "lt" => "<",
        "gt" => ">",
        "apos" => "'",
        "rsquo" => "’",
        "lsquo" => "‘",
        "nbsp" => " ",
        "ndash" => "–",
        "mdash" => "—",
        "pound" => "£",
        _ => entity,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_clearly_encoded_is_decoded() {
        assert_eq!(decode_again("Children&#39;s &amp; Adults&#x2019;"), "Children's & Adults’");
        assert_eq!(decode_again("Members&#146; &ldquo;view&rdquo;"), "Members’ “view”");
        assert_eq!(decode_again("R&D; Q&A"), "R&D; Q&A");
        assert_eq!(decode_again("&#0; &#99999999;"), "&#0; &#99999999;");
    }
}
