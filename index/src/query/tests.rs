//! The language from outside: text to tree, sentence and readings.

use super::*;
use crate::search::Scope;

fn lexicon() -> Lexicon {
    let post = |slug: &str, label: &str| Post { slug: slug.to_owned(), label: label.to_owned() };
    Lexicon {
        committees: vec![
            Body::new("learning-select-commission", "Learning Select Commission", "learning"),
            Body::new("education-scrutiny-panel", "Education Scrutiny Panel", "learning"),
            Body::new("cabinet", "Cabinet", "cabinet"),
        ],
        roles: vec![
            post("director-public-health", "Director of Public Health"),
            post("assistant-director-education", "Assistant Director, Education"),
        ],
        ..Lexicon::default()
    }
}

fn read_with(text: &str, as_words: &[String], synonyms: bool) -> Parsed {
    read_all(text, as_words, synonyms, true)
}

fn read_all(text: &str, as_words: &[String], synonyms: bool, drop_small: bool) -> Parsed {
    let lexicon = lexicon();
    let has_number = |number: &str| ["12", "111", "c131"].contains(&number);
    let context = Context {
        lexicon: &lexicon,
        has_number: &has_number,
        as_words,
        readings: true,
        synonyms,
        drop_small,
    };
    parse(text, &context)
}

fn said(text: &str) -> String {
    read_with(text, &[], false).sentence(Scope::Anywhere, &lexicon())
}

#[test]
fn the_query_is_said_back() {
    for (text, sentence) in [
        (
            "potholes \"station road\" -gritting",
            "items with potholes and “station road”, without gritting",
        ),
        ("bins OR waste", "items with bins or waste"),
        ("(bins OR waste) AND fees", "items with (bins or waste) and fees"),
        (
            "tree* NEAR/3 felling",
            "items with (words that begin with “tree” and near/3) and felling",
        ),
        ("trees NEAR/3 felling", "items with trees within 3 words of felling"),
        ("graffitti~", "items with words like “graffitti”"),
        ("", "everything"),
        ("fees March 2019", "items with a date from 1 March 2019 to 31 March 2019 and fees"),
        ("minute 111", "items with the number 111"),
        ("C131", "items with the number C131"),
        ("minutes 12 March 2019", "items with a date on 12 March 2019"),
        ("fees minutes 12th of March 2019", "items with a date on 12 March 2019 and fees"),
        ("12 March 2019 minutes", "items with a date on 12 March 2019"),
        ("minutes 12/03/2019", "items with a date on 12 March 2019"),
        (
            "minutes March 2019 fees",
            "items with a date from 1 March 2019 to 31 March 2019 and fees",
        ),
        (
            "minute 111 March 2019",
            "items with the number 111 and a date from 1 March 2019 to 31 March 2019",
        ),
        (
            "minute no 12 March 2019",
            "items with the number 12 and a date from 1 March 2019 to 31 March 2019",
        ),
        ("minutes 12 March", "items with minutes, 12 and March"),
        ("A46 roundabout", "items with A46 and roundabout"),
        ("committee:cabinet fees", "items with the committee Cabinet and fees"),
        ("NOT bins", "items without bins"),
    ] {
        assert_eq!(said(text), sentence, "{text}");
    }
}

#[test]
fn a_committee_is_found_under_its_other_names() {
    let parsed = read_with("transport Learning Select Commission", &[], false);
    assert_eq!(parsed.readings.len(), 1);
    assert_eq!(parsed.readings[0].field, "committee");
    let Some(Node::All(nodes)) = parsed.tree else { panic!() };
    let both = vec!["learning-select-commission".to_owned(), "education-scrutiny-panel".to_owned()];
    assert!(nodes.contains(&Node::Where(Condition::Committee(both))));
    assert!(nodes.contains(&Node::Word("transport".to_owned())));
}

#[test]
fn what_somebody_said_is_looked_for_in_their_words() {
    for text in [
        "what did the Director of Public Health say about fluoride",
        "Director of Public Health said fluoride",
        "by:\"director of public health\" fluoride",
    ] {
        let parsed = read_with(text, &[], false);
        assert_eq!(parsed.speakers, ["director-public-health"], "{text}");
        assert_eq!(parsed.plain_words(), ["fluoride"], "{text}");
    }
    let named = read_with("Director of Public Health fluoride", &[], false);
    assert!(named.speakers.is_empty());
    assert_eq!(named.readings[0].field, "role");
}

