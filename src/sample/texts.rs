//! Reads the text files: meetings, and templates of composed items, in a mark-up small enough to write prose in.
//!
//! `@@ number committee date time flags...` begins a meeting, `key: value` lines follow, `## Title {flags}` begins an item. Each further line is one
//! paragraph of the minutes; `A: ` puts it into the agenda text, `D: ` into the decision, `doc: ` names a paper. `//` begins a comment.

use jiff::civil::Date;

/// A meeting as written down, before numbers and attendance.
#[derive(Debug, Clone)]
pub(super) struct DraftMeeting {
    pub(super) id: u32,
    pub(super) committee: u32,
    pub(super) date: Date,
    pub(super) time: (u8, u8),
    pub(super) flags: Vec<String>,
    pub(super) fields: Vec<(String, String)>,
    pub(super) items: Vec<DraftItem>,
}

impl DraftMeeting {
    pub(super) fn is(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    pub(super) fn field(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// An item as written down.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftItem {
    pub(super) title: String,
    pub(super) flags: Vec<String>,
    pub(super) agenda: Vec<String>,
    pub(super) minutes: Vec<String>,
    pub(super) decision: Vec<String>,
    pub(super) documents: Vec<String>,
}

impl DraftItem {
    pub(super) fn is(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    /// The value of a `name=value` flag.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.flags.iter().find_map(|f| f.strip_prefix(name)?.strip_prefix('='))
    }

    /// Adds one line under the rules of the module's head.
    pub(super) fn push(&mut self, line: &str) {
        if let Some(text) = line.strip_prefix("A: ") {
            self.agenda.push(text.to_owned());
        } else if let Some(text) = line.strip_prefix("D: ") {
            self.decision.push(text.to_owned());
        } else if let Some(text) = line.strip_prefix("doc: ") {
            self.documents.push(text.to_owned());
        } else {
            self.minutes.push(line.to_owned());
        }
    }
}

/// A line that could not be read: its number and what it should have been.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}")]
pub struct TextError {
    line: usize,
    expected: &'static str,
}

/// Reads one file of meetings.
pub(super) fn meetings(text: &str) -> Result<Vec<DraftMeeting>, TextError> {
    let mut out: Vec<DraftMeeting> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let fault = |expected| TextError { line: n + 1, expected };
        if line.is_empty() || line.starts_with("// ") {
            continue;
        }
        if let Some(head) = line.strip_prefix("@@ ") {
            out.push(header(head).ok_or(fault("`@@ number committee yyyy-mm-dd hh.mm flags...`"))?);
            continue;
        }
        let meeting = out.last_mut().ok_or(fault("a meeting before its text"))?;
        if let Some(title) = line.strip_prefix("## ") {
            meeting.items.push(titled(title));
        } else if let Some(item) = meeting.items.last_mut() {
            item.push(line);
        } else {
            let (key, value) =
                line.split_once(": ").ok_or(fault("`key: value` before the first item"))?;
            meeting.fields.push((key.to_owned(), value.to_owned()));
        }
    }
    Ok(out)
}

/// A title with its flags: `Some title {restricted issue=31}`.
pub(super) fn titled(line: &str) -> DraftItem {
    let (title, flags) = match line.rsplit_once(" {") {
        Some((title, rest)) if rest.ends_with('}') => (title, rest.trim_end_matches('}')),
        _ => (line, ""),
    };
    DraftItem {
        title: title.trim().to_owned(),
        flags: flags.split_whitespace().map(str::to_owned).collect(),
        ..DraftItem::default()
    }
}

fn header(head: &str) -> Option<DraftMeeting> {
    let mut words = head.split_whitespace();
    let id = words.next()?.parse().ok()?;
    let committee = words.next()?.parse().ok()?;
    let date = words.next()?.parse().ok()?;
    let (hour, minute) = words.next()?.split_once('.')?;
    Some(DraftMeeting {
        id,
        committee,
        date,
        time: (hour.parse().ok()?, minute.parse().ok()?),
        flags: words.map(str::to_owned).collect(),
        fields: Vec::new(),
        items: Vec::new(),
    })
}
