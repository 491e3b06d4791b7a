//! The pages, asked by selectors: titles, landmarks, the form, filters, results, dates, nothing found, an item and its citations.

use minutebook::web::{App, CrawlHealth, FailingPage, Settings, SiteHealth};
use minutebook_index::Index;
use minutebook_record::Doubt;

use super::{Site, records};

const ITEM: &str = "/items/minutes.wexborough.example.invalid-i101";

/// One address of every kind of page.
pub(super) const EVERY: &[&str] = &[
    "/",
    "/search",
    "/search?q=education",
    "/search?q=nosuchwordatall",
    "/search?sort=oldest&routine=show&per_page=5&page=3",
    ITEM,
    "/items/minutes.wexborough.example.invalid-i101?q=home+education",
    "/items/minutes.wexborough.example.invalid-i104",
    "/items/minutes.wexborough.example.invalid-i101/cite",
    "/meetings/minutes.wexborough.example.invalid-m11",
    "/meetings/minutes.wexborough.example.invalid-m13",
    "/committees",
    "/committees/cabinet",
    "/roles",
    "/roles/section-151-officer",
    "/topics",
    "/topics/elective-home-education",
    "/councils",
    "/councils/wexborough-council",
    "/held",
    "/help",
    "/about-crawler",
    "/privacy",
    "/accessibility",
    "/api",
];

#[tokio::test]
async fn every_page_has_its_frame() {
    let site = Site::new().await;
    for path in EVERY {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.len() < 60_000, "{path} weighs {} bytes", answer.body.len());
        let page = answer.html();
        assert_eq!(page.texts("h1").len(), 1, "{path}");
        assert_eq!(page.attributes("html", "lang"), ["en-GB"], "{path}");
        assert!(page.text("title").ends_with("Minutebook"), "{path}: {}", page.text("title"));
        for landmark in ["header.top", "nav[aria-label=Main]", "main#main", "footer"] {
            assert!(page.has(landmark), "{path} has no {landmark}");
        }
        assert_eq!(
            page.attributes("body > a:first-child", "href"),
            ["#main"],
            "{path}: skip link first"
        );
        assert_eq!(page.attributes("link[rel=canonical]", "href").len(), 1, "{path}");
        assert!(
            !page.has("[style], [onclick], script:not([type='application/ld+json'])"),
            "{path}"
        );
        for href in page.attributes("a[href^='#']", "href").iter().filter(|href| href.len() > 1) {
            assert!(page.has(&format!("[id='{}']", &href[1..])), "{path}: {href} leads nowhere");
        }
    }
}

#[tokio::test]
async fn no_link_of_the_site_leads_nowhere() {
    let site = Site::new().await;
    let mut asked = std::collections::HashSet::new();
    let mut open: Vec<String> = EVERY.iter().map(|&path| path.to_owned()).collect();
    let mut followed = 0;
    while let Some(path) = open.pop() {
        if !asked.insert(path.clone()) || followed > 400 {
            continue;
        }
        followed += 1;
        let answer = site.get(&path).await;
        assert!(matches!(answer.status, 200 | 303), "{path} answers {}", answer.status);
        if answer.header("content-type").starts_with("text/html") {
            for href in answer.html().attributes("a[href^='/'], link[href^='/']", "href") {
                open.push(href.split('#').next().unwrap().to_owned());
            }
        }
    }
    assert!(followed > 150, "{followed} addresses were followed");
}

#[tokio::test]
async fn results_are_cards_that_open_at_the_passage() {
    let site = Site::new().await;
    let page = site.page("/search?q=home+education").await;
    assert!(page.text("title").starts_with("home education – 1 result"), "{}", page.text("title"));
    assert_eq!(page.attributes("#q", "value"), ["home education"]);
    assert_eq!(page.attributes("#q", "type"), ["search"]);
    let card = page.text(".card");
    for part in [
        "Improving Lives Panel",
        "17 September 2019",
        "24",
        "Elective Home Education: annual report",
        "Recommended 2)",
    ] {
        assert!(card.contains(part), "{part} is missing from {card}");
    }
    assert!(page.has(".card .snippet mark"));
    assert_eq!(page.attributes(".card time", "datetime"), ["2019-09-17"]);
    let href = page.attributes(".card .title a", "href").remove(0);
    let (path, anchor) = href.split_once('#').unwrap();
    let item = site.page(path).await;
    assert!(item.has(&format!("[id='{anchor}']")), "{href}");
    assert!(item.has(".text mark"), "the words are marked where the result leads");
    assert!(item.has(".matches a[href^='#']"));
}

