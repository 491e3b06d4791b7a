//! Decisions told in a sentence, without a keyword: "It was agreed that ...", "The minutes were approved as a correct record."

use std::sync::LazyLock;

use regex::Regex;

use minutebook_record::Kind;

use super::agreed::agreed_by_the_body;
use super::forms::{Forms, regex};
use super::motion::{self, End};
use super::{Clause, Line, brief, mover, resolution};
use crate::understand::sentence::sentences;

/// Who decides: the body, by any of its names.
const BODY: &str = r"(?:the )?(?:\w+[’']?\w* ){0,5}?(?:members|committee|council|cabinet|board|panel|commission|executive|sub-committee|meeting|forum|authority|working group|elected members)";

static AGREED_THAT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:\b(?:it was|{BODY}(?:,? (?:having|after|following)\b[^,;.]{{3,120}})?|and|was|were)\b,? (?:(?:also|then|further|therefore|subsequently|unanimously|accordingly|duly|generally|thereby|formally|finally|however|all|(?:by \w+) majority)[, ]+)*)(?P<verb>agreed|decided|determined|resolved)(?: unanimously)?(?:,[^,]{{3,80}},)?(?: (?:by|with|following|in principle|at)\b[^,.]{{0,60}})?[ :,]+(?P<text>(?:that|to|not to)\b.*)$"
    ))
});
static PASSIVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<subject>.{2,260}?) (?:was|were|is|are) (?:(?:also|then|duly|unanimously|formally|therefore|subsequently|accordingly|taken as read,?|read and|(?:duly )?(?:moved|proposed),? (?:and )?seconded,? and|received and|considered and|taken as read and|circulated and|confirmed and|duly proposed,? seconded and|proposed,? seconded and) )*(?P<verb>agreed|approved|adopted|noted|confirmed|ratified|deferred|refused|accepted|endorsed|granted|received|signed|supported|carried|left in abeyance|left on the table|referred|withdrawn by consent)\b(?P<rest>.*)$",
    )
});
static BODY_DID: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^(?:following [^,]{{3,80}}, |accordingly,? |on (?:a|the) [^,]{{3,60}}, )?(?P<body>{BODY}) (?:(?:also|then|duly|unanimously|formally|therefore|all|subsequently) )*(?P<verb>agreed|noted|approved|adopted|endorsed|accepted|ratified|confirmed|received|deferred|refused) (?P<rest>(?:and \w+ )?(?:the|this|these|its|all|both|unanimously|a|an|in principle|with)\b.*)$"
    ))
});
static ELECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<subject>.{2,200}?)(?: (?:was|were|be) (?:then |duly |unanimously |deemed |declared (?:duly )?)*(?:elected|appointed|re-elected|re-appointed|co-opted)\b| declared .{2,80}? (?:elected|appointed)\b)",
    )
});
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?:Councillors?|Cllrs?|Clr|Members?|Alderman|Mr|Mrs|Ms|Miss|Dr|Sir|Canon|Rev)\b")
});
static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:announced|gave|delivered|reached|confirmed) (?:its|their|the) (?:\w+ )?(?:decision|determination)(?: of the [\w -]{3,60})?,? (?:which )?(?:was )?(?P<text>(?:to|that) .*)$|\b(?:committee|panel|authority|board|members)['’]?s? (?:\w+ )?decision (?:was|is) (?P<was>(?:to|that) .*)$|\b(?:committee|panel|authority|board|council|members|cabinet) (?:\w+ly )?voted (?:\w+ly |by \w+ votes? to \w+,? |by (?:a )?(?:\w+ )?majority,? )?(?P<voted>to .*)$|\bagreement was (?:reached|given) (?P<reached>(?:for|to|that|on) .*)$|\bthe decision of the (?:[\w-]+ ){0,4}?(?:committee|sub-committee|panel|board|council|cabinet|executive|authority|members|meeting|hearing|commissioner|member) (?:was|is) (?P<of>(?:to|that) .*)$",
    )
});
static GIVEN_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:I|1|\|)?\s*will (?:move|call|propose|ask)\b.{0,160}?(?P<text>\b(?:that|calling on|for)\b.{15,})$",
    )
});
static AND_NOTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\band (?P<text>(?:the )?(?:elected )?members (?:noted|approved|adopted|agreed) (?:the|this|these) (?:report|update|plan|programme|minutes|presentation|schedule|position|recommendations?|contents?|proposals?)\b.*)$",
    )
});
static RECOMMENDED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^(?:following [^,]{{3,80}}, |accordingly,? )?{BODY} (?:(?:also|then|therefore|unanimously) )*recommend(?:ed|s) (?P<text>(?:to .{{3,70}}? )?(?:that|to|the)\b.*)$"
    ))
});
/// The words without which no sentence decides: a quick look before the slow ones.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)agreed|agreement|decided|decision|voted|determin|resolved|approved|adopted|noted|confirmed|ratified|deferred|refused|accepted|endorsed|granted|received|signed|carried|abeyance|the table|elected|appointed|co-opted|recommend|referred|in favour|passed|supported",
    )
});
static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:as|be|were) (?:a |an )?(?:true |correct|accurate|true and|fair)|correct record|taken as read",
    )
});
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:reports?|minutes|motions?|recommendations?|applications?|appointments?|updates?|presentations?|programmes?|plans?|proposals?|nominations?|items?|amendments?|strateg(?:y|ies)|polic(?:y|ies)|budgets?|accounts?|statements?|schedules?|content|contents|findings|terms of reference|draft|action|suggestion|order|request|disposal|scheme|bye-?laws?|correspondence|dates?|this|all|position|matter|decision)\b",
    )
});
/// Words of another body, another time, or somebody's opinion.
pub(super) static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:by (?:the )?(?:cabinet|department|council|minister|government|court|board|executive|national|nta|tii|an bord|planning authority|bord)|previously|last (?:year|month|meeting)|had been|at (?:the|a|its) (?:previous|last)|in (?:19|20)\d\d|earlier|last week|a meeting with|stated that|advised that|reported that|said that|informed that|explained that|which was|that was|who was|would be|will be|should be|could be|once|if|when|until|after it)\b",
    )
});

