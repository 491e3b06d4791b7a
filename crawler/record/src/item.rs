//! An item: what people search for and link to; its passages and what was read from them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Reference, Request, Resolution, RoleMention, Source, Vote};

/// One agenda item of one meeting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Identifier, unique over all sites; ends in the source's item number. Derived on input where absent.
    #[serde(default)]
    pub id: String,
    /// Address that opens this item on its site.
    #[serde(default)]
    pub url: String,
    /// The number shown to readers, without its full stop.
    #[serde(default)]
    pub number: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Whether all of it is published.
    #[serde(default)]
    pub standing: Standing,
    /// True for apologies, declarations, minutes of the last meeting and the like; absent where not yet judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedural: Option<bool>,
    /// The text, paragraph by paragraph, in reading order.
    pub passages: Vec<Passage>,
    /// The decision clauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolutions: Option<Vec<Resolution>>,
    /// Votes taken on this item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// What somebody owes somebody after this item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<Request>,
    /// Other minutes this item points at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Roles named, one entry for each post, qualifier and way it appears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<RoleMention>>,
    /// Slugs of the topics, best first, at most three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topics: Option<Vec<String>>,
    /// Why each topic was given, in the order of `topics`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topic_tags: Vec<TopicTag>,
    /// Papers listed with the item.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// What the extractor was unsure of.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// Where the words came from, if not from the meeting's own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Whether an item is published whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Published.
    #[default]
    Public,
    /// Restricted ("Part 2", exempt): the item is there, its exempt words are not.
    Restricted,
}

/// One paragraph of an item, in its part. Newlines inside it are spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Which part of the item it belongs to.
    pub part: Part,
    /// The words, label and text joined ("3) That information ...").
    pub text: String,
}

impl Passage {
    /// The passage's stable anchor: `p-` and eight hex digits of its part and text's SHA-256.
    ///
    /// It survives re-extraction as long as the text does. Use [`Item::anchors`] for a whole item, which tells equal passages apart.
    pub fn anchor(&self) -> String {
        anchor('p', &[self.part.as_str(), &self.text])
    }
}

impl Item {
    /// An anchor for each passage, in order; a passage that repeats an earlier one gets `-2`, `-3`, ... appended.
    pub fn anchors(&self) -> Vec<String> {
        distinct(self.passages.iter().map(Passage::anchor))
    }

    /// An anchor for each resolution, in order (`r-` and eight hex digits), told apart like [`Item::anchors`].
    pub fn resolution_anchors(&self) -> Vec<String> {
        distinct(
            self.resolutions()
                .iter()
                .map(|r| anchor('r', &[r.label.as_deref().unwrap_or_default(), &r.text])),
        )
    }

    /// The resolutions, none where they were not derived.
    pub fn resolutions(&self) -> &[Resolution] {
        self.resolutions.as_deref().unwrap_or_default()
    }

    /// The role mentions, none where they were not derived.
    pub fn roles(&self) -> &[RoleMention] {
        self.roles.as_deref().unwrap_or_default()
    }

    /// The topics' slugs, none where they were not derived.
    pub fn topics(&self) -> &[String] {
        self.topics.as_deref().unwrap_or_default()
    }
}

fn anchor(prefix: char, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    format!("{prefix}-{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
}

fn distinct(anchors: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashMap::<String, usize>::new();
    anchors
        .map(|anchor| {
            let count = seen.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 { anchor } else { format!("{anchor}-{count}") }
        })
        .collect()
}

/// The part of an item a passage stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// What the agenda announced.
    Agenda,
    /// What the minutes say was said and done.
    Minutes,
    /// The published decision.
    Decision,
}

impl Part {
    /// The word used in records and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Agenda => "agenda",
            Part::Minutes => "minutes",
            Part::Decision => "decision",
        }
    }
}

/// A paper linked from an item or a meeting; its text is not part of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Document {
    /// Title as printed, without the file's size.
    pub title: String,
    /// Address.
    pub url: String,
}

/// Something the extractor was unsure of, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Doubt {
    /// Short stable name, such as `weekday-mismatch` or `pdf-without-text`.
    pub kind: String,
    /// One sentence for a reader.
    pub note: String,
    /// The words or address it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl Doubt {
    /// A doubt without a place.
    pub fn new(kind: &str, note: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), note: note.into(), place: None }
    }

    /// The same doubt with the words or address it is about.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

/// Why a topic was given: where and on what words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TopicTag {
    /// The topic's slug.
    pub topic: String,
    /// Points: 3 title, 3 resolution, 2 several words in the text, 1 a single word (facts: topics section 2.1).
    pub score: u32,
    /// Where the strongest evidence stands: `title`, `resolution`, `minutes`, `agenda` or `decision`.
    pub place: String,
    /// The words that told.
    pub evidence: String,
}
