//! Labels of clauses and paragraphs: `3)`, `(a)`, `iv.`, `33.2`, bullets. Whether a paragraph is one, begins with one, and how bullets are shown.

/// Signs that stand for a bullet, those of symbol fonts among them.
const BULLETS: [char; 18] = [
    '•', '·', '●', '○', '◦', '▪', '■', '□', '‣', '⁃', '∙', '➢', '►', '❖', '✓', 'Ø', '§', '\u{2756}',
];

/// Whether a text is a label and nothing else, so that it belongs to the text after it.
pub(crate) fn is_label(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 12 {
        return false;
    }
    is_bullet(text) || label_len(text) == Some(text.len()) || bare_number(text).is_some()
}

/// Whether a text begins with a label that is followed by words.
pub(crate) fn starts_with_label(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    if is_bullet(first) {
        return true;
    }
    let Some(len) = label_len(text) else { return false };
    let rest = &text[len..];
    // "5.30 p.m." and "1.5 million" are no labels.
    let second = rest.split_whitespace().next().unwrap_or_default();
    let measure = ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'r", "million", "hours", "%"];
    rest.is_empty() || (rest.starts_with([' ', '\t']) && !measure.contains(&second))
}

/// Whether a text could be what stands in an item's number cell: nothing, `4.`, `8(a)`, `C131`.
pub(crate) fn is_item_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')', ':']);
    let of_numbers = |c: char| c.is_ascii_alphanumeric() || "()/.-".contains(c);
    text.len() <= 12
        && text.chars().all(of_numbers)
        && (text.is_empty() || text.contains(|c: char| c.is_ascii_digit()))
}

/// The item's number as readers see it: without its full stop, words such as "Item" before it dropped.
pub(crate) fn item_number(text: &str) -> Option<String> {
    let text = minutebook_record::text::one_line(text);
    let lower = text.to_lowercase();
    let word = ["item", "eitem", "minute", "agenda item"]
        .iter()
        .filter(|word| {
            let rest = lower.strip_prefix(**word).map(str::trim_start);
            rest.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|word| word.len())
        .max();
    let number = word.map_or(text.as_str(), |len| text[len..].trim_start());
    let mut number = number.trim_end_matches(['.', ':', ' ', '\u{a0}']);
    if number.ends_with(')') && !number.contains('(') {
        number = number.trim_end_matches(')');
    }
    (!number.is_empty() && number != "0").then(|| number.to_owned())
}

/// Shows a bullet of any font as `• `; other texts stay.
pub(crate) fn plain_bullet(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let is_private = ('\u{f000}'..='\u{f0ff}').contains(&first);
    let next = rest.chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    let words = rest.trim_start();
    let bullet = match first {
        _ if is_private => true,
        // "§ 4" is a section of an Act.
        '§' => spaced && !words.starts_with(|c: char| c.is_ascii_digit()),
        'Ø' => spaced,
        // The hollow bullet of Word's second level is set as a letter.
        'o' => next.is_some_and(char::is_whitespace) && !words.is_empty(),
        c => BULLETS.contains(&c),
    };
    bullet.then(|| format!("• {}", words.trim_start_matches(['\u{f0b7}', '·', ' ']).trim_start()))
}

fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => {
            BULLETS.contains(&c) || c == 'o' || ('\u{f000}'..='\u{f0ff}').contains(&c)
        }
        _ => false,
    }
}

/// A short number without any mark.
pub(crate) fn bare_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| digits(text))
}

/// Whether the `o` a text begins with is the hollow bullet of a list: other texts beside it have bullets, and it is not the Welsh
/// word ("o ran y gyllideb").
pub(crate) fn is_hollow_bullet(texts: &[&str], at: usize) -> bool {
    const WELSH: [&str; 14] =
        ["ac", "ar", "bod", "ei", "er", "eu", "fewn", "gan", "ran", "wedi", "y", "yn", "yng", "yr"];
    let words = texts[at].split_whitespace().skip(1);
    let welsh = words.filter(|word| WELSH.contains(&word.to_lowercase().as_str())).count() >= 2;
    let begins = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        is_bullet(first) || plain_bullet(text.trim_start()).is_some()
    };
    let beside = |other: &usize| *other != at && texts.get(*other).is_some_and(|text| begins(text));
    // A bullet may stand on a line of its own, and a list has empty lines.
    !welsh && (at.saturating_sub(8)..=at + 8).any(|other| beside(&other))
}

