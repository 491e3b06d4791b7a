//! What a run waits for: robots.txt, its turn, an open circuit.

use jiff::SignedDuration;

use super::step::answer;
use super::{Ending, Event, OPENINGS, Run, Stop};
use crate::archive::{ArchiveError, Circuit, Step};
use crate::crawl::{CrawlError, robots};
use crate::pace::Why;
use crate::page::PageKind;

/// The longest pause between requests that is waited out, whatever the patience: a page an hour is slow, and still a crawl.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// An ordinary pause this long is told.
const TOLD: SignedDuration = SignedDuration::from_mins(2);

impl Run<'_> {
    pub(super) async fn read_robots(
        &mut self,
        stop: &Stop,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Option<Ending>, CrawlError> {
        let asked = robots::ask(&self.base, self.fetcher, stop).await;
        let url = robots::url(&self.base);
        for response in &asked.answers {
            self.requests += u64::from(response.requests);
            let answer = answer(&url, PageKind::Other, response, response.outcome);
            self.archive.keep(&answer, &Step { run: self.id, ..Step::default() })?;
        }
        let Some(rules) = asked.rules else { return Ok(Some(Ending::Stopped)) };
        self.archive.set_fact("robots", rules.words())?;
        match rules.crawl_delay() {
            Some(delay) => {
                self.archive.set_fact("crawl-delay", &delay.as_secs_f64().to_string())?;
            }
            None => self.archive.drop_fact("crawl-delay")?,
        }
        on_event(Event::Robots { words: rules.words().to_owned() });
        self.rules = rules;
        self.rules_at = Some(asked.at);
        if asked.is_reachable {
            return Ok(None);
        }
        let last = asked.answers.last();
        let why = last.and_then(|r| r.reason.clone()).unwrap_or_default();
        let no_answer = asked.answers.iter().all(|r| r.status.is_none());
        Ok(Some(if no_answer {
            Ending::Unreachable { why }
        } else {
            Ending::RobotsForbid { why: format!("{} ({why})", self.rules.words()) }
        }))
    }

    /// Waits while the pace asks for a long wait, or ends the run when that is beyond our patience.
    pub(super) async fn wait_for_turn(
        &mut self,
        stop: &Stop,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Option<Ending>, CrawlError> {
        self.note_circuit().await?;
        if self.openings >= OPENINGS
            && let Some(circuit) = &self.circuit
        {
            let (until, why) = (circuit.until, circuit.why.clone());
            return Ok(Some(Ending::CircuitOpen { until, why }));
        }
        let (until, why) = self.fetcher.turn(&self.host).await;
        let wait = until.duration_since(self.fetcher.clock().now());
        let patience =
            SignedDuration::try_from(self.options.patience).unwrap_or(SignedDuration::MAX);
        if why == Why::Pause && wait > patience.max(LONGEST_PAUSE) {
            let why =
                "robots.txt asks for a pause between requests that is longer than this run waits"
                    .to_owned();
            return Ok(Some(Ending::CircuitOpen { until, why }));
        }
        if (why == Why::Pause && wait < TOLD) || wait <= SignedDuration::ZERO {
            return Ok(None);
        }
        if why != Why::Night && wait > patience {
            let what = self.circuit.as_ref().map(|c| c.why.clone());
            let why = what.unwrap_or_else(|| "it asked us to come back later".to_owned());
            // The next run must wait as well.
            let circuit = Circuit { until, why: why.clone(), times: 1 };
            self.fetcher.resume(&self.host, Some(circuit), None, None).await;
            return Ok(Some(Ending::CircuitOpen { until, why }));
        }
        if wait > SignedDuration::from_secs(2) {
            on_event(Event::Waiting { until, why });
        }
        tokio::select! {
            () = self.fetcher.clock().wait_until(until) => Ok(None),
            () = stop.said() => Ok(Some(Ending::Stopped)),
        }
    }

    /// Writes down when the circuit opens or closes, so that `status` and the next run know.
    pub(super) async fn note_circuit(&mut self) -> Result<(), ArchiveError> {
        let now = self.fetcher.circuit(&self.host).await;
        if now != self.circuit {
            let opened = now
                .as_ref()
                .is_some_and(|n| self.circuit.as_ref().is_none_or(|c| n.times > c.times));
            self.openings = if now.is_none() { 0 } else { self.openings + u32::from(opened) };
            self.archive.set_circuit(now.as_ref())?;
            self.circuit = now;
        }
        Ok(())
    }
}
