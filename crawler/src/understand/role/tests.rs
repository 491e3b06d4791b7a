//! Roles in their sentences.

use super::*;

fn read(title: &str, passages: &[Passage]) -> Vec<RoleMention> {
    let readings: Vec<_> = passages.iter().map(|p| Roles::shipped().find(&p.text)).collect();
    roles(title, passages, &readings, None)
}

fn check(texts: &[&str], expected: &[&str]) {
    let passages: Vec<Passage> =
        texts.iter().map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() }).collect();
    let mut found: Vec<String> = read("", &passages)
        .iter()
        .map(|m| {
            let qualifier: String =
                m.qualifiers().map(|q| format!(" {q:?}").to_lowercase()).collect();
            format!("{} {}{qualifier}", m.slug, m.how.as_str())
        })
        .collect();
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{texts:#?}");
}

#[test]
fn subjects_and_their_verbs() {
    check(&["The Head of Housing advised that rents would rise."], &["head-housing advised"]);
    check(&["The Head of Housing also noted the report."], &["head-housing spoke"]);
    check(&["The Head of Housing presented the report."], &["head-housing presented"]);
    check(&["Stuart Ash (Head of Housing) said it was late."], &["head-housing spoke"]);
    check(&["The Leader, Councillor Ash, thanked him."], &["leader spoke"]);
    check(
        &["Inspector Rowan Teale, Tarnbeck Police, stated that speeds were high."],
        &["inspector spoke"],
    );
    check(
        &["The Head of Housing noted the culture and advised that it had been praised."],
        &["head-housing advised", "head-housing spoke"],
    );
    check(
        &[
            "Councillor Ash (Lead Member for Roads) introduced the report, explaining that it was late. She drew attention to the savings.",
        ],
        &["lead-member-roads advised", "lead-member-roads presented", "lead-member-roads spoke"],
    );
    check(
        &["In introducing the report, the Deputy Leader advised that all was well."],
        &["deputy-leader advised", "deputy-leader presented"],
    );
    check(
        &[
            "The Assistant Director, who had only recently been appointed to the post confirmed that he would be the Chair.",
        ],
        &["assistant-director advised", "chair mentioned"],
    );
    check(&["In response to a question the Head of Housing said no."], &["head-housing spoke"]);
    check(&["The Head of Housing had warned of it in 2010."], &["head-housing mentioned"]);
    // One holder, two things said of the tenure; two holders of one post are two mentions.
    check(
        &["The Chair thanked the outgoing Interim Director of Housing."],
        &["chair spoke", "director-housing mentioned outgoing interim"],
    );
    check(
        &["The outgoing Director of Housing and the new Director of Housing were thanked."],
        &["director-housing mentioned new", "director-housing mentioned outgoing"],
    );
}

#[test]
fn several_share_a_verb() {
    check(
        &[
            "The Deputy Leader and Cabinet Member for Housing, the Strategic Director of Housing and the Assistant Director, Rents, attended the meeting to answer questions.",
        ],
        &[
            "deputy-leader attended",
            "cabinet-member-housing attended",
            "strategic-director-housing attended",
            "assistant-director-rents attended",
        ],
    );
    check(
        &["The Chair thanked the Deputy Leader and the Head of Housing for attending."],
        &["chair spoke", "deputy-leader mentioned", "head-housing mentioned"],
    );
}

#[test]
fn a_comma_alone_shares_nothing() {
    check(
        &["On behalf of the Director of Law, the Legal Officer reminded Members of it."],
        &["director-law mentioned", "legal-officer advised"],
    );
    check(
        &["Following the update by the Head of Housing, the Vice-Chairman thanked officers."],
        &["head-housing presented", "vice-chairman spoke"],
    );
}