#[tokio::test]
async fn filters_can_be_chosen_seen_and_taken_away() {
    let site = Site::new().await;
    let page =
        site.page("/search?q=budget&committee=cabinet&year=2019&kind=resolved&in=resolution").await;
    let applied = page.texts(".applied li");
    assert_eq!(applied.len(), 4, "{applied:?}");
    assert!(applied[0].contains("Remove the filter Committee Cabinet"), "{applied:?}");
    let without = page.attributes(".applied li a", "href");
    assert_eq!(without[0], "/search?q=budget&year=2019&kind=resolved&in=resolution");
    assert_eq!(page.attributes(".applied p a", "href"), ["/search?q=budget"]);
    assert!(
        page.attributes("input[name=committee][checked]", "value").contains(&"cabinet".to_owned())
    );
    assert!(page.texts("fieldset legend").contains(&"Kind of decision".to_owned()));
    let total = page.texts(".results > li").len();
    assert_eq!(total, 1);
    assert_eq!(page.texts(".pager").len(), 0, "one page needs no pager");
}

#[tokio::test]
async fn a_form_becomes_the_plain_address_of_its_search() {
    let site = Site::new().await;
    let sent = "/search?q=budget&in=&committee=cabinet&from-day=&from-month=3&from-year=2018&to-day=&to-month=&to-year=2019";
    let answer = site.get(sent).await;
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        "/search?q=budget&committee=cabinet&from=2018-03-01&to=2019-12-31"
    );
    let page = site.page(answer.header("location")).await;
    assert_eq!(page.attributes("#from-month", "value"), ["3"]);
    assert_eq!(page.texts(".results > li").len(), 1);
}

#[tokio::test]
async fn a_wrong_date_is_told_beside_its_boxes() {
    let site = Site::new().await;
    let answer = site
        .get("/search?q=budget&committee=cabinet&from-day=31&from-month=2&from-year=2019")
        .await;
    assert_eq!(answer.status, 400);
    let page = answer.html();
    assert!(page.text("title").starts_with("Error: "));
    assert_eq!(page.attributes(".problem a", "href"), ["#from-day"]);
    assert!(page.text("#from-error").contains("real date"));
    assert_eq!(page.attributes("#from-day", "value"), ["31"]);
    assert_eq!(page.attributes("#q", "value"), ["budget"]);
    assert_eq!(page.attributes("input[name=committee][checked]", "value"), ["cabinet"]);
}

#[tokio::test]
async fn pages_of_results_know_their_neighbours() {
    let site = Site::new().await;
    let page = site.page("/search?q=budget&per_page=5&page=2").await;
    assert!(page.text("title").contains("(page 2 of 5)"), "{}", page.text("title"));
    assert_eq!(page.texts("[aria-current=page]"), ["2"]);
    assert_eq!(page.attributes(".pager a[rel=prev]", "href"), ["/search?q=budget&per_page=5"]);
    assert_eq!(
        page.attributes(".pager a[rel=next]", "href"),
        ["/search?q=budget&per_page=5&page=3"]
    );
    assert_eq!(page.attributes("ol.results", "start"), ["6"]);
    let api = site.get("/api/v1/search?q=budget&per_page=5&page=2").await.json();
    assert!(page.text("h1").starts_with(&format!("{} results", api["total"])));
}

#[tokio::test]
async fn nothing_found_says_what_was_searched() {
    let site = Site::new().await;
    let page = site.page("/search?q=nosuchwordatall").await;
    assert_eq!(page.text("h1"), "No results for “nosuchwordatall”");
    assert!(
        page.text(".nothing").contains("items from 26 meetings of Wexborough Council"),
        "{}",
        page.text(".nothing")
    );
    let filtered = site.page("/search?q=crossing&committee=cabinet").await;
    assert!(filtered.text(".nothing h2").contains("within these filters"));
}

