//! One post at one place: qualifiers, rank, remit.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::remit;
use super::token::{Token, is_peoples};
use crate::Qualifier;

/// A post as token ranges.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) start: usize,
    /// Token after the last one.
    pub(super) end: usize,
    pub(super) end_byte: usize,
    pub(super) qualifiers: Vec<Qualifier>,
    pub(super) rank: Range<usize>,
    /// The parts of the remit, without what is no part of the slug.
    pub(super) remit: Vec<Range<usize>>,
}

/// The longest run of words before a head ("Senior Scrutiny and Member Development Adviser").
const LONGEST_RUN: usize = 9;

/// The post that begins at `at`. `loose` reads what a person typed: capitals tell nothing.
pub(super) fn post_at(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
    loose: bool,
) -> Option<Post> {
    if tokens.get(at)?.name && !loose {
        return None;
    }
    let mut start_of_rank = at;
    let mut qualifiers = Vec::new();
    while let Some((qualifier, len)) =
        lexicon.qualifier_at(tokens, start_of_rank).filter(|_| start_of_rank - at < LONGEST_RUN)
    {
        if start_of_rank > at && !tokens[start_of_rank].joined() {
            break;
        }
        qualifiers.push(qualifier);
        start_of_rank += len;
    }
    if start_of_rank > at
        && !tokens.get(start_of_rank).is_some_and(|t| t.joined() || t.gap.trim() == "/")
    {
        return None;
    }
    if let Some(post) = remit_first(tokens, at, start_of_rank, &qualifiers, lexicon) {
        return Some(post);
    }
    let (rank, kind) = rank_at(tokens, start_of_rank, lexicon, loose)?;
    let remit = remit::after(tokens, &rank, &kind, lexicon, loose);
    if remit.parts.last().is_some_and(|part| is_paper(&tokens[part.end - 1])) {
        return None;
    }
    if remit.parts.is_empty() && !remit.printed_only && needs_remit(&tokens[rank.clone()]) {
        return None;
    }
    let mut end = remit.end.max(rank.end);
    if let Some((Qualifier::Designate, len)) = tokens
        .get(end)
        .filter(|t| matches!(t.gap.trim(), "" | "-" | "(" | "\u{2013}"))
        .and_then(|_| lexicon.qualifier_at(tokens, end))
    {
        qualifiers.push(Qualifier::Designate);
        end += len;
    }
    let last = &tokens[end - 1];
    // A bracket that opened within the post closes with it; a possessive inside it is the remit's own ("(Children's)").
    let opened = tokens[at + 1..end].iter().any(|token| token.gap.contains('('));
    let owner = (last.cut_possessive || end == rank.end)
        .then(|| last.printed.strip_suffix("'s").or(last.printed.strip_suffix("\u{2019}s")))
        .flatten();
    let end_byte = match owner {
        _ if opened && last.after.starts_with(')') => last.end + 1,
        Some(stem) => last.start + stem.len(),
        None => last.end,
    };
    Some(Post { start: at, end, end_byte, qualifiers, rank, remit: remit.parts })
}

/// Whether a post begins at `at`, without its remit being read: a remit asks this at each of its own words, and posts can
/// stand in a chain that no stack would hold.
pub(super) fn begins_at(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon, loose: bool) -> bool {
    if !tokens.get(at).is_some_and(|token| loose || !token.name) {
        return false;
    }
    let mut rank = at;
    while let Some((_, len)) =
        lexicon.qualifier_at(tokens, rank).filter(|_| rank - at < LONGEST_RUN)
    {
        rank += len;
    }
    if rank > at && !tokens.get(rank).is_some_and(|t| t.joined() || t.gap.trim() == "/") {
        return false;
    }
    if remit_first(tokens, at, rank, &[], lexicon).is_some() {
        return true;
    }
    rank_at(tokens, rank, lexicon, loose).is_some_and(|(rank, _)| {
        // "Head of", "Lead, Roads": not "Head Office".
        let told = || {
            tokens.get(rank.end).is_some_and(|next| match next.gap.trim() {
                "" => matches!(next.folded.as_str(), "of" | "for"),
                gap => matches!(gap, "," | "-" | "\u{2013}" | "\u{2014}" | ":" | "("),
            })
        };
        !needs_remit(&tokens[rank.clone()]) || told()
    })
}

