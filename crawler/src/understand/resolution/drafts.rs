//! The clauses of a block of paragraphs, by their labels and bullets, before anything is read from them.

use std::sync::LazyLock;

use regex::Regex;

use super::forms::{Forms, regex};
use super::label::{Label, Nesting};

/// Words after which a list of labels is told as one clause: reasons, conditions, names.
static ONE_CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:reasons?|conditions?|informatives?|grounds|namely|following (?:members|councillors|persons|wards|sites|areas|dates|(?:to )?be (?:appointed|elected|nominated))|subject to(?: the following)?|paragraphs? \w+|(?:reasons?|conditions?|grounds)\b[^:;.]{0,60}|conditions? (?:and informatives? )?(?:set out|listed)? ?(?:below)?)\s*(?:[:;–—-]|$)[\s:;–—-]*$",
    )
});

/// How many bytes at the end of a text tell what its list is.
const LAST_WORDS: usize = 300;

/// One clause while the block is read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) label: Option<String>,
    pub(super) level: usize,
    pub(super) text: String,
    pub(super) at: (usize, usize),
    pub(super) has_children: bool,
    /// Bullets under it were taken in: more of them are too.
    list: bool,
    /// The last label inside its words, and how many bytes of them were searched for labels.
    inner: (Option<Label>, usize),
}

impl Draft {
    fn new(label: Option<String>, level: usize, text: &str, at: (usize, usize)) -> Draft {
        let text = text.trim().to_owned();
        Draft { label, level, text, at, has_children: false, list: false, inner: (None, 0) }
    }
}

/// A paragraph number that is no label ("4.1 that the report be received").
static PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{1,3}\.\d{1,3}\.?\s+"));
pub(super) const BULLETS: &[char] = &['•', '·', '§', '\u{f0b7}', '▪', '◦', '➢'];

/// The words behind a bullet, typed as a hyphen or a dash too.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let typed = || ["- ", "– ", "* "].iter().find_map(|mark| text.strip_prefix(mark));
    text.strip_prefix(BULLETS).or_else(typed).map(str::trim_start)
}

/// "2.1 That the aims be agreed.", "2.2 Delegate authority to the Director": a clause behind a paragraph's number.
pub(super) fn is_numbered_clause(text: &str) -> bool {
    PARAGRAPH.find(text).is_some_and(|number| {
        let said = &text[number.end()..];
        let first = said.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        matches!(first, "That" | "To")
            || Forms::shipped().verb(first).is_some_and(|verb| {
                (first.eq_ignore_ascii_case(&verb.base) || first.eq_ignore_ascii_case(&verb.past))
                    && !said[first.len()..].starts_with(" of ")
                    && said.split(' ').count() > 2
            })
    })
}

/// "The report be noted": a clause without its "That".
pub(super) fn is_bare_order(text: &str) -> bool {
    text.len() < 400
        && text.starts_with(char::is_uppercase)
        && super::agreed::orders(&text.to_lowercase())
}

pub(super) fn is_empty_lead(lead: &str) -> bool {
    let words = lead.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(words.as_str(), "" | "that" | "to")
}

/// A clause that stands without its "that": it begins with a capital.
fn says_itself(piece: &str) -> bool {
    piece.starts_with(char::is_uppercase)
}

pub(super) fn strip_quotes(text: &str) -> &str {
    let text = text.trim();
    let open = text.starts_with(['“', '"']);
    let close = text.ends_with(['”', '"']);
    if open && (close || !text.contains('”')) {
        text.trim_matches(['“', '”', '"']).trim()
    } else if close && !text.contains('“') {
        text.trim_end_matches(['”', '"']).trim()
    } else {
        text
    }
}

