//! A body written by a blocking thread while it is being sent: however many results there are, only a few are in memory.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use minutebook_index::Search;
use minutebook_index::results::Hit;
use tokio::sync::{mpsc, oneshot};

use crate::web::error::WebError;
use crate::web::held;
use crate::web::state::App;

/// Chunks that may wait for a slow reader.
const WAITING: usize = 8;
/// Bytes gathered before they are sent.
const CHUNK: usize = 32 * 1024;

struct Chunks(mpsc::Receiver<Result<Bytes, std::io::Error>>);

impl Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
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
    let (send, receive) = mpsc::channel(WAITING);
    let (opened, open) = oneshot::channel();
    let asking = app.clone();
    tokio::spawn(async move {
        let job = move |index: &minutebook_index::Index| {
            let hits = match held::scan(index, &search) {
                Ok(hits) => hits,
                Err(error) => {
                    // The visitor may be gone; then nobody is left to hear of it.
                    let _ = opened.send(Err(error));
                    return;
                }
            };
            let _ = opened.send(Ok(()));
            let mut chunk = head;
            for hit in hits {
                let Ok(hit) = hit else {
                    let broken = std::io::Error::other("the index could not be read to its end");
                    let _ = send.blocking_send(Err(broken));
                    return;
                };
                chunk.extend(line(&hit).unwrap_or_default());
                if chunk.len() >= CHUNK
                    && send.blocking_send(Ok(Bytes::from(std::mem::take(&mut chunk)))).is_err()
                {
                    return;
                }
            }
            let _ = send.blocking_send(Ok(Bytes::from(chunk)));
        };
        // A refusal drops `opened`, which the waiting side reads as busy.
        let _ = asking.ask(job).await;
    });
    match open.await {
        Ok(Ok(())) => Ok(Body::from_stream(Chunks(receive))),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(WebError::Busy),
    }
}
