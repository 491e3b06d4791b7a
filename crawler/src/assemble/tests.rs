use jiff::Timestamp;
use jiff::civil::date;
use minutebook_record::{Attendance, AttendanceStatus, Doubt, Passage};

use super::*;
use crate::extract::{CommitteeRow, Fragment, ItemPart, ListedMeeting};
use minutebook_record::{Document, Item, Part, Standing};

const SITE: &str = "https://democracy.example.gov.uk/";

fn from(route: Route, part: MeetingPart) -> Sourced {
    let url = format!("{SITE}{route:?}");
    let part = MeetingPart { route, key: MeetingKey::Ordinary(7), ..part };
    let at = Timestamp::UNIX_EPOCH;
    Sourced { part, sha256: url.clone(), url, fetched_at: at, first_seen: at }
}

fn item(number: u64, shown: &str, title: &str, words: &[(Part, &str)]) -> ItemPart {
    ItemPart {
        number_in_source: Some(number),
        number: Some(shown.to_owned()),
        title: title.to_owned(),
        passages: words
            .iter()
            .map(|(part, text)| Passage { part: *part, text: (*text).to_owned() })
            .collect(),
        ..ItemPart::default()
    }
}

fn with(items: Vec<ItemPart>) -> MeetingPart {
    MeetingPart { items, date: Some(date(2019, 9, 17)), ..MeetingPart::default() }
}

fn join(parts: Vec<Sourced>) -> Option<Meeting> {
    meeting(SITE, &Known::default(), parts)
}

fn texts(item: &Item) -> Vec<&str> {
    item.passages.iter().map(|p| p.text.as_str()).collect()
}

#[test]
fn an_item_found_by_two_routes_is_one_item_and_the_order_of_pages_does_not_matter() {
    let page = from(Route::Page, with(vec![item(1, "4", "Lamps", &[(Part::Minutes, "Agreed.")])]));
    let service = from(
        Route::Service,
        with(vec![
            item(1, "4", "Lamps", &[(Part::Agenda, "To consider."), (Part::Minutes, "Agreed.")]),
            item(2, "5", "Posts", &[(Part::Minutes, "Noted.")]),
        ]),
    );
    let one = join(vec![page.clone(), service.clone()]).unwrap();
    let other = join(vec![service, page]).unwrap();
    assert_eq!(one, other);
    assert_eq!(one.items.len(), 2);
    assert_eq!(one.items[0].id, "democracy.example.gov.uk-i1");
    assert_eq!(one.items[0].url, format!("{SITE}mgAi.aspx?ID=1"));
    assert_eq!(texts(&one.items[0]), ["To consider.", "Agreed."]);
    assert_eq!(one.id, "democracy.example.gov.uk-m7");
}

#[test]
fn a_text_cut_short_gives_way_to_the_whole_and_is_a_doubt_where_none_comes() {
    let mut cut =
        item(1, "36", "Growth", &[(Part::Minutes, "The Leader introduced the long, long, long")]);
    cut.cut.push(Part::Minutes);
    let page = from(Route::Page, with(vec![cut]));
    let whole = item(1, "36", "Growth", &[(Part::Minutes, "The Leader spoke.")]);
    let alone = join(vec![page.clone()]).unwrap();
    assert_eq!(alone.items[0].doubts[0].kind, "cut-short");
    let joined = join(vec![page, from(Route::ItemPage, with(vec![whole]))]).unwrap();
    assert_eq!(texts(&joined.items[0]), ["The Leader spoke."]);
    assert!(joined.items[0].doubts.is_empty());
    let source = joined.items[0].source.as_ref().unwrap();
    assert_eq!(source.url.as_deref(), Some("https://democracy.example.gov.uk/ItemPage"));
}