pub(super) fn drafts(pieces: &[(usize, usize, &str)]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut nesting = Nesting::default();
    for (passage, offset, text) in pieces {
        if let Some(text) = bullet(text) {
            bullets(&mut drafts, text, (*passage, *offset));
            continue;
        }
        for (start, piece) in cut_at_labels(text, &nesting) {
            let at = (*passage, offset + start);
            if start == 0
                && let Some(number) = PARAGRAPH.find(piece)
            {
                drafts.push(Draft::new(None, 0, &piece[number.end()..], at));
                continue;
            }
            let label = Label::at_start(piece);
            let plain_that = label.is_none()
                && start == 0
                && ["That ", "THAT "].iter().any(|w| piece.starts_with(w));
            match label {
                Some((label, text_from)) => {
                    // The list of reasons or conditions of a clause stays with it.
                    let continues = nesting.continues(&label);
                    if !continues
                        && let Some(last) = drafts.last_mut()
                        && lists_in_one(&last.text)
                        && !(names_clauses(&last.text) && says(&piece[text_from..]))
                    {
                        join(&mut last.text, piece);
                        continue;
                    }
                    if !continues
                        && let Some(last) = drafts.last_mut()
                        && inside_list(last, &label)
                    {
                        join(&mut last.text, piece);
                        continue;
                    }
                    let mut level = nesting.enter(&label);
                    let mut body = &piece[text_from..];
                    if let Some(last) = drafts.last_mut()
                        && last.level <= level
                        && (last.label.is_some() || ends_open(&last.text))
                    {
                        last.has_children = true;
                    }
                    let mut full = nesting.full();
                    // "2(a) That", "(1) (a) That": a label right after a label is a level deeper.
                    while let Some((inner, inner_from)) =
                        Label::at_start(body).filter(|(l, _)| l.is_first())
                    {
                        level = nesting.enter(&inner);
                        full = nesting.full();
                        body = &body[inner_from..];
                    }
                    // Unlabelled lead: labels below it are not nested labels.
                    drafts.push(Draft::new(full, level + 1, body, at));
                }
                None if drafts.is_empty() || plain_that || start == 0 && anew(&drafts, piece) => {
                    if plain_that {
                        nesting = Nesting::default();
                    }
                    drafts.push(Draft::new(None, 0, piece, at));
                }
                None if start == 0 && goes_down(&drafts, piece) => {
                    if let Some(last) = drafts.last_mut().filter(|l| l.level != usize::MAX) {
                        last.has_children = true;
                    }
                    drafts.push(Draft::new(None, usize::MAX, piece, at));
                }
                None => {
                    if let Some(last) = drafts.last_mut() {
                        // "RESOLVED THAT:" and the words in the next paragraph.
                        if last.label.is_none() && is_empty_lead(&last.text) && says_itself(piece) {
                            last.text.clear();
                            last.at = at;
                        }
                        join(&mut last.text, piece);
                    }
                }
            }
        }
    }
    drafts
}

/// "agreed the recommendations of the report, namely:": the clauses follow, not a list of names.
fn names_clauses(lead: &str) -> bool {
    let lower = lead.to_lowercase();
    is_preamble(lead) || lower.contains("recommendation") && lower.contains("namely")
}

/// "For the reasons set out in the report:": what every clause behind it rests on.
fn is_preamble(lead: &str) -> bool {
    ["For ", "Having ", "In "].iter().any(|word| lead.starts_with(word))
}

/// "That the report be noted", "To note the report".
fn says(text: &str) -> bool {
    ["That ", "THAT ", "To ", "to ", "that "].iter().any(|word| text.starts_with(word))
}

/// "The report be noted.", "The plan be agreed.": each a clause without its "That".
fn anew(drafts: &[Draft], piece: &str) -> bool {
    let whole = |last: &Draft| {
        last.label.is_none() && last.text.ends_with('.') && is_bare_order(&last.text)
    };
    drafts.last().is_some_and(whole) && is_bare_order(piece)
        || drafts.last().is_some_and(ends_told) && BODY_ACTS.is_match(piece)
}

/// "The Cabinet noted the risks.": a sentence of a decision told in sentences, one to a paragraph.
static BODY_ACTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:The )?(?:[A-Z][\w’-]* (?:and |of )?){0,4}?(?:Cabinet|Council|Committee|Sub-Committee|Board|Panel|Executive|Commission|Leader|Mayor|Member|Holder) (?:also |further |then )?(?:agreed|approved|noted|endorsed|resolved|recommended|requested|adopted|authorised|received)\b",
    )
});

fn ends_told(last: &Draft) -> bool {
    last.label.is_none() && last.text.ends_with('.') && BODY_ACTS.is_match(&last.text)
}

/// Bullets: clauses of their own under an open lead, else part of the clause above.
fn bullets(drafts: &mut Vec<Draft>, text: &str, at: (usize, usize)) {
    for bullet in text.split(BULLETS).map(str::trim).filter(|b| !b.is_empty()) {
        let own = match drafts.last() {
            None => true,
            Some(last) => {
                !last.list
                    && !lists_in_one(&last.text)
                    && (last.level == usize::MAX || last.label.is_none() && ends_open(&last.text))
            }
        };
        if own {
            if let Some(last) = drafts.last_mut().filter(|last| last.level != usize::MAX) {
                last.has_children = true;
            }
            drafts.push(Draft::new(None, usize::MAX, bullet, at));
        } else if let Some(last) = drafts.last_mut() {
            last.list = true;
            join(&mut last.text, bullet);
        }
    }
}

/// "RESOLVED to:", "note the report; and", "agree the fee.": a list without labels or bullets, a verb at the head of each line.
fn goes_down(drafts: &[Draft], piece: &str) -> bool {
    let Some(last) = drafts.last() else { return false };
    let text = last.text.trim_end();
    let under = last.label.is_none()
        && if last.level == usize::MAX {
            let text = text.strip_suffix(" and").unwrap_or(text);
            text.ends_with([';', ','])
        } else {
            text.ends_with(':') && !lists_in_one(text)
        };
    let first = piece.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    let verb = Forms::shipped().verb(first).is_some_and(|v| {
        first.eq_ignore_ascii_case(&v.base) || first.eq_ignore_ascii_case(&v.past)
    });
    under && verb
}

