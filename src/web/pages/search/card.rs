//! One result as a card of an archive's catalogue: where and when, what, the passage, what it is about.

use minutebook_index::results::Hit;
use minutebook_record::{Kind, RoleMention, Standing, Status};

use crate::web::settings::Settings;
use crate::web::{links, words};

/// The most roles and topics on a card; the item's page has them all.
const MOST_CHIPS: usize = 3;
/// The most decisions listed on a card.
const MOST_CLAUSES: usize = 4;
/// The most characters of a decision listed on a card.
const CLAUSE_LENGTH: usize = 320;

/// One result.
#[derive(Debug, Clone, Default)]
pub(crate) struct Card {
    /// Opens the item at the passage.
    pub(crate) href: String,
    /// Title as printed.
    pub(crate) title: String,
    /// Number readers see.
    pub(crate) number: Option<String>,
    /// The body.
    pub(crate) committee: Chip,
    /// The council, where there are several.
    pub(crate) council: Option<String>,
    /// Day, for machines and for readers.
    pub(crate) date: Option<(String, String)>,
    /// A note on the minutes' standing: draft, agenda only, restricted.
    pub(crate) note: Option<&'static str>,
    /// Label of the resolution the snippet stands in.
    pub(crate) label: Option<String>,
    /// The kind of that resolution.
    pub(crate) kind: Option<Kinded>,
    /// The passage, as HTML made by the index's own escaping.
    pub(crate) snippet: String,
    /// Its decisions, where they are listed instead of a passage.
    pub(crate) clauses: Vec<ClauseLine>,
    /// What the post did here, on a role's page.
    pub(crate) did: Option<String>,
    /// Where the words matched.
    pub(crate) places: Option<String>,
    /// What it is about.
    pub(crate) topics: Vec<Chip>,
    /// Posts in it.
    pub(crate) roles: Vec<Chip>,
    /// How many decisions it has, in words.
    pub(crate) decisions: Option<String>,
    /// The council's own page.
    pub(crate) source: String,
}

/// One decision in a list of decisions.
#[derive(Debug, Clone)]
pub(crate) struct ClauseLine {
    /// Its kind.
    pub(crate) kind: Kinded,
    /// Its label.
    pub(crate) label: Option<String>,
    /// Its words, cut where they are many.
    pub(crate) text: String,
    /// Opens the item at it.
    pub(crate) href: String,
}

/// A word with an address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chip {
    /// The word.
    pub(crate) label: String,
    /// Where it leads.
    pub(crate) href: String,
    /// A word more, said after it.
    pub(crate) more: Option<String>,
}

/// A kind of decision: for the style sheet and for readers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinded {
    /// Class.
    pub(crate) word: &'static str,
    /// Label.
    pub(crate) label: &'static str,
}

impl From<Kind> for Kinded {
    fn from(kind: Kind) -> Self {
        Self { word: kind.as_str(), label: words::kind(kind) }
    }
}

