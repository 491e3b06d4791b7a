//! A body written while it is being sent: however many results there are, only a few are in memory, and whoever reads them slowly
//! keeps nobody from searching. Between two pieces a download leaves its place at the gate.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use minutebook_index::Search;
use minutebook_index::results::Hit;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;

/// Chunks that may wait for a slow reader.
const WAITING: usize = 8;
/// Bytes gathered before they are sent.
const CHUNK: usize = 32 * 1024;

/// How a hit is written; none where it is withheld.
type Line = Box<dyn Fn(&Hit) -> Option<Vec<u8>> + Send>;
type Sent = Result<Bytes, std::io::Error>;

/// What the reader takes from. Chunks that end before all is written are a broken answer, not a short one.
struct Chunks {
    written: mpsc::Receiver<Bytes>,
    whole: Arc<AtomicBool>,
}

impl Stream for Chunks {
    type Item = Sent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Sent>> {
        Poll::Ready(match ready!(self.written.poll_recv(context)) {
            Some(chunk) => Some(Ok(chunk)),
            // Said once: whoever asks again hears that it is over.
            None if self.whole.swap(true, Ordering::Acquire) => None,
            None => Some(Err(std::io::Error::other("the download was broken off"))),
        })
    }
}

/// A search's hits on their way to becoming bytes.
struct Download {
    hits: Box<dyn Iterator<Item = Result<Hit, WebError>> + Send>,
    line: Line,
    begun: Vec<u8>,
}

/// What a download comes to next.
enum Next {
    Chunk(Vec<u8>),
    /// The last of it.
    End(Vec<u8>),
}

impl Download {
    fn next(&mut self) -> Result<Next, WebError> {
        let mut chunk = std::mem::take(&mut self.begun);
        for hit in &mut self.hits {
            chunk.extend((self.line)(&hit?).unwrap_or_default());
            if chunk.len() >= CHUNK {
                return Ok(Next::Chunk(chunk));
            }
        }
        Ok(Next::End(chunk))
    }
}

/// A body of every hit of a search, each turned into bytes by `line`, after `head`. Errors before the first hit are answers of
/// their own; later ones break the body off, so that nobody takes a part for the whole.
pub(super) async fn body(
    app: &App,
    search: Search,
    head: Vec<u8>,
    line: impl Fn(&Hit) -> Option<Vec<u8>> + Send + 'static,
) -> Result<Body, WebError> {
    let place = app.download().ok_or(WebError::Busy)?;
    let hits = app.ask(move |index| held::scan(index, &search)).await??;
    let download = Download { hits: Box::new(hits), line: Box::new(line), begun: head };
    let (send, written) = mpsc::channel(WAITING);
    let whole = Arc::new(AtomicBool::new(false));
    tokio::spawn(write(app.clone(), place, download, send, Arc::clone(&whole)));
    Ok(Body::from_stream(Chunks { written, whole }))
}

/// Writes a download as its reader takes it, until the end, or until the reader has gone or takes nothing.
async fn write(
    app: App,
    _place: OwnedSemaphorePermit,
    mut download: Download,
    send: mpsc::Sender<Bytes>,
    whole: Arc<AtomicBool>,
) {
    let patience = app.settings().slow_reader;
    while let Ok(Ok(room)) = tokio::time::timeout(patience, send.reserve()).await {
        let step = move || {
            let next = download.next();
            (next, download)
        };
        // What went wrong is in the log; the reader sees that the answer is not whole.
        let Ok((Ok(next), rest)) = app.go_on(step).await else { return };
        download = rest;
        match next {
            Next::Chunk(chunk) => room.send(Bytes::from(chunk)),
            Next::End(chunk) => {
                whole.store(true, Ordering::Release);
                return room.send(Bytes::from(chunk));
            }
        }
    }
}
