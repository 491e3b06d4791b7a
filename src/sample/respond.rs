//! One request in, one answer out. Pure: the same request always gets the same bytes.
//!
//! Only the routing and what HTTP adds (conditional requests, refusals, redirects) are here; the pages are in `pages/`, the service in `service.rs`.

use axum::http::HeaderMap;
use axum::http::header::{
    CONTENT_TYPE, ETAG, HOST, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};

use super::ask::Ask;
use super::model::Council;
use super::{pages, service};

/// Which ways of reading the council leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Pages and web service.
    #[default]
    Both,
    /// The web service is switched off: 404.
    PagesOnly,
    /// The pages refuse scripts: 403.
    ServiceOnly,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers by name.
    pub headers: Vec<(HeaderName, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// Whether and how an answer can be asked for conditionally. Only some ModernGov pages can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Freshness {
    /// Not at all.
    None,
    /// By `ETag`.
    Tagged,
    /// By `Last-Modified`.
    Since(String),
}

impl Response {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![(CONTENT_TYPE, kind.to_owned())], body: body.into() }
    }

    pub(super) fn html(body: String) -> Self {
        Self::new(200, "text/html; charset=utf-8", body)
    }

    pub(super) fn moved(to: &str) -> Self {
        let mut response =
            Self::new(302, "text/html; charset=utf-8", "<html><body>Object moved</body></html>");
        response.headers.push((LOCATION, to.to_owned()));
        response
    }

    pub(super) fn fresh(mut self, freshness: Freshness, asked: &HeaderMap) -> Self {
        let held =
            |name: HeaderName| asked.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let same = match freshness {
            Freshness::None => false,
            Freshness::Tagged => {
                let tag = format!("\"{:016x}\"", fingerprint(&self.body));
                let same = held(IF_NONE_MATCH).contains(&tag);
                self.headers.push((ETAG, tag));
                same
            }
            Freshness::Since(when) => {
                let same = held(IF_MODIFIED_SINCE) == when;
                self.headers.push((LAST_MODIFIED, when));
                same
            }
        };
        if same {
            self.status = 304;
            self.body = Vec::new();
        }
        self
    }
}

const ROBOTS: &str = "# Ellerbrough Metropolitan Borough Council\nUser-agent: *\nDisallow: /ieIssueDetails.aspx\nDisallow: /mgUserInfo.aspx\nDisallow: /ieSearchResults2.aspx\nAllow: /\n";

/// Answers one request.
pub fn respond(
    council: &Council,
    mode: Mode,
    path: &str,
    query: &str,
    headers: &HeaderMap,
) -> Response {
    let ask = Ask::read(path, query);
    if ask.path == "robots.txt" {
        return Response::new(200, "text/plain; charset=utf-8", ROBOTS);
    }
    if let Some(operation) = ask.path.strip_prefix("mgwebservice.asmx") {
        if mode == Mode::PagesOnly {
            return Response::new(
                404,
                "text/html; charset=utf-8",
                "<html><body><h1>404 - File or directory not found.</h1></body></html>",
            );
        }
        let host = headers.get(HOST).and_then(|v| v.to_str().ok()).unwrap_or("localhost");
        return service::answer(council, operation.trim_start_matches('/'), &ask, host);
    }
    if mode == Mode::ServiceOnly {
        return Response::new(
            403,
            "text/html; charset=utf-8",
            "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1><p>Automated access to these pages is not permitted.</p></body></html>",
        );
    }
    let (response, freshness) = pages::answer(council, &ask);
    if response.status == 200 { response.fresh(freshness, headers) } else { response }
}

/// FNV-1a, enough to tell one page from another.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