#[tokio::test]
async fn an_item_shows_its_decisions_and_its_provenance() {
    let site = Site::new().await;
    let page = site.page(ITEM).await;
    assert!(page.text("title").starts_with(
        "24. Elective Home Education: annual report – Improving Lives Panel, 17 September 2019"
    ));
    assert_eq!(page.texts(".clause").len(), 3);
    assert!(
        page.texts(".clause")[1].contains("Recommended to the Cabinet"),
        "{:?}",
        page.texts(".clause")
    );
    assert_eq!(page.texts(".text .part"), ["From the agenda", "Minutes", "Votes"]);
    assert!(page.text(".banner").contains("Unofficial copy"));
    assert_eq!(
        page.attributes(".banner a", "href"),
        ["https://minutes.wexborough.example.invalid/mgAi.aspx?ID=101"]
    );
    let source = page.text(".source");
    for part in ["20 November 2026 at 9:30am", "9f86d081884c7d65"] {
        assert!(source.contains(part), "{part}: {source}");
    }
    let crumbs = page.texts(".crumbs li");
    assert_eq!(
        crumbs,
        ["Home", "Wexborough Council", "Improving Lives Panel", "17 September 2019", "Item 24"]
    );
    let roles = page.text("section[aria-labelledby=roles]");
    assert!(roles.contains("Assistant Director, Education presented and advised"), "{roles}");
    assert!(
        page.text("section[aria-labelledby=votes]").contains("carried 9 for 2 against 1 abstained")
    );
    assert_eq!(
        page.attributes(".neighbours a[rel=prev]", "href"),
        ["/items/minutes.wexborough.example.invalid-i100"]
    );
    let restricted = site.page("/items/minutes.wexborough.example.invalid-i104").await;
    assert!(restricted.text(".text").contains("not published"));
    let draft = site.page("/items/minutes.wexborough.example.invalid-i102").await;
    assert!(draft.text(".banner").contains("draft minutes"));
}

#[tokio::test]
async fn linked_data_says_who_met_and_what_it_is_based_on() {
    let site = Site::new().await;
    let data = |page: &super::Page| -> serde_json::Value {
        serde_json::from_str(&page.texts("script[type='application/ld+json']").remove(0)).unwrap()
    };
    let item = data(&site.page(ITEM).await);
    assert_eq!(item["@type"], "Report");
    assert_eq!(item["isPartOf"]["organizer"]["name"], "Improving Lives Panel");
    assert_eq!(item["isBasedOn"], "https://minutes.wexborough.example.invalid/mgAi.aspx?ID=101");
    let meeting = data(&site.page("/meetings/minutes.wexborough.example.invalid-m11").await);
    assert_eq!((&meeting["@type"], &meeting["startDate"]), (&"Event".into(), &"2019-09-17".into()));
    let home = data(&site.page("/").await);
    assert_eq!(home["potentialAction"]["@type"], "SearchAction");
}

#[tokio::test]
async fn a_clause_has_its_own_citation_in_four_forms() {
    let site = Site::new().await;
    let item = site.page(ITEM).await;
    let cite = item.attributes(".clause .tools a[href*='/cite']", "href").remove(1);
    let page = site.page(&cite).await;
    assert!(
        page.text("#cite-text").contains("“That it be recommended to the Cabinet"),
        "{}",
        page.text("#cite-text")
    );
    for (ending, kind) in [
        ("txt", "text/plain; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ] {
        let file = site.get(&cite.replace("/cite?", &format!("/cite.{ending}?"))).await;
        assert_eq!((file.status, file.header("content-type")), (200, kind));
        assert!(file.body.contains("Elective Home Education"), "{}", file.body);
    }
    assert_eq!(site.get(&format!("{ITEM}/cite?clause=r-00000000")).await.status, 404);
    assert_eq!(site.get(&format!("{ITEM}/cite.exe")).await.status, 404);
}

#[tokio::test]
async fn a_committee_a_topic_and_a_role_have_their_pages() {
    let site = Site::new().await;
    let cabinet = site.page("/committees/cabinet").await;
    assert!(
        cabinet.text(".lead").starts_with("23 meetings with 46 items, 2004 to 2026"),
        "{}",
        cabinet.text(".lead")
    );
    assert_eq!(cabinet.texts("svg.chart a").len(), 23);
    let panel = site.page("/committees/improving-lives-panel").await;
    assert!(panel.text("section[aria-labelledby=requests]").contains("due 17 March 2020"));
    let role = site.page("/roles/section-151-officer").await;
    assert!(role.text(".lead").starts_with("23 items"), "{}", role.text(".lead"));
    let topic = site.page("/topics/elective-home-education").await;
    assert_eq!(topic.text("h1"), "Elective home education");
    assert_eq!(
        topic.attributes("link[type='application/atom+xml']", "href"),
        ["/topics/elective-home-education/feed.atom"]
    );
    for path in [
        "/committees/none",
        "/roles/none",
        "/topics/none",
        "/councils/none",
        "/meetings/none",
        "/items/none",
        "/years/19",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.html().text("main").contains("Ways on"), "{path}");
    }
    assert_eq!(site.get("/years/2019").await.header("location"), "/search?year=2019&sort=newest");
}

