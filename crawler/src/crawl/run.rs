//! One run over one site: robots.txt, then one address after the other until nothing is left.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::event::{Ending, Event, Summary};
use super::plan::{self, Context, Route};
use super::reading::{self, Minutes, Reading};
use super::stop::Stop;
use super::{CrawlError, SiteOptions, offers, robots};
use crate::address::{self, Base};
use crate::archive::{
    Answer, Archive, ArchiveError, Circuit, Failing, Kept, Known, Next, Offer, Standing, Step,
};
use crate::fetch::{Fetcher, Request, Response};
use crate::outcome::Outcome;
use crate::pace::Why;
use crate::page::{Page, PageKind};
use crate::robots::{HOLDS, Rules};

/// How often a page is asked for in one run.
const TRIES: u32 = 3;
/// Refusals in a row after which a route counts as closed.
const REFUSALS: u32 = 3;
/// How often the circuit may open in one run before the run ends.
const OPENINGS: u32 = 3;
/// The pages' route, by its kinds.
const PAGES: [PageKind; 9] = [
    PageKind::CommitteeList,
    PageKind::Committee,
    PageKind::MeetingList,
    PageKind::Meeting,
    PageKind::Item,
    PageKind::Decision,
    PageKind::Issue,
    PageKind::Attendance,
    PageKind::LegacyMeeting,
];

pub(super) struct Run<'a> {
    options: &'a SiteOptions,
    archive: &'a mut Archive,
    fetcher: &'a Fetcher,
    base: Base,
    host: String,
    id: i64,
    resumed: bool,
    rules: Rules,
    rules_at: Option<Timestamp>,
    route: Route,
    refusals: u32,
    openings: u32,
    circuit: Option<Circuit>,
    /// Committees whose meetings were listed by the service, once known.
    listed: Option<HashSet<String>>,
    requests: u64,
    fetched: u64,
    unchanged: u64,
    failures: u64,
}

impl<'a> Run<'a> {
    pub(super) async fn begin(
        options: &'a SiteOptions,
        archive: &'a mut Archive,
        fetcher: &'a Fetcher,
    ) -> Result<Self, CrawlError> {
        let base = archive.site().clone();
        let host = base.host();
        let circuit = archive.circuit()?;
        fetcher.resume(&host, circuit.clone(), archive.last_request()?).await;
        let now = fetcher.clock().now();
        let open = archive.open_run()?;
        let id = match open {
            Some(id) => id,
            None => archive.begin_run(now)?,
        };
        archive.wake()?;
        let route = match archive.fact("route")?.as_deref() {
            Some("service") => Route::Service,
            Some("pages") => Route::Pages,
            Some("both") => Route::Both,
            _ => Route::Unknown,
        };
        Ok(Self {
            options,
            archive,
            fetcher,
            base,
            host,
            id,
            resumed: open.is_some(),
            rules: Rules::allow_all(),
            rules_at: None,
            route,
            refusals: 0,
            openings: 0,
            circuit,
            listed: None,
            requests: 0,
            fetched: 0,
            unchanged: 0,
            failures: 0,
        })
    }