/// "The Adult Services Portfolio Holder": a member's remit stands before the rank as well as behind it.
fn remit_first(
    tokens: &[Token<'_>],
    start: usize,
    from: usize,
    qualifiers: &[Qualifier],
    lexicon: &Lexicon,
) -> Option<Post> {
    const RANKS: &[&[&str]] =
        &[&["portfolio", "holder"], &["cabinet", "member"], &["executive", "member"]];
    if lexicon.posts.len_at(tokens, from).is_some() {
        return None;
    }
    let mut at = from;
    let len = loop {
        let token = tokens.get(at).filter(|_| at - from < LONGEST_RUN)?;
        if token.name || at > from && !token.joined() || token.owns() && !is_peoples(&token.folded)
        {
            return None;
        }
        let rank = RANKS.iter().find(|rank| {
            tokens.get(at..at + rank.len()).is_some_and(|run| {
                run.iter().zip(**rank).all(|(t, w)| t.folded == *w && t.capital)
                    && run[1..].iter().all(Token::joined)
            })
        });
        if let Some(rank) = rank.filter(|_| at > from) {
            break rank.len();
        }
        let and = at > from && token.folded == "and";
        if !(and || token.capital && lexicon.is_remit(token)) {
            return None;
        }
        at += 1;
    };
    let end = at + len;
    // Only with nothing more behind it: "the Council Cabinet Member for Housing" is read from its rank.
    let more = tokens.get(end).is_some_and(|t| {
        t.gap.trim().is_empty() && matches!(t.folded.as_str(), "for" | "of" | "with")
            || t.gap.trim().is_empty() && t.capital && !t.name
    });
    let own = matches!(tokens[from].folded.as_str(), "council" | "cabinet" | "county" | "borough");
    (!more && !own).then(|| Post {
        start,
        end,
        end_byte: tokens[end - 1].end,
        qualifiers: qualifiers.to_vec(),
        rank: at..end,
        remit: std::iter::once(from..at).collect(),
    })
}

/// "Member/Officer Relations Protocol": a paper's name, no post.
fn is_paper(last: &Token<'_>) -> bool {
    matches!(
        last.folded.as_str(),
        "protocol" | "scheme" | "code" | "register" | "handbook" | "relations" | "allowances"
    )
}

/// What may follow a rank.
#[derive(Debug, Clone, Default)]
pub(super) struct RankKind {
    /// A remit may follow without any link ("Corporate Director Resources").
    pub(super) direct: bool,
    /// "to the X" may follow ("Solicitor to the Council").
    pub(super) to: bool,
    /// A remit after a comma, dash or bracket may follow; not so behind a post told in small letters.
    pub(super) apart: bool,
}

/// No post without a remit: "Head", "Lead".
fn needs_remit(rank: &[Token<'_>]) -> bool {
    match rank {
        [only] => matches!(only.folded.as_str(), "head" | "lead" | "pennaeth"),
        [.., before, last] => last.folded == "head" && before.folded != "group",
        [] => true,
    }
}

/// The rank at a place.
pub(super) fn rank_at(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
    loose: bool,
) -> Option<(Range<usize>, RankKind)> {
    let first = tokens.get(at)?;
    if first.name && !loose {
        return None;
    }
    // "the senior Executive Engineer": a small modifier before capitals is theirs.
    let small_modifier =
        matches!(first.folded.as_str(), "senior" | "assistant" | "deputy" | "principal")
            && tokens.get(at + 1).is_some_and(|n| n.capital && n.gap.trim().is_empty() && !n.name);
    if !first.capital && !loose && !small_modifier {
        return small_rank(tokens, at, lexicon);
    }
    if lexicon.stops.contains(&first.folded) {
        return None;
    }
    let listed = listed_rank(tokens, at, lexicon, loose);
    let headed = headed_rank(tokens, at, lexicon, loose);
    let rank = match (listed, headed) {
        (Some(a), Some(b)) => Some(if b.0.end > a.0.end { b } else { a }),
        (a, b) => a.or(b),
    };
    // "Cabinet Lead Members": several, no one post.
    rank.filter(|(run, _)| {
        !tokens.get(run.end).is_some_and(|t| {
            t.capital && t.joined() && matches!(t.folded.as_str(), "members" | "officers")
        })
    })
}

/// `modifier* post`, the post from the list.
fn listed_rank(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
    loose: bool,
) -> Option<(Range<usize>, RankKind)> {
    let mut place = at;
    let mut best = None;
    while let Some(token) = tokens.get(place).filter(|_| place - at < LONGEST_RUN) {
        if place > at && !token.joined()
            || !(token.capital || loose || place > at && best.is_none())
        {
            break;
        }
        if let Some(len) = lexicon.posts.len_at(tokens, place)
            && tokens[place].capital | loose
        {
            best = Some((place, place + len));
        }
        let owner = token.owns();
        if owner
            || !lexicon.modifiers.contains(&token.folded)
            || (place > at && !token.capital && !loose)
        {
            break;
        }
        place += 1;
    }
    let (post, end) = best?;
    // Plurals and "Head Teacher", "Lead Authority" are no posts; "head" and "lead" need their remit.
    let word = tokens[post..end].iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ");
    let last = word.rsplit(' ').next().unwrap_or_default().to_owned();
    let kind = RankKind {
        direct: matches!(
            last.as_str(),
            "director" | "member" | "holder" | "officer" | "cyfarwyddwr" | "manager"
        ),
        to: matches!(last.as_str(), "clerk" | "solicitor"),
        apart: true,
    };
    Some((at..end, kind))
}

/// Capital words that end in a head: "Principal Democratic Services Officer".
fn headed_rank(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
    loose: bool,
) -> Option<(Range<usize>, RankKind)> {
    let end = head_of_run(tokens, at, lexicon, loose)?;
    let head = tokens[end - 1].folded.clone();
    // "The officer" in small letters is no title unless capitals stand right before it.
    if end - at == 1 {
        return lexicon
            .alone
            .contains(&head)
            .then(|| (at..end, RankKind { to: true, apart: true, ..RankKind::default() }));
    }
    // Directors, leaders and commissioners are told by known words only: "Limerick Leader" is none.
    if matches!(
        head.as_str(),
        "director"
            | "leader"
            | "commissioner"
            | "commander"
            | "lead"
            | "secretary"
            | "assistant"
            | "auditor"
    ) && !tokens[at..end - 1].iter().any(|t| {
        lexicon.is_remit(t)
            || lexicon.modifiers.contains(&t.folded)
            || matches!(t.folded.as_str(), "team" | "group" | "project" | "committee" | "internal")
    }) {
        return None;
    }
    if head == "secretary" && tokens.get(end).is_some_and(|t| t.folded == "of") {
        return None;
    }
    let kind = RankKind {
        direct: matches!(
            head.as_str(),
            "officer" | "manager" | "engineer" | "director" | "planner"
        ),
        to: matches!(
            head.as_str(),
            "solicitor" | "clerk" | "adviser" | "advisor" | "secretary" | "assistant"
        ),
        apart: true,
    };
    Some((at..end, kind))
}

/// The token after the head that ends a run of capital words from `at` on.
fn head_of_run(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon, loose: bool) -> Option<usize> {
    let mut place = at;
    let mut end = None;
    while let Some(token) = tokens.get(place).filter(|_| place - at < LONGEST_RUN) {
        let number = place == at && token.printed.starts_with(|c: char| c.is_numeric());
        if number || token.name && !loose || place > at && !token.joined() {
            break;
        }
        // "Section 151 Officer/Director of Resources": two posts of one person.
        if end.is_some() && token.gap.contains('/') {
            break;
        }
        // "Assistant Chief Fire Officer": a head that begins another's title is its modifier.
        let modifies = place == at
            && lexicon.modifiers.contains(&token.folded)
            && tokens.get(place + 1).is_some_and(|n| n.capital && n.joined() && !n.name);
        let head = lexicon.heads.contains(&token.folded) && !modifies;
        if head && (token.capital || loose || place > at) && !plural(token) {
            end = Some(place + 1);
            place += 1;
            continue;
        }
        if end.is_some() {
            break;
        }
        // "Head of Law and Housing Manager": behind an "of" another post's words, no longer this one's.
        let another =
            || token.folded == "and" && tokens[at..place].iter().any(|t| t.folded == "of");
        let connector = place > at
            && matches!(token.folded.as_str(), "and" | "of")
            && !another()
            && tokens.get(place + 1).is_some_and(|n| {
                (n.capital || loose)
                    && !n.name
                    && !lexicon.stops.contains(&n.folded)
                    && !lexicon.heads.contains(&n.folded)
                    && lexicon.posts.len_at(tokens, place + 1).is_none()
                    && !(lexicon.modifiers.contains(&n.folded)
                        && lexicon.posts.len_at(tokens, place + 2).is_some())
            });
        let word = (token.capital || loose || place == at || token.gap == "-")
            && !lexicon.stops.contains(&token.folded)
            && !(place > at && token.folded == "of");
        // A possessive before a head is a body's ("the Fire Service's Commander") unless it is people's.
        let owner = token.owns() && !is_peoples(&token.folded);
        // "Limerick City and County Council Conservation Officer": the body is no part of the post.
        let body = matches!(
            token.folded.as_str(),
            "council" | "board" | "commission" | "department" | "directorate"
        ) && tokens
            .get(place + 1)
            .is_some_and(|n| n.folded != "tax" && !lexicon.heads.contains(&n.folded));
        if body {
            break;
        }
        if !connector && (!word || owner) {
            break;
        }
        place += 1;
    }
    end
}

fn plural(token: &Token<'_>) -> bool {
    token.printed.ends_with("s'") || token.printed.ends_with("s\u{2019}")
}

/// Posts so well known that small letters do.
fn small_rank(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
) -> Option<(Range<usize>, RankKind)> {
    let len = lexicon.lower.len_at(tokens, at)?;
    let article = at > 0 && matches!(tokens[at - 1].folded.as_str(), "the" | "our" | "its")
        || at > 1
            && tokens[at - 2].folded == "the"
            && lexicon.qualifier_at(tokens, at - 1).is_some();
    article.then(|| {
        let kind = RankKind::default();
        (at..at + len, kind)
    })
}
