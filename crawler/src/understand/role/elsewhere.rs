//! Posts of another council or place, told by whose minutes these are: "the Leader of Barnsley Council" in another's.

/// Words of a council's name that do not tell which.
const ANY: &[&str] = &[
    "and",
    "borough",
    "city",
    "community",
    "corporation",
    "council",
    "councils",
    "county",
    "district",
    "full",
    "london",
    "metropolitan",
    "municipal",
    "own",
    "parish",
    "royal",
    "town",
    "unitary",
];

/// Whether a post is told to be another council's, or of a place that is not this council's.
pub(super) fn is_elsewhere(slug: &str, rank: &str, council: &str) -> bool {
    let own = minutebook_record::id::slug(council);
    let is_own = |word: &str| own.split('-').any(|known| known == word);
    let rank = minutebook_record::id::slug(rank);
    let Some(remit) = slug.strip_prefix(rank.as_str()).and_then(|rest| rest.strip_prefix('-'))
    else {
        return false;
    };
    let words: Vec<&str> = remit.split('-').collect();
    let telling = || words.iter().filter(|word| !ANY.contains(word));
    match words.as_slice() {
        // "Clerk to Ashby Parish Council", "Leader of Barnsley Council"; "Leader of the County Council" is anybody's.
        [.., kind, "council"] if matches!(*kind, "parish" | "town" | "community") => {
            !is_own(kind) && telling().count() > 0
        }
        [.., "council"] => telling().count() > 0 && !telling().any(|word| is_own(word)),
        _ => {
            matches!(rank.as_str(), "mayor" | "deputy-mayor" | "lord-mayor" | "metro-mayor")
                && words.iter().all(|word| !ANY.contains(word) || *word == "london")
                && !words.iter().any(|word| is_own(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_post_it_is() {
        let council = "Ellerbrough Metropolitan Borough Council";
        for (slug, rank, expected) in [
            ("leader-barnsley-council", "leader", true),
            ("leader-ellerbrough-council", "leader", false),
            ("leader-council", "leader", false),
            ("leader-county-council", "leader", false),
            ("leader", "leader", false),
            ("clerk-ashby-parish-council", "clerk", true),
            ("clerk-ellerbrough-town-council", "clerk", true),
            ("clerk-council", "clerk", false),
            ("mayor-south-yorkshire", "mayor", true),
            ("mayor-london", "mayor", true),
            ("mayor-ellerbrough", "mayor", false),
            ("mayor-borough", "mayor", false),
            ("director-housing", "director", false),
            ("cabinet-member-housing", "cabinet member", false),
        ] {
            assert_eq!(is_elsewhere(slug, rank, council), expected, "{slug}");
        }
        assert!(!is_elsewhere("clerk-ashby-town-council", "clerk", "Ashby Town Council"));
    }
}
