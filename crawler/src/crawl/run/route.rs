//! By which way a run goes: the web service, the pages, or both; and which way is closed.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Ending, Event, LISTS, PAGES, REFUSALS, Run, SERVICE};
use crate::address;
use crate::archive::{ArchiveError, Offer, Place};
use crate::crawl::plan::{Context, Route};
use crate::crawl::{CrawlError, plan, reading};
use crate::fetch::Response;
use crate::outcome::Outcome;
use crate::page::PageKind;

impl Run<'_> {
    /// What turned out to be closed is not asked for. A committee is asked about alone only when no window listed a meeting of it.
    pub(super) fn is_needless(&mut self, url: &str, kind: PageKind) -> Result<bool, ArchiveError> {
        if let Some((outcome, why)) = self.closed.get(&kind).cloned() {
            self.close(&[kind], outcome, &why)?;
            return Ok(true);
        }
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

    /// What follows from an answer beside its links: by which way to go on, once the committees are known, and the other route to what
    /// this one failed to tell.
    pub(super) fn led_to(
        &mut self,
        url: &str,
        kind: PageKind,
        response: &Response,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Vec<Offer>, ArchiveError> {
        let good = response.outcome.is_good();
        let today = self.today();
        match kind {
            PageKind::CommitteeList if !good => {
                let browse = self.base.join("ieDocHome.aspx");
                let asked = self.archive.known(&browse)?.is_some_and(|k| k.run == self.id);
                let place = plan::place(kind, None, self.route == Route::Both);
                Ok(if asked { Vec::new() } else { vec![offer(browse, kind, None, place)] })
            }
            PageKind::ServiceCommittees => {
                self.set_route(if good { Route::Both } else { Route::Pages }, on_event)?;
                let mut seeds = if good { self.windows(today)? } else { Vec::new() };
                seeds.push(self.committees(good));
                Ok(seeds)
            }
            PageKind::ServiceMeeting if !good && self.route == Route::Both => {
                let Some(id) = address::meeting_id(url) else { return Ok(Vec::new()) };
                let day = self.archive.known(url)?.and_then(|k| k.day);
                Ok(self.page_instead(address::meeting(&self.base, &id), day, today)?)
            }
            PageKind::Meeting if !good && self.route == Route::Both => {
                let Some(id) = address::meeting_id(url) else { return Ok(Vec::new()) };
                let service = self.archive.known(&address::service_meeting(&self.base, &id))?;
                // Told by the service to have minutes, which its page does not show: the file may be there.
                let told = service.as_ref().is_some_and(|k| k.is_settled() && k.good_at.is_some());
                let day = service.and_then(|k| k.day);
                let printed = address::printed_minutes(&self.base, &id);
                if told { self.page_instead(printed, day, today) } else { Ok(Vec::new()) }
            }
            PageKind::MinutesDocument if !good => {
                let Some(id) = address::meeting_id(url) else { return Ok(Vec::new()) };
                let guessed = url == address::printed_minutes(&self.base, &id);
                let day = self.archive.known(url)?.and_then(|k| k.day);
                let older = address::older_printed_minutes(&self.base, &id);
                if guessed { self.page_instead(older, day, today) } else { Ok(Vec::new()) }
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The service's meetings, year by year.
    fn windows(&self, today: Date) -> Result<Vec<Offer>, ArchiveError> {
        let mut seeds = Vec::new();
        for (from, to) in plan::windows(today) {
            let url = address::service_meetings(&self.base, "0", from, to);
            let kind = PageKind::ServiceMeetings;
            let known = self.archive.known(&url)?;
            if plan::is_due(kind, known.as_ref(), Some(to), &self.context(today)) {
                seeds.push(offer(url, kind, Some(to), plan::place(kind, Some(to), false)));
            }
        }
        Ok(seeds)
    }

    /// The list of committees among the pages: for a cross-check, or as the way itself.
    fn committees(&self, cross_check: bool) -> Offer {
        let kind = PageKind::CommitteeList;
        let place = plan::place(kind, None, cross_check);
        offer(address::committee_list(&self.base), kind, None, place)
    }

    /// An address of the other route, if it is due.
    fn page_instead(
        &self,
        url: String,
        day: Option<i64>,
        today: Date,
    ) -> Result<Vec<Offer>, ArchiveError> {
        let (kind, day) = (address::kind(&url), day.and_then(plan::from_number));
        let known = self.archive.known(&url)?;
        let due = plan::is_due(kind, known.as_ref(), day, &self.context(today));
        let place = plan::place(kind, day, false);
        Ok(if due { vec![offer(url, kind, day, place)] } else { Vec::new() })
    }

    /// Where the service lists meetings and breaks down over each one, their pages are asked for instead: a server that fails is not
    /// asked to fail hundreds of times.
    pub(super) fn broken(
        &mut self,
        kind: PageKind,
        tries: u32,
        response: &Response,
    ) -> Result<(), ArchiveError> {
        if tries > 0 {
            // The same few tried again say nothing about the others.
            return Ok(());
        }
        let is_error = response.outcome == Outcome::Erroneous
            && response.status.is_some_and(|status| status >= 500);
        if !is_error {
            self.errors.remove(&kind);
            return Ok(());
        }
        let errors = self.errors.entry(kind).or_default();
        *errors += 1;
        if kind != PageKind::ServiceMeeting || self.route != Route::Both || *errors < REFUSALS {
            return Ok(());
        }
        self.errors.remove(&kind);
        let why = "not asked for: the service failed for other meetings";
        self.close(&[kind], Outcome::Erroneous, why)
    }

    /// Takes what waits of some kinds out of the frontier, for this run. The pages of meetings the service did not tell take their place.
    fn close(
        &mut self,
        kinds: &[PageKind],
        outcome: Outcome,
        why: &str,
    ) -> Result<(), ArchiveError> {
        self.closed.extend(kinds.iter().map(|kind| (*kind, (outcome, why.to_owned()))));
        let left = self.archive.abandon(kinds, outcome, why)?;
        if !kinds.contains(&PageKind::ServiceMeeting) {
            return Ok(());
        }
        let today = self.today();
        let mut seeds = Vec::new();
        for (url, day) in left {
            if let Some(id) = address::meeting_id(&url) {
                seeds.extend(self.page_instead(address::meeting(&self.base, &id), day, today)?);
            }
        }
        self.archive.seed(&seeds)?;
        Ok(())
    }

    pub(super) fn context(&self, today: Date) -> Context {
        let now = self.fetcher.clock().now();
        Context { now, today, run: self.id, route: self.route, changed: false, reworded: false }
    }

    pub(super) fn set_route(
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
    pub(super) fn refused(
        &mut self,
        kind: PageKind,
        outcome: Outcome,
        reason: Option<&str>,
        on_event: &mut impl FnMut(Event),
    ) -> Result<Option<Ending>, CrawlError> {
        if outcome != Outcome::Blocked {
            if outcome.is_good() {
                self.refusals.remove(&kind);
            }
            return Ok(None);
        }
        let refusals = self.refusals.entry(kind).or_default();
        *refusals += 1;
        let closed = *refusals >= REFUSALS;
        let why = reason.unwrap_or("it refuses every page").to_owned();
        let noted = format!("not asked for: {why}");
        let list_refused = kind == PageKind::CommitteeList;
        match self.route {
            Route::Both if LISTS.contains(&kind) && (closed || list_refused) => {
                self.close(&PAGES, Outcome::Blocked, &noted)?;
                self.set_route(Route::Service, on_event)?;
                Ok(None)
            }
            Route::Both if SERVICE.contains(&kind) && closed => {
                self.close(&SERVICE, Outcome::Blocked, &noted)?;
                self.set_route(Route::Pages, on_event)?;
                let list = self.committees(false);
                self.archive.seed(&[list])?;
                Ok(None)
            }
            // What belongs to meetings may be refused while the meetings are open.
            _ if closed && !LISTS.contains(&kind) && !SERVICE.contains(&kind) => {
                self.close(&[kind], Outcome::Blocked, &noted)?;
                Ok(None)
            }
            _ if closed => Ok(Some(Ending::Blocked { why })),
            _ => Ok(None),
        }
    }
}

fn offer(url: String, kind: PageKind, day: Option<Date>, place: Place) -> Offer {
    Offer { url, kind, words: String::new(), day: day.map(plan::number), place: Some(place) }
}
