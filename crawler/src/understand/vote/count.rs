//! Counts of a vote as minutes print them: "12", "fifty-one", "a hundred and two", "none".

use crate::understand::due::number;

/// A count, whole: its figures or all its words.
pub(super) const COUNT: &str = r"(?:\d{1,3}|no|none|nil|zero|(?:(?:a|one|two) hundred(?: and )?)?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine)|(?:a|one|two) hundred)";

/// What stands before a count: never a hyphen, a point or a letter, so that no part of a larger number is taken for it.
pub(super) const BEFORE: &str = r#"(?:^|[\s(\[“"‘'/;:])"#;

/// The number a count means.
pub(super) fn count(printed: &str) -> Option<u32> {
    let lower = printed.to_lowercase();
    if let Ok(figures) = lower.parse() {
        return Some(figures);
    }
    let mut total = 0_u32;
    for word in lower.split([' ', '-']).filter(|word| *word != "and") {
        total = match word {
            "hundred" => total.checked_mul(100)?,
            word => total.checked_add(number(word)?)?,
        };
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_whole() {
        for (printed, expected) in [
            ("12", 12),
            ("nil", 0),
            ("Fifty-one", 51),
            ("sixty two", 62),
            ("ninety", 90),
            ("a hundred and two", 102),
            ("one hundred", 100),
            ("two hundred and forty-seven", 247),
        ] {
            assert_eq!(count(printed), Some(expected), "{printed}");
            assert!(
                regex::Regex::new(&format!("(?i)^{COUNT}$")).unwrap().is_match(printed),
                "{printed}"
            );
        }
        assert_eq!(count("many"), None);
    }
}
