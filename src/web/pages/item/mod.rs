//! The item page: the text in reading order, decisions set apart, where it comes from, how to cite it, and ways on.

mod blocks;
mod linked;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use minutebook_index::{Index, Search};
use minutebook_record::vocabulary::Topics;
use minutebook_record::{Standing, Status};

use blocks::{Block, Blocks};
pub(crate) use linked::drop_nulls;

use super::search::{Card, Chip};
use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::cite::{Citation, Citations};
use crate::web::error::WebError;
use crate::web::held::{self, HeldItem};
use crate::web::params::Raw;
use crate::web::settings::Settings;
use crate::web::state::App;
use crate::web::view::{
    DocumentView, DoubtView, NeighbourView, ReferenceView, RequestView, VoteView,
};
use crate::web::{links, words};

/// How many similar items are offered.
const SIMILAR: usize = 5;

#[derive(Template)]
#[template(path = "item.html", config = ".config/askama.toml")]
struct ItemPage {
    frame: Frame,
    id: String,
    title: String,
    number: Option<String>,
    committee: Chip,
    council: Option<String>,
    meeting: String,
    date: Option<(String, String)>,
    status: Status,
    restricted: bool,
    language: Option<String>,
    blocks: Vec<Block>,
    decisions: Vec<Jump>,
    matches: Vec<Jump>,
    query: String,
    back: String,
    topics: Vec<Chip>,
    roles: Vec<Chip>,
    documents: Vec<DocumentView>,
    votes: Vec<VoteView>,
    requests: Vec<RequestView>,
    references: Vec<ReferenceView>,
    doubts: Vec<DoubtView>,
    source_url: String,
    /// What the words were read from, where that is not the page itself.
    read_from: Option<String>,
    fetched: Option<String>,
    sha256: Option<String>,
    first_seen: Option<String>,
    citations: Citations,
    cite_href: String,
    previous: Option<NeighbourView>,
    next: Option<NeighbourView>,
    similar: Vec<Card>,
}

/// A link within the page.
struct Jump {
    href: String,
    label: String,
}

/// What the index is asked for one page.
struct Held {
    item: HeldItem,
    blocks: Blocks,
    similar: Vec<minutebook_index::results::Hit>,
}

/// An item's page; with `?q=` the words of a search are marked in it.
pub(crate) async fn item(
    State(app): State<App>,
    Base(base): Base,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let raw = Raw::parse(&query.unwrap_or_default());
    let text = raw.first("q").unwrap_or_default().to_owned();
    let settings = app.settings().clone();
    let asked = text.clone();
    let held = app.ask(move |index| ask(index, &settings, &id, &asked)).await??;
    render(&page(&app, &base, &held, text))
}

fn ask(index: &Index, settings: &Settings, id: &str, text: &str) -> Result<Held, WebError> {
    let item = held::item(index, settings, id)?;
    let marker = (!text.trim().is_empty()).then(|| index.marker(&Search::words(text)));
    let mark = |words: &str| marker.as_ref().map_or_else(Vec::new, |marker| marker.mark(words));
    let blocks = Blocks::new(&item.item, mark);
    let similar = held::more_like(index, id, SIMILAR)?;
    Ok(Held { item, blocks, similar })
}

