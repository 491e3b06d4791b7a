//! Answering a search: the query is read, lowered to the engine's, run once over the index with everything counted on the way,
//! and the page's hits are fetched and shown.

mod condition;
mod facets;
mod hits;
mod lower;
mod more_like;
mod run;

use std::sync::Arc;
use std::time::Instant;

use condition::Conditions;
pub(crate) use more_like::more_like;
use run::{Order, Outcome, Run};

use crate::reader::Snapshot;
use crate::results::{Hit, Results, Understood};
use crate::search::{MAX_DEPTH, MAX_PER_PAGE, Routine, Search, Sort};
use crate::snippet::Marks;
use crate::{IndexError, query};

/// Answers one search.
pub(crate) fn search(snapshot: &Snapshot, search: &Search) -> Result<Results, IndexError> {
    let began = Instant::now();
    let page = search.page.max(1);
    let per_page = search.per_page.min(MAX_PER_PAGE);
    let parsed = query::parse(&search.text);
    let skip = (page - 1).saturating_mul(per_page);
    let wanted = if skip >= MAX_DEPTH { 0 } else { (skip + per_page).min(MAX_DEPTH) };
    let outcome = run(snapshot, search, &parsed, wanted, true)?;
    let marks = Marks::of(parsed.tree.as_ref());
    let hits = outcome
        .top
        .iter()
        .skip(skip)
        .map(|found| hits::hit(snapshot, found, Some(&marks)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Results {
        query: Understood {
            text: search.text.clone(),
            notices: parsed.notices,
            ..Understood::default()
        },
        total: outcome.total,
        routine_hidden: outcome.routine_hidden,
        page,
        per_page,
        hits,
        facets: outcome.facets(snapshot),
        coverage: snapshot.coverage.clone(),
        ways_on: Vec::new(),
        took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
    })
}

/// Every hit of a search, in its order.
pub(crate) fn scan(
    snapshot: Arc<Snapshot>,
    search: &Search,
) -> Result<impl Iterator<Item = Result<Hit, IndexError>> + use<>, IndexError> {
    let parsed = query::parse(&search.text);
    let outcome = run(&snapshot, search, &parsed, usize::MAX, false)?;
    Ok(outcome.top.into_iter().map(move |found| hits::hit(&snapshot, &found, None)))
}

fn run(
    snapshot: &Snapshot,
    search: &Search,
    parsed: &query::Parsed,
    wanted: usize,
    count: bool,
) -> Result<Outcome, IndexError> {
    let conditions = Conditions::of(snapshot, &search.filters);
    let lowered = parsed.tree.as_ref().map(|tree| lower::lower(snapshot, tree, search.scope));
    let order = match search.sort {
        Sort::Relevance if lowered.is_some() => Order::Score,
        Sort::Relevance | Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
        Sort::FirstSeen => Order::FirstSeen,
    };
    let run = Run {
        snapshot,
        query: lowered,
        conditions,
        order,
        wanted,
        count,
        hide_routine: search.routine == Routine::Hide,
    };
    run.run()
}
