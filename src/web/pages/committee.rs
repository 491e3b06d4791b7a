//! A committee's page: its meetings, its decisions, the names it has had, what it is still owed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use minutebook_index::results::Hit;
use minutebook_index::search::{Filters, Sort};
use minutebook_index::{Index, Listed, ListedMeeting, Results, Search};
use minutebook_record::Status;

use super::search::{Card, Chip};
use super::{Crumb, Feed, Frame, render};
use crate::web::api::Base;
use crate::web::chart::Timeline;
use crate::web::error::WebError;
use crate::web::settings::Settings;
use crate::web::state::App;
use crate::web::{held, links, words};

/// How many of the newest items with decisions are shown as cards.
const ITEMS: usize = 8;
/// How many items are read for open requests, newest first.
const READ_FOR_REQUESTS: usize = 60;
/// How many open requests are shown.
const REQUESTS: usize = 10;

#[derive(Template)]
#[template(path = "committee.html", config = ".config/askama.toml")]
struct CommitteePage {
    frame: Frame,
    name: String,
    lead: String,
    lineage: Vec<Chip>,
    timeline: Option<Timeline>,
    year_href: String,
    years: Vec<(String, Vec<MeetingRow>)>,
    cards: Vec<Card>,
    requests: Vec<OpenRequest>,
    facets: Vec<(&'static str, Vec<Chip>)>,
    all: String,
    decisions: String,
    feed: String,
}

struct MeetingRow {
    href: String,
    day: String,
    machine: Option<String>,
    items: String,
    note: Option<&'static str>,
    printed: Option<String>,
}

struct OpenRequest {
    text: String,
    by: Option<String>,
    due: Option<String>,
    href: String,
    from: String,
}

/// What the index is asked for one page.
struct Asked {
    listed: Listed,
    kin: Vec<Listed>,
    meetings: Vec<ListedMeeting>,
    results: Results,
    requests: Vec<OpenRequest>,
}

/// A committee's page.
pub(crate) async fn committee(
    State(app): State<App>,
    Base(base): Base,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let settings = app.settings().clone();
    let asked = app.ask(move |index| ask(index, &settings, &slug)).await??;
    render(&page(&app, &base, asked))
}

fn ask(index: &Index, settings: &Settings, slug: &str) -> Result<Asked, WebError> {
    let all = index.committees();
    let listed = held::listed(all.clone(), slug, "committee")?;
    let same_line = |other: &Listed| {
        other.slug != listed.slug && listed.lineage.is_some() && other.lineage == listed.lineage
    };
    let kin = all.into_iter().filter(same_line).collect();
    let search = Search { per_page: READ_FOR_REQUESTS, ..search_of(slug) };
    let mut results = held::search(index, &search)?;
    let requests = requests(index, settings, &results.hits)?;
    if results.hits.iter().any(|hit| !hit.resolutions.is_empty()) {
        results.hits.retain(|hit| !hit.resolutions.is_empty());
    }
    results.hits.truncate(ITEMS);
    Ok(Asked {
        kin,
        meetings: held::meetings(index, settings, Some(slug))?,
        results,
        requests,
        listed,
    })
}

fn search_of(slug: &str) -> Search {
    let filters = Filters { committee: vec![slug.to_owned()], ..Filters::default() };
    Search { filters, sort: Sort::Newest, ..Search::default() }
}

/// What was asked for in the newest items and is to come back.
fn requests(
    index: &Index,
    settings: &Settings,
    hits: &[Hit],
) -> Result<Vec<OpenRequest>, WebError> {
    let mut open = Vec::new();
    for hit in hits {
        if open.len() >= REQUESTS {
            break;
        }
        if settings.withholds(&hit.id, &hit.meeting) {
            continue;
        }
        let item = match held::item(index, settings, &hit.id) {
            Ok(held) => held.item,
            // Gone since the search: the rest of the page is as good as before.
            Err(WebError::NotFound(_) | WebError::Gone(_)) => continue,
            Err(error) => return Err(error),
        };
        let anchors = item.anchors();
        for request in &item.requests {
            let anchor = request.passage.and_then(|at| anchors.get(at));
            open.push(OpenRequest {
                text: request.text.clone(),
                by: request.by.clone(),
                due: request.due_date.map(words::day).or_else(|| request.due.clone()),
                href: links::item_at(&item.id, "", anchor.map(String::as_str)),
                from: hit.date.map_or_else(|| item.title.clone(), words::day),
            });
        }
    }
    open.truncate(REQUESTS);
    Ok(open)
}

fn page(app: &App, base: &str, asked: Asked) -> CommitteePage {
    let Asked { listed, kin, meetings, results, requests } = asked;
    let path = links::committee(&listed.slug);
    let feed = format!("{path}/feed.atom");
    let mut crumbs = vec![Crumb::new("Home", "/")];
    if let Some(council) = meetings.iter().find_map(|meeting| meeting.council.as_ref()) {
        crumbs.push(Crumb::new(council.label.clone(), links::council(&council.slug)));
    }
    crumbs.push(Crumb::here(listed.label.clone()));
    let mut frame =
        Frame::new(app, base, listed.label.clone()).at(&path).within("committees", crumbs);
    frame.feeds = vec![Feed { title: format!("New items: {}", listed.label), href: feed.clone() }];
    let search = search_of(&listed.slug);
    let chip = |kin: &Listed| Chip {
        label: kin.label.clone(),
        href: links::committee(&kin.slug),
        more: Some(super::listed::span(kin)),
    };
    // On its own page the committee need not be named on every card.
    let card = |hit: &Hit| Card {
        committee: Chip::default(),
        ..Card::of_decisions(hit, false, app.settings())
    };
    let in_decisions =
        Search { scope: minutebook_index::search::Scope::Resolution, ..search.clone() };
    CommitteePage {
        lead: format!(
            "{} with {}, {}.",
            words::count(listed.meetings, "meeting", "meetings"),
            words::count(listed.items, "item", "items"),
            super::listed::span(&listed)
        ),
        lineage: kin.iter().map(chip).collect(),
        timeline: Timeline::new(&listed.years, "Meetings"),
        year_href: format!("{}&year=", links::search(&search)),
        years: by_year(&listed.label, &meetings),
        cards: results.hits.iter().map(card).collect(),
        facets: super::listed::facets_of_committee(&search, &results),
        requests,
        all: links::search(&search),
        decisions: links::search(&in_decisions),
        feed,
        name: listed.label,
        frame,
    }
}

fn by_year(name: &str, meetings: &[ListedMeeting]) -> Vec<(String, Vec<MeetingRow>)> {
    let mut years: Vec<(String, Vec<MeetingRow>)> = Vec::new();
    for meeting in meetings {
        let year =
            meeting.date.map_or_else(|| "Undated".to_owned(), |date| date.year().to_string());
        let row = MeetingRow {
            href: links::meeting(&meeting.id),
            day: meeting.date.map_or_else(|| "Undated meeting".to_owned(), words::day),
            machine: meeting.date.map(|date| date.to_string()),
            items: words::count(meeting.items.len(), "item", "items"),
            note: match meeting.status {
                Status::Approved => None,
                Status::Draft => Some("Draft"),
                Status::Agenda => Some("Agenda only"),
                Status::Cancelled => Some("Cancelled"),
            },
            printed: (meeting.printed != name).then(|| meeting.printed.clone()),
        };
        match years.last_mut() {
            Some((last, rows)) if *last == year => rows.push(row),
            _ => years.push((year, vec![row])),
        }
    }
    years
}
