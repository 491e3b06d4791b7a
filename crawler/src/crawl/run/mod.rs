//! One run over one site: robots.txt, then one address after the other until nothing is left.

mod route;
mod step;
mod wait;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::event::{Ending, Event, Summary};
use super::plan::{self, Context, Route};
use super::stop::Stop;
use super::{CrawlError, SiteOptions};
use crate::address::{self, Base};
use crate::archive::{Archive, ArchiveError, Circuit, Failing, Next, Offer};
use crate::fetch::Fetcher;
use crate::outcome::Outcome;
use crate::page::PageKind;
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

/// Those that lead to all others.
const LISTS: [PageKind; 3] = [PageKind::CommitteeList, PageKind::MeetingList, PageKind::Meeting];
/// The service's meetings; where its committees are refused, there is no service.
const SERVICE: [PageKind; 2] = [PageKind::ServiceMeetings, PageKind::ServiceMeeting];

/// No run has this number, not even that of what was never asked for.
const NO_RUN: i64 = -1;

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
    /// Refusals in a row, by what was asked for.
    refusals: HashMap<PageKind, u32>,
    /// The server's errors in a row, by what was asked for.
    errors: HashMap<PageKind, u32>,
    /// What is not asked for any more in this run, with the outcome that closed it and in words why.
    closed: HashMap<PageKind, (Outcome, String)>,
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
        // The pace robots.txt asked for last time holds until it is read again.
        let crawl_delay = archive.fact("crawl-delay")?.and_then(|text| text.parse().ok());
        let crawl_delay = crawl_delay.and_then(|secs| Duration::try_from_secs_f64(secs).ok());
        // However long a pause it asked for, it is asked again after a day: it may have been a slip.
        let crawl_delay = crawl_delay.map(|delay| delay.min(HOLDS));
        let now = fetcher.clock().now();
        // A request of the future is one under a wrong clock.
        let last_request = archive.last_request()?.map(|at| at.min(now));
        fetcher.resume(&host, circuit.clone(), crawl_delay, last_request).await;
        let open = archive.open_run()?;
        let id = match open {
            Some(id) => id,
            None => archive.begin_run(now)?,
        };
        archive.wake()?;
        archive.set_next_due(None)?;
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
            refusals: HashMap::new(),
            errors: HashMap::new(),
            closed: HashMap::new(),
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
        self.archive.end_run(self.id, now, self.requests, &ending.words(), ending.is_over())?;
        let every = SignedDuration::try_from(self.options.every).unwrap_or(SignedDuration::MAX);
        let due = match ending {
            Ending::Ceiling | Ending::Stopped => now,
            _ => now.saturating_add(every).unwrap_or(now),
        };
        self.archive.set_next_due(Some(due))?;
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
        let context = Context { run: NO_RUN, ..self.context(self.today()) };
        let again = Outcome::ALL.into_iter().filter(|outcome| !outcome.is_good());
        let failing = self.archive.with_outcome(&again.collect::<Vec<_>>())?;
        // Drafts become minutes one day, long after the lists they stand in are read.
        let drafts = self.archive.drafts()?.into_iter().filter(|(_, kind, _)| match self.route {
            Route::Pages => *kind == PageKind::Meeting,
            Route::Service => *kind == PageKind::ServiceMeeting,
            Route::Both | Route::Unknown => true,
        });
        // A run cut short has asked for its drafts already, or still has them in its frontier.
        let drafts = drafts.filter(|_| !self.resumed);
        for (url, kind, day) in failing.into_iter().chain(drafts) {
            let day = day.and_then(plan::from_number);
            if !plan::is_due(kind, self.archive.known(&url)?.as_ref(), day, &context) {
                continue;
            }
            seeds.push(offer(url, kind, plan::place(kind, day, false)));
        }
        self.archive.seed(&seeds)?;
        Ok(())
    }

    /// Whether an address of printed minutes was made up by us: no page named it, so nothing is amiss where it does not answer.
    fn is_guess(&self, url: &str, kind: PageKind) -> bool {
        kind == PageKind::MinutesDocument
            && address::meeting_id(url).is_some_and(|id| {
                url == address::printed_minutes(&self.base, &id)
                    || url == address::older_printed_minutes(&self.base, &id)
            })
    }

    /// Everything was asked for: well, or with failures?
    fn done(&self) -> Result<Ending, CrawlError> {
        let mut failing = 0;
        let mut last: Option<(Outcome, Option<String>)> = None;
        for Failing { url, kind, outcome, reason } in self.archive.failing()? {
            // A site without the web service is no failure, nor are pages that refuse scripts where the service is open.
            let by_other_route = match self.route {
                Route::Pages => kind == PageKind::ServiceCommittees,
                Route::Service => PAGES.contains(&kind) || self.is_guess(&url, kind),
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
}
