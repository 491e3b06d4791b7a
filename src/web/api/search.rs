//! `GET /api/v1/search`.

use axum::extract::State;
use axum::http::{HeaderName, header};
use minutebook_index::search::MAX_DEPTH;
use minutebook_index::{Index, Results, Search};

use super::{Base, StrictSearch};
use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;
use crate::web::view::SearchAnswer;

type Linked = ([(HeaderName, String); 2], Vec<u8>);

/// Answers a search. The answer is written where it was found: in another thread its memory would be dear to free.
pub(crate) async fn search(
    State(app): State<App>,
    Base(base): Base,
    StrictSearch(search): StrictSearch,
) -> Result<Linked, WebError> {
    let settings = app.clone();
    let written = app.ask(move |index| {
        let results = paged(index, &search)?;
        let answer = SearchAnswer::new(&search, &results, &base, settings.settings());
        let body = serde_json::to_vec(&answer).map_err(|error| WebError::internal(&error))?;
        let headers = [
            (header::LINK, answer.links.header()),
            (header::CONTENT_TYPE, "application/json".to_owned()),
        ];
        Ok((headers, body))
    });
    written.await?
}

/// Runs a search within the depth that paging reaches. A page beyond the end is empty, however far; one that would
/// show results beyond the ceiling says so.
pub(crate) fn paged(index: &Index, search: &Search) -> Result<Results, WebError> {
    let before = (search.page - 1).saturating_mul(search.per_page);
    if before < MAX_DEPTH {
        return held::search(index, search);
    }
    let first = held::search(index, &Search { page: 1, ..search.clone() })?;
    if first.total > before {
        return Err(WebError::TooDeep);
    }
    Ok(Results { hits: Vec::new(), page: search.page, ..first })
}
