//! Records of a small invented council, written by hand: enough for every kind of page.

use jiff::civil::{Date, date};
use minutebook_record::*;

pub(super) const SITE: &str = "https://minutes.wexborough.example.invalid/";
pub(super) const COUNCIL: &str = "Wexborough Council";

/// Strings that break what does not escape.
pub(super) const NASTY: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</title><script>alert(2)</script>",
    "</textarea><script>alert(3)</script>",
    "' onmouseover='alert(4)",
    "</script><!--",
    "javascript:alert(5)",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;b&gt; &amp;amp; &#39;",
    "\u{202e}evil\u{202c} \u{0}null \u{7f}",
    "]]>&<![CDATA[",
    "=cmd|'/C calc'!A0",
    "%00%0d%0aSet-Cookie: a=b",
    "\\\\\\ \"quoted, comma\"; semi",
    "Ŵylfa 🦡 ﷽ zalgo̶̗",
];

pub(super) fn passage(part: Part, text: &str) -> Passage {
    Passage { part, text: text.to_owned() }
}

pub(super) fn role(printed: &str, how: How, holder: Holder, passages: &[usize]) -> RoleMention {
    RoleMention {
        printed: printed.to_owned(),
        slug: id::slug(printed),
        how,
        holder,
        qualifier: None,
        further_qualifiers: Vec::new(),
        verb: None,
        passages: passages.to_vec(),
    }
}

pub(super) fn clause(label: &str, text: &str, kind: Kind, passage: usize) -> Resolution {
    Resolution {
        label: Some(label.to_owned()),
        text: text.to_owned(),
        kind,
        passage: Some(passage),
        ..Resolution::default()
    }
}

pub(super) fn item(number: u64, shown: &str, title: &str, passages: Vec<Passage>) -> Item {
    Item {
        id: id::item_id(SITE, number),
        url: format!("{SITE}mgAi.aspx?ID={number}"),
        number: Some(shown.to_owned()),
        title: title.to_owned(),
        procedural: Some(false),
        passages,
        resolutions: Some(Vec::new()),
        roles: Some(Vec::new()),
        topics: Some(Vec::new()),
        ..Item::default()
    }
}

pub(super) fn meeting(
    number: u64,
    committee: &str,
    day: Option<Date>,
    items: Vec<Item>,
) -> Meeting {
    Meeting {
        format: FORMAT,
        site: SITE.to_owned(),
        council: Some(COUNCIL.to_owned()),
        id: id::meeting_id(SITE, number),
        committee: Committee {
            id: Some("31".to_owned()),
            name: committee.to_owned(),
            slug: Some(id::slug(committee)),
            ..Committee::default()
        },
        date: day,
        time: Some("17:30".to_owned()),
        title: committee.to_owned(),
        status: Status::Approved,
        status_from: None,
        url: format!("{SITE}ieListDocuments.aspx?MId={number}"),
        venue: Some("Council Chamber, Town Hall".to_owned()),
        language: None,
        attendance: vec![Attendance {
            name: "Councillor A. Penhaligon".to_owned(),
            role: Some("Chair".to_owned()),
            status: AttendanceStatus::Present,
        }],
        items,
        documents: Vec::new(),
        acronyms: Vec::new(),
        doubts: Vec::new(),
        source: Source {
            url: None,
            fetched_at: Some("2026-11-20T09:30:00Z".parse().unwrap()),
            sha256: Some(
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            ),
            first_seen: Some("2026-11-20T09:30:00Z".parse().unwrap()),
        },
    }
}

/// The item that most tests look at: home education, three decisions, roles, votes, requests, documents.
pub(super) fn home_education() -> Item {
    let lines = [
        (Part::Agenda, "To consider the annual report on children educated at home."),
        (
            Part::Minutes,
            "The Assistant Director, Education, introduced the report and advised that the number of children in Elective Home Education (EHE) had risen from 112 to 187 in three years.",
        ),
        (
            Part::Minutes,
            "The Cabinet Member for Children’s Services welcomed the report. Members asked how families were supported, and what was known of their reasons.",
        ),
        (
            Part::Minutes,
            "The Assistant Director, Education, explained that every family was offered a visit within twenty days, and that most gave the choice of school place as their reason.",
        ),
        (Part::Minutes, "Resolved:-"),
        (Part::Minutes, "1) That the report be noted."),
        (
            Part::Minutes,
            "2) That it be recommended to the Cabinet that Elective Home Education be a priority of the Education Partnership.",
        ),
        (
            Part::Minutes,
            "3) That a report on the support offered to families be brought back in six months.",
        ),
    ];
    let passages = lines.iter().map(|(part, text)| passage(*part, text)).collect();
    let mut recommended = clause(
        "2)",
        "That it be recommended to the Cabinet that Elective Home Education be a priority of the Education Partnership.",
        Kind::Recommended,
        6,
    );
    recommended.to = Some("the Cabinet".to_owned());
    Item {
        resolutions: Some(vec![
            clause("1)", "That the report be noted.", Kind::Noted, 5),
            recommended,
            clause(
                "3)",
                "That a report on the support offered to families be brought back in six months.",
                Kind::Resolved,
                7,
            ),
        ]),
        roles: Some(vec![
            role("Assistant Director, Education", How::Presented, Holder::Officer, &[1]),
            role("Assistant Director, Education", How::Advised, Holder::Officer, &[1, 3]),
            role("Cabinet Member for Children’s Services", How::Spoke, Holder::Member, &[2]),
        ]),
        topics: Some(vec!["elective-home-education".to_owned()]),
        documents: vec![Document {
            title: "Annual report on home education".to_owned(),
            url: format!("{SITE}documents/s1001/report.pdf"),
        }],
        votes: vec![Vote {
            outcome: Some(VoteOutcome::Carried),
            in_favour: Some(9),
            against: Some(2),
            abstained: Some(1),
            ..Vote::default()
        }],
        requests: vec![Request {
            text: "A report on the support offered to families.".to_owned(),
            by: Some("Assistant Director, Education".to_owned()),
            to: Some("Improving Lives Panel".to_owned()),
            due: Some("in six months".to_owned()),
            due_date: Some(date(2020, 3, 17)),
            passage: Some(7),
        }],
        references: vec![
            Reference {
                printed: "Minute No. 12 refers".to_owned(),
                number: "12".to_owned(),
                body: None,
                item: Some(id::item_id(SITE, 102)),
            },
            Reference {
                printed: "Minute No. C131 refers".to_owned(),
                number: "C131".to_owned(),
                body: None,
                item: None,
            },
        ],
        doubts: vec![
            Doubt::new("table-flattened", "A table was read row by row.").at("Year 2016 2017"),
        ],
        ..item(101, "24", "Elective Home Education: annual report", passages)
    }
}

