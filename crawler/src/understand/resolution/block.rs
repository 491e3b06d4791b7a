//! The text after a keyword: how far it runs, and its clauses by their labels.

use std::sync::LazyLock;

use minutebook_record::{Kind, Resolution};
use regex::Regex;

use super::drafts::{drafts, is_bare_order, is_empty_lead, is_numbered_clause, strip_quotes};
use super::forms::regex;
use super::label::Label;
use super::opening::Opening;
use super::{Clause, Line, kind};
use crate::understand::sentence::sentences;

/// What ends a resolution at the start of a paragraph.
static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\(?(?:mover|moved|proposed|proposer|seconder|seconded|(?:the )?vot(?:e|es|ing)\b|(?:a )?recorded vote|on (?:a|the|being put|put)\b.{0,30}\bvote|for(?: the motion)? ?:|against(?: the motion)? ?:|abst(?:ain|ention)|in favour|\d{1,3}\.\d+(?:\.\d+)*\s+(?:[^t]|t[^ho])|(?:the )?reasons? for (?:the )?(?:decision|recommendation|resolution)|reasons? ?:|(?:other )?(?:alternatives?|options?)(?: options?)? (?:considered|rejected)|alternatives?:|action\b|note\b ?:|n\.?b\.?\b|\(?councillors? |\(?cllrs? |\(?under the provisions|(?:the )?meeting (?:closed|ended|concluded|adjourned)|supporting documents|additional documents|background papers|contact(?: officer)?:|the (?:chair|mayor|chairman|leader|director|head|committee (?:then|also)|meeting|public|panel then)\b|at this (?:point|stage)|during|members (?:then|also|asked|thanked)|declarations?|in response|resolved\b.{0,3}(?:by|mover))",
    )
});

/// What ends it inside a paragraph.
static CUTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\s\(?(?:Mover\b|Moved by\b|Moved:|Proposed by\b|Proposed:|Proposed Cllr|Proposer\b|Seconded by\b|Seconded:|Seconder\b|MOVED by|PROPOSED by|SECONDED|Reasons? for (?:the )?(?:[Dd]ecision|[Rr]ecommendation)|REASONS? FOR|Alternatives? (?:[Oo]ptions? )?[Cc]onsidered|Voting\b|VOTING|Votes? [Ff]or|Vote:|On a vote|The (?:vote|motion) was|\(?Note:|Action:|ACTION|Supporting documents|Councillors? .{3,60} (?:requested|asked|wished) )",
    )
});

/// A sentence that tells what happened next.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:Councillors?|Cllrs?|Mr|Mrs|Ms|The (?:Chair\w*|Mayor|Vice-Chair\w*|Committee (?:then|also|adjourned)|meeting|public|Director|Head of))\b",
    )
});

