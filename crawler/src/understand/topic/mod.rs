//! Topics of an item, with why. Guards and points are those of the vocabulary's README: title 3, resolution 3, several words
//! in the text 2, a single word 1; single words count only where they are trusted, in a title or in a resolution; acronyms
//! in capitals with their context; means to other things only where the title names them or the text comes back to them;
//! at most three topics, none on procedural items.

mod matcher;

use std::collections::{BTreeMap, HashSet};

use minutebook_record::vocabulary::roles::Reading;
use minutebook_record::vocabulary::{Roles, Topics};
use minutebook_record::{Item, Part, TopicTag};

use matcher::{Hit, Matcher, Text};

/// The most topics an item carries: a fourth was right less than half the time.
const MOST: usize = 3;

/// How many words are the beginning of a text.
const EARLY: usize = 80;

/// Points that mentions in the text can bring, so that length alone does not win.
const MOST_POINTS: u32 = 10;

/// Mentions of a topic that is a means to others that make it the subject without a title.
const RETURNS: u32 = 3;

/// Points of a topic that the title names by several words or a trusted one: no debate outweighs it.
const OF_TITLE: u32 = 11;

/// Points of a topic that one word of the title may mean.
const OF_WORD_IN_TITLE: u32 = 3;

/// Words that are rather a name than two words met by chance ("Section 106 agreement").
const OF_A_NAME: usize = 3;

/// Below this an item is not about the topic.
const FLOOR: u32 = 5;

/// The same for a topic that a resolution names by several words: that is decided on, however briefly.
const FLOOR_OF_NAMED: u32 = 4;

/// The vocabulary made ready for reading.
#[derive(Debug)]
pub(crate) struct Tagger {
    matcher: Matcher,
    /// Ids of each topic's ancestors.
    ancestors: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Word,
    Phrase,
}

#[derive(Debug, Default)]
struct Evidence {
    /// Named in the title: by several words or a trusted one, or only by one that needs the text to bear it out.
    title: Option<Named>,
    /// Named in a resolution: by several words, or only by one.
    resolution: Option<Named>,
    /// Most points of one mention in the text.
    body: u32,
    /// Points of all mentions in the text.
    points: u32,
    /// Mentions in the text of forms that may tag from it.
    mentions: u32,
    /// Mentions in the text of single words, which only bear out a title or a resolution.
    weak: u32,
    /// Mentioned within the first words of the text.
    early: bool,
    /// The strongest place and its words.
    best: Option<(u32, String, String)>,
    /// Words of its longest mention in a resolution.
    longest: usize,
    /// Words before the first mention.
    first: usize,
}

