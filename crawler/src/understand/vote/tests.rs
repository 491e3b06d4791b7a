//! Votes, print by print.

use super::*;

fn read(texts: &[&str]) -> Vec<Vote> {
    let passages: Vec<Passage> =
        texts.iter().map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() }).collect();
    votes(&passages)
}

/// For, against, abstained, outcome.
type Counts = (Option<u32>, Option<u32>, Option<u32>, Option<VoteOutcome>);

fn check(texts: &[&str], expected: &[Counts]) {
    let found: Vec<_> =
        read(texts).iter().map(|v| (v.in_favour, v.against, v.abstained, v.outcome)).collect();
    assert_eq!(found, expected, "{texts:?}");
}

#[test]
fn counts_in_prose() {
    use VoteOutcome::{Carried, Lost};
    check(
        &["On a vote eight Members voted for the proposal and eight against, with one no vote."],
        &[(Some(8), Some(8), Some(1), None)],
    );
    check(
        &["The amendment was put and CARRIED, nine voting for and four against."],
        &[(Some(9), Some(4), None, Some(Carried))],
    );
    check(
        &["The motion was carried by 12 votes to 5 with 2 abstentions."],
        &[(Some(12), Some(5), Some(2), Some(Carried))],
    );
    check(
        &["On being put to the vote, the amendment was lost."],
        &[(None, None, None, Some(Lost))],
    );
    check(&["For: 12", "Against: 5", "Abstentions: 1"], &[(Some(12), Some(5), Some(1), None)]);
    check(&["The report was carried over to the next day.", "The contract was lost."], &[]);
}

#[test]
fn names_as_printed() {
    let found = read(&[
        "A recorded vote was taken, as follows: For: Councillors Ash, B. Bell and Sykes-Dean (3 votes). Against: Councillors Lumb and Pearsall (2 votes).",
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].in_favour, found[0].against), (Some(3), Some(2)));
    let names: Vec<_> = found[0].names.iter().map(|n| (n.name.as_str(), n.vote.as_str())).collect();
    assert_eq!(
        names,
        [
            ("Ash", "for"),
            ("B. Bell", "for"),
            ("Sykes-Dean", "for"),
            ("Lumb", "against"),
            ("Pearsall", "against")
        ]
    );
    let found = read(&[
        "Voting for the motion: Councillors Ash and Bell. Voting against the motion: Councillor Carr. Abstained: none.",
    ]);
    assert_eq!(found[0].names.len(), 3);
}

#[test]
fn casting_votes() {
    let casting =
        |texts: &[&str]| read(texts).last().and_then(|v| v.casting.clone()).map(|c| (c.by, c.vote));
    let by = |by: &str, vote: Option<&str>| Some((Some(by.to_owned()), vote.map(str::to_owned)));
    assert_eq!(
        casting(&[
            "On a vote, eight Members voted for the proposal and eight against and, the vote being equal, the Chairperson exercised his second and casting vote in favour and it was declared carried."
        ]),
        by("Chairperson", Some("for"))
    );
    assert_eq!(
        casting(&["The Mayor gave his casting vote against the motion and declared it LOST."]),
        by("Mayor", Some("against"))
    );
    assert_eq!(
        casting(&["The amendment was carried on the casting vote of the Chair."]),
        by("Chair", None)
    );
    assert_eq!(
        casting(&["For: 4", "Against: 4", "Councillor Ash used her casting vote for the motion."]),
        by("Councillor Ash", Some("for"))
    );
    assert_eq!(read(&["For: 4", "Against: 4", "The Chair’s casting vote was against."]).len(), 1);
    assert_eq!(casting(&["He would not use a casting vote lightly."]), None);
}

proptest::proptest! {
    #[test]
    fn any_words_are_read(words in proptest::collection::vec(proptest::sample::select(vec![
        "For", ":", "Against", "Councillors", "Ash", ",", "and", "(4 votes)", "12", "carried", "lost", "motion", "put to the vote", ".",
        "eight", "voted for", "against", "é", "–"]), 0..30)) {
        read(&[&words.join(" ")]);
    }
}

