//! The query as it was understood, as both faces say it.

use minutebook_index::results::Understood;
use serde::Serialize;
use utoipa::ToSchema;

/// The query as it was understood.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueryView {
    /// As typed.
    pub text: String,
    /// Said back in plain words.
    pub understood: String,
    /// Parts read as more than words, each to be undone with `as_words`.
    pub readings: Vec<ReadingView>,
    /// Spellings offered or applied.
    pub corrections: Vec<CorrectionView>,
    /// What the vocabulary added; switched off with `synonyms=off`.
    pub expansions: Vec<ExpansionView>,
    /// What could not be read as syntax and was searched as words, and the like.
    pub notices: Vec<String>,
}

/// A part of the query read as more than words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReadingView {
    /// To be given back as `as_words`.
    pub id: String,
    /// `date`, `committee`, `role`, `minute`, `council`, `kind` and the like.
    pub field: String,
    /// The words it was read from.
    pub words: String,
    /// What it was read as.
    pub label: String,
}

/// A spelling.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CorrectionView {
    /// The word as typed.
    pub from: String,
    /// The word the index knows.
    pub to: String,
    /// The whole query with it.
    pub query: String,
    /// True where it was applied because nothing else was found.
    pub applied: bool,
}

/// What the vocabulary added to some words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExpansionView {
    /// The words of the query.
    pub from: String,
    /// Slug of the topic, if one.
    pub topic: Option<String>,
    /// Its label.
    pub label: String,
    /// The phrases and acronyms searched besides.
    pub added: Vec<String>,
}

impl From<&Understood> for QueryView {
    fn from(query: &Understood) -> Self {
        let readings = query.readings.iter().map(|reading| ReadingView {
            id: reading.id.clone(),
            field: reading.field.clone(),
            words: reading.words.clone(),
            label: reading.label.clone(),
        });
        let corrections = query.corrections.iter().map(|correction| CorrectionView {
            from: correction.from.clone(),
            to: correction.to.clone(),
            query: correction.query.clone(),
            applied: correction.applied,
        });
        let expansions = query.expansions.iter().map(|expansion| ExpansionView {
            from: expansion.from.clone(),
            topic: expansion.topic.clone(),
            label: expansion.label.clone(),
            added: expansion.added.clone(),
        });
        Self {
            text: query.text.clone(),
            understood: query.sentence.clone(),
            readings: readings.collect(),
            corrections: corrections.collect(),
            expansions: expansions.collect(),
            notices: query.notices.clone(),
        }
    }
}
