//! Every printed form: passages in, clauses out.

use super::*;

fn passages(texts: &[&str]) -> Vec<Passage> {
    texts
        .iter()
        .map(|t| match t.strip_prefix("D| ") {
            Some(text) => Passage { part: Part::Decision, text: text.to_owned() },
            None => match t.strip_prefix("A| ") {
                Some(text) => Passage { part: Part::Agenda, text: text.to_owned() },
                None => Passage { part: Part::Minutes, text: (*t).to_owned() },
            },
        })
        .collect()
}

/// Clauses as `label kind: text`.
fn check(texts: &[&str], expected: &[&str]) {
    assert_eq!(clauses(texts), expected, "{texts:#?}");
}

fn clauses(texts: &[&str]) -> Vec<String> {
    resolutions(&passages(texts))
        .iter()
        .map(|r| format!("{} {}: {}", r.label.as_deref().unwrap_or("-"), r.kind.as_str(), r.text))
        .collect()
}

/// Cases of `fixtures/clauses.txt`: adding a form is adding a case there.
#[test]
fn clerks_forms_as_listed() {
    let (mut cases, mut wrong) = (0, String::new());
    let blocks = include_str!("../../../fixtures/clauses.txt").split("\n\n");
    for block in blocks.filter(|block| !block.trim_start().starts_with('#')) {
        let (expected, paragraphs): (Vec<&str>, Vec<&str>) =
            block.trim().lines().partition(|line| line.starts_with("=> "));
        let found: Vec<String> =
            clauses(&paragraphs).iter().map(|clause| format!("=> {clause}")).collect();
        if found != expected {
            wrong += [block.trim(), "read as", &found.join("\n"), "\n"].join("\n").as_str();
        }
        cases += 1;
    }
    // All at once: whoever adds a form wants to see every case that it changed.
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases > 200, "only {cases} cases were read");
}

#[test]
fn three_clauses_of_a_select_commission() {
    let texts = [
        "The Chair thanked the Assistant Director, Education for attending.",
        "Resolved: -",
        "1) That the report be noted.",
        "2) That it be recommended that Home Education be a priority area for the Partnership.",
        "3) That information on the priorities be circulated to members of the Commission.",
    ];
    check(
        &texts,
        &[
            "1) noted: That the report be noted.",
            "2) recommended: That it be recommended that Home Education be a priority area for the Partnership.",
            "3) resolved: That information on the priorities be circulated to members of the Commission.",
        ],
    );
}

#[test]
fn keywords_in_every_print() {
    for text in [
        "Resolved:- That the plan be approved.",
        "Resolved: That the plan be approved.",
        "RESOLVED – That the plan be approved.",
        "Resolved - That the plan be approved.",
        "RESOLVED: That the plan be approved.",
        "RESOLVED UNANIMOUSLY: That the plan be approved.",
        "UNANIMOUSLY RESOLVED: That the plan be approved.",
        "DECISION:- That the plan be approved.",
        "AGREED: That the plan be approved.",
        "7.3 RESOLVED: That the plan be approved.",
        "PENDERFYNWYD: That the plan be approved.",
        "The Committee resolved:- That the plan be approved.",
        "And Resolved: “That the plan be approved.”",
        "D| That the plan be approved.",
        "D| RESOLVED – That the plan be approved.",
    ] {
        check(&[text], &["- resolved: That the plan be approved."]);
    }
    for keyword in ["Resolved", "RESOLVED:", "Resolved:-", "Decision", "DECISION", "Decision:"] {
        check(
            &[keyword, "That the plan be approved."],
            &["- resolved: That the plan be approved."],
        );
    }
    for text in [
        "RESOLVED that the plan be approved.",
        "It was resolved that the plan be approved.",
        "The Committee RESOLVED that the plan be approved.",
    ] {
        check(&[text], &["- resolved: that the plan be approved."]);
    }
    check(
        &["NOTED: the annual report of the Board."],
        &["- noted: the annual report of the Board."],
    );
    check(
        &["Deferred to the November meeting."],
        &["- deferred: Deferred to the November meeting."],
    );
}

#[test]
fn labels_inside_and_nested() {
    check(
        &[
            "Resolved:- (1) That the plan be noted. (2) That the review be added to the programme. (3) That the lighting policy be deferred until May.",
        ],
        &[
            "(1) noted: That the plan be noted.",
            "(2) resolved: That the review be added to the programme.",
            "(3) deferred: That the lighting policy be deferred until May.",
        ],
    );
    check(
        &[
            "RESOLVED: 1. That grants be made as follows:- (a) Parva Hall £2,000; (b) Ashby Institute £1,150; 2. That the Hut be refused.",
        ],
        &[
            "1(a) resolved: Parva Hall £2,000;",
            "1(b) resolved: Ashby Institute £1,150;",
            "2. refused: That the Hut be refused.",
        ],
    );
    check(
        &[
            "Resolved:",
            "(c) That the County Council be recommended to make provision:",
            "(i) £2.1 million in 2009/10; and",
            "(ii) £3.4 million in 2010/11.",
        ],
        &[
            "c(i) recommended: £2.1 million in 2009/10; and",
            "c(ii) recommended: £3.4 million in 2010/11.",
        ],
    );
}

