//! One step: ask for an address, see what came, keep it with all that follows from it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Ending, Event, Run, Stop, TRIES};
use crate::archive::{Answer, ArchiveError, Kept, Known, Offer, Standing, Step, hash, hex};
use crate::crawl::plan::Context;
use crate::crawl::reading::{self, Minutes, Reading};
use crate::crawl::{CrawlError, offers, plan};
use crate::fetch::{Request, Response};
use crate::outcome::Outcome;
use crate::page::{Page, PageKind};

impl Run<'_> {
    pub(super) async fn step(
        &mut self,
        url: &str,
        kind: PageKind,
        tries: u32,
        stop: &Stop,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Option<Ending>, CrawlError> {
        let known = self.archive.known(url)?;
        let held = known.as_ref().filter(|k| k.sha256.is_some());
        let request = Request {
            url,
            site: self.base.as_str(),
            kind,
            etag: held.and_then(|k| k.etag.as_deref()),
            modified: held.and_then(|k| k.modified.as_deref()),
            rules: Some(&self.rules),
        };
        let response = tokio::select! {
            response = self.fetcher.get(&request) => response,
            () = stop.said() => return Ok(Some(Ending::Stopped)),
        };
        self.requests += u64::from(response.requests);
        let again = next_try(&response, tries);
        let seeds = match again {
            Some(_) => Vec::new(),
            None => self.led_to(url, kind, &response, on_event)?,
        };
        let kept = self.keep(url, kind, &response, known.as_ref(), seeds, again)?;
        match kept.outcome {
            Outcome::Fetched => self.fetched += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Forbidden | Outcome::Gone => {}
            _ => self.failures += 1,
        }
        on_event(Event::Asked {
            url: url.to_owned(),
            kind,
            outcome: kept.outcome,
            reason: response.reason.clone(),
            again: again.is_some(),
            requests: self.requests,
            waiting: self.archive.waiting()?,
        });
        self.broken(kind, tries, &response)?;
        self.refused(kind, kept.outcome, response.reason.as_deref(), on_event)
    }

    pub(super) fn keep(
        &mut self,
        url: &str,
        kind: PageKind,
        response: &Response,
        known: Option<&Known>,
        seeds: Vec<Offer>,
        again: Option<(Timestamp, u32)>,
    ) -> Result<Kept, CrawlError> {
        let same = |sha256: &String, body: &[u8]| *sha256 == hex(&hash(body));
        let held = known.and_then(|k| k.sha256.as_ref());
        let changed = match (&response.body, held) {
            (Some(body), Some(sha256)) => !same(sha256, body),
            _ => response.outcome == Outcome::Fetched,
        };
        let mut step = Step { run: self.id, seeds, again, ..Step::default() };
        if response.outcome.is_good() {
            let day = known.and_then(|k| k.day).and_then(plan::from_number);
            let reading = self.reading(url, kind, response)?;
            let context = Context {
                now: response.at,
                today: self.today(),
                run: self.id,
                route: self.route,
                changed,
                reworded: false,
            };
            let source = offers::Source { url, kind, day, reading: &reading };
            let offered = offers::of(&source, self.archive, &context, self.options.welsh)?;
            step.offers = offered.offers;
            step.minutes = reading.minutes.are_here();
            step.standing = match kind {
                PageKind::MeetingList if !offered.tells_more => Standing::Settled,
                _ => self.standing(kind, day, &reading),
            };
            if kind == PageKind::ServiceMeetings
                && let Some(listed) = &mut self.listed
            {
                listed.extend(reading.committees);
            }
        }
        Ok(self.archive.keep(&answer(url, kind, response, response.outcome), &step)?)
    }

    pub(super) fn standing(
        &self,
        kind: PageKind,
        day: Option<Date>,
        reading: &Reading,
    ) -> Standing {
        let past = reading.day.or(day).is_some_and(|day| day < self.today());
        match offers::standing(kind, reading.minutes) {
            Standing::Settled if reading.minutes == Minutes::Cancelled && !past => Standing::Open,
            standing => standing,
        }
    }

    pub(super) fn reading(
        &self,
        url: &str,
        kind: PageKind,
        response: &Response,
    ) -> Result<Reading, ArchiveError> {
        let page = match &response.body {
            Some(body) if response.outcome == Outcome::Fetched => Page {
                url: url.to_owned(),
                site: self.base.to_string(),
                body: body.clone(),
                content_type: response.content_type.clone(),
                fetched_at: response.at,
                first_seen: response.at,
                sha256: String::new(),
                found_on: Vec::new(),
            },
            _ => match self.archive.page(url)? {
                Some(page) => page,
                None => return Ok(Reading::default()),
            },
        };
        Ok(reading::read(&page, kind))
    }
}

pub(super) fn answer<'b>(
    url: &'b str,
    kind: PageKind,
    response: &'b Response,
    outcome: Outcome,
) -> Answer<'b> {
    Answer {
        url,
        kind,
        at: response.at,
        outcome,
        reason: response.reason.as_deref(),
        status: response.status,
        body: response.body.as_deref(),
        content_type: response.content_type.as_deref(),
        etag: response.etag.as_deref(),
        modified: response.modified.as_deref(),
        retry_after: response.retry_after.as_deref(),
        location: response.location.as_deref(),
        took: response.took,
    }
}

/// When a page that failed is tried again in this run, if at all.
fn next_try(response: &Response, tries: u32) -> Option<(Timestamp, u32)> {
    // Being asked to wait is not the page's fault; the circuit sees to it that this ends.
    let tries = if response.outcome == Outcome::Busy { tries } else { tries + 1 };
    // No answer and a server's error pass; a wrong page with a good status is asked for once more, in case it was a moment's.
    let server = response.status.is_none_or(|status| status >= 500);
    let most = if server || response.outcome == Outcome::Failed { TRIES } else { TRIES - 1 };
    if !response.outcome.is_passing() || tries >= most {
        return None;
    }
    let pause = SignedDuration::from_millis(500 << tries.min(8));
    response.at.checked_add(pause).ok().map(|at| (at, tries))
}
