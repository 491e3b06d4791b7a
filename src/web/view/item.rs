//! A whole item, as both faces show it.

use minutebook_record::{
    Document, Doubt, Item, NamedVote, Reference, Request, Resolution, RoleMention, Source, Vote,
    VoteOutcome,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::NameView;
use super::hit::standing;
use crate::web::{links, words};

/// A whole item.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemView {
    /// The item's permanent id.
    pub id: String,
    /// The item's permanent address here.
    pub url: String,
    /// The item's address on its council's site.
    pub source_url: String,
    /// The number readers see, without its full stop.
    pub number: Option<String>,
    /// Title as printed.
    pub title: String,
    /// The meeting's id.
    pub meeting: String,
    /// The meeting's address here.
    pub meeting_url: String,
    /// The body that met.
    pub committee: NameView,
    /// Day of the meeting.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// The council's name.
    pub council: Option<String>,
    /// How far the minutes have come: `agenda`, `draft`, `approved` or `cancelled`.
    pub status: String,
    /// Whether the item is `public` or `restricted`.
    pub standing: String,
    /// Language of the words, `en` or `cy`.
    pub language: String,
    /// The text in reading order.
    pub passages: Vec<PassageView>,
    /// The decision clauses.
    pub resolutions: Vec<ResolutionView>,
    /// The posts named.
    pub roles: Vec<RoleMentionView>,
    /// Slugs of the topics.
    pub topics: Vec<String>,
    /// Votes taken.
    pub votes: Vec<VoteView>,
    /// What somebody owes somebody after this item.
    pub requests: Vec<RequestView>,
    /// Other minutes this item points at.
    pub references: Vec<ReferenceView>,
    /// Papers listed with the item.
    pub documents: Vec<DocumentView>,
    /// What the reading of the page was unsure of.
    pub doubts: Vec<DoubtView>,
    /// Where the words came from.
    pub source: SourceView,
    /// When the item was first in this index.
    #[schema(format = DateTime)]
    pub first_seen: Option<String>,
    /// The item before it in the meeting.
    pub previous: Option<NeighbourView>,
    /// The item after it.
    pub next: Option<NeighbourView>,
}

/// One paragraph.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PassageView {
    /// Its anchor: the item's address and `#` and this open it.
    pub anchor: String,
    /// `agenda`, `minutes` or `decision`.
    pub part: String,
    /// The words.
    pub text: String,
}

/// One decision clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResolutionView {
    /// Its anchor.
    pub anchor: String,
    /// Its address.
    pub url: String,
    /// Label as printed (`3)`).
    pub label: Option<String>,
    /// The clause's words, whole.
    pub text: String,
    /// `resolved`, `recommended`, `noted`, `deferred`, `referred`, `delegated` or `refused`.
    pub kind: String,
    /// The body or post addressed, as printed.
    pub to: Option<String>,
    /// The word that decided.
    pub verb: Option<String>,
    /// Words of the clause above that this one completes.
    pub lead_in: Option<String>,
    /// Who moved it, as printed.
    pub mover: Option<String>,
    /// Who seconded it, as printed.
    pub seconder: Option<String>,
}

/// A post, in one way it appears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoleMentionView {
    /// As printed.
    pub printed: String,
    /// The value the role filter takes.
    pub slug: String,
    /// `spoke`, `presented`, `advised`, `attended`, `author`, `addressee`, `delegated` or `mentioned`.
    pub how: String,
    /// `officer`, `member` or `partner`.
    pub holder: String,
    /// `interim`, `acting`, `outgoing` and the like.
    pub qualifier: Option<String>,
}

/// A vote as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VoteView {
    /// What was put to the vote.
    pub on: Option<String>,
    /// `carried` or `lost`.
    pub outcome: Option<String>,
    /// Count for.
    #[serde(rename = "for")]
    pub in_favour: Option<u32>,
    /// Count against.
    pub against: Option<u32>,
    /// Count of abstentions.
    pub abstained: Option<u32>,
    /// Recorded votes by name, as printed.
    pub names: Vec<NamedVoteView>,
    /// The casting vote that settled it.
    pub casting: Option<CastingVoteView>,
}

/// A second vote of who presides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CastingVoteView {
    /// Whose, as printed.
    pub by: Option<String>,
    /// `for` or `against`, where said.
    pub vote: Option<String>,
}

/// One member's recorded vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedVoteView {
    /// Name as printed.
    pub name: String,
    /// `for`, `against` or `abstained`.
    pub vote: String,
}

/// Something to come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RequestView {
    /// The sentence or clause.
    pub text: String,
    /// Who owes it.
    pub by: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// By when, as printed.
    pub due: Option<String>,
    /// By when, as a day.
    #[schema(format = Date)]
    pub due_date: Option<String>,
}

/// A pointer to other minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReferenceView {
    /// As printed.
    pub printed: String,
    /// The number meant.
    pub number: String,
    /// Id of the item it points at, when it is held.
    pub item: Option<String>,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentView {
    /// Title as printed.
    pub title: String,
    /// Address on the council's site.
    pub url: String,
}

/// Something the reading of the page was unsure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DoubtView {
    /// Short stable name.
    pub kind: String,
    /// One sentence.
    pub note: String,
    /// The words or address it is about.
    pub place: Option<String>,
}

/// Where words came from (`prov:wasDerivedFrom`, `prov:generatedAtTime`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceView {
    /// Address of the page the words were read from.
    pub url: Option<String>,
    /// When it was fetched.
    #[schema(format = DateTime)]
    pub fetched_at: Option<String>,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// When it was first in the archive.
    #[schema(format = DateTime)]
    pub first_seen: Option<String>,
}

