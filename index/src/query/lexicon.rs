//! What a query may name: the bodies, posts and councils of an index, and the acronyms its councils define.
//! Plain values, made by whoever holds the index.

use std::collections::HashMap;

use minutebook_record::id;

use crate::analysis;

/// What a query may name.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Committees.
    pub committees: Vec<Body>,
    /// Councils.
    pub councils: Vec<Body>,
    /// Posts.
    pub roles: Vec<Post>,
    /// Long forms by acronym, in capitals, where the minutes agree on one.
    pub long_forms: HashMap<String, String>,
    /// Acronyms by long form, folded, words joined by spaces.
    pub short_forms: HashMap<String, Vec<String>>,
}

/// A committee or council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The value a filter takes.
    pub slug: String,
    /// Its name.
    pub label: String,
    /// The words of its name, folded.
    pub words: Vec<String>,
    /// Shared with those it was renamed from or to.
    pub lineage: String,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The value a filter takes: rank and remit without link words.
    pub slug: String,
    /// As mostly printed.
    pub label: String,
}

impl Body {
    /// A body by slug, name and lineage.
    pub fn new(slug: &str, label: &str, lineage: &str) -> Self {
        let (slug, label, lineage) = (slug.to_owned(), label.to_owned(), lineage.to_owned());
        Self { words: analysis::words(&label), slug, label, lineage }
    }
}

/// At least this share of an acronym's definitions must agree before it stands for its long form: a fifth of all short forms
/// have several, most of them slips of the pen.
const AGREED: f64 = 0.8;

impl Lexicon {
    /// Takes up mined acronyms: short form, long form, how often.
    pub fn acronyms(&mut self, mined: impl Iterator<Item = (String, String, usize)>) {
        let mut all: HashMap<String, HashMap<String, usize>> = HashMap::new();
        for (short, long, times) in mined {
            let long = analysis::words(&long).join(" ");
            if long.contains(' ') && is_acronym(&short) {
                *all.entry(short).or_default().entry(long).or_default() += times;
            }
        }
        for (short, senses) in all {
            let total: usize = senses.values().sum();
            let Some((long, times)) = senses.into_iter().max_by_key(|(l, n)| (*n, l.clone()))
            else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "counts of acronyms")]
            if times as f64 >= AGREED * total as f64 {
                self.short_forms.entry(long.clone()).or_default().push(short.clone());
                self.long_forms.insert(short, long);
            }
        }
    }

    /// Every committee of the same lineages as these.
    pub(crate) fn with_renames(&self, of: &[&Body]) -> Vec<String> {
        let mut slugs: Vec<String> = self
            .committees
            .iter()
            .filter(|body| {
                of.iter().any(|named| named.lineage == body.lineage || named.slug == body.slug)
            })
            .map(|body| body.slug.clone())
            .collect();
        slugs.dedup();
        slugs
    }

    /// The posts whose rank and remit hold all words of a name.
    pub(crate) fn posts(&self, name: &str) -> Vec<&Post> {
        let wanted = role_words(name);
        if wanted.is_empty() {
            return Vec::new();
        }
        let exact = wanted.join("-");
        let whole: Vec<&Post> = self.roles.iter().filter(|post| post.slug == exact).collect();
        let within = |post: &&Post| {
            let words: Vec<&str> = post.slug.split('-').collect();
            // The rank leads: "director" is not asked for by "assistant director", but "assistant director" is by
            // "assistant-director-education".
            words.windows(wanted.len()).next().is_some_and(|_| {
                wanted.iter().all(|word| words.contains(&word.as_str())) && words[0] == wanted[0]
            })
        };
        let mut found: Vec<&Post> = self.roles.iter().filter(within).collect();
        if found.is_empty() {
            found = whole;
        }
        found
    }
}

/// The words of a post's name as they stand in its slug: link words left out.
pub(crate) fn role_words(name: &str) -> Vec<String> {
    id::slug(name)
        .split('-')
        .filter(|word| !word.is_empty() && !is_link(word))
        .map(str::to_owned)
        .collect()
}

/// Words that join a rank to a remit.
pub(crate) fn is_link(word: &str) -> bool {
    matches!(word, "of" | "for" | "the" | "and" | "to" | "in" | "with")
}

/// Two to eight letters and digits, mostly capitals.
pub(crate) fn is_acronym(short: &str) -> bool {
    let capitals = short.chars().filter(char::is_ascii_uppercase).count();
    (2..=8).contains(&short.len())
        && short.bytes().all(|b| b.is_ascii_alphanumeric())
        && capitals >= 2
        && capitals * 2 > short.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_stands_for_what_most_minutes_say() {
        let mut lexicon = Lexicon::default();
        let mined = [
            ("EEP", "East Education Partnership", 9),
            ("EEP", "East Education Partnershp", 1),
            ("SS", "Sandra Smith", 3),
            ("SS", "Secretary of State", 3),
        ];
        lexicon.acronyms(mined.into_iter().map(|(s, l, n)| (s.to_owned(), l.to_owned(), n)));
        assert_eq!(lexicon.long_forms.get("EEP").unwrap(), "east education partnership");
        assert_eq!(lexicon.short_forms["east education partnership"], ["EEP"]);
        assert!(!lexicon.long_forms.contains_key("SS"), "two senses, neither is the one");
    }

    #[test]
    fn posts_are_found_by_rank_and_remit() {
        let post = |slug: &str| Post { slug: slug.to_owned(), label: slug.to_owned() };
        let lexicon = Lexicon {
            roles: vec![
                post("assistant-director-education"),
                post("director-public-health"),
                post("director"),
            ],
            ..Lexicon::default()
        };
        let slugs = |name| lexicon.posts(name).iter().map(|p| p.slug.as_str()).collect::<Vec<_>>();
        assert_eq!(slugs("Assistant Director"), ["assistant-director-education"]);
        assert_eq!(slugs("Director of Public Health"), ["director-public-health"]);
        assert_eq!(slugs("director"), ["director-public-health", "director"]);
        assert!(slugs("the of").is_empty());
    }
}
