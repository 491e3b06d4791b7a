//! The remit after a rank: "of Adult Care, Housing and Public Health", ", Education", " - Finance", " (Governance)".

use std::ops::Range;

use super::grammar::{self, RankKind};
use super::lexicon::Lexicon;
use super::token::Token;

/// What follows a rank.
#[derive(Debug, Default)]
pub(super) struct Remit {
    /// Parts that belong to the slug.
    pub(super) parts: Vec<Range<usize>>,
    /// Token after the last one.
    pub(super) end: usize,
    /// A bracket closes after the last token.
    pub(super) bracket: bool,
    /// The council's own name follows: printed, but no part of the slug.
    pub(super) printed_only: bool,
}

/// The longest remit, in tokens.
const LONGEST: usize = 16;

pub(super) fn after(
    tokens: &[Token<'_>],
    rank: &Range<usize>,
    kind: &RankKind,
    lexicon: &Lexicon,
    loose: bool,
) -> Remit {
    let reader = Reader { tokens, lexicon, loose };
    let mut remit = Remit { end: rank.end, ..Remit::default() };
    let last = &tokens[rank.end - 1];
    if last.owns() {
        return remit;
    }
    let Some(next) = tokens.get(rank.end) else { return remit };
    let gap = next.gap.trim();
    // "Cabinet Member with responsibility for Housing".
    let charged = gap.is_empty().then(|| charge(&tokens[rank.end..])).flatten();
    let link = gap.is_empty()
        && (matches!(next.folded.as_str(), "of" | "for") || next.folded == "to" && kind.to);
    let (from, linked) = if let Some(len) = charged {
        (rank.end + len, true)
    } else if link {
        (rank.end + 1, true)
    } else {
        match gap {
            "" if kind.direct => (rank.end, false),
            "," | "-" | "\u{2013}" | "\u{2014}" | ":" | "(" | ", (" | ",-" if kind.apart => {
                (rank.end, false)
            }
            "&" if loose => (rank.end, false),
            _ => return remit,
        }
    };
    let from = reader.skip_articles(from, linked);
    // "Mayor for the Municipal Year": a term, no remit.
    let term = tokens[from..].iter().take(2).any(|t| t.folded == "year");
    let Some(end) = reader.list(from, linked, gap == "(").filter(|_| !term) else { return remit };
    if gap == "(" {
        // Only what fills the bracket whole is a remit.
        // "City Centre Revitalisation Officer (CCRO)": the post's own short form; "Licensing Officer (NJ)": who holds it.
        // "(HIW/17/48)": the number of a report.
        let number = tokens[from..end].iter().any(is_number);
        let own = number
            || end - from == 1
                && (spells(&tokens[from], &tokens[rank.clone()])
                    || lexicon.is_initials(&tokens[from]));
        if own || !tokens[end - 1].after.starts_with(')') {
            return remit;
        }
        remit.bracket = true;
    }
    remit.end = end;
    if reader.own_council(rank, from..end) {
        remit.printed_only = true;
    } else {
        remit.parts.push(from..end);
    }
    // "Director of Services, Economic Development Directorate"; "Director, Planning, Limerick City and County Council".
    if !remit.bracket
        && let Some(more) = tokens.get(end)
        && matches!(more.gap.trim(), "," | "-" | "\u{2013}" | "(")
        && (kind.apart || loose)
    {
        reader.further(rank, &mut remit, more.gap.trim() == "(");
    }
    remit
}

/// The words "with (special) responsibility for" at the start of `tokens`: how many.
fn charge(tokens: &[Token<'_>]) -> Option<usize> {
    let words: Vec<&str> = tokens.iter().take(4).map(|t| t.folded.as_str()).collect();
    match words.as_slice() {
        ["with", "responsibility" | "portfolio", "for", ..] => Some(3),
        ["with", _, "responsibility", "for"] => Some(4),
        _ => None,
    }
}

/// Whether a word's letters are the initials of others.
fn spells(short: &Token<'_>, words: &[Token<'_>]) -> bool {
    let initials = words
        .iter()
        .filter(|t| t.capital)
        .filter_map(|t| t.printed.chars().next())
        .flat_map(char::to_lowercase);
    short.folded.chars().eq(initials)
}

fn is_number(token: &Token<'_>) -> bool {
    token.printed.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a term of office begins here: "2021/22", "Municipal Year".
fn is_term(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let year = token.printed.len() == 4
        && token.printed.bytes().all(|b| b.is_ascii_digit())
        && (token.printed.starts_with("19") || token.printed.starts_with("20"));
    let civic = matches!(token.folded.as_str(), "municipal" | "civic" | "council")
        && tokens.get(at + 1).is_some_and(|t| t.folded == "year" && t.joined());
    year || civic
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    lexicon: &'t Lexicon,
    loose: bool,
}

impl Reader<'_, '_> {
    fn skip_articles(&self, mut at: usize, linked: bool) -> usize {
        while linked
            && self.tokens.get(at).is_some_and(|t| {
                matches!(t.folded.as_str(), "the" | "this" | "our" | "y" | "yr")
                    && t.gap.trim().is_empty()
            })
        {
            at += 1;
        }
        at
    }

    /// A list of elements: "Adult Care, Housing and Public Health". `None` when there is not even one.
    fn list(&self, from: usize, linked: bool, bracket: bool) -> Option<usize> {
        let mut end = self.element(from, linked)?;
        if !linked && !self.known(from..end) && !self.loose {
            return None;
        }
        // "the Chair, Vice Chair and Spokes": another post, no remit.
        let listed = self.tokens[from].gap.trim() == ","
            && self.lexicon.posts.len_at(self.tokens, from).is_some();
        if listed && !self.loose {
            return None;
        }
        // Elements after commas, when an "and" closes the list.
        let mut ahead = end;
        while let Some(token) = self.tokens.get(ahead).filter(|_| ahead - from < LONGEST) {
            if token.gap.trim() != "," || token.gap == "," {
                break;
            }
            let start = if token.folded == "and" { ahead + 1 } else { ahead };
            // "Assistant Director – Governance, and Monitoring Officer": another post.
            let post = token.folded == "and"
                && !self.loose
                && grammar::begins_at(self.tokens, start, self.lexicon, false);
            if post {
                break;
            }
            let Some(stop) = self.element(start, linked) else { break };
            let closes = token.folded == "and"
                || self.tokens[start..stop].iter().any(|t| t.folded == "and")
                || self.tokens[start + 1..stop].iter().any(|t| t.gap.contains('&'));
            // The council's own name ends a list rather than stands in it.
            if self.tokens[stop - 1].folded == "council" {
                break;
            }
            // "Director of Families, and Al Bell": a stranger behind a comma and an "and".
            let belongs = self.known(start..stop) || linked && closes && token.folded != "and";
            if !belongs {
                break;
            }
            ahead = stop;
            if closes || bracket {
                end = stop;
            }
            if closes {
                // A second "and" after a comma opens another list.
                if self.tokens.get(end).is_some_and(|t| t.gap.trim() == "," && t.folded != "and") {
                    continue;
                }
                break;
            }
        }
        Some(end)
    }

    /// One element: capital words joined by spaces, hyphens, "and", "&", "of", "for", "the".
    fn element(&self, from: usize, linked: bool) -> Option<usize> {
        let mut at = from;
        let mut end = None;
        while let Some(token) = self.tokens.get(at).filter(|_| at - from < LONGEST) {
            if at > from && !token.joined() {
                break;
            }
            if token.name && !self.loose
                || self.lexicon.stops.contains(&token.folded) && !Self::link(token)
            {
                break;
            }
            // "Chair of the Board for 2021/22", "& Interim Head of Law": a term, another post.
            let other = || {
                at > from
                    && token.gap.contains('&')
                    && grammar::begins_at(self.tokens, at, self.lexicon, self.loose)
            };
            if is_term(self.tokens, at) || other() {
                break;
            }
            if Self::link(token) {
                if end.is_none() || !self.goes_on(at) {
                    break;
                }
                at += 1;
                continue;
            }
            let fits = token.capital
                || self.loose
                || (at > from && token.gap == "-")
                || (linked && self.lexicon.is_remit(token) && self.small_run(at));
            if !fits || self.role_starts(at, from) {
                break;
            }
            at += 1;
            end = Some(at);
            if token.cut_possessive {
                break;
            }
        }
        end
    }

    fn link(token: &Token<'_>) -> bool {
        matches!(token.folded.as_str(), "and" | "of" | "for" | "the" | "to" | "in" | "with" | "a")
            && !(token.capital
                && token.folded.len() > 1
                && token.printed.chars().skip(1).any(char::is_lowercase))
            && token.printed != "A"
    }

    /// After a link word the remit goes on only with a capital word that is no post, no name.
    fn goes_on(&self, link: usize) -> bool {
        let mut at = link + 1;
        let word = self.tokens[link].folded.as_str();
        if matches!(word, "to" | "in" | "with" | "a") && !self.loose {
            // "Director of Housing to report", "in attendance": only between two words of a title.
            return self.tokens.get(at).is_some_and(|t| {
                t.capital
                    && t.joined()
                    && !t.name
                    && self.lexicon.is_remit(t)
                    && self.tokens[link - 1].capital
                    && word == "to"
                    && self.tokens[link - 1].folded == "access"
            });
        }
        if word == "the" {
            return matches!(self.tokens[link - 1].folded.as_str(), "and" | "of" | "for")
                && self.tokens.get(at).is_some_and(|t| t.capital && self.lexicon.is_remit(t));
        }
        while self.tokens.get(at).is_some_and(|t| t.folded == "the" && t.joined()) {
            // "Jobs and the Local Economy", but not "Housing and the Leader".
            let known =
                self.tokens.get(at + 1).is_some_and(|t| t.capital && self.lexicon.is_remit(t));
            if word == "and" && !known {
                return false;
            }
            at += 1;
        }
        let Some(next) = self.tokens.get(at) else { return false };
        if is_term(self.tokens, at) {
            return false;
        }
        if !next.joined() || next.name && !self.loose || self.lexicon.stops.contains(&next.folded) {
            return false;
        }
        if grammar::begins_at(self.tokens, at, self.lexicon, self.loose) {
            return false;
        }
        next.capital
            || self.loose
            || (self.lexicon.is_remit(next) && !self.tokens[link - 1].capital)
    }

    /// A run of small words belongs to the remit only when all of it are words of remits.
    fn small_run(&self, at: usize) -> bool {
        let mut place = at;
        while let Some(token) =
            self.tokens.get(place).filter(|t| place == at || t.joined() && place - at < LONGEST)
        {
            let plain = matches!(
                token.folded.as_str(),
                "area"
                    | "work"
                    | "works"
                    | "information"
                    | "staff"
                    | "members"
                    | "people"
                    | "support"
                    | "help"
                    | "authority"
                    | "powers"
            );
            if token.capital || !self.lexicon.is_remit(token) || place == at && plain {
                break;
            }
            place += 1;
        }
        place > at
    }

    fn role_starts(&self, at: usize, from: usize) -> bool {
        // "Head of Scrutiny Officer ..." cannot be told; a listed post inside a run starts another mention.
        at > from
            && self.lexicon.posts.len_at(self.tokens, at).is_some_and(|len| {
                let word = self.tokens[at..at + len]
                    .iter()
                    .map(|t| t.folded.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                !matches!(word.as_str(), "lead" | "head" | "clerk" | "chair")
                    || self.tokens[at - 1].folded == "and"
            })
            && self.tokens[at].capital
    }

    /// Whether a run after a comma, a dash or in brackets is a remit: it holds a word of remits, or a double-barrelled place.
    fn known(&self, run: Range<usize>) -> bool {
        let run = &self.tokens[run];
        run.iter().any(|t| self.lexicon.is_remit(t))
            || run.len() >= 2
                && run[1..].iter().any(|t| t.gap == "-")
                && !run.iter().any(|t| t.name)
    }

    /// The name of the council itself: it says whose officer, not which.
    fn own_council(&self, rank: &Range<usize>, run: Range<usize>) -> bool {
        let last = &self.tokens[run.end - 1];
        let leader = self.tokens[rank.end - 1].folded.as_str();
        last.folded == "council"
            && run.len() > 1
            && !matches!(leader, "leader" | "chair" | "chairman" | "mayor" | "clerk" | "solicitor")
    }

    /// More remit after a second comma.
    fn further(&self, rank: &Range<usize>, remit: &mut Remit, bracket: bool) {
        let start = remit.end;
        let Some(end) = self.list(start, false, bracket) else { return };
        let run = start..end;
        // "Director of Adult Social Services (DASS)": the post's own short form.
        let own = end - start == 1 && spells(&self.tokens[start], &self.tokens[rank.start..start]);
        // "(HIW/17/48)": the number of a report.
        let number = self.tokens[start..end].iter().any(is_number);
        if bracket && (own || number || !self.tokens[end - 1].after.starts_with(')')) {
            return;
        }
        if self.own_council(rank, run.clone()) {
            remit.end = end;
            remit.printed_only = true;
            return;
        }
        let generic = remit.parts.first().is_some_and(|part| {
            self.tokens[part.clone()]
                .iter()
                .all(|t| matches!(t.folded.as_str(), "service" | "services"))
        });
        let unit = matches!(
            self.tokens[end - 1].folded.as_str(),
            "directorate" | "department" | "division" | "section" | "unit" | "office"
        );
        if (generic || unit || bracket)
            && !grammar::begins_at(self.tokens, start, self.lexicon, false)
        {
            remit.parts.push(run);
            remit.end = end;
            remit.bracket = bracket;
        }
    }
}