fn ends_open(text: &str) -> bool {
    /// "that the Board", "That Cabinet": whoever does what the list says.
    static BODY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:that )?(?:the |this )?(?:[\w’&-]+ ){0,5}?(?:committee|sub-committee|board|council|cabinet|executive|panel|commission|authority|forum|members|officers)$",
        )
    });
    let text = text.trim_end();
    text.ends_with([':', '-', '–', '—'])
        || [" agreed;", " resolved;", " decided;", " AGREED;", " RESOLVED;"]
            .iter()
            .any(|end| text.ends_with(end))
        || is_empty_lead(text)
        || BODY.is_match(text.trim())
}

/// A label inside a list that a clause already took in ("for the following reasons: (1) ...; (2) ...").
fn inside_list(last: &mut Draft, label: &Label) -> bool {
    let from = last.inner.1;
    for (at, c) in last.text[from..].char_indices().map(|(at, c)| (from + at, c)) {
        let fresh = last.text[..at].ends_with(' ');
        if fresh
            && (c == '(' || c.is_ascii_alphanumeric())
            && let Some((inner, _)) = Label::at_start(&last.text[at..])
        {
            last.inner.0 = Some(inner);
        }
    }
    // What is joined later may make a label of the last word.
    last.inner.1 = last.text.rfind(' ').map_or(0, |space| space + 1);
    last.inner.0.as_ref().is_some_and(|inner| inner.is_followed_by(label))
}

/// Whether what a text opens at its end is told as one clause.
fn lists_in_one(text: &str) -> bool {
    // Its last words tell; looking through all that stands before would cost its square.
    let from = text.len().saturating_sub(LAST_WORDS);
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    ONE_CLAUSE.is_match(&text[from..])
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// Cuts a paragraph where labels stand inside it ("1) That ... 2) That ..."); gives each piece with its offset.
fn cut_at_labels<'t>(text: &'t str, nesting: &Nesting) -> Vec<(usize, &'t str)> {
    let mut candidates: Vec<(usize, Label)> = Vec::new();
    for (at, c) in text.char_indices() {
        let fresh = at == 0 || text[..at].ends_with([' ', '\u{a0}']);
        if fresh
            && (matches!(c, '(' | '[') || c.is_ascii_alphanumeric())
            && let Some((label, _)) = Label::at_start(&text[at..])
        {
            candidates.push((at, label));
        }
    }
    let followed = followed(&candidates);
    let mut cuts = vec![0];
    let mut here = nesting.clone();
    for (place, (at, label)) in candidates.iter().enumerate() {
        let before = text[..*at].trim_end();
        let after_stop = before.is_empty()
            || before.ends_with([':', ';', '.', ',', '-', '–', '—', '”', ')'])
            || before.ends_with(" and")
            || before.ends_with(" or")
            || before
                .len()
                .checked_sub(4)
                .and_then(|at| before.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case("that"))
            || before.ends_with(" to");
        // "1. That the minutes be signed 2. That the report be noted": the clerk left the stop out.
        let said = || {
            Label::at_start(&text[*at..]).is_some_and(|(_, from)| {
                let body = &text[at + from..];
                body.starts_with("That ") || body.starts_with("THAT ")
            })
        };
        let next_of_series = here.continues(label) && (after_stop || said());
        let opens = label.is_first() && after_stop && (followed[place] || *at == 0);
        if *at == 0 || next_of_series || opens {
            // Parentheses around a number in running text ("(1) the proposal") after reasons stay inside.
            if *at > 0 && opens && !next_of_series && lists_in_one(before) {
                // The whole list is told as one: skip its members too.
                break;
            }
            here.enter(label);
            if *at > 0 {
                cuts.push(*at);
            }
        }
    }
    let mut pieces = Vec::new();
    for (place, start) in cuts.iter().enumerate() {
        let end = cuts.get(place + 1).copied().unwrap_or(text.len());
        let piece = text[*start..end].trim();
        if !piece.is_empty() {
            pieces.push((*start, piece));
        }
    }
    pieces
}

/// For each label whether one that comes after it stands behind, told in one way back through them.
fn followed(candidates: &[(usize, Label)]) -> Vec<bool> {
    // A text may hold thousands of labels, but few different ones.
    let mut later: Vec<&Label> = Vec::new();
    let mut followed: Vec<bool> = candidates
        .iter()
        .rev()
        .map(|(_, label)| {
            let is_followed =
                label.is_first() && later.iter().any(|next| label.is_followed_by(next));
            if !later.contains(&label) {
                later.push(label);
            }
            is_followed
        })
        .collect();
    followed.reverse();
    followed
}
