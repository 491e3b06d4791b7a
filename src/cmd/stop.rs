//! Being asked to stop: Ctrl-C on a terminal, SIGTERM from whoever runs the machine.

use std::sync::atomic::{AtomicBool, Ordering};

/// Set when it was Ctrl-C, whose exit code is 130.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Waits until somebody asks us to stop.
pub(super) async fn asked() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without the signal there is nothing to wait for; SIGKILL remains, and nothing is torn by it.
            std::future::pending::<()>().await;
        }
        INTERRUPTED.store(true, Ordering::Relaxed);
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// Whether it was Ctrl-C.
pub(super) fn was_interrupt() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
