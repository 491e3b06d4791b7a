//! Kinds of pages as the archive writes them.

use crate::page::PageKind;

/// The words, one for each kind.
const WORDS: [(PageKind, &str); 14] = [
    (PageKind::CommitteeList, "committee-list"),
    (PageKind::Committee, "committee"),
    (PageKind::MeetingList, "meeting-list"),
    (PageKind::Meeting, "meeting"),
    (PageKind::Item, "item"),
    (PageKind::Decision, "decision"),
    (PageKind::Issue, "issue"),
    (PageKind::Attendance, "attendance"),
    (PageKind::LegacyMeeting, "legacy-meeting"),
    (PageKind::MinutesDocument, "minutes-document"),
    (PageKind::ServiceCommittees, "service-committees"),
    (PageKind::ServiceMeetings, "service-meetings"),
    (PageKind::ServiceMeeting, "service-meeting"),
    (PageKind::Other, "other"),
];

/// The word for a kind.
pub fn word(kind: PageKind) -> &'static str {
    WORDS.iter().find(|(k, _)| *k == kind).map_or("other", |(_, word)| word)
}

/// The kind of a word; a word we do not know is `Other`.
pub fn from_word(word: &str) -> PageKind {
    WORDS.iter().find(|(_, w)| *w == word).map_or(PageKind::Other, |(kind, _)| *kind)
}