#[test]
fn withdrawn_words_of_an_older_page_do_not_come_back() {
    let old = "He said that the contractor had been dishonest. Resolved:- That 5000 be spent.";
    let new = "Resolved:- That 500 be spent.";
    let approved = |part: MeetingPart| MeetingPart {
        status: Some((Status::Approved, "heading: Agenda and minutes".to_owned())),
        ..part
    };
    let minutes = |text| with(vec![item(1, "4", "Lamps", &[(Part::Minutes, text)])]);
    let item_page = from(Route::ItemPage, minutes(old));
    let joined = join(vec![item_page.clone(), from(Route::Page, approved(minutes(new)))]).unwrap();
    assert_eq!(texts(&joined.items[0]), [new]);
    let doubts: Vec<_> = joined.items[0].doubts.iter().map(|d| d.kind.as_str()).collect();
    assert_eq!(doubts, ["texts-differ"]);
    // The service alone, and a draft that was longer than what was approved.
    let joined = join(vec![item_page.clone(), from(Route::Service, minutes(new))]).unwrap();
    assert_eq!(texts(&joined.items[0]), [new]);
    let draft = MeetingPart { status: Some((Status::Draft, String::new())), ..minutes(old) };
    let joined =
        join(vec![from(Route::Page, draft), from(Route::Service, approved(minutes(new)))]).unwrap();
    assert_eq!(texts(&joined.items[0]), [new]);
    // Where the meeting's page breaks off within a sentence, in words that do not say so, the item's own page has the whole.
    let broken = from(Route::Page, approved(minutes("He said that the contractor had")));
    let joined = join(vec![item_page.clone(), broken]).unwrap();
    assert_eq!(texts(&joined.items[0]), [old]);
    assert!(joined.items[0].doubts.is_empty());
    // The same words are no doubt, whatever the marks.
    let same = from(Route::Page, minutes(&old.replace(":-", " –")));
    assert!(join(vec![item_page, same]).unwrap().items[0].doubts.is_empty());
}

#[test]
fn words_under_decision_and_minutes_stand_once() {
    for (decision, minutes, left) in [
        (vec!["NOTED"], vec!["Noted"], vec!["Noted"]),
        (
            vec!["That it be paid."],
            vec!["He spoke.", "That it be paid."],
            vec!["He spoke.", "That it be paid."],
        ),
        (vec!["Paid.", "At once."], vec!["Paid."], vec!["Paid.", "At once."]),
        (vec!["Paid."], vec!["Spoke."], vec!["Spoke.", "Paid."]),
    ] {
        let words: Vec<_> = minutes
            .iter()
            .map(|t| (Part::Minutes, *t))
            .chain(decision.iter().map(|t| (Part::Decision, *t)))
            .collect();
        let joined =
            join(vec![from(Route::Page, with(vec![item(1, "4", "Lamps", &words)]))]).unwrap();
        assert_eq!(texts(&joined.items[0]), left);
    }
}

#[test]
fn what_must_not_be_displayed_is_in_no_record() {
    let page = from(Route::Page, with(vec![item(1, "4", "Lamps", &[(Part::Minutes, "Secret.")])]));
    let hidden = ItemPart { number_in_source: Some(1), hidden: true, ..ItemPart::default() };
    let service = from(Route::Service, with(vec![hidden]));
    assert!(join(vec![page.clone(), service]).unwrap().items.is_empty());
    let hidden = ItemPart { hidden: true, ..item(1, "4", "Dismissal of an officer", &[]) };
    let printed = print("4", "DISMISSAL OF AN OFFICER", "Secret.");
    let service = from(Route::Service, with(vec![hidden, item(2, "5", "Lamps", &[])]));
    let lamps = print("5", "LAMPS", "Agreed.");
    let joined = join(vec![service, from(Route::Printed, with(vec![printed, lamps]))]).unwrap();
    let titles: Vec<_> = joined.items.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(titles, ["Lamps"]);
    let whole = MeetingPart { hidden: true, ..MeetingPart::default() };
    assert_eq!(join(vec![page, from(Route::Service, whole)]), None);
}