/// The item before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NeighbourView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl PassageView {
    /// The passages of an item, in order.
    pub fn all(item: &Item) -> Vec<Self> {
        let view = |(passage, anchor): (&minutebook_record::Passage, String)| PassageView {
            anchor,
            part: passage.part.as_str().to_owned(),
            text: passage.text.clone(),
        };
        item.passages.iter().zip(item.anchors()).map(view).collect()
    }
}

impl ResolutionView {
    /// The view of a clause; `item_url` is its item's permanent address.
    pub fn new(anchor: &str, resolution: &Resolution, item_url: &str) -> Self {
        Self {
            anchor: anchor.to_owned(),
            url: format!("{item_url}#{anchor}"),
            label: resolution.label.clone(),
            text: resolution.text.clone(),
            kind: resolution.kind.as_str().to_owned(),
            to: resolution.to.clone(),
            verb: resolution.verb.clone(),
            lead_in: resolution.lead_in.clone(),
            mover: resolution.mover.clone(),
            seconder: resolution.seconder.clone(),
        }
    }

    /// The clauses of an item, in order.
    pub fn all(item: &Item, item_url: &str) -> Vec<Self> {
        let anchors = item.resolution_anchors();
        let view = |(resolution, anchor): (&Resolution, String)| {
            ResolutionView::new(&anchor, resolution, item_url)
        };
        item.resolutions().iter().zip(anchors).map(view).collect()
    }
}

impl RoleMentionView {
    /// The view of a mention.
    pub fn new(role: &RoleMention) -> Self {
        Self {
            printed: role.printed.clone(),
            slug: role.slug.clone(),
            how: role.how.as_str().to_owned(),
            holder: role.holder.as_str().to_owned(),
            qualifier: words::qualifiers(role),
        }
    }
}

impl From<&Vote> for VoteView {
    fn from(vote: &Vote) -> Self {
        let outcome = vote.outcome.map(|outcome| match outcome {
            VoteOutcome::Carried => "carried".to_owned(),
            VoteOutcome::Lost => "lost".to_owned(),
        });
        let name = |named: &NamedVote| NamedVoteView {
            name: named.name.clone(),
            vote: named.vote.clone(),
        };
        Self {
            on: vote.on.clone(),
            outcome,
            in_favour: vote.in_favour,
            against: vote.against,
            abstained: vote.abstained,
            names: vote.names.iter().map(name).collect(),
            casting: vote.casting.as_ref().map(|casting| CastingVoteView {
                by: casting.by.clone(),
                vote: casting.vote.clone(),
            }),
        }
    }
}

impl From<&Request> for RequestView {
    fn from(request: &Request) -> Self {
        Self {
            text: request.text.clone(),
            by: request.by.clone(),
            to: request.to.clone(),
            due: request.due.clone(),
            due_date: request.due_date.map(|date| date.to_string()),
        }
    }
}

impl From<&Reference> for ReferenceView {
    fn from(reference: &Reference) -> Self {
        Self {
            printed: reference.printed.clone(),
            number: reference.number.clone(),
            item: reference.item.clone(),
        }
    }
}

impl From<&Document> for DocumentView {
    fn from(document: &Document) -> Self {
        Self { title: document.title.clone(), url: links::outside(&document.url) }
    }
}

impl DoubtView {
    /// Where a reader can look, if what it is about is a page.
    pub(crate) fn link(&self) -> Option<String> {
        self.place.as_deref().map(links::outside).filter(|link| !link.is_empty())
    }
}

impl From<&Doubt> for DoubtView {
    fn from(doubt: &Doubt) -> Self {
        Self { kind: doubt.kind.clone(), note: doubt.note.clone(), place: doubt.place.clone() }
    }
}

impl SourceView {
    /// The source of an item: its own, or its meeting's; `address` where neither names one.
    pub fn new(own: Option<&Source>, meeting: &Source, address: &str) -> Self {
        let source = own.unwrap_or(meeting);
        let url = source.url.clone().or_else(|| Some(address.to_owned()));
        Self {
            url: url.map(|url| links::outside(&url)).filter(|url| !url.is_empty()),
            fetched_at: source.fetched_at.or(meeting.fetched_at).map(|at| at.to_string()),
            sha256: source.sha256.clone(),
            first_seen: source.first_seen.or(meeting.first_seen).map(|at| at.to_string()),
        }
    }
}

impl ItemView {
    /// The parts of an item that are the record's own; the rest is filled in by whoever knows the meeting.
    pub fn of(item: &Item, base: &str) -> Self {
        let url = format!("{base}{}", links::item(&item.id));
        Self {
            id: item.id.clone(),
            source_url: links::outside(&item.url),
            number: item.number.clone(),
            title: item.title.clone(),
            meeting: String::new(),
            meeting_url: String::new(),
            committee: NameView::default(),
            date: None,
            council: None,
            status: String::new(),
            standing: standing(item.standing).to_owned(),
            language: "en".to_owned(),
            passages: PassageView::all(item),
            resolutions: ResolutionView::all(item, &url),
            roles: item.roles().iter().map(RoleMentionView::new).collect(),
            topics: item.topics().to_vec(),
            votes: item.votes.iter().map(VoteView::from).collect(),
            requests: item.requests.iter().map(RequestView::from).collect(),
            references: item.references.iter().map(ReferenceView::from).collect(),
            documents: item.documents.iter().map(DocumentView::from).collect(),
            doubts: item.doubts.iter().map(DoubtView::from).collect(),
            source: SourceView::default(),
            first_seen: None,
            previous: None,
            next: None,
            url,
        }
    }
}
