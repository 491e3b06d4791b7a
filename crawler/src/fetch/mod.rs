//! Asking a site for one page: the only place that sends a request.
//!
//! One request at a time per host, each at its time (`pace`), each allowed by robots.txt. Redirects are followed on the same host
//! only, at the same pace. Bodies are cut off at a limit after decompression, so a small bomb costs no more than a large page.

mod client;
mod hosts;
mod request;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;
use url::Url;

pub use self::client::ClientError;
use self::client::Clients;
use self::hosts::Hosts;
pub use self::request::{Request, Response};
use crate::archive::Circuit;
use crate::clock::Clock;
use crate::pace::{DEFAULT_DELAY, Night, Why};

/// How the fetcher behaves towards every site.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Pause between two requests to one host; robots.txt's `Crawl-delay` wins when it is longer.
    pub delay: Duration,
    /// How the people of the site can reach the operator: an address of a page or of a mailbox. Required for real hosts.
    pub contact: Option<String>,
    /// Hours in which requests may leave.
    pub night: Option<Night>,
    /// Limits.
    pub limits: Limits,
}

impl Default for Manners {
    fn default() -> Self {
        Self { delay: DEFAULT_DELAY, contact: None, night: None, limits: Limits::default() }
    }
}

/// What we take and how long we wait for it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a page, after decompression. The largest real ones known are a few megabytes.
    pub page: usize,
    /// Bytes of a PDF.
    pub document: usize,
    /// Silence after which a request is given up: some sites need 90 seconds for a list.
    pub silence: Duration,
    /// Time after which a request is given up although bytes still drip in.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page: 20 << 20,
            document: 64 << 20,
            silence: Duration::from_secs(90),
            whole: Duration::from_mins(4),
        }
    }
}

/// Why nothing was asked at all.
#[derive(Debug, Error)]
pub enum FetchError {
    /// No contact for a real host.
    #[error(
        "{0} is a real host, and its people must be able to reach you: give a contact with --contact, MINUTEBOOK_CONTACT or the configuration"
    )]
    NoContact(String),
    /// The contact cannot stand in a header.
    #[error(
        "`{0}` cannot be a contact: use plain letters, such as https://example.org/crawler or mailto:me@example.org"
    )]
    BadContact(String),
    /// The client could not be made.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Sends requests, politely. Cheap to share: all crawls of a program use one.
#[derive(Debug)]
pub struct Fetcher {
    manners: Manners,
    clients: Clients,
    hosts: Hosts,
    clock: Clock,
    set_aside: Mutex<HashMap<String, Response>>,
}

impl Fetcher {
    /// A fetcher with these manners.
    pub fn new(manners: Manners, clock: Clock) -> Result<Self, FetchError> {
        let agent = agent(manners.contact.as_deref())?;
        let clients = Clients::new(agent, manners.limits);
        let hosts = Hosts::new(manners.delay, manners.night.clone());
        Ok(Self { manners, clients, hosts, clock, set_aside: Mutex::default() })
    }

    /// Whether we may ask this host at all: a real host's people must be able to reach the operator.
    pub fn require_contact(&self, host: &Url) -> Result<(), FetchError> {
        let named = self.manners.contact.as_deref().is_some_and(|c| !c.trim().is_empty());
        if named || crate::address::is_loopback(host) {
            Ok(())
        } else {
            Err(FetchError::NoContact(crate::address::host(host)))
        }
    }

    /// The clock requests go by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// When the next request to a host may leave, and why not sooner.
    pub async fn turn(&self, host: &str) -> (Timestamp, Why) {
        self.hosts.of(host).lock().await.turn(self.clock.now())
    }

    /// The circuit of a host, while it is open.
    pub async fn circuit(&self, host: &str) -> Option<Circuit> {
        self.hosts.of(host).lock().await.circuit().cloned()
    }

    /// Takes over what an earlier run left: a circuit, robots.txt's `Crawl-delay`, and the time of its last request.
    pub async fn resume(
        &self,
        host: &str,
        circuit: Option<Circuit>,
        crawl_delay: Option<Duration>,
        last: Option<Timestamp>,
    ) {
        let pace = self.hosts.of(host);
        let mut pace = pace.lock().await;
        if crawl_delay.is_some_and(|longer| longer > pace.delay()) {
            pace.set_crawl_delay(crawl_delay);
        }
        if pace.circuit().is_none() {
            pace.reopen(circuit);
        }
        if let Some(last) = last {
            let delay = jiff::SignedDuration::try_from(pace.delay()).unwrap_or_default();
            pace.not_before(last.saturating_add(delay).unwrap_or(last));
        }
    }

    /// Takes robots.txt's `Crawl-delay` for a host.
    pub async fn set_crawl_delay(&self, host: &str, delay: Option<Duration>) {
        self.hosts.of(host).lock().await.set_crawl_delay(delay);
    }

    /// Keeps an answer for the next one who asks for this address: what was asked to find the site is not asked again to crawl it.
    pub(crate) fn set_aside(&self, url: &str, response: Response) {
        if let Ok(mut aside) = self.set_aside.lock() {
            aside.insert(url.to_owned(), response);
        }
    }

    /// Asks for one address. Waits for its turn; never fails: what goes wrong is the response's outcome.
    pub async fn get(&self, request: &Request<'_>) -> Response {
        if let Ok(mut aside) = self.set_aside.lock()
            && let Some(response) = aside.remove(request.url)
        {
            return response;
        }
        request::send(self, request).await
    }

    fn pace(&self, host: &str) -> Arc<tokio::sync::Mutex<crate::pace::Pace>> {
        self.hosts.of(host)
    }
}

/// The `User-Agent`: the program, and how to reach who runs it.
fn agent(contact: Option<&str>) -> Result<String, FetchError> {
    let name = concat!(
        "minutebook/",
        env!("CARGO_PKG_VERSION_MAJOR"),
        ".",
        env!("CARGO_PKG_VERSION_MINOR")
    );
    let Some(contact) = contact.map(str::trim).filter(|c| !c.is_empty()) else {
        return Ok(name.to_owned());
    };
    let plain = contact.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\'));
    if !plain {
        return Err(FetchError::BadContact(contact.to_owned()));
    }
    let contact = if contact.contains('@') && !contact.contains(':') {
        format!("mailto:{contact}")
    } else {
        contact.to_owned()
    };
    Ok(format!("{name} (+{contact})"))
}