#[test]
fn a_restricted_item_stays_without_words() {
    let mut restricted = item(1, "9", "Land", &[]);
    restricted.standing = Standing::Restricted;
    let joined = join(vec![from(Route::Service, with(vec![restricted]))]).unwrap();
    assert_eq!(joined.items[0].standing, Standing::Restricted);
    assert!(joined.items[0].passages.is_empty());
}

#[test]
fn pages_that_repeat_words_add_no_item() {
    let page = from(Route::Page, with(vec![item(1, "4", "Lamps", &[(Part::Minutes, "Agreed.")])]));
    let issue =
        from(Route::Repeated, with(vec![item(99, "4", "An issue", &[(Part::Minutes, "Agreed.")])]));
    assert_eq!(join(vec![page, issue]).unwrap().items.len(), 1);
}

#[test]
fn print_gives_words_to_items_that_have_none() {
    let service = from(Route::Service, with(vec![item(1, "4", "Lamps", &[])]));
    let mut printed = item(0, "4", "LAMPS", &[(Part::Minutes, "Agreed.")]);
    printed.number_in_source = None;
    let joined = join(vec![service, from(Route::Printed, with(vec![printed]))]).unwrap();
    assert_eq!(joined.items.len(), 1);
    assert_eq!(joined.items[0].title, "Lamps");
    assert_eq!(texts(&joined.items[0]), ["Agreed."]);
}

fn print(shown: &str, title: &str, words: &str) -> ItemPart {
    ItemPart { number_in_source: None, ..item(0, shown, title, &[(Part::Minutes, words)]) }
}

#[test]
fn titles_tell_which_item_is_meant_where_the_numbers_of_print_moved() {
    let service = from(
        Route::Service,
        with(vec![
            item(1, "1", "Apologies for absence", &[]),
            item(2, "2", "To consider the closure of Ashby Library", &[]),
            item(3, "3", "School transport", &[]),
        ]),
    );
    let printed = from(
        Route::Printed,
        with(vec![
            print("1", "ELECTION OF CHAIR", "Councillor Bell took the chair."),
            print("2", "APOLOGIES", "None."),
            print("3", "CLOSURE OF ASHBY LIBRARY", "Resolved:- That Ashby library be closed."),
            print("4", "SCHOOL TRANSPORT", "Deferred."),
        ]),
    );
    let joined = join(vec![service, printed]).unwrap();
    let told: Vec<_> = joined.items.iter().map(|i| (i.title.as_str(), texts(i).concat())).collect();
    assert_eq!(
        told,
        [
            ("ELECTION OF CHAIR", "Councillor Bell took the chair.".to_owned()),
            ("Apologies for absence", "None.".to_owned()),
            (
                "To consider the closure of Ashby Library",
                "Resolved:- That Ashby library be closed.".to_owned()
            ),
            ("School transport", "Deferred.".to_owned()),
        ]
    );
    assert!(joined.items.iter().all(|i| i.doubts.is_empty()));
}

#[test]
fn a_number_alone_is_believed_with_a_doubt_and_not_where_titles_contradict_it() {
    let service = |rest: ItemPart| {
        from(Route::Service, with(vec![item(1, "1", "Apologies for absence", &[]), rest]))
    };
    let printed = |apologies: &str| {
        let rest = print("2", "ANNUAL UPDATE", "Noted.");
        from(Route::Printed, with(vec![print(apologies, "APOLOGIES", "None."), rest]))
    };
    let fleet = || item(2, "2", "Vehicles and depots", &[]);
    let believed = join(vec![service(fleet()), printed("1")]).unwrap();
    assert_eq!(believed.items.len(), 2);
    assert_eq!(texts(&believed.items[1]), ["Noted."]);
    assert_eq!(believed.items[1].doubts[0].kind, "matched-by-number");
    let moved = join(vec![service(fleet()), printed("3")]).unwrap();
    assert_eq!(moved.items.len(), 3);
    assert!(
        texts(moved.items.iter().find(|i| i.title == "Vehicles and depots").unwrap()).is_empty()
    );
}

