//! What is held: meetings by committee and year, how fresh, what could not be read, what failed, what is withheld.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use minutebook_index::results::Coverage;
use minutebook_index::search::Filters;
use minutebook_index::{Listed, Search};

use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::{held, links, words};

/// The most years a table shows; earlier ones are added up in one column.
const MOST_YEARS: i16 = 24;

#[derive(Template)]
#[template(path = "held.html", config = ".config/askama.toml")]
struct HeldPage {
    frame: Frame,
    sentence: String,
    fetched: Option<String>,
    undated: usize,
    unreadable: usize,
    withheld: usize,
    map: HeatMap,
    sites: Vec<SiteRow>,
    generation: u64,
}

/// Meetings by committee and year.
struct HeatMap {
    years: Vec<String>,
    rows: Vec<(String, String, Vec<Cell>)>,
}

struct Cell {
    count: usize,
    /// 0 to 3, by how many there are beside the most in a year.
    shade: u8,
    href: String,
    said: String,
}

struct SiteRow {
    name: String,
    site: String,
    last: Option<String>,
    pages: String,
    failures: Vec<(String, String)>,
    unreadable: Vec<(String, String)>,
}

/// What is held.
pub(crate) async fn held(State(app): State<App>, Base(base): Base) -> Result<Response, WebError> {
    let asking = app.clone();
    let (coverage, committees, sites) = app
        .ask(move |index| {
            let coverage = held::coverage(index)?;
            Ok::<_, WebError>((coverage, index.committees(), asking.health().sites()))
        })
        .await??;
    let crumbs = vec![Crumb::new("Home", "/"), Crumb::here("What is held")];
    let site = |site: crate::web::health::SiteHealth| SiteRow {
        name: site.council.unwrap_or_else(|| site.site.clone()),
        site: site.site,
        last: site.last_crawl.map(words::moment),
        pages: words::count(usize::try_from(site.pages).unwrap_or(usize::MAX), "page", "pages"),
        failures: site.failures.into_iter().map(|(why, n)| (why, words::thousands(n))).collect(),
        unreadable: site.unreadable,
    };
    let page = HeldPage {
        frame: Frame::new(&app, &base, "What is held").at("/held").within("held", crumbs),
        sentence: super::home::sentence(&(&coverage).into()),
        fetched: coverage.fetched.map(words::moment),
        undated: coverage.undated,
        unreadable: coverage.unreadable,
        withheld: app.settings().suppressed.len(),
        generation: coverage.generation,
        map: HeatMap::new(&coverage, &committees),
        sites: sites.into_iter().map(site).collect(),
    };
    render(&page)
}

impl HeatMap {
    fn new(coverage: &Coverage, committees: &[Listed]) -> Self {
        let (Some(first), Some(last)) = (coverage.first, coverage.last) else {
            return Self { years: Vec::new(), rows: Vec::new() };
        };
        let from = first.year().max(last.year() - MOST_YEARS + 1);
        let earlier = first.year() < from;
        let mut years: Vec<String> = (from..=last.year()).map(|year| year.to_string()).collect();
        if earlier {
            years.insert(0, format!("to {}", from - 1));
        }
        let counts = committees.iter().flat_map(|listed| &listed.years);
        let most = counts.filter(|(year, _)| *year >= from).map(|(_, n)| *n).max().unwrap_or(1);
        let row = |listed: &Listed| {
            let before = listed.years.iter().filter(|(year, _)| *year < from).map(|(_, n)| n).sum();
            let mut cells = Vec::new();
            if earlier {
                cells.push(Cell::new(listed, None, before, from, most));
            }
            for year in from..=last.year() {
                let count = listed.years.iter().find(|(y, _)| *y == year).map_or(0, |(_, n)| *n);
                cells.push(Cell::new(listed, Some(year), count, from, most));
            }
            (listed.label.clone(), links::committee(&listed.slug), cells)
        };
        Self { years, rows: committees.iter().map(row).collect() }
    }
}

impl Cell {
    fn new(listed: &Listed, year: Option<i16>, count: usize, from: i16, most: usize) -> Self {
        let mut filters = Filters { committee: vec![listed.slug.clone()], ..Filters::default() };
        match year {
            Some(year) => filters.year = vec![year],
            None => filters.to = jiff::civil::Date::new(from - 1, 12, 31).ok(),
        }
        let when = year.map_or_else(|| format!("before {from}"), |year| format!("in {year}"));
        Self {
            count,
            shade: u8::try_from((count * 3).div_ceil(most.max(1))).unwrap_or(3).min(3),
            href: links::search(&Search { filters, ..Search::default() }),
            said: format!(
                "{}, {when}: {}",
                listed.label,
                words::count(count, "meeting", "meetings")
            ),
        }
    }
}
