//! Citing an item or one clause of it: a page to copy from, and the same as files.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{Crumb, Frame, render};
use crate::web::api::Base;
use crate::web::cite::{Citation, Citations};
use crate::web::error::WebError;
use crate::web::params::Raw;
use crate::web::state::App;
use crate::web::view::ItemView;
use crate::web::{held, links};

#[derive(Template)]
#[template(path = "cite.html", config = ".config/askama.toml")]
struct CitePage {
    frame: Frame,
    title: String,
    quoted: Option<String>,
    item: String,
    citations: Citations,
    files: Vec<(&'static str, String)>,
}

/// The page of citations; `?clause=` names one decision by its anchor.
pub(crate) async fn cite(
    State(app): State<App>,
    Base(base): Base,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let (view, anchor) = item_and_clause(&app, base.clone(), id, query).await?;
    let clause = view.resolutions.iter().find(|clause| Some(&clause.anchor) == anchor.as_ref());
    let crumbs = vec![
        Crumb::new("Home", "/"),
        Crumb::new(view.title.clone(), links::item(&view.id)),
        Crumb::here("Cite"),
    ];
    let frame = Frame::new(&app, &base, format!("Cite: {}", view.title))
        .at(links::cite(&view.id, anchor.as_deref()))
        .within("", crumbs);
    let file = |label, ending| (label, links::cite_file(&view.id, anchor.as_deref(), ending));
    let page = CitePage {
        frame: Frame { noindex: true, ..frame },
        quoted: clause.map(|clause| clause.text.clone()),
        item: clause.map_or_else(
            || links::item(&view.id),
            |c| links::item_at(&view.id, "", Some(&c.anchor)),
        ),
        citations: Citation::new(&view, clause).all(),
        files: vec![
            file("Text", "txt"),
            file("Markdown", "md"),
            file("BibTeX", "bib"),
            file("CSL-JSON", "json"),
        ],
        title: view.title.clone(),
    };
    render(&page)
}

/// One form of the citation, as a file.
pub(crate) async fn file(
    State(app): State<App>,
    Base(base): Base,
    Path((id, ending)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let (view, anchor) = item_and_clause(&app, base, id, query).await?;
    let clause = view.resolutions.iter().find(|clause| Some(&clause.anchor) == anchor.as_ref());
    let citation = Citation::new(&view, clause);
    let (kind, words) = match ending.as_str() {
        "cite.txt" => ("text/plain; charset=utf-8", citation.text()),
        "cite.md" => ("text/markdown; charset=utf-8", citation.markdown()),
        "cite.bib" => ("application/x-bibtex; charset=utf-8", citation.bibtex()),
        "cite.json" => ("application/vnd.citationstyles.csl+json", citation.csl()),
        _ => return Err(WebError::NotFound("page")),
    };
    Ok(([(header::CONTENT_TYPE, kind)], words).into_response())
}

async fn item_and_clause(
    app: &App,
    base: String,
    id: String,
    query: Option<String>,
) -> Result<(ItemView, Option<String>), WebError> {
    let raw = Raw::parse(&query.unwrap_or_default());
    let anchor = raw.first("clause").map(str::to_owned);
    let settings = app.settings().clone();
    let view = app
        .ask(move |index| held::item(index, &settings, &id).map(|held| held.view(&base)))
        .await??;
    match &anchor {
        Some(anchor) if !view.resolutions.iter().any(|clause| clause.anchor == *anchor) => {
            Err(WebError::NotFound("decision"))
        }
        _ => Ok((view, anchor)),
    }
}
