//! A meeting's page: where and when, its items with what was decided, who was there, its papers.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use minutebook_record::vocabulary::Topics;
use minutebook_record::{Item, Meeting, Standing, Status};
use serde_json::json;

use super::search::{Chip, Kinded};
use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::view::MeetingView;
use crate::web::{held, links, words};

#[derive(Template)]
#[template(path = "meeting.html", config = ".config/askama.toml")]
struct MeetingPage {
    frame: Frame,
    view: MeetingView,
    committee: String,
    day: Option<String>,
    time: Option<String>,
    status: Status,
    items: Vec<Row>,
    attendance: Vec<(String, Vec<String>)>,
    fetched: Option<String>,
}

struct Row {
    number: Option<String>,
    title: String,
    href: String,
    restricted: bool,
    routine: bool,
    decisions: Vec<Kinded>,
    topics: Vec<Chip>,
}

/// A meeting's page.
pub(crate) async fn meeting(
    State(app): State<App>,
    Base(base): Base,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let settings = app.settings().clone();
    let meeting = app.ask(move |index| held::meeting(index, &settings, &id)).await??;
    let view = MeetingView::new(&meeting, &base);
    let day = meeting.date.map(words::day);
    let committee = links::committee(&view.committee.slug);
    let title = match &day {
        Some(day) => format!("{}, {day}", view.committee.name),
        None => format!("{}, undated", view.committee.name),
    };
    let mut crumbs = vec![Crumb::new("Home", "/")];
    if let Some(council) = &view.council {
        crumbs.push(Crumb::new(
            council.clone(),
            links::council(&minutebook_record::id::slug(council)),
        ));
    }
    crumbs.push(Crumb::new(view.committee.name.clone(), committee.clone()));
    crumbs.push(Crumb::here(day.clone().unwrap_or_else(|| "Undated meeting".to_owned())));
    let mut frame = Frame::new(&app, &base, title).at(links::meeting(&view.id)).within("", crumbs);
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": view.url,
        "name": format!("Meeting of {}", view.committee.name),
        "startDate": view.date,
        "location": view.venue,
        "url": view.url,
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": view.committee.name,
            "parentOrganization": view.council.as_ref().map(|name| json!({ "@type": "GovernmentOrganization", "name": name })),
        },
        "workFeatured": { "@type": "Report", "name": "Minutes", "isBasedOn": view.source_url, "url": view.url },
    });
    super::item::drop_nulls(&mut data);
    frame.set_linked(&data);
    let page = MeetingPage {
        frame,
        committee,
        day,
        time: meeting.time.as_deref().map(words::time),
        status: meeting.status,
        items: meeting.items.iter().map(row).collect(),
        attendance: attendance(&meeting),
        fetched: meeting.source.fetched_at.map(words::moment),
        view,
    };
    render(&page)
}

fn row(item: &Item) -> Row {
    let topic = |slug: &String| Chip {
        label: Topics::in_use().label(slug),
        href: links::topic(slug),
        more: None,
    };
    let mut decisions: Vec<Kinded> = Vec::new();
    for resolution in item.resolutions() {
        let kind = Kinded::from(resolution.kind);
        if !decisions.iter().any(|known| known.word == kind.word) {
            decisions.push(kind);
        }
    }
    Row {
        number: item.number.clone(),
        title: item.title.clone(),
        href: links::item(&item.id),
        restricted: item.standing == Standing::Restricted,
        routine: item.procedural.unwrap_or_default(),
        decisions,
        topics: item.topics().iter().take(3).map(topic).collect(),
    }
}

/// Names under how they were there, in the order of the printed list.
fn attendance(meeting: &Meeting) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for person in &meeting.attendance {
        let how = words::attendance(person.status).to_owned();
        let name = match &person.role {
            Some(role) => format!("{} ({role})", person.name),
            None => person.name.clone(),
        };
        match groups.iter_mut().find(|(known, _)| *known == how) {
            Some((_, names)) => names.push(name),
            None => groups.push((how, vec![name])),
        }
    }
    groups
}
