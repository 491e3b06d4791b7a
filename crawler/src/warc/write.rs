//! Writing an archive as WARC.

use std::io::Write;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::base32;
use crate::archive::{Archive, ArchiveError, Repeated, Version, hash, hex};
use crate::outcome::Outcome;

/// What says that an answer brought the bytes of an earlier one (WARC 1.1, 6.7.2).
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// What stops an export.
#[derive(Debug, Error)]
pub enum WarcError {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The output.
    #[error("cannot write the WARC file: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes every answer of an archive, oldest first. Pages hidden at somebody's request are left out.
pub fn write(archive: &Archive, mut to: impl Write) -> Result<(), WarcError> {
    let site = archive.site().to_string();
    let hidden: Vec<String> = archive.hidden_pages()?;
    info(&mut to, archive, &site)?;
    for version in archive.versions() {
        let version = version?;
        if hidden.contains(&version.url) {
            continue;
        }
        let id = identity(&site, version.id, "response");
        let told = match (version.status, &version.body) {
            (Some(_), Some(body)) => {
                response(&mut to, &version, &id, Some(body))?;
                true
            }
            (Some(_), None) if version.outcome == Outcome::Empty => {
                response(&mut to, &version, &id, Some(&[]))?;
                true
            }
            // The body came and was not kept again, or not kept at all: nothing may say that it was empty.
            (Some(200..=299), None) => match &version.repeated {
                Some(repeated) => {
                    revisit(&mut to, &site, &version, &id, repeated)?;
                    true
                }
                None => false,
            },
            (Some(_), None) => {
                response(&mut to, &version, &id, None)?;
                true
            }
            // An imported page: its bytes are known, the answer around them is not.
            (None, Some(body)) => {
                resource(&mut to, &version, &id, body)?;
                true
            }
            (None, None) => false,
        };
        metadata(&mut to, &site, &version, told.then_some(id.as_str()))?;
    }
    to.flush()?;
    Ok(())
}

fn info(to: &mut impl Write, archive: &Archive, site: &str) -> Result<(), WarcError> {
    let at = archive.begun()?.unwrap_or(Timestamp::UNIX_EPOCH);
    let body = format!(
        "software: minutebook/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nisPartOf: {site}\r\nrobots: obey\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let head = [
        ("WARC-Type", "warcinfo".to_owned()),
        ("WARC-Record-ID", identity(site, 0, "info")),
        ("WARC-Date", date(at)),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    record(to, &head, body.as_bytes())
}

/// An answer. One without its body (a redirect's, a refusal's) is kept for its status and headers, and says that it is not whole.
fn response(
    to: &mut impl Write,
    version: &Version,
    id: &str,
    body: Option<&[u8]>,
) -> Result<(), WarcError> {
    let mut block = http_head(version);
    let mut head = vec![
        ("WARC-Type", "response".to_owned()),
        ("WARC-Record-ID", id.to_owned()),
        ("WARC-Target-URI", version.url.clone()),
        ("WARC-Date", date(version.at)),
    ];
    if let Some(body) = body {
        block.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
        head.push(("WARC-Payload-Digest", digest(body)));
    } else if version.status != Some(304) {
        head.push(("WARC-Truncated", "unspecified".to_owned()));
    }
    block.extend_from_slice(b"\r\n");
    block.extend_from_slice(body.unwrap_or_default());
    head.push(("WARC-Block-Digest", digest(&block)));
    head.push(("Content-Type", "application/http; msgtype=response".to_owned()));
    record(to, &head, &block)
}

/// An answer whose bytes are those of a version before.
fn revisit(
    to: &mut impl Write,
    site: &str,
    version: &Version,
    id: &str,
    repeated: &Repeated,
) -> Result<(), WarcError> {
    let mut block = http_head(version);
    block.extend_from_slice(b"\r\n");
    let head = [
        ("WARC-Type", "revisit".to_owned()),
        ("WARC-Record-ID", id.to_owned()),
        ("WARC-Target-URI", version.url.clone()),
        ("WARC-Date", date(version.at)),
        ("WARC-Profile", SAME_PAYLOAD.to_owned()),
        ("WARC-Refers-To", identity(site, repeated.id, "response")),
        ("WARC-Refers-To-Target-URI", version.url.clone()),
        ("WARC-Refers-To-Date", date(repeated.at)),
        ("WARC-Payload-Digest", format!("sha256:{}", base32::encode(&repeated.sha256))),
        ("WARC-Block-Digest", digest(&block)),
        ("Content-Type", "application/http; msgtype=response".to_owned()),
    ];
    record(to, &head, &block)
}

/// The head of an answer as far as it was kept, without its last, empty line.
fn http_head(version: &Version) -> Vec<u8> {
    let status = version.status.unwrap_or(0);
    let mut block = format!("HTTP/1.1 {status} {}\r\n", phrase(status)).into_bytes();
    let fields = [
        ("Content-Type", &version.content_type),
        ("ETag", &version.etag),
        ("Last-Modified", &version.modified),
        ("Location", &version.location),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            let value = value.replace(['\r', '\n'], " ");
            block.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
    }
    block
}

fn resource(
    to: &mut impl Write,
    version: &Version,
    id: &str,
    body: &[u8],
) -> Result<(), WarcError> {
    let content_type = version.content_type.as_deref().unwrap_or("application/octet-stream");
    let head = [
        ("WARC-Type", "resource".to_owned()),
        ("WARC-Record-ID", id.to_owned()),
        ("WARC-Target-URI", version.url.clone()),
        ("WARC-Date", date(version.at)),
        ("WARC-Payload-Digest", digest(body)),
        ("WARC-Block-Digest", digest(body)),
        ("Content-Type", content_type.replace(['\r', '\n'], " ")),
    ];
    record(to, &head, body)
}

fn metadata(
    to: &mut impl Write,
    site: &str,
    version: &Version,
    about: Option<&str>,
) -> Result<(), WarcError> {
    let reason = version.reason.as_ref();
    let reason =
        reason.map(|r| format!("reason: {}\r\n", r.replace(['\r', '\n'], " "))).unwrap_or_default();
    let status = version.status.filter(|_| about.is_none());
    let status = status.map(|status| format!("status: {status}\r\n")).unwrap_or_default();
    let body = format!("outcome: {}\r\n{status}{reason}", version.outcome.word());
    let mut head = vec![
        ("WARC-Type", "metadata".to_owned()),
        ("WARC-Record-ID", identity(site, version.id, "metadata")),
        ("WARC-Target-URI", version.url.clone()),
        ("WARC-Date", date(version.at)),
    ];
    if let Some(id) = about {
        head.push(("WARC-Refers-To", id.to_owned()));
    }
    head.push(("Content-Type", "application/warc-fields".to_owned()));
    record(to, &head, body.as_bytes())
}

fn record(to: &mut impl Write, head: &[(&str, String)], block: &[u8]) -> Result<(), WarcError> {
    to.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in head {
        write!(to, "{name}: {value}\r\n")?;
    }
    write!(to, "Content-Length: {}\r\n\r\n", block.len())?;
    to.write_all(block)?;
    to.write_all(b"\r\n\r\n")?;
    Ok(())
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32::encode(&hash(bytes)))
}

/// A record's name, the same at every export: a UUID of the site, the log's number and the sort of record (RFC 9562, version 8).
fn identity(site: &str, number: i64, sort: &str) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(format!("{site}\n{number}\n{sort}")).into();
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let text = hex(&bytes[..16]);
    let parts = [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]];
    format!("<urn:uuid:{}>", parts.join("-"))
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Answer",
    }
}
