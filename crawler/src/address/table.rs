//! The pages a ModernGov site is made of: file name, what is there, and the parameters that say which one.
//!
//! Everything else in a query string (`Ver=4`, `LLL=0`, `bcr=1`, `txtonly=1`, ...) changes the dress of a page, not its words,
//! and is dropped. Parameter names are case-insensitive and have synonyms: the first name is the one we write.

use crate::page::PageKind;

/// One page of the system.
pub(super) struct Known {
    /// File name as the system spells it; compared without case.
    pub(super) file: &'static str,
    /// What is there.
    pub(super) kind: PageKind,
    /// The parameters that name the page, in the order we write them.
    pub(super) keep: &'static [Parameter],
}

/// A parameter with the names it goes by.
pub(super) struct Parameter {
    /// The name we write.
    pub(super) name: &'static str,
    /// Other names seen for it, lower case.
    pub(super) also: &'static [&'static str],
}

const fn parameter(name: &'static str) -> Parameter {
    Parameter { name, also: &[] }
}

const fn known(file: &'static str, kind: PageKind, keep: &'static [Parameter]) -> Known {
    Known { file, kind, keep }
}

const COMMITTEE: Parameter = Parameter { name: "CId", also: &["committeeid", "cmte"] };
const MEETING: Parameter = Parameter { name: "MId", also: &["meetingid"] };
const ISSUE: Parameter = Parameter { name: "IId", also: &["issueid"] };

/// Every page we know by name.
pub(super) static PAGES: &[Known] = &[
    known("mgListCommittees.aspx", PageKind::CommitteeList, &[]),
    known("ieDocHome.aspx", PageKind::CommitteeList, &[parameter("Categories")]),
    known("mgCommitteeDetails.aspx", PageKind::Committee, &[parameter("ID")]),
    known(
        "ieListMeetings.aspx",
        PageKind::MeetingList,
        // `Act` and `D` are the paging of the list; `MD` only means something beside them.
        &[COMMITTEE, parameter("Year"), parameter("Act"), parameter("D"), parameter("MD")],
    ),
    known("ieListDocuments.aspx", PageKind::Meeting, &[MEETING]),
    known("mgAi.aspx", PageKind::Item, &[parameter("ID")]),
    known("ieDecisionDetails.aspx", PageKind::Decision, &[parameter("AIId"), parameter("ID")]),
    known("ieIssueDetails.aspx", PageKind::Issue, &[ISSUE, parameter("PlanId"), parameter("Opt")]),
    known("mgIssueHistoryHome.aspx", PageKind::Issue, &[ISSUE, parameter("Opt")]),
    known("mgDecisionDetails.aspx", PageKind::Issue, &[ISSUE, parameter("Opt")]),
    known("mgMeetingAttendance.aspx", PageKind::Attendance, &[parameter("ID")]),
    known(
        "CeListDocuments.aspx",
        PageKind::LegacyMeeting,
        &[
            Parameter { name: "CommitteeId", also: &["cid"] },
            Parameter { name: "MeetingId", also: &["mid"] },
            // The name of one document of the meeting, where the archive keeps one document a page.
            parameter("RD"),
            parameter("DF"),
            parameter("A"),
            parameter("R"),
        ],
    ),
    known(
        "mgConvert2PDF.aspx",
        PageKind::Other,
        &[parameter("ID"), parameter("T"), parameter("ISATT")],
    ),
];

/// Operations of the web service we ask, with their parameters.
pub(super) static OPERATIONS: &[Known] = &[
    known("GetCommittees", PageKind::ServiceCommittees, &[]),
    known(
        "GetMeetings",
        PageKind::ServiceMeetings,
        &[parameter("lCommitteeId"), parameter("sFromDate"), parameter("sToDate")],
    ),
    known("GetMeeting", PageKind::ServiceMeeting, &[parameter("lMeetingId")]),
];

/// The web service's file name, and its Welsh twin's.
pub(super) const SERVICE: &str = "mgWebService.asmx";
/// The Welsh twin of the web service.
pub(super) const SERVICE_WELSH: &str = "mgWebServiceW.asmx";

/// Parameters that change a page's dress only: dropped from pages we do not know by name as well.
pub(super) static NOISE: &[&str] = &[
    "a3",
    "bcr",
    "info",
    "lll",
    "sq_content_src",
    "txtonly",
    "utm_campaign",
    "utm_medium",
    "utm_source",
    "ver",
    "x",
    "xxr",
];

/// Hosts that serve one and the same installation. Links between them are links within the site.
pub(super) static TWINS: &[&[&str]] = &[
    &["committees.westminster.gov.uk", "westminster.moderngov.co.uk"],
    &["minutes.belfastcity.gov.uk", "minutes3.belfastcity.gov.uk"],
];

/// Looks a page up by its file name.
pub(super) fn page(file: &str) -> Option<&'static Known> {
    PAGES.iter().find(|known| known.file.eq_ignore_ascii_case(file))
}

/// Names of all pages and operations we know, for finding them at the start of a file's name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    PAGES.iter().chain(OPERATIONS).map(|known| known.file)
}

/// Looks an operation of the web service up by its name.
pub(super) fn operation(name: &str) -> Option<&'static Known> {
    OPERATIONS.iter().find(|known| known.file.eq_ignore_ascii_case(name))
}