impl Card {
    /// The card of a hit; `text` is the query that is marked where the card leads.
    pub(crate) fn new(hit: &Hit, text: &str, several_councils: bool, settings: &Settings) -> Self {
        let committee = Chip {
            label: hit.committee.label.clone(),
            href: links::committee(&hit.committee.slug),
            more: None,
        };
        let date = hit.date.map(|date| (date.to_string(), words::day(date)));
        let council =
            hit.council.as_ref().filter(|_| several_councils).map(|council| council.label.clone());
        if settings.withholds(&hit.id, &hit.meeting) {
            let title = "Withheld".to_owned();
            return Self {
                href: links::item(&hit.id),
                title,
                committee,
                council,
                date,
                ..Self::default()
            };
        }
        let in_clause = hit.snippet.anchor.as_deref().and_then(|anchor| {
            let by_anchor = hit.resolutions.iter().find(|(own, _)| own == anchor);
            let by_label = || {
                let label = hit.snippet.label.as_ref()?;
                hit.resolutions.iter().find(|(_, r)| r.label.as_ref() == Some(label))
            };
            by_anchor.or_else(by_label).map(|(_, resolution)| resolution.kind.into())
        });
        let places: Vec<String> = hit
            .matched_in
            .iter()
            .filter(|_| !text.trim().is_empty())
            .map(|place| words::place(place).to_owned())
            .collect();
        Self {
            href: links::item_at(&hit.id, text, hit.snippet.anchor.as_deref()),
            title: hit.title.clone(),
            number: hit.number.clone(),
            committee,
            council,
            date,
            note: note(hit),
            label: hit.snippet.label.clone(),
            kind: in_clause,
            snippet: hit.snippet.html(),
            clauses: Vec::new(),
            did: None,
            places: (!places.is_empty()).then(|| words::list(&places)),
            topics: hit.topics.iter().take(MOST_CHIPS).map(topic).collect(),
            roles: roles(&hit.roles).into_iter().take(MOST_CHIPS).collect(),
            decisions: (!hit.resolutions.is_empty())
                .then(|| words::count(hit.resolutions.len(), "decision", "decisions")),
            source: links::outside(&hit.source_url),
        }
    }
}

impl Card {
    /// The card of a hit with its decisions instead of a passage, for lists of what was decided.
    pub(crate) fn of_decisions(hit: &Hit, several_councils: bool, settings: &Settings) -> Self {
        let mut card = Self::new(hit, "", several_councils, settings);
        if card.snippet.is_empty() {
            return card;
        }
        let line = |(anchor, resolution): &(String, minutebook_record::Resolution)| ClauseLine {
            kind: resolution.kind.into(),
            label: resolution.label.clone(),
            text: cut(&resolution.text),
            href: links::item_at(&hit.id, "", Some(anchor)),
        };
        card.clauses = hit.resolutions.iter().take(MOST_CLAUSES).map(line).collect();
        card
    }
}

/// What a post did in an item, in words: `presented and advised`.
pub(crate) fn ways(mentions: &[RoleMention], slug: &str) -> Option<String> {
    let mut ways: Vec<String> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.slug == slug) {
        let way = match words::qualifiers(mention) {
            Some(qualifiers) => format!("{} ({qualifiers})", words::how(mention.how)),
            None => words::how(mention.how).to_owned(),
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    // That a post is mentioned is news only where nothing else is said of it.
    if ways.iter().any(|way| !way.starts_with("was mentioned")) {
        ways.retain(|way| !way.starts_with("was mentioned"));
    }
    (!ways.is_empty()).then(|| words::list(&ways))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(CLAUSE_LENGTH) {
        Some((at, _)) => {
            let end = text[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &text[..end])
        }
        None => text.to_owned(),
    }
}

fn note(hit: &Hit) -> Option<&'static str> {
    match (hit.standing, hit.status) {
        (Standing::Restricted, _) => Some("Restricted"),
        (_, Status::Draft) => Some("Draft"),
        (_, Status::Agenda) => Some("Agenda only"),
        (_, Status::Cancelled) => Some("Cancelled"),
        (_, Status::Approved) => None,
    }
}

fn topic(topic: &minutebook_index::results::Named) -> Chip {
    Chip { label: topic.label.clone(), href: links::topic(&topic.slug), more: None }
}

/// Each post once, those who said something first.
fn roles(mentions: &[RoleMention]) -> Vec<Chip> {
    let mut seen: Vec<&RoleMention> = Vec::new();
    let mut ordered: Vec<&RoleMention> = mentions.iter().collect();
    ordered.sort_by_key(|mention| !mention.how.has_voice());
    for mention in ordered {
        if !seen.iter().any(|known| known.slug == mention.slug) {
            seen.push(mention);
        }
    }
    let chip = |mention: &RoleMention| Chip {
        label: mention.printed.clone(),
        href: links::role(&mention.slug),
        more: mention.how.has_voice().then(|| words::how(mention.how).to_owned()),
    };
    seen.into_iter().map(chip).collect()
}
