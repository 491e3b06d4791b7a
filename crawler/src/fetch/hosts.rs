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

    /// The pace of a host, whatever the port: one machine answers on all of them. On loopback each port is a machine of its own.
    /// Whoever holds its lock has the turn: one request at a time.
    pub(super) fn of(&self, host: &str) -> Arc<Turn<Pace>> {
        let host = machine(host);
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get(host) {
            return Arc::clone(pace);
        }
        let pace = Arc::new(Turn::new(Pace::new(self.delay, self.night.clone())));
        paces.insert(host.to_owned(), Arc::clone(&pace));
        pace
    }
}

fn machine(host: &str) -> &str {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let loopback = name == "localhost" || name == "[::1]" || name.starts_with("127.");
    if loopback { host } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_of_one_machine_share_a_pace() {
        assert_eq!(machine("democracy.example.gov.uk:9071"), "democracy.example.gov.uk");
        assert_eq!(machine("democracy.example.gov.uk"), "democracy.example.gov.uk");
        assert_eq!(machine("127.0.0.1:4000"), "127.0.0.1:4000");
        assert_eq!(machine("[2001:db8::1]"), "[2001:db8::1]");
    }
}
