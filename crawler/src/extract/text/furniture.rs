//! Words that ModernGov itself puts on pages, English and Welsh: sub-labels, phrases of links, messages of the template. They are
//! data: `vocabulary/labels.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use minutebook_record::Part;
use serde::Deserialize;

/// What a sub-label says of the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Words of this part follow.
    Part(Part),
    /// Papers follow.
    Documents,
    /// Something that is no part of the item follows (contact, venue, media).
    Aside,
}

/// The data file: a new wording is a line there.
const FILE: &str = include_str!("../../../vocabulary/labels.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    labels: Labels,
    template: Template,
    cut: Vec<Cut>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    agenda: Vec<String>,
    aside: Vec<String>,
    decision: Vec<String>,
    documents: Vec<String>,
    minutes: Vec<String>,
}

impl Labels {
    fn each(&self) -> impl Iterator<Item = (&Vec<String>, Label)> {
        [
            (&self.agenda, Label::Part(Part::Agenda)),
            (&self.aside, Label::Aside),
            (&self.decision, Label::Part(Part::Decision)),
            (&self.documents, Label::Documents),
            (&self.minutes, Label::Part(Part::Minutes)),
        ]
        .into_iter()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    beginnings: Vec<String>,
}

/// A phrase that replaces the rest of a text: its beginning, its end, the most bytes from one to the other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cut {
    from: String,
    to: String,
    most: usize,
}

static WORDS: LazyLock<File> =
    LazyLock::new(|| toml::from_str(FILE).expect("labels.toml is valid (tested)"));

static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let all = WORDS
        .labels
        .each()
        .flat_map(|(words, label)| words.iter().map(move |w| (w.as_str(), label)));
    all.collect()
});

/// Reads a sub-label ("Minutes:"); the colon may be missing.
pub(crate) fn label(text: &str) -> Option<Label> {
    if text.len() > 40 {
        return None;
    }
    let word = text.trim().trim_end_matches([':', ' ', '-']).to_lowercase();
    LABELS.get(word.as_str()).copied()
}

/// Whether a paragraph is the template's, not the clerk's.
pub(crate) fn is_furniture(text: &str) -> bool {
    // The phrases are plain ASCII: comparing bytes needs no copy of every paragraph.
    let starts = |with: &str| {
        text.as_bytes().get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with.as_bytes()))
    };
    let recording = starts("audio recording - ") || starts("video recording - ");
    (recording && text.len() < 60)
        || WORDS.template.beginnings.iter().any(|beginning| starts(beginning))
        || (starts("technical error") && text.contains("SSL"))
}

/// Cuts "... view the full minutes text for item 36." off a text (the number, or all from "for", may be missing); `Some` holds what stood before it.
pub(crate) fn cut_short(text: &str) -> Option<&str> {
    // The phrase ends the text: most paragraphs need not be looked through.
    let from = text.len().saturating_sub(160);
    let tail = (from..text.len()).find_map(|at| text.get(at..)).unwrap_or(text);
    let tail = tail.to_ascii_lowercase();
    if !WORDS.cut.iter().any(|cut| tail.contains(&cut.from)) {
        return None;
    }
    // Only ASCII is lowered: the bytes stay where they are.
    cut_at(&text.to_ascii_lowercase(), text)
}

fn cut_at<'a>(lower: &str, text: &'a str) -> Option<&'a str> {
    let (start, end) = WORDS.cut.iter().find_map(|cut| {
        let start = lower.rfind(&cut.from)?;
        let end = lower[start..].find(&cut.to)? + start;
        (end - start < cut.most).then_some((start, end))
    })?;
    let near = text.len() - end < 46;
    near.then(|| text[..start].trim_end().trim_end_matches(['.', '…']).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_lower_case_and_each_in_one_list() {
        let mut all = std::collections::HashSet::new();
        for (words, _) in WORDS.labels.each() {
            assert!(words.is_sorted(), "{words:?}");
            for word in words {
                assert_eq!(*word, word.to_lowercase());
                assert!(all.insert(word), "{word} stands twice");
            }
        }
        assert!(WORDS.template.beginnings.is_sorted());
        assert!(WORDS.cut.is_sorted_by_key(|cut| &cut.from));
    }

    #[test]
    fn labels_are_read_in_both_languages() {
        assert_eq!(label("Minutes:"), Some(Label::Part(Part::Minutes)));
        assert_eq!(label("Penderfyniad: "), Some(Label::Part(Part::Decision)));
        assert_eq!(label("Dogfennau ychwanegol:"), Some(Label::Documents));
        assert_eq!(label("Minutes of the last meeting"), None);
    }

    #[test]
    fn a_text_cut_short_keeps_its_beginning() {
        assert_eq!(
            cut_short("The Leader introduced the ...  view the full minutes text for item 36."),
            Some("The Leader introduced the")
        );
        for end in [
            "view the full minutes text",
            "View the full agenda text for item .",
            "view the full text for item 3",
        ] {
            assert_eq!(
                cut_short(&format!("The Leader said … {end}")),
                Some("The Leader said"),
                "{end}"
            );
        }
        assert_eq!(
            cut_short("Yr Arweinydd ... gweld testun llawn y cofnodion ar gyfer eitem 3."),
            Some("Yr Arweinydd")
        );
        assert_eq!(
            cut_short(
                "Members may view the full report in the library, and the text for item 3 was read out at length."
            ),
            None
        );
    }
}
