//! One item found, as both faces show it.

use minutebook_index::results::Hit;
use minutebook_record::Standing;
use serde::Serialize;
use utoipa::ToSchema;

use super::{NameView, ResolutionView, RoleMentionView};
use crate::web::{links, words};

/// One item found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HitView {
    /// The item's permanent id.
    pub id: String,
    /// The item's permanent address here.
    pub url: String,
    /// The same, opening at the passage that matched, with the words marked.
    pub passage_url: String,
    /// The item's address on its council's site.
    pub source_url: String,
    /// Title as printed.
    pub title: String,
    /// The number readers see, without its full stop.
    pub number: Option<String>,
    /// The meeting's id.
    pub meeting: String,
    /// The body that met.
    pub committee: NameView,
    /// Day of the meeting, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// The council's name.
    pub council: Option<String>,
    /// How far the minutes have come: `agenda`, `draft`, `approved` or `cancelled`.
    pub status: String,
    /// Whether the item is `public` or `restricted`.
    pub standing: String,
    /// Whether it is procedural (apologies, declarations of interest and the like).
    pub routine: bool,
    /// The passage that matched best, as HTML: everything escaped, the matches in `<mark>`.
    pub snippet: String,
    /// The same as plain text.
    pub snippet_text: String,
    /// Label of the resolution the snippet stands in.
    pub snippet_label: Option<String>,
    /// Where the words matched, best first: `title`, `resolution`, `minutes`, `decision`, `agenda`, `topic`;
    /// `meaning` where they did not, and what it says is close to them.
    pub matched_in: Vec<String>,
    /// How much of what was asked for it holds: `all`, or only what comes `near`, or what is close in `meaning`.
    pub holds: String,
    /// The posts named.
    pub roles: Vec<RoleMentionView>,
    /// Slugs of the topics.
    pub topics: Vec<String>,
    /// The decision clauses.
    pub resolutions: Vec<ResolutionView>,
    /// When the item was first in this index.
    #[schema(format = DateTime)]
    pub first_seen: Option<String>,
}

impl HitView {
    /// The view of a hit; `base` is the site's public address, `text` the query that is marked.
    pub fn new(hit: &Hit, base: &str, text: &str) -> Self {
        let url = format!("{base}{}", links::item(&hit.id));
        let at = links::item_at(&hit.id, text, hit.snippet.anchor.as_deref());
        let resolutions = hit
            .resolutions
            .iter()
            .map(|(anchor, resolution)| ResolutionView::new(anchor, resolution, &url))
            .collect();
        Self {
            passage_url: format!("{base}{at}"),
            id: hit.id.clone(),
            source_url: links::outside(&hit.source_url),
            title: hit.title.clone(),
            number: hit.number.clone(),
            meeting: hit.meeting.clone(),
            committee: (&hit.committee).into(),
            date: hit.date.map(|date| date.to_string()),
            council: hit.council.as_ref().map(|council| council.label.clone()),
            status: words::status_word(hit.status).to_owned(),
            standing: standing(hit.standing).to_owned(),
            routine: hit.routine,
            snippet: hit.snippet.html(),
            snippet_text: hit.snippet.text(),
            snippet_label: hit.snippet.label.clone(),
            matched_in: hit.matched_in.clone(),
            holds: hit.holds.as_str().to_owned(),
            roles: hit.roles.iter().map(RoleMentionView::new).collect(),
            topics: hit.topics.iter().map(|topic| topic.slug.clone()).collect(),
            resolutions,
            first_seen: hit.first_seen.map(|at| at.to_string()),
            url,
        }
    }

    /// The view of a hit that is withheld: it counts, its words do not appear.
    pub fn withheld(hit: &Hit, base: &str) -> Self {
        let url = format!("{base}{}", links::item(&hit.id));
        Self {
            id: hit.id.clone(),
            passage_url: url.clone(),
            url,
            source_url: String::new(),
            title: "Withheld".to_owned(),
            number: None,
            meeting: hit.meeting.clone(),
            committee: (&hit.committee).into(),
            date: hit.date.map(|date| date.to_string()),
            council: hit.council.as_ref().map(|council| council.label.clone()),
            status: words::status_word(hit.status).to_owned(),
            standing: standing(hit.standing).to_owned(),
            routine: hit.routine,
            snippet: String::new(),
            snippet_text: String::new(),
            snippet_label: None,
            matched_in: Vec::new(),
            holds: hit.holds.as_str().to_owned(),
            roles: Vec::new(),
            topics: Vec::new(),
            resolutions: Vec::new(),
            first_seen: None,
        }
    }
}

/// The word for a standing.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Public => "public",
        Standing::Restricted => "restricted",
    }
}