#[test]
fn cancelled_wins_and_draft_is_told_by_the_page() {
    let status = |status, words: &str| MeetingPart {
        status: Some((status, words.to_owned())),
        ..MeetingPart::default()
    };
    let page = from(Route::Page, status(Status::Draft, "heading: Agenda and draft minutes"));
    let service = from(Route::Service, status(Status::Approved, "minutepublished: True"));
    let joined = join(vec![page.clone(), service]).unwrap();
    assert_eq!(joined.status, Status::Draft);
    assert_eq!(joined.status_from.as_deref(), Some("heading: Agenda and draft minutes"));
    let cancelled = from(Route::Service, status(Status::Cancelled, "meetingstatus: Cancelled"));
    assert_eq!(join(vec![page, cancelled]).unwrap().status, Status::Cancelled);
}

#[test]
fn an_odd_date_gives_way_to_a_sound_one_and_disagreement_is_a_doubt() {
    let odd = MeetingPart {
        date: Some(date(2019, 9, 18)),
        doubts: vec![Doubt::new("weekday-mismatch", "")],
        ..MeetingPart::default()
    };
    let joined = join(vec![from(Route::Page, odd), from(Route::Service, with(vec![]))]).unwrap();
    assert_eq!(joined.date, Some(date(2019, 9, 17)));
    let other = MeetingPart { date: Some(date(2019, 10, 1)), ..MeetingPart::default() };
    let joined = join(vec![from(Route::Page, other), from(Route::Service, with(vec![]))]).unwrap();
    assert!(joined.doubts.iter().any(|doubt| doubt.kind == "date-conflict"));
}

#[test]
fn a_day_years_ahead_of_its_reading_is_none() {
    let far = MeetingPart { date: Some(date(2091, 9, 17)), ..MeetingPart::default() };
    let mut page = from(Route::Page, far);
    page.fetched_at = "2026-01-01T00:00:00Z".parse().unwrap();
    let joined = join(vec![page.clone()]).unwrap();
    assert_eq!(joined.date, None);
    assert_eq!(joined.doubts[0].kind, "impossible-year");
    page.part.date = Some(date(2027, 9, 17));
    assert_eq!(join(vec![page]).unwrap().date, Some(date(2027, 9, 17)));
}

#[test]
fn attendance_comes_from_where_most_is_recorded() {
    let list = |status| {
        let one = Attendance { name: "Councillor A Marsh".to_owned(), role: None, status };
        MeetingPart { attendance: vec![one], ..MeetingPart::default() }
    };
    let joined = join(vec![
        from(Route::Service, list(AttendanceStatus::Expected)),
        from(Route::Page, list(AttendanceStatus::Apologies)),
    ]);
    assert_eq!(joined.unwrap().attendance[0].status, AttendanceStatus::Apologies);
}

#[test]
fn papers_of_one_attachment_stand_once() {
    let mut first = item(1, "4", "Lamps", &[]);
    let mut second = first.clone();
    let paper =
        |title: &str, url: &str| Document { title: title.to_owned(), url: format!("{SITE}{url}") };
    first.documents.push(paper("Lamp report", "documents/s5/Lamp%20report.pdf"));
    second.documents.push(paper("6 - FINAL Lamp report", "mgConvert2PDF.aspx?ID=5"));
    let joined =
        join(vec![from(Route::Page, with(vec![first])), from(Route::Service, with(vec![second]))]);
    assert_eq!(joined.unwrap().items[0].documents.len(), 1);
}

