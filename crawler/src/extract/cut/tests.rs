use super::*;

fn cut(lines: &[(&str, bool)]) -> Vec<(Option<String>, String, usize)> {
    let lines: Vec<Line> = lines
        .iter()
        .map(|(text, strong)| Line { text: (*text).to_owned(), strong: *strong })
        .collect();
    items(&lines).1.into_iter().map(|c| (c.number, c.title, c.lines.len())).collect()
}

#[test]
fn numbers_with_titles_begin_items() {
    let found = cut(&[
        ("MINUTES", true),
        ("Present:- Councillor A Marsh", false),
        ("63/07 APOLOGIES", true),
        ("There were none.", false),
        ("64/07", true),
        ("PETITIONS", true),
        ("1) That the petition be received.", false),
        ("12 members voted.", false),
        ("65/07 Budget Monitoring", true),
        ("Noted.", false),
    ]);
    let expected =
        [("63/07", "APOLOGIES", 1), ("64/07", "PETITIONS", 2), ("65/07", "Budget Monitoring", 1)];
    let expected: Vec<_> =
        expected.iter().map(|(n, t, l)| (Some((*n).to_owned()), (*t).to_owned(), *l)).collect();
    assert_eq!(found, expected);
}

fn numbers(lines: &[(&str, bool)]) -> Vec<String> {
    cut(lines).into_iter().filter_map(|(number, ..)| number).collect()
}

#[test]
fn what_only_looks_like_a_head_swallows_no_items() {
    let dated = [
        ("CABINET", true),
        ("17 SEPTEMBER 2007", true),
        ("1 APOLOGIES", true),
        ("2 MINUTES", true),
        ("3 PETITIONS", true),
        ("4 BUDGET", true),
    ];
    assert_eq!(numbers(&dated), ["1", "2", "3", "4"]);
    let limit = [
        ("24 MINUTES", true),
        ("25 TRAFFIC", true),
        ("50 MPH LIMIT ON MILL LANE", true),
        ("Resolved:- That the limit be made.", false),
        ("26 PARKING", true),
        ("12 HIGH STREET", true),
        ("27 BRIDGES", true),
    ];
    assert_eq!(numbers(&limit), ["24", "25", "26", "27"]);
    let gaps = [("10 MINUTES", true), ("17 BUDGET", true), ("18 ROADS", true), ("30 CLOSE", true)];
    assert_eq!(numbers(&gaps), ["10", "17", "18", "30"]);
    let parted =
        [("5 REPORTS", true), ("5(a) ROADS", true), ("5(b) BRIDGES", true), ("6 CLOSE", true)];
    assert_eq!(numbers(&parted), ["5", "5(a)", "5(b)", "6"]);
}

#[test]
fn sentences_between_markers_are_not_lost() {
    let lines = [
        ("<AI1>", false),
        ("1. Apologies", false),
        ("None.", false),
        ("</AI1>", false),
        ("PART TWO", false),
        ("Councillor Bell left the meeting.", false),
        ("<AI2>", false),
        ("2. Budget", false),
        ("Noted.", false),
        ("</AI2>", false),
        ("The meeting closed at 8pm.", false),
    ];
    let found: Vec<usize> = cut(&lines).into_iter().map(|(_, _, lines)| lines).collect();
    assert_eq!(found, [2, 2]);
}

#[test]
fn print_is_cut_at_numbers_with_titles_in_small_letters() {
    let lines = [
        "Audit Committee",
        "Tuesday, 17 September 2019",
        "41. Apologies for absence",
        "There were none.",
        "42.",
        "Street Cleansing Strategy 2019 - 2024",
        "The Committee considered a report.",
        "Resolved:-",
        "1. That the report be noted.",
        "2. Officers be thanked for their work",
        "43 Date of next meeting",
        "To be confirmed.",
        "12 members voted for the motion and",
    ];
    let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    let (before, cuts) = items_of_print(&lines);
    assert_eq!(before.len(), 2);
    let found: Vec<_> = cuts
        .iter()
        .map(|c| (c.number.as_deref().unwrap(), c.title.as_str(), c.lines.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("41", "Apologies for absence", 1),
            ("42", "Street Cleansing Strategy 2019 - 2024", 4),
            ("43", "Date of next meeting", 2),
        ]
    );
}

#[test]
fn markers_cut_exactly() {
    let found = cut(&[
        ("Cabinet", false),
        ("<AI1>", false),
        ("1.", false),
        ("Apologies", false),
        ("None.", false),
        ("</AI1>", false),
        ("PART TWO", false),
        ("<AI2>", false),
        ("2. Budget", false),
        ("Noted.", false),
    ]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], (Some("1".to_owned()), "Apologies".to_owned(), 1));
    assert_eq!(found[1], (Some("2".to_owned()), "Budget".to_owned(), 1));
}
