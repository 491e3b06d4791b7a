//! `GET /api/v1/search`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use minutebook_index::search::MAX_DEPTH;
use minutebook_index::{Index, Results, Search};

use super::{Base, StrictSearch};
use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;
use crate::web::view::SearchAnswer;

type Linked = ([(HeaderName, String); 1], Json<SearchAnswer>);

/// Answers a search.
pub(crate) async fn search(
    State(app): State<App>,
    Base(base): Base,
    StrictSearch(search): StrictSearch,
) -> Result<Linked, WebError> {
    let asked = search.clone();
    let results = app.ask(move |index| paged(index, &asked)).await??;
    let answer = SearchAnswer::new(&search, &results, &base, app.settings());
    Ok(([(header::LINK, answer.links.header())], Json(answer)))
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
