//! From the texts of blocks to passages of one part: what belongs together is joined, what is no one's words is dropped.

use std::borrow::Cow;

use minutebook_record::{Part, Passage};

use super::{furniture, labels};
use crate::extract::private;

/// The passages of one part, in reading order.
pub(crate) fn passages<'a>(part: Part, texts: impl IntoIterator<Item = &'a str>) -> Vec<Passage> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let mut found: Vec<String> = Vec::new();
    let mut label: Option<String> = None;
    let mut counted = 0;
    for (at, text) in texts.iter().enumerate() {
        let text = mend(text);
        if text.is_empty() || furniture::is_furniture(&text) {
            continue;
        }
        let mut text = match labels::plain_bullet(&text) {
            Some(bullet) if !text.starts_with('o') || labels::is_hollow_bullet(&texts, at) => {
                bullet
            }
            _ => text.into_owned(),
        };
        text.truncate(text.trim_end().len());
        if let Some(number) = labels::bare_number(&text) {
            // "Votes cast were" / "12": a figure, unless the figures count up.
            let counts = number == counted + 1;
            if !counts && label.is_none() && found.last().is_some_and(|text| wants_figure(text)) {
                found.push(text);
                continue;
            }
            counted = number;
        }
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

/// Whether a text ends with a word after which a figure stands.
fn wants_figure(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    [
        "about",
        "approximately",
        "are",
        "at",
        "been",
        "by",
        "is",
        "number",
        "numbered",
        "of",
        "over",
        "than",
        "the",
        "to",
        "total",
        "totalled",
        "was",
        "were",
    ]
    .contains(&last)
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
    fn a_figure_on_a_line_of_its_own_stays_where_it_was() {
        assert_eq!(
            texts(&["Votes cast were", "12", "Members voted for it."]),
            ["Votes cast were", "12", "Members voted for it."]
        );
        let list =
            ["Resolved to agree the", "1", "The report.", "2", "The plan of the", "3", "Town."];
        assert_eq!(
            texts(&list),
            ["Resolved to agree the", "1 The report.", "2 The plan of the", "3 Town."]
        );
    }

    #[test]
    fn a_letter_is_a_bullet_in_a_list_and_a_word_in_welsh() {
        let welsh = "o ran y gyllideb, bod yr adroddiad yn cael ei nodi.";
        assert_eq!(texts(&[welsh]), [welsh]);
        assert_eq!(texts(&["• Bod y cyngor yn cytuno", welsh])[1], welsh);
        assert_eq!(texts(&["o Road safety", "o Lamps"]), ["• Road safety", "• Lamps"]);
        assert_eq!(texts(&["\u{f0b7} First", "o Second level"]), ["• First", "• Second level"]);
        assert_eq!(texts(&["o the budget alone"]), ["o the budget alone"]);
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
