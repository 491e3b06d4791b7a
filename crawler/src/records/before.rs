//! A page whose latest version tells nothing: the version before it stands, and says so.
//!
//! An archive may hold what was taken for a page once and is none (a council's page of maintenance with status 200). A meeting must not
//! leave the records for that.

use std::cell::RefCell;
use std::collections::HashMap;

use minutebook_record::Doubt;

use super::{Held, HeldAddress};
use crate::address;
use crate::extract;
use crate::outcome;
use crate::page::{Page, PageKind};

/// How many versions are looked at.
const MOST: usize = 8;

/// Pages by their latest version that tells something.
#[derive(Debug)]
pub(super) struct Telling<'a, H> {
    held: &'a H,
    /// Addresses whose latest version does not.
    passed_over: RefCell<HashMap<String, Doubt>>,
}

impl<'a, H: Held> Telling<'a, H> {
    pub(super) fn of(held: &'a H) -> Self {
        Self { held, passed_over: RefCell::default() }
    }

    /// What is to be said of a page that was given in an earlier version.
    pub(super) fn doubt(&self, url: &str) -> Option<Doubt> {
        self.passed_over.borrow().get(url).cloned()
    }
}

impl<H: Held> Held for Telling<'_, H> {
    type Error = H::Error;

    fn addresses(&self) -> Result<Vec<HeldAddress>, H::Error> {
        self.held.addresses()
    }

    fn page(&self, url: &str) -> Result<Option<Page>, H::Error> {
        let Some(latest) = self.held.page(url)? else { return Ok(None) };
        if tells(&latest) {
            return Ok(Some(latest));
        }
        let mut next = self.held.before(&latest)?;
        for _ in 0..MOST {
            let Some(earlier) = next else { break };
            if tells(&earlier) {
                let note = format!(
                    "what came on {} tells nothing; this was read on {}",
                    latest.fetched_at.strftime("%Y-%m-%d"),
                    earlier.fetched_at.strftime("%Y-%m-%d"),
                );
                let doubt = Doubt::new("later-version-unreadable", note).at(url);
                self.passed_over.borrow_mut().insert(url.to_owned(), doubt);
                return Ok(Some(earlier));
            }
            next = self.held.before(&earlier)?;
        }
        Ok(Some(latest))
    }

    fn before(&self, page: &Page) -> Result<Option<Page>, H::Error> {
        self.held.before(page)
    }
}

/// Whether a version of a page tells what its address promises. Of those sorts where an empty page is no answer.
fn tells(page: &Page) -> bool {
    let kind = address::kind(&page.url);
    let promises = matches!(
        kind,
        PageKind::CommitteeList
            | PageKind::Meeting
            | PageKind::Item
            | PageKind::Decision
            | PageKind::Attendance
            | PageKind::LegacyMeeting
    );
    !promises
        || page.is_pdf()
        || outcome::carries_text(&page.body)
        || (outcome::judge_body(kind, &page.body).outcome.is_good()
            && !extract::page(page).fragments.is_empty())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use jiff::Timestamp;
    use minutebook_record::Meeting;

    use super::super::{Means, each};
    use super::*;
    use crate::page::PdfText;

    const SITE: &str = "https://democracy.example.gov.uk/";

    /// One address with its versions, the latest last.
    struct Versions(Vec<Page>);

    impl Held for Versions {
        type Error = Infallible;

        fn addresses(&self) -> Result<Vec<HeldAddress>, Infallible> {
            let address = |page: &Page| HeldAddress { url: page.url.clone(), found_on: Vec::new() };
            Ok(self.0.last().map(address).into_iter().collect())
        }

        fn page(&self, _: &str) -> Result<Option<Page>, Infallible> {
            Ok(self.0.last().cloned())
        }

        fn before(&self, page: &Page) -> Result<Option<Page>, Infallible> {
            Ok(self.0.iter().rev().find(|other| other.fetched_at < page.fetched_at).cloned())
        }
    }

    fn read(bodies: &[&str]) -> Vec<Meeting> {
        let pages = bodies.iter().zip(1..).map(|(body, day)| Page {
            url: format!("{SITE}ieListDocuments.aspx?MId=7"),
            site: SITE.to_owned(),
            body: body.as_bytes().to_vec(),
            content_type: None,
            fetched_at: Timestamp::from_second(86_400 * day).unwrap(),
            first_seen: Timestamp::UNIX_EPOCH,
            sha256: day.to_string(),
            found_on: Vec::new(),
        });
        let held = Versions(pages.collect());
        let means = Means { pdf: &|_| PdfText::NoTool, complete: &|_| {}, unread: &|_| {} };
        let mut meetings = Vec::new();
        each(SITE, &held, means, |meeting, _| -> Result<(), Infallible> {
            meetings.push(meeting);
            Ok(())
        })
        .unwrap();
        meetings
    }

    const MINUTES: &str = r#"<div id="modgov"><h1>Agenda and minutes</h1><h2 class="mgSubTitleTxt">Cabinet - Monday, 16th September, 2019 10.00 a.m.</h2><div class="mgContent"><table class="mgItemTable"><tr><td><a name="AI9"></a><p class="mgAiTitleTxt">1.</p></td><td><p class="mgAiTitleTxt">Lamps</p><p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>Agreed.</p></div></td></tr></table></div></div>"#;

    #[test]
    fn a_later_version_that_tells_nothing_takes_no_meeting_away() {
        let away = r#"<html><a href="ieDocHome.aspx">Meeting documents</a><div id="modgov"><div class="mgContent"><h1>Essential maintenance</h1><p>We will be back on 24 November 2026.</p></div></div></html>"#;
        let meetings = read(&[MINUTES, away, away]);
        assert_eq!(meetings.len(), 1);
        assert_eq!(meetings[0].items[0].passages[0].text, "Agreed.");
        let kinds: Vec<_> = meetings[0].doubts.iter().map(|d| d.kind.as_str()).collect();
        assert_eq!(kinds, ["later-version-unreadable"]);
        let words = &meetings[0].doubts[0];
        assert_eq!(
            words.note,
            "what came on 1970-01-04 tells nothing; this was read on 1970-01-02"
        );
        assert_eq!(
            words.place.as_deref(),
            Some("https://democracy.example.gov.uk/ieListDocuments.aspx?MId=7")
        );
    }

    #[test]
    fn a_later_version_that_tells_less_stands() {
        let less = MINUTES.replace("Agreed.", "Noted.");
        let meetings = read(&[MINUTES, &less]);
        assert_eq!(meetings[0].items[0].passages[0].text, "Noted.");
        assert!(meetings[0].doubts.is_empty());
    }
}