/// All of it: three committees, 2004 to 2026, some 60 items.
pub(super) fn meetings() -> Vec<Meeting> {
    let apologies = |number| Item {
        procedural: Some(true),
        ..item(
            number,
            "1",
            "Apologies for absence",
            vec![passage(Part::Minutes, "Apologies were received from Councillor B. Tregear.")],
        )
    };
    let crossing = Item {
        resolutions: Some(vec![clause(
            "(a)",
            "That a pedestrian crossing be built on Mill Lane at a cost of £84,000.",
            Kind::Resolved,
            1,
        )]),
        roles: Some(vec![role("Director of Highways", How::Advised, Holder::Officer, &[0])]),
        topics: Some(vec!["pedestrian-crossings".to_owned()]),
        ..item(
            102,
            "12",
            "Mill Lane: pedestrian crossing",
            vec![
                passage(
                    Part::Minutes,
                    "The Director of Highways advised that 14 collisions had been recorded on Mill Lane since 2015.",
                ),
                passage(
                    Part::Decision,
                    "(a) That a pedestrian crossing be built on Mill Lane at a cost of £84,000.",
                ),
            ],
        )
    };
    let restricted = Item {
        standing: Standing::Restricted,
        ..item(104, "30", "Sale of land at Quarry Road", Vec::new())
    };
    let mut all = vec![
        meeting(
            11,
            "Improving Lives Panel",
            Some(date(2019, 9, 17)),
            vec![apologies(100), home_education(), restricted],
        ),
        Meeting {
            status: Status::Draft,
            ..meeting(
                12,
                "Highways Committee",
                Some(date(2024, 2, 6)),
                vec![apologies(106), crossing],
            )
        },
        meeting(
            13,
            "Highways Committee",
            None,
            vec![item(
                105,
                "3",
                "Grit bins",
                vec![passage(Part::Minutes, "Grit bins were discussed without a date.")],
            )],
        ),
    ];
    for year in 2004..=2026_i16 {
        let number = u64::from(year.unsigned_abs());
        let budget = Item {
            resolutions: Some(vec![clause(
                "1.",
                &format!("That the budget for {year} be approved."),
                Kind::Resolved,
                1,
            )]),
            roles: Some(vec![role("Section 151 Officer", How::Presented, Holder::Officer, &[0])]),
            ..item(
                number * 10,
                "5",
                &format!("Revenue budget {year}"),
                vec![
                    passage(
                        Part::Minutes,
                        "The Section 151 Officer presented the revenue budget and the school transport reserve.",
                    ),
                    passage(Part::Minutes, &format!("1. That the budget for {year} be approved.")),
                ],
            )
        };
        all.push(meeting(
            number,
            "Cabinet",
            Some(date(year, 2, 20)),
            vec![apologies(number * 10 + 1), budget],
        ));
    }
    all
}

/// An address with a trap in it, or one that is a trap itself.
fn outside(words: &str) -> String {
    if words.starts_with("javascript:") {
        return words.to_owned();
    }
    format!("https://council.example.invalid/x?{words}")
}

/// One meeting whose every word is a trap.
pub(super) fn nasty() -> Meeting {
    let items = NASTY.iter().zip(9000..).map(|(words, number)| {
        let text = format!("trapword {words}");
        Item {
            id: format!("nasty/{number}?a=b#c \"{words}\""),
            url: outside(words),
            number: Some((*words).to_owned()),
            resolutions: Some(vec![Resolution {
                to: Some((*words).to_owned()),
                mover: Some((*words).to_owned()),
                ..clause(words, &text, Kind::Noted, 0)
            }]),
            roles: Some(vec![role(words, How::Spoke, Holder::Officer, &[0])]),
            topics: Some(vec![(*words).to_owned()]),
            documents: vec![Document { title: (*words).to_owned(), url: outside(words) }],
            requests: vec![Request {
                text: (*words).to_owned(),
                by: Some((*words).to_owned()),
                ..Request::default()
            }],
            references: vec![Reference {
                printed: (*words).to_owned(),
                number: "1".to_owned(),
                body: None,
                item: Some((*words).to_owned()),
            }],
            doubts: vec![Doubt::new("odd", *words).at(*words)],
            ..item(number, "1", &text, vec![passage(Part::Minutes, &text)])
        }
    });
    let mut meeting =
        meeting(9, "<b>Trap</b> & \"Committee\"", Some(date(2020, 1, 1)), items.collect());
    meeting.id = "nasty/<meeting>".to_owned();
    meeting.council = Some("<i>Council</i> & Sons".to_owned());
    meeting.venue = Some(NASTY[0].to_owned());
    meeting.attendance[0].name = NASTY[1].to_owned();
    meeting
}
