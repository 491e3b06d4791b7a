//! Topics of an item, with why. Guards and points are those of the vocabulary's README: title 3, resolution 3, several words
//! in the text 2, a single word 1; single words count only where they are trusted, in a title or in a resolution; acronyms
//! in capitals with their context; at most five topics, none on procedural items.

mod matcher;

use std::collections::{BTreeMap, HashSet};

use minutebook_record::vocabulary::Topics;
use minutebook_record::{Item, Part, TopicTag};

use matcher::{Hit, Matcher, Text};

/// The most topics an item carries.
const MOST: usize = 5;

/// The vocabulary made ready for reading.
#[derive(Debug)]
pub(crate) struct Tagger {
    matcher: Matcher,
    /// Ids of each topic's ancestors.
    ancestors: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default)]
struct Evidence {
    title: bool,
    resolution: bool,
    body: u32,
    /// Mentions in the text, several words and single.
    mentions: u32,
    /// The strongest place and its words.
    best: Option<(u32, String, String)>,
    /// First mention among the item's passages.
    first: usize,
}

impl Tagger {
    pub(crate) fn new(topics: &Topics) -> Tagger {
        let ancestors = topics
            .iter()
            .map(|t| {
                let above = topics.ancestors(&t.id).into_iter().map(str::to_owned).collect();
                (t.id.clone(), above)
            })
            .collect();
        Tagger { matcher: Matcher::new(topics), ancestors }
    }

    /// The tags of an item, best first.
    pub(crate) fn tags(&self, item: &Item) -> Vec<TopicTag> {
        let title = Text::new(&item.title);
        let bodies: Vec<(Part, Text<'_>)> =
            item.passages.iter().map(|p| (p.part, Text::new(&p.text))).collect();
        let decided: Vec<Text<'_>> = item
            .resolutions()
            .iter()
            .flat_map(|r| r.lead_in.iter().map(String::as_str).chain([r.text.as_str()]))
            .map(Text::new)
            .collect();
        let mut all: HashSet<&str> = title.stems.iter().map(String::as_str).collect();
        all.extend(bodies.iter().flat_map(|(_, t)| t.stems.iter().map(String::as_str)));
        let length: usize = bodies.iter().map(|(_, t)| t.words.len()).sum();

        let mut found: BTreeMap<usize, Evidence> = BTreeMap::new();
        let mut add = |text: &Text<'_>, hit: &Hit, points: u32, place: &str, passage: usize| {
            if hit.acronym.is_some_and(|context| !self.matcher.in_context(context, &all)) {
                return;
            }
            let evidence = found
                .entry(hit.topic)
                .or_insert_with(|| Evidence { first: passage, ..Evidence::default() });
            match place {
                "title" => evidence.title = true,
                "resolution" => evidence.resolution = true,
                _ => {
                    evidence.body = evidence.body.max(points);
                    evidence.mentions += 1;
                }
            }
            if evidence.best.as_ref().is_none_or(|(best, ..)| points > *best) {
                let words =
                    text.words[hit.from..hit.to].iter().map(|w| w.printed).collect::<Vec<_>>();
                evidence.best = Some((points, place.to_owned(), words.join(" ")));
            }
        };
        for hit in self.matcher.find(&title) {
            add(&title, &hit, 3, "title", 0);
        }
        for text in &decided {
            for hit in self.matcher.find(text) {
                add(text, &hit, 3, "resolution", 0);
            }
        }
        for (passage, (part, text)) in bodies.iter().enumerate() {
            for hit in self.matcher.find(text).iter().filter(|hit| hit.trusted) {
                add(text, hit, if hit.single { 1 } else { 2 }, part.as_str(), passage);
            }
        }
        self.choose(found, length)
    }

    fn choose(&self, found: BTreeMap<usize, Evidence>, length: usize) -> Vec<TopicTag> {
        let mut tags: Vec<(u32, usize, TopicTag)> = Vec::new();
        for (topic, evidence) in found {
            let Some((_, place, words)) = evidence.best else { continue };
            let base =
                3 * u32::from(evidence.title) + 3 * u32::from(evidence.resolution) + evidence.body;
            // One passing mention in a long text is no subject.
            let passing = !evidence.title && !evidence.resolution && {
                let needed = 1 + length / 250;
                (evidence.mentions as usize) < needed.min(4)
            };
            if passing || base == 0 {
                continue;
            }
            let tag = TopicTag {
                topic: self.matcher.ids[topic].clone(),
                score: base,
                place,
                evidence: words,
            };
            tags.push((base * 4 + evidence.mentions.min(3), evidence.first, tag));
        }
        // A wider topic says nothing beside a narrower one at least as strong.
        let narrower: Vec<(u32, &Vec<String>)> = tags
            .iter()
            .filter_map(|(score, _, tag)| self.ancestors.get(&tag.topic).map(|a| (*score, a)))
            .collect();
        let wide: HashSet<String> = tags
            .iter()
            .filter(|(score, _, tag)| {
                narrower.iter().any(|(other, above)| other >= score && above.contains(&tag.topic))
            })
            .map(|(_, _, tag)| tag.topic.clone())
            .collect();
        tags.retain(|(_, _, tag)| !wide.contains(&tag.topic));
        tags.sort_by(|a, b| (b.0, a.1, &a.2.topic).cmp(&(a.0, b.1, &b.2.topic)));
        tags.truncate(MOST);
        tags.into_iter().map(|(_, _, tag)| tag).collect()
    }
}

#[cfg(test)]
mod tests;
