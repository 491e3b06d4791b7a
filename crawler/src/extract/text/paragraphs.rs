//! From the texts of blocks to passages of one part: what belongs together is joined, what is no one's words is dropped.

use std::borrow::Cow;

use minutebook_record::{Part, Passage};

use super::{furniture, labels};
use crate::extract::private;

/// The passages of one part, in reading order.
pub(crate) fn passages<'a>(part: Part, texts: impl IntoIterator<Item = &'a str>) -> Vec<Passage> {
    let mut found: Vec<String> = Vec::new();
    let mut label: Option<String> = None;
    for text in texts {
        let text = mend(text);
        if text.is_empty() || furniture::is_furniture(&text) {
            continue;
        }
        let mut text = labels::plain_bullet(&text).unwrap_or_else(|| text.into_owned());
        text.truncate(text.trim_end().len());
        if text == "•" || labels::is_label(&text) {
            // Two labels in a row: `2)` and `(a)` both belong to the words after them.
            label = Some(match label.take() {
                Some(before) => format!("{before} {text}"),
                None => text,
            });
            continue;
        }
        found.push(match label.take() {
            Some(label) => format!("{label} {text}"),
            None => text,
        });
    }
    found.extend(label.filter(|label| label != "•"));
    let public =
        |text: String| if private::may_hold(&text) { private::redact(&text) } else { text };
    found.into_iter().map(|text| Passage { part, text: public(text) }).collect()
}

/// "21 st December" is "21st December": ordinals cut by a superscript are mended, doubled spaces closed.
fn mend(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // One look at each byte: nearly all paragraphs are whole. 0xA0 ends a no-break space (and a few letters, which costs a copy).
    let mut before = b' ';
    let odd = bytes.iter().any(|byte| {
        let odd = match byte {
            b' ' => before == b' ' || before == b'#',
            b's' | b'n' | b'r' | b't' => before == b'#',
            b'\t' | b'\n' | b'\r' | 0xa0 => true,
            _ => false,
        };
        // `#` stands for a space after a figure.
        before = if *byte == b' ' && before.is_ascii_digit() { b'#' } else { *byte };
        odd
    });
    if !odd && before != b' ' && before != b'#' {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if is_ordinal_end(word, &mended) {
            mended.push_str(word);
            continue;
        }
        if !mended.is_empty() {
            mended.push(' ');
        }
        mended.push_str(word);
    }
    Cow::Owned(mended)
}

fn is_ordinal_end(word: &str, before: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
    if !matches!(bare, "st" | "nd" | "rd" | "th") {
        return false;
    }
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = before[before.len() - digits..].parse::<u32>();
    let alone = !before[..before.len() - digits].ends_with(['£', '.', ',', '/', '-']);
    alone
        && number.is_ok_and(|n| {
            bare == match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(input: &[&str]) -> Vec<String> {
        passages(Part::Minutes, input.iter().copied()).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn a_lone_label_joins_the_text_after_it() {
        assert_eq!(
            texts(&["2) One.", "3)", "", "That information"]),
            ["2) One.", "3) That information"]
        );
        assert_eq!(texts(&["(2)", "(a)", "That"]), ["(2) (a) That"]);
        assert_eq!(texts(&["\u{f0b7}", "Road safety"]), ["• Road safety"]);
        assert_eq!(
            texts(&["Agreed.", "4."]),
            ["Agreed.", "4."],
            "a label at the end is still words"
        );
    }

    #[test]
    fn cut_ordinals_are_mended() {
        assert_eq!(texts(&["held on 21 st December, 3 rd"]), ["held on 21st December, 3rd"]);
        assert_eq!(texts(&["in 21  days", " a\u{a0}b ", "5 "]), ["in 21 days", "a b", "5"]);
        assert_eq!(
            texts(&["21 st", "at 10 St Mary's", "12 nd"]),
            ["21st", "at 10 St Mary's", "12 nd"]
        );
    }
}
