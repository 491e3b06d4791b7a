//! The search page: the form, the query said back, the results, the filters, and a way on where nothing is found.

mod card;
mod form;
mod said;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use minutebook_index::search::{MAX_DEPTH, Routine, Sort};
use minutebook_index::{Results, Search};

pub(crate) use card::{Card, Chip, Kinded, ways};
use form::{Form, Group};
use said::{Removable, Said};

use super::{Feed, Frame, render};
use crate::web::api::{Base, paged};
use crate::web::error::WebError;
use crate::web::params::{self, BadParameter, Face, Raw};
use crate::web::state::App;
use crate::web::view::FacetsView;
use crate::web::{links, words};

#[derive(Template)]
#[template(path = "search.html", config = ".config/askama.toml")]
struct SearchPage {
    frame: Frame,
    form: Form,
    groups: Vec<Group>,
    heading: String,
    errors: Vec<BadParameter>,
    found: Option<Found>,
}

/// What a search that could be run has to show.
struct Found {
    said: Said,
    filters: Vec<Removable>,
    clear: String,
    first_page: String,
    cards: Vec<Card>,
    /// Those that only come near, where they stand apart.
    near: Vec<Card>,
    total: usize,
    first_rank: usize,
    sorts: Vec<SortLink>,
    routine: Option<Removable>,
    pager: Option<Pager>,
    files: Vec<Feed>,
    ways_on: Vec<WayOnLink>,
    coverage: String,
    unreadable: usize,
    undated: usize,
    fetched: Option<String>,
    browse: bool,
    took: String,
}

struct SortLink {
    label: &'static str,
    href: String,
    on: bool,
}

struct WayOnLink {
    label: String,
    total: String,
    href: String,
}

struct Pager {
    pages: Vec<PageLink>,
    prev: Option<String>,
    next: Option<String>,
    at: usize,
    last: usize,
    /// Said where paging ends before the results do.
    ceiling: bool,
}

/// A page's number and address; none where numbers are left out.
struct PageLink {
    number: usize,
    href: Option<String>,
    current: bool,
}

/// Answers a search with a page. Forms send empty boxes and dates in three parts: those go to the plain address of the same search.
pub(crate) async fn search(
    State(app): State<App>,
    Base(base): Base,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let raw = Raw::parse(&query.unwrap_or_default());
    match params::search(&raw, Face::Kind) {
        Err(errors) => refused(&app, &base, &raw, errors),
        Ok(search) if from_a_form(&raw) => {
            Ok(Redirect::to(&links::search(&search)).into_response())
        }
        Ok(search) => {
            let site = app.clone();
            let rendered = app.ask(move |index| {
                let results = paged(index, &search)?;
                render(&page(&site, &base, &search, &results))
            });
            rendered.await?
        }
    }
}

fn from_a_form(raw: &Raw) -> bool {
    let part = |name: &str| name.starts_with("from-") || name.starts_with("to-");
    raw.has_empty() || raw.names().into_iter().any(part)
}

/// The form again, with what was typed and what is wrong with it.
fn refused(
    app: &App,
    base: &str,
    raw: &Raw,
    errors: Vec<BadParameter>,
) -> Result<Response, WebError> {
    let mut frame = Frame::new(app, base, "Error: search").within("search", Vec::new());
    frame.noindex = true;
    frame.box_in_header = false;
    let mut search = Search::words(raw.first("q").unwrap_or_default());
    // What can be understood besides the mistakes stays chosen.
    if let Ok(kept) = params::search(&raw.without(&errors), Face::Kind) {
        search = kept;
    }
    let page = SearchPage {
        frame,
        form: Form::new(&search, raw, &errors),
        groups: form::groups(&search, &FacetsView::default()),
        heading: "Search the minutes".to_owned(),
        errors,
        found: None,
    };
    let mut response = render(&page)?;
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Ok(response)
}

fn page(app: &App, base: &str, search: &Search, results: &Results) -> SearchPage {
    let facets = FacetsView::from(&results.facets);
    let pager = Pager::new(search, results.total);
    let heading = heading(search, results.total);
    let mut frame = Frame::new(app, base, title(search, results.total, pager.as_ref()))
        .at(links::search(search))
        .within("search", Vec::new());
    frame.noindex = true;
    frame.box_in_header = false;
    let feed = Search { sort: Sort::FirstSeen, ..search.clone() };
    frame.feeds = vec![Feed {
        title: format!("New items: {heading}"),
        href: links::search_file(&feed, "atom"),
    }];
    let several = results.coverage.councils.len() > 1;
    let apart = apart(results);
    let card = |hit| Card::new(hit, &search.text, several, app.settings());
    let found = Found {
        said: Said::new(search, results),
        filters: said::filters(search, &facets),
        clear: links::search(&Search { text: search.text.clone(), ..Search::default() }),
        first_page: links::search(&Search { page: 1, ..search.clone() }),
        cards: results.hits[..apart].iter().map(card).collect(),
        near: results.hits[apart..].iter().map(card).collect(),
        total: results.total,
        first_rank: (search.page - 1) * search.per_page + 1,
        sorts: sorts(search),
        routine: routine(search, results.routine_hidden),
        pager,
        files: files(search),
        ways_on: ways_on(results),
        coverage: super::home::sentence(&(&results.coverage).into()),
        unreadable: results.coverage.unreadable,
        undated: results.coverage.undated,
        fetched: results.coverage.fetched.map(words::moment),
        browse: search.text.trim().is_empty() && search.filters.is_empty(),
        took: took(results.took_us),
    };
    SearchPage {
        form: Form::new(search, &Raw::default(), &[]),
        groups: form::groups(search, &facets),
        frame,
        heading,
        errors: Vec::new(),
        found: Some(found),
    }
}

