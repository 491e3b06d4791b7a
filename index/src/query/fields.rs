//! Fields a query names: `committee:audit`, `by:"assistant director"`, `date:2018/19`. A value nobody knows is searched as words.

use minutebook_record::Kind;
use minutebook_record::vocabulary::Topics;

use super::dates::{self, Days};
use super::lex::Field;
use super::lexicon::Body;
use super::parse::Context;
use super::tree::{Condition, Node, Parsed};
use crate::analysis;
use crate::results::Reading;
use crate::search::Scope;

/// What a field says; none where it only says where to look.
pub(super) fn read(
    field: Field,
    value: &str,
    context: &Context<'_>,
    parsed: &mut Parsed,
) -> Option<Node> {
    let id = format!("{}:{}", field.word(), minutebook_record::id::slug(value));
    if context.as_words.contains(&id) || !parsed.has_room(&id) {
        return Some(Node::Word(value.to_owned()));
    }
    let reading = match field {
        Field::In => return scope(value, parsed),
        Field::By => by(value, context, parsed),
        Field::Committee => bodies(&context.lexicon.committees, value).map(|found| {
            let slugs = context.lexicon.with_renames(&found);
            (Condition::Committee(slugs), format!("in {}", named(&found)))
        }),
        Field::Council => bodies(&context.lexicon.councils, value).map(|found| {
            let slugs = found.iter().map(|body| body.slug.clone()).collect();
            (Condition::Council(slugs), format!("of {}", named(&found)))
        }),
        Field::Role => {
            let posts = context.lexicon.posts(value);
            (!posts.is_empty()).then(|| {
                let label =
                    posts.iter().take(3).map(|p| p.label.as_str()).collect::<Vec<_>>().join(", ");
                let slugs = posts.iter().map(|post| post.slug.clone()).collect();
                (Condition::Role(slugs), format!("naming the post {label}"))
            })
        }
        Field::Topic => topics(value),
        Field::Kind => kinds(value, parsed),
        Field::Minute => number(value),
        Field::Date | Field::Before | Field::After | Field::Since => date(field, value),
    };
    let words = format!("{}:{value}", field.word());
    let Some((condition, label)) = reading else {
        parsed.note(format!("“{words}” names nothing that is held and was searched as words"));
        return Some(Node::Word(value.to_owned()));
    };
    let field = field.word().to_owned();
    parsed.read_as(Reading { id, field, words, label });
    Some(Node::Where(condition))
}

fn scope(value: &str, parsed: &mut Parsed) -> Option<Node> {
    let value = value.to_lowercase();
    let scope = Scope::parse(&value).or(match value.as_str() {
        "titles" => Some(Scope::Title),
        "minute" | "text" => Some(Scope::Minutes),
        "resolutions" | "decision" | "decisions" | "resolved" => Some(Scope::Resolution),
        "agendas" => Some(Scope::Agenda),
        _ => None,
    });
    if let Some(scope) = scope {
        parsed.scope = Some(scope);
        None
    } else {
        parsed.note(format!(
            "“in:{value}” is none of title, minutes, resolution and agenda, and was searched as words"
        ));
        Some(Node::Word(value))
    }
}

fn by(value: &str, context: &Context<'_>, parsed: &mut Parsed) -> Option<(Condition, String)> {
    let posts = context.lexicon.posts(value);
    let first = posts.first()?;
    let label = if posts.len() == 1 { first.label.clone() } else { format!("{value} (any)") };
    parsed.speakers = posts.iter().map(|post| post.slug.clone()).collect();
    Some((Condition::Spoke(parsed.speakers.clone()), format!("said by the post {label}")))
}

/// The bodies whose names hold all words of a value; those that are it, word for word, before others.
fn bodies<'a>(all: &'a [Body], value: &str) -> Option<Vec<&'a Body>> {
    let words = analysis::words(value);
    let slug = minutebook_record::id::slug(value);
    let whole: Vec<&Body> =
        all.iter().filter(|body| body.words == words || body.slug == slug).collect();
    if !whole.is_empty() {
        return Some(whole);
    }
    let found: Vec<&Body> =
        all.iter().filter(|body| words.iter().all(|word| body.words.contains(word))).collect();
    (!found.is_empty() && !words.is_empty()).then_some(found)
}

fn named(bodies: &[&Body]) -> String {
    let names: Vec<&str> = bodies.iter().take(3).map(|body| body.label.as_str()).collect();
    let more = bodies.len().saturating_sub(names.len());
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}

fn topics(value: &str) -> Option<(Condition, String)> {
    let shipped = Topics::in_use();
    let slug = minutebook_record::id::slug(value);
    let by_form = || {
        let split: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
        let typed = super::spans::Typed::new(&split);
        let found = super::spans::read(&typed, 0, &super::Lexicon::default());
        found.filter(|(used, ..)| *used == split.len()).and_then(|(_, span, _)| span.topic)
    };
    let id = shipped.get(&slug).map(|topic| topic.id.clone()).or_else(by_form)?;
    let label = format!("about {}", shipped.label(&id));
    Some((Condition::Topic(vec![id]), label))
}

fn kinds(value: &str, parsed: &mut Parsed) -> Option<(Condition, String)> {
    let words = value.split(',').map(|word| word.trim().to_lowercase());
    let (known, unknown): (Vec<_>, Vec<_>) =
        words.map(|word| (Kind::parse(&word), word)).partition(|(kind, _)| kind.is_some());
    let kinds: Vec<Kind> = known.into_iter().filter_map(|(kind, _)| kind).collect();
    for (_, word) in unknown.iter().filter(|_| !kinds.is_empty()) {
        parsed.note(format!("“{word}” is no kind of decision and was left out"));
    }
    let label = kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" or ");
    (!kinds.is_empty()).then(|| (Condition::Kind(kinds), format!("with something {label}")))
}

/// An item's number, folded as it is indexed.
pub(super) fn number(value: &str) -> Option<(Condition, String)> {
    let folded: String =
        value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
    let known = folded.bytes().any(|b| b.is_ascii_digit());
    known.then(|| {
        (Condition::Number(folded.clone()), format!("item number {}", folded.to_uppercase()))
    })
}

fn date(field: Field, value: &str) -> Option<(Condition, String)> {
    let words: Vec<&str> = match field {
        Field::Date => Vec::new(),
        Field::Before => vec!["before"],
        Field::After => vec!["after"],
        _ => vec!["since"],
    }
    .into_iter()
    .chain(value.split_whitespace())
    .collect();
    let (used, days) = dates::read(&words).or_else(|| open_range(value))?;
    let whole = used == words.len() || value.contains("..");
    whole.then(|| (Condition::Dates(days.from, days.to), dates::label(&days)))
}

/// `2015..2018`, `2015..`, `..2018`.
fn open_range(value: &str) -> Option<(usize, Days)> {
    let (from, to) = value.split_once("..")?;
    let point = |text: &str| {
        if text.is_empty() { Some(None) } else { dates::point(&[text]).map(|(_, days)| Some(days)) }
    };
    let (from, to) = (point(from)?, point(to)?);
    (from.is_some() || to.is_some()).then(|| {
        let days =
            Days { from: from.and_then(|d| d.from), to: to.and_then(|d| d.to), certain: true };
        (1, days)
    })
}
