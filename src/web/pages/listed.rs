//! The page of one role, topic, council or year: how much, from when to when, the timeline, and the dated list of decisions.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use minutebook_index::results::Hit;
use minutebook_index::search::{Filters, Sort};
use minutebook_index::{Listed, Results, Search};
use minutebook_record::Kind;
use minutebook_record::vocabulary::Topics;

use super::search::{Card, Chip};
use super::{Crumb, Feed, Frame, render};
use crate::web::api::Base;
use crate::web::chart::Timeline;
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::{held, links, words};

/// How many items a page of one thing lists; the search has the rest.
const ITEMS: usize = 20;

/// What kind of thing a page is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    /// A role.
    Role,
    /// A topic.
    Topic,
    /// A council.
    Council,
}

#[derive(Template)]
#[template(path = "thing.html", config = ".config/askama.toml")]
struct ThingPage {
    frame: Frame,
    kind: &'static str,
    heading: String,
    lead: String,
    timeline: Option<Timeline>,
    year_href: String,
    wider: Vec<Chip>,
    narrower: Vec<Chip>,
    related: Vec<Chip>,
    also: Vec<String>,
    facets: Vec<(&'static str, Vec<Chip>)>,
    list: &'static str,
    cards: Vec<Card>,
    all: String,
    feed: Option<String>,
    note: Option<String>,
}

/// `2004 to 2026`, or one year.
pub(crate) fn span(listed: &Listed) -> String {
    match (listed.first, listed.last) {
        (Some(first), Some(last)) if first.year() != last.year() => {
            format!("{} to {}", first.year(), last.year())
        }
        (Some(first), _) => first.year().to_string(),
        _ => "undated".to_owned(),
    }
}

/// A role's page.
pub(crate) async fn role(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    thing(state, base, slug, Thing::Role).await
}

/// A topic's page.
pub(crate) async fn topic(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    thing(state, base, slug, Thing::Topic).await
}

/// A council's page.
pub(crate) async fn council(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    thing(state, base, slug, Thing::Council).await
}

async fn thing(
    State(app): State<App>,
    Base(base): Base,
    slug: String,
    thing: Thing,
) -> Result<Response, WebError> {
    let asked = search_of(thing, &slug);
    let search = asked.clone();
    let wanted = slug.clone();
    let found = app
        .ask(move |index| {
            let (all, name) = match thing {
                Thing::Role => (index.roles(), "role"),
                Thing::Topic => (index.topics(), "topic"),
                Thing::Council => (index.councils(), "council"),
            };
            let used: Vec<String> = all.iter().map(|listed| listed.slug.clone()).collect();
            let listed = held::listed(all, &wanted, name)?;
            let results = held::search(index, &asked)?;
            let decided = match thing {
                Thing::Role => None,
                Thing::Topic | Thing::Council => Some(held::search(index, &decided(&asked))?),
            };
            Ok::<_, WebError>(Found { listed, used, results, decided })
        })
        .await??;
    render(&thing_page(&app, &base, thing, &search, &found))
}

/// What the index is asked for one page.
struct Found {
    listed: Listed,
    /// Slugs in use, so that no link leads to nothing.
    used: Vec<String>,
    results: Results,
    /// The same, but only items with a decision.
    decided: Option<Results>,
}

fn decided(search: &Search) -> Search {
    let filters = Filters { kind: Kind::ALL.to_vec(), ..search.filters.clone() };
    Search { filters, ..search.clone() }
}

fn search_of(thing: Thing, slug: &str) -> Search {
    let one = vec![slug.to_owned()];
    let filters = match thing {
        Thing::Role => Filters { role: one, ..Filters::default() },
        Thing::Topic => Filters { topic: one, ..Filters::default() },
        Thing::Council => Filters { council: one, ..Filters::default() },
    };
    Search { filters, sort: Sort::Newest, per_page: ITEMS, ..Search::default() }
}

fn thing_page(app: &App, base: &str, thing: Thing, search: &Search, found: &Found) -> ThingPage {
    let Found { listed, used, results, decided } = found;
    let (kind, parent, path) = match thing {
        Thing::Role => ("Role", Crumb::new("Roles", "/roles"), links::role(&listed.slug)),
        Thing::Topic => ("Topic", Crumb::new("Topics", "/topics"), links::topic(&listed.slug)),
        Thing::Council => {
            ("Council", Crumb::new("Councils", "/councils"), links::council(&listed.slug))
        }
    };
    let section = match thing {
        Thing::Role => "roles",
        Thing::Topic => "topics",
        Thing::Council => "held",
    };
    let crumbs = vec![Crumb::new("Home", "/"), parent, Crumb::here(listed.label.clone())];
    let mut frame = Frame::new(app, base, format!("{}: {}", kind, listed.label))
        .at(&path)
        .within(section, crumbs);
    let feed = (thing != Thing::Council).then(|| format!("{path}/feed.atom"));
    if let Some(href) = &feed {
        frame.feeds =
            vec![Feed { title: format!("New items: {}", listed.label), href: href.clone() }];
    }
    let years: Vec<(i16, usize)> = results
        .facets
        .year
        .iter()
        .filter_map(|count| Some((count.value.parse().ok()?, count.count)))
        .collect();
    let all = Search { per_page: Search::default().per_page, ..search.clone() };
    let several = results.coverage.councils.len() > 1;
    let decisions = decided.as_ref().filter(|decided| decided.total > 0);
    let card = |hit: &Hit| {
        let mut card = Card::of_decisions(hit, several, app.settings());
        if thing == Thing::Role && !card.snippet.is_empty() {
            card.did = super::search::ways(&hit.roles, &listed.slug);
        }
        card
    };
    let vocabulary = Topics::in_use().get(&listed.slug).filter(|_| thing == Thing::Topic);
    let note = app.settings().council(&listed.slug).filter(|_| thing == Thing::Council);
    ThingPage {
        frame,
        kind,
        heading: listed.label.clone(),
        lead: lead(listed, results.total),
        timeline: Timeline::new(&years, "Items"),
        year_href: format!("{}&year=", links::search(&all)),
        wider: vocabulary.map(|topic| topics_of(&topic.broader, used)).unwrap_or_default(),
        narrower: vocabulary.map(|topic| narrower(&topic.id, used)).unwrap_or_default(),
        related: vocabulary.map(|topic| topics_of(&topic.related, used)).unwrap_or_default(),
        also: vocabulary.map(also).unwrap_or_default(),
        facets: facets(thing, &all, results),
        list: if decisions.is_some() {
            "What was decided, newest first"
        } else {
            "Items, newest first"
        },
        cards: decisions.unwrap_or(results).hits.iter().map(card).collect(),
        all: links::search(&all),
        feed,
        note: note
            .and_then(|council| council.attribution.clone().or_else(|| council.licence.clone())),
    }
}

fn lead(listed: &Listed, total: usize) -> String {
    let first = listed.first.map(words::day);
    let last = listed.last.map(words::day);
    let span = match (first, last) {
        (Some(first), Some(last)) if first != last => format!(", first on {first}, last on {last}"),
        (Some(first), _) => format!(", on {first}"),
        _ => String::new(),
    };
    let meetings = match listed.meetings {
        0 => String::new(),
        many => format!(" from {}", words::count(many, "meeting", "meetings")),
    };
    let count = words::count(total, "item", "items");
    words::capital(&format!("{count}{meetings}{span}."))
}

fn topics_of(slugs: &[String], used: &[String]) -> Vec<Chip> {
    let chip = |slug: &String| Chip {
        label: Topics::in_use().label(slug),
        href: links::topic(slug),
        more: None,
    };
    slugs.iter().filter(|slug| used.contains(slug)).map(chip).collect()
}

fn narrower(slug: &str, used: &[String]) -> Vec<Chip> {
    let all = Topics::in_use().narrower();
    let slugs: Vec<String> = all.get(slug).into_iter().flatten().map(|&s| s.to_owned()).collect();
    topics_of(&slugs, used)
}

/// The other words a search for this topic finds it by.
fn also(topic: &minutebook_record::vocabulary::Topic) -> Vec<String> {
    let mut also: Vec<String> = topic.exact.clone();
    also.extend(topic.acronym.iter().map(|acronym| acronym.form.clone()));
    also.extend(topic.historic.iter().cloned());
    also.retain(|form| !form.eq_ignore_ascii_case(&topic.label));
    also.truncate(12);
    also
}

/// Who and what a committee's items are about.
pub(crate) fn facets_of_committee(
    search: &Search,
    results: &Results,
) -> Vec<(&'static str, Vec<Chip>)> {
    let mut all = facets(Thing::Council, search, results);
    all.retain(|(heading, _)| *heading != "Committees");
    all
}

/// Who and what else is in these items, each leading to the search narrowed by it.
fn facets(thing: Thing, search: &Search, results: &Results) -> Vec<(&'static str, Vec<Chip>)> {
    let mut all = Vec::new();
    let mut add = |heading,
                   counts: &[minutebook_index::results::FacetCount],
                   narrow: &dyn Fn(&mut Search, String)| {
        let chip = |count: &minutebook_index::results::FacetCount| {
            let mut narrowed = search.clone();
            narrow(&mut narrowed, count.value.clone());
            Chip {
                label: count.label.clone(),
                href: links::search(&narrowed),
                more: Some(words::thousands(count.count as u64)),
            }
        };
        let chips: Vec<Chip> = counts.iter().take(8).map(chip).collect();
        if !chips.is_empty() {
            all.push((heading, chips));
        }
    };
    add("Committees", &results.facets.committee, &|s, value| s.filters.committee = vec![value]);
    if thing != Thing::Role {
        add("Roles", &results.facets.role, &|s, value| s.filters.role = vec![value]);
    }
    if thing != Thing::Topic {
        add("Topics", &results.facets.topic, &|s, value| s.filters.topic = vec![value]);
    }
    let kinds: Vec<_> = results
        .facets
        .kind
        .iter()
        .map(|count| minutebook_index::results::FacetCount {
            label: super::search::kind_label(&count.value),
            ..count.clone()
        })
        .collect();
    add("Decisions", &kinds, &|s, value| {
        s.filters.kind = minutebook_record::Kind::parse(&value).into_iter().collect();
    });
    all
}

/// A year's own address leads to its items.
pub(crate) async fn year(Path(year): Path<String>) -> Result<Response, WebError> {
    let number: i16 = year
        .parse()
        .ok()
        .filter(|number| year.len() == 4 && *number >= 1000)
        .ok_or(WebError::NotFound("year"))?;
    let filters = Filters { year: vec![number], ..Filters::default() };
    let search = Search { filters, sort: Sort::Newest, ..Search::default() };
    Ok(Redirect::to(&links::search(&search)).into_response())
}