#[test]
fn a_count_is_read_whole_or_not_at_all() {
    check(
        &["There being fifty-one in favour and twelve against, the motion was carried."],
        &[(Some(51), Some(12), None, Some(VoteOutcome::Carried))],
    );
    check(
        &["A hundred and two members voted for and sixty three against."],
        &[(Some(102), Some(63), None, None)],
    );
    check(
        &["Twenty one voted in favour and ninety-nine against."],
        &[(Some(21), Some(99), None, None)],
    );
    check(&["Of 1,151 in favour and 12 against nothing was said."], &[]);
    check(&["Some umpty-one were in favour and 3 against."], &[]);
    check(&["There were 12 in favour and none against."], &[(Some(12), Some(0), None, None)]);
}

#[test]
fn the_sides_of_a_recorded_vote_and_its_end_are_one() {
    let found = read(&[
        "A recorded vote was requested.",
        "FOR THE MOTION: Councillors Ash, Bell, Carr (3)",
        "AGAINST THE MOTION: Councillors Dunn and Eyre (2)",
        "The motion was put to the vote and declared carried.",
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].in_favour, found[0].against), (Some(3), Some(2)));
    assert_eq!(found[0].outcome, Some(VoteOutcome::Carried));
    assert_eq!(found[0].names.len(), 5);
    check(
        &["The motion was put to the vote and was lost (For 15; Against 20; Abstentions 2)."],
        &[(Some(15), Some(20), Some(2), Some(VoteOutcome::Lost))],
    );
    check(
        &["The amendment was put and declared carried. (For 20; Against 15; Abstentions 2)"],
        &[(Some(20), Some(15), Some(2), Some(VoteOutcome::Carried))],
    );
    check(&["Voting: 20 For; 15 Against; 2 Abstentions"], &[(Some(20), Some(15), Some(2), None)]);
    check(
        &["For: Councillors Ash and Bell. Against: Councillor Fell. The amendment was LOST."],
        &[(Some(2), Some(1), None, Some(VoteOutcome::Lost))],
    );
    check(&["For: Councillor Ash. Against: Councillor Fell."], &[(Some(1), Some(1), None, None)]);
}

#[test]
fn the_end_of_another_vote_is_not_taken() {
    let lists = ["For the amendment: Councillors Ash and Bell", "Against: Councillor Carr"];
    // Another motion, another matter, or too far away.
    for end in [
        &["Councillor Dunn moved the motion, which was put to the vote and carried."][..],
        &["The motion was put to the vote and carried."],
        &["One.", "Two.", "Three.", "The amendment was put to the vote and carried."],
        &["Councillor Dunn moved that it be so.", "The amendment was put to the vote and carried."],
    ] {
        let texts: Vec<&str> = lists.iter().chain(end).copied().collect();
        check(
            &texts,
            &[(Some(2), Some(1), None, None), (None, None, None, Some(VoteOutcome::Carried))],
        );
    }
}

#[test]
fn the_head_of_a_report_is_no_vote() {
    for text in [
        "For: Information",
        "Report for: Decision",
        "Report for: Noting",
        "Action for: Councillor Ash",
        "Grants for: 12 organisations",
        "For: Cabinet Briefing",
        "Questions for: Councillors Ash and Bell",
    ] {
        check(&[text], &[]);
        check(&["The Chair opened the item.", text, "Members noted it."], &[]);
    }
    // The count before the names.
    let found = read(&["For: 3 Councillors Ash, Bell and Carr. Against: 1 Councillor Dunn."]);
    assert_eq!((found[0].in_favour, found[0].against, found[0].names.len()), (Some(3), Some(1), 4));
    // Another side beside it, or its own words, make it one.
    check(&["For: Ash, Bell", "Against: Carr"], &[(Some(2), Some(1), None, None)]);
    check(&["Voting for: Ash, Bell"], &[(Some(2), None, None, None)]);
    check(&["For: Councillors Ash and Bell"], &[(Some(2), None, None, None)]);
}
