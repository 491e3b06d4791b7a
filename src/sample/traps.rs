//! The difficulties planted in the sample, each with its place, so that tests can assert on them one by one.
//!
//! Not tied to one address: the calendar never ends, robots.txt forbids `ieIssueDetails`, unknown addresses redirect to `mgError.aspx`, and exempt
//! words ([`EXEMPT_WORDS`]) travel in the web service only, in items marked as restricted or not to be displayed.

/// Words that stand in exempt or hidden items and nowhere else: they must never be shown, stored as records, or found.
pub const EXEMPT_WORDS: [&str; 2] = ["Quillwort", "Merrowdown"];

/// One planted difficulty: what is served at an address, and what is missing there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trap {
    /// A short name.
    pub name: &'static str,
    /// The meeting it belongs to; 0 for none.
    pub meeting: u32,
    /// The item it belongs to; 0 for none.
    pub item: u32,
    /// Where it is served, path and query.
    pub address: &'static str,
    /// What the bytes hold (line breaks may stand for spaces).
    pub shows: &'static str,
    /// What they do not hold; empty for nothing.
    pub lacks: &'static str,
}

const fn trap(
    name: &'static str,
    (meeting, item): (u32, u32),
    address: &'static str,
    shows: &'static str,
    lacks: &'static str,
) -> Trap {
    Trap { name, meeting, item, address, shows, lacks }
}

