//! The council's name, from the template around a page's content ("Wexcombe Borough Council").

use std::sync::LazyLock;

use regex::Regex;

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?P<english>(?:\p{Lu}[\p{L}'’-]+\s)(?:(?:and|of|upon|on|with|the|&|\p{Lu}[\p{L}'’-]+)\s){0,6}Council)\b
        | \b(?P<welsh>Cyngor\s(?:\p{Lu}[\p{L}'’-]+\s?|y\s|a\s|Bwrdeistref\s|Sir\s|Dinas\s){1,5})
        ",
    )
    .expect("the pattern is valid")
});

/// Words that alone before "Council" make no name.
const COMMON: [&str; 26] = [
    "About",
    "Annual",
    "Borough",
    "By",
    "City",
    "Contact",
    "County",
    "District",
    "Extraordinary",
    "Find",
    "Full",
    "Home",
    "How",
    "My",
    "New",
    "Of",
    "Our",
    "Parish",
    "Pay",
    "Special",
    "The",
    "This",
    "Town",
    "View",
    "Visit",
    "Your",
];

/// The first name in a text.
pub(crate) fn name(text: &str) -> Option<String> {
    if !text.contains("Council") && !text.contains("Cyngor ") {
        return None;
    }
    NAME.captures_iter(text).find_map(|captures| {
        let found = captures.name("english").or_else(|| captures.name("welsh"))?.as_str().trim();
        let mut words: Vec<&str> = found.split_whitespace().collect();
        // "Contact Wexcombe Borough Council", "Your Council".
        while words.first().is_some_and(|first| {
            COMMON.contains(first)
                && !matches!(*first, "City" | "County" | "Borough" | "District" | "New")
        }) {
            words.remove(0);
        }
        let named = words.iter().any(|word| {
            word.starts_with(char::is_uppercase)
                && !COMMON.contains(word)
                && !matches!(*word, "Council" | "Metropolitan" | "Cyngor" | "Sir")
        });
        named.then(|| words.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_common_words_are_none() {
        for (text, expected) in [
            (
                "Agenda for Cabinet - Wexcombe Metropolitan Borough Council",
                Some("Wexcombe Metropolitan Borough Council"),
            ),
            ("Contact Wexcombe City Council today", Some("Wexcombe City Council")),
            ("London Borough of Wexham Council", Some("London Borough of Wexham Council")),
            ("Cyngor Sir Gwent", Some("Cyngor Sir Gwent")),
            ("Pay your Council Tax to The Council", None),
            ("Full Council", None),
            ("City Council", None),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text:?}");
        }
    }
}
