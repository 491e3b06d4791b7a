//! Asking for robots.txt, first and once a day, and keeping the answer like any other.

use jiff::Timestamp;

use super::stop::Stop;
use crate::address::Base;
use crate::fetch::{Fetcher, Request, Response};
use crate::outcome::Outcome;
use crate::page::PageKind;
use crate::robots::{Found, Rules};

/// How often an unreachable robots.txt is asked for before the site counts as forbidden.
const TRIES: u32 = 3;

/// The rules of a host with every answer it took to get them.
#[derive(Debug)]
pub(super) struct Asked {
    /// The rules; `None` when stopped.
    pub(super) rules: Option<Rules>,
    /// When they came.
    pub(super) at: Timestamp,
    /// Whether there was an answer that settles the matter.
    pub(super) is_reachable: bool,
    /// The answers.
    pub(super) answers: Vec<Response>,
}

/// Address of a host's robots.txt.
pub(super) fn url(base: &Base) -> String {
    base.root().join("robots.txt")
}

pub(super) async fn ask(base: &Base, fetcher: &Fetcher, stop: &Stop) -> Asked {
    let url = url(base);
    let mut answers: Vec<Response> = Vec::new();
    for _ in 0..TRIES {
        let request = Request {
            url: &url,
            site: base.as_str(),
            kind: PageKind::Other,
            etag: None,
            modified: None,
            rules: None,
        };
        let response = tokio::select! {
            response = fetcher.get(&request) => response,
            () = stop.said() => break,
        };
        let found = found(&response);
        let reachable = found != Found::Unreachable;
        let rules = Rules::read(&found);
        answers.push(response);
        if reachable {
            fetcher.set_crawl_delay(&base.host(), rules.crawl_delay()).await;
            let at = fetcher.clock().now();
            return Asked { rules: Some(rules), at, is_reachable: true, answers };
        }
    }
    let rules = (!stop.is_said()).then(|| Rules::read(&Found::Unreachable));
    Asked { rules, at: fetcher.clock().now(), is_reachable: false, answers }
}

fn found(response: &Response) -> Found<'_> {
    let body = response.body.as_deref().unwrap_or_default();
    match (response.outcome, response.status) {
        (Outcome::Fetched | Outcome::Unchanged | Outcome::Empty, _) => Found::Text(body),
        (_, Some(429)) => Found::Unreachable,
        (_, Some(300..=499)) => Found::Unavailable,
        _ => Found::Unreachable,
    }
}
