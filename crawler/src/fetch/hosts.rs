//! One pace for each host, shared by all crawls of the program: two sites on one host take turns.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Turn;

use crate::pace::{Night, Pace};

/// The hosts asked so far.
#[derive(Debug)]
pub(super) struct Hosts {
    delay: Duration,
    night: Option<Night>,
    paces: Mutex<HashMap<String, Arc<Turn<Pace>>>>,
}

impl Hosts {
    pub(super) fn new(delay: Duration, night: Option<Night>) -> Self {
        Self { delay, night, paces: Mutex::default() }
    }

    /// The pace of a host. Whoever holds its lock has the turn: one request at a time.
    pub(super) fn of(&self, host: &str) -> Arc<Turn<Pace>> {
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get(host) {
            return Arc::clone(pace);
        }
        let pace = Arc::new(Turn::new(Pace::new(self.delay, self.night.clone())));
        paces.insert(host.to_owned(), Arc::clone(&pace));
        pace
    }
}