/// A motion of which the end is not told yet.
#[derive(Debug)]
struct Put<'t> {
    text: &'t str,
    /// Passage and byte offset.
    at: (usize, usize),
    movers: Option<mover::Movers>,
}

/// What the sentences before have told.
#[derive(Debug, Default)]
struct Heard<'t> {
    /// The last motion put.
    put: Option<Put<'t>>,
    /// A motion of which notice was given, with its passage and place.
    notice: Option<(String, usize, usize)>,
    /// A written reply is being quoted: what it tells was decided elsewhere.
    reply: bool,
}

/// Decisions told in sentences. With a keyword in the item (`keyword`) only those that say plainly that something was agreed.
pub(super) fn read(narrative: &[Line<'_>], keyword: bool, quoted: &[Clause]) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut heard = Heard::default();
    for line in narrative {
        for range in sentences(line.text) {
            let sentence = &line.text[range.clone()];
            let upper = sentence.trim_start_matches(['“', '"', '—', '-', ' ']).to_uppercase();
            if upper.starts_with("REPLY") || upper.starts_with("RESPONSE:") {
                heard.reply = true;
            }
            if sentence.contains("will ")
                && let Some(text) = GIVEN_NOTICE.captures(sentence).and_then(|c| c.name("text"))
            {
                let motion = text.as_str().trim_end_matches(['”', '"', '.', ' ']).to_owned();
                heard.notice = Some((motion, line.passage, range.start + text.start()));
            }
            if let Some((text, at)) = motion::put(sentence) {
                let movers = mover::in_text(sentence);
                heard.put = Some(Put { text, at: (line.passage, range.start + at), movers });
            }
            if !TELLS.is_match(sentence) {
                continue;
            }
            if let Some(end) =
                motion::end(sentence).filter(|_| !this_was_agreed(&sentence.to_lowercase()))
            {
                let put = heard.put.take();
                if end == End::Lost {
                    continue;
                }
                // With a keyword in the item the decision is told there.
                if keyword {
                    continue;
                }
                // The motion stood in quotation marks just before.
                let told = |clause: &Clause| {
                    clause.at < (line.passage, range.start) && clause.at.0 + 4 > line.passage
                };
                if put.is_none() && quoted.iter().any(told) {
                    continue;
                }
                if put.is_none() && motion::is_named(sentence) {
                    found.push(clause(sentence, "carried", line.passage, range.start, None));
                    continue;
                }
                if let Some(Put { text, at: (passage, at), movers }) = put {
                    found.push(clause(text, "carried", passage, at, movers));
                    continue;
                }
            }
            if motion::is_whole(sentence) {
                heard.put = None;
                let (text, passage, at) = heard
                    .notice
                    .take()
                    .unwrap_or_else(|| (sentence.to_owned(), line.passage, range.start));
                let movers = mover::in_text(sentence);
                found.push(clause(&text, "agreed", passage, at, movers));
            } else if let Some((text, verb, shift)) =
                decided(sentence, &heard, keyword, !quoted.is_empty())
            {
                let movers = mover::in_text(sentence);
                found.push(clause(&text, &verb, line.passage, range.start + shift, movers));
                heard.put = None;
            }
        }
    }
    found
}

fn clause(
    text: &str,
    verb: &str,
    passage: usize,
    at: usize,
    movers: Option<mover::Movers>,
) -> Clause {
    let hint = Forms::shipped().verb(verb).map(|v| v.kind).filter(|k| *k != Kind::Resolved);
    let mut made = resolution(text, passage, verb, hint);
    (made.mover, made.seconder) = movers.unwrap_or_default();
    Clause { at: (passage, at), resolution: made }
}

/// The decided words of a sentence, its verb, and how far into it they begin.
fn decided(
    sentence: &str,
    heard: &Heard<'_>,
    keyword: bool,
    quoted: bool,
) -> Option<(String, String, usize)> {
    let lower = sentence.to_lowercase();
    if sentence.starts_with(['“', '"', '‘']) {
        return None;
    }
    let whole = |verb: &str| Some((sentence.to_owned(), verb.to_owned(), 0));
    if this_was_agreed(&lower) {
        return (!heard.reply).then(|| whole("agreed")).flatten();
    }
    if let Some(c) = AGREED_THAT.captures(sentence)
        && let (Some(text), Some(verb)) = (c.name("text"), c.name("verb"))
        && agreed_by_the_body(sentence, &lower, verb.start(), text.as_str())
    {
        return Some((text.as_str().to_owned(), verb.as_str().to_lowercase(), text.start()));
    }
    // A reply runs on; what is said of the motion itself, or done by the members, is the meeting's own again.
    let own = ["this motion", "the motion", "by the members", "by members"];
    if heard.reply && !own.iter().any(|w| lower.contains(w)) {
        return None;
    }
    if !keyword
        && let Some(c) = DECISION.captures(sentence)
        && let Some(text) =
            ["text", "was", "of", "voted", "reached"].iter().find_map(|name| c.name(name))
    {
        return Some((text.as_str().to_owned(), "decided".to_owned(), text.start()));
    }
    if let Some((text, at)) = motion::put(sentence)
        && ["and carried", "was carried", "and agreed"].iter().any(|w| lower.contains(w))
    {
        return Some((text.to_owned(), "carried".to_owned(), at));
    }
    if let Some((text, at)) = motion::suggested(sentence) {
        return Some((text.to_owned(), "agreed".to_owned(), at));
    }
    if !keyword && RECOMMENDED.is_match(sentence) && !ELSEWHERE.is_match(sentence) {
        return whole("recommended");
    }
    let brief = sentence.split(' ').count() <= 16;
    if (!keyword || brief)
        && let Some(c) = BODY_DID.captures(sentence)
        && let Some(verb) = c.name("verb")
        && PAPER.is_match(c.name("rest").map_or("", |m| m.as_str()))
        && (!verb.as_str().eq_ignore_ascii_case("received") || taken_in(&lower))
    {
        return whole(&verb.as_str().to_lowercase());
    }
    if (!keyword || brief)
        && let Some(verb) = was_decided(sentence)
    {
        return whole(&verb);
    }
    if (!keyword || brief)
        && let Some(verb) = brief::verb(sentence)
    {
        return whole(&verb);
    }
    if let Some(c) = AND_NOTED.captures(sentence) {
        let text = c.name("text").map_or(sentence, |m| m.as_str());
        return Some((
            text.to_owned(),
            "noted".to_owned(),
            c.name("text").map_or(0, |m| m.start()),
        ));
    }
    if !quoted
        && !keyword
        && let Some(c) = ELECTED.captures(sentence)
        && PERSON.is_match(&c[0])
        && !ELSEWHERE.is_match(&c[0])
        && (!lower.contains("nominations")
            || lower.contains("no other")
            || lower.contains("no further"))
    {
        return whole("appointed");
    }
    None
}

/// "The Committee received a report of the Director" opens a debate; "received and noted the report" ends one.
fn taken_in(lower: &str) -> bool {
    lower.contains("noted") || lower.split(' ').count() <= 7 && !lower.contains("received a")
}

/// "This was agreed.": the sentence before tells what.
fn this_was_agreed(lower: &str) -> bool {
    matches!(
        lower.trim_matches(|c: char| !c.is_alphanumeric()),
        "this was agreed"
            | "this was unanimously agreed"
            | "this was carried"
            | "this was approved"
            | "this was noted"
    )
}

/// "The minutes were approved as a correct record": its verb.
fn was_decided(sentence: &str) -> Option<String> {
    let c = PASSIVE.captures(sentence)?;
    let verb = c.name("verb")?.as_str().to_lowercase();
    let subject = c.name("subject")?.as_str();
    let lower = subject.to_lowercase();
    let rest = c.name("rest").map_or("", |m| m.as_str()).to_lowercase();
    let it = matches!(lower.as_str(), "it" | "and it" | "also it") || lower.ends_with(" it");
    let record = RECORD.is_match(sentence);
    // "deferred until the next meeting": the time is the decision's own.
    let own = if verb == "deferred" { subject } else { sentence };
    let ours = ["", "by the", "by all", "by members", "unanimously"];
    let supported = verb != "supported" || {
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        ours.iter().any(|w| if w.is_empty() { rest.is_empty() } else { rest.starts_with(w) })
    };
    let fits = !it
        && supported
        && !rest.starts_with(" that")
        && (record || !ELSEWHERE.is_match(own))
        && (record || (PAPER.is_match(subject) && subject.split(' ').count() < 40))
        && (verb != "received" || record || rest.contains("noted"))
        && !lower.contains(" that ");
    fits.then_some(verb)
}
