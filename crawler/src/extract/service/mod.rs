//! Answers of the web service `mgWebService.asmx`. Their XML is read field by field rather than parsed: some installs leave Word HTML
//! unescaped inside it, and an answer cut short must still give what it holds.

pub(super) mod fields;
pub(super) mod lists;
pub(super) mod meeting;

use crate::page::PageKind;

/// What a body is, if it is an answer of the service.
pub(super) fn kind(text: &str) -> Option<PageKind> {
    let head: String = text.chars().take(1200).collect::<String>().to_ascii_lowercase();
    let head = head.trim_start();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return None;
    }
    let has = |root: &str| {
        head.find(root)
            .is_some_and(|at| head[at + root.len()..].starts_with(['>', ' ', '/', '\r', '\n']))
    };
    if has("<getmeetings") || has("<getmeetingsbydate") || has("<getallmeetingsbydate") {
        Some(PageKind::ServiceMeetings)
    } else if has("<committees") {
        Some(PageKind::ServiceCommittees)
    } else if has("<meeting") {
        Some(PageKind::ServiceMeeting)
    } else {
        None
    }
}
