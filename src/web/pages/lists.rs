//! The lists: every committee, role, topic and council, by name.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use minutebook_index::{Index, Listed};

use super::listed::span;
use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::error::WebError;
use crate::web::state::App;
use crate::web::{links, words};

#[derive(Template)]
#[template(path = "list.html", config = ".config/askama.toml")]
struct ListPage {
    frame: Frame,
    heading: &'static str,
    lead: &'static str,
    groups: Vec<(String, Vec<Entry>)>,
    total: String,
}

struct Entry {
    label: String,
    href: String,
    count: String,
    span: String,
}

/// Every committee.
pub(crate) async fn committees(
    State(app): State<App>,
    Base(base): Base,
) -> Result<Response, WebError> {
    let all = app.ask(Index::committees).await?;
    let lead = "The bodies whose minutes are held, as they are named in them.";
    render(&list(&app, &base, "Committees", "/committees", lead, all, links::committee, true))
}

/// Every role.
pub(crate) async fn roles(State(app): State<App>, Base(base): Base) -> Result<Response, WebError> {
    let all = app.ask(Index::roles).await?;
    let lead = "Offices people hold, as the minutes print them: who advised, presented, spoke or was given a power. Posts, not people.";
    render(&list(&app, &base, "Roles", "/roles", lead, all, links::role, false))
}

/// Every topic in use.
pub(crate) async fn topics(State(app): State<App>, Base(base): Base) -> Result<Response, WebError> {
    let all = app.ask(Index::topics).await?;
    let lead = "What items are about, from a published vocabulary. A wider topic counts its narrower ones.";
    render(&list(&app, &base, "Topics", "/topics", lead, all, links::topic, false))
}

/// Every council.
pub(crate) async fn councils(
    State(app): State<App>,
    Base(base): Base,
) -> Result<Response, WebError> {
    let all = app.ask(Index::councils).await?;
    let lead = "The councils whose minutes are held.";
    render(&list(&app, &base, "Councils", "/councils", lead, all, links::council, true))
}

/// The letter a name is looked up under.
fn letter(label: &str) -> String {
    let words = minutebook_index::analysis::words(label);
    let first = words.first().and_then(|word| word.chars().next());
    first.map_or_else(|| "–".to_owned(), |c| c.to_uppercase().collect())
}

#[expect(clippy::too_many_arguments, reason = "four lists differ in just these")]
fn list(
    app: &App,
    base: &str,
    heading: &'static str,
    path: &'static str,
    lead: &'static str,
    all: Vec<Listed>,
    href: fn(&str) -> String,
    meetings: bool,
) -> ListPage {
    let total = words::count(all.len(), "entry", "entries");
    let mut groups: Vec<(String, Vec<Entry>)> = Vec::new();
    for listed in all {
        let letter = letter(&listed.label);
        let items = words::count(listed.items, "item", "items");
        let count = if meetings {
            format!("{}, {items}", words::count(listed.meetings, "meeting", "meetings"))
        } else {
            items
        };
        let entry =
            Entry { href: href(&listed.slug), span: span(&listed), label: listed.label, count };
        match groups.last_mut() {
            Some((last, entries)) if *last == letter => entries.push(entry),
            _ => groups.push((letter, vec![entry])),
        }
    }
    let section = path.trim_start_matches('/');
    let crumbs = vec![Crumb::new("Home", "/"), Crumb::here(heading)];
    ListPage {
        frame: Frame::new(app, base, heading).at(path).within(section, crumbs),
        heading,
        lead,
        groups,
        total,
    }
}
