//! `GET /search.csv`: every result of a search as a table.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use minutebook_index::results::Hit;

use super::stream;
use crate::web::api::{Base, StrictSearch};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::App;
use crate::web::words;

const COLUMNS: [&str; 14] = [
    "id",
    "url",
    "source_url",
    "council",
    "committee",
    "date",
    "number",
    "title",
    "status",
    "decisions",
    "topics",
    "roles",
    "first_seen",
    "holds",
];

/// Every result of a search.
pub(crate) async fn csv(
    State(app): State<App>,
    Base(base): Base,
    StrictSearch(search): StrictSearch,
) -> Result<Response, WebError> {
    let settings = app.settings().clone();
    let line = move |hit: &Hit| {
        (!settings.withholds(&hit.id, &hit.meeting)).then(|| self::line(hit, &base))
    };
    let body = stream::body(&app, search, head(), line).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"minutes.csv\""),
    ];
    Ok((headers, body).into_response())
}

/// The line of column names.
pub(crate) fn head() -> Vec<u8> {
    row(&COLUMNS.map(str::to_owned))
}

/// One hit as a line.
pub(crate) fn line(hit: &Hit, base: &str) -> Vec<u8> {
    row(&cells(hit, base))
}

fn cells(hit: &Hit, base: &str) -> [String; 14] {
    let decisions: Vec<String> = hit
        .resolutions
        .iter()
        .map(|(_, resolution)| {
            let label =
                resolution.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            format!("[{}] {label}{}", resolution.kind.as_str(), resolution.text)
        })
        .collect();
    let mut roles: Vec<&str> = Vec::new();
    for role in &hit.roles {
        if !roles.contains(&role.slug.as_str()) {
            roles.push(&role.slug);
        }
    }
    let topics: Vec<&str> = hit.topics.iter().map(|topic| topic.slug.as_str()).collect();
    [
        hit.id.clone(),
        format!("{base}{}", links::item(&hit.id)),
        links::outside(&hit.source_url),
        hit.council.as_ref().map(|council| council.label.clone()).unwrap_or_default(),
        hit.committee.label.clone(),
        hit.date.map(|date| date.to_string()).unwrap_or_default(),
        hit.number.clone().unwrap_or_default(),
        hit.title.clone(),
        words::status_word(hit.status).to_owned(),
        decisions.join("\n"),
        topics.join("; "),
        roles.join("; "),
        hit.first_seen.map(|at| at.to_string()).unwrap_or_default(),
        hit.holds.as_str().to_owned(),
    ]
}

fn row(cells: &[String]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(cells.iter().map(|cell| harmless(cell)));
    // Writing to memory cannot fail.
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}

/// A cell that spreadsheets take for words: what begins like a formula gets an apostrophe before it.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        let line = row(&["a,b".into(), "say \"x\"".into(), "=1+1".into(), "two\nlines".into()]);
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "\"a,b\",\"say \"\"x\"\"\",'=1+1,\"two\nlines\"\r\n"
        );
    }
}
