use super::*;

fn check(patterns: &Procedural, expected: bool, titles: &[&str]) {
    let wrong: Vec<_> =
        titles.iter().filter(|title| patterns.is_procedural(title) != expected).collect();
    assert!(wrong.is_empty(), "{wrong:#?} should be {expected}");
}

#[test]
fn titles_are_compared_by_words() {
    let p = Procedural::parse(
        "test",
        "whole = ['apologies']\nlinks = 'and of the'\n[[family]]\nwords = 'public minutes'\nprefix = ['exclusion of the press']\ncontains = ['previous meeting']",
    )
    .unwrap();
    check(
        &p,
        true,
        &["APOLOGIES.", "Exclusion of the Press and Public", "Minutes of the Previous Meeting"],
    );
    check(&p, false, &["Apologies tour", "Exclusion of the Pressing needs", ""]);
}

#[test]
fn what_every_meeting_has() {
    check(
        Procedural::shipped(),
        true,
        &[
            "Apologies for absence",
            "1. APOLOGIES FOR ABSENCE AND SUBSTITUTIONS",
            "To receive any declarations of interest from Members in accordance with the Council’s Code of Conduct",
            "Declarations of Interest - Section 106 of the Local Government Finance Act 1992",
            "Minutes of the previous meeting held on 8 June 2021",
            "Minutes - 21 June 2021",
            "Minutes: To confirm the minutes of the meeting held on 3rd March, 2019 (Pages 3 - 10)",
            "Minutes of the Meeting of the Adult Care and Housing Select Commission held on Monday 4 May 2019",
            "To approve as a correct record the minutes of the Licensing Sub-Committee",
            "Minutes - Planning Committee 3 May 2020",
            "Exclusion of the Press and Public",
            "To consider whether to exclude the press and public from the meeting for agenda items 12 and 13 on the grounds that they involve the likely disclosure of exempt information as defined in paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972",
            "Exclusion of the Public - Local Government Act 1972, Section 100A(4)",
            "Any other business which the Chair considers urgent by reason of special circumstances",
            "Urgent Business - none",
            "Date and time of next meeting: Tuesday 4th May 2021 at 2.00 p.m. in the Council Chamber, Town Hall",
            "Next Meeting – 21st June, 2021.",
            "Fixing of Date and Venue for next Ordinary Meeting of the Council",
            "Adoption of Minutes of Annual General Meeting June 2022",
            "Confirmation of Minutes of Joint Policing Committee Meeting held on 23rd March, 2015",
            "Welcome and Introductions",
            "Order of Business",
            "Change in Order of Business",
            "To confirm that the items of business marked Part 1 will be considered in public and that the items marked Part 2 will be considered in private",
            "Exempt Information - Possible Exclusion of the Press and Public",
            "Items of Urgent Business authorised by the Leader",
            "Declarations of Interest and Whipping Arrangements",
            "Apologies for Absence and Named Substitutes",
            "Notification of requests to address the meeting",
            "Unrestricted Minutes",
            "Webcasting",
            "Cofnodion y cyfarfod a gynhaliwyd ar 4",
        ],
    );
}

#[test]
fn what_follows_a_formality_is_not_hidden_by_it() {
    check(
        Procedural::shipped(),
        false,
        &[
            "Urgent Business - Closure of Ashby Library",
            "Urgent Business – Standing Orders",
            "Late Items: Sale of the Town Hall",
            "Any Other Business - Sale of land",
            "Any Other Business (Sale of land)",
            "Urgent Items - Budget",
            "Urgent Items- Budget",
            "Webcasting Contract Award",
            "Next Meeting House Demolition",
            "Order of Business Rates Relief",
            "Minutes of the Special Educational Needs Panel",
            "Declarations of Interest Policy Review",
            "Exclusion of Public Vehicles from Mill Lane",
            "Exclusion of the Press and Public - Sale of Ashby Hall",
            "Welcome and Wayfinding Signs in the Market",
            "Disclosures of Contaminated Land",
            "Disclosures by Landlords of Empty Homes",
            "Welcome and Facilitation of Refugees",
            "Petition about substitute members of the youth parliament",
        ],
    );
}

#[test]
fn a_title_may_resemble_a_formality() {
    let p = Procedural::shipped();
    assert!(p.resembles("Urgent Business - Closure of Ashby Library"));
    assert!(p.resembles("MINUTES"));
    assert!(!p.resembles("Closure of Ashby Library"));
}

#[test]
fn an_item_that_decided_something_is_none() {
    let of = |title: &str, clauses: &[(Kind, &str)]| {
        let resolutions = clauses
            .iter()
            .map(|(kind, text)| Resolution {
                kind: *kind,
                text: (*text).to_owned(),
                ..Resolution::default()
            })
            .collect();
        let item =
            Item { title: title.to_owned(), resolutions: Some(resolutions), ..Item::default() };
        Procedural::shipped().holds(&item)
    };
    let minutes = "Minutes of the previous meeting";
    assert!(of(minutes, &[]));
    assert!(of(
        minutes,
        &[(
            Kind::Resolved,
            "That the minutes be approved as a correct record and signed by the Chair."
        )]
    ));
    assert!(of(minutes, &[(Kind::Noted, "That the update on the library be noted.")]));
    assert!(of(minutes, &[(Kind::Resolved, "Agreed.")]));
    assert!(of(
        "Exclusion of the Public",
        &[(Kind::Resolved, "That the public be excluded from the meeting.")]
    ));
    assert!(!of(
        "Urgent Business",
        &[
            (Kind::Noted, "That the report be noted."),
            (Kind::Resolved, "That Ashby Library be closed.")
        ]
    ));
    assert!(!of(
        "Matters arising",
        &[(Kind::Referred, "That the matter be referred to the Cabinet.")]
    ));
    assert!(!of("Closure of Ashby Library", &[]));
}
