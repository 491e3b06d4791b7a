//! The grammar, form by form.

use super::lexicon::{RankFile, WordFile};
use super::*;

/// Every post of a text as `slug` or `slug [qualifiers] holder`.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = Roles::shipped().find(text).into_iter().map(|r| shown(&r)).collect();
    assert_eq!(found, expected, "{text}");
}

fn shown(reading: &Reading) -> String {
    let mut shown = reading.slug.clone();
    for qualifier in &reading.qualifiers {
        shown = format!("{shown} {}", format!("{qualifier:?}").to_lowercase());
    }
    match reading.holder {
        Holder::Officer => {}
        holder => shown = format!("{shown} ({})", holder.as_str()),
    }
    shown
}

#[test]
fn one_post_in_every_print() {
    for text in [
        "The Strategic Director for Children and Young People’s Services noted",
        "The Strategic Director of Children and Young People's Services noted",
        "the Strategic Director, Children and Young People’s Services, noted",
        "the Strategic Director - Children & Young People’s Services",
        "Strategic Director (Children and Young People’s Services)",
        "Strategic Director Children and Young People’s Services",
        "Strategic Director of Children and Young People’s Services Directorate advised",
    ] {
        check(text, &["strategic-director-children-and-young-peoples-services"]);
    }
}

#[test]
fn commas_inside_remits() {
    check(
        "The Strategic Director of Adult Care, Housing and Public Health said",
        &["strategic-director-adult-care-housing-and-public-health"],
    );
    check(
        "the Corporate Director of Growth, Environment and Transport was asked",
        &["corporate-director-growth-environment-and-transport"],
    );
    check(
        "The Director of Housing, Councillor Read and the Chair attended",
        &["director-housing", "chair (member)"],
    );
    check(
        "the Director of Housing, the Head of Legal and Democratic Services and the Assistant Director, Education, attended",
        &["director-housing", "head-legal-and-democratic-services", "assistant-director-education"],
    );
    check(
        "Head of Strategic Transport, Sustainability and Infrastructure introduced",
        &["head-strategic-transport-sustainability-and-infrastructure"],
    );
}

#[test]
fn qualifiers_leave_the_slug() {
    check("The outgoing Interim Director of Housing", &["director-housing outgoing interim"]);
    check(
        "the A/Director of Services, Economic Development Directorate",
        &["director-services-economic-development acting"],
    );
    check("the new Assistant Director", &["assistant-director new"]);
    check("the former Chief Executive", &["chief-executive former"]);
    check(
        "Acting Senior Planner, Planning & Environmental Services",
        &["senior-planner-planning-and-environmental-services acting"],
    );
    check("the Chief Executive Designate", &["chief-executive designate"]);
}

#[test]
fn combined_posts_are_two() {
    check(
        "The Deputy Leader and Cabinet Member for Children and Young People’s Services advised",
        &["deputy-leader (member)", "cabinet-member-children-and-young-peoples-services (member)"],
    );
    check(
        "Corporate Director Resources & Section 151 Officer",
        &["corporate-director-resources", "section-151-officer"],
    );
    check(
        "The Deputy Town Clerk and Solicitor to the Council reported",
        &["deputy-town-clerk", "solicitor-council"],
    );
    check(
        "The Assistant Director - Financial Services (Deputy Section 151 Officer) confirmed",
        &["assistant-director-financial-services", "deputy-section-151-officer"],
    );
    check(
        "The Chief Executive and Head of Paid Service explained",
        &["chief-executive", "head-paid-service"],
    );
}

#[test]
fn names_are_no_remits() {
    check("Stuart Love (Chief Executive) said", &["chief-executive"]);
    check("the Chief Executive, Sharon Kemp, said", &["chief-executive"]);
    check("the Leader of the Council, Councillor Read, welcomed", &["leader-council (member)"]);
    check("Director of Public Health Teresa Roche said", &["director-public-health"]);
    check(
        "Mr A Penhallow, Head of Highways Operations, and Miss T Orme, Winter Service Lead, were",
        &["head-highways-operations", "winter-service-lead"],
    );
    check("Mr. K. Lehane, Director, Service Operations", &["director-service-operations"]);
    check("Inspector Rowan Teale, Tarnbeck Police, stated", &["inspector (partner)"]);
    check("Councillors Read, Roche and Watson", &[]);
    check("Councillor Lead asked", &[]);
}