    pub(super) async fn walk(
        &mut self,
        stop: &Stop,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Ending, CrawlError> {
        if let Some(ending) = self.wait_for_turn(stop, on_event).await? {
            return Ok(ending);
        }
        if let Some(ending) = self.read_robots(stop, on_event).await? {
            return Ok(ending);
        }
        self.seed()?;
        on_event(Event::Began {
            site: self.base.to_string(),
            resumed: self.resumed,
            waiting: self.archive.waiting()?,
        });
        loop {
            if stop.is_said() {
                return Ok(Ending::Stopped);
            }
            if self.options.max_pages.is_some_and(|max| self.requests >= max) {
                return Ok(if self.archive.waiting()? == 0 {
                    self.done()?
                } else {
                    Ending::Ceiling
                });
            }
            let stale = self.rules_at.is_none_or(|at| self.age(at) >= HOLDS.as_secs());
            if stale && let Some(ending) = self.read_robots(stop, on_event).await? {
                return Ok(ending);
            }
            match self.archive.next(self.fetcher.clock().now())? {
                Next::Nothing => return self.done(),
                Next::Wait(until) => {
                    tokio::select! {
                        () = self.fetcher.clock().wait_until(until) => {}
                        () = stop.said() => return Ok(Ending::Stopped),
                    }
                }
                Next::Ask { url, kind, tries } => {
                    if self.is_needless(&url, kind)? {
                        self.archive.leave(&url)?;
                        continue;
                    }
                    if let Some(ending) = self.wait_for_turn(stop, on_event).await? {
                        return Ok(ending);
                    }
                    if let Some(ending) = self.step(&url, kind, tries, stop, on_event).await? {
                        return Ok(ending);
                    }
                }
            }
        }
    }

    pub(super) async fn end(self, ending: Ending) -> Result<Summary, CrawlError> {
        let now = self.fetcher.clock().now();
        self.archive.end_run(self.id, now, &ending.words(), ending.is_over())?;
        let circuit = self.fetcher.circuit(&self.host).await;
        self.archive.set_circuit(circuit.as_ref())?;
        Ok(Summary {
            site: self.base.to_string(),
            requests: self.requests,
            fetched: self.fetched,
            unchanged: self.unchanged,
            failures: self.failures,
            held: self.archive.held()?,
            waiting: self.archive.waiting()?,
            route: self.route.word(),
            ending,
        })
    }

    fn age(&self, at: Timestamp) -> u64 {
        let age = self.fetcher.clock().now().duration_since(at);
        u64::try_from(age.as_secs()).unwrap_or(0)
    }

    fn today(&self) -> Date {
        self.fetcher.clock().now().to_zoned(TimeZone::UTC).date()
    }

    /// Where a new run begins: the lists, and whatever failed last time.
    fn seed(&mut self) -> Result<(), ArchiveError> {
        let offer = |url: String, kind, place| Offer {
            url,
            kind,
            words: String::new(),
            day: None,
            place: Some(place),
        };
        let mut seeds = Vec::new();
        if !self.resumed || self.archive.waiting()? == 0 {
            let service = address::service_committees(&self.base);
            let place = plan::place(PageKind::ServiceCommittees, None, false);
            seeds.push(offer(service, PageKind::ServiceCommittees, place));
        }
        // What failed before this run was cut short may work now.
        let context = Context { run: 0, ..self.context(self.today()) };
        let again = Outcome::ALL.into_iter().filter(|outcome| !outcome.is_good());
        for (url, kind, day) in self.archive.with_outcome(&again.collect::<Vec<_>>())? {
            let day = day.and_then(plan::from_number);
            if !plan::is_due(kind, self.archive.known(&url)?.as_ref(), day, &context) {
                continue;
            }
            seeds.push(offer(url, kind, plan::place(kind, day, false)));
        }
        self.archive.seed(&seeds)?;
        Ok(())
    }

    /// Everything was asked for: well, or with failures?
    fn done(&self) -> Result<Ending, CrawlError> {
        let mut failing = 0;
        let mut last: Option<(Outcome, Option<String>)> = None;
        for Failing { url, kind, outcome, reason } in self.archive.failing()? {
            // A site without the web service is no failure, nor are pages that refuse scripts where the service is open.
            let by_other_route = match self.route {
                Route::Pages => kind == PageKind::ServiceCommittees,
                Route::Service => PAGES.contains(&kind),
                Route::Both | Route::Unknown => false,
            };
            if by_other_route {
                continue;
            }
            tracing::debug!(url, ?outcome, reason, "failing");
            failing += 1;
            last = Some((outcome, reason));
        }
        if self.archive.held()? == 0 {
            let (outcome, why) = last.unwrap_or((Outcome::Gone, None));
            let why = why.unwrap_or_else(|| "nothing of ModernGov was found".to_owned());
            return Ok(match outcome {
                Outcome::Blocked => Ending::Blocked { why },
                Outcome::Failed | Outcome::Busy => Ending::Unreachable { why },
                _ => Ending::NotModernGov { why },
            });
        }
        Ok(if failing == 0 { Ending::Done } else { Ending::SomeFailed { failed: failing } })
    }

    async fn read_robots(
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
    async fn wait_for_turn(
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
        if why == Why::Pause || wait <= SignedDuration::ZERO {
            return Ok(None);
        }
        let patience =
            SignedDuration::try_from(self.options.patience).unwrap_or(SignedDuration::MAX);
        if why != Why::Night && wait > patience {
            let what = self.circuit.as_ref().map(|c| c.why.clone());
            let why = what.unwrap_or_else(|| "it asked us to come back later".to_owned());
            // The next run must wait as well.
            let circuit = Circuit { until, why: why.clone(), times: 1 };
            self.fetcher.resume(&self.host, Some(circuit), None).await;
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
    async fn note_circuit(&mut self) -> Result<(), ArchiveError> {
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

    /// A committee is asked about alone only when no window listed a meeting of it.
    fn is_needless(&mut self, url: &str, kind: PageKind) -> Result<bool, ArchiveError> {
        if kind != PageKind::ServiceMeetings {
            return Ok(false);
        }
        let Some(committee) = address::parameter(url, "lCommitteeId").filter(|id| id != "0") else {
            return Ok(false);
        };
        if self.listed.is_none() {
            let mut listed = HashSet::new();
            for (from, to) in plan::windows(self.today()) {
                let window = address::service_meetings(&self.base, "0", from, to);
                if let Some(page) = self.archive.page(&window)? {
                    listed.extend(reading::read(&page, PageKind::ServiceMeetings).committees);
                }
            }
            self.listed = Some(listed);
        }
        Ok(self.listed.as_ref().is_some_and(|listed| listed.contains(&committee)))
    }

    async fn step(
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
        let kept = self.keep(url, kind, &response, known.as_ref(), again)?;
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
        if again.is_none() {
            self.route(kind, kept.outcome, on_event)?;
        }
        self.refused(kind, kept.outcome, response.reason.as_deref(), on_event)
    }

    fn keep(
        &mut self,
        url: &str,
        kind: PageKind,
        response: &Response,
        known: Option<&Known>,
        again: Option<(Timestamp, u32)>,
    ) -> Result<Kept, CrawlError> {
        let same = |sha256: &String, body: &[u8]| {
            *sha256 == crate::archive::hex(&crate::archive::hash(body))
        };
        let held = known.and_then(|k| k.sha256.as_ref());
        let changed = match (&response.body, held) {
            (Some(body), Some(sha256)) => !same(sha256, body),
            _ => response.outcome == Outcome::Fetched,
        };
        let mut step = Step { run: self.id, again, ..Step::default() };
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
            step.offers = offers::of(&source, self.archive, &context, self.options.welsh)?;
            step.standing = self.standing(kind, day, &reading);
            if kind == PageKind::ServiceMeetings
                && let Some(listed) = &mut self.listed
            {
                listed.extend(reading.committees);
            }
        }
        Ok(self.archive.keep(&answer(url, kind, response, response.outcome), &step)?)
    }

    fn standing(&self, kind: PageKind, day: Option<Date>, reading: &Reading) -> Standing {
        let past = reading.day.or(day).is_some_and(|day| day < self.today());
        match offers::standing(kind, reading.minutes) {
            Standing::Settled if reading.minutes == Minutes::Cancelled && !past => Standing::Open,
            standing => standing,
        }
    }

    fn reading(
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

    /// Decides by which way to go on once the committees of the service, or of the pages, are known.
    fn route(
        &mut self,
        kind: PageKind,
        outcome: Outcome,
        on_event: &mut impl FnMut(Event),
    ) -> Result<(), ArchiveError> {
        let offer = |url: String, kind, place| Offer {
            url,
            kind,
            words: String::new(),
            day: None,
            place: Some(place),
        };
        if kind == PageKind::CommitteeList && !outcome.is_good() {
            let browse = self.base.join("ieDocHome.aspx");
            let asked = self.archive.known(&browse)?.is_some_and(|k| k.run == self.id);
            if !asked {
                let place = plan::place(kind, None, self.route == Route::Both);
                self.archive.seed(&[offer(browse, kind, place)])?;
            }
            return Ok(());
        }
        if kind != PageKind::ServiceCommittees {
            return Ok(());
        }
        let list = address::committee_list(&self.base);
        let mut seeds = Vec::new();
        if outcome.is_good() {
            self.set_route(Route::Both, on_event)?;
            let today = self.today();
            for (from, to) in plan::windows(today) {
                let url = address::service_meetings(&self.base, "0", from, to);
                let known = self.archive.known(&url)?;
                let context = self.context(today);
                if plan::is_due(PageKind::ServiceMeetings, known.as_ref(), Some(to), &context) {
                    seeds.push(Offer {
                        day: Some(plan::number(to)),
                        ..offer(
                            url,
                            PageKind::ServiceMeetings,
                            plan::place(PageKind::ServiceMeetings, Some(to), false),
                        )
                    });
                }
            }
            seeds.push(offer(
                list,
                PageKind::CommitteeList,
                plan::place(PageKind::CommitteeList, None, true),
            ));
        } else {
            self.set_route(Route::Pages, on_event)?;
            seeds.push(offer(
                list,
                PageKind::CommitteeList,
                plan::place(PageKind::CommitteeList, None, false),
            ));
        }
        self.archive.seed(&seeds)?;
        Ok(())
    }

    fn context(&self, today: Date) -> Context {
        let now = self.fetcher.clock().now();
        Context { now, today, run: self.id, route: self.route, changed: false, reworded: false }
    }

    fn set_route(
        &mut self,
        route: Route,
        on_event: &mut impl FnMut(Event),
    ) -> Result<(), ArchiveError> {
        if self.route != route {
            self.route = route;
            self.archive.set_fact("route", route.word())?;
            let words = match route {
                Route::Unknown => "not known yet",
                Route::Service => "the pages refuse us; reading the web service alone",
                Route::Pages => "no web service; reading the pages",
                Route::Both => "reading the web service, and the pages for what it leaves out",
            };
            on_event(Event::Route { words: words.to_owned() });
        }
        Ok(())
    }

    /// Refusals are recorded and never gone round: a refused route is left, a site that refuses us altogether as well.
    fn refused(
        &mut self,
        kind: PageKind,
        outcome: Outcome,
        reason: Option<&str>,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Option<Ending>, CrawlError> {
        if outcome != Outcome::Blocked {
            if outcome.is_good() {
                self.refusals = 0;
            }
            return Ok(None);
        }
        self.refusals += 1;
        let of_the_pages = PAGES.contains(&kind);
        let list_refused = kind == PageKind::CommitteeList;
        if self.route == Route::Both && of_the_pages && (list_refused || self.refusals >= REFUSALS)
        {
            self.archive.abandon(&PAGES)?;
            self.refusals = 0;
            self.set_route(Route::Service, on_event)?;
            return Ok(None);
        }
        if self.refusals >= REFUSALS {
            let why = reason.unwrap_or("it refuses every page").to_owned();
            return Ok(Some(Ending::Blocked { why }));
        }
        Ok(None)
    }
}

fn answer<'b>(
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
    if !response.outcome.is_passing() || tries >= TRIES {
        return None;
    }
    let pause = SignedDuration::from_millis(500 << tries.min(8));
    response.at.checked_add(pause).ok().map(|at| (at, tries))
}
