//! Section headings of agendas ("For decision", "Items not for publication"): rows between items that are no items themselves.

use minutebook_record::vocabulary::{Procedural, Roles};
use minutebook_record::{Doubt, Standing};

use super::fragment::ItemPart;

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

/// Drops the rows that are no items: without a number, words or papers, under a section's heading.
///
/// Where other rows are numbered, a row without a number is taken for a heading unless its title is one that items have. Which rows
/// went for no better reason is told as doubts.
#[must_use]
pub(super) fn drop_headings(items: &mut Vec<ItemPart>) -> Vec<Doubt> {
    let numbered = items.iter().any(|item| item.number.is_some());
    let mut doubts = Vec::new();
    items.retain(|item| {
        let says_something = item.number.is_some()
            || item.hidden
            || !(item.passages.is_empty() && item.documents.is_empty() && item.cut.is_empty());
        // Of a restricted item nothing but its title may be public.
        let named = item.standing == Standing::Restricted && !is_known(&item.title);
        let heading = is_heading(&item.title);
        let stays = says_something || named || !(heading || (numbered && !is_usual(&item.title)));
        // "Leader of the Council": under whose name the decisions stand.
        let is_post = || Roles::shipped().parse(&item.title).len() == 1;
        if !stays && !heading && !item.title.is_empty() && !is_post() {
            let note = "a row without a number or words was taken for a heading";
            doubts.push(Doubt::new("words-left-out", note).at(item.title.clone()));
        }
        stays
    });
    doubts
}

/// Titles that items have though they are not numbered.
fn is_usual(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words = [
        "announcement",
        "communication",
        "apolog",
        "declaration",
        "petition",
        "question",
        "minutes",
        "urgent",
        "any other business",
        "close",
        "motion",
        "deputation",
        "welcome",
        "prayer",
        "thanks",
        "cyhoeddiadau",
        "ymddiheuriadau",
    ];
    Procedural::shipped().resembles(title) || words.iter().any(|word| lower.contains(word))
}

/// Whether the title of a row that has no number and no words is a section's heading.
///
/// Announcements, apologies and the like often have no number either: they are items.
fn is_heading(title: &str) -> bool {
    if is_known(title) {
        return true;
    }
    let lower = title.to_lowercase();
    if Procedural::shipped().resembles(title) || lower.contains("announcement") {
        return false;
    }
    let letters: Vec<char> = title.chars().filter(|c| c.is_alphabetic()).collect();
    !letters.is_empty() && letters.iter().all(|c| c.is_uppercase())
}

/// Whether a title is in the table, in the plural or not, or begins as headings begin.
fn is_known(title: &str) -> bool {
    let lower = title.trim().trim_end_matches([':', '.', '-']).trim().to_lowercase();
    let singular = lower
        .replace("items", "item")
        .replace("reports", "report")
        .replace("decisions", "decision");
    let mut words = lower.split_whitespace();
    let start = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    HEADINGS.binary_search(&singular.as_str()).is_ok()
        || matches!(start, ("decision" | "decisions", "for") | ("part", "1" | "2" | "a" | "b"))
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