#[test]
fn heads_carry_their_remit_before_them() {
    for (text, expected) in [
        (
            "The Principal Democratic Services Officer stated",
            "principal-democratic-services-officer",
        ),
        (
            "the Senior Scrutiny and Member Development Adviser",
            "senior-scrutiny-and-member-development-adviser",
        ),
        ("The Revenues and Benefits Manager", "revenues-and-benefits-manager"),
        (
            "Senior Executive Engineer, Roads Traffic & Cleansing",
            "senior-executive-engineer-roads-traffic-and-cleansing",
        ),
        (
            "Executive Engineer, Cappamore-Kilmallock, advised",
            "executive-engineer-cappamore-kilmallock",
        ),
        ("the Democratic Officer (Scrutiny) reported", "democratic-officer-scrutiny"),
        (
            "the Team Manager - Regeneration Opportunities.",
            "team-manager-regeneration-opportunities",
        ),
        ("The Service Manager, Access to Learning clarified", "service-manager-access-learning"),
        ("the Chief Asset Management Officer be", "chief-asset-management-officer"),
        ("The Chief Officer Financial Services", "chief-officer-financial-services"),
        ("the Legal Adviser to the Panel reminded", "legal-adviser-panel"),
        ("The Climate Action Co-ordinator outlined", "climate-action-co-ordinator"),
        ("The Director of Housing’s report", "director-housing"),
        ("the Chief Executive’s report", "chief-executive"),
    ] {
        check(text, &[expected]);
    }
}

#[test]
fn what_is_no_post() {
    for text in [
        "The Head Teachers attended",
        "Heads of Service were asked",
        "the officers’ report",
        "Lead Local Flood Authority",
        "Head Office",
        "the matter was resolved",
        "The Executive agreed",
        "Secretary of State for Education",
        "Members thanked officers",
        "the director of the film",
    ] {
        check(text, &[]);
    }
}

#[test]
fn members_and_partners() {
    check("Councillor Duru, Leader of the Opposition, on", &["leader-opposition (member)"]);
    check("the Lead Member for Environment", &["lead-member-environment (member)"]);
    check("the Vice-Chair took the Chair", &["vice-chair (member)", "chair (member)"]);
    check(
        "Independent Chair of the Larkhaven Safeguarding Adults Board",
        &["independent-chair-larkhaven-safeguarding-adults-board (partner)"],
    );
    check(
        "Laura X, District Commander for South Yorkshire Police",
        &["district-commander-south-yorkshire-police (partner)"],
    );
    check("the Fire Service’s Station Commander said", &["station-commander (partner)"]);
    check(
        "Leas-Chathaoirleach of the Municipal District",
        &["leas-chathaoirleach-municipal-district (member)"],
    );
    check(
        "Pennaeth Gwasanaeth (Tai) a’r Swyddog Monitro",
        &["pennaeth-gwasanaeth-tai", "swyddog-monitro"],
    );
}

