//! Writing addresses of the pages the crawl asks for without having seen a link to them.

use jiff::civil::Date;

use super::base::Base;
use super::table::{SERVICE, SERVICE_WELSH};

/// The list of committees.
pub fn committee_list(base: &Base) -> String {
    base.join("mgListCommittees.aspx")
}

/// All meetings of a committee, as far as the site gives them at once.
pub fn meeting_list(base: &Base, committee: &str) -> String {
    base.join(&format!("ieListMeetings.aspx?CId={committee}&Year=0"))
}

/// A committee's meetings as the site shows them first.
pub fn latest_meetings(base: &Base, committee: &str) -> String {
    base.join(&format!("ieListMeetings.aspx?CId={committee}"))
}

/// The same list without its year.
pub fn without_year(list: &str) -> String {
    list.replace("&Year=0", "")
}

/// A meeting's page.
pub fn meeting(base: &Base, meeting: &str) -> String {
    base.join(&format!("ieListDocuments.aspx?MId={meeting}"))
}

/// An agenda item's page.
pub fn item(base: &Base, item: u64) -> String {
    base.join(&format!("mgAi.aspx?ID={item}"))
}

/// A meeting's attendance.
pub fn attendance(base: &Base, meeting: &str) -> String {
    base.join(&format!("mgMeetingAttendance.aspx?ID={meeting}"))
}

/// A meeting's printed minutes, for when no page names the file: its number and its sort say which it is.
pub fn printed_minutes(base: &Base, meeting: &str) -> String {
    base.join(&format!("documents/g{meeting}/Printed%20minutes.pdf?T=1"))
}

/// The same on older installations.
pub fn older_printed_minutes(base: &Base, meeting: &str) -> String {
    base.join(&format!("mgConvert2PDF.aspx?ID={meeting}&T=1"))
}

/// The web service's committees, expired and deleted ones included.
pub fn service_committees(base: &Base) -> String {
    base.join("mgWebService.asmx/GetCommittees")
}

/// The web service's meetings of one committee (`0` for all) between two days, both included.
pub fn service_meetings(base: &Base, committee: &str, from: Date, to: Date) -> String {
    let (from, to) = (from.strftime("%d/%m/%Y"), to.strftime("%d/%m/%Y"));
    base.join(&format!(
        "mgWebService.asmx/GetMeetings?lCommitteeId={committee}&sFromDate={from}&sToDate={to}"
    ))
}

/// One meeting whole, from the web service.
pub fn service_meeting(base: &Base, meeting: &str) -> String {
    base.join(&format!("mgWebService.asmx/GetMeeting?lMeetingId={meeting}"))
}

/// The Welsh twin of a page's address, in its canonical form. The web service has a twin of its own.
pub fn welsh(url: &str) -> String {
    if url.contains(SERVICE) {
        return url.replacen(SERVICE, SERVICE_WELSH, 1);
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}LLL=1")
}
