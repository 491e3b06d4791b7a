//! `Search`: the one checked request. Plain data that says nothing of any engine: command line, JSON, pages and feeds all build
//! one, and it is lowered to an engine's query elsewhere.

use jiff::civil::Date;
use minutebook_record::Kind;

/// The most hits one page of results may hold.
pub const MAX_PER_PAGE: usize = 100;
/// How many hits a page holds where nothing else was asked.
pub const DEFAULT_PER_PAGE: usize = 20;
/// The deepest hit that paging reaches; beyond it a narrower search is the answer.
pub const MAX_DEPTH: usize = 10_000;
/// The longest query, in bytes; what is longer is cut and said so.
pub const MAX_QUERY: usize = 2_000;

/// One search, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The query as typed.
    pub text: String,
    /// What must hold besides.
    pub filters: Filters,
    /// Where the words are looked for.
    pub scope: Scope,
    /// Order of the hits.
    pub sort: Sort,
    /// Page of results, from 1.
    pub page: usize,
    /// Hits a page, 0 to [`MAX_PER_PAGE`].
    pub per_page: usize,
    /// Whether procedural items are folded away.
    pub routine: Routine,
    /// Whether synonyms, acronyms and topics are added to the words.
    pub synonyms: Synonyms,
    /// Ids of readings (see [`crate::results::Reading::id`]) the reader turned back into plain words.
    pub as_words: Vec<String>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Filters::default(),
            scope: Scope::Anywhere,
            sort: Sort::Relevance,
            page: 1,
            per_page: DEFAULT_PER_PAGE,
            routine: Routine::Hide,
            synonyms: Synonyms::On,
            as_words: Vec::new(),
        }
    }
}

impl Search {
    /// The same without what only comes near, or is close in meaning: for whoever counts, or wants to be told of what is new.
    #[must_use]
    pub fn exactly(self) -> Self {
        crate::engine::exactly(self)
    }

    /// A search for words, everything else as it comes.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What must hold besides the words. Several values of one filter mean "any of".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Committees, by slug.
    pub committee: Vec<String>,
    /// First day, inclusive.
    pub from: Option<Date>,
    /// Last day, inclusive.
    pub to: Option<Date>,
    /// Calendar years.
    pub year: Vec<i16>,
    /// Roles, by slug.
    pub role: Vec<String>,
    /// Topics, by slug; a broader topic finds its narrower ones.
    pub topic: Vec<String>,
    /// Kinds of decision.
    pub kind: Vec<Kind>,
    /// Councils, by slug of their name.
    pub council: Vec<String>,
}

impl Filters {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where the words are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Title, resolutions, minutes and agenda text.
    #[default]
    Anywhere,
    /// Titles only.
    Title,
    /// What was said.
    Minutes,
    /// What was decided.
    Resolution,
    /// What the agenda announced.
    Agenda,
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first; newest first where there are no words.
    #[default]
    Relevance,
    /// Newest meeting first; undated last.
    Newest,
    /// Oldest meeting first; undated last.
    Oldest,
    /// Latest arrival in the index first: the order of feeds.
    FirstSeen,
}

/// Whether procedural items are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Routine {
    /// Folded away, counted.
    #[default]
    Hide,
    /// Shown among the others.
    Show,
}

/// Whether the vocabulary may add to the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Synonyms {
    /// Synonyms, acronyms and topics are added, and said.
    #[default]
    On,
    /// Only the words as typed.
    Off,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order readers see them.
            pub const ALL: &[$type] = &[$($type::$variant),+];

            /// The word used in addresses.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            /// The value a word names.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words!(Scope {
    Anywhere = "anywhere",
    Title = "title",
    Minutes = "minutes",
    Resolution = "resolution",
    Agenda = "agenda",
});
words!(Sort {
    Relevance = "relevance",
    Newest = "newest",
    Oldest = "oldest",
    FirstSeen = "first-seen",
});
words!(Routine { Hide = "hide", Show = "show" });
words!(Synonyms { On = "on", Off = "off" });
