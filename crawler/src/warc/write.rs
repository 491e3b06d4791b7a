//! Writing an archive as WARC.

use std::io::Write;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::base32;
use crate::archive::{Archive, ArchiveError, Version, hash, hex};

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
            (Some(_), _) => {
                response(&mut to, &version, &id)?;
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

fn response(to: &mut impl Write, version: &Version, id: &str) -> Result<(), WarcError> {
    let body = version.body.as_deref().unwrap_or_default();
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
    block.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    block.extend_from_slice(body);
    let head = [
        ("WARC-Type", "response".to_owned()),
        ("WARC-Record-ID", id.to_owned()),
        ("WARC-Target-URI", version.url.clone()),
        ("WARC-Date", date(version.at)),
        ("WARC-Payload-Digest", digest(body)),
        ("WARC-Block-Digest", digest(&block)),
        ("Content-Type", "application/http; msgtype=response".to_owned()),
    ];
    record(to, &head, &block)
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
    let body = format!("outcome: {}\r\n{reason}", version.outcome.word());
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
