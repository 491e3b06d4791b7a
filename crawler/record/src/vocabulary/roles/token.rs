//! A text as the grammar reads it: words, what stands between them, and which of them are people's names.

use super::lexicon::Lexicon;
use crate::text;

#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) printed: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Lower case, possessive and apostrophes dropped.
    pub(super) folded: String,
    /// Lower case, apostrophes dropped, the possessive kept, where there is one: as it stands in a slug.
    possessive: Option<String>,
    /// What stands before the word since the last one.
    pub(super) gap: &'a str,
    /// What stands after the word up to the next one.
    pub(super) after: &'a str,
    /// First letter is a capital, or it is a number.
    pub(super) capital: bool,
    /// A person's name or the title before one.
    pub(super) name: bool,
    /// The possessive belongs to the sentence, not to the post ("the Director of Housing's report").
    pub(super) cut_possessive: bool,
}

impl Token<'_> {
    /// As it stands in a slug, the possessive kept.
    pub(super) fn slug(&self) -> &str {
        self.possessive.as_deref().unwrap_or(&self.folded)
    }

    /// Whether it ends in a possessive.
    pub(super) fn owns(&self) -> bool {
        self.possessive.is_some()
    }

    /// Nothing but space (or a hyphen, a slash, an ampersand) stands before the word.
    pub(super) fn joined(&self) -> bool {
        let gap = self.gap.trim();
        gap.is_empty() || gap == "&" || matches!(self.gap, "-" | "\u{2010}" | "\u{2011}" | "/")
    }
}

pub(super) fn tokens<'a>(text: &'a str, lexicon: &Lexicon) -> Vec<Token<'a>> {
    let mut before = 0;
    let words = text::words(text);
    let mut tokens: Vec<Token<'a>> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map_or(text.len(), |w| w.start);
        let folded = word.folded();
        let possessive = (!word.printed.bytes().all(|b| b.is_ascii_alphanumeric()))
            .then(|| text::plain_marks(word.printed).to_lowercase().replace('\'', ""))
            .filter(|slug| slug.len() > folded.len());
        let mut capital = word.printed.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        // "s151" is a capital word wherever it stands.
        capital |= folded == "s151";
        tokens.push(Token {
            printed: word.printed,
            start: word.start,
            end: word.end,
            folded,
            possessive,
            gap: &text[before..word.start],
            after: &text[word.end..next],
            capital,
            name: false,
            cut_possessive: false,
        });
        before = word.end;
    }
    for at in 0..tokens.len() {
        if !tokens[at].owns() {
            continue;
        }
        // "Children's Services" goes on behind the possessive, "the Director of Housing's Report" does not.
        let goes_on = tokens.get(at + 1).is_some_and(|next| {
            let list =
                next.folded == "and" && tokens.get(at + 2).is_some_and(|after| after.capital);
            let peoples = is_peoples(&tokens[at].folded);
            next.capital && (peoples || lexicon.is_remit(next)) || peoples && list
        });
        tokens[at].cut_possessive = !goes_on;
    }
    mark_names(&mut tokens, lexicon);
    tokens
}

/// Whose services councils name with a possessive.
pub(super) fn is_peoples(folded: &str) -> bool {
    matches!(
        folded,
        "children" | "people" | "women" | "men" | "adult" | "carer" | "mayor" | "member" | "town"
    )
}

/// "O'Brien", "McHugh": a surname wherever it stands.
fn is_surname(word: &str) -> bool {
    word.starts_with("O\u{2019}")
        || word.starts_with("O'")
        || ["Mc", "Mac"].iter().any(|m| {
            word.strip_prefix(m).is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()))
        })
}

/// Marks titles and the capital words after them, and given names with their surnames.
fn mark_names(tokens: &mut [Token<'_>], lexicon: &Lexicon) {
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].capital {
            at += 1;
            continue;
        }
        let title = lexicon.titles.contains(&tokens[at].folded);
        let plural =
            title && matches!(tokens[at].folded.as_str(), "councillors" | "cllrs" | "messrs");
        let initial = tokens[at].printed.len() == 1
            && !matches!(tokens[at].printed, "A" | "I")
            && tokens.get(at + 1).is_some_and(|n| n.gap.starts_with('.') && n.capital);
        let surname = tokens
            .get(at + 1)
            .is_some_and(|n| n.capital && n.gap.trim().is_empty() && is_surname(n.printed))
            && !lexicon.stops.contains(&tokens[at].folded)
            && !lexicon.starts_post(&tokens[at].folded)
            && !lexicon.is_remit(&tokens[at]);
        let given = lexicon.given.contains(&tokens[at].folded)
            && tokens.get(at + 1).is_some_and(|n| {
                n.capital
                    && n.gap.trim().is_empty()
                    && !lexicon.is_remit(n)
                    && !lexicon.starts_post(&n.folded)
            });
        if !(title || given || initial || surname) {
            at += 1;
            continue;
        }
        tokens[at].name = true;
        at += 1;
        let mut count = usize::from(!title);
        while at < tokens.len() {
            let gap = tokens[at].gap.trim();
            let near = gap.is_empty()
                || gap == "."
                || gap == "-"
                || gap == "\u{2019}"
                || gap == "'"
                || (plural && matches!(gap, "," | "&" | ".,"));
            let and = plural && tokens[at].folded == "and";
            if and
                && tokens.get(at + 1).is_some_and(|n| n.capital && !lexicon.starts_post(&n.folded))
            {
                at += 1;
                count = 0;
                continue;
            }
            let more = tokens[at].capital
                && near
                && !(count > 0
                    && (lexicon.starts_post(&tokens[at].folded)
                        || lexicon.stops.contains(&tokens[at].folded)))
                && !(count > 1 && gap == ".")
                && (plural || count < 4);
            if !more {
                break;
            }
            // A full stop after a whole word ends the sentence; after an initial or a title it does not.
            if gap == "." && tokens[at - 1].printed.chars().count() > 3 && count > 0 {
                break;
            }
            if matches!(gap, "," | "&" | ".,") {
                count = 0;
            }
            tokens[at].name = true;
            count += 1;
            at += 1;
        }
    }
}
