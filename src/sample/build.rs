//! Builds the council from its text files: procedure round the hand-written business, composed items between, numbers, attendance, HTML.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fill::{Composer, Occasion};
use super::model::{
    ArchiveShape, Attendee, Committee, Council, Document, Item, Meeting, MinutesAs, Part, Row,
    Stage, Status,
};
use super::numbering::Counter;
use super::roster::Roster;
use super::texts::{self, DraftItem, DraftMeeting};
use super::word::{self, Style};
use super::{dates, procedure};

/// The text files of meetings, by subject; their order does not matter.
const MEETINGS: [(&str, &str); 10] = [
    ("archive.txt", include_str!("texts/archive.txt")),
    ("audit.txt", include_str!("texts/audit.txt")),
    ("cabinet.txt", include_str!("texts/cabinet.txt")),
    ("council.txt", include_str!("texts/council.txt")),
    ("health.txt", include_str!("texts/health.txt")),
    ("licensing.txt", include_str!("texts/licensing.txt")),
    ("others.txt", include_str!("texts/others.txt")),
    ("places.txt", include_str!("texts/places.txt")),
    ("planning.txt", include_str!("texts/planning.txt")),
    ("scrutiny.txt", include_str!("texts/scrutiny.txt")),
];

/// The one real text: the scrutiny item the project began with.
const SEED: &str = include_str!("texts/seed.txt");

/// A fault in the sample's own text files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A line is not of the files' mark-up.
    #[error("sample text {file}: {source}")]
    Text {
        /// The file.
        file: &'static str,
        /// The line and what was expected.
        source: texts::TextError,
    },
    /// A meeting names a body that is not in the list.
    #[error(
        "sample meeting {meeting} names committee {committee}, which committees.txt does not list"
    )]
    Committee {
        /// The meeting.
        meeting: u32,
        /// The body.
        committee: u32,
    },
}

/// Builds the council. The same value every time.
pub fn council() -> Result<Council, BuildError> {
    let committees: Vec<Committee> =
        include_str!("texts/committees.txt").lines().filter_map(committee).collect();
    let mut drafts = Vec::new();
    for (file, text) in MEETINGS {
        drafts.extend(texts::meetings(text).map_err(|source| BuildError::Text { file, source })?);
    }
    drafts.sort_by_key(|d| (d.date, d.id));
    let mut clerk = Clerk {
        roster: Roster::read(include_str!("texts/roster.txt"), include_str!("texts/officers.txt")),
        composer: Composer::read(
            include_str!("texts/templates.txt"),
            include_str!("texts/slots.txt"),
        ),
        counter: Counter::default(),
        last: BTreeMap::new(),
    };
    let mut meetings = Vec::new();
    for draft in &drafts {
        let body = committees
            .iter()
            .find(|c| c.id == draft.committee)
            .ok_or(BuildError::Committee { meeting: draft.id, committee: draft.committee })?;
        meetings.push(clerk.meeting(draft, body));
    }
    Ok(Council {
        name: "Ellerbrough Metropolitan Borough Council".to_owned(),
        committees,
        meetings,
    })
}

/// What is carried from meeting to meeting.
struct Clerk {
    roster: Roster,
    composer: Composer,
    counter: Counter,
    last: BTreeMap<u32, Date>,
}

impl Clerk {
    fn meeting(&mut self, draft: &DraftMeeting, body: &Committee) -> Meeting {
        let text: String =
            draft.items.iter().flat_map(|i| i.minutes.iter().chain(&i.decision)).cloned().collect();
        let attendance = self.roster.attendance(draft, body, &text);
        let rows =
            if draft.is("cancelled") { Vec::new() } else { self.rows(draft, body, &attendance) };
        if !draft.is("cancelled") {
            self.last.insert(body.id, draft.date);
        }
        let stage = match () {
            () if draft.is("agenda") => Stage::Agenda,
            () if draft.is("draft") => Stage::Draft,
            () => Stage::Approved,
        };
        let items = self.numbered(draft, rows, stage);
        Meeting {
            id: draft.id,
            committee: body.id,
            date: draft.date,
            time: draft.time,
            venue: draft.field("venue").unwrap_or(usual_venue(draft)).to_owned(),
            status: if draft.is("cancelled") { Status::Cancelled } else { Status::Confirmed },
            stage,
            minutes_as: if draft.is("pdf") {
                MinutesAs::Pdf
            } else if draft.is("scan") {
                MinutesAs::Scan
            } else {
                MinutesAs::Text
            },
            archive: draft.flags.iter().find_map(|f| match f.as_str() {
                "archive=whole" => Some(ArchiveShape::Whole),
                "archive=documents" => Some(ArchiveShape::Documents),
                _ => None,
            }),
            contact: contact(draft),
            note: draft.field("note").unwrap_or_default().to_owned(),
            flags: draft.flags.clone(),
            attendance,
            items,
        }
    }

