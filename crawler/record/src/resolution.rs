//! What was decided: resolution clauses, votes, and what is owed after.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One decision clause: a leaf of the resolution's numbering.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// Label as printed (`3)`), for nested clauses the whole of it (`2(b)`).
    #[serde(default)]
    pub label: Option<String>,
    /// The clause's words, whole.
    pub text: String,
    /// What sort of decision.
    #[serde(default)]
    pub kind: Kind,
    /// The body or post addressed, as printed.
    #[serde(default)]
    pub to: Option<String>,
    /// The word that decided, lower case: `resolved`, `agreed`, `approved`, `noted`, ...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verb: Option<String>,
    /// Words of the clause above, that this leaf completes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Index into the item's passages of the paragraph the clause begins in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<usize>,
    /// Who moved it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mover: Option<String>,
    /// Who seconded it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconder: Option<String>,
}

/// The sort of a decision.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Decided by this body: resolved, agreed, approved and the like.
    #[default]
    Resolved,
    /// Recommended to another.
    Recommended,
    /// Noted, received.
    Noted,
    /// Put off.
    Deferred,
    /// Sent to another body.
    Referred,
    /// Power given to a post or body.
    Delegated,
    /// Refused, rejected.
    Refused,
}

impl Kind {
    /// All kinds, in the order readers see them.
    pub const ALL: [Kind; 7] = [
        Kind::Resolved,
        Kind::Recommended,
        Kind::Noted,
        Kind::Deferred,
        Kind::Referred,
        Kind::Delegated,
        Kind::Refused,
    ];

    /// The word used in records, filters and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Resolved => "resolved",
            Kind::Recommended => "recommended",
            Kind::Noted => "noted",
            Kind::Deferred => "deferred",
            Kind::Referred => "referred",
            Kind::Delegated => "delegated",
            Kind::Refused => "refused",
        }
    }

    /// The kind a word names.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A vote as recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What was put to the vote, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// Carried or lost, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<VoteOutcome>,
    /// Count for.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "for")]
    pub in_favour: Option<u32>,
    /// Count against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<u32>,
    /// Count of abstentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstained: Option<u32>,
    /// Named votes, as printed; persons who share a surname are never guessed apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NamedVote>,
    /// The casting vote that settled it, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub casting: Option<CastingVote>,
    /// Index into the item's passages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<usize>,
}

/// A second vote of who presides, when the votes are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastingVote {
    /// Whose, as printed ("Chairperson", "Councillor Ash").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `for` or `against`, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<String>,
}

/// How a vote ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VoteOutcome {
    /// Carried.
    Carried,
    /// Lost.
    Lost,
}

/// One member's recorded vote.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NamedVote {
    /// Name as printed.
    pub name: String,
    /// `for`, `against` or `abstained`.
    pub vote: String,
}

/// Something to come back: who owes what to whom by when, as far as it is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The sentence or clause.
    pub text: String,
    /// Who owes it (a post or body), as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// To whom, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// By when, as printed ("in six months", "the next meeting").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `due` as a day, where it can be worked out from the meeting's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Date>,
    /// Index into the item's passages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<usize>,
}

/// A pointer to other minutes ("Minute No. 24 refers").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// As printed.
    pub printed: String,
    /// The number meant ("24", "C131").
    pub number: String,
    /// The body whose minutes are meant, where another one is named beside it ("the decision of Cabinet (Minute No. 127 refers)").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Id of the item it points at, when the archive holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}
