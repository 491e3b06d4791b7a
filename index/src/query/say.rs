//! The tree said back in plain words.

use super::dates::{self, Days};
use super::tree::{Condition, Node, Parsed};
use crate::search::Scope;

impl Parsed {
    /// What is looked for, as a sentence without its full stop. `scope` is where the words are looked for.
    pub fn sentence(&self, scope: Scope) -> String {
        let words = self.tree.as_ref().map(|tree| say(tree, true)).unwrap_or_default();
        let place = match scope {
            Scope::Anywhere => "",
            Scope::Title => " in the title",
            Scope::Minutes => " in the minutes",
            Scope::Resolution => " in a resolution",
            Scope::Agenda => " in the agenda",
        };
        match words.as_str() {
            "" => "everything".to_owned(),
            words if words.starts_with("without ") => format!("items {words}{place}"),
            words => format!("items with {words}{place}"),
        }
    }
}

fn say(node: &Node, top: bool) -> String {
    match node {
        Node::All(nodes) if nodes.len() == 1 => say(&nodes[0], top),
        Node::All(nodes) => {
            let (with, without): (Vec<_>, Vec<_>) =
                nodes.iter().partition(|node| !matches!(node, Node::Not(_)));
            let with: Vec<String> = with.into_iter().map(|node| say(node, false)).collect();
            let without: Vec<String> = without.into_iter().map(|node| say(node, false)).collect();
            let mut text = list(&with, "and");
            if !without.is_empty() {
                let joined = list(&without, "and");
                text = if text.is_empty() { joined } else { format!("{text}, {joined}") };
            }
            if top || with.len() + without.len() < 2 { text } else { format!("({text})") }
        }
        Node::Any(nodes) if nodes.is_empty() => "no word at all".to_owned(),
        Node::Any(nodes) => {
            let all: Vec<String> = nodes.iter().map(|node| say(node, false)).collect();
            let text = list(&all, "or");
            if top || all.len() < 2 { text } else { format!("({text})") }
        }
        Node::Most(nodes) => {
            let all: Vec<String> = nodes.iter().map(|node| say(node, false)).collect();
            format!("most of {}", list(&all, "and"))
        }
        Node::Not(inner) => format!("without {}", say(inner, false)),
        Node::Word(word) => word.clone(),
        Node::Phrase(phrase) => format!("“{phrase}”"),
        Node::Prefix(prefix) => format!("words that begin with “{prefix}”"),
        Node::Fuzzy(word) => format!("words like “{word}”"),
        Node::Near(a, b, reach) => {
            format!("{} within {reach} words of {}", say(a, false), say(b, false))
        }
        Node::Span(span) => span.words.join(" "),
        Node::Where(condition) => condition_words(condition),
    }
}

fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn condition_words(condition: &Condition) -> String {
    let slugs = |slugs: &[String]| {
        let mut names: Vec<String> =
            slugs.iter().take(3).map(|slug| slug.replace('-', " ")).collect();
        if slugs.len() > 3 {
            names.push(format!("{} more", slugs.len() - 3));
        }
        list(&names, "or")
    };
    match condition {
        Condition::Committee(all) => format!("the committee {}", slugs(all)),
        Condition::Council(all) => format!("the council {}", slugs(all)),
        Condition::Role(all) => format!("the post {}", slugs(all)),
        Condition::Spoke(all) => format!("words of the post {}", slugs(all)),
        Condition::Topic(all) => format!("the topic {}", slugs(all)),
        Condition::Kind(all) => {
            let all: Vec<String> = all.iter().map(|kind| kind.as_str().to_owned()).collect();
            format!("something {}", list(&all, "or"))
        }
        Condition::Number(number) => format!("the number {}", number.to_uppercase()),
        Condition::Dates(from, to) => {
            format!("a date {}", dates::label(&Days { from: *from, to: *to, certain: true }))
        }
    }
}