#[tokio::test]
async fn what_is_held_counts_meetings_by_committee_and_year() {
    let site = Site::new().await;
    let page = site.page("/held").await;
    assert_eq!(page.texts(".heat tbody tr").len(), 3);
    assert_eq!(
        page.attributes(".heat a[aria-label='Improving Lives Panel, in 2019: 1 meeting']", "href"),
        ["/search?committee=improving-lives-panel&year=2019"]
    );
    assert!(
        page.text("main").contains("1 items have no date")
            || page.text("main").contains("1 item has no date")
    );
}

#[tokio::test]
async fn what_cannot_be_searched_and_what_failed_is_named() {
    let mut meetings = records::meetings();
    let scan = "https://minutes.wexborough.example.invalid/documents/g11/scan.pdf";
    meetings[0].doubts.push(Doubt::new("pdf-without-text", "a scan").at(scan));
    let folder = tempfile::tempdir().unwrap();
    super::fill(folder.path(), &meetings);
    let failing = FailingPage {
        url: "https://minutes.wexborough.example.invalid/mgAi.aspx?ID=7".to_owned(),
        outcome: "erroneous".to_owned(),
        reason: Some("status 500".to_owned()),
        held: true,
    };
    let health = CrawlHealth::from(move || {
        vec![SiteHealth {
            site: "https://minutes.wexborough.example.invalid/".to_owned(),
            council: Some(records::COUNCIL.to_owned()),
            last_crawl: "2026-11-22T03:30:00Z".parse().ok(),
            pages: 1_204,
            waiting: 12,
            failures: vec![("gone".to_owned(), 2), ("erroneous".to_owned(), 30)],
            failing: 30,
            named: vec![failing.clone()],
        }]
    });
    let index = Index::open(folder.path()).unwrap();
    let site =
        super::Site::serving(folder, App::with_health(index, Settings::default(), health)).await;
    let page = site.page("/held").await;
    let text = page.text("main");
    for said in [
        "1 meeting or item is published only as documents without readable text (scanned)",
        "1,204 pages kept from",
        "Last crawled 22 November 2026 at 3:30am",
        "12 more addresses are known and still to be asked for",
        "2: no longer published by the council",
        "30: an error page",
        "the latest 1 of 30",
        "an error page (status 500); an earlier version is held",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(page.attributes(&format!("a[href='{scan}']"), "href").len(), 1);
    let none = site.page("/search?q=nosuchwordatall").await.text(".nothing");
    assert!(none.contains("1 meeting or item could not be searched"), "{none}");
}

#[tokio::test]
async fn an_empty_index_says_so() {
    let site = Site::of(&[], minutebook::web::Settings::default()).await;
    assert!(site.page("/").await.text(".held").contains("Nothing is held yet"));
    for path in ["/search", "/search?q=x", "/committees", "/roles", "/topics", "/held", "/councils"]
    {
        assert_eq!(site.get(path).await.status, 200, "{path}");
    }
    assert_eq!(site.get("/api/v1/search").await.json()["total"], 0);
    assert_eq!(records::COUNCIL, "Wexborough Council");
}