#[test]
fn what_ends_one() {
    check(
        &[
            "RESOLVED: That the plan be approved.",
            "7.4 Reasons for Decision",
            "7.4.1 The plan met its aims.",
            "7.5 Alternatives Considered",
        ],
        &["- resolved: That the plan be approved."],
    );
    check(
        &[
            "Resolved:- 1. That the plan be approved. 2. That it be printed.",
            "Mover: Councillor Tide Seconder: Councillor Abara",
        ],
        &["1. resolved: That the plan be approved.", "2. resolved: That it be printed."],
    );
    check(
        &["(5) RESOLVED that the dashboard be noted.", "(6) The Chairman thanked the officers."],
        &["- noted: that the dashboard be noted."],
    );
    check(
        &["RESOLVED: That the plan be approved.", "The Director thanked members."],
        &["- resolved: That the plan be approved."],
    );
}

#[test]
fn small_words_around_the_keyword() {
    for text in [
        "RESOLVED (unanimously): That the plan be approved.",
        "RESOLVED by a majority vote: That the plan be approved.",
        "It was moved, seconded and RESOLVED: That the plan be approved.",
    ] {
        check(&[text], &["- resolved: That the plan be approved."]);
    }
    check(
        &["RESOLVED (by 8 votes to 3) that the plan be approved."],
        &["- resolved: that the plan be approved."],
    );
    check(
        &["RECOMMENDED to Council: That the budget be approved."],
        &["- recommended: That the budget be approved."],
    );
    check(
        &["Cabinet agreed: 1. To note it. 2. To approve the fee."],
        &["1. noted: To note it.", "2. resolved: To approve the fee."],
    );
    check(
        &["It was agreed:", "• to note the report", "• to approve the fee"],
        &["- noted: to note the report", "- resolved: to approve the fee"],
    );
    check(
        &["The application was REFUSED for the following reasons: 1. noise."],
        &["- refused: The application was REFUSED for the following reasons: 1. noise."],
    );
}

#[test]
fn reasons_are_no_clauses() {
    check(
        &[
            "D| RESOLVED –",
            "D| That the application be refused for the following reasons: (1) the proposal harms the barn; (2) the access is unsafe.",
        ],
        &[
            "- refused: That the application be refused for the following reasons: (1) the proposal harms the barn; (2) the access is unsafe.",
        ],
    );
}

#[test]
fn decision_and_minutes_make_one() {
    check(
        &[
            "D| Resolved – That the risk register be noted.",
            "The Committee RESOLVED – That the risk register be noted.",
        ],
        &["- noted: That the risk register be noted."],
    );
}

#[test]
fn told_without_a_keyword() {
    check(
        &["The minutes of the meeting held on 16 January 2020 were approved as a correct record."],
        &[
            "- resolved: The minutes of the meeting held on 16 January 2020 were approved as a correct record.",
        ],
    );
    check(
        &[
            "It was agreed that plots would be halved. It was also agreed to write to the tenant of plot 19.",
        ],
        &[
            "- resolved: that plots would be halved.",
            "- resolved: to write to the tenant of plot 19.",
        ],
    );
    check(
        &[
            "The Director agreed to look into it. It was noted that costs had risen. Members agreed that this was important.",
        ],
        &[],
    );
    check(
        &[
            "Proposed by Councillor Ash; Seconded by Councillor Bell; “That the draft Minutes be adopted and signed.”",
        ],
        &["- resolved: That the draft Minutes be adopted and signed."],
    );
}

#[test]
fn the_heavier_of_two_verbs() {
    check(
        &["The Committee noted the terms of the report and approved the recommendations."],
        &[
            "- resolved: The Committee noted the terms of the report and approved the recommendations.",
        ],
    );
}

#[test]
fn motions_not_decided() {
    check(
        &[
            "Councillor Okonedo moved, and Councillor Baines seconded: “That this Council resolves that no further sum be spent.”",
            "The motion was withdrawn.",
        ],
        &[],
    );
    check(
        &[
            "An amendment, moved by Councillor Crossland and seconded by Councillor Vane, that the premium be nil, was put to the vote and lost.",
        ],
        &[],
    );
    check(&["A| RESOLVED: That the plan be approved."], &[]);
    check(&["The long-standing problem had been resolved."], &[]);
}

#[test]
fn movers_as_printed() {
    let found = resolutions(&passages(&[
        "Resolved:- That the plan be approved.",
        "Mover: Councillor Tide Seconder: Councillor Abara",
    ]));
    assert_eq!(found[0].mover.as_deref(), Some("Councillor Tide"));
    assert_eq!(found[0].seconder.as_deref(), Some("Councillor Abara"));
    let found = resolutions(&passages(&[
        "It was moved by Councillor Mrs. Ash, seconded by Councillor Bell, and RESOLVED –",
        "(1) That the report be received.",
    ]));
    assert_eq!(found[0].mover.as_deref(), Some("Councillor Mrs. Ash"));
    assert_eq!(found[0].seconder.as_deref(), Some("Councillor Bell"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(texts in proptest::collection::vec("\\PC{0,80}", 0..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        resolutions(&passages(&texts));
    }

    #[test]
    fn any_words_of_resolutions_are_read(words in proptest::collection::vec(proptest::sample::select(vec![
        "RESOLVED", "Resolved:-", "1)", "(a)", "i.", "2.", "That", "the", "report", "be", "noted", ".", ";", "and", "“That", "”",
        "Proposed by", "Seconded by", "agreed", "it was", "recommended to", "Cabinet", ":", "–", "Mover", "\u{a0}", "é"]), 0..40)) {
        resolutions(&passages(&[&words.join(" ")]));
        resolutions(&passages(&words));
    }
}
