//! Roles: offices people hold. Printed form and canonical reading travel together. Posts, not people.

use serde::{Deserialize, Serialize};

/// One post, in one way it appears in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleMention {
    /// As printed, the fullest form in the item.
    pub printed: String,
    /// Rank and remit without link words and qualifiers: `assistant-director-education`.
    pub slug: String,
    /// How the post appears.
    pub how: How,
    /// Officer of the council, elected member, or partner from outside.
    #[serde(default)]
    pub holder: Holder,
    /// Interim, acting, outgoing and the like, on this mention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// What stands beside the qualifier ("outgoing Interim Director": `outgoing`, and here
    /// `interim`), in the order of print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_qualifiers: Vec<Qualifier>,
    /// For a post that spoke: what class of verb.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verb: Option<VerbClass>,
    /// Indexes into the item's passages where it appears so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<usize>,
}

impl RoleMention {
    /// All that is said of the holder's tenure, in the order of print.
    pub fn qualifiers(&self) -> impl Iterator<Item = Qualifier> {
        self.qualifier.into_iter().chain(self.further_qualifiers.iter().copied())
    }
}

/// How a role appears in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Said something.
    Spoke,
    /// Presented or introduced a report.
    Presented,
    /// Gave advice, informed, reported, confirmed, explained.
    Advised,
    /// Was there.
    Attended,
    /// Wrote the report.
    Author,
    /// Was asked for something, told something, or is to receive something.
    Addressee,
    /// Was given a power, or is to be consulted in using one.
    Delegated,
    /// Any other mention: thanked, appointed, referred to.
    Mentioned,
}

impl How {
    /// The word used in records and filters.
    pub fn as_str(self) -> &'static str {
        match self {
            How::Spoke => "spoke",
            How::Presented => "presented",
            How::Advised => "advised",
            How::Attended => "attended",
            How::Author => "author",
            How::Addressee => "addressee",
            How::Delegated => "delegated",
            How::Mentioned => "mentioned",
        }
    }

    /// Whether words of the item were said by the post.
    pub fn has_voice(self) -> bool {
        matches!(self, How::Spoke | How::Presented | How::Advised)
    }
}

/// Whose post it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holder {
    /// An officer of the council.
    #[default]
    Officer,
    /// An elected member: Leader, Cabinet Member, Chair, Mayor.
    Member,
    /// Someone from outside: police, health, auditors.
    Partner,
}

impl Holder {
    /// The word used in records and filters.
    pub fn as_str(self) -> &'static str {
        match self {
            Holder::Officer => "officer",
            Holder::Member => "member",
            Holder::Partner => "partner",
        }
    }
}

/// What is said of the holder's tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Qualifier {
    /// Interim.
    Interim,
    /// Acting ("A/Director" too).
    Acting,
    /// Temporary.
    Temporary,
    /// Outgoing.
    Outgoing,
    /// Incoming.
    Incoming,
    /// New.
    New,
    /// Former.
    Former,
    /// Designate.
    Designate,
}

/// The class of the verb with which a post spoke (facts: topics section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerbClass {
    /// Advised, informed, reported, confirmed, explained, clarified, assured, indicated.
    Advise,
    /// Queried, asked, requested, sought.
    Ask,
    /// Introduced, presented, outlined, provided.
    Present,
    /// Stated, noted, observed, commented, highlighted.
    State,
    /// Voiced concern.
    Concern,
    /// Thanked, welcomed, congratulated.
    Thank,
    /// Moved, proposed, seconded.
    Move,
}
