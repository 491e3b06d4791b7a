//! Words that ModernGov itself puts on pages, English and Welsh: sub-labels, phrases of links, messages of the template. A new
//! wording is a line in one of the tables below.

use minutebook_record::Part;

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

/// Sub-labels, lower case, without their colon; sorted.
const LABELS: &[(&str, Label)] = &[
    ("accompanying documents", Label::Documents),
    ("additional documents", Label::Documents),
    ("agenda documents", Label::Documents),
    ("agenda text", Label::Part(Part::Agenda)),
    ("background documents", Label::Documents),
    ("background papers", Label::Documents),
    ("cofnodion", Label::Part(Part::Minutes)),
    ("cofnodion drafft", Label::Part(Part::Minutes)),
    ("contact", Label::Aside),
    ("cyfryngau", Label::Aside),
    ("cyswllt", Label::Aside),
    ("decision", Label::Part(Part::Decision)),
    ("decisions", Label::Part(Part::Decision)),
    ("declarations", Label::Aside),
    ("dogfennau ategol", Label::Documents),
    ("dogfennau ychwanegol", Label::Documents),
    ("draft decision", Label::Part(Part::Decision)),
    ("draft minutes", Label::Part(Part::Minutes)),
    ("gwe-ddarllediad", Label::Aside),
    ("lleoliad", Label::Aside),
    ("media", Label::Aside),
    ("minutes", Label::Part(Part::Minutes)),
    ("penderfyniad", Label::Part(Part::Decision)),
    ("penderfyniadau", Label::Part(Part::Decision)),
    ("supporting documents", Label::Documents),
    ("testun yr agenda", Label::Part(Part::Agenda)),
    ("venue", Label::Aside),
    ("webcast", Label::Aside),
];

/// Reads a sub-label ("Minutes:"); the colon may be missing.
pub(crate) fn label(text: &str) -> Option<Label> {
    if text.len() > 40 {
        return None;
    }
    let word = text.trim().trim_end_matches([':', ' ', '-']).to_lowercase();
    LABELS.binary_search_by(|(known, _)| (*known).cmp(word.as_str())).ok().map(|at| LABELS[at].1)
}

/// Beginnings of paragraphs that the template puts there, lower case.
const BEGINNINGS: &[&str] = &[
    "this is a default template, your custom branding appears to be missing",
    "technical error:",
    "the request was aborted: could not create ssl/tls secure channel",
    "view the background to item",
    "view the decision for item",
    "view the decisions for item",
    "view the declarations of interest for item",
    "gweld y penderfyniad ar gyfer eitem",
    "gweld y cefndir i eitem",
    "gweld y datganiadau buddiant",
];

/// Whether a paragraph is the template's, not the clerk's.
pub(crate) fn is_furniture(text: &str) -> bool {
    // The phrases are plain ASCII: comparing bytes needs no copy of every paragraph.
    let starts = |with: &str| {
        text.as_bytes().get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with.as_bytes()))
    };
    let recording = starts("audio recording - ") || starts("video recording - ");
    (recording && text.len() < 60)
        || BEGINNINGS.iter().any(|beginning| starts(beginning))
        || (starts("technical error") && text.contains("SSL"))
}

/// Phrases that replace the rest of a text cut short by the site, lower case: beginning, end, and the most bytes from one to the other.
const CUT: &[(&str, &str, usize)] =
    &[("view the full ", " text", 36), ("gweld testun llawn ", " eitem", 60)];

/// Cuts "... view the full minutes text for item 36." off a text (the number, or all from "for", may be missing); `Some` holds what stood before it.
pub(crate) fn cut_short(text: &str) -> Option<&str> {
    // The phrase ends the text: most paragraphs need not be looked through.
    let from = text.len().saturating_sub(160);
    let tail = (from..text.len()).find_map(|at| text.get(at..)).unwrap_or(text);
    let tail = tail.to_ascii_lowercase();
    if !CUT.iter().any(|(from, ..)| tail.contains(from)) {
        return None;
    }
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        // Lower-casing moved the bytes; the phrases are plain English and Welsh, look for them as printed.
        return cut_at(text, text);
    }
    cut_at(&lower, text)
}

fn cut_at<'a>(lower: &str, text: &'a str) -> Option<&'a str> {
    let (start, end) = CUT.iter().find_map(|(from, to, most)| {
        let start = lower.rfind(from)?;
        let end = lower[start..].find(to)? + start;
        (end - start < *most).then_some((start, end))
    })?;
    let near = text.len() - end < 46;
    near.then(|| text[..start].trim_end().trim_end_matches(['.', '…']).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_lower_case() {
        assert!(LABELS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(LABELS.iter().all(|(word, _)| *word == word.to_lowercase()));
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
