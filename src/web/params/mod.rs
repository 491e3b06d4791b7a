//! Request parameters: what was typed, checked, becomes one `Search`; and one `Search` becomes parameters again.
//!
//! The JSON API is strict (unknown, malformed or repeated means an answer that names the parameter); pages are lenient
//! about what they do not know and kind about dates, but never guess.

mod dates;
mod known;
mod raw;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use minutebook_index::Search;
use minutebook_index::search::{
    DEFAULT_PER_PAGE, Filters, MAX_DEPTH, MAX_PER_PAGE, Routine, Scope, Sort, Synonyms,
};
use minutebook_record::Kind;

pub(crate) use dates::{DateBoxes, Edge};
pub(crate) use known::{KNOWN, Known, Shape};
pub(crate) use raw::Raw;

/// The most values one filter takes.
pub(crate) const MAX_VALUES: usize = 50;
/// The longest query that is answered, in characters; the search reads its beginning and says so.
pub(crate) const MAX_TEXT: usize = 20_000;
/// The longest value of a filter, in characters.
pub(crate) const MAX_VALUE: usize = 200;

/// The most parameters that are named of those nobody knows.
pub(crate) const MOST_NAMED: usize = 10;

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadParameter {
    /// Its name.
    pub(crate) name: String,
    /// What is wrong and what is accepted, as a sentence for the reader.
    pub(crate) message: String,
}

impl BadParameter {
    /// A parameter and what is wrong with it.
    pub(crate) fn new(name: &str, message: impl Into<String>) -> Self {
        Self { name: short(name), message: message.into() }
    }
}

/// Who asks: a program, which should hear of every mistake, or a person, who followed a link or filled in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// A program.
    Strict,
    /// A person.
    Kind,
}

/// The search that parameters ask for, or everything that is wrong with them.
pub(crate) fn search(raw: &Raw, face: Face) -> Result<Search, Vec<BadParameter>> {
    let mut reader = Reader { raw, face, bad: Vec::new() };
    let strict = face == Face::Strict;
    if strict {
        reader.refuse_unknown();
    }
    let (from, to) = reader.dates();
    let search = Search {
        text: reader.text(),
        filters: Filters {
            committee: reader.values("committee"),
            from,
            to,
            year: reader.years(),
            role: reader.values("role"),
            topic: reader.values("topic"),
            kind: reader.each("kind", &kind_words(), Kind::parse),
            council: reader.values("council"),
        },
        scope: reader.one_of("in", &words(Scope::ALL, Scope::as_str), Scope::parse),
        sort: reader.one_of("sort", &words(Sort::ALL, Sort::as_str), Sort::parse),
        page: reader.number("page", 1, 1, MAX_DEPTH),
        per_page: reader.number("per_page", DEFAULT_PER_PAGE, 1, MAX_PER_PAGE),
        routine: reader.one_of("routine", &words(Routine::ALL, Routine::as_str), Routine::parse),
        synonyms: reader.one_of(
            "synonyms",
            &words(Synonyms::ALL, Synonyms::as_str),
            Synonyms::parse,
        ),
        as_words: reader.values("as_words"),
    };
    if reader.bad.is_empty() { Ok(search) } else { Err(reader.bad) }
}

/// Parameters of a search, in one fixed order, without what is as it comes: the address of a search is always the same.
pub(crate) fn pairs(search: &Search) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    if !search.text.is_empty() {
        pairs.push(("q", search.text.clone()));
    }
    let filters = &search.filters;
    pairs.extend(filters.committee.iter().map(|value| ("committee", value.clone())));
    pairs.extend(filters.from.map(|date| ("from", date.to_string())));
    pairs.extend(filters.to.map(|date| ("to", date.to_string())));
    pairs.extend(filters.year.iter().map(|year| ("year", year.to_string())));
    pairs.extend(filters.role.iter().map(|value| ("role", value.clone())));
    pairs.extend(filters.topic.iter().map(|value| ("topic", value.clone())));
    pairs.extend(filters.kind.iter().map(|kind| ("kind", kind.as_str().to_owned())));
    pairs.extend(filters.council.iter().map(|value| ("council", value.clone())));
    let fresh = Search::default();
    if search.scope != fresh.scope {
        pairs.push(("in", search.scope.as_str().to_owned()));
    }
    if search.sort != fresh.sort {
        pairs.push(("sort", search.sort.as_str().to_owned()));
    }
    if search.routine != fresh.routine {
        pairs.push(("routine", search.routine.as_str().to_owned()));
    }
    if search.synonyms != fresh.synonyms {
        pairs.push(("synonyms", search.synonyms.as_str().to_owned()));
    }
    pairs.extend(search.as_words.iter().map(|id| ("as_words", id.clone())));
    if search.per_page != fresh.per_page {
        pairs.push(("per_page", search.per_page.to_string()));
    }
    if search.page != fresh.page {
        pairs.push(("page", search.page.to_string()));
    }
    pairs
}

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| word(*value)).collect()
}

fn kind_words() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.as_str()).collect()
}

