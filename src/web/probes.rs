//! `/healthz` (the process answers) and `/readyz` (a search works), for whoever watches the server.

use axum::Json;
use axum::extract::State;
use minutebook_index::Search;
use serde_json::{Value, json};

use super::error::WebError;
use super::held;
use super::state::App;

/// The process is alive.
pub(crate) async fn alive() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// A search works.
pub(crate) async fn ready(State(app): State<App>) -> Result<Json<Value>, WebError> {
    let probe = Search { per_page: 1, ..Search::default() };
    // A folder that was taken away goes on answering from what is open: it must be looked at anew.
    let ask = app.ask(move |index| held::reload(index).and_then(|()| held::search(index, &probe)));
    // Whatever stands in the way, the answer to this question is "not ready", not "broken".
    let results = ask.await?.map_err(|_| WebError::NotReady)?;
    Ok(Json(json!({
        "status": "ready",
        "generation": results.coverage.generation,
        "items": results.coverage.items,
        "meetings": results.coverage.meetings,
    })))
}