/// Reads the block behind an opening and adds its clauses. Gives the place after it.
pub(super) fn read(
    lines: &[Line<'_>],
    at: usize,
    opening: &Opening,
    found: &mut Vec<Clause>,
) -> (usize, usize) {
    let mut pieces: Vec<(usize, usize, &str)> = Vec::new();
    let line = lines[at];
    let rest = &line.text[opening.end..];
    let stop = end_inside(rest, opening.start == 0 || opening.numbered.is_some());
    let first = rest[..stop].trim();
    // "AGREED RECOMMENDATIONS": the keyword is a word of the clause.
    let glued = line.text[..opening.end].ends_with(' ')
        && opening.whole
        && first.split(' ').count() == 1
        && first.chars().all(char::is_alphabetic);
    if glued {
        pieces.push((line.passage, opening.start, line.text[opening.start..].trim()));
    } else if !first.is_empty() {
        pieces.push((line.passage, opening.end, first));
    }
    let quoted = first.starts_with(['“', '"']) && !first.ends_with(['”', '"']);
    let cut_short = !rest[stop..].trim().is_empty();
    let mut next = at + 1;
    let mut resume = (at + 1, 0);
    if cut_short {
        resume = (at, opening.end + stop);
    } else {
        while let Some(line) = lines.get(next) {
            // A quotation cut by a paragraph goes on to its closing mark.
            let inside =
                quoted && next - at <= 6 && !pieces.iter().any(|(_, _, t)| t.ends_with(['”', '"']));
            if !inside && INTERRUPTS.is_match(line.text) && resumes(&pieces, &lines[next + 1..]) {
                // "Councillor Ash left the meeting at 7.15 pm." between (1) and (2).
                next += 1;
                continue;
            }
            if !inside && !goes_on(&pieces, line.text, opening) {
                match between(&pieces, &lines[next..]) {
                    Some(Between::Heading) => {
                        next += 1;
                        continue;
                    }
                    Some(Between::Line) => {}
                    None => break,
                }
            } else if !inside && heads(&pieces, &lines[next..]) {
                next += 1;
                continue;
            }
            let stop = match line.text.find(['”', '"']).filter(|_| inside) {
                Some(close) => close + line.text[close..].chars().next().map_or(1, char::len_utf8),
                None => end_inside(line.text, true),
            };
            pieces.push((line.passage, 0, line.text[..stop].trim()));
            next += 1;
            resume = (next, 0);
            if !line.text[stop..].trim().is_empty() {
                resume = (next - 1, stop);
                break;
            }
        }
    }
    if let [(_, at, "accordingly" | "accordingly.")] = pieces.as_mut_slice() {
        // "... moved the recommendations, and it was RESOLVED accordingly."
        let said = sentences(&line.text[..*at]).last().map_or(0, |range| range.start);
        pieces = vec![(line.passage, said, line.text[said..].trim())];
    }
    if pieces.is_empty() && line.text[opening.start..opening.end].contains("accordingly") {
        // "RESOLVED accordingly." in a paragraph of its own.
        pieces.push((line.passage, opening.start, line.text[opening.start..].trim()));
    }
    if pieces.is_empty() {
        // "Decision: Approved": the keyword is all that was decided.
        // "The recommendations were moved, seconded and AGREED.": the sentence says what.
        let moved = opening.start > 0 && line.text[opening.start..].starts_with("and ");
        let from = match sentences(&line.text[..opening.end]).last() {
            Some(sentence) if moved => sentence.start,
            _ => opening.start,
        };
        let word = line.text[from..].trim().trim_end_matches([':', '-', '–', ' ']);
        if opening.whole && !word.is_empty() {
            pieces.push((line.passage, from, word));
        }
    }
    add(&pieces, opening, found);
    resume
}

/// A decision without a keyword: every paragraph of it.
pub(super) fn bare(lines: &[Line<'_>]) -> Vec<Clause> {
    let opening = Opening {
        start: 0,
        end: 0,
        verb: "decided".to_owned(),
        kind: None,
        to: None,
        numbered: None,
        whole: false,
        weak: false,
        lead: false,
    };
    let mut pieces: Vec<(usize, usize, &str)> = Vec::new();
    for line in lines {
        if STOPS.is_match(line.text) {
            break;
        }
        let stop = end_inside(line.text, true);
        pieces.push((line.passage, 0, line.text[..stop].trim()));
    }
    let mut found = Vec::new();
    add(&pieces, &opening, &mut found);
    found.retain(|clause| !NOTHING.is_match(&clause.resolution.text));
    found
}

/// What stands under "Decision" and decides nothing: "There were no declarations of interest.", "The Chair welcomed all present."
static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:there (?:were|was|are|is|had been) (?:no|none|\d+|one|two|three|four|five)\b|no (?:[\w’-]+ ){0,6}(?:were|was|had been) (?:made|received|declared|raised|submitted|recorded)\b|none\b[^a-z]*$|nil\b|not applicable|(?:an )?apolog(?:y|ies)\b[^.]{0,60}\b(?:was|were|had been) (?:received|submitted|given|made|recorded)\b|(?:members|councillors) were (?:reminded|informed|advised|requested)\b|(?:the (?:chair\w*|vice-chair\w*|mayor|leader|director|head of [\w ]{3,40}|committee, member and scrutiny officer)|councillor [^,.]{2,40}|cllr [^,.]{2,40}) (?:\w+ly |then |also )?(?:advised|welcomed|invited|informed|reminded|reported|thanked|introduced|drew|clarified|declared|stated|explained|asked|gave|provided|presented|referred)\b)",
    )
});