    /// All rows in order: opening, public business, composed business, exclusion, exempt business, closing.
    fn rows(
        &mut self,
        draft: &DraftMeeting,
        body: &Committee,
        attendance: &[Attendee],
    ) -> Vec<DraftItem> {
        let procedural =
            !draft.is("noproc") && !draft.flags.iter().any(|f| f.starts_with("archive"));
        let mut rows = Vec::new();
        if procedural {
            let last = previous(self.last.get(&body.id).copied(), draft.date);
            rows.extend(procedure::opening(draft, attendance, last, name_then(body, draft.date)));
        }
        let (exempt, public): (Vec<_>, Vec<_>) =
            draft.items.iter().cloned().partition(|i| i.is("restricted"));
        rows.extend(public);
        let wanted = draft.field("fill").and_then(|n| n.parse().ok()).unwrap_or(if procedural {
            2
        } else {
            0
        });
        let occasion = Occasion {
            meeting: draft.id,
            committee: &body.title,
            pool: &body.pool,
            date: draft.date,
            members: attendance
                .iter()
                .filter(|a| a.role != "Officer" && a.attendance.starts_with("Present"))
                .map(|a| a.name.clone())
                .collect(),
        };
        let before = self.composer.clone();
        for _ in 0..wanted {
            let taken = self.composer.used_since(&before);
            rows.extend(self.composer.next(&occasion, &taken));
        }
        if !exempt.is_empty() {
            rows.push(procedure::exclusion());
            rows.extend(exempt);
        }
        if procedural {
            rows.extend(procedure::closing(draft));
        }
        rows
    }

    fn numbered(&mut self, draft: &DraftMeeting, rows: Vec<DraftItem>, stage: Stage) -> Vec<Item> {
        self.counter.begin(draft.committee, draft.date);
        if let Some(first) = draft.flags.iter().find_map(|f| f.strip_prefix("start=")?.parse().ok())
        {
            self.counter.set(draft.committee, draft.date, first);
        }
        let style =
            Style::of(draft.date.year(), draft.flags.iter().find_map(|f| f.strip_prefix("style=")));
        let prefix = draft.flags.iter().find_map(|f| f.strip_prefix("prefix=")).unwrap_or_default();
        let mut items = Vec::new();
        for (place, row) in (1..).zip(rows) {
            let plain = row.is("heading") || row.is("unnumbered");
            let minute = (!plain && stage != Stage::Agenda).then(|| {
                row.value("n")
                    .and_then(|n| n.parse().ok())
                    .unwrap_or_else(|| self.counter.next(draft.committee, draft.date))
            });
            let number = match minute {
                _ if plain => String::new(),
                Some(n) if !draft.is("numbers=agenda") => format!("{prefix}{n}."),
                _ => format!(
                    "{}.",
                    items.iter().filter(|i: &&Item| !i.number.is_empty()).count() + 1
                ),
            };
            let number = row.value("as").map_or(number, str::to_owned);
            let archived = draft.flags.iter().any(|f| f.starts_with("archive"));
            let own = row.value("id").and_then(|v| v.parse().ok()).unwrap_or(draft.id * 20 + place);
            let id = if archived { 0 } else { own };
            items.push(item(row, id, if plain { 0 } else { place }, minute, number, stage, style));
        }
        items
    }
}

