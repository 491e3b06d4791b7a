//! By which way a run goes: the web service, the pages, or both; and which way is closed.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Ending, Event, PAGES, REFUSALS, Run};
use crate::address;
use crate::archive::{ArchiveError, Offer};
use crate::crawl::plan::{Context, Route};
use crate::crawl::{CrawlError, plan, reading};
use crate::outcome::Outcome;
use crate::page::PageKind;

impl Run<'_> {
    /// A committee is asked about alone only when no window listed a meeting of it.
    pub(super) fn is_needless(&mut self, url: &str, kind: PageKind) -> Result<bool, ArchiveError> {
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

    /// Decides by which way to go on once the committees of the service, or of the pages, are known.
    pub(super) fn route(
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
