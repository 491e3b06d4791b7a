//! Finding the base address of a site from any address a person may paste.

use jiff::Timestamp;
use thiserror::Error;

use super::reading;
use super::robots;
use super::stop::Stop;
use crate::address::{self, Base};
use crate::fetch::{FetchError, Fetcher, Request, Response};
use crate::outcome::{self, Outcome};
use crate::page::{Page, PageKind};
use crate::robots::Rules;

/// Tries for a page that may only be failing for a moment.
const TRIES: u32 = 3;

/// Why no site was found.
#[derive(Debug, Error)]
pub enum FindError {
    /// It answers, and is something else.
    #[error(
        "{site} is not a ModernGov site ({seen}): give the address of the council's committee pages, often democracy. or moderngov. before the council's name{hint}"
    )]
    NotModernGov {
        /// What was asked.
        site: String,
        /// What came.
        seen: String,
        /// Where it may be instead.
        hint: String,
    },
    /// It refuses us.
    #[error(
        "{site} refuses us ({why}): nothing was crawled, and we do not go round a refusal; ask the council"
    )]
    Blocked {
        /// What was asked.
        site: String,
        /// How it refuses.
        why: String,
    },
    /// robots.txt forbids, or is unreachable, which means the same.
    #[error("{site}: {why}; nothing was crawled")]
    RobotsForbid {
        /// What was asked.
        site: String,
        /// In words.
        why: String,
    },
    /// No answer.
    #[error("{site} does not answer ({why}): check the address, or try again later")]
    Unreachable {
        /// What was asked.
        site: String,
        /// What happened.
        why: String,
    },
    /// Stopped from outside.
    #[error("stopped")]
    Stopped,
    /// The manners.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Finds the site's base address. Asks for robots.txt first, then for as little as tells; what it asked for is not asked for again by
/// a crawl with the same fetcher.
pub async fn find(pasted: &Base, fetcher: &Fetcher, stop: &Stop) -> Result<Base, FindError> {
    fetcher.require_contact(pasted.url())?;
    let asked = robots::ask(pasted, fetcher, stop).await;
    let Some(rules) = asked.rules else { return Err(FindError::Stopped) };
    if !asked.is_reachable {
        let last = asked.answers.last().and_then(|r| r.reason.clone()).unwrap_or_default();
        let no_answer = asked.answers.iter().all(|r| r.status.is_none());
        return Err(if no_answer {
            FindError::Unreachable { site: pasted.to_string(), why: last }
        } else {
            FindError::RobotsForbid {
                site: pasted.to_string(),
                why: format!("{} ({last})", rules.words()),
            }
        });
    }
    if let Some(response) = asked.answers.into_iter().next_back() {
        fetcher.set_aside(&robots::url(pasted), response);
    }
    let mut search = Search { fetcher, stop, rules, seen: Vec::new(), hint: None };
    let mut bases = vec![pasted.clone()];
    let mut at = 0;
    while let Some(base) = bases.get(at).cloned() {
        at += 1;
        if search.is_base(&base).await? {
            return Ok(base);
        }
        // Not here: perhaps the page pasted leads to it, or the directory above it does.
        for next in search.bases_offered_at(&base).await?.into_iter().chain([base.root()]) {
            if !bases.contains(&next) && bases.len() < 4 {
                bases.push(next);
            }
        }
    }
    Err(search.verdict(pasted))
}

struct Search<'a> {
    fetcher: &'a Fetcher,
    stop: &'a Stop,
    rules: Rules,
    seen: Vec<(Outcome, String)>,
    hint: Option<String>,
}

