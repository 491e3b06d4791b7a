//! Whose act a sentence tells: "refused by the Planning Inspectorate" is no decision of the meeting's.

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;

/// "by", and who it was, by capital words.
static BY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?: \w+ly)? by (?:the )?(?P<who>[A-Z][\w’'.-]*(?:,? (?:[A-Z][\w’'.-]*|and|of|for|the|on|&)){0,8})",
    )
});

/// Words that end or begin what a meeting calls itself, its members and its sub-bodies.
const OWN: &[&str] = &[
    "assembly",
    "authority",
    "board",
    "cabinet",
    "chair",
    "chairman",
    "chairperson",
    "cllr",
    "cllrs",
    "commission",
    "commissioners",
    "committee",
    "council",
    "councillor",
    "councillors",
    "court",
    "deputy",
    "executive",
    "forum",
    "governors",
    "group",
    "leader",
    "mayor",
    "meeting",
    "members",
    "panel",
    "parliament",
    "portfolio",
    "subcommittee",
    "trustees",
    "vice",
];

/// Whether what stands behind a verb in the passive says that somebody else did it.
pub(super) fn did_it(behind: &str) -> bool {
    let Some(who) = BY.captures(behind).and_then(|c| c.name("who")) else { return false };
    let words: Vec<String> = who
        .as_str()
        .split(' ')
        .map(|word| {
            word.replace('-', "").trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
        })
        .collect();
    let own = |word: &String| OWN.contains(&word.as_str());
    // "the Combined Authority", "the High Court": no meeting's own name; "Councillor Ash", "the Planning Committee" are.
    let foreign = ["combined", "high", "supreme", "health", "police", "fire", "national", "youth"];
    let named = words.iter().any(own);
    !named || words.iter().any(|word| foreign.contains(&word.as_str()))
}

/// Whether a sentence tells of a post elsewhere or of a time past: "appointed Medical Director of the Trust in June".
pub(super) fn is_elsewhere(sentence: &str) -> bool {
    static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:of|to|by|at) the (?:[A-Z][\w’'-]* ){0,4}(?:Trust|Hospitals?|College|University|Company|Club|Government|Inspectorate|Regulator|NHS|CCG|ICB|Ministry|Department)\b|\bin (?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?: \d{4})?\s*\.?$",
        )
    });
    ELSEWHERE.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_from_the_body_and_its_members() {
        for others in [
            " by the Planning Inspectorate",
            " by Sheffield City Region",
            " by Ofsted",
            " by the Secretary of State",
            " by the Combined Authority",
        ] {
            assert!(did_it(others), "{others}");
        }
        for ours in [
            " by the Planning Committee",
            " by Members",
            " unanimously by the Sub-Committee",
            " by 5 votes to 3",
            " by a majority",
            " by Councillor Ash",
            " as a correct record",
            "",
        ] {
            assert!(!did_it(ours), "{ours}");
        }
        assert!(is_elsewhere("Dr Jones was appointed Medical Director of the Trust in June."));
        assert!(!is_elsewhere(
            "Councillor Ash was appointed to the Board of the Leisure Partnership."
        ));
    }
}
