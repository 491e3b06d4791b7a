//! `GET /api/v1/items/{id}` and `GET /api/v1/meetings/{id}`.

use axum::Json;
use axum::extract::{Path, State};

use super::{Base, NoParameters};
use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;
use crate::web::view::{ItemView, MeetingView};

/// One item, whole.
pub(crate) async fn item(
    State(app): State<App>,
    Base(base): Base,
    Path(id): Path<String>,
    _: NoParameters,
) -> Result<Json<ItemView>, WebError> {
    let settings = app.settings().clone();
    app.ask(move |index| held::item(index, &settings, &id).map(|held| Json(held.view(&base))))
        .await?
}

/// One meeting, with the list of its items.
pub(crate) async fn meeting(
    State(app): State<App>,
    Base(base): Base,
    Path(id): Path<String>,
    _: NoParameters,
) -> Result<Json<MeetingView>, WebError> {
    let settings = app.settings().clone();
    app.ask(move |index| {
        held::meeting(index, &settings, &id).map(|meeting| Json(MeetingView::new(&meeting, &base)))
    })
    .await?
}
