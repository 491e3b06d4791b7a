//! What plain words say beyond being words: dates, committees, posts, item numbers, topics and acronyms.
//!
//! Order: numbers, dates, bodies, posts, then what the vocabulary knows; what is left are words. Each reading is named, so that
//! a reader can turn it back into words.

use minutebook_record::id;

use super::dates;
use super::fields;
use super::lexicon::{Body, is_link, role_words};
use super::names::{fold, is_minutes, is_number, longest, spelt_out};
use super::parse::Context;
use super::tree::{Condition, Node, Parsed, Span};
use super::{bags, framing, function, spans};
use crate::analysis;
use crate::results::{Expansion, Reading};

/// Most words a reading may take: the longest names of bodies have some fifteen.
const LONGEST: usize = 24;

/// Interprets the top of a query: its runs of plain words may be read as more, below it only the vocabulary looks at them.
pub(super) fn interpret(
    nodes: Vec<Node>,
    context: &Context<'_>,
    parsed: &mut Parsed,
) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::All(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    let plain = flat.iter().filter(|node| matches!(node, Node::Word(_))).count();
    let mut all = Vec::new();
    let mut run = Vec::new();
    for node in flat {
        match node {
            Node::Word(word) => run.push(word),
            node => {
                read_run(std::mem::take(&mut run), plain, true, context, parsed, &mut all);
                all.push(below(node, context, parsed));
            }
        }
    }
    read_run(run, plain, true, context, parsed, &mut all);
    distinct(&mut all);
    (!all.is_empty()).then_some(Node::All(all))
}

fn below(node: Node, context: &Context<'_>, parsed: &mut Parsed) -> Node {
    match node {
        Node::Any(nodes) => {
            let mut any = nodes.into_iter().map(|n| below(n, context, parsed)).collect();
            distinct(&mut any);
            Node::Any(any)
        }
        Node::All(nodes) => {
            let plain = nodes.iter().filter(|node| matches!(node, Node::Word(_))).count();
            let (mut all, mut run) = (Vec::new(), Vec::new());
            for node in nodes {
                match node {
                    Node::Word(word) => run.push(word),
                    node => {
                        read_run(std::mem::take(&mut run), plain, false, context, parsed, &mut all);
                        all.push(below(node, context, parsed));
                    }
                }
            }
            read_run(run, plain, false, context, parsed, &mut all);
            distinct(&mut all);
            Node::All(all)
        }
        node => node,
    }
}

/// What is said twice is meant once.
fn distinct(nodes: &mut Vec<Node>) {
    let mut seen: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes.drain(..) {
        if !seen.contains(&node) {
            seen.push(node);
        }
    }
    *nodes = seen;
}

/// The words of a run, with what was taken out of them.
struct Run<'a> {
    words: Vec<Option<String>>,
    /// Words the reader wants as words.
    kept: Vec<bool>,
    context: &'a Context<'a>,
    parsed: &'a mut Parsed,
    nodes: Vec<Node>,
}

fn read_run(
    words: Vec<String>,
    plain: usize,
    top: bool,
    context: &Context<'_>,
    parsed: &mut Parsed,
    all: &mut Vec<Node>,
) {
    if words.is_empty() {
        return;
    }
    let natural = function::is_natural(&words);
    parsed.natural |= natural && top && context.synonyms;
    let mut run = Run {
        kept: vec![false; words.len()],
        words: words.into_iter().map(Some).collect(),
        context,
        parsed,
        nodes: Vec::new(),
    };
    if top && context.readings {
        run.numbers();
        run.references();
        let dated = run.dates();
        run.bodies();
        if dated {
            run.parts_of_names();
        }
        run.posts();
    }
    if natural && top && context.synonyms {
        framing::leave_out(&mut run.words, !run.nodes.is_empty());
    }
    run.rest(plain, natural && top && context.drop_small);
    all.extend(run.nodes);
}