fn item(
    row: DraftItem,
    id: u32,
    agenda_number: u32,
    minute_number: Option<u32>,
    number: String,
    stage: Stage,
    style: Style,
) -> Item {
    let restricted = row.is("restricted");
    let (minutes, decision) = match stage {
        Stage::Agenda => (Part::default(), Part::default()),
        _ if row.is("seed") => (seed(), Part::default()),
        _ => (
            part(&row.minutes, style),
            part(if row.is("both") { &row.minutes } else { &row.decision }, style),
        ),
    };
    Item {
        id,
        row: if row.is("heading") { Row::Heading } else { Row::Item },
        agenda_number,
        minute_number,
        number,
        agenda: part(&row.agenda, style),
        minutes,
        decision,
        restricted,
        displayed: !row.is("hidden"),
        cut: row.is("cut"),
        issue: row.value("issue").and_then(|v| v.parse().ok()),
        documents: (1..)
            .zip(&row.documents)
            .map(|(n, title)| Document {
                id: 600_000 + id * 4 + n,
                title: title.clone(),
                restricted,
            })
            .collect(),
        title: row.title,
    }
}

fn part(paragraphs: &[String], style: Style) -> Part {
    Part { paragraphs: paragraphs.to_vec(), html: word::html(paragraphs, style) }
}

/// The seed's item with the line breaks its source has: "3)" alone on its line, then wrapped lines, all in one paragraph.
fn seed() -> Part {
    let body = SEED.lines().skip(1).take_while(|l| *l != "Supporting documents:");
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in body {
        match paragraphs.last_mut() {
            Some(last) if open => {
                last.push('\n');
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
        open = open || line == "3)";
    }
    let html = paragraphs
        .iter()
        .map(|p| match p.strip_prefix("3)\n") {
            Some(rest) => format!(
                "<p class=\"MsoNormal\"><span>3)</span>\n<span>{}</span></p>\n",
                word::escape(rest)
            ),
            None => word::html(std::slice::from_ref(p), Style::Plain)
                .replace("<p>", "<p class=\"MsoNormal\">"),
        })
        .collect();
    Part { paragraphs, html }
}

fn committee(line: &str) -> Option<Committee> {
    let cells: Vec<&str> = line.split('|').collect();
    let [id, title, category, state, seats, pool, purpose] = cells.as_slice() else { return None };
    Some(Committee {
        id: id.parse().ok()?,
        title: (*title).to_owned(),
        category: (*category).to_owned(),
        expired: *state == "expired",
        deleted: *state == "deleted",
        seats: seats.parse().ok()?,
        pool: (*pool).to_owned(),
        purpose: (*purpose).to_owned(),
    })
}

/// The day of the meeting before: one the sample holds if it is near, else six weeks earlier, since the sample holds only some.
fn previous(held: Option<Date>, date: Date) -> Date {
    let usual = dates::working(dates::shifted(date, -42), -21);
    held.filter(|d| *d >= dates::shifted(date, -100)).unwrap_or(usual)
}

/// What the minutes called the body at the time; the site shows the present title on old meetings too.
fn name_then(body: &Committee, date: Date) -> &str {
    match body.id {
        111 if date.year() < 2013 => "the Regeneration and Environment Scrutiny Panel",
        106 if date.year() < 2013 => "the Children and Young People's Scrutiny Panel",
        103 | 105 => {
            body.title.split(" (").next().unwrap_or(&body.title).trim_start_matches("The Former ")
        }
        104 => "the Cabinet and Commissioners",
        _ => &body.title,
    }
}

fn usual_venue(draft: &DraftMeeting) -> &'static str {
    match draft.date.year() {
        _ if draft.is("virtual") => "Virtual Meeting",
        ..=2011 => "Town Hall, Market Place, Ellerbrough",
        2012..=2018 => "Council Chamber, Town Hall, Market Place, Ellerbrough",
        _ => "Council Chamber, Priory House, Castle Ings, Ellerbrough",
    }
}

/// Contact lines name a clerk with telephone and e-mail: planted so that a test can see them dropped.
fn contact(draft: &DraftMeeting) -> String {
    let (name, post) = match draft.date.year() {
        ..=2008 => ("Dorothy Haigh-Bell", "Committee Clerk"),
        2009..=2016 => ("Martin Oakroyd", "Principal Democratic Services Officer"),
        _ => ("Caitlin Mossop", "Governance Advisor"),
    };
    let mailbox = name.to_lowercase().replace(' ', ".");
    let tail = 100 + draft.id % 900;
    format!(
        "{name}, {post}~~Tel: 01632 960{tail}, E-mail: {mailbox}@ellerbrough.example.invalid. {}",
        match dates::municipal_year(draft.date) {
            ..=2009 => "",
            _ => "The webcast can be viewed at http://webcasts.ellerbrough.example.invalid",
        }
    )
}