impl Evidence {
    /// How much an item is about the topic; nothing for a passing mention.
    fn weight(&self) -> u32 {
        let decided = match self.resolution {
            // A single word decides nothing about the subject unless the debate bears it out.
            Some(Named::Word) => self.mentions + self.weak >= 3,
            Some(Named::Phrase) => true,
            None => false,
        };
        if !decided && self.title.is_none() && self.mentions == 0 {
            return 0;
        }
        let title = match self.title {
            Some(Named::Phrase) => OF_TITLE,
            Some(Named::Word) => OF_WORD_IN_TITLE,
            None => 0,
        };
        // What an item is about is said in its title or at its beginning.
        let foremost = 6 * u32::from(self.title.is_some() || self.early);
        let weak = if decided || self.title.is_some() { self.weak.min(3) } else { 0 };
        title + foremost + 2 * u32::from(decided) + self.points.min(MOST_POINTS) + weak
    }
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
    ///
    /// `posts` holds the posts named in each passage.
    pub(crate) fn tags(&self, item: &Item, posts: &[Vec<Reading>]) -> Vec<TopicTag> {
        let title = Text::of_title(&item.title, &Roles::shipped().find(&item.title));
        let bodies: Vec<(Part, Text<'_>)> = item
            .passages
            .iter()
            .zip(posts)
            .map(|(p, posts)| (p.part, Text::with_names(&p.text, posts)))
            .collect();
        let decided: Vec<Text<'_>> = item
            .resolutions()
            .iter()
            .flat_map(|r| r.lead_in.iter().map(String::as_str).chain([r.text.as_str()]))
            .map(|text| Text::with_names(text, &Roles::shipped().find(text)))
            .collect();
        let mut all: HashSet<&str> = title.stems.iter().map(String::as_str).collect();
        all.extend(bodies.iter().flat_map(|(_, t)| t.stems.iter().map(String::as_str)));

        let mut found: BTreeMap<usize, Evidence> = BTreeMap::new();
        let mut before = 0;
        let mut add = |text: &Text<'_>, hit: &Hit, points: u32, place: &str, before: usize| {
            if hit.acronym.is_some_and(|context| !self.matcher.in_context(context, &all)) {
                return;
            }
            let first = before + hit.from;
            let evidence =
                found.entry(hit.topic).or_insert_with(|| Evidence { first, ..Evidence::default() });
            match place {
                "title" => {
                    let named = if hit.trusted { Named::Phrase } else { Named::Word };
                    evidence.title = evidence.title.max(Some(named));
                }
                "resolution" => {
                    let before = evidence.resolution == Some(Named::Phrase);
                    let phrase = before || !hit.single;
                    evidence.longest = evidence.longest.max(hit.to - hit.from);
                    evidence.resolution = Some(if phrase { Named::Phrase } else { Named::Word });
                }
                _ if points == 0 => {
                    evidence.weak += 1;
                    return;
                }
                _ => {
                    evidence.body = evidence.body.max(points);
                    evidence.mentions += 1;
                    evidence.points += points;
                    evidence.early |= before + hit.from < EARLY;
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
        for (part, text) in &bodies {
            for hit in self.matcher.find(text).iter().filter(|hit| !text.is_where(hit)) {
                let points = match (hit.trusted, hit.single) {
                    (false, _) => 0,
                    (true, true) => 1,
                    (true, false) => 2,
                };
                add(text, hit, points, part.as_str(), before);
            }
            before += text.words.len();
        }
        self.choose(found)
    }

    fn choose(&self, found: BTreeMap<usize, Evidence>) -> Vec<TopicTag> {
        // A single word of a title ("Environment") may be the heading of a whole section: where the text names other things
        // and never that, it says nothing.
        let named_in_text = found.values().any(|e| e.mentions > 0);
        let mut tags: Vec<(u32, usize, TopicTag)> = Vec::new();
        let mut stay: HashSet<String> = HashSet::new();
        let mut passing: Vec<(usize, u32, TopicTag)> = Vec::new();
        for (topic, evidence) in found {
            let heading = evidence.title == Some(Named::Word)
                && evidence.resolution.is_none()
                && evidence.mentions + evidence.weak == 0;
            if heading && named_in_text {
                continue;
            }
            let returns = evidence.mentions >= RETURNS;
            if self.matcher.means[topic] && evidence.title.is_none() && !returns {
                continue;
            }
            let weight = evidence.weight();
            let named = evidence.resolution == Some(Named::Phrase);
            if weight < if named { FLOOR_OF_NAMED } else { FLOOR } {
                continue;
            }
            let Some((_, place, words)) = evidence.best else { continue };
            let score = 3 * u32::from(evidence.title.is_some())
                + 3 * u32::from(evidence.resolution.is_some())
                + evidence.body;
            let tag =
                TopicTag { topic: self.matcher.ids[topic].clone(), score, place, evidence: words };
            let borne_out = match evidence.title {
                Some(Named::Phrase) => true,
                Some(Named::Word) => evidence.mentions + evidence.weak >= 2,
                None => false,
            };
            if named || borne_out {
                stay.insert(tag.topic.clone());
            }
            // A condition or a place in a late resolution ("subject to the open space ...") is no more than said once, unless the
            // words are as many as those of a proper name. Of 11 such tags on the labelled items 3 were right, 2 of them long.
            let slight = named && !evidence.early && evidence.longest < OF_A_NAME;
            let once = evidence.title.is_none()
                && evidence.mentions <= 1
                && (evidence.resolution.is_none() || slight);
            if once {
                passing.push((evidence.first, weight, tag));
            } else {
                tags.push((weight, evidence.first, tag));
            }
        }
        // Of what is said once, only the first, and only where nothing is said more.
        if tags.is_empty() {
            let first = passing.into_iter().min_by_key(|(first, ..)| *first);
            tags.extend(first.map(|(first, weight, tag)| (weight, first, tag)));
        }
        // What is less told of than the foremost is told of in passing, unless the title or a resolution names it: a decision
        // counts however long the debate was about something else. Of the 23 second and third topics on the labelled items
        // of Limerick 9 were right, of the first ones 96 in 102; eight tenths instead of seven left out two right and four wrong.
        let best = tags.iter().map(|(weight, ..)| *weight).max().unwrap_or(0);
        tags.retain(|(weight, _, tag)| stay.contains(&tag.topic) || weight * 10 >= best * 8);
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
