//! What a visitor can meet instead of an answer. One enum; `layers::errors` renders it as a page or as problem+json (RFC 9457).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use minutebook_index::IndexError;

use super::params::BadParameter;

/// What went wrong, in the visitor's words.
#[derive(Debug, Clone)]
pub(crate) enum WebError {
    /// There is no such thing (`item`, `meeting`, `committee`, `page`, ...).
    NotFound(&'static str),
    /// It is withheld by the operator, with the reason given.
    Gone(Option<String>),
    /// Parameters that cannot be used.
    BadParameters(Vec<BadParameter>),
    /// Too many searches wait.
    Busy,
    /// The index cannot be read.
    NotReady,
    /// This address asks too often; seconds to wait.
    TooMany(u64),
    /// The results go deeper than paging does.
    TooDeep,
    /// The address is too long.
    TooLong,
    /// Something broke; the log has the cause, the visitor does not.
    Internal,
}

/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u64 = 2;

impl WebError {
    /// Something broke: the cause goes to the log, once, here.
    pub(crate) fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        if let Some(IndexError::Unwanted) = cause.downcast_ref() {
            // Whoever asked has gone or was answered already: nothing broke.
            return WebError::Busy;
        }
        tracing::error!(cause = %cause, "a request failed: {cause}");
        WebError::Internal
    }

    /// The error a bare status stands for, where some layer answered by itself.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(WebError::NotFound("page")),
            StatusCode::URI_TOO_LONG => Some(WebError::TooLong),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(WebError::Busy),
            status if status.is_server_error() => Some(WebError::Internal),
            _ => None,
        }
    }

    /// Its status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            WebError::NotFound(_) => StatusCode::NOT_FOUND,
            WebError::Gone(_) => StatusCode::GONE,
            WebError::BadParameters(_) | WebError::TooDeep => StatusCode::BAD_REQUEST,
            WebError::Busy | WebError::NotReady => StatusCode::SERVICE_UNAVAILABLE,
            WebError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            WebError::TooLong => StatusCode::URI_TOO_LONG,
            WebError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds to wait before asking again, where waiting helps.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match self {
            WebError::Busy | WebError::NotReady => Some(BUSY_SECONDS),
            WebError::TooMany(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// What it is, as a heading.
    pub(crate) fn title(&self) -> String {
        match self {
            WebError::NotFound("page") => "Page not found".to_owned(),
            WebError::NotFound(thing) => format!("There is no such {thing} here"),
            WebError::Gone(_) => "Withheld".to_owned(),
            WebError::BadParameters(_) => "A parameter cannot be used".to_owned(),
            WebError::TooDeep => "Too deep into the results".to_owned(),
            WebError::Busy => "Too many searches at once".to_owned(),
            WebError::NotReady => "Not ready".to_owned(),
            WebError::TooMany(_) => "Too many requests".to_owned(),
            WebError::TooLong => "The address is too long".to_owned(),
            WebError::Internal => "Something went wrong here".to_owned(),
        }
    }

    /// What it means and what to do.
    pub(crate) fn detail(&self) -> String {
        match self {
            WebError::NotFound("page") => {
                "Nothing has this address. If you typed it, check it; if you followed a link, it may be wrong.".to_owned()
            }
            WebError::NotFound(thing) => format!(
                "No {thing} with this name is in the index. It may never have been collected, or the address may be wrong."
            ),
            WebError::Gone(reason) => {
                let reason = reason.as_deref().unwrap_or("No reason is given.");
                format!("This was withheld by whoever runs this site. {reason}")
            }
            WebError::BadParameters(bad) => {
                bad.iter().map(|bad| bad.message.as_str()).collect::<Vec<_>>().join("; ")
            }
            WebError::TooDeep => {
                "Paging reaches the first 10,000 results; narrow the search, or take the whole of it as a file (/search.csv, /search.jsonl).".to_owned()
            }
            WebError::Busy => {
                "More searches are waiting than can be answered in good time. Please try again in a few seconds.".to_owned()
            }
            WebError::NotReady => {
                "The index cannot be read at the moment. Please try again in a little while.".to_owned()
            }
            WebError::TooMany(seconds) => {
                format!("Requests from your address come too fast. Please wait {seconds} seconds.")
            }
            WebError::TooLong => "Addresses are at most 60,000 characters long here.".to_owned(),
            WebError::Internal => {
                "The request could not be answered. It has been noted; please try again later.".to_owned()
            }
        }
    }

    /// The last part of the problem type's address; each is described on the API's page.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            WebError::NotFound(_) => "not-found",
            WebError::Gone(_) => "withheld",
            WebError::BadParameters(_) => "bad-parameter",
            WebError::TooDeep => "too-deep",
            WebError::Busy => "busy",
            WebError::NotReady => "not-ready",
            WebError::TooMany(_) => "too-many-requests",
            WebError::TooLong => "too-long",
            WebError::Internal => "internal",
        }
    }
}

impl IntoResponse for WebError {
    /// A bare response that carries the error; the outer layer gives it its face.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
