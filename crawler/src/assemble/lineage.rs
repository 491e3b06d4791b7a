//! Names of one body through its renamings: "Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015)", "The Former Cabinet
//! Member for Health", "Audit Committee (to May 2011)". Only what the names themselves say; nothing is guessed from likeness.

use std::sync::LazyLock;

use minutebook_record::id;
use regex::Regex;

/// Parentheses that tell an era or an end, not a place or a subject.
static ERA: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \s* [(\[] [^()\[\]]* (?: \b(?:to|from|until|since|before|after|pre|post|ended|began)\b [^()\[\]]* \b(?:18|19|20)\d{2}\b
          | \b(?:18|19|20)\d{2} \s* (?:-|–|/|to) | \bpre- | \bpost- | \bduring\b | \bformer(?:ly)?\b | \bexpired\b
          | \bprevious(?:ly)?\b | \barchived?\b | \bdisbanded\b | \bdissolved\b | \bdefunct\b | \bpre\s ) [^()\[\]]* [)\]] \s*",
    )
    .expect("the pattern is valid")
});

static FORMER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:the\s+)?(?:former|previous)[\s-]+").expect("the pattern is valid")
});

static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[-–,:]\s*(?:expired|disbanded|dissolved|archived?|former|historic|(?:up\s+)?(?:to|until|from|since|pre|prior to|before|after)\b[^-–]*\b(?:18|19|20)\d{2}.*|\d{4}\s*(?:-|–|to)\s*\d{2,4})\s*$")
        .expect("the pattern is valid")
});

static THE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*the\s+").expect("the pattern is valid"));

/// The slug of the name without what tells its era.
pub(super) fn base(name: &str) -> String {
    let name = ERA.replace_all(name, " ");
    let name = TAIL.replace(&name, "");
    let name = FORMER.replace(&name, "");
    plain(&name)
}

/// The slug of the name without an article.
pub(super) fn plain(name: &str) -> String {
    id::slug(&THE.replace(name, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_are_dropped_and_subjects_stay() {
        for (name, expected) in [
            ("Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015)", "cabinet"),
            (
                "The Former Cabinet Member for Health and Wellbeing",
                "cabinet-member-for-health-and-wellbeing",
            ),
            ("Audit Committee (to May 2011)", "audit-committee"),
            ("Licensing Sub-Committee (Premises)", "licensing-sub-committee-premises"),
            ("Planning Board - until 2012", "planning-board"),
            ("Scrutiny Panel - Children", "scrutiny-panel-children"),
            ("The Cabinet", "cabinet"),
            ("Old Swan District Committee", "old-swan-district-committee"),
            ("Area Committee (Old Town)", "area-committee-old-town"),
            ("Local Plan (2030) Working Group", "local-plan-2030-working-group"),
            ("Audit Committee (2004-2011)", "audit-committee"),
        ] {
            assert_eq!(base(name), expected, "{name:?}");
        }
    }
}