#[test]
fn a_post_named_in_words_gives_way_to_its_name_and_one_asked_by_field_does_not() {
    for text in [
        "what did the Director of Public Health say about fluoride",
        "Director of Public Health fluoride",
    ] {
        let near = read_all(text, &[], true, true).relaxed(&[]).expect("a wider query");
        assert!(near.speakers.is_empty(), "{text}");
        let Some(Node::All(nodes)) = near.tree else { panic!("{text}") };
        let [Node::Most(nodes)] = &nodes[..] else { panic!("{text}: {nodes:?}") };
        let name = ["Director", "Public", "Health"].map(|word| Node::Word(word.to_owned()));
        let post = Node::Any(vec![
            Node::Phrase("Director of Public Health".to_owned()),
            Node::Where(Condition::Role(vec!["director-public-health".to_owned()])),
            Node::All(name.to_vec()),
        ]);
        assert!(nodes.contains(&post), "{text}: {nodes:?}");
    }
    for text in
        ["by:\"director of public health\" fluoride", "role:\"director of public health\" fluoride"]
    {
        let near = read_all(text, &[], true, true).relaxed(&[]);
        let still = near.as_ref().is_none_or(|near| {
            matches!(&near.tree, Some(Node::All(nodes)) if matches!(nodes[0], Node::Where(_)))
        });
        assert!(still, "{text}: {near:?}");
    }
}

#[test]
fn two_words_known_together_are_another_matter_apart() {
    for (text, known) in [
        ("home schooling", true),
        ("home schooling committee:cabinet", true),
        ("free school meals", false),
        ("fluoride", false),
        ("home schooling fees", false),
        ("\"home schooling\"", false),
    ] {
        let together = read_all(text, &[], true, true).together();
        assert_eq!(together.is_some(), known, "{text}");
        let spans = together.into_iter().filter_map(|parsed| parsed.tree);
        for tree in spans {
            let Node::All(nodes) = tree else { panic!("{text}") };
            let span = nodes.iter().find_map(|node| match node {
                Node::Span(span) => Some(span),
                _ => None,
            });
            assert!(span.is_some_and(|span| span.together), "{text}");
        }
    }
}

#[test]
fn what_frames_a_question_is_not_looked_for() {
    for (text, sentence) in [
        ("what was decided about potholes", "items with potholes"),
        ("what did the council say about the potholes", "items with potholes"),
        (
            "decisions since 2021 about potholes",
            "items with a date from 1 January 2021 and potholes",
        ),
        (
            "minutes of Cabinet March 2019",
            "items with a date from 1 March 2019 to 31 March 2019 and (Cabinet or the committee Cabinet)",
        ),
        ("what was decided", "items with decided"),
    ] {
        let parsed = read_all(text, &[], true, true);
        assert_eq!(parsed.sentence(Scope::Anywhere, &lexicon()), sentence, "{text}");
    }
    // A reader who wants nothing but the words gets all of them.
    let plain = read_with("what was decided about potholes", &[], false);
    assert!(plain.sentence(Scope::Anywhere, &lexicon()).contains("decided"));
}

#[test]
fn every_reading_can_be_turned_back_into_words() {
    for text in [
        "fees March 2019",
        "fees in 2019",
        "fees 2018/19",
        "fees Learning Select Commission",
        "minute 111",
        "C131",
        "Director of Public Health fluoride",
        "what did the Director of Public Health say about fluoride",
        "committee:cabinet fees",
        "date:2019 fees",
        "by:\"director of public health\" fluoride",
    ] {
        let read = read_with(text, &[], false);
        assert!(!read.readings.is_empty(), "{text}");
        let ids: Vec<String> = read.readings.iter().map(|reading| reading.id.clone()).collect();
        let plain = read_with(text, &ids, false);
        assert!(plain.readings.is_empty(), "{text}: {:?}", plain.readings);
        assert!(plain.speakers.is_empty(), "{text}");
    }
}