fn page(app: &App, base: &str, held: &Held, text: String) -> ItemPage {
    let view = held.item.view(base);
    let (item, meeting) = (&held.item.item, &held.item.meeting);
    let committee = Chip {
        label: view.committee.name.clone(),
        href: links::committee(&view.committee.slug),
        more: None,
    };
    let date = meeting.date.map(|date| (date.to_string(), words::day(date)));
    let citation = Citation::new(&view, None);
    let jump = |(at, anchor): (usize, &String)| Jump {
        href: format!("#{anchor}"),
        label: (at + 1).to_string(),
    };
    let similar =
        held.similar.iter().filter(|hit| !app.settings().withholds(&hit.id, &hit.meeting));
    ItemPage {
        frame: frame(app, base, held, &view, &text),
        id: item.id.clone(),
        title: if held.blocks.title.is_empty() {
            escaped(&item.title)
        } else {
            held.blocks.title.clone()
        },
        number: item.number.clone(),
        committee,
        council: view.council.clone(),
        meeting: links::meeting(&meeting.id),
        date,
        status: meeting.status,
        restricted: item.standing == Standing::Restricted,
        language: meeting.language.clone().filter(|language| language != "en"),
        decisions: held
            .blocks
            .decisions()
            .map(|(anchor, label)| Jump { href: format!("#{anchor}"), label })
            .collect(),
        matches: held.blocks.matches.iter().enumerate().map(jump).collect(),
        blocks: held.blocks.paragraphs.clone(),
        back: links::search(&Search::words(text.clone())),
        query: text,
        topics: item.topics().iter().map(|slug| topic(slug)).collect(),
        roles: roles(item),
        read_from: view.source.url.clone().filter(|from| *from != view.source_url),
        fetched: item
            .source
            .as_ref()
            .and_then(|s| s.fetched_at)
            .or(meeting.source.fetched_at)
            .map(words::moment),
        sha256: view.source.sha256.clone(),
        first_seen: held.item.first_seen.map(words::moment_day),
        citations: citation.all(),
        cite_href: links::cite(&item.id, None),
        similar: similar.map(|hit| Card::new(hit, "", true, app.settings())).collect(),
        source_url: view.source_url,
        documents: view.documents,
        votes: view.votes,
        requests: view.requests,
        references: view.references,
        doubts: view.doubts,
        previous: view.previous,
        next: view.next,
    }
}

fn escaped(words: &str) -> String {
    let piece = minutebook_index::results::Piece { text: words.to_owned(), marked: false };
    minutebook_index::results::Snippet { pieces: vec![piece], ..Default::default() }.html()
}

fn frame(
    app: &App,
    base: &str,
    held: &Held,
    view: &crate::web::view::ItemView,
    text: &str,
) -> Frame {
    let when = held.item.meeting.date.map(words::day);
    let number = view.number.as_deref().map(|number| format!("{number}. ")).unwrap_or_default();
    let place: Vec<String> =
        [Some(view.committee.name.clone()), when.clone()].into_iter().flatten().collect();
    let title = format!("{number}{} – {}", view.title, place.join(", "));
    let mut crumbs = vec![
        Crumb::new("Home", "/"),
        Crumb::new(view.committee.name.clone(), links::committee(&view.committee.slug)),
        Crumb::new(
            when.unwrap_or_else(|| "Undated meeting".to_owned()),
            links::meeting(&view.meeting),
        ),
    ];
    if let Some(council) = &held.item.council {
        crumbs.insert(1, Crumb::new(council.label.clone(), links::council(&council.slug)));
    }
    crumbs.push(Crumb::here(match &view.number {
        Some(number) => format!("Item {number}"),
        None => "This item".to_owned(),
    }));
    let mut frame = Frame::new(app, base, title).at(links::item(&view.id)).within("", crumbs);
    let about = view.resolutions.first().map(|r| r.text.as_str());
    let about =
        about.or_else(|| view.passages.first().map(|p| p.text.as_str())).unwrap_or_default();
    frame.about = about.chars().take(200).collect();
    text.clone_into(&mut frame.query);
    frame.set_linked(&linked::item(view, app.settings(), base));
    frame
}

fn topic(slug: &str) -> Chip {
    Chip { label: Topics::in_use().label(slug), href: links::topic(slug), more: None }
}

/// Each post once, with all the ways it appears.
fn roles(item: &minutebook_record::Item) -> Vec<Chip> {
    let mut slugs: Vec<&str> = Vec::new();
    for mention in item.roles() {
        if !slugs.contains(&mention.slug.as_str()) {
            slugs.push(&mention.slug);
        }
    }
    let chip = |slug: &str| {
        let own = || item.roles().iter().filter(|mention| mention.slug == slug);
        let longest = |plain: bool| {
            let some = own().filter(|mention| !plain || mention.qualifier.is_none());
            some.map(|mention| mention.printed.as_str()).max_by_key(|printed| printed.len())
        };
        Chip {
            label: longest(true).or_else(|| longest(false)).unwrap_or(slug).to_owned(),
            href: links::role(slug),
            more: super::search::ways(item.roles(), slug),
        }
    };
    slugs.into_iter().map(chip).collect()
}
