//! GetCommittees, GetMeetings and GetAllMeetingsByDate.

use super::fields;
use crate::extract::fragment::{CommitteeRow, Fragment, ListedMeeting, MeetingKey};
use crate::extract::pages::Told;
use crate::extract::{date, link};
use crate::page::{Link, Page, PageKind};

/// Reads the committees; expired and deleted ones still have minutes.
pub(crate) fn committees(page: &Page, xml: &str) -> Told {
    let mut told = Told::default();
    for committee in fields::each(xml, "committee") {
        let (Some(id), Some(name)) =
            (fields::words(committee, "committeeid"), fields::words(committee, "committeetitle"))
        else {
            continue;
        };
        let expired = ["committeeexpired", "committeedeleted"]
            .iter()
            .any(|name| fields::flag(committee, name) == Some(true));
        let address = format!("ieListMeetings.aspx?CId={id}&Year=0");
        if let Some(url) = link::resolve(&page.site, &address) {
            told.links.push(Link { url, words: name.clone(), kind: PageKind::MeetingList });
        }
        told.fragments.push(Fragment::Committee(CommitteeRow { id, name, expired }));
    }
    told
}

/// Reads meetings, by committee or by date.
pub(crate) fn meetings(page: &Page, xml: &str) -> Told {
    let mut told = Told::default();
    let groups = fields::each(xml, "committee");
    if groups.is_empty() {
        let id = link::text(&page.url, &["lCommitteeId"])
            .filter(|id| id.parse::<u64>().is_ok_and(|n| n > 0));
        rows(page, xml, id.as_deref(), None, &mut told);
    }
    for group in groups {
        let head = &group[..group.find("<committeemeetings").unwrap_or(group.len())];
        let id = fields::words(head, "committeeid");
        let name = fields::words(head, "committeetitle");
        if let (Some(id), Some(name)) = (id.clone(), name.clone()) {
            told.fragments.push(Fragment::Committee(CommitteeRow { id, name, expired: false }));
        }
        rows(page, group, id.as_deref(), name.as_deref(), &mut told);
    }
    told
}

fn rows(page: &Page, xml: &str, id: Option<&str>, name: Option<&str>, told: &mut Told) {
    for meeting in fields::each(xml, "meeting") {
        let Some(number) = fields::number(meeting, "meetingid") else { continue };
        let printed = fields::words(meeting, "meetingdate").unwrap_or_default();
        let status = fields::words(meeting, "meetingstatus").unwrap_or_default();
        told.fragments.push(Fragment::Listed(ListedMeeting {
            key: MeetingKey::Ordinary(number),
            committee_id: id.map(str::to_owned).or_else(|| fields::words(meeting, "committeeid")),
            committee: name
                .map(str::to_owned)
                .or_else(|| fields::words(meeting, "committeetitle"))
                .or_else(|| fields::words(meeting, "committeename")),
            date: date::plain(&printed),
            time: fields::words(meeting, "meetingtime").and_then(|t| date::time(&t)),
            cancelled: is_cancelled(&status),
        }));
        let address = format!("mgWebService.asmx/GetMeeting?lMeetingId={number}");
        if let Some(url) = link::resolve(&page.site, &address) {
            told.links.push(Link { url, words: printed, kind: PageKind::ServiceMeeting });
        }
    }
}

/// What the service calls a meeting that did not take place.
pub(crate) fn is_cancelled(status: &str) -> bool {
    let lower = status.to_lowercase();
    ["cancel", "postpone", "abandon", "canslwyd", "gohiriwyd"].iter().any(|w| lower.contains(w))
}
