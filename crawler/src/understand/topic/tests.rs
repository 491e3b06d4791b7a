//! Tagging and its guards, on a small vocabulary.

use super::*;
use minutebook_record::{Passage, Resolution};

const VOCABULARY: &str = r#"
[[topic]]
id = "adoption"
label = "Adoption"
printed = ["adoption agency"]
not_near = ["minutes"]
[[topic]]
id = "consultation"
label = "Public consultation"
means = true
[[topic]]
id = "education"
label = "Education"
[[topic]]
id = "elective-home-education"
label = "Elective home education"
broader = ["education"]
acronym = [{ form = "EHE", context = ["education", "school"] }]
[[topic]]
id = "gritting"
label = "Winter gritting"
single = ["gritting"]
[[topic]]
id = "parking"
label = "Parking"
[[topic]]
id = "waterways"
label = "Canals"
single = ["canal"]
printed = ["canal bank", "canal street fair"]
"#;

fn check(title: &str, passages: &[&str], resolution: Option<&str>, expected: &[(&str, u32, &str)]) {
    let topics = Topics::parse(&[("small", VOCABULARY)]).unwrap();
    let item = Item {
        title: title.to_owned(),
        passages: passages
            .iter()
            .map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() })
            .collect(),
        resolutions: resolution
            .map(|t| vec![Resolution { text: t.to_owned(), ..Resolution::default() }]),
        ..Item::default()
    };
    let tags = Tagger::new(&topics).tags(&item, &super::super::posts(&item));
    let found: Vec<_> =
        tags.iter().map(|t| (t.topic.as_str(), t.score, t.evidence.as_str())).collect();
    assert_eq!(found, expected, "{title} {passages:?}");
}

#[test]
fn places_and_points() {
    check(
        "Elective Home Education",
        &[],
        None,
        &[("elective-home-education", 3, "Elective Home Education")],
    );
    check(
        "Report",
        &["On elective home education."],
        None,
        &[("elective-home-education", 2, "elective home education")],
    );
    check(
        "Report",
        &["The gritting of roads and gritting of paths."],
        None,
        &[("gritting", 1, "gritting")],
    );
    check("Parking", &[], Some("That the parking plan be approved."), &[("parking", 6, "Parking")]);
}

#[test]
fn single_words_need_a_place() {
    check("Report", &["Members asked about parking."], None, &[]);
    check("Report", &[], Some("That parking charges rise."), &[]);
    check(
        "Report",
        &[
            "Members asked about parking.",
            "The parking charges were old.",
            "That parking charges rise.",
        ],
        Some("That parking charges rise."),
        &[("parking", 3, "parking")],
    );
}

#[test]
fn not_near_and_acronyms() {
    check("Adoption of Minutes", &[], None, &[]);
    check("Adoption", &[], None, &[("adoption", 3, "Adoption")]);
    check(
        "Report",
        &["EHE rose in each school, and EHE fell."],
        None,
        &[("elective-home-education", 1, "EHE")],
    );
    check(
        "Report",
        &["EHE rose. EHE fell.", "ehe in each school"],
        None,
        &[("elective-home-education", 1, "EHE")],
    );
    check("Report", &["EHE rose."], None, &[]);
}

#[test]
fn means_need_a_title_or_three_mentions() {
    let once = "The public consultation on the canal bank closed in May.";
    check("Report", &[once], None, &[("waterways", 2, "canal bank")]);
    check(
        "Public Consultation",
        &["It closed in May."],
        None,
        &[("consultation", 3, "Public Consultation")],
    );
    let often = "A public consultation was held. The public consultation cost £40. Public consultation ends.";
    check("Report", &[often], None, &[("consultation", 2, "public consultation")]);
}

#[test]
fn a_street_is_not_its_words() {
    check("Canal Street", &["The depot in Canal Street is cold."], None, &[]);
    check("Report", &["The Old Canal Road depot is cold."], None, &[]);
    check("Canal Street Fair", &[], None, &[("waterways", 3, "Canal Street Fair")]);
    check("Report", &["The canal at Mill Street is cold."], None, &[("waterways", 1, "canal")]);
}

#[test]
fn what_the_title_names_stays_before_a_long_debate() {
    let debate = "Gritting. ".repeat(12);
    check(
        "Elective Home Education",
        &[&debate],
        None,
        &[("elective-home-education", 3, "Elective Home Education"), ("gritting", 1, "Gritting")],
    );
}

#[test]
fn a_place_that_says_where_is_not_the_subject() {
    check("Report", &["A bench near the canal bank is broken."], None, &[]);
    check(
        "Report",
        &["The canal bank near the mill is broken."],
        None,
        &[("waterways", 2, "canal bank")],
    );
}

#[test]
fn a_late_resolution_names_a_subject_by_a_proper_name() {
    let long = "word ".repeat(90);
    let gritting = "Gritting was late, and gritting was dear.";
    let passing = "That the canal bank be swept.";
    check("Report", &[gritting, &long, passing], Some(passing), &[("gritting", 1, "Gritting")]);
    let named = "That elective home education be looked at.";
    check(
        "Report",
        &[gritting, &long, named],
        Some(named),
        &[("gritting", 1, "Gritting"), ("elective-home-education", 5, "elective home education")],
    );
    // Alone it is better than nothing.
    check("Report", &[&long, passing], Some(passing), &[("waterways", 5, "canal bank")]);
}
