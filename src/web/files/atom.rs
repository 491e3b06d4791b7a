//! Atom feeds (RFC 4287) of a search, a committee, a topic or a role: the newest items by when they were first seen, so that a feed is an alert.

use std::fmt::Write as _;

use axum::extract::{OriginalUri, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use minutebook_index::results::Hit;
use minutebook_index::search::{Filters, Sort};
use minutebook_index::{Index, Listed, Results, Search};

use crate::web::api::{Base, StrictSearch};
use crate::web::error::WebError;
use crate::web::settings::Settings;
use crate::web::state::App;
use crate::web::xml::escape;
use crate::web::{held, links, words};

/// How many items a feed has.
const ENTRIES: usize = 50;

/// What a feed says of itself.
struct About {
    title: String,
    page: String,
    this: String,
}

/// The feed of a search.
pub(crate) async fn search(
    State(app): State<App>,
    Base(base): Base,
    StrictSearch(search): StrictSearch,
) -> Result<Response, WebError> {
    let search = Search { sort: Sort::FirstSeen, page: 1, per_page: ENTRIES, ..search };
    let plain = Search { per_page: Search::default().per_page, ..search.clone() };
    let title = match search.text.trim() {
        "" => "New items".to_owned(),
        text => format!("New items for “{text}”"),
    };
    let about = About {
        title,
        page: links::search(&Search { sort: Sort::Newest, ..plain.clone() }),
        this: links::search_file(&plain, "atom"),
    };
    // Whoever follows a feed wants to hear of what was asked for, not of what is a little like it.
    let search = search.exactly();
    let results = app.ask(move |index| held::search(index, &search)).await??;
    Ok(answer(&app, &base, &about, &results))
}

/// The feed of a committee.
pub(crate) async fn committee(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, WebError> {
    let filters = Filters { committee: vec![slug.clone()], ..Filters::default() };
    let page = links::committee(&slug);
    one(state, base, uri.path(), page, (Index::committees, slug, "committee"), filters).await
}

/// The feed of a topic.
pub(crate) async fn topic(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, WebError> {
    let filters = Filters { topic: vec![slug.clone()], ..Filters::default() };
    let page = links::topic(&slug);
    one(state, base, uri.path(), page, (Index::topics, slug, "topic"), filters).await
}

/// The feed of a role.
pub(crate) async fn role(
    state: State<App>,
    base: Base,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, WebError> {
    let filters = Filters { role: vec![slug.clone()], ..Filters::default() };
    let page = links::role(&slug);
    one(state, base, uri.path(), page, (Index::roles, slug, "role"), filters).await
}

/// A list of the index, what is wanted of it, and what that is called.
type Wanted = (fn(&Index) -> Vec<Listed>, String, &'static str);

async fn one(
    State(app): State<App>,
    Base(base): Base,
    path: &str,
    page: String,
    (list, slug, thing): Wanted,
    filters: Filters,
) -> Result<Response, WebError> {
    let search = Search { filters, sort: Sort::FirstSeen, per_page: ENTRIES, ..Search::default() };
    let (listed, results) = app
        .ask(move |index| {
            let listed = held::listed(list(index), &slug, thing)?;
            Ok::<_, WebError>((listed, held::search(index, &search)?))
        })
        .await??;
    let about =
        About { title: format!("New items: {}", listed.label), page, this: path.to_owned() };
    Ok(answer(&app, &base, &about, &results))
}

fn answer(app: &App, base: &str, about: &About, results: &Results) -> Response {
    let xml = feed(app.settings(), base, about, results);
    ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response()
}

fn feed(settings: &Settings, base: &str, about: &About, results: &Results) -> String {
    let hits = results.hits.iter().filter(|hit| !settings.withholds(&hit.id, &hit.meeting));
    let newest = results.hits.iter().filter_map(|hit| hit.first_seen).max();
    let updated = newest.or(results.coverage.fetched).unwrap_or(Timestamp::UNIX_EPOCH);
    let site = escape(&settings.site_name);
    let this = escape(&format!("{base}{}", about.this));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n\
         <title>{} – {site}</title>\n<id>{this}</id>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{this}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<author><name>{site}</name></author>\n",
        escape(&about.title),
        escape(&format!("{base}{}", about.page)),
    );
    for hit in hits {
        entry(&mut xml, base, hit, updated);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, base: &str, hit: &Hit, fallback: Timestamp) {
    let url = escape(&format!("{base}{}", links::item(&hit.id)));
    let seen = hit.first_seen.unwrap_or(fallback);
    let when = hit.date.map_or_else(|| "undated".to_owned(), words::day);
    let place = format!("{}, {when}", hit.committee.label);
    let council = hit.council.as_ref().map_or(&hit.committee.label, |council| &council.label);
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        "<entry>\n<title>{}</title>\n<id>{url}</id>\n<updated>{seen}</updated>\n<published>{seen}</published>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n<author><name>{}</name></author>\n",
        escape(&format!("{} – {place}", hit.title)),
        escape(council),
    );
    let source = links::outside(&hit.source_url);
    if !source.is_empty() {
        let _ = writeln!(xml, "<link rel=\"via\" href=\"{}\"/>", escape(&source));
    }
    for topic in &hit.topics {
        let _ = writeln!(
            xml,
            "<category term=\"{}\" label=\"{}\"/>",
            escape(&topic.slug),
            escape(&topic.label)
        );
    }
    let decisions: Vec<String> = hit
        .resolutions
        .iter()
        .map(|(_, resolution)| format!("{}: {}", words::kind(resolution.kind), resolution.text))
        .collect();
    let summary = if decisions.is_empty() { hit.snippet.text() } else { decisions.join("\n") };
    let _ = write!(xml, "<summary>{}</summary>\n</entry>\n", escape(&summary));
}
