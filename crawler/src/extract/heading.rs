//! What the head of a meeting's page says: which body, when, how far the text has come, whether it met at all.

use std::sync::LazyLock;

use jiff::civil::Date;
use minutebook_record::{Doubt, Status};
use regex::Regex;

use super::date;
use super::outline::{Block, Mark, Outline};

/// Headings that name a sort of page, lower case.
const SORTS: [&str; 11] = [
    "agenda item",
    "attendance",
    "attendance details",
    "browse meetings",
    "committee details",
    "committee structure",
    "decision details",
    "eitem agenda",
    "issue - meetings",
    "manylion presenoldeb",
    "meeting documents",
];

/// What a heading tells.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Heading {
    pub(crate) committee: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) time: Option<String>,
    /// The state, with the words that told.
    pub(crate) status: Option<(Status, String)>,
    pub(crate) welsh: bool,
    pub(crate) doubts: Vec<Doubt>,
}

/// Words of the page's own heading: longest first, so that "Agenda and draft minutes" is not read as "Agenda".
static STATE: LazyLock<Regex> = LazyLock::new(|| {
    let part = r"(?:draft\s+|printed\s+|public\s+)?(?:agenda|minutes|decisions?|rhaglen|cofnodion|chofnodion|penderfyniadau|phenderfyniadau)(?:\s+drafft)?";
    Regex::new(&format!(
        r"(?i)^\s*(?P<state>{part}(?:\s*(?:,|\band\b|\ba\b|\bac\b|&)\s*{part})*)\s*(?:(?:\bfor\b|\bof\b|\bar\s+gyfer\b|[-–:])\s*(?:the\s+|y\s+)?|$)"
    ))
    .expect("the pattern is valid")
});

/// What the state of a meeting is called in capitals beside its name.
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    // "NEW HOMES BOARD" is a name: what only tells of a change must stand apart.
    Regex::new(r"[\s*\-–,(\[]*\b(CANCELLED|WITHDRAWN|POSTPONED|CANSLWYD|GOHIRIWYD|(?i:cancelled|canslwyd|postponed))\b[\s*\-–,)\]:]*|(?:^|\s*[*\-–,(\[]+)\s*\b(MOVED|NEW)\b(?:\s*[*\-–,)\]:]+\s*|\s*$)|\s*\b(?:MOVED|NEW)\s*[*)\]]*$")
        .expect("the pattern is valid")
});

/// A body's name behind the day.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:,?\s*(?:at\s+)?\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\.?|noon)?)?\s*[-–,]\s*(?P<name>[A-Z][^\d]{4,})$")
        .expect("the pattern is valid")
});

static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:virtual|remote|hybrid|special|extraordinary|additional)?\s*meeting\s*(?:of\s+(?:the\s+)?|[,:-]\s*)|cyfarfod\s*(?:o'r\s+)?[:,-]?\s*)")
        .expect("the pattern is valid")
});

/// Reads the head of a page: its headings in order, then its title.
pub(crate) fn read(page: &Outline) -> Heading {
    let mut heading = Heading { welsh: is_welsh(page), ..Heading::default() };
    let mut before: Option<&str> = None;
    let titles: Vec<&str> = head_blocks(page)
        .map(|block| block.text.as_str())
        .chain([page.title.as_str(), page.dc_title.as_str()])
        .filter(|text| !text.is_empty())
        .collect();
    for text in &titles {
        heading.state(text);
        let rest = without_state(text);
        let Some(found) = date::of_heading(rest) else {
            before = Some(text);
            continue;
        };
        if heading.date.is_some() || (heading.committee.is_some() && found.date.is_none()) {
            continue;
        }
        heading.date = found.date;
        heading.time = found.time;
        heading.doubts.extend(found.doubts);
        let name = committee(&rest[..found.span.0]);
        // "Executive Board" on one line, the day on the next; "Tuesday, 17 September 2019 7.30 pm, Planning Committee".
        let name = name
            .or_else(|| before.filter(|b| !is_state(b)).and_then(committee))
            .or_else(|| BEHIND.captures(&rest[found.span.1..]).and_then(|c| committee(&c["name"])));
        if heading.committee.is_none() {
            heading.committee = name;
        }
    }
    heading
}

impl Heading {
    fn state(&mut self, text: &str) {
        if let Some(word) = NOTICE.captures(text).and_then(|notice| notice.get(1)) {
            self.status = Some((Status::Cancelled, format!("heading: {}", word.as_str())));
        }
        if self.status.is_some() {
            return;
        }
        if let Some(captures) = STATE.captures(text) {
            let words = captures["state"].trim();
            self.status = Some((status(words), format!("heading: {words}")));
        }
    }
}

/// "Agenda and draft minutes" and the like.
fn status(words: &str) -> Status {
    let lower = words.to_lowercase();
    let draft = lower.contains("draft") || lower.contains("drafft");
    if draft {
        Status::Draft
    } else if lower.contains("minutes") || lower.contains("ofnodion") {
        Status::Approved
    } else {
        Status::Agenda
    }
}

