//! Section headings of agendas ("For decision", "Items not for publication"): rows between items that are no items themselves.

use minutebook_record::vocabulary::Procedural;

/// Headings as printed, lower case, singular; sorted.
const HEADINGS: &[&str] = &[
    "any other item",
    "confidential item",
    "eitem cyfyngedig",
    "exempt item",
    "for approval",
    "for consideration",
    "for debate",
    "for decision",
    "for discussion",
    "for discussion/decision",
    "for information",
    "for noting",
    "item considered in private",
    "item considered in public",
    "item for decision",
    "item for discussion",
    "item for information",
    "item not for publication",
    "item of business",
    "key decision",
    "main business",
    "non-key decision",
    "other business",
    "part 1",
    "part 2",
    "part a",
    "part b",
    "part i",
    "part ii",
    "part one",
    "part two",
    "preliminary item",
    "private item",
    "procedural item",
    "public item",
    "report for decision",
    "report for information",
    "restricted item",
    "standing item",
];

/// Whether the title of a row that has no number and no words is a section's heading.
///
/// Announcements, apologies and the like often have no number either: they are items.
pub(crate) fn is_heading(title: &str) -> bool {
    let lower = title.trim().trim_end_matches([':', '.', '-']).trim().to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let singular = lower
        .replace("items", "item")
        .replace("reports", "report")
        .replace("decisions", "decision");
    let start = |n: usize| words.iter().take(n).copied().collect::<Vec<_>>().join(" ");
    if HEADINGS.binary_search(&singular.as_str()).is_ok()
        || matches!(
            start(2).as_str(),
            "decision for" | "decisions for" | "part 1" | "part 2" | "part a" | "part b"
        )
    {
        return true;
    }
    if Procedural::shipped().is_procedural(title) || lower.contains("announcement") {
        return false;
    }
    let letters: Vec<char> = title.chars().filter(|c| c.is_alphabetic()).collect();
    !letters.is_empty() && letters.iter().all(|c| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_items_without_numbers() {
        assert!(HEADINGS.windows(2).all(|pair| pair[0] < pair[1]));
        for heading in [
            "LEADER OF THE COUNCIL",
            "DECISION FOR COMMISSIONER BRADLEY",
            "Items not for Publication",
            "Items Considered in Private",
            "For Discussion/Decision",
            "Part 2 - Exempt",
        ] {
            assert!(is_heading(heading), "{heading:?}");
        }
        for item in [
            "Announcements",
            "APOLOGIES FOR ABSENCE",
            "Mayor's Announcements",
            "Budget",
            "Declarations of Interest",
        ] {
            assert!(!is_heading(item), "{item:?}");
        }
    }
}
