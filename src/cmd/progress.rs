//! Progress on a terminal; where stderr is no terminal, only what matters is logged.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::Mutex;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use minutebook_crawler::crawl::Event;

/// A bar that counts to a length, with what is being done before it.
pub(super) fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    style(&bar);
    bar.set_prefix(what);
    bar
}

fn style(bar: &ProgressBar) {
    let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {elapsed} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
}

/// One bar a site.
pub(super) struct Bars {
    all: MultiProgress,
    by_site: Mutex<HashMap<String, ProgressBar>>,
}

impl Bars {
    pub(super) fn new() -> Bars {
        let all = MultiProgress::new();
        if !std::io::stderr().is_terminal() {
            all.set_draw_target(ProgressDrawTarget::hidden());
        }
        Bars { all, by_site: Mutex::default() }
    }

    /// Shows what happened at a site.
    pub(super) fn show(&self, site: &str, event: &Event) {
        let bar = self.of(site);
        match event {
            Event::Began { resumed: true, waiting, .. } => {
                tracing::info!(
                    "{site}: going on where the last run left off, {waiting} addresses waiting"
                );
            }
            Event::Began { .. } => {}
            Event::Robots { words } => tracing::debug!("{site}: robots.txt: {words}"),
            Event::Route { words } => tracing::info!("{site}: {words}"),
            Event::Waiting { until, why } => {
                bar.set_message(format!("waiting until {until}"));
                tracing::info!("{site}: waiting until {until} ({why:?})");
            }
            Event::Asked { url, outcome, reason, again, requests, waiting, .. } => {
                bar.set_length(requests + waiting);
                bar.set_position(*requests);
                bar.set_message(url.clone());
                if let Some(reason) = reason {
                    let next = if *again { "; it will be tried again" } else { "" };
                    tracing::debug!("{outcome:?}: {url}: {reason}{next}");
                }
            }
            Event::Ended(_) => bar.finish_and_clear(),
        }
    }

    fn of(&self, site: &str) -> ProgressBar {
        let mut bars = self.by_site.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        bars.entry(site.to_owned())
            .or_insert_with(|| {
                let bar = self.all.add(ProgressBar::new(0));
                style(&bar);
                bar.set_prefix("reading");
                bar
            })
            .clone()
    }
}