impl Run<'_> {
    /// The untaken words from a place on, as many as a reading may take.
    fn from(&self, at: usize) -> Vec<&str> {
        let free = self.words[at..].iter().zip(&self.kept[at..]);
        free.map_while(|(word, kept)| word.as_deref().filter(|_| !kept)).take(LONGEST).collect()
    }

    /// Takes words out and names what they were read as; no if the reader wants them as words, or enough was read already.
    fn take(&mut self, at: usize, used: usize, field: &str, label: String) -> bool {
        let words = self.from(at)[..used].join(" ");
        let id = format!("{field}:{}", id::slug(&words));
        if self.context.as_words.contains(&id) || !self.parsed.has_room(&id) {
            self.kept[at..at + used].fill(true);
            return false;
        }
        self.words[at..at + used].fill(None);
        self.parsed.read_as(Reading { id, field: field.to_owned(), words, label });
        true
    }

    /// "Minute 111", "min. no. 45/12", and `C131` where an item has that number.
    fn numbers(&mut self) {
        for at in 0..self.words.len() {
            let words = self.from(at);
            let Some(first) = words.first().map(|word| fold(word)) else { continue };
            let named = matches!(first.as_str(), "minute" | "minutes" | "min" | "item");
            let mut used = usize::from(named);
            if named {
                used += usize::from(words.get(1).is_some_and(|w| {
                    matches!(fold(w).as_str(), "no" | "nos" | "number" | "num" | "ref")
                }));
                if used == 1 && dates::begin_with_a_day(&words[1..]) {
                    // "Minutes 12 March 2019" are those of a day, not the twelfth.
                    continue;
                }
            }
            let Some(number) = words.get(used) else { continue };
            let lettered = number.starts_with(|c: char| c.is_alphabetic())
                && number.bytes().any(|b| b.is_ascii_digit())
                && number.bytes().all(|b| b.is_ascii_alphanumeric())
                && number.len() <= 6;
            if !(lettered || named && is_number(number)) {
                continue;
            }
            if let Some((condition, label)) = fields::number(number)
                && let Condition::Number(folded) = &condition
                && (self.context.has_number)(folded)
                && self.take(at, used + 1, "minute", label)
            {
                self.nodes.push(Node::Where(condition));
            }
        }
    }

    /// "planning ref 04/3492": the reference is what is looked for, not the words that announce it.
    fn references(&mut self) {
        for at in 0..self.words.len() {
            let words = self.from(at);
            let announced =
                words.iter().take_while(|word| function::announces_reference(&fold(word))).count();
            let Some(reference) = words.get(announced) else { continue };
            let digits = reference.bytes().filter(u8::is_ascii_digit).count();
            if announced == 0 || digits < 4 || !reference.contains(['/', '-']) {
                continue;
            }
            let reference = (*reference).to_owned();
            if dates::point(&[&reference]).is_none()
                && self.take(at, announced + 1, "reference", format!("naming {reference}"))
            {
                self.nodes.push(Node::Word(reference));
            }
        }
    }

    /// Part of a committee's name beside a date asks for its meeting: "Newcastle West 7th February 2024".
    fn parts_of_names(&mut self) {
        for at in 0..self.words.len() {
            let folded: Vec<Vec<String>> =
                self.from(at).iter().map(|word| analysis::words(word)).collect();
            let mut found: Option<(usize, Vec<&Body>)> = None;
            for used in (1..=folded.len()).rev() {
                let part = spelt_out(&folded[..used].concat());
                let telling = part.iter().any(|word| !function::is_of_bodies(word));
                let bodies: Vec<&Body> = self
                    .context
                    .lexicon
                    .committees
                    .iter()
                    .filter(|body| body.words.windows(part.len()).any(|words| words == part))
                    .collect();
                if telling && !part.is_empty() && !bodies.is_empty() {
                    found = Some((used, bodies));
                    break;
                }
            }
            let Some((used, bodies)) = found else { continue };
            let typed = self.from(at)[..used].join(" ");
            let slugs = self.context.lexicon.with_renames(&bodies);
            let names: Vec<&str> = bodies.iter().take(2).map(|body| body.label.as_str()).collect();
            let label = format!("in {}, or with these words", names.join(", "));
            if self.take(at, used, "committee", label) {
                let words = typed.split(' ').map(|word| Node::Word(word.to_owned())).collect();
                let there = Node::Where(Condition::Committee(slugs));
                self.nodes.push(Node::Any(vec![Node::All(words), there]));
            }
        }
    }

    /// Whether something was read that can be nothing but a date.
    fn dates(&mut self) -> bool {
        let mut certain = false;
        for at in 0..self.words.len() {
            let words = self.from(at);
            let Some((used, days)) = dates::read(&words) else { continue };
            let label = dates::label(&days);
            let typed = words[0].to_owned();
            let condition = Node::Where(Condition::Dates(days.from, days.to));
            if days.certain {
                if self.take(at, used, "date", label) {
                    certain = true;
                    self.nodes.push(condition);
                    // The minutes of a day are what was held that day, whether or not they say "minutes".
                    for beside in at.checked_sub(1).into_iter().chain([at + used]) {
                        if self.words.get(beside).is_some_and(|word| is_minutes(word.as_deref())) {
                            self.words[beside] = None;
                        }
                    }
                }
            } else if self.take(at, used, "date", format!("{label}, or naming “{typed}”")) {
                // "Budget 2019" is decided in 2018: a bare year may be a name.
                self.nodes.push(Node::Any(vec![Node::Word(typed), condition]));
            }
        }
        certain
    }

    /// Whole names of committees and councils, of two words or more.
    fn bodies(&mut self) {
        let lexicon = self.context.lexicon;
        for at in 0..self.words.len() {
            let folded: Vec<Vec<String>> =
                self.from(at).iter().map(|w| analysis::words(w)).collect();
            if let Some((used, body)) = longest(&lexicon.committees, &folded) {
                let slugs = lexicon.with_renames(&[body]);
                let label = if slugs.len() > 1 {
                    format!("in {}, under its other names too", body.label)
                } else {
                    format!("in {}", body.label)
                };
                if self.take(at, used, "committee", label) {
                    self.nodes.push(Node::Where(Condition::Committee(slugs)));
                }
            } else if lexicon.councils.len() > 1
                && let Some((used, body)) = longest(&lexicon.councils, &folded)
                && self.take(at, used, "council", format!("of {}", body.label))
            {
                self.nodes.push(Node::Where(Condition::Council(vec![body.slug.clone()])));
            }
        }
    }

    /// Posts of two words or more; with a word of saying beside them, what they said.
    fn posts(&mut self) {
        for at in 0..self.words.len() {
            let words = self.from(at);
            let Some((used, slugs, label)) = self.post_at(&words) else { continue };
            let typed = words[..used].join(" ");
            let after = words.get(used).map(|word| fold(word)).unwrap_or_default();
            let before: Vec<String> =
                self.words[..at].iter().flatten().map(|word| fold(word)).collect();
            let asked = before.iter().any(|word| word == "did" || word == "has" || word == "does")
                || before.iter().any(|word| word == "according");
            let says = function::is_saying(&after);
            if says || asked && before.iter().any(|word| word == "what" || word == "according") {
                if self.take(at, used, "by", format!("said by the post {label}")) {
                    if says {
                        self.words[at + used] = None;
                    }
                    for word in self.words.iter_mut().filter(|word| {
                        word.as_deref().is_some_and(|word| function::is_asking(&fold(word)))
                    }) {
                        *word = None;
                    }
                    self.parsed.speakers.clone_from(&slugs);
                    self.nodes.push(Node::Where(Condition::Spoke(slugs)));
                }
            } else if self.take(at, used, "role", format!("naming the post {label}")) {
                let named = Node::Where(Condition::Role(slugs));
                self.nodes.push(Node::Any(vec![Node::Phrase(typed), named]));
            }
        }
    }

    /// The longest post that begins here.
    fn post_at(&self, words: &[&str]) -> Option<(usize, Vec<String>, String)> {
        if is_link(&fold(words.first()?)) {
            return None;
        }
        (2..=words.len().min(12)).rev().find_map(|used| {
            if is_link(&fold(words[used - 1])) {
                return None;
            }
            let name = words[..used].join(" ");
            let wanted = role_words(&name);
            let slug = wanted.join("-");
            let post = self.context.lexicon.roles.iter().find(|post| post.slug == slug);
            let post = post.filter(|_| wanted.len() >= 2)?;
            Some((used, vec![post.slug.clone()], post.label.clone()))
        })
    }

    fn expanded(&mut self, expansion: Expansion) {
        if !self.parsed.expansions.contains(&expansion) {
            self.parsed.expansions.push(expansion);
        }
    }

    /// What the vocabulary knows, and the words that are left.
    fn rest(&mut self, plain: usize, natural: bool) {
        let left: Vec<String> = self.words.iter().flatten().cloned().collect();
        let known = !self.nodes.is_empty();
        let mut at = 0;
        let mut spans: Vec<(Vec<usize>, Span)> = Vec::new();
        let typed = spans::Typed::new(&left);
        while at < left.len() && self.context.synonyms {
            match spans::read(&typed, at, self.context.lexicon) {
                Some((used, span, expansion)) => {
                    self.expanded(expansion);
                    spans.push(((at..at + used).collect(), span));
                    at += used;
                }
                None => at += 1,
            }
        }
        let content = |word: &String| !function::is_function(&fold(word));
        while self.context.synonyms {
            let taken = |at: &usize| spans.iter().any(|(places, _)| places.contains(at));
            let free: Vec<usize> =
                (0..left.len()).filter(|at| content(&left[*at]) && !taken(at)).collect();
            let words: Vec<&str> = free.iter().map(|at| left[*at].as_str()).collect();
            let Some((found, topic)) = bags::find(&words) else { break };
            let places: Vec<usize> = found.into_iter().map(|at| free[at]).collect();
            let words: Vec<String> = places.iter().map(|at| left[*at].clone()).collect();
            let (span, expansion) = spans::scattered(&words, topic);
            self.expanded(expansion);
            spans.push((places, span));
        }
        let covered = |at: usize| spans.iter().any(|(places, _)| places.contains(&at));
        let contentful = left.iter().filter(|word| content(word)).count().max(1);
        // Words like "the" are asked of a short query, which is meant as written; a sentence is meant by its other words.
        let drop = natural && (known || !spans.is_empty() || left.iter().any(content));
        let mut words = Vec::new();
        for (at, word) in left.iter().enumerate() {
            if !covered(at) && (!drop || content(word)) {
                words.push((at, Node::Word(word.clone())));
            }
        }
        for (places, mut span) in spans {
            let own = places.iter().filter(|at| content(&left[**at])).count().max(1);
            let of = contentful.max(plain.min(contentful));
            span.coverage = u32::try_from(own * 100 / of.max(own)).unwrap_or(100);
            words.push((places[0], Node::Span(span)));
        }
        words.sort_by_key(|(at, _)| *at);
        self.nodes.extend(words.into_iter().map(|(_, node)| node));
    }
}
