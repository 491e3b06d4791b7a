//! The way to the index: searches run on blocking threads, only so many at once, and only so many may wait. Work for a visitor
//! who has gone, or whose time is over, is told so and ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::WebError;

/// Counts who is in and who waits.
#[derive(Debug)]
pub(crate) struct Gate {
    inside: Arc<Semaphore>,
    present: AtomicUsize,
    most: usize,
    patience: Duration,
}

impl Gate {
    /// A gate for `at_once` searches with `waiting` more in the queue, each waiting no longer than `patience`.
    pub(crate) fn new(at_once: usize, waiting: usize, patience: Duration) -> Self {
        let at_once = at_once.max(1);
        Self {
            inside: Arc::new(Semaphore::new(at_once)),
            present: AtomicUsize::new(0),
            most: at_once + waiting,
            patience,
        }
    }

    /// Runs blocking work when its turn comes; refuses at once where too many wait already.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WebError> {
        let _present = self.enter().ok_or(WebError::Busy)?;
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.inside).acquire_owned());
        let Ok(Ok(permit)) = turn.await else { return Err(WebError::Busy) };
        inside(permit, work).await
    }

    /// Goes on with work that was let in before and has made room for others since: it waits its turn, however long.
    pub(crate) async fn again<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WebError> {
        let turn = Arc::clone(&self.inside).acquire_owned().await;
        inside(turn.map_err(|_| WebError::Busy)?, work).await
    }

    /// How many are inside or waiting.
    pub(crate) fn present(&self) -> usize {
        self.present.load(Ordering::Relaxed)
    }

    fn enter(&self) -> Option<Present<'_>> {
        let grown = |now: usize| (now < self.most).then_some(now + 1);
        self.present
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, grown)
            .ok()
            .map(|_| Present(&self.present))
    }
}

async fn inside<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, WebError> {
    // Left behind when the request is dropped: the visitor hung up, or has waited too long.
    let gone = Gone(Arc::default());
    let given_up = Arc::clone(&gone.0);
    // The permit travels with the work: a visitor who hangs up does not make room before the work has ended.
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        minutebook_index::unless(&given_up, work)
    });
    done.await.map_err(|error| WebError::internal(&error))
}

/// Tells the work, when it goes, that nobody waits for it.
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Present<'a>(&'a AtomicUsize);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn beyond_the_queue_is_busy_and_room_comes_back() {
        let gate = Arc::new(Gate::new(1, 1, Duration::from_secs(5)));
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let first = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.run(move || wait.recv().is_ok()).await.is_ok() }
        });
        while gate.present() < 1 {
            tokio::task::yield_now().await;
        }
        let second = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.run(|| 2).await.is_ok() }
        });
        while gate.present() < 2 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(gate.run(|| 3).await, Err(WebError::Busy)));
        release.send(()).unwrap();
        assert!(first.await.unwrap() && second.await.unwrap());
        assert_eq!(gate.run(|| 4).await.ok(), Some(4));
        assert_eq!(gate.present(), 0);
    }

    #[tokio::test]
    async fn work_for_a_visitor_who_has_gone_hears_of_it() {
        let gate = Arc::new(Gate::new(1, 0, Duration::from_secs(5)));
        let (said, hear) = std::sync::mpsc::channel();
        let (started, start) = tokio::sync::oneshot::channel();
        let asking = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move {
                let work = move || {
                    let _ = started.send(());
                    while !minutebook_index::is_given_up() {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                    let _ = said.send(());
                };
                gate.run(work).await.is_ok()
            }
        });
        start.await.unwrap();
        assert!(hear.try_recv().is_err());
        asking.abort();
        let heard = tokio::task::spawn_blocking(move || hear.recv_timeout(Duration::from_secs(5)));
        assert!(heard.await.unwrap().is_ok());
        assert_eq!(gate.again(|| 5).await.ok(), Some(5), "and makes room");
    }

    #[tokio::test]
    async fn waiting_has_an_end_and_a_panic_is_an_error() {
        let gate = Arc::new(Gate::new(1, 5, Duration::from_millis(20)));
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let slow = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.run(move || wait.recv().is_ok()).await.is_ok() }
        });
        while gate.present() < 1 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(gate.run(|| ()).await, Err(WebError::Busy)));
        release.send(()).unwrap();
        assert!(slow.await.unwrap());
        let failed = gate.run(|| panic!("asked for by the test")).await;
        assert!(matches!(failed, Err(WebError::Internal)));
    }
}
