//! One request, with its redirects, from waiting for its turn to a judged response.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use tokio::time::Instant;
use url::Url;

use super::Fetcher;
use super::client::reason;
use crate::address;
use crate::outcome::{Judgement, Outcome, judge};
use crate::pace::retry_after;
use crate::page::PageKind;
use crate::robots::Rules;

/// Redirects followed for one page.
const REDIRECTS: usize = 5;

/// What to ask for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The address, canonical.
    pub url: &'a str,
    /// Base address of the site it belongs to.
    pub site: &'a str,
    /// What should be there.
    pub kind: PageKind,
    /// The `ETag` of the version we hold.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of the version we hold.
    pub modified: Option<&'a str>,
    /// What robots.txt allows; `None` for robots.txt itself.
    pub rules: Option<&'a Rules>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// What came of it.
    pub outcome: Outcome,
    /// Why, where it is not plainly good.
    pub reason: Option<String>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The body, after content decoding; `None` where there was none or it was cut off.
    pub body: Option<Vec<u8>>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// Where a redirect led that we did not follow, or the last one we did.
    pub location: Option<String>,
    /// When the answer was whole.
    pub at: Timestamp,
    /// How long the answer took, without waiting for its turn.
    pub took: Duration,
    /// How many requests it cost.
    pub requests: u32,
}

impl Response {
    fn bare(at: Timestamp, judgement: Judgement) -> Self {
        Self {
            outcome: judgement.outcome,
            reason: judgement.reason,
            status: None,
            body: None,
            content_type: None,
            etag: None,
            modified: None,
            retry_after: None,
            location: None,
            at,
            took: Duration::ZERO,
            requests: 0,
        }
    }

    fn judged(mut self, judgement: Judgement) -> Self {
        self.outcome = judgement.outcome;
        self.reason = judgement.reason;
        self
    }
}

pub(super) async fn send(fetcher: &Fetcher, request: &Request<'_>) -> Response {
    let Ok(mut url) = Url::parse(request.url) else {
        let judgement = Judgement::bad(Outcome::Failed, "not an address");
        return Response::bare(fetcher.clock.now(), judgement);
    };
    let mut requests = 0;
    let mut took = Duration::ZERO;
    let mut location: Option<String> = None;
    for _ in 0..=REDIRECTS {
        if let Some(refusal) = forbidden(request, &url) {
            let mut response = Response::bare(fetcher.clock.now(), refusal);
            (response.requests, response.location) = (requests, location);
            return response;
        }
        let mut response = ask(fetcher, request, &url).await;
        requests += response.requests;
        took += response.took;
        (response.requests, response.took) = (requests, took);
        let redirect = matches!(response.status, Some(301 | 302 | 303 | 307 | 308));
        if !redirect {
            response.location = response.location.or(location);
            return arrived(request, &url, response);
        }
        match follow(request, &url, response.location.as_deref()) {
            Ok(next) => {
                location = Some(next.to_string());
                url = next;
            }
            Err(judgement) => return response.judged(judgement),
        }
    }
    let mut response = Response::bare(
        fetcher.clock.now(),
        Judgement::bad(Outcome::Moved, "the address leads on and on"),
    );
    (response.requests, response.took, response.location) = (requests, took, location);
    response
}

fn forbidden(request: &Request<'_>, url: &Url) -> Option<Judgement> {
    let rules = request.rules?;
    if rules.allows(url) {
        return None;
    }
    let rule = rules.rule(url).unwrap_or_else(|| rules.words().to_owned());
    Some(Judgement::bad(Outcome::Forbidden, format!("robots.txt asks us not to ({rule})")))
}

/// Where a redirect leads, if we go there.
fn follow(request: &Request<'_>, from: &Url, location: Option<&str>) -> Result<Url, Judgement> {
    let Some(to) = location.and_then(|location| from.join(location).ok()) else {
        return Err(Judgement::bad(Outcome::Erroneous, "a redirect to nowhere"));
    };
    let lower = to.path().to_ascii_lowercase();
    if lower.ends_with("/mgerror.aspx") {
        return Err(Judgement::bad(Outcome::Erroneous, "the system's error page"));
    }
    let is_sign_in = ["/login", "/signin", "/mglogin.aspx", "/adfs/", "/saml"]
        .iter()
        .any(|mark| lower.contains(mark));
    if is_sign_in {
        return Err(Judgement::bad(Outcome::Blocked, "the site asks us to sign in"));
    }
    let same = to.scheme() == from.scheme()
        && to.host() == from.host()
        && to.port_or_known_default() == from.port_or_known_default();
    if !same {
        return Err(Judgement::bad(
            Outcome::Moved,
            format!("leads to {to}, where we do not follow"),
        ));
    }
    let kind = address::kind(to.as_str());
    if kind != PageKind::Other && kind != request.kind && request.kind != PageKind::Other {
        return Err(Judgement::bad(Outcome::Moved, format!("leads to {to}, another sort of page")));
    }
    Ok(to)
}