struct Reader<'a> {
    raw: &'a Raw,
    face: Face,
    bad: Vec<BadParameter>,
}

impl Reader<'_> {
    fn strict(&self) -> bool {
        self.face == Face::Strict
    }

    fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.bad.push(BadParameter::new(name, message));
    }

    fn refuse_unknown(&mut self) {
        let unknown = |name: &&str| !KNOWN.iter().any(|known| known.name == *name);
        let names: Vec<_> = KNOWN.iter().map(|known| known.name).collect();
        for name in self.raw.names().into_iter().filter(unknown).take(MOST_NAMED) {
            // The list is the same for all of them.
            let known =
                if self.bad.is_empty() { names.join(", ") } else { "those named".to_owned() };
            self.refuse(
                name,
                format!("`{}` is no parameter of a search; there are {known}", short(name)),
            );
        }
        for name in self.raw.garbled().iter().take(MOST_NAMED) {
            self.refuse(name, format!("`{}` is not valid UTF-8", short(name)));
        }
    }

    /// The only value of a parameter. A person's empty box is no value.
    fn single(&mut self, name: &str) -> Option<String> {
        let raw = self.raw;
        let values = raw.all(name);
        if values.len() > 1 && self.strict() {
            self.refuse(name, format!("`{name}` is given {} times; give it once", values.len()));
        }
        let value = values.into_iter().next()?;
        if value.is_empty() && !self.strict() { None } else { Some(value.to_owned()) }
    }

    fn text(&mut self) -> String {
        let text = self.single("q").unwrap_or_default();
        // Long questions are cut by the search itself, which says so.
        if self.strict() && text.chars().count() > MAX_TEXT {
            self.refuse("q", format!("`q` is too long; {MAX_TEXT} characters are the most"));
        }
        text
    }

    fn values(&mut self, name: &'static str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.raw.all(name) {
            if value.is_empty() {
                if self.strict() {
                    self.refuse(name, format!("`{name}` is empty; leave it out or give a value"));
                }
            } else if value.chars().count() > MAX_VALUE {
                self.refuse(
                    name,
                    format!("a value of `{name}` is longer than {MAX_VALUE} characters"),
                );
            } else if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        if values.len() > MAX_VALUES {
            self.refuse(name, format!("`{name}` takes at most {MAX_VALUES} values"));
            values.truncate(MAX_VALUES);
        }
        values
    }

    fn each<T: PartialEq>(
        &mut self,
        name: &'static str,
        accepted: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for word in self.values(name) {
            match parse(&word) {
                Some(value) if values.contains(&value) => {}
                Some(value) => values.push(value),
                None => self.refuse(name, not_among(name, &word, accepted)),
            }
        }
        values
    }

    fn one_of<T: Default>(
        &mut self,
        name: &'static str,
        accepted: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let Some(word) = self.single(name) else { return T::default() };
        parse(&word).unwrap_or_else(|| {
            self.refuse(name, not_among(name, &word, accepted));
            T::default()
        })
    }

    fn years(&mut self) -> Vec<i16> {
        let parse = |word: &str| {
            let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
            word.parse::<i16>().ok().filter(|year| digits && *year >= 1000)
        };
        self.each("year", &["a year of four digits, such as 2019"], parse)
    }

    fn number(&mut self, name: &'static str, default: usize, least: usize, most: usize) -> usize {
        let Some(word) = self.single(name) else { return default };
        let plain = !word.is_empty() && word.len() < 10 && word.bytes().all(|b| b.is_ascii_digit());
        match word.parse::<usize>() {
            Ok(number) if plain && (least..=most).contains(&number) => number,
            _ => {
                self.refuse(name, format!("`{name}` must be a number from {least} to {most}"));
                default
            }
        }
    }

    fn dates(&mut self) -> (Option<Date>, Option<Date>) {
        let from = self.date("from", dates::Edge::First);
        let to = self.date("to", dates::Edge::Last);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
            && !self.strict()
        {
            self.refuse("to", "The last day must be the same as or after the first day");
        }
        (from, to)
    }

    fn date(&mut self, name: &'static str, edge: dates::Edge) -> Option<Date> {
        if self.strict() {
            let word = self.single(name)?;
            let date = dates::whole(&word);
            if date.is_none() {
                self.refuse(
                    name,
                    format!("`{name}` must be a day written YYYY-MM-DD, such as 2019-03-27"),
                );
            }
            return date;
        }
        let boxes = DateBoxes::read(self.raw, name);
        match boxes.date(edge) {
            Ok(date) => date,
            Err(message) => {
                self.refuse(name, message);
                None
            }
        }
    }
}

/// A name that may be as long as an address is, as far as a reader needs it.
pub(crate) fn short(name: &str) -> String {
    name.chars().take(MAX_VALUE).collect()
}

fn not_among(name: &str, word: &str, accepted: &[&str]) -> String {
    let shown: String = word.chars().take(40).collect();
    format!("`{name}` cannot be `{shown}`; it must be {}", accepted.join(", "))
}
