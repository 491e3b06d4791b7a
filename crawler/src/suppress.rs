//! Hiding for good: a page, an item or a phrase, at somebody's request.
//!
//! Kept in the archive, so that neither a new crawl nor a new index brings it back, and counted in public. The bytes stay in the
//! archive (it is never rewritten); nothing behind it sees them.

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::address;
use crate::page::PageKind;

/// What is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A page, by its canonical address: no stage sees it.
    Page,
    /// An item, by its id or its address.
    Item,
    /// A phrase, wherever it is said: the passages that say it are left out.
    Phrase,
}

impl What {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Item => "item",
            Self::Phrase => "phrase",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Page, Self::Item, Self::Phrase].into_iter().find(|what| what.word() == word)
    }
}

/// One thing hidden, with the reason given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suppression {
    /// What is hidden.
    pub what: What,
    /// Which one: an address, an id, or words.
    pub value: String,
    /// Why, as the operator put it. Not shown in public.
    pub why: String,
    /// Since when.
    pub at: Timestamp,
}

/// All that is hidden on a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Suppressions {
    all: Vec<Suppression>,
}

impl Suppressions {
    /// From a list.
    pub fn new(all: Vec<Suppression>) -> Self {
        Self { all }
    }

    /// The list, in the order it was made.
    pub fn all(&self) -> &[Suppression] {
        &self.all
    }

    /// How many there are of a sort: the public count.
    pub fn count(&self, what: What) -> usize {
        self.of(what).count()
    }

    /// Whether an item is hidden, by its id or its address.
    pub fn hides_item(&self, id: &str, url: &str) -> bool {
        self.of(What::Item).any(|value| value == id || value == url || opens_same(value, url))
    }

    /// Whether a text says a hidden phrase. Case, runs of spaces, marks and accents do not matter: "O'Brien" hides "O’Brien".
    pub fn hides_text(&self, text: &str) -> bool {
        if self.count(What::Phrase) == 0 {
            return false;
        }
        let (plain_text, words) = (plain(text), words(text));
        self.of(What::Phrase).any(|phrase| {
            let (phrase, phrase_words) = (plain(phrase), self::words(phrase));
            !phrase.is_empty()
                && (plain_text.contains(&phrase)
                    || phrase_words.len() > 2 && words.contains(&phrase_words))
        })
    }

    fn of(&self, what: What) -> impl Iterator<Item = &str> {
        self.all.iter().filter(move |s| s.what == what).map(|s| s.value.as_str())
    }
}

/// Whether two addresses open one item or meeting of a site: an address copied from a browser has more parameters.
fn opens_same(one: &str, other: &str) -> bool {
    let number = |url: &str| match address::kind(url) {
        PageKind::Item => address::parameter(url, "ID"),
        PageKind::Meeting => address::meeting_id(url),
        _ => None,
    };
    let host = |url: &str| Url::parse(url).ok()?.host_str().map(str::to_lowercase);
    host(one).is_some()
        && host(one) == host(other)
        && address::kind(one) == address::kind(other)
        && number(one).is_some_and(|n| number(other) == Some(n))
}

fn plain(text: &str) -> String {
    let seen: String =
        text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect();
    let plain = minutebook_record::text::plain_marks(&seen);
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words alone, without marks and accents, between hyphens.
fn words(text: &str) -> String {
    format!("-{}-", minutebook_record::id::slug(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(what: What, value: &str) -> Suppressions {
        let (value, why) = (value.to_owned(), "asked for".to_owned());
        Suppressions::new(vec![Suppression { what, value, why, at: Timestamp::UNIX_EPOCH }])
    }

    #[test]
    fn an_item_is_hidden_by_id_or_address() {
        let by_id = hidden(What::Item, "site/1/2");
        assert!(by_id.hides_item("site/1/2", "https://x.example/mgAi.aspx?ID=2"));
        assert!(!by_id.hides_item("site/1/20", "https://x.example/mgAi.aspx?ID=20"));
        assert!(
            hidden(What::Item, "https://x.example/mgAi.aspx?ID=2")
                .hides_item("site/1/2", "https://x.example/mgAi.aspx?ID=2")
        );
    }

    #[test]
    fn an_address_with_more_parameters_hides_what_it_opens() {
        let copied = hidden(What::Item, "https://x.example/mgAi.aspx?LLL=0&ID=2");
        assert!(copied.hides_item("site/1/2", "https://x.example/mgAi.aspx?ID=2"));
        assert!(!copied.hides_item("site/1/3", "https://x.example/mgAi.aspx?ID=3"));
        assert!(!copied.hides_item("site/1/2", "https://y.example/mgAi.aspx?ID=2"));
        let meeting =
            hidden(What::Item, "https://x.example/ieListDocuments.aspx?CId=5&MId=7&Ver=4");
        assert!(meeting.hides_item("m7", "https://x.example/ieListDocuments.aspx?MId=7"));
    }

    #[test]
    fn a_phrase_is_hidden_across_line_ends_and_case() {
        let phrase = hidden(What::Phrase, "the  Smith family");
        assert!(phrase.hides_text("heard from The\nSmith Family about it"));
        assert!(!phrase.hides_text("heard from the Smithson family"));
        let brien = hidden(What::Phrase, "the O'Brien-Núñez family");
        assert!(brien.hides_text("heard from the O\u{2019}Brien\u{2013}Nunez family, who"));
        assert!(brien.hides_text("the O\u{2019}Bri\u{ad}en-Núñez family's house"));
        assert!(!hidden(What::Phrase, "  ").hides_text("anything at all"));
        assert!(!Suppressions::default().hides_text("anything at all"));
    }
}