#[test]
fn an_item_without_a_meeting_is_not_lost() {
    let part = MeetingPart {
        key: MeetingKey::Unknown,
        ..with(vec![item(5, "4", "Lamps", &[(Part::Minutes, "Agreed.")])])
    };
    let sourced = Sourced {
        part: MeetingPart { date: None, ..part },
        ..from(Route::ItemPage, MeetingPart::default())
    };
    let stray = stray(SITE, &Known::default(), sourced).unwrap();
    assert_eq!((stray.date, stray.items.len()), (None, 1));
    assert!(stray.doubts.iter().any(|doubt| doubt.kind == "no-meeting"));
    assert!(stray.items[0].id.ends_with("-i5"));
}

#[test]
fn bodies_of_one_family_share_a_lineage_and_lists_tell_their_numbers() {
    let mut known = Known::default();
    for (id, name) in [
        ("1", "Cabinet"),
        ("2", "Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015)"),
        ("3", "Planning Board"),
    ] {
        let row = CommitteeRow { id: id.to_owned(), name: name.to_owned(), expired: id == "2" };
        known.add(&Fragment::Committee(row));
    }
    known.add(&Fragment::Listed(ListedMeeting {
        key: MeetingKey::Ordinary(7),
        committee_id: Some("2".to_owned()),
        date: Some(date(2014, 1, 8)),
        ..ListedMeeting::default()
    }));
    let told = meeting(SITE, &known, vec![from(Route::Service, MeetingPart::default())]).unwrap();
    assert_eq!(told.committee.id.as_deref(), Some("2"));
    assert_eq!(told.committee.lineage.as_deref(), Some("cabinet"));
    assert!(told.committee.expired);
    assert_eq!(told.date, Some(date(2014, 1, 8)));
    assert_eq!(told.url, format!("{SITE}ieListDocuments.aspx?CId=2&MId=7"));
    assert_eq!(known.lineage("Cabinet").as_deref(), Some("cabinet"));
    assert_eq!(known.lineage("Planning Board"), None);
}

#[test]
fn what_is_private_enters_no_title_venue_or_doubt() {
    let mut complaint =
        item(1, "4", "Complaint by Mr A Marsh of 12 High Street, Ellerbrough, EL1 2AB", &[]);
    complaint.doubts = vec![Doubt::new("unknown-label", "a label").at("Ring 01632 960123")];
    complaint.documents = vec![Document {
        title: "Letter of a.marsh@example.invalid".to_owned(),
        url: format!("{SITE}documents/s1.pdf"),
    }];
    let part = MeetingPart {
        venue: Some("Town Hall. Contact: A Smith Tel: 01632 960123".to_owned()),
        attendance: vec![Attendance {
            name: "Councillor Bell".to_owned(),
            role: Some("Chair (bell@example.invalid)".to_owned()),
            status: AttendanceStatus::Present,
        }],
        ..with(vec![complaint])
    };
    let joined = join(vec![from(Route::Page, part)]).unwrap();
    let record = format!("{joined:?}");
    for private in ["High Street", "960123", "example.invalid\""] {
        assert!(!record.contains(private), "{private} in {record}");
    }
    assert!(joined.items[0].title.starts_with("Complaint by Mr A Marsh of [removed]"));
}

#[test]
fn a_meeting_with_minutes_was_not_cancelled_whatever_was_said_before() {
    let said = MeetingPart {
        status: Some((Status::Cancelled, "heading: POSTPONED".to_owned())),
        ..MeetingPart::default()
    };
    let with_words = |words: &str| {
        let page = from(Route::Page, with(vec![item(1, "4", "Lamps", &[(Part::Minutes, words)])]));
        join(vec![page, from(Route::Service, said.clone())]).unwrap()
    };
    let held = with_words("Resolved:- That the lamps be lit.");
    assert_eq!(held.status, Status::Approved);
    assert_eq!(held.doubts[0].kind, "said-cancelled");
    let not_held = with_words("The meeting was cancelled for want of business.");
    assert_eq!(not_held.status, Status::Cancelled);
    assert!(not_held.doubts.iter().all(|doubt| doubt.kind != "said-cancelled"));
}