/// Where a resolution ends inside a paragraph: at movers, reasons, another keyword; and, when the keyword stood in running
/// text (`whole` false), at the first sentence that no longer decides.
fn end_inside(text: &str, whole: bool) -> usize {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\s(?:\(?[a-z0-9]{1,2}[.)]\s+)?(?:(?:AND )?(?:RESOLVED|RECOMMENDED|AGREED|Resolved|Recommended)(?: UNANIMOUSLY| unanimously)?\s*(?:that\b|to\b|:|–|-)|It was (?:also |further |then |moved|proposed|unanimously ))",
        )
    });
    let mut end = text.len();
    // "(1) AGREED to note": the keyword behind the label is this clause's own.
    let label = Label::at_start(text).map_or(0, |(_, from)| from);
    // The next keyword first: where it is near, the rest need not be searched for movers at each of them.
    if let Some(found) = NEXT.find_iter(text).find(|m| m.start() >= label) {
        end = found.start();
    }
    let reach = (end.saturating_add(200)..text.len()).find(|at| text.is_char_boundary(*at));
    let cut = CUTS.find_iter(&text[..reach.unwrap_or(text.len())]).find(|m| m.start() >= label);
    if let Some(found) = cut.filter(|m| m.start() < end) {
        end = found.start();
    }
    // A further cell of a table's row: whose action it is.
    if let Some(cell) = text[..end].find(" | ").filter(|at| *at > 20) {
        end = cell;
    }
    // A quotation after the keyword is the resolution.
    if let Some(inner) = text.strip_prefix(['“', '"'])
        && let Some(close) = inner.find(['”', '"'])
    {
        let quote = text.chars().next().map_or(1, char::len_utf8);
        let mark = inner[close..].chars().next().map_or(1, char::len_utf8);
        end = end.min(quote + close + mark);
    }
    if whole {
        // "That standing orders be suspended. Councillor Ash then spoke."
        let told = sentences(&text[..end]).into_iter().skip(1).find(|range| {
            let sentence = &text[range.clone()];
            TELLS.is_match(sentence) && !super::agreed::orders(&sentence.to_lowercase())
        });
        return told.map_or(end, |range| range.start);
    }
    let mut last = 0;
    for (count, range) in sentences(&text[..end]).into_iter().enumerate() {
        let sentence = &text[range.clone()];
        let decides = count == 0
            || Label::at_start(sentence).is_some()
            || ["That ", "that ", "To ", "And ", "and "].iter().any(|w| sentence.starts_with(w))
            || text[..last].trim_end().ends_with([':', ';']);
        if !decides {
            break;
        }
        last = range.end;
    }
    if last == 0 { end } else { last }
}

/// What the clerk notes while a resolution is being told.
static INTERRUPTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:note ?:? )?\(?(?:councillors?|cllrs?|the (?:chair\w*|mayor|leader)|mr|mrs|ms|dr)\b[^:]{2,80}\b(?:left|joined|rejoined|re-entered|returned to|entered|arrived|withdrew|declared|abstained|did not (?:vote|take part)|voted against)\b[^:]{0,120}$",
    )
});

/// Whether the next label of the series follows at once.
fn resumes(pieces: &[(usize, usize, &str)], lines: &[Line<'_>]) -> bool {
    let Some((next, _)) = lines.first().and_then(|line| Label::at_start(line.text)) else {
        return false;
    };
    let last = pieces.iter().rev().find_map(|(_, _, text)| Label::at_start(text));
    last.is_some_and(|(last, _)| last.is_followed_by(&next))
}

/// A paragraph without label among labelled ones.
enum Between {
    /// Part of the clause above: a member of its list.
    Line,
    /// A heading over the clauses below: no words of any clause.
    Heading,
}

static REASON: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^reasons?\b(?: for)?"));

/// How far the next label is looked for.
const FAR: usize = 8;

/// What a paragraph without label is, where the next label of the series stands close behind it.
fn between(pieces: &[(usize, usize, &str)], lines: &[Line<'_>]) -> Option<Between> {
    let labels: Vec<Label> =
        pieces.iter().filter_map(|(_, _, t)| Label::at_start(t)).map(|(label, _)| label).collect();
    if labels.is_empty() {
        return None;
    }
    // "(i) That the report be noted. / Reason: ... / (ii) That": the reason stands between.
    let reason = lines.first().is_some_and(|line| REASON.is_match(line.text));
    for line in lines.iter().skip(usize::from(reason)).take(FAR) {
        if let Some((label, _)) = Label::at_start(line.text) {
            let next = labels.iter().any(|last| last.is_followed_by(&label));
            let listed = !reason
                && pieces
                    .iter()
                    .rev()
                    .find(|(_, _, t)| Label::at_start(t).is_some())
                    .is_some_and(|(_, _, t)| t.trim_end().ends_with([':', '-', '–', '—']));
            return next.then_some(if listed { Between::Line } else { Between::Heading });
        }
        let starts = super::opening::find(line.text, 0).is_some_and(|o| o.start == 0);
        if line.text.len() > 160 || starts || STOPS.is_match(line.text) {
            return None;
        }
    }
    None
}

/// "PART A", "In relation to the General Fund": headings between the keyword and the first label.
fn heads(pieces: &[(usize, usize, &str)], lines: &[Line<'_>]) -> bool {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:(?:PART|Part) [A-Z0-9]{1,3}\b|In (?:relation|respect|regard) (?:to|of)\b)[^.:;]{0,90}$",
        )
    });
    pieces.is_empty()
        && lines.first().is_some_and(|line| HEADING.is_match(line.text))
        && lines[1..]
            .iter()
            .take(3)
            .find_map(|line| Label::at_start(line.text))
            .is_some_and(|(label, _)| label.is_first())
}

