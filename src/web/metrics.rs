//! Counters for the operator, in Prometheus' text form, served apart from the site or not at all. No address, no query is counted by itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::time::Duration;

/// Upper bounds of the histogram of times, in seconds.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// Requests counted by route and status.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    routes: Mutex<BTreeMap<(String, u16), Times>>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Times {
    within: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts one request. `route` is the route's pattern, never the address asked for.
    pub(crate) fn count(&self, route: &str, status: u16, took: Duration) {
        let mut routes = match self.routes.lock() {
            Ok(routes) => routes,
            Err(poisoned) => poisoned.into_inner(),
        };
        let times = routes.entry((route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        for (within, bound) in times.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(seconds <= bound);
        }
        times.count += 1;
        times.seconds += seconds;
    }

    /// All of it as text.
    pub(crate) fn text(&self, generation: u64, items: usize, at_index: usize) -> String {
        let routes = match self.routes.lock() {
            Ok(routes) => routes.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        };
        let mut text = String::from(
            "# HELP minutebook_request_seconds Time to answer, by route and status.\n# TYPE minutebook_request_seconds histogram\n",
        );
        for ((route, status), times) in routes {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            let name = "minutebook_request_seconds";
            for (within, bound) in times.within.iter().zip(BOUNDS) {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {within}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", times.count);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", times.seconds);
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", times.count);
        }
        for (name, about, value) in [
            ("minutebook_index_generation", "Counts up with each change of the index.", generation),
            ("minutebook_index_items", "Items held.", items as u64),
            ("minutebook_searches_present", "Searches running or waiting.", at_index as u64),
        ] {
            let _ = writeln!(text, "# HELP {name} {about}\n# TYPE {name} gauge\n{name} {value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_counted_in_its_route() {
        let metrics = Metrics::default();
        metrics.count("/search", 200, Duration::from_millis(3));
        metrics.count("/search", 200, Duration::from_millis(700));
        let text = metrics.text(4, 10, 0);
        assert!(
            text.contains("_bucket{route=\"/search\",status=\"200\",le=\"0.005\"} 1\n"),
            "{text}"
        );
        assert!(text.contains("_count{route=\"/search\",status=\"200\"} 2\n"));
        assert!(text.contains("minutebook_index_generation 4\n"));
    }
}
