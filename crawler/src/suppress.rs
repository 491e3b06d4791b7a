//! Hiding for good: a page, an item or a phrase, at somebody's request.
//!
//! Kept in the archive, so that neither a new crawl nor a new index brings it back, and counted in public. The bytes stay in the
//! archive (it is never rewritten); nothing behind it sees them.

use jiff::Timestamp;
use serde::Serialize;

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
        self.of(What::Item).any(|value| value == id || value == url)
    }

    /// Whether a text says a hidden phrase. Case and runs of spaces do not matter.
    pub fn hides_text(&self, text: &str) -> bool {
        if self.count(What::Phrase) == 0 {
            return false;
        }
        let text = plain(text);
        self.of(What::Phrase).any(|phrase| {
            let phrase = plain(phrase);
            !phrase.is_empty() && text.contains(&phrase)
        })
    }

    fn of(&self, what: What) -> impl Iterator<Item = &str> {
        self.all.iter().filter(move |s| s.what == what).map(|s| s.value.as_str())
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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
    fn a_phrase_is_hidden_across_line_ends_and_case() {
        let phrase = hidden(What::Phrase, "the  Smith family");
        assert!(phrase.hides_text("heard from The\nSmith Family about it"));
        assert!(!phrase.hides_text("heard from the Smithson family"));
        assert!(!hidden(What::Phrase, "  ").hides_text("anything at all"));
        assert!(!Suppressions::default().hides_text("anything at all"));
    }
}
