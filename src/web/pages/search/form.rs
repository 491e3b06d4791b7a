//! The search form: the box, the scope, the filters with their counts, and dates in three boxes each.

use minutebook_index::Search;
use minutebook_index::search::{Routine, Scope, Sort, Synonyms};

use crate::web::params::{BadParameter, DateBoxes, Raw};
use crate::web::view::{FacetView, FacetsView};
use crate::web::words;

/// How many values of a filter are shown before the rest folds away.
const SHOWN: usize = 6;

/// The form as it stands.
pub(crate) struct Form {
    /// What the box holds.
    pub(crate) query: String,
    /// Where to look.
    pub(crate) scopes: Vec<Choice>,
    /// Choices made elsewhere on the page, carried along.
    pub(crate) carried: Vec<(&'static str, String)>,
    /// First day.
    pub(crate) from: DateField,
    /// Last day.
    pub(crate) to: DateField,
}

/// A date's three boxes with what is wrong with them.
pub(crate) struct DateField {
    /// Name of the parameter.
    pub(crate) name: &'static str,
    /// What it asks.
    pub(crate) legend: &'static str,
    /// What is typed.
    pub(crate) boxes: DateBoxes,
    /// What is wrong.
    pub(crate) error: Option<String>,
}

/// One value of a filter.
pub(crate) struct Choice {
    /// The value.
    pub(crate) value: String,
    /// What readers see.
    pub(crate) label: String,
    /// How many results have it.
    pub(crate) count: Option<String>,
    /// Whether it is chosen.
    pub(crate) on: bool,
}

/// One filter.
pub(crate) struct Group {
    /// Name of the parameter.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) legend: &'static str,
    /// Values always shown: the chosen ones and the most frequent.
    pub(crate) shown: Vec<Choice>,
    /// The rest, folded away.
    pub(crate) more: Vec<Choice>,
}

impl Form {
    /// The form for a search; where it was refused, with what was typed and what is wrong.
    pub(crate) fn new(search: &Search, raw: &Raw, errors: &[BadParameter]) -> Self {
        let scope_label = |scope| match scope {
            Scope::Anywhere => "Anywhere",
            Scope::Title => "Titles",
            Scope::Minutes => "Discussion",
            Scope::Resolution => "Decisions",
            Scope::Agenda => "Agenda text",
        };
        let scope = |scope: &Scope| Choice {
            value: scope.as_str().to_owned(),
            label: scope_label(*scope).to_owned(),
            count: None,
            on: search.scope == *scope,
        };
        let field = |name: &'static str, legend, known| {
            let error = errors.iter().find(|error| error.name == name);
            let typed = DateBoxes::read(raw, name);
            let boxes = if typed.is_empty() { DateBoxes::of(known) } else { typed };
            DateField { name, legend, boxes, error: error.map(|error| error.message.clone()) }
        };
        let mut carried = Vec::new();
        if search.sort != Sort::default() {
            carried.push(("sort", search.sort.as_str().to_owned()));
        }
        if search.routine != Routine::default() {
            carried.push(("routine", search.routine.as_str().to_owned()));
        }
        if search.synonyms != Synonyms::default() {
            carried.push(("synonyms", search.synonyms.as_str().to_owned()));
        }
        if search.per_page != Search::default().per_page {
            carried.push(("per_page", search.per_page.to_string()));
        }
        // What the reader wants as words stays words when a filter is chosen.
        carried.extend(search.as_words.iter().map(|id| ("as_words", id.clone())));
        Self {
            query: search.text.clone(),
            scopes: Scope::ALL.iter().map(scope).collect(),
            carried,
            from: field("from", "Held on or after", search.filters.from),
            to: field("to", "Held on or before", search.filters.to),
        }
    }
}

/// The filters with their counts. A filter nobody could choose from is left out.
pub(crate) fn groups(search: &Search, facets: &FacetsView) -> Vec<Group> {
    let filters = &search.filters;
    let years: Vec<String> = filters.year.iter().map(ToString::to_string).collect();
    let kinds: Vec<String> = filters.kind.iter().map(|kind| kind.as_str().to_owned()).collect();
    let mut groups = vec![
        group("committee", "Committee", &facets.committee, &filters.committee),
        group("year", "Year", &facets.year, &years),
        group("topic", "Topic", &facets.topic, &filters.topic),
        group("role", "Role", &facets.role, &filters.role),
        group("kind", "Kind of decision", &facets.kind, &kinds),
    ];
    if facets.council.len() > 1 || !filters.council.is_empty() {
        groups.insert(0, group("council", "Council", &facets.council, &filters.council));
    }
    groups.retain(|group| !group.shown.is_empty());
    groups
}

fn group(
    name: &'static str,
    legend: &'static str,
    facet: &[FacetView],
    chosen: &[String],
) -> Group {
    let missing = chosen.iter().filter(|value| !facet.iter().any(|own| own.value == **value));
    let absent = missing.map(|value| Choice {
        value: value.clone(),
        label: label(name, value, ""),
        count: Some("0".to_owned()),
        on: true,
    });
    let present = facet.iter().map(|own| Choice {
        value: own.value.clone(),
        label: label(name, &own.value, &own.label),
        count: Some(words::thousands(own.count as u64)),
        on: chosen.contains(&own.value),
    });
    let mut shown = Vec::new();
    let mut more = Vec::new();
    for (at, choice) in absent.chain(present).enumerate() {
        if at < SHOWN || choice.on { shown.push(choice) } else { more.push(choice) }
    }
    Group { name, legend, shown, more }
}

/// What readers see of a filter's value.
pub(crate) fn label(name: &str, value: &str, label: &str) -> String {
    match (name, minutebook_record::Kind::parse(value)) {
        ("kind", Some(kind)) => words::kind(kind).to_owned(),
        _ if label.is_empty() => words::from_slug(value),
        _ => label.to_owned(),
    }
}