/// All planted difficulties.
#[rustfmt::skip]
pub const TRAPS: &[Trap] = &[
    trap("minutes only as a PDF", (1503, 0), "/ieListDocuments.aspx?CId=103&MId=1503", "Printed minutes <span", "mgSubItemTitleTxt"),
    trap("minutes only as a PDF: service", (1503, 0), "/mgWebService.asmx/GetMeeting?lMeetingId=1503", "<minutepublished>True</minutepublished>", "twenty-pence hour"),
    trap("minutes only as a PDF: hidden item markers", (1503, 0), "/documents/g1503/Printed%20minutes.pdf?T=1", "3 Tr (</AI1>)", ""),
    trap("minutes only as a scanned PDF", (1404, 0), "/documents/g1404/Printed%20minutes.pdf?T=1", "/Subtype /Image", "Tj"),
    trap("minutes cut short on the meeting page", (3304, 66085), "/ieListDocuments.aspx?CId=102&MId=3304", "view the full minutes text for item", "washed the wall"),
    trap("minutes in full on the item's page", (3304, 66085), "/mgAi.aspx?ID=66085", "washed the wall", ""),
    trap("one text under Decision and Minutes", (2301, 46024), "/ieListDocuments.aspx?MId=2301", "Decision:</p>", ""),
    trap("section heading without number", (2503, 50064), "/ieListDocuments.aspx?MId=2503", "DECISION FOR COMMISSIONER HALE-BRENNAN", "AI50064"),
    trap("real item without number", (2005, 40104), "/ieListDocuments.aspx?MId=2005", "Bonfire", ""),
    trap("restricted item", (3402, 68049), "/ieListDocuments.aspx?MId=3402", "Exempt under Paragraph 3", "Negotiations under"),
    trap("restricted item: exempt words in the service", (3402, 68049), "/mgWebService.asmx/GetMeeting?lMeetingId=3402", "Quillwort", ""),
    trap("item not to be displayed", (2707, 54145), "/ieListDocuments.aspx?MId=2707", "Conduct of a Member", "17&#47;009"),
    trap("item not to be displayed: service", (2707, 54145), "/mgWebService.asmx/GetMeeting?lMeetingId=2707", "<isdisplayallowed>False</isdisplayallowed>", ""),
    trap("exclusion resolution in agenda text and minutes", (2208, 44168), "/mgAi.aspx?ID=44168", "Minutes:</p>", ""),
    trap("cancelled meeting", (3001, 0), "/ieListDocuments.aspx?CId=111&MId=3001", "CANCELLED", "mgItemTable"),
    trap("draft minutes", (3608, 0), "/ieListDocuments.aspx?MId=3608", "Agenda and draft minutes", ""),
    trap("agenda only, with a proposed resolution", (3620, 72406), "/ieListDocuments.aspx?MId=3620", "the Council resolves to adopt", "Minutes:</p>"),
    trap("attendance still expected", (2103, 0), "/mgMeetingAttendance.aspx?ID=2103", "Expected", "Apologies"),
    trap("attendance page without bytes", (3402, 0), "/mgMeetingAttendance.aspx?ID=3402", "", ""),
    trap("older archive, whole meeting", (1701, 0), "/CeListDocuments.aspx?CommitteeId=106&MeetingId=1701&DF=08%2f11%2f2005&Ver=2", "EDUCATED OTHERWISE", "Revenue Budget"),
    trap("older archive, its number also an ordinary one", (1701, 34024), "/ieListDocuments.aspx?MId=1701", "Revenue Budget 2007", "Nomad"),
    trap("older archive, list of documents", (1605, 0), "/CeListDocuments.aspx?CommitteeId=103&MeetingId=1605&DF=10%2f11%2f2004&Ver=2", "RD=Minute%2077%20Telecare", "fell"),
    trap("older archive, one document", (1605, 0), "/ceListDocuments.aspx?MID=1605&RD=Minute%2077%20Telecare%20for%20Older%20People&DF=10%2f11%2f2004&A=1&R=0", "install sensors", ""),
    trap("issue page repeating minutes", (2607, 52144), "/mgIssueHistoryHome.aspx?IId=28&optionId=0", "(Item 48)", ""),
    trap("issue page forbidden by robots.txt", (2607, 52144), "/ieIssueDetails.aspx?IId=28&PlanId=0&Opt=3", "Issue - meetings", ""),
    trap("session path in a link", (1908, 0), "/ieListMeetings.aspx?CId=107&Act=Prev&D=20120614&MD=ielistmeetings", "/(S(1w3lda453fhw0f55xyxindbs))/ieListDocuments.aspx", ""),
    trap("session path answered", (1908, 0), "/(S(1w3lda453fhw0f55xyxindbs))/ieListDocuments.aspx?CId=107&MId=1908", "Dunmoor Tarn", ""),
    trap("parameter synonyms and noise", (3115, 0), "/iElistDOCUMENTS.aspx?MEETINGID=3115)&committeeid=106&LLL=0", "Education Strategic Partnership", ""),
    trap("noise parameters in links", (0, 0), "/ieListMeetings.aspx?CId=106&Year=0", "&amp;LLL=0", ""),
    trap("unescaped ampersands in links", (0, 0), "/ieListMeetings.aspx?CId=106&Year=0", "&Ver=4\"", ""),
    trap("earlier meetings", (0, 0), "/ieListMeetings.aspx?CId=106&Year=0", ">Earlier meetings</a>", "22 Jan 2008"),
    trap("Year=0 is not all", (0, 0), "/ieListMeetings.aspx?CId=106&Year=0", "mgMeetingTableLnk", "2010"),
    trap("calendar without end", (0, 0), "/mgCalendarMonthView.aspx?GL=1&M=1&DD=1700", "M=12&amp;DD=1699", ""),
    trap("entry that is no meeting", (0, 0), "/ieListMeetings.aspx?CId=101&Year=0", "MD=Constitution", ""),
    trap("committee renamed: old name in the note", (1604, 0), "/ieListDocuments.aspx?MId=1604", "Regeneration and Environment Scrutiny Panel", ""),
    trap("expired committee of another era", (0, 0), "/mgListCommittees.aspx", "Cabinet &#40;Pre-Intervention - 9th June 2004 to 18th February 2015&#41;", ""),
    trap("deleted committee only in the service", (2801, 0), "/mgWebService.asmx/GetCommittees", "<committeedeleted>True</committeedeleted>", ""),
    trap("deleted committee not among the pages", (2801, 0), "/mgListCommittees.aspx", "Former committees", "Remuneration"),
    trap("Word HTML with o:p", (2001, 40024), "/mgAi.aspx?ID=40024", "<o:p>&nbsp;</o:p>", ""),
    trap("superscript", (2001, 40024), "/mgAi.aspx?ID=40024", "21<sup>st</sup>", ""),
    trap("line breaks inside a paragraph; label alone on its line", (3115, 89293), "/mgAi.aspx?ID=89293", "<span>3)</span>\n<span>That\ninformation on the revised priorities for the Rotherham Education\nPartnership", ""),
    trap("label alone in its paragraph", (3203, 64065), "/mgAi.aspx?ID=64065", "<p>2.</p>", ""),
    trap("upper-case tags and font elements", (1605, 32104), "/mgAi.aspx?ID=32104", "<P align=justify><FONT", ""),
    trap("symbol bullets", (2608, 52165), "/mgAi.aspx?ID=52165", "§ 61%", ""),
    trap("symbol bullets of the private use area", (2802, 56045), "/mgAi.aspx?ID=56045", "\u{f0b7} bus drivers", ""),
    trap("table in the minutes", (2207, 44144), "/mgAi.aspx?ID=44144", "MsoTableGrid", ""),
    trap("recorded vote with shared surnames, in a table", (3203, 64065), "/mgAi.aspx?ID=64065", "P Wigglesworth", ""),
    trap("recorded vote in text, motion lost", (1803, 36065), "/mgAi.aspx?ID=36065", "Voting against the motion", ""),
    trap("mover and seconder apart by tab stops", (1502, 30045), "/mgAi.aspx?ID=30045", "Mover:-&nbsp;&nbsp;", ""),
    trap("casting vote on an amendment", (2109, 42186), "/mgAi.aspx?ID=42186", "casting vote", ""),
    trap("number with letters", (1908, 38166), "/ieListDocuments.aspx?MId=1908", ">8(a)<", ""),
    trap("number with prefix", (2002, 40045), "/ieListDocuments.aspx?MId=2002", ">C131.<", ""),
    trap("three numbers for one item", (2503, 50067), "/mgWebService.asmx/GetMeeting?lMeetingId=2503", "<agendaitemnumber>7</agendaitemnumber>", ""),
    trap("title doubly encoded in the service", (2207, 44144), "/mgWebService.asmx/GetMeeting?lMeetingId=2207", "Schools&amp;#39; Petty Cash", ""),
    trap("script in a title", (3203, 64064), "/ieListDocuments.aspx?MId=3203", "&lt;script&gt;alert&#40;", "<script>alert"),
    trap("letters lost to windows-1252", (1502, 30044), "/mgAi.aspx?ID=30044", "Gr?p Llafur", ""),
    trap("impossible year in the text", (2909, 58184), "/mgAi.aspx?ID=58184", "17 September\n2204", ""),
    trap("misspelt title", (2005, 40101), "/ieListDocuments.aspx?MId=2005", "fApologies for Absence", ""),
    trap("raw elements in the service", (1902, 0), "/mgWebService.asmx/GetMeeting?lMeetingId=1902", "<minutesnonemptyhtmlbody><div><p>", ""),
    trap("page without its date line", (2508, 0), "/ieListDocuments.aspx?MId=2508", "<h1", "mgSubTitleTxt"),
    trap("virtual meeting before the name", (3004, 0), "/ieListDocuments.aspx?MId=3004", "Virtual Meeting, Improving Lives Select Commission - Tuesday", ""),
    trap("working title of a document", (3509, 70184), "/mgAi.aspx?ID=70184", "6 - CHAIR APPROVED  Minutes", ""),
    trap("telephone and e-mail in the contact line", (3115, 0), "/ieListDocuments.aspx?MId=3115", "01632 960", ""),
    trap("recording inside the minutes", (3106, 62125), "/mgAi.aspx?ID=62125", "Audio recording - 1 minute 46 seconds", ""),
    trap("decision without keyword, under its own label", (2503, 50065), "/ieDecisionDetails.aspx?AIId=50065", "Decided at meeting: </span>", ""),
    trap("reference to another minute", (3122, 62446), "/mgAi.aspx?ID=62446", "Minute No. 19 refers", ""),
    trap("Town Clerk", (1706, 34125), "/mgAi.aspx?ID=34125", "Town Clerk", ""),
    trap("interim post", (2002, 40046), "/mgAi.aspx?ID=40046", "Interim Director of Streetpride", ""),
    trap("acting post", (2706, 54126), "/mgAi.aspx?ID=54126", "Acting Highways Network Manager", ""),
    trap("outgoing post", (3409, 68184), "/mgAi.aspx?ID=68184", "outgoing Assistant Director", ""),
    trap("two posts in one person", (3203, 64065), "/mgAi.aspx?ID=64065", "Section 151", ""),
    trap("acronym defined in the text", (3122, 62445), "/mgAi.aspx?ID=62445", "(EHCPs)", ""),
    trap("script with status 200", (0, 0), "/mgDelegatedDecisions.aspx?bcr=1", "Please enable JavaScript", "modgov"),
    trap("error page with status 200", (0, 0), "/mgError.aspx", "could not be found", ""),
    trap("ISO dates ignored", (0, 0), "/mgWebService.asmx/GetAllMeetingsByDate?bIsAscendingDateOrder=true&lCommitteeId=-1&sFromDate=2025-01-01&sToDate=2025-02-01", "<meetingdate>14/07/2004</meetingdate>", ""),
    trap("committee 0 finds nothing by date", (0, 0), "/mgWebService.asmx/GetAllMeetingsByDate?bIsAscendingDateOrder=true&lCommitteeId=0&sFromDate=01/01/2004&sToDate=01/01/2027", "<meetings>", "<meeting>"),
];