/// Whether a heading is one of ModernGov's own: a state, a sort of page, or a day.
pub(crate) fn is_telling(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    is_state(text) || SORTS.contains(&lower.as_str()) || date::of_heading(text).is_some()
}

fn is_state(text: &str) -> bool {
    STATE.find(text).is_some_and(|m| m.end() == text.len())
}

fn without_state(text: &str) -> &str {
    STATE.find(text).map_or(text, |m| &text[m.end()..])
}

/// A body's name from what stands before the date.
pub(crate) fn committee(text: &str) -> Option<String> {
    let text = NOTICE.replace_all(text, " ");
    let text = text.trim_matches([' ', '-', '–', ',', ':', '|', '\u{a0}']);
    let text = BEFORE.replace(text, "");
    let text = text
        .trim_end_matches(" on")
        .trim_end_matches(" ar")
        .trim_matches([' ', '-', '–', ',', ':', '|', '\u{a0}']);
    let lower = text.to_lowercase();
    (!text.is_empty() && !SORTS.contains(&lower.as_str())).then(|| text.to_owned())
}

/// Blocks that can be the page's heading: those before the first item.
pub(crate) fn head_blocks(page: &Outline) -> impl Iterator<Item = &Block> {
    let is_head = |block: &&Block| {
        matches!(block.mark, Mark::MainTitle | Mark::SubTitle)
            || (block.heading.is_some() && !block.word && block.mark == Mark::None)
    };
    page.blocks.iter().take_while(|block| block.row.is_none()).filter(is_head)
}

fn is_welsh(page: &Outline) -> bool {
    let words = ["rhaglen", "cofnodion", "eitem", "cyfarfod", "penderfyniad", "dydd "];
    page.lang.to_ascii_lowercase().starts_with("cy")
        || head_blocks(page).any(|block| {
            let lower = block.text.to_lowercase();
            words.iter().any(|word| lower.starts_with(word)) || lower.contains("chofnodion")
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::extract::outline;

    fn check(html: &str, committee: &str, day: Date, status: Status) {
        let heading = read(&outline::read(html));
        assert_eq!(heading.committee.as_deref(), Some(committee), "{html}");
        assert_eq!(heading.date, Some(day), "{html}");
        assert_eq!(heading.status.map(|s| s.0), Some(status), "{html}");
    }

    #[test]
    fn names_stay_whole_and_the_first_of_several_days_counts() {
        let named = |text: &str| {
            let heading = read(&outline::read(&format!("<h1>Agenda</h1><h2>{text}</h2>")));
            (heading.committee.unwrap_or_default(), heading.date, heading.doubts.len())
        };
        let day = Some(date(2019, 9, 17));
        assert_eq!(
            named("NEW HOMES BOARD - Tuesday, 17th September, 2019 10.00 am"),
            ("NEW HOMES BOARD".to_owned(), day, 0)
        );
        assert_eq!(
            named("Audit Committee - NEW - Tuesday, 17th September, 2019 10.00 am"),
            ("Audit Committee".to_owned(), day, 0)
        );
        assert_eq!(
            named("Tuesday, 17th September, 2019 7.30 pm, Planning Committee"),
            ("Planning Committee".to_owned(), day, 0)
        );
        let several = "Licensing Sub-Committee - Tuesday, 17th September, 2019 at 10.00 am and Wednesday, 18th September, 2019 at 2.00 pm";
        assert_eq!(named(several), ("Licensing Sub-Committee".to_owned(), day, 1));
    }

    #[test]
    fn headings_of_every_shape() {
        check(
            "<h1>Agenda and minutes</h1><h2>Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015) - Wednesday 28 January 2015 10.00 a.m.</h2>",
            "Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015)",
            date(2015, 1, 28),
            Status::Approved,
        );
        check(
            "<h1>Agenda, decisions and draft minutes</h1><h2>Executive Board<br>Thursday, 24th September, 2020 1.00 pm</h2>",
            "Executive Board",
            date(2020, 9, 24),
            Status::Draft,
        );
        check(
            "<title>Agenda for Cabinet on Monday, 12th July, 2021, 10.00 a.m.</title><h1>Agenda</h1>",
            "Cabinet",
            date(2021, 7, 12),
            Status::Agenda,
        );
        check(
            "<h1>Rhaglen a chofnodion</h1><h2>Y Pwyllgor Craffu - Dydd Iau, 9fed Hydref, 2014 2.00 o'r gloch</h2>",
            "Y Pwyllgor Craffu",
            date(2014, 10, 9),
            Status::Approved,
        );
        check(
            "<h1>Agenda and minutes</h1><h2>Virtual Meeting, Corporate Scrutiny Panel - Tuesday 1 February 2022 7.00 pm</h2>",
            "Corporate Scrutiny Panel",
            date(2022, 2, 1),
            Status::Approved,
        );
        check(
            "<h1>Agenda</h1><h2>CANCELLED, Planning Panel - North - Tuesday 1 February 2022 7.00 pm</h2>",
            "Planning Panel - North",
            date(2022, 2, 1),
            Status::Cancelled,
        );
    }
}
