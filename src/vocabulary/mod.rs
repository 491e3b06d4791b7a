//! Published vocabularies that an operator loads besides the shipped one: SKOS in Turtle, N-Triples or RDF/XML, and the
//! esd controlled lists (the form in which IPSV is published).
//!
//! The files stay the operator's. What is read: preferred labels, other labels, what is broader, what replaced what.

mod esd;
mod skos;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use minutebook_record::id::slug;
use minutebook_record::vocabulary::{Topic, Topics};

/// One concept of a published vocabulary, named by its own identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Concept {
    label: String,
    others: Vec<String>,
    /// What it was called in other years.
    former: Vec<String>,
    broader: Vec<String>,
    /// Its number in IPSV, where the file is IPSV.
    ipsv: Option<u32>,
}

/// Reads the files and puts their topics beside the shipped ones, for the rest of this run. Where both know a topic the
/// shipped one stays.
///
/// # Errors
/// A file that cannot be read or is no vocabulary, with its name; or a second call.
pub fn load<P: AsRef<Path>>(files: &[P]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let mut more = Topics::default();
    for file in files {
        let file = file.as_ref();
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the vocabulary {name}"))?;
        let topics =
            parse(&text).with_context(|| format!("{name} is no vocabulary that can be read"))?;
        tracing::info!("{name}: {} topics", topics.len());
        for topic in topics.into_iter().filter(|t| more.get(&t.id).is_none()).collect::<Vec<_>>() {
            more.add(topic, &name)?;
        }
    }
    Topics::use_besides(more)?;
    Ok(())
}

/// The topics of one file, whichever form it has.
fn parse(text: &str) -> Result<Vec<Topic>> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let concepts = if !start.starts_with("<?xml") && !start.starts_with("<rdf:") {
        skos::turtle(text)?
    } else if text.contains("<ControlledList") {
        esd::list(text)?
    } else {
        skos::xml(text)?
    };
    if concepts.is_empty() {
        bail!("it holds no concept with a label (skos:prefLabel, or an Item with a Name)");
    }
    Ok(topics(&concepts))
}

fn topics(concepts: &BTreeMap<String, Concept>) -> Vec<Topic> {
    let id = |key: &str| concepts.get(key).map(|c| slug(&c.label)).filter(|id| !id.is_empty());
    let mut seen = HashSet::new();
    let mut made: Vec<Topic> = Vec::new();
    for (key, concept) in concepts {
        let Some(own) = id(key).filter(|own| seen.insert(own.clone())) else { continue };
        let label = concept.label.to_lowercase();
        let forms = |list: &[String]| {
            let mut forms: Vec<String> =
                list.iter().map(|f| f.trim().to_lowercase()).filter(|f| *f != label).collect();
            forms.sort();
            forms.dedup();
            forms
        };
        let mut broader: Vec<String> = concept.broader.iter().filter_map(|b| id(b)).collect();
        broader.retain(|b| *b != own);
        broader.sort();
        broader.dedup();
        made.push(Topic {
            id: own,
            label: concept.label.clone(),
            ipsv: concept.ipsv,
            broader,
            // Matched, never offered: published lists hold terms of their time.
            printed: forms(&concept.others),
            historic: forms(&concept.former),
            ..Topic::default()
        });
    }
    made
}

#[cfg(test)]
mod tests;
