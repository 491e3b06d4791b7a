//! Whole meetings, from the text to what is understood.

use minutebook_record::{How, Item, Kind, Part, Passage, Qualifier};

use super::*;

fn meeting(items: Vec<Item>) -> Meeting {
    let line = r#"{"format":1,"site":"https://a.example/","id":"x-1","committee":{"name":"Commission"},"date":"2021-09-17"}"#;
    let mut meeting = minutebook_record::file::parse(line.as_bytes(), 1).unwrap();
    meeting.items = items;
    meeting
}

fn item(title: &str, texts: &[&str]) -> Item {
    Item {
        title: title.to_owned(),
        passages: texts
            .iter()
            .map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() })
            .collect(),
        ..Item::default()
    }
}

/// The shape of the item every search must find: posts with short forms, an outgoing and a new holder, three clauses.
#[test]
fn a_select_commission_item_is_understood_whole() {
    let mut meeting = meeting(vec![item(
        "Education Partnership update",
        &[
            "The Deputy Leader and Cabinet Member for Children and Young People’s Services, the Strategic Director for Children and Young People’s Services and the Assistant Director, Education, attended the meeting to report on the Harrow Education Strategic Partnership (HESP).",
            "The Assistant Director, who had only lately been appointed to the post confirmed that he would be the new Chair of HESP.",
            "The Chair welcomed this.",
            "The outgoing Strategic Director for Children and Young People’s Services noted the strong culture and advised that it had been praised.",
            "The Chair noted her thanks to the outgoing Interim Director of Children and Young People’s Services.",
            "Resolved: -",
            "1) That the report be noted.",
            "2) That it be recommended that Elective Home Education be a priority area for the Partnership.",
            "3) That information on the priorities be circulated to members of the Commission.",
        ],
    )]);
    complete(&mut meeting, Topics::in_use(), Procedural::shipped());
    let item = &meeting.items[0];
    let clauses: Vec<_> =
        item.resolutions().iter().map(|r| (r.label.as_deref().unwrap(), r.kind)).collect();
    assert_eq!(clauses, [("1)", Kind::Noted), ("2)", Kind::Recommended), ("3)", Kind::Resolved)]);
    assert_eq!(item.resolutions()[2].passage, Some(8));
    let has = |slug: &str, how: How, qualifier: Option<Qualifier>| {
        item.roles().iter().any(|m| {
            m.slug == slug
                && m.how == how
                && (m.qualifiers().any(|q| Some(q) == qualifier) || m.qualifier == qualifier)
        })
    };
    assert!(has("deputy-leader", How::Attended, None));
    assert!(has("assistant-director-education", How::Attended, None));
    assert!(
        has("assistant-director-education", How::Advised, None),
        "a short form stands for the fuller"
    );
    assert!(has("chair", How::Spoke, None));
    let director = "strategic-director-children-and-young-peoples-services";
    assert!(has(director, How::Spoke, Some(Qualifier::Outgoing)));
    assert!(has(director, How::Advised, Some(Qualifier::Outgoing)));
    assert!(has(
        "director-children-and-young-peoples-services",
        How::Mentioned,
        Some(Qualifier::Interim)
    ));
    assert!(has(
        "director-children-and-young-peoples-services",
        How::Mentioned,
        Some(Qualifier::Outgoing)
    ));
    assert!(item.topics().iter().any(|t| t == "elective-home-education"));
    assert_eq!(meeting.acronyms[0].short, "HESP");
}

#[test]
fn what_a_record_gives_is_kept() {
    let mut given = item("Parking", &["RESOLVED: That it be noted."]);
    given.resolutions = Some(Vec::new());
    given.topics = Some(vec!["mine".to_owned()]);
    given.procedural = Some(true);
    let mut meeting = meeting(vec![given]);
    complete(&mut meeting, Topics::in_use(), Procedural::shipped());
    assert_eq!(meeting.items[0].resolutions, Some(Vec::new()));
    assert_eq!(meeting.items[0].topics(), ["mine"]);
    assert_eq!(meeting.items[0].procedural, Some(true));
}

/// Pieces that minutes are made of, and what breaks readers: marks that are longer than they look, letters whose lower case is
/// longer, brackets that never close.
const PIECES: &[&str] = &[
    "Resolved",
    "RESOLVED",
    "AGREED",
    "Agreed",
    "Decision",
    "Recommended to Council",
    ":-",
    ":",
    " - ",
    "\u{2013}",
    "(a)",
    "(i)",
    "1)",
    "2.",
    "(1)",
    "That",
    "that",
    " be noted",
    "be approved",
    "refused",
    "deferred",
    "carried",
    "lost",
    "Councillor",
    "Councillors",
    "Cllr",
    "Bell",
    "O\u{2019}Brien",
    "A",
    "Dr",
    "Head of Service",
    "Director of Finance",
    "Chief Executive",
    "Cabinet Member for",
    "Children",
    "Housing",
    "\u{2019}s",
    "'s",
    "(",
    ")",
    "[",
    ";",
    ",",
    ".",
    "...",
    "\n",
    " ",
    " ",
    " ",
    " and ",
    " of ",
    " for ",
    " to ",
    "For",
    "For:",
    "Against",
    "Against:",
    "Abstentions",
    "12",
    "fifty-one",
    "unanimously",
    "by 5 votes to 3",
    "proposed by",
    "seconded by",
    "report back",
    "within six months",
    "by 1 September",
    "Minute No. 24 refers",
    "Minute 12",
    "C131",
    "of the meeting held on",
    "4 May 2019",
    "Tuesday",
    "advised",
    "presented",
    "reported",
    "He",
    "She",
    "who",
    "in attendance",
    "Present:",
    "Apologies",
    "were received from",
    "(Chair; left",
    "Elective Home Education",
    "EHE",
    "budget",
    "\u{2022}",
    "\u{a0}",
    "\u{ad}",
    "\u{130}",
    "\u{df}",
    "\u{1f600}",
    "\u{e9}",
    "\u{175}",
    "\u{fb01}",
    "\u{201c}",
    "\u{201d}",
    "\"",
    "&",
    "/",
    "-",
    "#",
    "@",
    "£1.2m",
    "s.106",
];

fn pieces(most: usize) -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::strategy::Strategy as _;
    proptest::collection::vec(proptest::sample::select(PIECES), 0..most)
        .prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #[test]
    fn any_minutes_are_understood(title in pieces(8), texts in proptest::collection::vec(pieces(24), 0..6)) {
        let line = r#"{"format":1,"site":"https://a.example/","id":"x","committee":{"name":"Cabinet"},"date":"2019-09-17"}"#;
        let mut meeting = minutebook_record::file::parse(line.as_bytes(), 1).unwrap();
        let passages = |texts: &[String]| texts
            .iter()
            .map(|text| Passage { part: Part::Minutes, text: text.clone() })
            .collect::<Vec<_>>();
        meeting.items = vec![
            Item { id: "x-1".to_owned(), title: title.clone(), passages: passages(&texts), ..Item::default() },
            Item { id: "x-2".to_owned(), title, passages: passages(&texts[..texts.len() / 2]), ..Item::default() },
        ];
        complete(&mut meeting, Topics::in_use(), Procedural::shipped());
        for item in &meeting.items {
            for at in item.roles().iter().flat_map(|role| &role.passages) {
                proptest::prop_assert!(*at < item.passages.len());
            }
            let mut line = Vec::new();
            minutebook_record::file::write(&meeting, &mut line).unwrap();
            let again = minutebook_record::file::parse(&line, 1);
            proptest::prop_assert!(again.is_ok(), "{again:?}");
        }
    }
}
