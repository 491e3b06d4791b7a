//! Reading WARC files, plain or gzipped record by record, of any program.
//!
//! Only what can be a page is given: responses, and resources kept as such. A damaged record ends the file with an error; what came
//! before it counts.

use std::io::{BufRead, BufReader, Read};

use flate2::read::{DeflateDecoder, GzDecoder, MultiGzDecoder, ZlibDecoder};
use jiff::Timestamp;
use thiserror::Error;

/// Bytes of a head: a record's or an answer's.
const HEAD_LIMIT: usize = 1 << 20;

/// A page as some program captured it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The address as captured.
    pub url: String,
    /// When.
    pub at: Option<Timestamp>,
    /// HTTP status; `None` for a resource.
    pub status: Option<u16>,
    /// Headers of the answer, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, transfer and content coding undone; or why it could not be.
    pub body: Result<Vec<u8>, String>,
}

impl Capture {
    /// A header of the answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Why a WARC file could not be read to its end.
#[derive(Debug, Error)]
pub enum WarcReadError {
    /// The file.
    #[error("cannot read: {0}")]
    Io(#[from] std::io::Error),
    /// The format.
    #[error("not WARC, or damaged: {0}")]
    Damaged(String),
}

/// Reads captures one after the other and hands each on. Bodies above `limit` bytes are told as such.
pub fn read<E: From<WarcReadError>>(
    from: impl Read,
    limit: usize,
    mut each: impl FnMut(Capture) -> Result<(), E>,
) -> Result<(), E> {
    let mut plain = BufReader::with_capacity(1 << 16, from);
    let gzipped = plain.fill_buf().map_err(WarcReadError::Io)?.starts_with(&[0x1F, 0x8B]);
    if gzipped {
        records(BufReader::new(MultiGzDecoder::new(plain)), limit, &mut each)
    } else {
        records(plain, limit, &mut each)
    }
}

fn records<E: From<WarcReadError>>(
    mut from: impl BufRead,
    limit: usize,
    each: &mut impl FnMut(Capture) -> Result<(), E>,
) -> Result<(), E> {
    while let Some(head) = record_head(&mut from)? {
        let field =
            |name: &str| head.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
        let length: u64 = field("content-length")
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| WarcReadError::Damaged("a record without its length".to_owned()))?;
        let kind = field("warc-type").unwrap_or_default().to_ascii_lowercase();
        let is_http = field("content-type").is_some_and(|t| t.contains("application/http"));
        let url = field("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let wanted = (kind == "response" && is_http) || kind == "resource";
        let at = field("warc-date").and_then(|text| text.parse().ok());
        let mut block = (&mut from).take(length);
        if let Some(url) = url.filter(|_| wanted) {
            let mut bytes = Vec::new();
            // Twice the limit of a body leaves room for its head and its coding.
            let most = (limit as u64).saturating_mul(2) + HEAD_LIMIT as u64;
            block.by_ref().take(most).read_to_end(&mut bytes).map_err(WarcReadError::Io)?;
            let capture = if kind == "resource" {
                let content = field("content-type").filter(|t| *t != "application/octet-stream");
                let content = content.map(|t| ("content-type".to_owned(), t.to_owned()));
                let headers = content.into_iter().collect();
                Capture { url, at, status: None, headers, body: within(bytes, limit) }
            } else {
                answer(url, at, &bytes, limit)
            };
            each(capture)?;
        }
        let left = std::io::copy(&mut block, &mut std::io::sink()).map_err(WarcReadError::Io)?;
        if block.limit() > 0 {
            let cut = format!("the file ends within a record ({left} bytes skipped)");
            return Err(WarcReadError::Damaged(cut).into());
        }
    }
    Ok(())
}

/// The named fields of the next record; `None` at the end of the file.
fn record_head(from: &mut impl BufRead) -> Result<Option<Vec<(String, String)>>, WarcReadError> {
    let version = loop {
        match line(from)? {
            None => return Ok(None),
            Some(text) if text.trim().is_empty() => {}
            Some(text) => break text,
        }
    };
    if !version.starts_with("WARC/") {
        let start: String = version.chars().take(20).collect();
        return Err(WarcReadError::Damaged(format!("`{start}` where a record should begin")));
    }
    let mut fields = Vec::new();
    loop {
        match line(from)? {
            None => return Err(WarcReadError::Damaged("the file ends within a head".to_owned())),
            Some(text) if text.is_empty() => return Ok(Some(fields)),
            Some(text) => {
                if let Some((name, value)) = text.split_once(':') {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
}

fn line(from: &mut impl BufRead) -> Result<Option<String>, WarcReadError> {
    let mut bytes = Vec::new();
    from.by_ref().take(HEAD_LIMIT as u64).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn answer(url: String, at: Option<Timestamp>, block: &[u8], limit: usize) -> Capture {
    let end = block.windows(4).position(|w| w == b"\r\n\r\n").map(|at| (at, at + 4));
    let (head, start) = end
        .or_else(|| block.windows(2).position(|w| w == b"\n\n").map(|at| (at, at + 2)))
        .unwrap_or((block.len(), block.len()));
    let head = String::from_utf8_lossy(&block[..head]).into_owned();
    let mut lines = head.lines();
    let status =
        lines.next().and_then(|l| l.split_whitespace().nth(1)).and_then(|s| s.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|l| l.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut capture = Capture { url, at, status, headers, body: Ok(Vec::new()) };
    let mut body = block[start..].to_vec();
    if capture
        .header("transfer-encoding")
        .is_some_and(|t| t.to_ascii_lowercase().contains("chunked"))
    {
        // Some programs keep the header and undo the coding: then it does not read as chunks.
        body = unchunked(&body).unwrap_or(body);
    }
    capture.body = decoded(body, capture.header("content-encoding"), limit);
    capture
}

fn within(body: Vec<u8>, limit: usize) -> Result<Vec<u8>, String> {
    if body.len() > limit {
        return Err(format!("more than {} MB", limit >> 20));
    }
    Ok(body)
}

fn decoded(body: Vec<u8>, coding: Option<&str>, limit: usize) -> Result<Vec<u8>, String> {
    let most = limit as u64 + 1;
    let mut out = Vec::new();
    let coding = coding.map(|c| c.trim().to_ascii_lowercase());
    let is_gzip = body.starts_with(&[0x1F, 0x8B]);
    // Some programs keep the header and undo the coding.
    let coding = coding.filter(|c| is_gzip || !matches!(c.as_str(), "gzip" | "x-gzip"));
    let done = match coding.as_deref() {
        None | Some("" | "identity") => return within(body, limit),
        Some("gzip" | "x-gzip") => GzDecoder::new(&body[..]).take(most).read_to_end(&mut out),
        Some("deflate") => {
            // With its wrapping or without: both go by that name.
            let wrapped = ZlibDecoder::new(&body[..]).take(most).read_to_end(&mut out);
            wrapped.or_else(|_| {
                out.clear();
                DeflateDecoder::new(&body[..]).take(most).read_to_end(&mut out)
            })
        }
        Some(other) => return Err(format!("its content coding `{other}` is not read here")),
    };
    match done {
        Ok(_) => within(out, limit),
        Err(error) => Err(format!("its content coding is damaged: {error}")),
    }
}

fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