#[test]
fn typed_by_a_person() {
    for (typed, expected) in [
        ("director of public health", vec!["director-public-health"]),
        ("assistant director education", vec!["assistant-director-education"]),
        ("Chief Exec", vec![]),
        ("cabinet member for housing", vec!["cabinet-member-housing"]),
        (
            "deputy leader and cabinet member for housing",
            vec!["deputy-leader", "cabinet-member-housing"],
        ),
        ("the interim head of legal services", vec!["head-legal-services"]),
        ("potholes", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<String> =
            Roles::shipped().parse(typed).into_iter().map(|r| r.slug).collect();
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn the_word_files_are_sorted() {
    let ranks: RankFile = toml::from_str(crate::vocabulary::shipped::ROLES).unwrap();
    let words: WordFile = toml::from_str(crate::vocabulary::shipped::ROLE_WORDS).unwrap();
    for (name, list) in [
        ("posts", &ranks.posts),
        ("heads", &ranks.heads),
        ("alone", &ranks.alone),
        ("modifiers", &ranks.modifiers),
        ("lower", &ranks.lower),
        ("members", &ranks.members),
        ("partners", &ranks.partners),
        ("partner_words", &ranks.partner_words),
        ("remit", &words.remit),
        ("given", &words.given),
        ("titles", &words.titles),
        ("stops", &words.stops),
    ] {
        let mut sorted = list.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(*list, sorted, "{name} is not sorted, or repeats a word");
    }
    for word in ranks.members.iter().chain(&ranks.partners).filter(|w| w.contains(' ')) {
        assert!(ranks.posts.contains(word), "{word} is no post");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        for reading in Roles::shipped().find(&text) {
            proptest::prop_assert!(text.get(reading.start..reading.end).is_some());
        }
        Roles::shipped().parse(&text);
    }

    #[test]
    fn any_words_of_minutes_are_read(words in proptest::collection::vec(
        proptest::sample::select(vec!["The", "A/", "Director", "of", "Housing", ",", "and", "(", ")", "Head", "Councillor",
            "Read", "-", "&", "’s", "Assistant", "interim", "Chair", "Services", ".", "to", "the", "Chief", "Executive"]), 0..30)) {
        let text = words.join(" ");
        for reading in Roles::shipped().find(&text) {
            proptest::prop_assert!(text.get(reading.start..reading.end).is_some());
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(512))]
    #[test]
    fn any_marks_between_words_are_read(pieces in proptest::collection::vec(
        proptest::sample::select(vec!["Head of Service", "Director", "Chief Executive", "Children", "Adults", "Education", "Housing",
            "Designate", "Interim", "’s", "'s", "’", "(", ")", " (", ") ", " ", " ", " ", "-", "–", ", ", " and ", " of ", "&", "/", "é"]), 0..16)) {
        let text = pieces.concat();
        for reading in Roles::shipped().find(&text) {
            let printed = text.get(reading.start..reading.end);
            proptest::prop_assert!(printed.is_some_and(|printed| !printed.is_empty()), "{text:?}");
        }
        Roles::shipped().parse(&text);
    }
}

#[test]
fn a_bracket_closes_with_the_post_whatever_stands_in_it() {
    let text = |printed: &str| {
        let sentence = format!("The {printed} presented the report.");
        let found = Roles::shipped().find(&sentence);
        found.iter().map(|r| sentence[r.start..r.end].to_owned()).collect::<Vec<_>>()
    };
    for printed in [
        "Head of Service (Children’s)",
        "Head of Service (Children's)",
        "Assistant Director (Adults and Children’s)",
        "Chief Executive (Designate)",
    ] {
        assert_eq!(text(printed), [printed]);
    }
}

#[test]
fn two_posts_at_a_slash_and_a_head_that_modifies() {
    check(
        "the Section 151 Officer/Director of Resources confirmed",
        &["section-151-officer", "director-resources"],
    );
    check(
        "The Strategic Director/Section 151 Officer was asked",
        &["strategic-director", "section-151-officer"],
    );
    check(
        "The Lead Scrutiny Advisor/Statutory Officer",
        &["lead-scrutiny-advisor", "statutory-officer"],
    );
    check(
        "The Assistant Chief Fire Officer (Community Protection)",
        &["assistant-chief-fire-officer-community-protection"],
    );
    check("the Clinical Chair of the CCG", &["clinical-chair-ccg (partner)"]);
    check("the Virtual School Headteacher", &["virtual-school-headteacher"]);
    check("the Borough Engineer and Surveyor", &["borough-engineer-and-surveyor"]);
}

#[test]
fn a_members_remit_before_the_rank() {
    check("The Adult Services Portfolio Holder", &["portfolio-holder-adult-services (member)"]);
    check("the Housing Portfolio Holder, Councillor Ash", &["portfolio-holder-housing (member)"]);
    check(
        "the Finance and Resources Cabinet Member",
        &["cabinet-member-finance-and-resources (member)"],
    );
    check(
        "the Cabinet Member with special responsibility for Parks",
        &["cabinet-member-parks (member)"],
    );
    check("the Cabinet Member with Portfolio for Parks", &["cabinet-member-parks (member)"]);
    check("The Council Cabinet Member for Housing said", &["cabinet-member-housing (member)"]);
    check("The Cabinet Lead Members were invited", &[]);
}

#[test]
fn a_term_of_office_is_no_remit() {
    for text in [
        "elected Vice-Chair of the Board for 2021/22",
        "elected Vice-Chair of the Board for the 2021/22 Council Year",
        "Vice-Chair of the Board 2021/22 Municipal Year",
        "Vice-Chair of the Board for the ensuing Municipal Year",
    ] {
        check(text, &["vice-chair-board (member)"]);
    }
}

#[test]
fn what_stands_beside_a_post_is_not_all_its_remit() {
    check("The Licensing Officer (NJ) submitted", &["licensing-officer"]);
    check("The Principal Planning Officer (DM) said", &["principal-planning-officer-dm"]);
    check(
        "The Director of Communications & Interim Head of Law presented",
        &["director-communications", "head-law interim"],
    );
    check(
        "The Head of Law and Deputy Monitoring Officer said",
        &["head-law", "deputy-monitoring-officer"],
    );
    check(
        "the Chair, Vice Chair and Spokes of the Committee",
        &["chair (member)", "vice-chair (member)"],
    );
    check(
        "the Assistant Director – Governance, and Monitoring Officer",
        &["assistant-director-governance", "monitoring-officer"],
    );
    check(
        "the Acting Chief Officer of Highways and Waste (HIW/17/48)",
        &["chief-officer-highways-and-waste acting"],
    );
    check("the Director of Housing, and", &["director-housing"]);
    check("the Member/Officer Relations Protocol", &[]);
}

#[test]
fn a_text_that_ends_within_a_list_is_read() {
    check("The Head of Housing, and ", &["head-housing"]);
    check("The Head of Housing,  and", &["head-housing"]);
}

#[test]
fn posts_in_a_list_are_posts_each() {
    check(
        "The Chief Executive, Director of Finance and Monitoring Officer advised",
        &["chief-executive", "director-finance", "monitoring-officer"],
    );
    check(
        "the Leader, Deputy Leader and Cabinet Member for Housing attended",
        &["leader (member)", "deputy-leader (member)", "cabinet-member-housing (member)"],
    );
    check(
        "The Chief Executive, Interim Director of Finance and Section 151 Officer said",
        &["chief-executive", "director-finance interim", "section-151-officer"],
    );
    check(
        "The Chief Executive, Head of Legal Services and Housing Manager said",
        &["chief-executive", "head-legal-services", "housing-manager"],
    );
    check(
        "The Assistant Director, Education and Skills, said",
        &["assistant-director-education-and-skills"],
    );
}

#[test]
fn posts_chained_without_end_are_read() {
    for chain in [
        "Director of Finance and ",
        "Director of Finance & ",
        "Head of Law for ",
        "Acting Senior ",
        "Director of housing the ",
    ] {
        let text = chain.repeat(20_000);
        let found = Roles::shipped().find(&text);
        assert!(found.iter().all(|r| text.get(r.start..r.end).is_some()), "{chain}");
    }
}

#[test]
fn whose_post_the_end_of_its_remit_tells() {
    check(
        "The Chair of Governors of Ashby School said",
        &["chair-governors-ashby-school (partner)"],
    );
    check("the Director of Sheffield Theatres", &["director-sheffield-theatres (partner)"]);
    check("the Chair of the Ashby Trust", &["chair-ashby-trust (partner)"]);
    check("the Director of Housing", &["director-housing"]);
    check("the Chief Executive of Ashby Trust", &["chief-executive-ashby-trust (partner)"]);
    check("the Head of the Virtual School", &["head-virtual-school"]);
    check(
        "the Cabinet Member for Police and Ashby School",
        &["cabinet-member-police-and-ashby-school (member)"],
    );
}
