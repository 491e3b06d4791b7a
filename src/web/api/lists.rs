//! `GET /api/v1/committees`, `roles`, `topics` and `coverage`.

use axum::Json;
use axum::extract::State;

use super::{Base, NoParameters};
use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;
use crate::web::view::{CommitteeList, CoverageView, RoleList, TopicList};

/// Every committee.
pub(crate) async fn committees(
    State(app): State<App>,
    Base(base): Base,
    _: NoParameters,
) -> Result<Json<CommitteeList>, WebError> {
    let committees = app.ask(move |index| held::committees(index, &base)).await?;
    Ok(Json(CommitteeList { total: committees.len(), committees }))
}

/// Every role.
pub(crate) async fn roles(
    State(app): State<App>,
    Base(base): Base,
    _: NoParameters,
) -> Result<Json<RoleList>, WebError> {
    let roles = app.ask(move |index| held::roles(index, &base)).await?;
    Ok(Json(RoleList { total: roles.len(), roles }))
}

/// Every topic in use.
pub(crate) async fn topics(
    State(app): State<App>,
    Base(base): Base,
    _: NoParameters,
) -> Result<Json<TopicList>, WebError> {
    let topics = app.ask(move |index| held::topics(index, &base)).await?;
    Ok(Json(TopicList { total: topics.len(), topics }))
}

/// What is held.
pub(crate) async fn coverage(
    State(app): State<App>,
    _: NoParameters,
) -> Result<Json<CoverageView>, WebError> {
    let coverage = app.ask(held::coverage).await??;
    Ok(Json((&coverage).into()))
}
