//! `Results`: the one answer. Plain data; every page, JSON answer, feed and file is drawn from it.

use jiff::{Timestamp, civil::Date};
use minutebook_record::{Resolution, RoleMention, Standing, Status};

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The query as it was understood.
    pub query: Understood,
    /// Exact number of hits; equals what paging through yields.
    pub total: usize,
    /// Where items that only come near follow those that hold all that was asked for: how many these are. None where all do,
    /// where another order mixes them, and for sentences, of which no word is more than a hint.
    pub complete: Option<usize>,
    /// How many of all do not hold the words, but are close to them in meaning; they say so in `matched_in`.
    pub by_meaning: usize,
    /// Procedural items that match but are folded away.
    pub routine_hidden: usize,
    /// Page of results, from 1.
    pub page: usize,
    /// Hits a page.
    pub per_page: usize,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// Counts over the whole result.
    pub facets: Facets,
    /// What is held at all.
    pub coverage: Coverage,
    /// Where nothing was found: ways on.
    pub ways_on: Vec<WayOn>,
    /// Time the search took, in microseconds.
    pub took_us: u64,
}

/// The query as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// As typed.
    pub text: String,
    /// Said back in plain words.
    pub sentence: String,
    /// Parts read as more than words (dates, committees, roles, minute numbers, topics), each removable.
    pub readings: Vec<Reading>,
    /// Spellings offered or applied.
    pub corrections: Vec<Correction>,
    /// What the vocabulary added.
    pub expansions: Vec<Expansion>,
    /// What could not be read as syntax and was searched as words, and the like.
    pub notices: Vec<String>,
}

/// A part of the query read as more than words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Stable name within this query, to be given back in `Search::as_words`.
    pub id: String,
    /// `date`, `committee`, `role`, `minute`, `council`, `kind`, ...
    pub field: String,
    /// The words of the query it was read from.
    pub words: String,
    /// What it was read as, for a reader ("from 1 March 2019 to 31 March 2019").
    pub label: String,
}

/// A spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed.
    pub from: String,
    /// The word the index knows.
    pub to: String,
    /// The whole query with it.
    pub query: String,
    /// True where it was applied because nothing else was found.
    pub applied: bool,
}

/// What the vocabulary added to some words of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The words of the query.
    pub from: String,
    /// Slug of the topic, if one.
    pub topic: Option<String>,
    /// Its label, for readers.
    pub label: String,
    /// The phrases and acronyms searched besides.
    pub added: Vec<String>,
}

/// One item found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The item's id.
    pub id: String,
    /// The meeting's id.
    pub meeting: String,
    /// The item's address on its council's site.
    pub source_url: String,
    /// Title as printed.
    pub title: String,
    /// Number shown to readers.
    pub number: Option<String>,
    /// The body.
    pub committee: Named,
    /// The council.
    pub council: Option<Named>,
    /// Day of the meeting.
    pub date: Option<Date>,
    /// Status of the meeting's minutes.
    pub status: Status,
    /// Whether it is published whole.
    pub standing: Standing,
    /// Whether it is procedural.
    pub routine: bool,
    /// The best passage, around the match.
    pub snippet: Snippet,
    /// Where the words matched, best first: `title`, `resolution`, `minutes`, `decision`, `agenda`, `topic`; `meaning` where they did not.
    pub matched_in: Vec<String>,
    /// The roles named.
    pub roles: Vec<RoleMention>,
    /// The topics.
    pub topics: Vec<Named>,
    /// The decision clauses, with their anchors.
    pub resolutions: Vec<(String, Resolution)>,
    /// When it first was in the index.
    pub first_seen: Option<Timestamp>,
    /// Score, for the curious; no meaning across searches.
    pub score: f32,
    /// How much of what was asked for it holds.
    pub holds: Holds,
}

/// How much of what was asked for an item holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Holds {
    /// All of it.
    #[default]
    All,
    /// Not all of it, but what comes near.
    Near,
    /// None of the words, but what is close to them in meaning.
    Meaning,
}

impl Holds {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Holds::All => "all",
            Holds::Near => "near",
            Holds::Meaning => "meaning",
        }
    }
}

/// A value with its label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Named {
    /// The value a filter takes.
    pub slug: String,
    /// What readers see.
    pub label: String,
}

/// A piece of a passage with its matches marked; nothing in it is escaped or markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Anchor of the passage (`p-…`) or resolution (`r-…`) it stands in.
    pub anchor: Option<String>,
    /// Label of the resolution, where it stands in one.
    pub label: Option<String>,
    /// Pieces in order.
    pub pieces: Vec<Piece>,
}

/// A run of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they matched.
    pub marked: bool,
}

impl Snippet {
    /// The words alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// HTML with the matches in `<mark>` and everything else escaped; the only maker of markup.
    pub fn html(&self) -> String {
        let mut html = String::new();
        for piece in &self.pieces {
            if piece.marked {
                html.push_str("<mark>");
            }
            for c in piece.text.chars() {
                match c {
                    '&' => html.push_str("&amp;"),
                    '<' => html.push_str("&lt;"),
                    '>' => html.push_str("&gt;"),
                    '"' => html.push_str("&quot;"),
                    '\'' => html.push_str("&#39;"),
                    c => html.push(c),
                }
            }
            if piece.marked {
                html.push_str("</mark>");
            }
        }
        html
    }
}

/// Counts over the whole result, by filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By committee.
    pub committee: Vec<FacetCount>,
    /// By year, newest first.
    pub year: Vec<FacetCount>,
    /// By role.
    pub role: Vec<FacetCount>,
    /// By topic.
    pub topic: Vec<FacetCount>,
    /// By kind of decision.
    pub kind: Vec<FacetCount>,
    /// By council.
    pub council: Vec<FacetCount>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value a filter takes.
    pub value: String,
    /// What readers see.
    pub label: String,
    /// Items of the result with it.
    pub count: usize,
}

/// What is held at all: an empty answer means something only beside this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Councils, by name.
    pub councils: Vec<Named>,
    /// Meetings held.
    pub meetings: usize,
    /// Items held.
    pub items: usize,
    /// Items without a date.
    pub undated: usize,
    /// Meetings and items whose words were published only in a document that could not be read.
    pub unreadable: usize,
    /// First meeting day.
    pub first: Option<Date>,
    /// Last meeting day.
    pub last: Option<Date>,
    /// When the newest page behind the index was fetched.
    pub fetched: Option<Timestamp>,
    /// Counts up with each commit; ties caches to the index.
    pub generation: u64,
}

/// Where nothing was found: something that would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOn {
    /// What to change, for a reader ("without the committee filter").
    pub label: String,
    /// How many it would find.
    pub total: usize,
    /// The search to run.
    pub search: crate::Search,
}
