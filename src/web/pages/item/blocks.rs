//! An item's text in reading order, paragraph by paragraph, with the decision clauses found in it and the words of a search marked.

use minutebook_index::results::{Piece, Snippet};
use minutebook_record::{Item, Resolution};

use crate::web::pages::search::Kinded;
use crate::web::{links, words};

/// The whole text.
pub(crate) struct Blocks {
    /// The title with its marks, as HTML; empty where nothing is marked.
    pub(crate) title: String,
    /// The paragraphs.
    pub(crate) paragraphs: Vec<Block>,
    /// Anchors of the paragraphs with marks.
    pub(crate) matches: Vec<String>,
}

/// One paragraph.
#[derive(Clone)]
pub(crate) struct Block {
    /// The heading of its part, where a part begins.
    pub(crate) heading: Option<&'static str>,
    /// Its anchor; none for a clause that stands in no paragraph of its own.
    pub(crate) anchor: Option<String>,
    /// The words as HTML.
    pub(crate) html: String,
    /// The decision clauses it holds.
    pub(crate) clauses: Vec<Clause>,
}

/// One decision clause.
#[derive(Clone)]
pub(crate) struct Clause {
    /// Its anchor.
    pub(crate) anchor: String,
    /// Its label.
    pub(crate) label: Option<String>,
    /// Its kind.
    pub(crate) kind: Kinded,
    /// The body or post addressed.
    pub(crate) to: Option<String>,
    /// Who moved and seconded it.
    pub(crate) moved: Option<String>,
    /// The page that cites it.
    pub(crate) cite: String,
}

impl Blocks {
    /// The text of an item. `mark` gives back words in pieces, or nothing where no words are to be marked.
    pub(crate) fn new(item: &Item, mark: impl Fn(&str) -> Vec<Piece>) -> Self {
        let mut matches = Vec::new();
        let html = |words: &str, hit: &mut bool| {
            let mut pieces = mark(words);
            *hit = pieces.iter().any(|piece| piece.marked);
            if pieces.is_empty() {
                pieces.push(Piece { text: words.to_owned(), marked: false });
            }
            Snippet { pieces, ..Snippet::default() }.html()
        };
        let mut in_title = false;
        let title = html(&item.title, &mut in_title);
        let mut homes: Vec<Vec<Clause>> = vec![Vec::new(); item.passages.len()];
        let mut strays = Vec::new();
        for (resolution, anchor) in item.resolutions().iter().zip(item.resolution_anchors()) {
            let clause = Clause::new(item, resolution, anchor.clone());
            match home(item, resolution) {
                Some(at) => homes[at].push(clause),
                None => strays.push((resolution, clause)),
            }
        }
        let mut blocks = Vec::with_capacity(item.passages.len() + strays.len());
        let mut part = None;
        for ((passage, anchor), clauses) in item.passages.iter().zip(item.anchors()).zip(homes) {
            let begins = part.replace(passage.part) != Some(passage.part);
            let mut hit = false;
            let html = html(&passage.text, &mut hit);
            if hit {
                matches.push(anchor.clone());
            }
            let heading = begins.then(|| words::part(passage.part));
            blocks.push(Block { heading, anchor: Some(anchor), html, clauses });
        }
        for (at, (resolution, clause)) in strays.into_iter().enumerate() {
            let mut hit = false;
            let label =
                resolution.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            let html = html(&format!("{label}{}", resolution.text), &mut hit);
            if hit {
                matches.push(clause.anchor.clone());
            }
            let heading = (at == 0).then_some("Decisions");
            blocks.push(Block { heading, anchor: None, html, clauses: vec![clause] });
        }
        let title = if in_title { title } else { String::new() };
        Self { title, paragraphs: blocks, matches }
    }

    /// The clauses with what a link to them says.
    pub(crate) fn decisions(&self) -> impl Iterator<Item = (&str, String)> {
        self.paragraphs.iter().flat_map(|block| &block.clauses).map(|clause| {
            let label = clause.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            let to = clause.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            (clause.anchor.as_str(), format!("{label}{}{to}", clause.kind.label))
        })
    }
}

impl Clause {
    fn new(item: &Item, resolution: &Resolution, anchor: String) -> Self {
        let moved = match (&resolution.mover, &resolution.seconder) {
            (Some(mover), Some(seconder)) => {
                Some(format!("Moved by {mover}, seconded by {seconder}"))
            }
            (Some(mover), None) => Some(format!("Moved by {mover}")),
            (None, Some(seconder)) => Some(format!("Seconded by {seconder}")),
            (None, None) => None,
        };
        Self {
            cite: links::cite(&item.id, Some(&anchor)),
            anchor,
            label: resolution.label.clone(),
            kind: resolution.kind.into(),
            to: resolution.to.clone(),
            moved,
        }
    }
}

/// The paragraph a clause stands in: the one the record names, else the one that has its words.
fn home(item: &Item, resolution: &Resolution) -> Option<usize> {
    let named = resolution.passage.filter(|at| *at < item.passages.len());
    named.or_else(|| {
        let has = |text: &str| !resolution.text.is_empty() && text.contains(&resolution.text);
        item.passages.iter().rposition(|passage| has(&passage.text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_record::{Kind, Part, Passage};

    fn item() -> Item {
        let passage = |part, text: &str| Passage { part, text: text.to_owned() };
        let clause = |label: &str, text: &str, passage| Resolution {
            label: Some(label.to_owned()),
            text: text.to_owned(),
            kind: Kind::Noted,
            passage,
            ..Resolution::default()
        };
        Item {
            id: "x-i1".into(),
            title: "Tea & <b>".into(),
            passages: vec![
                passage(Part::Agenda, "To note tea."),
                passage(Part::Minutes, "Tea was had."),
                passage(Part::Minutes, "1) That tea be noted."),
            ],
            resolutions: Some(vec![
                clause("1)", "That tea be noted.", None),
                clause("2)", "Nowhere to be seen.", Some(99)),
            ]),
            ..Item::default()
        }
    }

    #[test]
    fn clauses_stand_where_their_words_are_and_no_clause_is_lost() {
        let item = item();
        let blocks = Blocks::new(&item, |_| Vec::new());
        assert_eq!(blocks.paragraphs.len(), 4);
        assert_eq!(blocks.paragraphs[0].heading, Some("From the agenda"));
        assert_eq!(blocks.paragraphs[2].heading, None);
        assert_eq!(blocks.paragraphs[2].clauses[0].anchor, item.resolution_anchors()[0]);
        assert_eq!(blocks.paragraphs[3].heading, Some("Decisions"));
        assert!(blocks.paragraphs[3].html.starts_with("2) Nowhere"));
        let said: Vec<_> = blocks.decisions().map(|(_, label)| label).collect();
        assert_eq!(said, ["1) Noted", "2) Noted"]);
        assert!(blocks.matches.is_empty() && blocks.title.is_empty());
    }

    #[test]
    fn marks_are_marked_and_all_else_is_escaped() {
        let mark = |words: &str| {
            let at = words.find("Tea")?;
            let piece = |text: &str, marked| Piece { text: text.to_owned(), marked };
            Some(vec![
                piece(&words[..at], false),
                piece("Tea", true),
                piece(&words[at + 3..], false),
            ])
        };
        let blocks = Blocks::new(&item(), |words| mark(words).unwrap_or_default());
        assert_eq!(blocks.title, "<mark>Tea</mark> &amp; &lt;b&gt;");
        assert_eq!(blocks.matches.len(), 1);
        assert_eq!(blocks.paragraphs[1].html, "<mark>Tea</mark> was had.");
    }
}
