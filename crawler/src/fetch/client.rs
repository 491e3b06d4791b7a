//! The HTTP clients: one for loopback without certificates, one for real hosts with the machine's.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use reqwest::{Client, redirect};
use thiserror::Error;
use url::Url;

use super::Limits;
use crate::address;

/// Why there is no client.
#[derive(Debug, Error, Clone)]
#[error(
    "cannot make secure connections ({0}): install your system's certificates (on Debian: ca-certificates)"
)]
pub struct ClientError(String);

/// Clients, made when first needed: a machine without certificates can still run the sample.
#[derive(Debug)]
pub(super) struct Clients {
    agent: String,
    limits: Limits,
    loopback: OnceLock<Result<Client, ClientError>>,
    secure: OnceLock<Result<Client, ClientError>>,
}

impl Clients {
    pub(super) fn new(agent: String, limits: Limits) -> Self {
        Self { agent, limits, loopback: OnceLock::new(), secure: OnceLock::new() }
    }

    pub(super) fn of(&self, url: &Url) -> Result<&Client, ClientError> {
        let made = if url.scheme() == "http" && address::is_loopback(url) {
            self.loopback.get_or_init(|| self.make(true))
        } else {
            self.secure.get_or_init(|| self.make(false))
        };
        made.as_ref().map_err(Clone::clone)
    }

    fn make(&self, loopback: bool) -> Result<Client, ClientError> {
        // A provider installed by someone before us serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut headers = HeaderMap::new();
        let accept =
            "text/html,application/xhtml+xml,application/xml,application/pdf;q=0.9,*/*;q=0.1";
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en-GB,en;q=0.9"));
        let mut builder = Client::builder()
            .user_agent(&self.agent)
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(30))
            .read_timeout(self.limits.silence)
            .timeout(self.limits.whole)
            // One request at a time per host needs one connection per host.
            .pool_max_idle_per_host(1);
        builder = if loopback {
            builder.no_proxy().tls_certs_only(std::iter::empty())
        } else {
            builder.https_only(true)
        };
        builder.build().map_err(|error| ClientError(reason(&error)))
    }
}

/// An error's causes in one line, without the address: the log has it already.
pub(super) fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
