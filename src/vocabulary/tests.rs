//! Each published form, small.

use super::*;

const TURTLE: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://vocabulary.example/> .
:lanterns a skos:Concept ; skos:prefLabel "Gorymdaith"@cy , "Lantern parades"@en ; skos:altLabel "lantern procession"@en ;
  skos:broader :festivals .
:festivals skos:prefLabel "Local festivals" ; skos:narrower :wakes .
:wakes skos:prefLabel "Wakes weeks" .
:feasts skos:prefLabel "Feast days" ; dct:isReplacedBy :wakes .
:gone skos:prefLabel "Gone" ; owl:deprecated true .
"#;

const XML: &str = r#"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://vocabulary.example/lanterns">
    <skos:prefLabel xml:lang="en">Lantern parades</skos:prefLabel>
    <skos:altLabel>Lantern procession</skos:altLabel>
    <skos:broader rdf:resource="https://vocabulary.example/festivals"/>
  </skos:Concept>
  <skos:Concept rdf:about="https://vocabulary.example/festivals"><skos:prefLabel>Local festivals</skos:prefLabel></skos:Concept>
</rdf:RDF>"#;

const TRIPLES: &str =
    "<https://v.example/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Lantern parades\" .\n";

const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ControlledList ItemName="IPSV" xmlns="http://www.esd.org.uk/standards">
<Item Id="7" Obsolete="false" Preferred="true"><Name>Lanterns &amp; parades</Name><ScopeNotes /><BroaderItem Id="9">Local festivals</BroaderItem></Item>
<Item Id="8" Obsolete="false" Preferred="false"><Name>Lantern procession</Name><UseItem Id="7">Lanterns</UseItem></Item>
<Item Id="9" Obsolete="false" Preferred="true"><Name>Local festivals</Name></Item>
<Item Id="10" Obsolete="true" Preferred="false"><Name>Wakes</Name><UseItem Id="9">Local festivals</UseItem></Item>
</ControlledList>"#;

fn read(text: &str) -> Vec<Topic> {
    parse(text).unwrap()
}

#[test]
fn turtle_with_languages_and_history() {
    let topics = read(TURTLE);
    let ids: Vec<_> = topics.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["local-festivals", "lantern-parades", "wakes-weeks"]);
    assert_eq!(topics[1].printed, ["gorymdaith", "lantern procession"]);
    assert_eq!(topics[1].broader, ["local-festivals"]);
    assert_eq!(topics[2].broader, ["local-festivals"]);
    assert_eq!(topics[2].historic, ["feast days"]);
}

#[test]
fn rdf_xml_and_n_triples() {
    let topics = read(XML);
    assert_eq!(topics.len(), 2);
    assert_eq!(topics[1].label, "Lantern parades");
    assert_eq!(topics[1].printed, ["lantern procession"]);
    assert_eq!(topics[1].broader, ["local-festivals"]);
    assert_eq!(read(TRIPLES)[0].id, "lantern-parades");
}

#[test]
fn a_controlled_list_keeps_its_numbers() {
    let topics = read(LIST);
    assert_eq!(topics[0].label, "Lanterns & parades");
    assert_eq!(topics[0].ipsv, Some(7));
    assert_eq!(topics[0].printed, ["lantern procession"]);
    assert_eq!(topics[0].broader, ["local-festivals"]);
    assert_eq!(topics[1].historic, ["wakes"]);
}

#[test]
fn what_is_no_vocabulary_says_so() {
    for text in [
        "",
        "hello",
        "<?xml version=\"1.0\"?><html/>",
        "{}",
        "<?xml version=\"1.0\"?><ControlledList",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
    let missing = load(&["/nowhere/vocabulary.ttl"]).unwrap_err();
    assert!(format!("{missing:#}").contains("/nowhere/vocabulary.ttl"));
}

/// The whole of IPSV, where it is at hand.
#[test]
fn the_published_list_is_read_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vocabularies/ipsv-2.00.xml");
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let topics = read(&text);
    assert!(topics.len() > 3000, "{}", topics.len());
    let home = topics.iter().find(|t| t.ipsv == Some(1610)).unwrap();
    assert!(home.label.to_lowercase().contains("education"), "{}", home.label);
}