#[test]
fn what_cannot_be_read_as_syntax_is_words_and_said() {
    for (text, sentence) in [
        ("AND (((", "items with and"),
        ("bins AND", "items with bins and and"),
        ("OR bins", "items with or and bins"),
        ("bins ) fees", "items with bins and fees"),
        ("\"bins", "items with bins"),
        ("NOT", "items with not"),
        ("colour:red", "items with colour:red"),
        ("roads -\"!!!\" lighting", "items with roads and lighting"),
        ("-\"\" road", "items with road"),
        ("NOT \"\" road", "items with road"),
        ("kind:resolved,foo road", "items with something resolved and road"),
        ("committee:nobody", "items with nobody"),
        ("((((((((((((((((((((bins))))))))))))))))))))", "items with bins"),
    ] {
        let parsed = read_with(text, &[], false);
        assert_eq!(parsed.sentence(Scope::Anywhere, &lexicon()), sentence, "{text}");
        assert_eq!(parsed.notices.is_empty(), text == "colour:red", "{text}: {:?}", parsed.notices);
    }
    for text in ["***", "!!!", "\u{1f600}", "()", "- -"] {
        let parsed = read_with(text, &[], false);
        assert_eq!(parsed.tree, Some(Node::Any(Vec::new())), "{text}: nothing answers signs");
        assert!(!parsed.notices.is_empty());
    }
    assert_eq!(read_with(" \n", &[], false).tree, None);
}

#[test]
fn quotes_are_never_expanded() {
    let parsed = read_with("\"home schooling\"", &[], true);
    assert!(parsed.expansions.is_empty());
    let parsed = read_with("home schooling", &[], true);
    assert_eq!(parsed.expansions[0].topic.as_deref(), Some("elective-home-education"));
    assert!(read_with("home schooling", &[], false).expansions.is_empty());
}

#[test]
fn a_sentence_is_meant_by_its_subject_words() {
    assert_eq!(said("when will the library roof be mended"), "items with library, roof and mended");
    assert_eq!(said("the council pursuant"), "items with the, council and pursuant");
    let kept = read_all("when will the library roof be mended", &[], false, false);
    assert_eq!(kept.plain_words().len(), 7, "until it is known that few items hold all of them");
    assert_eq!(said("to be or not to be"), "items with to, be, or and not");
}

/// Brackets within brackets, each beside `NEAR`, and a date in every one of them.
#[test]
fn what_stands_in_brackets_is_read_once_however_deep() {
    let deep = "a NEAR/1 (date:2019 date:2018 ".repeat(60);
    let parsed = read_with(&deep, &[], true);
    assert_eq!(parsed.readings.len(), 2, "{:?}", parsed.readings);
    assert_eq!(parsed.notices.len(), 3, "{:?}", parsed.notices);
    assert!(read_with("bins NEAR/2 \"station road\"", &[], false).notices.is_empty());
    for stray in ["bins NEAR/2 (fees)", "bins NEAR/2 -fees", "bins NEAR/2", "bins NEAR/2 date:2019"]
    {
        assert!(!read_with(stray, &[], false).notices.is_empty(), "{stray}");
    }
    assert_eq!(read_with(&"(".repeat(2_000), &[], true).readings.len(), 0);
}

#[test]
fn only_so_much_is_read_as_more_than_words() {
    let years: Vec<String> = (1880..2080).map(|year| year.to_string()).collect();
    for text in [years.join(" "), format!("date:{}", years.join(" date:"))] {
        let parsed = read_with(&text, &[], true);
        assert_eq!(parsed.readings.len(), 20);
        let told = parsed.notices.iter().filter(|notice| notice.contains("after 20 dates"));
        assert_eq!(told.count(), 1, "{:?}", parsed.notices);
    }
    assert!(read_with(&years[..20].join(" "), &[], true).notices.is_empty());
    let twice = read_with("date:2019 date:2019 fees", &[], true);
    assert_eq!(twice.readings.len(), 1, "what is said twice is named once");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(\\PC|[\"()*~:/ -]|AND |OR |NOT |NEAR/2 |by:|date:|in:){0,60}") {
        let parsed = read_with(&text, &[], true);
        let _ = parsed.sentence(Scope::Anywhere, &lexicon());
        let ids: std::collections::HashSet<_> = parsed.readings.iter().map(|r| &r.id).collect();
        proptest::prop_assert!(ids.len() == parsed.readings.len() && ids.len() <= 20);
    }
}
