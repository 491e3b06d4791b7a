//! What came of asking for a page, and how one tells.
//!
//! Blocked, gone, moved, unchanged and empty are different things and stay different: every `match` on [`Outcome`] is exhaustive.
//! [`judge`] is pure. A status of 200 proves nothing: firewalls, template engines and error pages all answer 200.

mod stub;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::page::PageKind;

/// What came of asking for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A readable page of the kind we asked for, and new to us.
    Fetched,
    /// The page we hold already: the site said so, or the same bytes came.
    Unchanged,
    /// The site says there is no such page (404, 410).
    Gone,
    /// The page, or the site, is elsewhere, where we do not follow.
    Moved,
    /// The site or something before it refuses us.
    Blocked,
    /// The site asks us to come back later (429, 503).
    Busy,
    /// An answer without a body.
    Empty,
    /// An error page, whatever its status.
    Erroneous,
    /// Bytes that are not what should be there.
    Unreadable,
    /// A body beyond the limit; cut off and not kept.
    TooLarge,
    /// robots.txt asks us not to; no request was made.
    Forbidden,
    /// No answer: the network, the name, the certificate, the time.
    Failed,
}

impl Outcome {
    /// Every outcome, in the order of the enum.
    pub const ALL: [Self; 12] = [
        Self::Fetched,
        Self::Unchanged,
        Self::Gone,
        Self::Moved,
        Self::Blocked,
        Self::Busy,
        Self::Empty,
        Self::Erroneous,
        Self::Unreadable,
        Self::TooLarge,
        Self::Forbidden,
        Self::Failed,
    ];

    /// The word for it, as written in archives and by `status`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Blocked => "blocked",
            Self::Busy => "busy",
            Self::Empty => "empty",
            Self::Erroneous => "erroneous",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
            Self::Forbidden => "forbidden",
            Self::Failed => "failed",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// The page was answered as it should be.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Fetched | Self::Unchanged)
    }

    /// Asking again soon may give something else.
    pub fn is_passing(self) -> bool {
        match self {
            Self::Busy | Self::Erroneous | Self::Empty | Self::Failed | Self::Unreadable => true,
            Self::Fetched
            | Self::Unchanged
            | Self::Gone
            | Self::Moved
            | Self::Blocked
            | Self::TooLarge
            | Self::Forbidden => false,
        }
    }
}

/// An outcome with the reason a person may want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What came of it.
    pub outcome: Outcome,
    /// Why, where it is not plainly good.
    pub reason: Option<String>,
}

impl Judgement {
    /// A good page.
    pub fn good() -> Self {
        Self { outcome: Outcome::Fetched, reason: None }
    }

    /// Anything else, with its reason.
    pub fn bad(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self { outcome, reason: Some(reason.into()) }
    }
}

/// Judges an answer by its status and its body. `kind` is what should have come.
pub fn judge(kind: PageKind, status: u16, body: &[u8]) -> Judgement {
    match status {
        304 => Judgement { outcome: Outcome::Unchanged, reason: None },
        404 | 410 => Judgement::bad(Outcome::Gone, format!("the site answered {status}")),
        401 | 403 | 407 | 451 => {
            Judgement::bad(Outcome::Blocked, format!("the site refused us with {status}"))
        }
        429 | 503 => Judgement::bad(Outcome::Busy, format!("the site answered {status}")),
        200..=299 => judge_body(kind, body),
        300..=399 => Judgement::bad(Outcome::Moved, format!("the site answered {status}")),
        _ => Judgement::bad(Outcome::Erroneous, format!("the site answered {status}")),
    }
}

/// Judges a body that came as if all were well; also used for saved pages, which have no status.
pub fn judge_body(kind: PageKind, body: &[u8]) -> Judgement {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Judgement::bad(Outcome::Empty, "the answer has no body");
    }
    match kind {
        PageKind::MinutesDocument => judge_document(body),
        PageKind::ServiceCommittees => judge_service(body, &["committees"]),
        PageKind::ServiceMeetings => {
            judge_service(body, &["getmeetings", "getmeetingsbydate", "getallmeetingsbydate"])
        }
        PageKind::ServiceMeeting => judge_service(body, &["meeting"]),
        PageKind::LegacyMeeting if !stub::looks_like_html(body) && is_pdf(body) => {
            Judgement::good()
        }
        PageKind::CommitteeList
        | PageKind::Committee
        | PageKind::MeetingList
        | PageKind::Meeting
        | PageKind::Item
        | PageKind::Decision
        | PageKind::Issue
        | PageKind::Attendance
        | PageKind::LegacyMeeting => judge_html(kind, body),
        PageKind::Other => Judgement::good(),
    }
}

/// Whether a body is a firewall's, a script's or a server's own instead of a page.
pub(crate) fn is_stub(body: &[u8]) -> bool {
    body.is_empty() || stub::recognise(body).is_some()
}

/// Whether a page plainly carries an item or its text: a quick look that is right about nearly all pages of meetings.
pub(crate) fn carries_text(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    ["mgAiTitleTxt", "mgWordPara", "mgItemTable"].iter().any(|mark| text.contains(mark))
}

fn judge_document(body: &[u8]) -> Judgement {
    if is_pdf(body) {
        return Judgement::good();
    }
    if let Some(found) = stub::recognise(body) {
        return found;
    }
    if stub::looks_like_html(body) {
        return Judgement::bad(Outcome::Erroneous, "a web page came where a PDF should be");
    }
    Judgement::bad(Outcome::Unreadable, "the answer is not a PDF")
}

/// Whether bytes begin like a PDF. Some servers send a few stray bytes before the mark.
pub fn is_pdf(body: &[u8]) -> bool {
    body[..body.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn judge_service(body: &[u8], roots: &[&str]) -> Judgement {
    match stub::root_element(body) {
        Some(root) if roots.iter().any(|r| root.eq_ignore_ascii_case(r)) => Judgement::good(),
        root => {
            if let Some(found) = stub::recognise(body) {
                return found;
            }
            let what = match root {
                Some(root) => format!("<{root}> came where <{}> should be", roots[0]),
                None => format!("the answer is not XML; <{}> should be there", roots[0]),
            };
            Judgement::bad(Outcome::Erroneous, what)
        }
    }
}

fn judge_html(kind: PageKind, body: &[u8]) -> Judgement {
    if stub::is_binary(body) {
        return Judgement::bad(Outcome::Unreadable, "the answer is not text");
    }
    if stub::has_signature(body) {
        if let Some(reason) = stub::own_error_page(kind, body) {
            return Judgement::bad(Outcome::Erroneous, reason);
        }
        let of_a_meeting = matches!(
            kind,
            PageKind::Meeting
                | PageKind::Item
                | PageKind::Decision
                | PageKind::Issue
                | PageKind::Attendance
                | PageKind::LegacyMeeting
        );
        let list = [PageKind::CommitteeList, PageKind::Committee, PageKind::MeetingList];
        if list.contains(&kind) && stub::is_away_list(body) {
            let reason = "the page says that there is none for now";
            return Judgement::bad(Outcome::Erroneous, reason);
        }
        if of_a_meeting && !stub::tells(kind, body) {
            let reason = "the page is in the council's template and tells of no meeting";
            return Judgement::bad(Outcome::Erroneous, reason);
        }
        return Judgement::good();
    }
    stub::recognise(body).unwrap_or_else(|| {
        Judgement::bad(Outcome::Erroneous, "the page carries nothing of ModernGov")
    })
}