#[test]
fn objects_do_not_speak() {
    check(
        &[
            "That authority be delegated to the Head of Housing in consultation with the Leader, the Section 151 Officer and the Monitoring Officer.",
        ],
        &[
            "head-housing delegated",
            "leader delegated",
            "section-151-officer delegated",
            "monitoring-officer delegated",
        ],
    );
    check(&["That the Head of Housing be asked to report."], &["head-housing addressee"]);
    check(&["That the Head of Housing be authorised to sign."], &["head-housing delegated"]);
    check(
        &["Consideration was given to a report submitted by the Head of Housing."],
        &["head-housing author"],
    );
    check(
        &["The Committee considered the report of the Head of Housing."],
        &["head-housing author"],
    );
    check(
        &["A presentation was given by the Acting Head of Housing."],
        &["head-housing presented acting"],
    );
    check(&["Members were advised that it was late. It was noted that costs rose."], &[]);
    check(&["With the permission of the Chair, the item was taken first."], &["chair mentioned"]);
}

#[test]
fn short_forms_stand_for_the_fuller() {
    check(
        &[
            "The Assistant Director, Education introduced the report.",
            "The Assistant Director advised that it was late.",
        ],
        &["assistant-director-education presented", "assistant-director-education advised"],
    );
    check(
        &["The Chair of the Safeguarding Board presented the report. The Chair thanked her."],
        &["chair-safeguarding-board presented", "chair spoke"],
    );
    check(
        &["The Strategic Director of Housing introduced it. The Director confirmed the cost."],
        &["strategic-director-housing presented", "strategic-director-housing advised"],
    );
}

#[test]
fn no_words_are_put_in_anothers_mouth() {
    check(
        &[
            "The Cabinet Member asked the Director of Housing to report back. He confirmed that it would be done.",
        ],
        &["cabinet-member spoke", "director-housing addressee"],
    );
    check(
        &["The Head of Housing thanked Mr Ash. He stated that it was late."],
        &["head-housing spoke"],
    );
    check(
        &["The Head of Housing spoke. Questions came from Peter Ash. He stated that it was late."],
        &["head-housing spoke"],
    );
    check(
        &["The Head of Housing and the Leader spoke. She advised that it was late."],
        &["head-housing spoke", "leader spoke"],
    );
    // The holder's own name, and a person whom the word cannot mean, stand in no one's way.
    for text in [
        "The Head of Housing, Mr J Ash, spoke. He advised that it was late.",
        "Mr J Ash (Head of Housing) spoke. He advised that it was late.",
        "The Head of Housing thanked Mr Bell. She advised that it was late.",
        "The Head of Housing spoke. Members asked about rents. He advised that it was late.",
        "The Head of Housing spoke. He walked home. He advised that it was late.",
    ] {
        check(&[text], &["head-housing advised", "head-housing spoke"]);
    }
}

#[test]
fn he_and_she_carry_on() {
    check(
        &[
            "The Head of Housing was asked by Sir Peter whether buses ran. She confirmed that they did.",
        ],
        &["head-housing addressee", "head-housing advised"],
    );
    check(
        &["The Head of Housing spoke. Councillor Ash asked for more. He stated that it was late."],
        &["head-housing spoke"],
    );
}

proptest::proptest! {
    #[test]
    fn any_words_are_read(words in proptest::collection::vec(proptest::sample::select(vec![
        "The", "Director", "of", "Housing", ",", "and", "(", ")", "advised", "that", "who", "was", "’s", "report", ".", "He",
        "said", "Councillor", "Ash", "thanked", "é", "—", "in", "introducing"]), 0..40)) {
        check_any(&words.join(" "));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,160}") {
        check_any(&text);
    }
}

fn check_any(text: &str) {
    read(text, &[Passage { part: Part::Minutes, text: text.to_owned() }]);
}

