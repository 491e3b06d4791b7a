//! How much of one passage understanding reads: pages read wrongly come as one passage of megabytes, which no reader can
//! tell from a paragraph. What lies behind the bound stays in the record and is searched, but nothing is read from it.

use minutebook_record::{Doubt, Item};

use super::sentence::sentences;

/// The most bytes of a passage that are understood: six closely printed pages without a break.
const LONGEST: usize = 20_000;

/// What was set aside: item, passage, words.
pub(super) type SetAside = Vec<(usize, usize, String)>;

/// Takes from each passage what lies behind the bound, with a doubt on its item.
pub(super) fn set_aside(items: &mut [Item]) -> SetAside {
    let mut taken = Vec::new();
    for (place, item) in items.iter_mut().enumerate() {
        for (index, passage) in item.passages.iter_mut().enumerate() {
            if passage.text.len() <= LONGEST {
                continue;
            }
            let cut = cut(&passage.text);
            taken.push((place, index, passage.text.split_off(cut)));
            let first: String = passage.text.chars().take(60).collect();
            let note = format!("only the first {cut} bytes of this paragraph were understood");
            let doubt = Doubt::new("long-passage", note).at(first);
            if !item.doubts.contains(&doubt) {
                item.doubts.push(doubt);
            }
        }
    }
    taken
}

/// Gives each passage its words back.
pub(super) fn put_back(items: &mut [Item], taken: SetAside) {
    for (place, index, words) in taken {
        if let Some(passage) = items.get_mut(place).and_then(|item| item.passages.get_mut(index)) {
            passage.text.push_str(&words);
        }
    }
}

/// Where a passage is cut: before the sentence that goes over the bound, else before its word, else at the bound.
fn cut(text: &str) -> usize {
    let bound = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let within = &text[..bound];
    let sentence = sentences(within).last().map_or(0, |last| last.start);
    if sentence > 0 {
        return sentence;
    }
    within.rfind(' ').map_or(bound, |space| space + 1)
}

#[cfg(test)]
mod tests {
    use minutebook_record::{Part, Passage};

    use super::*;

    fn long(text: String) -> Vec<Item> {
        vec![Item { passages: vec![Passage { part: Part::Minutes, text }], ..Item::default() }]
    }

    #[test]
    fn a_long_passage_is_cut_at_a_sentence_and_mended() {
        for (text, ends) in [
            ("Members spoke at length of it. ".repeat(2000), "of it. "),
            ("Members spoke at length of it, ".repeat(2000), " "),
            ("é".repeat(20_001), "é"),
        ] {
            let mut items = long(text.clone());
            let taken = set_aside(&mut items);
            let left = &items[0].passages[0].text;
            assert!(left.len() <= LONGEST && left.len() > LONGEST - 100, "{}", left.len());
            assert!(left.ends_with(ends), "{left}");
            assert_eq!(items[0].doubts[0].kind, "long-passage");
            put_back(&mut items, taken);
            assert_eq!(items[0].passages[0].text, text);
            // Reading it again says it once.
            let taken = set_aside(&mut items);
            put_back(&mut items, taken);
            assert_eq!(items[0].doubts.len(), 1);
        }
        let mut items = long("A word.".to_owned());
        assert!(set_aside(&mut items).is_empty() && items[0].doubts.is_empty());
    }
}