/// Where on this page the hits begin that only come near; its end where none stand apart.
fn apart(results: &Results) -> usize {
    let before = (results.page - 1).saturating_mul(results.per_page);
    results.complete.unwrap_or(usize::MAX).saturating_sub(before).min(results.hits.len())
}

fn heading(search: &Search, total: usize) -> String {
    let count = words::count(total, "result", "results");
    let count = if total == 0 { "No results".to_owned() } else { count };
    match search.text.trim() {
        "" if search.filters.is_empty() => format!("All minutes: {count}"),
        "" => count,
        text => format!("{count} for “{text}”"),
    }
}

fn title(search: &Search, total: usize, pager: Option<&Pager>) -> String {
    let what = match search.text.trim() {
        "" => "All minutes",
        text => text,
    };
    let count = words::count(total, "result", "results");
    match pager {
        Some(pager) if pager.at > 1 => {
            format!("{what} – {count} (page {} of {})", pager.at, pager.last)
        }
        _ => format!("{what} – {count}"),
    }
}

fn took(microseconds: u64) -> String {
    match microseconds {
        0..=999 => "less than a millisecond".to_owned(),
        1_000..=1_999 => "1 millisecond".to_owned(),
        _ => format!("{} milliseconds", words::thousands(microseconds / 1000)),
    }
}

fn sorts(search: &Search) -> Vec<SortLink> {
    let label = |sort| match sort {
        Sort::Relevance => "Best match",
        Sort::Newest => "Newest",
        Sort::Oldest => "Oldest",
        Sort::FirstSeen => "Newly added",
    };
    let link = |sort: &Sort| SortLink {
        label: label(*sort),
        href: links::search(&Search { sort: *sort, page: 1, ..search.clone() }),
        on: search.sort == *sort,
    };
    Sort::ALL.iter().map(link).collect()
}

fn routine(search: &Search, hidden: usize) -> Option<Removable> {
    let turned = |routine| links::search(&Search { routine, page: 1, ..search.clone() });
    match search.routine {
        Routine::Hide if hidden > 0 => Some(Removable {
            label: format!(
                "{} folded away (apologies, declarations of interest and the like).",
                words::count(hidden, "routine item is", "routine items are")
            ),
            href: turned(Routine::Show),
            action: "Show them".to_owned(),
        }),
        Routine::Hide => None,
        Routine::Show => Some(Removable {
            label: "Routine items are shown among the others.".to_owned(),
            href: turned(Routine::Hide),
            action: "Fold them away".to_owned(),
        }),
    }
}

fn files(search: &Search) -> Vec<Feed> {
    let newest = Search { sort: Sort::FirstSeen, ..search.clone() };
    let file = |title: &str, href: String| Feed { title: title.to_owned(), href };
    vec![
        file("Feed of new items (Atom)", links::search_file(&newest, "atom")),
        file("Spreadsheet (CSV)", links::search_file(search, "csv")),
        file("JSON Lines", links::search_file(search, "jsonl")),
        file("JSON", links::api_search(search)),
    ]
}

fn ways_on(results: &Results) -> Vec<WayOnLink> {
    let link = |way: &minutebook_index::results::WayOn| WayOnLink {
        label: way.label.clone(),
        total: words::count(way.total, "result", "results"),
        href: links::search(&way.search),
    };
    results.ways_on.iter().map(link).collect()
}

impl Pager {
    fn new(search: &Search, total: usize) -> Option<Self> {
        let reachable = total.min(MAX_DEPTH);
        let last = reachable.div_ceil(search.per_page).max(1);
        if last == 1 && search.page == 1 {
            return None;
        }
        let href = |page: usize| links::search(&Search { page, ..search.clone() });
        let at = search.page;
        let near = |page: &usize| *page == 1 || *page == last || page.abs_diff(at) <= 1;
        let mut pages = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(near) {
            if number > before + 1 {
                pages.push(PageLink { number: 0, href: None, current: false });
            }
            pages.push(PageLink { number, href: Some(href(number)), current: number == at });
            before = number;
        }
        Some(Self {
            pages,
            prev: (at > 1).then(|| href((at - 1).min(last))),
            next: (at < last).then(|| href(at + 1)),
            at,
            last,
            ceiling: total > MAX_DEPTH,
        })
    }
}

/// What readers see of a kind of decision.
pub(crate) fn kind_label(value: &str) -> String {
    form::label("kind", value, "")
}