/// Checks that the page we arrived at is the one we asked for.
fn arrived(request: &Request<'_>, url: &Url, response: Response) -> Response {
    if request.kind == PageKind::Other || !response.outcome.is_good() {
        return response;
    }
    let same = url.as_str() == request.url
        || address::canonical(request.site, url.as_str(), url.as_str()).as_deref()
            == Some(request.url)
        || (request.kind == PageKind::MinutesDocument
            && address::meeting_id(url.as_str()) == address::meeting_id(request.url));
    if same {
        return response;
    }
    let judgement = Judgement::bad(Outcome::Moved, format!("leads to {url}, another page"));
    Response { body: None, ..response }.judged(judgement)
}

/// Sends one request at its time and reads its answer.
async fn ask(fetcher: &Fetcher, request: &Request<'_>, url: &Url) -> Response {
    let client = match fetcher.clients.of(url) {
        Ok(client) => client,
        Err(error) => {
            let judgement = Judgement::bad(Outcome::Failed, error.to_string());
            return Response::bare(fetcher.clock.now(), judgement);
        }
    };
    let pace = fetcher.pace(&address::host(url));
    // Held until the answer is whole: one request at a time.
    let mut pace = pace.lock().await;
    let (turn, _) = pace.turn(fetcher.clock.now());
    fetcher.clock.wait_until(turn).await;

    let start = Instant::now();
    let mut builder = client.get(url.clone());
    if let Some(etag) = request.etag {
        builder = builder.header(IF_NONE_MATCH, etag);
    }
    if let Some(modified) = request.modified {
        builder = builder.header(IF_MODIFIED_SINCE, modified);
    }
    let whole = fetcher.manners.limits.whole;
    let mut response = match tokio::time::timeout(whole, exchange(fetcher, request, builder)).await
    {
        Ok(response) => response,
        Err(_) => Response::bare(
            fetcher.clock.now(),
            Judgement::bad(Outcome::Failed, "the answer took too long"),
        ),
    };
    response.at = fetcher.clock.now();
    response.took = start.elapsed();
    response.requests = 1;

    let dice = dice(url, response.at);
    let asked = response.retry_after.as_deref().and_then(|text| retry_after(text, response.at));
    if is_trouble(&response) {
        let what = response.reason.clone().unwrap_or_default();
        pace.failed(response.at, dice, asked, &what);
    } else {
        pace.answered(response.at, dice);
        if let Some(asked) = asked {
            pace.not_before(asked);
        }
    }
    response
}

/// Signs that the site as a whole is in trouble, or wants us gone. A wrong page alone is no such sign.
fn is_trouble(response: &Response) -> bool {
    match response.outcome {
        Outcome::Failed | Outcome::Busy | Outcome::Blocked => true,
        Outcome::Erroneous => response.status.is_none_or(|status| status >= 500),
        Outcome::Fetched
        | Outcome::Unchanged
        | Outcome::Gone
        | Outcome::Moved
        | Outcome::Empty
        | Outcome::Unreadable
        | Outcome::TooLarge
        | Outcome::Forbidden => false,
    }
}

async fn exchange(
    fetcher: &Fetcher,
    request: &Request<'_>,
    builder: reqwest::RequestBuilder,
) -> Response {
    let failed = |error: &reqwest::Error| {
        Response::bare(fetcher.clock.now(), Judgement::bad(Outcome::Failed, reason(error)))
    };
    let mut answer = match builder.send().await {
        Ok(answer) => answer,
        Err(error) => return failed(&error),
    };
    let header = |name: HeaderName| {
        answer
            .headers()
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let status = answer.status().as_u16();
    let mut response = Response {
        status: Some(status),
        content_type: header(CONTENT_TYPE),
        etag: header(ETAG),
        modified: header(LAST_MODIFIED),
        retry_after: header(RETRY_AFTER),
        location: header(LOCATION),
        ..Response::bare(fetcher.clock.now(), Judgement::good())
    };
    let limits = fetcher.manners.limits;
    let limit = match request.kind {
        PageKind::MinutesDocument => limits.document,
        _ => limits.page,
    };
    let too_large = || {
        let reason = format!("more than {} MB; cut off", limit >> 20);
        Judgement::bad(Outcome::TooLarge, reason)
    };
    let announced = answer.content_length().is_some_and(|length| length > limit as u64);
    if announced {
        return response.judged(too_large());
    }
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                return response.judged(too_large());
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => {
                let judgement = Judgement::bad(
                    Outcome::Failed,
                    format!("the answer broke off: {}", reason(&error)),
                );
                return response.judged(judgement);
            }
        }
    }
    let judgement = judge(request.kind, status, &body);
    if !body.is_empty() {
        response.body = Some(body);
    }
    response.judged(judgement)
}

/// A number in 0..1 that differs from request to request: enough to keep programs out of step.
fn dice(url: &Url, at: Timestamp) -> f64 {
    let mut hasher = DefaultHasher::new();
    (url.as_str(), at).hash(&mut hasher);
    let bits = u32::try_from(hasher.finish() >> 32).unwrap_or(0);
    f64::from(bits) / f64::from(u32::MAX)
}