impl Search<'_> {
    async fn is_base(&mut self, base: &Base) -> Result<bool, FindError> {
        let service = address::service_committees(base);
        if self.is_good(base, &service, PageKind::ServiceCommittees).await? {
            return Ok(true);
        }
        self.is_good(base, &address::committee_list(base), PageKind::CommitteeList).await
    }

    async fn is_good(&mut self, base: &Base, url: &str, kind: PageKind) -> Result<bool, FindError> {
        let mut response = self.ask(base, url, kind).await?;
        if kind == PageKind::CommitteeList && response.outcome.is_good() {
            // A council's own site may answer anything with its front page, which speaks of ModernGov as well.
            let page = page(base, url, response.body.clone().unwrap_or_default());
            let leads_on = reading::read(&page, kind)
                .links
                .iter()
                .any(|f| matches!(f.link.kind, PageKind::Committee | PageKind::MeetingList));
            if !leads_on {
                response.outcome = Outcome::Erroneous;
                response.reason = Some("its list of committees lists none".to_owned());
            }
        }
        let good = response.outcome.is_good();
        if good {
            self.fetcher.set_aside(url, response);
        } else if matches!(response.outcome, Outcome::Gone | Outcome::Blocked) {
            self.seen.push((response.outcome, response.reason.clone().unwrap_or_default()));
            self.fetcher.set_aside(url, response);
        } else {
            self.seen.push((response.outcome, response.reason.unwrap_or_default()));
        }
        Ok(good)
    }

    async fn ask(&self, base: &Base, url: &str, kind: PageKind) -> Result<Response, FindError> {
        let mut tries = 0;
        loop {
            let request = Request {
                url,
                site: base.as_str(),
                kind,
                etag: None,
                modified: None,
                rules: Some(&self.rules),
            };
            let response = tokio::select! {
                response = self.fetcher.get(&request) => response,
                () = self.stop.said() => return Err(FindError::Stopped),
            };
            tries += 1;
            let failing = response.status.is_none_or(|status| status >= 500)
                || response.outcome == Outcome::Busy;
            // A stub or an error page with a good status may be a moment's; another system's page stays.
            let stub = response.body.as_deref().is_none_or(outcome::is_stub);
            let odd = stub && matches!(response.outcome, Outcome::Empty | Outcome::Erroneous);
            let again = (failing && tries < TRIES) || (odd && tries < TRIES - 1);
            if !again || response.outcome == Outcome::Forbidden {
                return Ok(response);
            }
        }
    }

    /// Bases that the page at an address leads to.
    async fn bases_offered_at(&mut self, base: &Base) -> Result<Vec<Base>, FindError> {
        let response = self.ask(base, base.as_str(), PageKind::Other).await?;
        let Some(body) = response.body.filter(|_| response.outcome.is_good()) else {
            return Ok(Vec::new());
        };
        let judged = outcome::judge_body(PageKind::CommitteeList, &body);
        if !judged.outcome.is_good() {
            self.seen.push((judged.outcome, judged.reason.unwrap_or_default()));
        }
        let page = page(&base.root(), base.as_str(), body);
        let mut found = Vec::new();
        for href in reading::hrefs(&page) {
            if address::kind(&href) == PageKind::Other {
                continue;
            }
            let Ok(offered) = Base::from_pasted(&href) else { continue };
            if offered.host() != base.host() {
                self.hint.get_or_insert(offered.to_string());
            } else if !found.contains(&offered) {
                found.push(offered);
            }
        }
        Ok(found)
    }

    fn verdict(self, pasted: &Base) -> FindError {
        let site = pasted.to_string();
        let of = |wanted: Outcome| {
            self.seen.iter().find(|(outcome, _)| *outcome == wanted).map(|(_, why)| why.clone())
        };
        let all = |wanted: &[Outcome]| self.seen.iter().all(|(o, _)| wanted.contains(o));
        if let Some(why) = of(Outcome::Blocked) {
            return FindError::Blocked { site, why };
        }
        if all(&[Outcome::Forbidden]) {
            let why = of(Outcome::Forbidden).unwrap_or_default();
            return FindError::RobotsForbid { site, why };
        }
        if all(&[Outcome::Failed, Outcome::Busy, Outcome::Forbidden]) {
            let why = of(Outcome::Failed).or_else(|| of(Outcome::Busy)).unwrap_or_default();
            return FindError::Unreachable { site, why };
        }
        let seen = self.seen.last().map(|(_, why)| why.clone()).unwrap_or_default();
        let hint =
            self.hint.map(|hint| format!("; a page there leads to {hint}")).unwrap_or_default();
        FindError::NotModernGov { site, seen, hint }
    }
}

fn page(base: &Base, url: &str, body: Vec<u8>) -> Page {
    Page {
        url: url.to_owned(),
        site: base.to_string(),
        body,
        content_type: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: Vec::new(),
    }
}
