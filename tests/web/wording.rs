//! What the pages say in their own words: plain English, days and numbers as people write them, and nobody's licence claimed.

use minutebook::web::{CouncilSettings, Settings};
use minutebook_record::id::slug;

use super::pages::EVERY;
use super::{Site, records};

/// Abbreviations and officialese that GOV.UK's style asks not to use.
const NOT_PLAIN: &[&str] = &[
    "e.g.",
    "i.e.",
    "etc.",
    " via ",
    " per annum",
    " viz",
    "utilise",
    "facilitate",
    "in order to",
    "please note",
    "click here",
    "and/or",
];

#[test]
fn the_templates_are_in_plain_english() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/templates");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        for words in NOT_PLAIN {
            assert!(!text.contains(words), "{} says {words:?}", path.display());
        }
        read += 1;
    }
    assert!(read > 15, "{read} templates");
}

#[tokio::test]
async fn days_are_written_out_where_people_read_them() {
    let is_machine = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let shape: String =
            word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        shape == "0000-00-00"
    };
    let site = Site::new().await;
    for path in
        EVERY.iter().filter(|path| !path.ends_with("/cite") && !["/help", "/api"].contains(path))
    {
        let answer = site.get(path).await;
        for text in
            answer.html().texts("main h1, main h2, main h3, main p, main li, main dd, main td")
        {
            assert!(!text.split_whitespace().any(is_machine), "{path} says {text}");
        }
    }
}

#[tokio::test]
async fn a_licence_is_named_only_where_the_council_says_so() {
    let site = Site::new().await;
    let item = "/items/minutes.wexborough.example.invalid-i101";
    let page = site.get(item).await;
    assert!(!page.body.contains("rel=\"license\"") && !page.body.contains("\"license\""));
    let line =
        "Contains public sector information licensed under the Open Government Licence v3.0.";
    let address = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
    let council = CouncilSettings {
        slug: slug(records::COUNCIL),
        licence_url: Some(address.to_owned()),
        attribution: Some(line.to_owned()),
        ..CouncilSettings::default()
    };
    let site = Site::with(Settings { councils: vec![council], ..Settings::default() }).await;
    let page = site.get(item).await;
    assert!(page.body.contains(&format!("\"license\":\"{address}\"")), "{}", page.body);
    let page = page.html();
    assert_eq!(page.text("footer a[rel=license]"), line);
    assert_eq!(page.attributes("footer a[rel=license]", "href"), [address]);
}
