//! The answer to a search: what `/api/v1/search` and `minutebook search --json` print, and what the search page is drawn from.

use minutebook_index::results::{FacetCount, Facets, Hit};
use minutebook_index::search::MAX_DEPTH;
use minutebook_index::{Results, Search};
use serde::Serialize;
use utoipa::ToSchema;

use super::{CoverageView, HitView, QueryView};
use crate::web::links;
use crate::web::settings::Settings;

/// The answer to a search.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchAnswer {
    /// The query as it was understood.
    pub query: QueryView,
    /// Exact number of results; equals what paging through yields.
    pub total: usize,
    /// Where results that only come near follow those that hold all that was asked for: how many these are.
    pub complete: Option<usize>,
    /// How many of all do not hold the words, but are close to them in meaning: `matched_in` of these is `meaning`.
    pub by_meaning: usize,
    /// Procedural items that match but are folded away; `routine=show` shows them.
    pub routine_hidden: usize,
    /// Page of results, from 1.
    pub page: usize,
    /// Results a page.
    pub per_page: usize,
    /// Time the search took, in milliseconds.
    pub took_ms: f64,
    /// The results of this page.
    pub results: Vec<HitView>,
    /// Counts over the whole result.
    pub facets: FacetsView,
    /// What is held at all.
    pub coverage: CoverageView,
    /// Where to go from here.
    pub links: LinksView,
}

/// Counts over the whole result, by filter.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct FacetsView {
    /// By committee.
    pub committee: Vec<FacetView>,
    /// By year, newest first.
    pub year: Vec<FacetView>,
    /// By role.
    pub role: Vec<FacetView>,
    /// By topic.
    pub topic: Vec<FacetView>,
    /// By kind of decision.
    pub kind: Vec<FacetView>,
    /// By council.
    pub council: Vec<FacetView>,
}

/// One value of a facet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetView {
    /// The value the filter takes.
    pub value: String,
    /// What readers see.
    pub label: String,
    /// Results with it.
    pub count: usize,
}

/// Addresses of this page of results and its neighbours; `null` where there is none.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinksView {
    /// This page.
    #[serde(rename = "self")]
    pub this: String,
    /// The first page.
    pub first: String,
    /// The next page.
    pub next: Option<String>,
    /// The page before.
    pub prev: Option<String>,
}

impl SearchAnswer {
    /// The answer for a search and its results; `base` is the site's public address, without a trailing slash.
    pub fn new(search: &Search, results: &Results, base: &str, settings: &Settings) -> Self {
        let view = |hit: &Hit| {
            if settings.withholds(&hit.id, &hit.meeting) {
                HitView::withheld(hit, base)
            } else {
                HitView::new(hit, base, &search.text)
            }
        };
        Self {
            query: (&results.query).into(),
            total: results.total,
            complete: results.complete,
            by_meaning: results.by_meaning,
            routine_hidden: results.routine_hidden,
            page: results.page,
            per_page: results.per_page,
            took_ms: milliseconds(results.took_us),
            results: results.hits.iter().map(view).collect(),
            facets: (&results.facets).into(),
            coverage: (&results.coverage).into(),
            links: LinksView::new(search, results.total, base),
        }
    }
}

fn milliseconds(microseconds: u64) -> f64 {
    // Answers take far less than the days at which this would lose precision.
    f64::from(u32::try_from(microseconds).unwrap_or(u32::MAX)) / 1000.0
}

impl LinksView {
    fn new(search: &Search, total: usize, base: &str) -> Self {
        let at = |page: usize| {
            format!("{base}{}", links::api_search(&Search { page, ..search.clone() }))
        };
        let ends_at = search.page.saturating_mul(search.per_page);
        let more = ends_at < total && ends_at < MAX_DEPTH;
        Self {
            this: at(search.page),
            first: at(1),
            next: more.then(|| at(search.page + 1)),
            prev: (search.page > 1).then(|| at(search.page - 1)),
        }
    }

    /// The `Link` header (RFC 8288).
    pub fn header(&self) -> String {
        let named = [
            ("self", Some(&self.this)),
            ("first", Some(&self.first)),
            ("prev", self.prev.as_ref()),
            ("next", self.next.as_ref()),
        ];
        let link = |(name, address): (&str, Option<&String>)| {
            address.map(|address| format!("<{address}>; rel=\"{name}\""))
        };
        named.into_iter().filter_map(link).collect::<Vec<_>>().join(", ")
    }
}

impl From<&Facets> for FacetsView {
    fn from(facets: &Facets) -> Self {
        let views = |counts: &[FacetCount]| {
            let view = |count: &FacetCount| FacetView {
                value: count.value.clone(),
                label: count.label.clone(),
                count: count.count,
            };
            counts.iter().map(view).collect()
        };
        Self {
            committee: views(&facets.committee),
            year: views(&facets.year),
            role: views(&facets.role),
            topic: views(&facets.topic),
            kind: views(&facets.kind),
            council: views(&facets.council),
        }
    }
}
