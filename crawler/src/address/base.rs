//! The base address of a site: the directory that holds `mgWebService.asmx`, found from any address of it a person may paste.

use std::fmt;
use std::net::IpAddr;

use thiserror::Error;
use url::{Host, Url};

use super::table;

/// A site's base address: scheme, host, port and directory, with a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Base(Url);

/// Why a pasted address cannot be a site.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// Not an address at all.
    #[error(
        "`{0}` is not a web address: paste any address of the site, such as https://moderngov.example.gov.uk/"
    )]
    NotAnAddress(String),
    /// A scheme other than https (or http on loopback).
    #[error("`{0}` uses a scheme this program does not speak: give its https:// address")]
    Scheme(String),
    /// Plain http to another machine.
    #[error(
        "`{given}` is plain http, which is accepted for loopback addresses only: use {instead}"
    )]
    PlainHttp {
        /// What was pasted.
        given: String,
        /// The same address over https.
        instead: String,
    },
}

impl Base {
    /// Finds the base address from any address of the site: its home page, a committee, a meeting, an old session address.
    ///
    /// An address without a scheme is taken as https, on loopback as http. Plain http is accepted for loopback only.
    pub fn from_pasted(pasted: &str) -> Result<Self, AddressError> {
        let text = pasted.trim().trim_matches(['<', '>', '"', '\'']);
        let no = || AddressError::NotAnAddress(pasted.to_owned());
        let mut url = if text.contains("://") {
            Url::parse(text).map_err(|_| no())?
        } else {
            let bare = text.trim_start_matches('/');
            let secure = Url::parse(&format!("https://{bare}")).map_err(|_| no())?;
            if is_loopback(&secure) {
                Url::parse(&format!("http://{bare}")).map_err(|_| no())?
            } else {
                secure
            }
        };
        if url.host_str().is_none_or(str::is_empty) {
            return Err(no());
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                let instead = format!("https{}", &url.as_str()["http".len()..]);
                return Err(AddressError::PlainHttp { given: pasted.to_owned(), instead });
            }
            _ => return Err(AddressError::Scheme(pasted.to_owned())),
        }
        url.set_query(None);
        url.set_fragment(None);
        // Both fail for addresses without a host only, which were refused above.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let path = directory(url.path());
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Reads a base address this program wrote before. The path is taken as it is.
    pub fn parse(written: &str) -> Result<Self, AddressError> {
        let base = Self::from_pasted(written)?;
        let mut url =
            Url::parse(written).map_err(|_| AddressError::NotAnAddress(written.to_owned()))?;
        if !url.path().ends_with('/') {
            return Ok(base);
        }
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The address as text, with its trailing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address as a URL.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Host, with the port where it is not the scheme's own: requests to one of these go one at a time.
    pub fn host(&self) -> String {
        host(&self.0)
    }

    /// Whether the site is on this very machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The root directory of the same host, where this base is a directory below it.
    #[must_use]
    pub fn root(&self) -> Self {
        let mut url = self.0.clone();
        url.set_path("/");
        Self(url)
    }

    /// A name for files about this site: letters, digits, dots, hyphens.
    pub fn slug(&self) -> String {
        let mut slug = self.host();
        slug.push_str(self.0.path().trim_end_matches('/'));
        let clean = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        slug.to_ascii_lowercase()
            .chars()
            .map(clean)
            .collect::<String>()
            .trim_matches(['-', '.'])
            .to_owned()
    }

    /// The address of a page below the base.
    pub fn join(&self, rest: &str) -> String {
        format!("{}{rest}", self.as_str())
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Host of an address, with the port where it is not the scheme's own.
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whether an address is on this very machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// Path segments that carry a cookieless session: `(S(1w3lda453fhw0f55xyxindbs))`, also several in one pair of brackets.
pub(super) fn is_session(segment: &str) -> bool {
    let mut chars = segment.chars();
    segment.ends_with("))")
        && chars.next() == Some('(')
        && chars.next().is_some_and(|c| matches!(c, 'A' | 'F' | 'S' | 'X' | 'a' | 'f' | 's' | 'x'))
        && chars.next() == Some('(')
}

/// Path segments without empty ones and without sessions.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| {
        !segment.is_empty()
            && !is_session(&percent_encoding::percent_decode_str(segment).decode_utf8_lossy())
    })
}

/// Whether a file name ends the directory part of a path.
fn is_file(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    table::page(segment).is_some()
        || [".aspx", ".asmx", ".asp", ".ashx", ".htm", ".html", ".php", ".pdf"]
            .iter()
            .any(|ending| lower.ends_with(ending))
}

/// `g4967` and `s60860`: folders of documents.
pub(super) fn is_document_folder(segment: &str) -> bool {
    segment.len() > 1
        && segment.starts_with(['g', 'G', 's', 'S', 'b', 'B'])
        && segment[1..].bytes().all(|b| b.is_ascii_digit())
}

fn directory(path: &str) -> String {
    let all: Vec<&str> = segments(path).collect();
    let end = all
        .iter()
        .enumerate()
        .position(|(at, segment)| {
            is_file(segment)
                || (segment.eq_ignore_ascii_case("documents")
                    && all.get(at + 1).is_some_and(|next| is_document_folder(next)))
        })
        .unwrap_or(all.len());
    let mut directory = String::from("/");
    for segment in &all[..end] {
        directory.push_str(segment);
        directory.push('/');
    }
    directory
}
