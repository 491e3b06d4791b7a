//! Citations in every form, with text that needs care in each of them.

use minutebook_record::{Item, Kind, Resolution};

use super::*;
use crate::web::view::NameView;

fn view() -> ItemView {
    let item = Item {
        id: "site-i7".into(),
        url: "https://council.example/mgAi.aspx?ID=7&x=1".into(),
        number: Some("24".into()),
        title: "Tea & {cake} at 5% *off*".into(),
        resolutions: Some(vec![Resolution {
            label: Some("2)".into()),
            text: "That tea_time be kept.".into(),
            kind: Kind::Recommended,
            ..Resolution::default()
        }]),
        ..Item::default()
    };
    let mut view = ItemView::of(&item, "https://minutes.example");
    view.committee = NameView { slug: "tea".into(), name: "Tea Committee".into() };
    view.council = Some("Borough of Example".into());
    view.date = Some("2019-09-17".into());
    view.status = "approved".into();
    view.source.fetched_at = Some("2026-11-23T10:00:00Z".into());
    view.source.sha256 = Some("abc123".into());
    view
}

#[test]
fn a_clause_is_quoted_with_body_day_number_address_and_hash() {
    let view = view();
    let text = Citation::new(&view, Some(&view.resolutions[0])).text();
    for part in [
        "“That tea_time be kept.”",
        "Borough of Example, Tea Committee",
        "17 September 2019",
        "minute 24",
        "recommended 2",
        "https://council.example/mgAi.aspx?ID=7&x=1",
        "fetched 23 November 2026",
        "SHA-256 abc123",
    ] {
        assert!(text.contains(part), "{part} is missing from {text}");
    }
    assert!(text.ends_with(&format!(
        "https://minutes.example/items/site-i7#{}",
        view.resolutions[0].anchor
    )));
}

#[test]
fn each_form_escapes_its_own_marks() {
    let view = view();
    let citation = Citation::new(&view, Some(&view.resolutions[0])).all();
    assert!(citation.markdown.starts_with("> That tea\\_time be kept."), "{}", citation.markdown);
    assert!(citation.markdown.contains("\\*off\\*"));
    assert!(citation.bibtex.contains("Tea \\& \\{cake\\} at 5\\% *off*"), "{}", citation.bibtex);
    assert!(citation.bibtex.starts_with("@misc{site-i7-r-"));
    let csl: Value = serde_json::from_str(&citation.csl).unwrap();
    assert_eq!(csl[0]["title"], "Tea & {cake} at 5% *off*");
    assert_eq!(csl[0]["issued"]["date-parts"][0][0], 2019);
    assert_eq!(csl[0]["section"], "recommended 2");
}

#[test]
fn people_are_sent_to_the_page_whatever_the_words_were_read_from() {
    let mut view = view();
    let service = "https://council.example/mgWebService.asmx/GetMeeting?lMeetingId=3";
    view.source.url = Some(service.into());
    let text = Citation::new(&view, None).text();
    assert!(
        text.contains(&format!(
            "Published at https://council.example/mgAi.aspx?ID=7&x=1 (read from {service} on 23 November 2026, SHA-256 abc123)"
        )),
        "{text}"
    );
    view.status = "agenda".into();
    assert!(Citation::new(&view, None).text().contains(", item 24, "));
}

#[test]
fn a_whole_item_is_cited_without_quotation() {
    let citation = Citation::new(&view(), None);
    assert!(citation.text().starts_with("Borough of Example, Tea Committee, 17 September 2019"));
    assert!(!citation.bibtex().contains("``"));
}
