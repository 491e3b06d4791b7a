//! The query said back: what was understood, what was added, what was corrected, each with its way back.

use minutebook_index::search::{Scope, Synonyms};
use minutebook_index::{Results, Search};

use super::form;
use crate::web::view::{FacetView, FacetsView};
use crate::web::{links, words};

/// The query said back.
pub(crate) struct Said {
    /// In plain words.
    pub(crate) sentence: String,
    /// Parts read as more than words.
    pub(crate) readings: Vec<Removable>,
    /// What the vocabulary added.
    pub(crate) expansions: Vec<Added>,
    /// Switches all of that off, or on again.
    pub(crate) synonyms: Option<Removable>,
    /// Spellings offered.
    pub(crate) offered: Vec<Removable>,
    /// Spellings applied.
    pub(crate) applied: Vec<Removable>,
    /// What was searched as words and the like.
    pub(crate) notices: Vec<String>,
}

/// Something said with an address that undoes or does it.
pub(crate) struct Removable {
    /// What is said.
    pub(crate) label: String,
    /// Where the address leads.
    pub(crate) href: String,
    /// What the link says.
    pub(crate) action: String,
}

/// What was added to some words.
pub(crate) struct Added {
    /// The words.
    pub(crate) from: String,
    /// The topic's page, where it is one.
    pub(crate) topic: Option<(String, String)>,
    /// What was searched besides, or the first of it.
    pub(crate) words: String,
    /// The rest, where there is much.
    pub(crate) more: Vec<String>,
}

/// How many of the words added are said at once.
const SAID_AT_ONCE: usize = 3;

impl Said {
    /// What is to be said of a search and its results.
    pub(crate) fn new(search: &Search, results: &Results) -> Self {
        let query = &results.query;
        let back = |change: &dyn Fn(&mut Search)| {
            let mut changed = Search { page: 1, ..search.clone() };
            change(&mut changed);
            links::search(&changed)
        };
        let reading = |reading: &minutebook_index::results::Reading| {
            let (label, action) = match reading.field.as_str() {
                "most" => (words::capital(&reading.label), "Only what holds all the words"),
                "meaning" => (words::capital(&reading.label), "Only what the words find"),
                _ => {
                    let label = format!("“{}” read as {}", reading.words, reading.label);
                    (label, "Search for the words instead")
                }
            };
            Removable {
                label,
                href: back(&|search| search.as_words.push(reading.id.clone())),
                action: action.to_owned(),
            }
        };
        let expansion = |expansion: &minutebook_index::results::Expansion| Added {
            from: expansion.from.clone(),
            topic: expansion
                .topic
                .as_ref()
                .map(|slug| (expansion.label.clone(), links::topic(slug))),
            words: expansion
                .added
                .iter()
                .take(SAID_AT_ONCE)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", "),
            more: expansion.added.iter().skip(SAID_AT_ONCE).cloned().collect(),
        };
        let synonyms = match search.synonyms {
            Synonyms::Off if !search.text.trim().is_empty() => Some(Removable {
                label: "Only your own words were searched for.".to_owned(),
                href: back(&|search| search.synonyms = Synonyms::On),
                action: "Add words that mean the same".to_owned(),
            }),
            Synonyms::On if !query.expansions.is_empty() => Some(Removable {
                label: String::new(),
                href: back(&|search| search.synonyms = Synonyms::Off),
                action: "Search only for my words".to_owned(),
            }),
            _ => None,
        };
        let spelling = |correction: &minutebook_index::results::Correction| Removable {
            label: correction.from.clone(),
            href: back(&|search| search.text.clone_from(&correction.query)),
            action: correction.query.clone(),
        };
        let spellings = |applied: bool| {
            let some = query.corrections.iter().filter(|c| c.applied == applied);
            some.map(spelling).collect()
        };
        Self {
            sentence: words::capital(&query.sentence),
            readings: query.readings.iter().map(reading).collect(),
            expansions: query.expansions.iter().map(expansion).collect(),
            synonyms,
            offered: spellings(false),
            applied: spellings(true),
            notices: query.notices.clone(),
        }
    }
}

/// The filters in force, each with the address of the search without it.
pub(crate) fn filters(search: &Search, facets: &FacetsView) -> Vec<Removable> {
    let mut said = Vec::new();
    let mut say = |name: &str, value: String, change: &dyn Fn(&mut Search)| {
        let mut changed = Search { page: 1, ..search.clone() };
        change(&mut changed);
        said.push(Removable {
            label: value,
            href: links::search(&changed),
            action: name.to_owned(),
        });
    };
    let own = &search.filters;
    for value in &own.council {
        say("Council", named("council", value, &facets.council), &|s| {
            s.filters.council.retain(|v| v != value);
        });
    }
    for value in &own.committee {
        say("Committee", named("committee", value, &facets.committee), &|s| {
            s.filters.committee.retain(|v| v != value);
        });
    }
    if let Some(date) = own.from {
        say("From", words::day(date), &|s| s.filters.from = None);
    }
    if let Some(date) = own.to {
        say("To", words::day(date), &|s| s.filters.to = None);
    }
    for value in &own.year {
        say("Year", value.to_string(), &|s| s.filters.year.retain(|v| v != value));
    }
    for value in &own.topic {
        say("Topic", named("topic", value, &facets.topic), &|s| {
            s.filters.topic.retain(|v| v != value);
        });
    }
    for value in &own.role {
        say("Role", named("role", value, &facets.role), &|s| s.filters.role.retain(|v| v != value));
    }
    for value in &own.kind {
        say("Decision", words::kind(*value).to_owned(), &|s| s.filters.kind.retain(|v| v != value));
    }
    if search.scope != Scope::Anywhere {
        let scope = match search.scope {
            Scope::Title => "titles only",
            Scope::Minutes => "the discussion only",
            Scope::Resolution => "decisions only",
            Scope::Agenda | Scope::Anywhere => "agenda text only",
        };
        say("In", scope.to_owned(), &|s| s.scope = Scope::Anywhere);
    }
    said
}

fn named(name: &str, value: &str, facet: &[FacetView]) -> String {
    let known = facet.iter().find(|own| own.value == value).map_or("", |own| own.label.as_str());
    form::label(name, value, known)
}