fn goes_on(pieces: &[(usize, usize, &str)], text: &str, opening: &Opening) -> bool {
    // "2.1 Approve the plan;", "2.2 Delegate authority to ..."
    let numbered = pieces.is_empty()
        || pieces.iter().any(|(_, _, piece)| is_numbered_clause(piece) || is_empty_lead(piece));
    if numbered && is_numbered_clause(text) {
        return true;
    }
    if STOPS.is_match(text) {
        return false;
    }
    let label = Label::at_start(text).map(|(label, _)| label);
    // "The Committee:", "(1) AGREED to note it;", "(2) REQUESTED that ...".
    let starts_anew = super::opening::find(text, 0)
        .is_some_and(|o| o.start == 0 && !(label.is_some() && (opening.lead || o.weak)));
    if starts_anew {
        return false;
    }
    let Some((_, _, last)) = pieces.last() else { return true };
    if let (Some(numbered), Some(label)) = (&opening.numbered, &label)
        && numbered.is_followed_by(label)
    {
        return false;
    }
    let labelled = pieces.iter().any(|(_, _, t)| Label::at_start(t).is_some());
    let open = last.ends_with([':', ';', ',', '-', '–', '—'])
        || last.ends_with(" and")
        || last.ends_with(" or")
        || last.len() < 6;
    let small = text.starts_with(char::is_lowercase)
        || text.starts_with(['•', '·', '-', '–', '§', '\u{f0b7}']);
    let says =
        text.starts_with("That ") || text.starts_with("THAT ") || text.starts_with("To ") && open;
    let orders = pieces.first().is_some_and(|(_, offset, _)| *offset == 0)
        && pieces.iter().all(|(_, _, piece)| is_bare_order(piece))
        && is_bare_order(text);
    open || says
        || small
        || orders
        || (label.is_some() && (labelled || label.is_some_and(|l| l.is_first())))
}

fn add(pieces: &[(usize, usize, &str)], opening: &Opening, found: &mut Vec<Clause>) {
    let drafts = drafts(pieces);
    for (place, draft) in drafts.iter().enumerate() {
        if draft.has_children {
            continue;
        }
        let lead = drafts[..place]
            .iter()
            .rev()
            .find(|d| d.has_children && d.level < draft.level)
            .map(|d| strip_quotes(&d.text))
            .filter(|lead| !is_empty_lead(lead));
        let text = strip_quotes(&draft.text);
        // "it was resolved to make the:" and a heading: nothing is said yet.
        if text.ends_with(':')
            && text.split(' ').count() <= 3
            && !text.starts_with(char::is_uppercase)
        {
            continue;
        }
        if text.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            continue;
        }
        let decided = kind::decide(text, lead, &opening.verb, opening.kind);
        let kind_to = decided.to.or_else(|| {
            opening
                .to
                .clone()
                .filter(|_| matches!(decided.kind, Kind::Recommended | Kind::Referred))
        });
        found.push(Clause {
            at: draft.at,
            resolution: Resolution {
                label: draft.label.clone(),
                text: text.to_owned(),
                kind: decided.kind,
                to: kind_to,
                verb: decided.verb,
                lead_in: lead.map(str::to_owned),
                passage: Some(draft.at.0),
                mover: None,
                seconder: None,
            },
        });
    }
}
