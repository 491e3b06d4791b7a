//! SKOS, from Turtle (which N-Triples is a part of) or RDF/XML.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;

use super::Concept;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const REPLACED: &str = "http://purl.org/dc/terms/isReplacedBy";
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";

pub(super) fn turtle(text: &str) -> Result<BTreeMap<String, Concept>> {
    let mut graph = Graph::default();
    for triple in TurtleParser::new().for_slice(text) {
        graph.add(triple?);
    }
    Ok(graph.concepts())
}

pub(super) fn xml(text: &str) -> Result<BTreeMap<String, Concept>> {
    let mut graph = Graph::default();
    for triple in RdfXmlParser::new().for_slice(text) {
        graph.add(triple?);
    }
    Ok(graph.concepts())
}

/// What the triples say of each concept, by its address.
#[derive(Debug, Default)]
struct Graph {
    /// The label with how well its language fits: English first, then none, then any.
    labels: BTreeMap<String, (u8, String)>,
    others: HashMap<String, Vec<String>>,
    broader: HashMap<String, Vec<String>>,
    replaced: HashMap<String, String>,
    deprecated: HashSet<String>,
}

impl Graph {
    fn add(&mut self, triple: Triple) {
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else { return };
        let subject = subject.into_string();
        let predicate = triple.predicate.as_str();
        match (predicate.strip_prefix(SKOS).unwrap_or(predicate), triple.object) {
            ("prefLabel", Term::Literal(label)) => {
                let fit = match label.language() {
                    Some(language) if language.starts_with("en") => 0,
                    None => 1,
                    Some(_) => 2,
                };
                let words = label.value().to_owned();
                match self.labels.get(&subject) {
                    Some((known, _)) if *known <= fit => {
                        self.others.entry(subject).or_default().push(words);
                    }
                    _ => {
                        if let Some((_, before)) = self.labels.insert(subject.clone(), (fit, words))
                        {
                            self.others.entry(subject).or_default().push(before);
                        }
                    }
                }
            }
            ("altLabel" | "hiddenLabel", Term::Literal(label)) => {
                self.others.entry(subject).or_default().push(label.value().to_owned());
            }
            ("broader" | "broaderTransitive" | "broadMatch", Term::NamedNode(wider)) => {
                self.broader.entry(subject).or_default().push(wider.into_string());
            }
            ("narrower", Term::NamedNode(narrower)) => {
                self.broader.entry(narrower.into_string()).or_default().push(subject);
            }
            (REPLACED, Term::NamedNode(by)) => {
                self.replaced.insert(subject, by.into_string());
            }
            (DEPRECATED, Term::Literal(value)) if matches!(value.value(), "true" | "1") => {
                self.deprecated.insert(subject);
            }
            _ => {}
        }
    }

    fn concepts(mut self) -> BTreeMap<String, Concept> {
        let mut concepts = BTreeMap::new();
        let mut former: Vec<(String, Vec<String>)> = Vec::new();
        for (key, (_, label)) in self.labels {
            let others = self.others.remove(&key).unwrap_or_default();
            // What another concept replaced is what that one was called.
            if let Some(by) = self.replaced.remove(&key) {
                former.push((by, std::iter::once(label).chain(others).collect()));
                continue;
            }
            if self.deprecated.contains(&key) {
                continue;
            }
            let broader = self.broader.remove(&key).unwrap_or_default();
            concepts.insert(key, Concept { label, others, broader, ..Concept::default() });
        }
        for (by, labels) in former {
            if let Some(concept) = concepts.get_mut(&by) {
                concept.former.extend(labels);
            }
        }
        concepts
    }
}