#[test]
fn forms_of_other_clerks() {
    check(
        &["The Committee, having heard the Head of Housing and the Roads Manager, agreed."],
        &["head-housing spoke", "roads-manager spoke"],
    );
    check(
        &["The Head of Housing, in response to Councillor Firth, said she agreed."],
        &["head-housing spoke"],
    );
    check(
        &["The Leader, Councillor Moss, in proposing the budget, paid tribute to the staff."],
        &["leader spoke"],
    );
    check(
        &["The Head of Housing drew the Members’ attention to the overspend."],
        &["head-housing spoke"],
    );
    check(&["ACTION: Head of Housing to circulate the figures."], &["head-housing addressee"]);
    check(&["Action by: Chief Fire Officer"], &["chief-fire-officer addressee"]);
    check(
        &[
            "The Chief Fire Officer submitted a report, copies of which had been circulated, seeking approval.",
        ],
        &["chief-fire-officer author", "chief-fire-officer presented"],
    );
    check(&["The minutes were confirmed and signed by the Chairman."], &["chairman mentioned"]);
}

#[test]
fn what_others_may_say_or_said_elsewhere_is_not_said_here() {
    let mentioned = &["head-housing mentioned"];
    check(&["A further report would be presented by the Head of Housing in May."], mentioned);
    check(&["The report to be presented by the Head of Housing was late."], mentioned);
    check(&["As previously reported by the Head of Housing, the balance was low."], mentioned);
    check(&["The item was withdrawn as requested by the Head of Housing."], mentioned);
    check(&["If the Head of Housing advised that it was late, it would wait."], mentioned);
    check(
        &["Councillor Ash asked whether the Head of Housing accepted that it was so."],
        mentioned,
    );
    check(
        &["Councillor Ash asked how the Head of Housing considered it would be paid."],
        mentioned,
    );
    check(&["It came to the Board because the Head of Housing considered it large."], mentioned);
    check(&["It was hoped that the Head of Housing agreed to attend."], mentioned);
}

#[test]
fn said_in_more_ways() {
    check(&["The Chair opened the meeting and welcomed all."], &["chair spoke"]);
    check(&["The Leader made a short address on the budget."], &["leader spoke"]);
    check(&["The Leader took the opportunity to thank the staff."], &["leader spoke"]);
    check(&["The report was moved for adoption by the Leader, Councillor Ash."], &["leader spoke"]);
    check(&["A letter was read out by the Head of Housing."], &["head-housing spoke"]);
    check(
        &["Members received a verbal introduction from the Head of Housing."],
        &["head-housing presented"],
    );
    check(
        &["The Head of Housing, who had registered to speak, spoke on behalf of the tenants."],
        &["head-housing spoke"],
    );
    check(
        &["A question was put to the Leader, who replied that it was in hand."],
        &["leader addressee", "leader spoke"],
    );
    check(
        &["Advice was sought from the Monitoring Officer, who confirmed that it was in order."],
        &["monitoring-officer advised"],
    );
    check(
        &["The Head of Housing was in attendance and answered questions."],
        &["head-housing attended", "head-housing spoke"],
    );
    check(
        &["The Head of Housing, in presenting the report, advised that it was late."],
        &["head-housing presented", "head-housing advised"],
    );
    check(
        &[
            "The Chairman welcomed Jo Ash, Head of Housing, and Al Bell, Director of Families, to the meeting.",
        ],
        &["chairman spoke", "head-housing attended", "director-families attended"],
    );
    check(
        &["Councillor Ash asked that the Head of Housing write to the Minister."],
        &["head-housing addressee"],
    );
    check(
        &["In response to a query from Councillor Ash, the Head of Housing confirmed it."],
        &["head-housing advised"],
    );
    check(
        &["It was reported that, after consultation with the Chairman, the item was withdrawn."],
        &["chairman mentioned"],
    );
    check(
        &[
            "That the Head of Housing, in conjunction with the Portfolio Holder for Culture, Leisure and Tourism, be delegated authority to vary it.",
        ],
        &["head-housing delegated", "portfolio-holder-culture-leisure-and-tourism delegated"],
    );
    check(
        &["Ian Vane, Head of Governance at Hale Larch LLP, gave a presentation."],
        &["head-governance presented"],
    );
    check(
        &["the Head of Housing, in consultation with the Leader, be authorised to sign it"],
        &["head-housing delegated", "leader delegated"],
    );
}
