//! A made-up council, small enough to know by heart.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::assigning_clones,
    reason = "each test file uses a part of it"
)]

use jiff::Timestamp;
use minutebook_index::{Index, Writer};
use minutebook_record::{
    Acronym, Committee, How, Item, Kind, Meeting, Part, Passage, Resolution, RoleMention, Source,
    Status, TopicTag, VerbClass,
};
use tempfile::TempDir;

/// The item on elective home education.
pub const EHE: &str = "east-i12";

/// The time everything is put.
pub fn now() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

/// An index of these meetings.
pub fn indexed(meetings: &[Meeting]) -> (TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open_or_create(dir.path()).unwrap();
    for meeting in meetings {
        writer.put(meeting, now()).unwrap();
    }
    writer.finish().unwrap();
    let index = Index::open(dir.path()).unwrap();
    (dir, index)
}

/// A meeting of the Highways Panel with one item of one paragraph.
pub fn meeting(number: u32, date: &str, title: &str, text: &str) -> Meeting {
    let id = format!("east-m{number}");
    Meeting {
        format: minutebook_record::FORMAT,
        site: "https://east.example.invalid/".to_owned(),
        council: Some("East Borough Council".to_owned()),
        committee: Committee { name: "Highways Panel".to_owned(), ..Committee::default() },
        date: date.parse().ok(),
        time: None,
        title: "Highways Panel".to_owned(),
        status: Status::Approved,
        status_from: None,
        url: format!("https://east.example.invalid/ieListDocuments.aspx?MId={number}"),
        venue: None,
        language: None,
        attendance: Vec::new(),
        items: vec![item(&format!("{id}-a"), title, &[text])],
        documents: Vec::new(),
        acronyms: Vec::new(),
        doubts: Vec::new(),
        source: Source::default(),
        id,
    }
}

/// An item with paragraphs of minutes.
pub fn item(id: &str, title: &str, minutes: &[&str]) -> Item {
    Item {
        id: id.to_owned(),
        url: format!("https://east.example.invalid/mgAi.aspx?ID={id}"),
        title: title.to_owned(),
        passages: minutes
            .iter()
            .map(|text| Passage { part: Part::Minutes, text: (*text).to_owned() })
            .collect(),
        ..Item::default()
    }
}

/// A decision clause.
pub fn clause(label: &str, text: &str, kind: Kind) -> Resolution {
    Resolution {
        label: Some(label.to_owned()),
        text: text.to_owned(),
        kind,
        ..Resolution::default()
    }
}

/// A post that spoke in these passages.
pub fn spoke(printed: &str, slug: &str, passages: &[usize]) -> RoleMention {
    RoleMention {
        printed: printed.to_owned(),
        slug: slug.to_owned(),
        how: How::Advised,
        holder: minutebook_record::Holder::Officer,
        qualifier: None,
        further_qualifiers: Vec::new(),
        verb: Some(VerbClass::Advise),
        passages: passages.to_vec(),
    }
}

fn learning() -> Meeting {
    let mut partnership = item(
        EHE,
        "Progress of the East Education Partnership",
        &[
            "The Assistant Director, Education, advised that collaboration between schools had gone on.",
            "A table that showed progress was attached. The Chair noted her disappointment.",
            "The Director of Public Health advised that fluoridation would be reported on in June.",
        ],
    );
    partnership.number = Some("45".to_owned());
    for text in [
        "1) That the report be noted.",
        "2) That it be recommended that Elective Home Education be a priority area.",
    ] {
        partnership.passages.push(Passage { part: Part::Decision, text: text.to_owned() });
    }
    partnership.resolutions = Some(vec![
        clause("1)", "That the report be noted.", Kind::Noted),
        clause(
            "2)",
            "That it be recommended that Elective Home Education be a priority area.",
            Kind::Recommended,
        ),
    ]);
    partnership.roles = Some(vec![
        spoke("Assistant Director, Education", "assistant-director-education", &[0]),
        spoke("Director of Public Health", "director-public-health", &[2]),
    ]);
    partnership.topics = Some(vec!["elective-home-education".to_owned()]);
    partnership.topic_tags = vec![TopicTag {
        topic: "elective-home-education".to_owned(),
        score: 3,
        place: "resolution".to_owned(),
        evidence: "Elective Home Education".to_owned(),
    }];
    let mut elections = item(
        "east-i13",
        "Election of governors",
        &[
            "Elections of school governors were held at home grounds; the education of voters was praised.",
        ],
    );
    elections.number = Some("46".to_owned());
    let mut apologies = item(
        "east-i11",
        "Apologies for absence",
        &["Apologies were received from the Assistant Director."],
    );
    apologies.procedural = Some(true);
    let mut meeting = meeting(900, "2021-03-16", "", "");
    meeting.id = "east-m900".to_owned();
    meeting.committee = Committee {
        name: "Learning Select Commission".to_owned(),
        lineage: Some("learning".to_owned()),
        ..Committee::default()
    };
    meeting.items = vec![apologies, partnership, elections];
    meeting.acronyms =
        vec![Acronym { short: "EEP".to_owned(), long: "East Education Partnership".to_owned() }];
    meeting
}

/// The whole council: five meetings of three bodies, one without a date.
pub fn council() -> Vec<Meeting> {
    let mut potholes = meeting(
        901,
        "2019-03-12",
        "Potholes on Station Road",
        "Members asked when the potholes would be mended; £1.2m was set aside under s.106 for 2018/19.",
    );
    potholes.items[0].number = Some("C131".to_owned());
    potholes.items[0].topics = Some(vec!["potholes".to_owned()]);
    potholes.items[0].resolutions =
        Some(vec![clause("(a)", "That the road be resurfaced.", Kind::Resolved)]);
    let undated = meeting(
        902,
        "",
        "Fly-tipping in lay-bys",
        "The Children\u{2019}s Trust and A&E staff spoke of SEND/EHCP waits.",
    );
    let mut earlier =
        meeting(903, "2015-07-01", "Home tuition", "Home education by parents was reported.");
    earlier.committee = Committee {
        name: "Education Scrutiny Panel".to_owned(),
        lineage: Some("learning".to_owned()),
        ..Committee::default()
    };
    let gritting = meeting(
        904,
        "2022-11-02",
        "Gritting routes",
        "The potholes on the gritting routes would be mended first.",
    );
    vec![learning(), potholes, undated, earlier, gritting]
}
