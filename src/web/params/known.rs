//! The parameters of a search, in one list: strictness, the API description and the documentation page are all drawn from it.

use super::MAX_VALUE;

/// One parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Name.
    pub(crate) name: &'static str,
    /// What it does, for a reader.
    pub(crate) about: &'static str,
    /// What it takes.
    pub(crate) shape: Shape,
    /// Whether it may be repeated, meaning any of the values.
    pub(crate) repeats: bool,
    /// An example.
    pub(crate) example: &'static str,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Any text up to so many characters.
    Text {
        /// Fewest characters.
        least: usize,
        /// Most characters.
        most: usize,
    },
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A whole number within bounds.
    Number {
        /// Smallest.
        least: i64,
        /// Largest.
        most: i64,
        /// What holds where it is absent.
        default: Option<i64>,
    },
    /// One of these words; the first holds where it is absent and it does not repeat.
    OneOf(&'static [&'static str]),
}

const VALUE: Shape = Shape::Text { least: 1, most: MAX_VALUE };

const fn once(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> Known {
    Known { name, about, shape, repeats: false, example }
}

const fn many(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> Known {
    Known { name, about, shape, repeats: true, example }
}

/// Every parameter a search takes.
pub(crate) const KNOWN: &[Known] = &[
    once(
        "q",
        Shape::Text { least: 0, most: super::MAX_TEXT },
        "home schooling",
        "The words to look for, in the query language of the help page. Without it, everything is listed.",
    ),
    many(
        "committee",
        VALUE,
        "improving-lives-select-commission",
        "Only this committee, by the value of its facet entry.",
    ),
    once("from", Shape::Day, "2019-01-01", "Only meetings on or after this day."),
    once("to", Shape::Day, "2019-12-31", "Only meetings on or before this day."),
    many(
        "year",
        Shape::Number { least: 1000, most: 9999, default: None },
        "2019",
        "Only meetings in this calendar year.",
    ),
    many("role", VALUE, "assistant-director-education", "Only items that name this post."),
    many(
        "topic",
        VALUE,
        "elective-home-education",
        "Only items about this topic or a narrower one.",
    ),
    once(
        "in",
        Shape::OneOf(&["anywhere", "title", "minutes", "resolution", "agenda"]),
        "resolution",
        "Where the words are looked for.",
    ),
    many(
        "kind",
        Shape::OneOf(&[
            "resolved",
            "recommended",
            "noted",
            "deferred",
            "referred",
            "delegated",
            "refused",
        ]),
        "recommended",
        "Only items with a decision of this kind.",
    ),
    many(
        "council",
        VALUE,
        "rotherham-council",
        "Only this council, by the value of its facet entry.",
    ),
    once(
        "sort",
        Shape::OneOf(&["relevance", "newest", "oldest", "first-seen"]),
        "newest",
        "The order: best first, by the day of the meeting, or by when an item was first in this index.",
    ),
    once(
        "page",
        Shape::Number { least: 1, most: 10_000, default: Some(1) },
        "2",
        "Which page of the results. A page beyond the end is empty; results beyond the 10,000th cannot be paged to.",
    ),
    once(
        "per_page",
        Shape::Number { least: 1, most: 100, default: Some(20) },
        "50",
        "How many results a page holds.",
    ),
    once(
        "routine",
        Shape::OneOf(&["hide", "show"]),
        "show",
        "Whether procedural items (apologies, declarations of interest and the like) are among the results.",
    ),
    once(
        "synonyms",
        Shape::OneOf(&["on", "off"]),
        "off",
        "Whether the vocabulary adds synonyms, acronyms and topics to the words.",
    ),
    many(
        "as_words",
        VALUE,
        "date-1",
        "Readings of the query (by their id) to be taken as plain words instead.",
    ),
];
