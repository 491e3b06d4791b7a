//! The JSON API by its contract: strict parameters, problems, paging, links, entity tags, methods, headers.

use std::collections::HashSet;

use reqwest::Method;

use super::{Site, records};

#[tokio::test]
async fn an_answer_has_every_part_of_the_contract() {
    let site = Site::new().await;
    let answer = site.get("/api/v1/search?q=home+education").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    let json = answer.json();
    for part in
        ["query", "total", "page", "per_page", "took_ms", "results", "facets", "coverage", "links"]
    {
        assert!(json.get(part).is_some(), "{part} is missing");
    }
    for part in ["text", "understood", "corrections", "expansions"] {
        assert!(json["query"].get(part).is_some(), "query.{part} is missing");
    }
    let hit = &json["results"][0];
    for part in [
        "id",
        "url",
        "source_url",
        "title",
        "number",
        "committee",
        "date",
        "council",
        "snippet",
        "matched_in",
        "roles",
        "topics",
        "resolutions",
        "first_seen",
    ] {
        assert!(hit.get(part).is_some(), "results[].{part} is missing");
    }
    assert_eq!(hit["id"], "minutes.wexborough.example.invalid-i101");
    assert_eq!(hit["committee"]["slug"], "improving-lives-panel");
    assert_eq!(hit["date"], "2019-09-17");
    assert_eq!(hit["council"], records::COUNCIL);
    assert!(hit["snippet"].as_str().unwrap().contains("<mark>"));
    assert_eq!(hit["resolutions"][1]["kind"], "recommended");
    let item = site.get(hit["url"].as_str().unwrap().strip_prefix(&site.base).unwrap()).await;
    assert_eq!(item.status, 200);
    for facet in ["committee", "year", "role", "topic", "kind", "council"] {
        let entry = &json["facets"][facet][0];
        let filtered =
            format!("/api/v1/search?q=home+education&{facet}={}", entry["value"].as_str().unwrap());
        let total = site.get(&filtered).await.json()["total"].clone();
        assert_eq!(total, entry["count"], "the count of {facet} is what its filter finds");
    }
}

#[tokio::test]
async fn paging_yields_every_result_once() {
    let site = Site::new().await;
    let mut next = Some("/api/v1/search?routine=show&per_page=7".to_owned());
    let mut seen = HashSet::new();
    let mut total = 0;
    while let Some(path) = next {
        let answer = site.get(&path).await;
        let json = answer.json();
        total = json["total"].as_u64().unwrap();
        for hit in json["results"].as_array().unwrap() {
            assert!(
                seen.insert(hit["id"].as_str().unwrap().to_owned()),
                "{} came twice",
                hit["id"]
            );
        }
        let link = json["links"]["next"].as_str().map(str::to_owned);
        let header = answer.header("link");
        assert!(header.contains("rel=\"self\"") && header.contains("rel=\"first\""), "{header}");
        assert_eq!(header.contains("rel=\"next\""), link.is_some());
        next = link.map(|link| link.strip_prefix(&site.base).unwrap().to_owned());
    }
    assert_eq!(seen.len() as u64, total);
    assert_eq!(total, 52);
    let beyond = site.get("/api/v1/search?page=9000&per_page=100").await;
    assert_eq!(beyond.status, 200);
    assert_eq!(beyond.json()["results"].as_array().unwrap().len(), 0);
    assert_eq!(beyond.json()["links"]["next"], serde_json::Value::Null);
}

