//! Parameters: strictness for programs, kindness for people, and addresses that come back the same.

use super::*;

fn strict(query: &str) -> Result<Search, Vec<BadParameter>> {
    search(&Raw::parse(query), Face::Strict)
}

fn kindly(query: &str) -> Result<Search, Vec<BadParameter>> {
    search(&Raw::parse(query), Face::Kind)
}

#[test]
fn a_program_hears_which_parameter_is_wrong() {
    for (query, name) in [
        ("comittee=x", "comittee"),
        ("q=a&q=b", "q"),
        ("committee=", "committee"),
        ("from=2019-02-31", "from"),
        ("from=2019", "from"),
        ("to=2019-01-01T00:00", "to"),
        ("year=19", "year"),
        ("year=0999", "year"),
        ("year=+019", "year"),
        ("page=0", "page"),
        ("page=10001", "page"),
        ("page=", "page"),
        ("per_page=101", "per_page"),
        ("per_page=0", "per_page"),
        ("per_page=1e1", "per_page"),
        ("in=everywhere", "in"),
        ("kind=agreed", "kind"),
        ("sort=best", "sort"),
        ("routine=1", "routine"),
        ("q=%ff", "q"),
        ("=x", ""),
    ] {
        let bad = strict(query).unwrap_err();
        assert_eq!(bad[0].name, name, "{query}");
        assert!(bad[0].message.contains(name), "{query}: {}", bad[0].message);
    }
    let long = format!("q={}", "x".repeat(super::MAX_TEXT + 1));
    assert_eq!(strict(&long).unwrap_err()[0].name, "q");
    let many = (0..51).map(|n| format!("role=r{n}")).collect::<Vec<_>>().join("&");
    assert_eq!(strict(&many).unwrap_err()[0].name, "role");
}

#[test]
fn a_search_survives_its_own_address() {
    let query = "q=a%26b+%22c%22&committee=x&committee=y&from=2019-01-01&to=2019-12-31&year=2019&role=r&topic=t&kind=noted&council=c&in=title&sort=oldest&routine=show&synonyms=off&as_words=d1&per_page=5&page=3";
    let first = strict(query).unwrap();
    assert_eq!(first.text, "a&b \"c\"");
    assert_eq!(first.filters.committee, ["x", "y"]);
    let address = crate::web::links::query(&pairs(&first));
    assert_eq!(strict(&address).unwrap(), first);
    assert!(pairs(&Search::default()).is_empty(), "what is as it comes stands in no address");
}

#[test]
fn a_person_may_leave_boxes_empty_and_bring_strange_parameters() {
    let search = kindly("q=+tea+&committee=&from-day=&sort=&utm_source=x").unwrap();
    assert_eq!(search, Search { text: " tea ".into(), ..Search::default() });
}

#[test]
fn three_boxes_make_a_day_and_parts_make_a_span() {
    let span = |query: &str| {
        let filters = kindly(query).unwrap().filters;
        (filters.from.map(|d| d.to_string()), filters.to.map(|d| d.to_string()))
    };
    let whole = span("from-day=27&from-month=3&from-year=2019&to-month=feb&to-year=2020");
    assert_eq!(whole, (Some("2019-03-27".into()), Some("2020-02-29".into())));
    assert_eq!(span("from-year=2019&to-year=2019").1.unwrap(), "2019-12-31");
    assert_eq!(
        span("from=2019&to=2019-06"),
        (Some("2019-01-01".into()), Some("2019-06-30".into()))
    );
    for (query, part) in [
        ("from-day=31&from-month=2&from-year=2019", "real date"),
        ("from-day=1", "year"),
        ("from-day=1&from-year=2019", "month"),
        ("from-month=13&from-year=2019", "month"),
        ("from-year=19", "4 numbers"),
        ("from=2019-xx-01", "month"),
    ] {
        let bad = kindly(query).unwrap_err();
        assert_eq!(bad[0].name, "from", "{query}");
        assert!(bad[0].message.contains(part), "{query}: {}", bad[0].message);
    }
    assert_eq!(kindly("from=2020&to=2019").unwrap_err()[0].name, "to");
}

#[test]
fn the_list_of_parameters_is_the_readers_own() {
    // Every known parameter is read: its example changes the search or is what holds anyway.
    for known in KNOWN {
        let query = crate::web::links::query(&[(known.name, known.example.to_owned())]);
        let search = strict(&query).unwrap_or_else(|bad| panic!("{}: {bad:?}", known.name));
        assert_ne!(search, Search::default(), "{} does nothing", known.name);
    }
}