/// Length of the label a text begins with: `3)`, `3.`, `(3)`, `a)`, `(iv)`, `33.2`, `33.2.`, `2(b)`, `(1)(a)`.
fn label_len(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut marked = false;
    let mut parts = 0;
    loop {
        let rest = &text[at..];
        let (open, body) = match rest.strip_prefix('(') {
            Some(body) => (1, body),
            None => (0, rest),
        };
        let len = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let word = &body[..len];
        if len == 0 || !is_label_word(word) {
            break;
        }
        let after = &body[len..];
        if open == 1 {
            if !after.starts_with(')') {
                break;
            }
            at += len + 2;
            marked = true;
        } else if after.starts_with([')', '.']) {
            at += len + 1;
            marked = true;
        } else if parts > 0 && !text[..at].ends_with(')') && digits(word) {
            // "33.2" without a final stop.
            at += len;
            return Some(at);
        } else if parts == 0 && after.starts_with('(') {
            at += len;
        } else {
            break;
        }
        parts += 1;
        if parts > 4 {
            break;
        }
    }
    (marked && at > 0).then_some(at)
}

fn digits(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_label_word(word: &str) -> bool {
    let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = |w: &str| w.len() <= 6 && w.bytes().all(|b| b"ivxlIVXL".contains(&b));
    let mixed = word.len() <= 4
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_lowercase())
        && word[..word.len() - 1].bytes().all(|b| b.is_ascii_digit());
    digits(word) || (letters && (word.len() == 1 || roman(word) || doubled(word))) || mixed
}

/// `aa`, `bb`: what comes after `z`.
fn doubled(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 2 && bytes[0] == bytes[1] && bytes[0].is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for label in [
            "3)", "(a)", "iv.", "(iv)", "33.2", "33.2.", "2(b)", "1.", "·", "\u{f0b7}", "o", "12",
            "(1)(a)", "1a.", "A.",
        ] {
            assert!(is_label(label), "{label:?}");
        }
        for word in ["", "That", "2024", "(That)", "Mr.", "a", "I", "£3", "10.00 a.m.", "etc."] {
            assert!(!is_label(word), "{word:?}");
        }
    }

    #[test]
    fn a_label_before_words_is_seen() {
        for text in ["3) That", "(a) the", "1. To", "33.2 The", "• one", "ii) x"] {
            assert!(starts_with_label(text), "{text:?}");
        }
        for text in [
            "That 3)",
            "2024 was",
            "A report",
            "10.5m was spent",
            "5.30 p.m. start",
            "(see above) x",
            "I. think",
        ] {
            assert_eq!(starts_with_label(text), text == "I. think", "{text:?}");
        }
    }

    #[test]
    fn numbers_lose_their_stop_only() {
        for (printed, expected) in [
            ("4.", Some("4")),
            ("8(a)", Some("8(a)")),
            ("5.1.", Some("5.1")),
            ("Item5:", Some("5")),
            ("3)", Some("3")),
            ("63/07", Some("63/07")),
            ("C131.", Some("C131")),
            (" ", None),
            ("0", None),
        ] {
            assert_eq!(item_number(printed).as_deref(), expected, "{printed:?}");
        }
    }

    #[test]
    fn bullets_of_all_fonts_look_alike() {
        for text in
            ["· one", "\u{f0b7} one", "o one", "§ one", "Ø one", "•one", "\u{f0b7}\u{a0}one"]
        {
            assert_eq!(plain_bullet(text).as_deref(), Some("• one"), "{text:?}");
        }
        for text in ["one", "§ 4 of the Act", "oak", "Øresund", ""] {
            assert_eq!(plain_bullet(text), None, "{text:?}");
        }
    }
}