#[tokio::test]
async fn what_is_wrong_is_named_in_a_problem() {
    let site = Site::new().await;
    for (path, parameter) in [
        ("/api/v1/search?comittee=x", "comittee"),
        ("/api/v1/search?q=a&q=b", "q"),
        ("/api/v1/search?from=yesterday", "from"),
        ("/api/v1/search?per_page=101", "per_page"),
        ("/api/v1/search?page=10001", "page"),
        ("/api/v1/search?q=%FF", "q"),
        ("/api/v1/committees?x=1", "x"),
        ("/api/v1/openapi.json?x=1", "x"),
        ("/search.csv?sort=best", "sort"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["status"], 400);
        assert_eq!(problem["errors"][0]["parameter"], parameter, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(parameter));
        assert_eq!(problem["instance"], path.split('?').next().unwrap());
        assert!(problem["type"].as_str().unwrap().starts_with(&site.base));
    }
    for path in ["/api/v1/items/none", "/api/v1/meetings/none", "/api/v1/nothing", "/api/v2/search"]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn only_reading_is_answered() {
    let site = Site::new().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let answer = site.send(method.clone(), "/api/v1/search?q=x", &[]).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("allow"), "GET,HEAD");
    }
    let head = site.send(Method::HEAD, "/api/v1/search?q=budget", &[]).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let ask = [("origin", "https://elsewhere.example"), ("access-control-request-method", "GET")];
    let preflight = site.send(Method::OPTIONS, "/api/v1/search", &ask).await;
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    let cross =
        site.send(Method::GET, "/api/v1/search", &[("origin", "https://elsewhere.example")]).await;
    assert_eq!(cross.header("access-control-allow-origin"), "*");
    let page = site.send(Method::GET, "/search", &[("origin", "https://elsewhere.example")]).await;
    assert_eq!(page.header("access-control-allow-origin"), "", "pages are not for other sites");
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_twice() {
    let site = Site::new().await;
    let path = "/api/v1/search?q=budget";
    let first = site.get(path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert!(first.header("cache-control").starts_with("public, max-age="));
    assert!(first.header("vary").to_lowercase().contains("accept-encoding"));
    let again = site.send(Method::GET, path, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
    let other = site.send(Method::GET, "/api/v1/search?q=other", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, 200, "a tag is for its own address");
    // A new meeting is a new generation.
    let more = records::meeting(
        77,
        "Cabinet",
        None,
        vec![records::item(770, "1", "Budget of the night", vec![])],
    );
    super::fill(site.folder.path(), &[more]);
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let changed = site.send(Method::GET, path, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200);
    assert_eq!(
        changed.json()["total"].as_u64().unwrap(),
        first.json()["total"].as_u64().unwrap() + 1
    );
}

#[tokio::test]
async fn an_item_and_a_meeting_are_given_whole() {
    let site = Site::new().await;
    let item = site.get("/api/v1/items/minutes.wexborough.example.invalid-i101").await.json();
    assert_eq!(item["passages"].as_array().unwrap().len(), 8);
    assert_eq!(item["resolutions"][2]["label"], "3)");
    assert_eq!(item["source"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(item["votes"][0]["for"], 9);
    assert_eq!(item["previous"]["title"], "Apologies for absence");
    assert_eq!(item["language"], "en");
    assert_eq!(item["number"], "24");
    let meeting = site.get("/api/v1/meetings/minutes.wexborough.example.invalid-m11").await.json();
    assert_eq!(meeting["items"].as_array().unwrap().len(), 3);
    assert_eq!(meeting["items"][2]["standing"], "restricted");
    assert_eq!(meeting["time"], "17:30");
    let committees = site.get("/api/v1/committees").await.json();
    assert_eq!(committees["total"], 3);
    let roles = site.get("/api/v1/roles").await.json();
    assert!(roles["roles"].as_array().unwrap().iter().any(|r| r["slug"] == "section-151-officer"));
}

#[tokio::test]
async fn the_description_is_ours_and_names_every_parameter() {
    let site = Site::new().await;
    let api = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["info"]["title"], "Minutebook API");
    let parameters = api["paths"]["/api/v1/search"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<_> = parameters.iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "q",
            "committee",
            "from",
            "to",
            "year",
            "role",
            "topic",
            "in",
            "kind",
            "council",
            "sort",
            "page",
            "per_page",
            "routine",
            "synonyms",
            "as_words"
        ]
    );
    for path in api["paths"].as_object().unwrap().keys().filter(|path| !path.contains('{')) {
        assert_eq!(site.get(path).await.status, 200, "{path}");
    }
    let text = api.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(api["components"]["schemas"].get(name).is_some(), "{name} is described nowhere");
    }
}
