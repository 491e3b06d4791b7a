//! The tree said back in plain words.

use super::dates::{self, Days};
use super::lexicon::{Body, Lexicon};
use super::tree::{Condition, Node, Parsed};
use crate::search::Scope;

impl Parsed {
    /// What is looked for, as a sentence without its full stop. `scope` is where the words are looked for, `lexicon` knows the
    /// names of bodies and posts.
    pub fn sentence(&self, scope: Scope, lexicon: &Lexicon) -> String {
        let words = self.tree.as_ref().map(|tree| say(tree, true, lexicon)).unwrap_or_default();
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

fn say(node: &Node, top: bool, lexicon: &Lexicon) -> String {
    match node {
        Node::All(nodes) if nodes.len() == 1 => say(&nodes[0], top, lexicon),
        Node::All(nodes) => {
            let (with, without): (Vec<_>, Vec<_>) =
                nodes.iter().partition(|node| !matches!(node, Node::Not(_)));
            let with: Vec<String> =
                with.into_iter().map(|node| say(node, false, lexicon)).collect();
            let without: Vec<String> =
                without.into_iter().map(|node| say(node, false, lexicon)).collect();
            let mut text = list(&with, "and");
            if !without.is_empty() {
                let joined = list(&without, "and");
                text = if text.is_empty() { joined } else { format!("{text}, {joined}") };
            }
            if top || with.len() + without.len() < 2 { text } else { format!("({text})") }
        }
        Node::Any(nodes) if nodes.is_empty() => "no word at all".to_owned(),
        // What comes near a post named in words: its name in any order says no more to a reader.
        Node::Any(nodes)
            if matches!(nodes[..], [Node::Phrase(_), Node::Where(_), Node::All(_)]) =>
        {
            format!("the name of {}", say(&nodes[1], false, lexicon))
        }
        Node::Any(nodes) => {
            let all: Vec<String> = nodes.iter().map(|node| say(node, false, lexicon)).collect();
            let text = list(&all, "or");
            if top || all.len() < 2 { text } else { format!("({text})") }
        }
        Node::Most(nodes) => {
            let all: Vec<String> = nodes.iter().map(|node| say(node, false, lexicon)).collect();
            format!("most of {}", list(&all, "and"))
        }
        Node::Not(inner) => format!("without {}", say(inner, false, lexicon)),
        Node::Word(word) => word.clone(),
        Node::Phrase(phrase) => format!("“{phrase}”"),
        Node::Prefix(prefix) => format!("words that begin with “{prefix}”"),
        Node::Fuzzy(word) => format!("words like “{word}”"),
        Node::Near(a, b, reach) => {
            format!("{} within {reach} words of {}", say(a, false, lexicon), say(b, false, lexicon))
        }
        Node::Span(span) => span.words.join(" "),
        Node::Where(condition) => condition_words(condition, lexicon),
    }
}

fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn condition_words(condition: &Condition, lexicon: &Lexicon) -> String {
    let names = |slugs: &[String], most: usize, label: &dyn Fn(&str) -> Option<String>| {
        let name = |slug: &String| label(slug).unwrap_or_else(|| slug.replace('-', " "));
        let mut names: Vec<String> = slugs.iter().take(most).map(name).collect();
        if slugs.len() > most {
            names.push(format!("{} more", slugs.len() - most));
        }
        list(&names, "or")
    };
    let body = |bodies: &[Body], slug: &str| {
        bodies.iter().find(|body| body.slug == slug).map(|body| body.label.clone())
    };
    let post = |slug: &str| {
        lexicon.roles.iter().find(|post| post.slug == slug).map(|post| post.label.clone())
    };
    match condition {
        // One of them is what the reader asked for, the others are what it was called before and after.
        Condition::Committee(all) => {
            format!("the committee {}", names(all, 1, &|slug| body(&lexicon.committees, slug)))
        }
        Condition::Council(all) => {
            format!("the council {}", names(all, 3, &|slug| body(&lexicon.councils, slug)))
        }
        Condition::Role(all) => format!("the post {}", names(all, 3, &post)),
        Condition::Spoke(all) => format!("words of the post {}", names(all, 3, &post)),
        Condition::Topic(all) => format!("the topic {}", names(all, 3, &|_| None)),
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
