//! Asking for robots.txt, first and once a day, and keeping the answer like any other.

use jiff::Timestamp;

use url::Url;

use super::stop::Stop;
use crate::address::{Base, is_loopback};
use crate::fetch::{Fetcher, Request, Response};
use crate::outcome::Outcome;
use crate::page::PageKind;
use crate::robots::{Found, Rules};

/// Redirects to other hosts followed for robots.txt, and for it alone (RFC 9309, 2.3.1.2).
const HOPS: usize = 5;

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
    'tries: for _ in 0..TRIES {
        let mut from = url.clone();
        let mut response;
        let mut hops = 0;
        loop {
            let request = Request {
                url: &from,
                site: base.as_str(),
                kind: PageKind::Other,
                etag: None,
                modified: None,
                rules: None,
            };
            response = tokio::select! {
                response = fetcher.get(&request) => response,
                () = stop.said() => break 'tries,
            };
            match elsewhere(base, &from, &response).filter(|_| hops < HOPS) {
                Some(to) => from = to,
                None => break,
            }
            hops += 1;
            answers.push(response);
        }
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

/// The other host a redirect leads to, where that is one of the public's. Never into a machine's own network.
fn elsewhere(base: &Base, from: &str, response: &Response) -> Option<String> {
    let redirect = response.outcome == Outcome::Moved && matches!(response.status, Some(300..=399));
    let location = response.location.as_deref().filter(|_| redirect)?;
    let mut to = Url::parse(from).ok()?.join(location).ok()?;
    if base.is_loopback() {
        return is_loopback(&to).then(|| to.to_string());
    }
    let public = to.domain().and_then(|name| name.rsplit_once('.')).is_some_and(|(_, last)| {
        !matches!(last, "local" | "localhost" | "internal" | "lan" | "home" | "arpa")
    });
    if !public || to.port().is_some() || !matches!(to.scheme(), "http" | "https") {
        return None;
    }
    // Nothing is asked without encryption.
    to.set_scheme("https").ok()?;
    Some(to.into())
}

fn found(response: &Response) -> Found<'_> {
    let body = response.body.as_deref().unwrap_or_default();
    match (response.outcome, response.status) {
        (Outcome::Fetched | Outcome::Unchanged | Outcome::Empty, _) => Found::Text(body),
        // Moved: it is somewhere we cannot follow, and that is no leave to take everything.
        (_, Some(429)) | (Outcome::Moved, Some(300..=399)) => Found::Unreachable,
        (_, Some(300..=499)) => Found::Unavailable,
        _ => Found::Unreachable,
    }
}
