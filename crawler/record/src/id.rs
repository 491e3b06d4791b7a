//! Identifiers: made from the source's own numbers, so that addresses survive every rebuild. An item that the source gives no number
//! at all is known by its place among the others of its meeting.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words as they stand in addresses and filters: lower case, accents folded, apostrophes dropped, `&` read as "and",
/// everything else that is no letter or digit a hyphen. Words without a letter or digit give `-`.
///
/// ```
/// assert_eq!(minutebook_record::id::slug("Children & Young People’s Services"), "children-and-young-peoples-services");
/// ```
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.replace('&', " and ").nfkd() {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' => {}
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let trimmed = slug.trim_end_matches('-');
    if trimmed.is_empty() { "-".to_owned() } else { trimmed.to_owned() }
}

/// A site's name in file names and identifiers: host, port and path of its base address, joined by underscores.
///
/// ```
/// use minutebook_record::id::site_slug;
/// assert_eq!(site_slug("https://moderngov.example.gov.uk/"), "moderngov.example.gov.uk");
/// assert_eq!(site_slug("http://127.0.0.1:8391/committee-services/"), "127.0.0.1_8391_committee-services");
/// ```
pub fn site_slug(base: &str) -> String {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let kept = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let parts: Vec<String> = rest
        .split(|c| !kept(c))
        .filter(|part| !part.is_empty() && *part != "." && *part != "..")
        .map(str::to_ascii_lowercase)
        .collect();
    if parts.is_empty() { "site".to_owned() } else { parts.join("_") }
}

/// Identifier of a meeting of the ordinary number series (`MId=`).
pub fn meeting_id(site: &str, number: u64) -> String {
    format!("{}-m{number}", site_slug(site))
}

/// Identifier of an item (the number that `mgAi.aspx?ID=` takes).
pub fn item_id(site: &str, number: u64) -> String {
    format!("{}-i{number}", site_slug(site))
}

/// Identifier of a meeting of the older archive (`CeListDocuments`), which has number series of its own.
pub fn legacy_meeting_id(site: &str, number: u64) -> String {
    format!("{}-c{number}", site_slug(site))
}

/// Identifier of an item that has no number of its own in the source: the meeting's and what tells it apart
/// within the meeting (its printed number, or its place from 1).
pub fn part_item_id(meeting: &str, part: &str) -> String {
    format!("{meeting}-{}", slug(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_fold_accents_apostrophes_and_ampersands() {
        for (words, expected) in [
            ("Improving Lives Select Commission", "improving-lives-select-commission"),
            (
                "Cabinet (Pre-Intervention - 2nd June 2004)",
                "cabinet-pre-intervention-2nd-june-2004",
            ),
            ("Cyngor Tŷ Gŵyn", "cyngor-ty-gwyn"),
            ("Adults' & Children’s", "adults-and-childrens"),
            ("  -- ", "-"),
            ("R&D", "r-and-d"),
        ] {
            assert_eq!(slug(words), expected, "{words:?}");
        }
    }

    #[test]
    fn ids_end_in_the_sources_number_and_keep_series_apart() {
        let site = "https://moderngov.example.gov.uk/";
        assert!(item_id(site, 89293).ends_with("-i89293"));
        assert_ne!(meeting_id(site, 7), legacy_meeting_id(site, 7));
        assert_eq!(part_item_id("x-c7", "4(a)"), "x-c7-4-a");
    }

    #[test]
    fn a_site_slug_never_leaves_its_folder() {
        for base in ["https://../../etc", "file:///", "", "https://h/..%2f..", "http://a\\b\0c/"] {
            let name = site_slug(base);
            assert!(!name.contains(['/', '\\', '\0']), "{name}");
            assert!(!name.is_empty() && name != "." && name != "..", "{name}");
        }
    }
}
