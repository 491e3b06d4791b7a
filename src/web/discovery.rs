//! How programs find their way: robots.txt, the sitemap, the OpenSearch description, security.txt.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use minutebook_index::ListedMeeting;

use super::api::Base;
use super::error::WebError;
use super::state::App;
use super::xml::escape;
use super::{held, links};

/// The most addresses one sitemap may have.
const MOST_ADDRESSES: usize = 50_000;
/// How long security.txt is good for.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// What search engines may ask for: items and lists, not searches.
pub(crate) async fn robots(Base(base): Base) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /items/*/cite\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The sitemap's index.
pub(crate) async fn sitemap(
    State(app): State<App>,
    Base(base): Base,
) -> Result<Response, WebError> {
    let settings = app.settings().clone();
    let meetings = app.ask(move |index| held::meetings(index, &settings, None)).await??;
    let mut parts = String::new();
    for (at, part) in parts_of(&meetings).iter().enumerate() {
        let newest = part.iter().filter_map(|meeting| meeting.source.fetched_at).max();
        let _ = writeln!(
            parts,
            "<sitemap><loc>{}/sitemap/{at}.xml</loc>{}</sitemap>",
            escape(&base),
            changed(newest)
        );
    }
    let _ = writeln!(parts, "<sitemap><loc>{}/sitemap/lists.xml</loc></sitemap>", escape(&base));
    Ok(xml("sitemapindex", &parts))
}

/// One part of the sitemap: `lists.xml`, or meetings and their items by number.
pub(crate) async fn sitemap_part(
    State(app): State<App>,
    Base(base): Base,
    Path(name): Path<String>,
) -> Result<Response, WebError> {
    let name = name.strip_suffix(".xml").ok_or(WebError::NotFound("page"))?.to_owned();
    let settings = app.settings().clone();
    let mut text = String::new();
    if name == "lists" {
        let paths = app
            .ask(|index| {
                let mut paths: Vec<String> =
                    ["/", "/committees", "/topics", "/roles", "/councils", "/held", "/help"]
                        .map(str::to_owned)
                        .to_vec();
                paths
                    .extend(index.committees().iter().map(|listed| links::committee(&listed.slug)));
                paths.extend(index.topics().iter().map(|listed| links::topic(&listed.slug)));
                paths.extend(index.roles().iter().map(|listed| links::role(&listed.slug)));
                paths.extend(index.councils().iter().map(|listed| links::council(&listed.slug)));
                paths
            })
            .await?;
        for path in paths.into_iter().take(MOST_ADDRESSES) {
            address(&mut text, &base, &path, None);
        }
        return Ok(xml("urlset", &text));
    }
    let meetings = app.ask(move |index| held::meetings(index, &settings, None)).await??;
    let parts = parts_of(&meetings);
    let part =
        name.parse().ok().and_then(|at: usize| parts.get(at)).ok_or(WebError::NotFound("page"))?;
    for meeting in *part {
        let fetched = meeting.source.fetched_at;
        address(&mut text, &base, &links::meeting(&meeting.id), fetched);
        for item in meeting.items.iter().filter(|item| app.settings().suppressed(item).is_none()) {
            address(&mut text, &base, &links::item(item), fetched);
        }
    }
    Ok(xml("urlset", &text))
}

/// Runs of meetings that have, with their items, no more addresses than a sitemap may.
fn parts_of(meetings: &[ListedMeeting]) -> Vec<&[ListedMeeting]> {
    let mut parts = Vec::new();
    let (mut from, mut size) = (0, 0);
    for (at, meeting) in meetings.iter().enumerate() {
        let own = meeting.items.len() + 1;
        if size + own > MOST_ADDRESSES && at > from {
            parts.push(&meetings[from..at]);
            (from, size) = (at, 0);
        }
        size += own;
    }
    if from < meetings.len() {
        parts.push(&meetings[from..]);
    }
    parts
}

fn address(text: &mut String, base: &str, path: &str, fetched: Option<Timestamp>) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "<url><loc>{}</loc>{}</url>",
        escape(&format!("{base}{path}")),
        changed(fetched)
    );
}

fn changed(at: Option<Timestamp>) -> String {
    at.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default()
}

fn xml(root: &str, inside: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{inside}</{root}>\n"
    );
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}

/// The OpenSearch description: browsers offer the site as a search engine.
pub(crate) async fn opensearch(State(app): State<App>, Base(base): Base) -> Response {
    let name = &app.settings().site_name;
    // Cut before it is escaped: half an entity is no XML.
    let short = escape(name.chars().take(16).collect::<String>().trim_end());
    let (name, base) = (escape(name), escape(&base));
    let contact = app.settings().contact.as_deref().map(|c| c.strip_prefix("mailto:").unwrap_or(c));
    let contact = contact
        .filter(|contact| contact.contains('@'))
        .map(|contact| format!("<Contact>{}</Contact>\n", escape(contact)))
        .unwrap_or_default();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{short}</ShortName>\n<LongName>{name}</LongName>\n<Description>Search council minutes</Description>\n{contact}\
         <Url type=\"text/html\" template=\"{base}/search?q={{searchTerms}}&amp;page={{startPage?}}\"/>\n\
         <Url type=\"application/atom+xml\" template=\"{base}/search.atom?q={{searchTerms}}\"/>\n\
         <Url type=\"application/json\" template=\"{base}/api/v1/search?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{base}/opensearch.xml\"/>\n\
         <Image height=\"32\" width=\"32\" type=\"image/svg+xml\">{base}{}</Image>\n\
         <Language>en-GB</Language>\n<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n",
        app.assets().icon_href(),
    );
    ([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], text)
        .into_response()
}

/// security.txt (RFC 9116); there is none without a contact.
pub(crate) async fn security(
    State(app): State<App>,
    Base(base): Base,
) -> Result<Response, WebError> {
    let contact = app.settings().contact.clone().ok_or(WebError::NotFound("page"))?;
    let contact = if contact.contains("://") || contact.starts_with("mailto:") {
        contact
    } else {
        format!("mailto:{contact}")
    };
    let contact = contact.replace(['\r', '\n'], "");
    let expires = now().checked_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
    let expires = Timestamp::from_second(expires.as_second()).unwrap_or(expires);
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\nCanonical: {base}/.well-known/security.txt\n"
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

#[expect(
    clippy::disallowed_methods,
    reason = "security.txt must say until when it holds; nothing else here reads the clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
