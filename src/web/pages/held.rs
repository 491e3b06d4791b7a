//! What is held: meetings by committee and year, how fresh, what could not be read, what failed, what is withheld.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use minutebook_index::results::Coverage;
use minutebook_index::search::Filters;
use minutebook_index::{Listed, Search, Unreadable};

use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::error::WebError;
use crate::web::health::FailingPage;
use crate::web::state::App;
use crate::web::{held, links, words};

/// The most years a table shows; earlier ones are added up in one column.
const MOST_YEARS: i16 = 24;
/// The most documents without text that are named; all are counted.
const MOST_DOCUMENTS: usize = 200;

#[derive(Template)]
#[template(path = "held.html", config = ".config/askama.toml")]
struct HeldPage {
    frame: Frame,
    sentence: String,
    fetched: Option<String>,
    undated: usize,
    unreadable: usize,
    scanned: Vec<ScannedRow>,
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

/// A meeting or an item of which only a document without text was published.
struct ScannedRow {
    label: String,
    href: String,
    what: String,
    document: String,
}

struct SiteRow {
    name: String,
    site: String,
    last: Option<String>,
    pages: String,
    waiting: Option<String>,
    failures: Vec<(String, String)>,
    failing: u64,
    named: Vec<FailingRow>,
}

struct FailingRow {
    url: String,
    why: String,
}

/// What is held.
pub(crate) async fn held(State(app): State<App>, Base(base): Base) -> Result<Response, WebError> {
    let asking = app.clone();
    let (coverage, committees, scanned, sites) = app
        .ask(move |index| {
            let coverage = held::coverage(index)?;
            let scanned = held::unreadable(index, asking.settings())?;
            Ok::<_, WebError>((coverage, index.committees(), scanned, asking.health().sites()))
        })
        .await??;
    let crumbs = vec![Crumb::new("Home", "/"), Crumb::here("What is held")];
    let site = |site: crate::web::health::SiteHealth| SiteRow {
        name: site.council.unwrap_or_else(|| site.site.clone()),
        site: site.site,
        last: site.last_crawl.map(words::moment),
        pages: words::count(usize::try_from(site.pages).unwrap_or(usize::MAX), "page", "pages"),
        waiting: (site.waiting > 0).then(|| words::thousands(site.waiting)),
        failures: site
            .failures
            .into_iter()
            .map(|(why, n)| (words::outcome(&why).to_owned(), words::thousands(n)))
            .collect(),
        failing: site.failing,
        named: site.named.into_iter().map(FailingRow::new).collect(),
    };
    let page = HeldPage {
        frame: Frame::new(&app, &base, "What is held").at("/held").within("held", crumbs),
        sentence: super::home::sentence(&(&coverage).into()),
        fetched: coverage.fetched.map(words::moment),
        undated: coverage.undated,
        unreadable: coverage.unreadable,
        scanned: scanned.into_iter().take(MOST_DOCUMENTS).map(ScannedRow::new).collect(),
        withheld: app.settings().withheld.count(),
        generation: coverage.generation,
        map: HeatMap::new(&coverage, &committees),
        sites: sites.into_iter().map(site).collect(),
    };
    render(&page)
}

impl ScannedRow {
    fn new(unread: Unreadable) -> Self {
        let day = unread.date.map_or_else(|| "undated".to_owned(), words::day);
        let (href, what) = match unread.item {
            Some((id, title)) => (links::item(&id), title),
            None => (links::meeting(&unread.meeting), "the minutes of the meeting".to_owned()),
        };
        let label = format!("{}, {day}", unread.committee.label);
        Self { label, href, what, document: unread.document }
    }
}

impl FailingRow {
    fn new(page: FailingPage) -> Self {
        let mut why = words::outcome(&page.outcome).to_owned();
        if let Some(reason) = page.reason {
            why = format!("{why} ({reason})");
        }
        if page.held {
            why.push_str("; an earlier version is held");
        }
        Self { url: page.url, why }
    }
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
