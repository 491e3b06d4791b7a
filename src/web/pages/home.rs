//! The front page: the box, and what is held.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use minutebook_index::Search;
use minutebook_index::search::{Filters, Sort};
use minutebook_record::Kind;
use serde_json::json;

use super::search::Card;
use super::{Feed, Frame, render};
use crate::web::api::Base;
use crate::web::chart::Timeline;
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::view::{CoverageView, FacetView, FacetsView};
use crate::web::{held, links, words};

#[derive(Template)]
#[template(path = "home.html", config = ".config/askama.toml")]
struct HomePage {
    frame: Frame,
    coverage: String,
    fetched: Option<String>,
    topics: Vec<FacetView>,
    committees: Vec<FacetView>,
    newest: Vec<Card>,
    timeline: Option<Timeline>,
    year_href: String,
}

/// The front page.
pub(crate) async fn home(State(app): State<App>, Base(base): Base) -> Result<Response, WebError> {
    let decided = Filters { kind: Kind::ALL.to_vec(), ..Filters::default() };
    let newest = Search { sort: Sort::Newest, per_page: 5, ..Search::default() };
    let (results, latest) = app
        .ask(move |index| {
            let decisions = Search { filters: decided, ..newest.clone() };
            Ok::<_, WebError>((held::search(index, &newest)?, held::search(index, &decisions)?))
        })
        .await??;
    let facets = FacetsView::from(&results.facets);
    let mut frame = Frame::new(&app, &base, "").at("/").within("search", Vec::new());
    frame.box_in_header = false;
    "Search council minutes: who decided what, when, and on whose advice."
        .clone_into(&mut frame.about);
    let newest = Search { sort: Sort::FirstSeen, ..Search::default() };
    frame.feeds = vec![Feed {
        title: "Newly published items".to_owned(),
        href: links::search_file(&newest, "atom"),
    }];
    frame.set_linked(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": frame.site,
        "url": format!("{base}/"),
        "inLanguage": "en-GB",
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{base}/search?q={{search_term_string}}") },
            "query-input": "required name=search_term_string"
        }
    }));
    let first = |facet: Vec<FacetView>| facet.into_iter().take(12).collect();
    let several = results.coverage.councils.len() > 1;
    let cards = latest.hits.iter().map(|hit| Card::of_decisions(hit, several, app.settings()));
    let page = HomePage {
        coverage: sentence(&(&results.coverage).into()),
        fetched: results.coverage.fetched.map(words::moment),
        topics: first(facets.topic),
        committees: first(facets.committee),
        newest: cards.collect(),
        timeline: Timeline::new(&by_year(&results.facets.year), "Items"),
        year_href: "/years/".to_owned(),
        frame,
    };
    render(&page)
}

/// Items a year, for the chart.
fn by_year(years: &[minutebook_index::results::FacetCount]) -> Vec<(i16, usize)> {
    years.iter().filter_map(|year| Some((year.value.parse().ok()?, year.count))).collect()
}

/// What is held, in one sentence.
pub(crate) fn sentence(coverage: &CoverageView) -> String {
    if coverage.items == 0 {
        return "Nothing is held yet: no minutes have been collected.".to_owned();
    }
    let names: Vec<String> = coverage.councils.iter().map(|council| council.name.clone()).collect();
    let of = match names.len() {
        0 => String::new(),
        1..=3 => format!(" of {}", words::list(&names)),
        many => format!(" of {many} councils"),
    };
    let day = |date: &Option<String>| date.as_deref().and_then(|d| d.parse().ok()).map(words::day);
    let span = match (day(&coverage.first), day(&coverage.last)) {
        (Some(first), Some(last)) => format!(", from {first} to {last}"),
        _ => String::new(),
    };
    format!(
        "{} from {}{of}{span}",
        words::count(coverage.items, "item", "items"),
        words::count(coverage.meetings, "meeting", "meetings"),
    )
}
