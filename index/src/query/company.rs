//! Acronyms that are words too: what company makes them one.

use std::collections::HashMap;
use std::sync::LazyLock;

static COMPANY: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/acronym-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect()
});

/// Whether a word typed in small letters may be an acronym: three letters or more, and no English word unless one of the
/// other words of the query makes it one.
pub(crate) fn may_be_acronym(word: &str, others: &[String]) -> bool {
    word.len() >= 3
        && COMPANY.get(word).is_none_or(|company| {
            others.iter().any(|other| other != word && company.contains(&other.as_str()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_tells() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(may_be_acronym("ehe", &words("ehe")));
        assert!(!may_be_acronym("send", &words("send letters")));
        assert!(may_be_acronym("send", &words("send school transport")));
        assert!(!may_be_acronym("it", &words("it")));
        assert!(!may_be_acronym("send", &words("send send")));
    }
}
