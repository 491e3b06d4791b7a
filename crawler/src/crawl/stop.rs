//! Stopping a crawl from outside.

use tokio::sync::watch;

/// The end that says stop. Dropping it does not.
#[derive(Debug, Clone)]
pub struct Stopper(watch::Sender<bool>);

/// The end that hears it. Any number of crawls may share one.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

/// A pair of the two.
pub fn stop() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    /// Says stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Whether stop was said.
    pub fn is_said(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until stop is said; for ever when nobody is left to say it.
    pub async fn said(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|said| *said).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
