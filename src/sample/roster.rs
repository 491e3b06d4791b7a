//! Who sits on what and who came: the invented councillors and officers, and each meeting's attendance list.
//!
//! A councillor named in a meeting's text is put on its list as present, so that text and list agree. Everything goes by number, nothing by chance.

use super::model::{Attendee, Committee};
use super::texts::DraftMeeting;

/// A councillor with the years of service.
#[derive(Debug, Clone)]
pub(super) struct Councillor {
    pub(super) id: u32,
    pub(super) initials: String,
    pub(super) surname: String,
    pub(super) ward: String,
    pub(super) party: String,
    years: (i16, i16),
}

/// An officer with the years of service.
#[derive(Debug, Clone)]
pub(super) struct Officer {
    pub(super) id: u32,
    pub(super) name: String,
    years: (i16, i16),
}

/// Everybody.
#[derive(Debug, Clone)]
pub(super) struct Roster {
    pub(super) councillors: Vec<Councillor>,
    pub(super) officers: Vec<Officer>,
}

impl Roster {
    /// Reads the two lists; lines that are not of their shape are comments.
    pub(super) fn read(councillors: &str, officers: &str) -> Self {
        Self {
            councillors: councillors.lines().filter_map(councillor).collect(),
            officers: officers.lines().filter_map(officer).collect(),
        }
    }

    /// The attendance list: chair first, then members, then officers.
    pub(super) fn attendance(
        &self,
        meeting: &DraftMeeting,
        committee: &Committee,
        text: &str,
    ) -> Vec<Attendee> {
        let year = meeting.date.year();
        let chair = meeting.field("chair").unwrap_or_default();
        let mut members: Vec<(&Councillor, bool)> = self
            .councillors
            .iter()
            .filter(|c| c.years.0 <= year && year <= c.years.1)
            .map(|c| (c, names(text, c, &self.councillors)))
            .collect();
        let term = u32::try_from((year - 2000) / 2).unwrap_or_default();
        members.sort_by_key(|(c, named)| {
            let is_chair = !chair.is_empty() && c.surname == chair;
            (!is_chair, !*named, mix(c.id, committee.id * 31 + term), c.id)
        });
        let named = members.iter().filter(|(_, n)| *n).count();
        members.truncate(committee.seats.max(named));
        let mut list: Vec<Attendee> = members
            .iter()
            .enumerate()
            .map(|(n, (c, named))| Attendee {
                id: c.id,
                name: format!("Councillor {} {}", c.initials, c.surname),
                role: if n == 0 {
                    "Chair"
                } else if n == 1 {
                    "Vice-Chair"
                } else {
                    "Committee Member"
                }
                .to_owned(),
                attendance: status(meeting, n, *named || n == 0, mix(c.id, meeting.id)).to_owned(),
                party: c.party.clone(),
                ward: c.ward.clone(),
            })
            .collect();
        list.extend(
            self.officers.iter().filter(|o| o.years.0 <= year && year <= o.years.1).take(4).map(
                |o| Attendee {
                    id: o.id,
                    name: o.name.clone(),
                    role: "Officer".to_owned(),
                    attendance: if meeting.is("expected") { "Expected" } else { "In attendance" }
                        .to_owned(),
                    party: String::new(),
                    ward: String::new(),
                },
            ),
        );
        list
    }
}

/// A small mixing of two numbers, the same everywhere.
pub(super) fn mix(a: u32, b: u32) -> u32 {
    let mut x = a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA77);
    x ^= x >> 15;
    x = x.wrapping_mul(0x2C1B_3C6D);
    x ^ (x >> 13)
}

fn status(meeting: &DraftMeeting, place: usize, spoke: bool, dice: u32) -> &'static str {
    if meeting.is("expected") || meeting.is("cancelled") || meeting.is("agenda") {
        return "Expected";
    }
    let virtual_meeting = meeting.is("virtual");
    match dice % 9 {
        _ if spoke && virtual_meeting => "Present, virtual",
        _ if spoke => "Present",
        0 => "Apologies",
        1 if place > 5 => "Absent",
        2 if place > 4 => "Present, as substitute",
        _ if virtual_meeting => "Present, virtual",
        _ => "Present",
    }
}

/// Whether the text names this councillor: by surname where it is unique, by initials and surname where not.
fn names(text: &str, one: &Councillor, all: &[Councillor]) -> bool {
    let shared = all.iter().filter(|c| c.surname == one.surname).count() > 1;
    if shared {
        text.contains(&format!("{} {}", one.initials, one.surname))
    } else {
        text.contains(&one.surname)
    }
}

fn councillor(line: &str) -> Option<Councillor> {
    let cells: Vec<&str> = line.split('|').collect();
    let [id, initials, _forename, surname, ward, party, from, to] = cells.as_slice() else {
        return None;
    };
    Some(Councillor {
        id: id.parse().ok()?,
        initials: (*initials).to_owned(),
        surname: (*surname).to_owned(),
        ward: (*ward).to_owned(),
        party: (*party).to_owned(),
        years: (from.parse().ok()?, to.parse().ok()?),
    })
}

fn officer(line: &str) -> Option<Officer> {
    let cells: Vec<&str> = line.split('|').collect();
    let [id, name, _post, from, to] = cells.as_slice() else { return None };
    Some(Officer {
        id: id.parse().ok()?,
        name: (*name).to_owned(),
        years: (from.parse().ok()?, to.parse().ok()?),
    })
}
