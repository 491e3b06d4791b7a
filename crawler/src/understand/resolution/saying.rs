//! One sentence that decides, without a keyword: "It was agreed that ...", "The minutes were approved as a correct record."

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::agreed::agreed_by_the_body;
use super::forms::regex;
use super::told::this_was_agreed;
use super::{brief, motion, others};

/// Who decides: the body, by any of its names.
const BODY: &str = r"(?:the )?(?:\w+[’']?\w* ){0,5}?(?:members|committee|council|cabinet|board|panel|commission|executive|sub-committee|meeting|forum|authority|working group|elected members)(?: present)?";

static AGREED_THAT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:\b(?:it was|{BODY}(?:,? (?:having|after|following|on the (?:motion|proposal|recommendation) of)\b[^,;.]{{3,120}})?|and|was|were)\b,? (?:(?:also|then|further|therefore|subsequently|unanimously|accordingly|duly|generally|thereby|formally|finally|however|all|(?:by \w+) majority)[, ]+)*)(?P<verb>agreed|decided|determined|resolved)(?: unanimously)?(?:,[^,]{{3,80}},)?(?: (?:by|with|following|in principle|at)\b[^,.]{{0,60}})?[ :,]+[“\x22]?(?P<text>(?:that|to|not to)\b.*)$"
    ))
});
/// "It was agreed a site meeting would be held": the clerk leaves "that" out.
static AGREED_BARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bit was (?:(?:also|then|further|therefore|subsequently|unanimously) )*(?P<verb>agreed|decided) (?P<text>(?:the|an?|all|this|further|officers|members|(?-i:[A-Z][a-z]+)) [^,;.]{0,120}?\b(?:would|will|be)\b.*)$",
    )
});
/// "... was circulated, which was noted by the Members."
static WHICH_WAS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:which|and this|and the report) (?:was|were) (?:\w+ly )?(?P<verb>noted|agreed|approved|adopted|received and noted)(?: \w+ly)?(?: (?:by (?:the |all )?(?:elected )?(?:members|committee|board|panel|council|cabinet)|on the propos(?:al|ition) of)\b|\s*\.?$)",
    )
});
/// "The Committee voted unanimously in favour of the officer recommendation."
static VOTED_FOR: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^(?:(?:following|after|on) [^,]{{3,80}}, )?{BODY} (?:\w+ly )?voted (?:\w+ly )?[^,;.]{{0,40}}?in favour of the (?:\w+[’']?s? )?(?:recommendations?|motion|proposals?)\b"
    ))
});
/// "Having found no seconder, it was deferred to the next meeting."
static PUT_OFF: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:it|this|the (?:item|matter|motion)) was (?:therefore |then )?deferred (?:to|until|for)\b",
    )
});
/// "The motion was moved by A and seconded by B and referred to the Executive."
static REFERRED_ON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^the (?:notice of )?motion was (?:[\w’. -]+ )?(?:moved|proposed)\b.{3,120}\band (?:was |stood |therefore )*referred to (?:the )?(?-i:[A-Z])",
    )
});
static PASSIVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?P<subject>.{2,260}?) (?:was|were|is|are) (?:(?:also|then|duly|unanimously|formally|therefore|subsequently|accordingly|taken as read,?|read and|(?:duly )?(?:moved|proposed),? (?:and )?seconded,? and|received and|considered and|taken as read and|circulated and|submitted and|presented and|discussed and|confirmed and|duly proposed,? seconded and|proposed,? seconded and) )*(?P<verb>agreed|approved|adopted|noted|confirmed|ratified|deferred|refused|accepted|endorsed|granted|received|signed|supported|carried|left in abeyance|left on the table|referred|withdrawn by consent|upheld|dismissed)\b(?P<rest>.*)$",
    )
});
static BODY_DID: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^(?:following [^,]{{3,80}}, |accordingly,? |on (?:a|the) [^,]{{3,60}}, )?(?P<body>{BODY}) (?:(?:also|then|duly|unanimously|formally|therefore|all|subsequently) )*(?P<verb>agreed|noted|approved|adopted|endorsed|accepted|ratified|confirmed|received|deferred|refused|upheld|dismissed|rejected|granted) (?P<rest>(?:and \w+ )?(?:the|this|these|its|all|both|unanimously|a|an|in principle|with|acceptance|approval|adoption)\b.*)$"
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
/// Members are sent to outside bodies by their council; others are appointed there by others.
static OF_COUNCIL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(?:Councillors?|Cllrs?|Clr|Members?|Alderman)\b"));
static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:announced|gave|delivered|reached|confirmed) (?:its|their|the) (?:\w+ )?(?:decision|determination)(?: of the [\w -]{3,60})?,? (?:which )?(?:was )?(?P<text>(?:to|that) .*)$|\b(?:committee|panel|authority|board|members)['’]?s? (?:\w+ )?decision (?:was|is) (?P<was>(?:to|that) .*)$|\b(?:committee|panel|authority|board|council|members|cabinet) (?:\w+ly )?voted (?:\w+ly |by \w+ votes? to \w+,? |by (?:a )?(?:\w+ )?majority,? )?(?P<voted>to .*)$|\bit was the (?:\w+ )?decision of the (?:[\w-]+ ){0,4}?(?:committee|sub-committee|panel|board|council|cabinet|meeting) (?P<it>to .*)$|\bagreement was (?:reached|given) (?P<reached>(?:for|to|that|on) .*)$|\bthe decision of the (?:[\w-]+ ){0,4}?(?:committee|sub-committee|panel|board|council|cabinet|executive|authority|members|meeting|hearing|commissioner|member) (?:was|is) (?P<of>(?:to|that) .*)$",
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
/// What became of a motion: with a keyword in the item the decision is told there.
pub(super) static OF_MOTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:[^,]{3,40}, )?(?:the |an? )?(?:[\w’'-]+ ){0,3}?(?:recommendations?|motion|proposals?|proposition)\b[^,;]*\b(?:was|were)\b.*\b(?:carried|agreed|approved|supported)\W*$|\b(?:recommendations?|motion|proposals?),? which (?:was|were)\b",
    )
});
/// What opens a list of remarks: "the following was noted:", "This was confirmed."
static REMARKS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bthe following (?:(?:points?|comments?|issues|matters|responses?|information|key \w+) )?(?:was|were) (?:\w+ )?noted\b|^(?:this|it) was confirmed\W*$",
    )
});
pub(super) static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:as|be|were) (?:a |an )?(?:true |correct|accurate|true and|fair)|correct record|taken as read",
    )
});
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:agendas?|membership|timetable|calendar|procedures?|reports?|minutes|motions?|recommendations?|applications?|appointments?|updates?|presentations?|programmes?|plans?|proposals?|nominations?|items?|amendments?|strateg(?:y|ies)|polic(?:y|ies)|budgets?|accounts?|statements?|schedules?|content|contents|findings|terms of reference|draft|action|suggestion|order|request|petitions?|letters?|disposals?|scheme|bye-?laws?|correspondence|dates?|this|all|position|matter|decision|call-?in|complaints?|objections?)\b",
    )
});
/// Words of another body, another time, or somebody's opinion.
pub(super) static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:by (?:the )?(?:cabinet|department|council|minister|government|court|board|executive|national|nta|tii|an bord|planning authority|bord)|previously|last (?:year|month|meeting)|had been|at (?:the|a|its) (?:previous|last)|in (?:19|20)\d\d|earlier|last week|a meeting with|stated that|advised that|reported that|said that|informed that|explained that|which was|that was|who was|would be|will be|should be|could be|once|if|when|until|after it)\b",
    )
});

/// The decided words of a sentence, its verb, and how far into it they begin.
///
/// `reply`: a written reply is being quoted; `keyword`: the item has one; `quoted`: it has a motion in quotation marks.
pub(super) fn decided(
    sentence: &str,
    reply: bool,
    keyword: bool,
    quoted: bool,
) -> Option<(String, String, usize)> {
    let lower = sentence.to_lowercase();
    if sentence.starts_with(['“', '"', '‘']) {
        return None;
    }
    let whole = |verb: &str| Some((sentence.to_owned(), verb.to_owned(), 0));
    if this_was_agreed(&lower) {
        // "This was noted." beside a keyword: a remark on what was said.
        let remark = keyword && lower.contains("noted");
        return (!reply && !remark).then(|| whole("agreed")).flatten();
    }
    if let Some(c) = AGREED_THAT.captures(sentence)
        && let (Some(text), Some(verb)) = (c.name("text"), c.name("verb"))
        && agreed_by_the_body(sentence, &lower, verb.start(), text.as_str())
        && !others::did_it(&sentence[verb.end()..])
    {
        return Some((text.as_str().to_owned(), verb.as_str().to_lowercase(), text.start()));
    }
    if let Some(c) = AGREED_BARE.captures(sentence)
        && let (Some(text), Some(verb)) = (c.name("text"), c.name("verb"))
        && !ELSEWHERE.is_match(&sentence[..verb.start()])
    {
        return Some((text.as_str().to_owned(), verb.as_str().to_lowercase(), text.start()));
    }
    // A reply runs on; what is said of the motion itself, or done by the members, is the meeting's own again.
    let own = ["this motion", "the motion", "by the members", "by members", "elected members"];
    if reply && !own.iter().any(|w| lower.contains(w)) {
        return None;
    }
    if !keyword
        && let Some(c) = DECISION.captures(sentence)
        && let Some(text) =
            ["text", "was", "of", "it", "voted", "reached"].iter().find_map(|name| c.name(name))
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
    if let Some(verb) = done(sentence, &lower, keyword) {
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
    if !quoted && !keyword && elected(sentence, &lower) {
        return whole("appointed");
    }
    None
}

/// The verb of a sentence that tells as a whole what the body did.
fn done(sentence: &str, lower: &str, keyword: bool) -> Option<String> {
    let brief = sentence.split(' ').count() <= 16;
    if (!keyword || brief)
        && let Some(c) = BODY_DID.captures(sentence)
        && let Some(verb) = c.name("verb")
        && (PAPER.is_match(c.name("rest").map_or("", |m| m.as_str())) || is_act(verb.as_str(), &c))
        && (!verb.as_str().eq_ignore_ascii_case("received") || taken_in(lower))
        && !(is_ruling(verb.as_str()) && ELSEWHERE.is_match(sentence))
    {
        return Some(verb.as_str().to_lowercase());
    }
    if (!keyword || brief || RECORD.is_match(sentence))
        && let Some(verb) =
            was_decided(sentence).filter(|_| !keyword || !OF_MOTION.is_match(sentence))
    {
        return Some(verb);
    }
    if (!keyword || brief)
        && let Some(verb) = brief::verb(sentence)
    {
        return Some(verb);
    }
    let earlier = ["referred to", "alluded to", " at the ", "previous"];
    if !keyword
        && !earlier.iter().any(|w| lower.contains(w))
        && let Some(verb) = WHICH_WAS.captures(sentence).and_then(|c| c.name("verb"))
    {
        let verb = verb.as_str().to_lowercase();
        return verb.rsplit(' ').next().map(str::to_owned);
    }
    if !keyword && REFERRED_ON.is_match(sentence) && !ELSEWHERE.is_match(sentence) {
        return Some("referred".to_owned());
    }
    if !keyword && VOTED_FOR.is_match(sentence) && !lower.contains("amendment") {
        return Some("approved".to_owned());
    }
    if !keyword && PUT_OFF.is_match(sentence) && !ELSEWHERE.is_match(sentence) {
        return Some("deferred".to_owned());
    }
    None
}

/// Verbs of panels that rule on what others ask; minutes tell of past rulings by the same words.
fn is_ruling(verb: &str) -> bool {
    ["upheld", "dismissed", "rejected", "granted"].iter().any(|r| verb.eq_ignore_ascii_case(r))
}

/// Somebody was elected or appointed by this meeting.
fn elected(sentence: &str, lower: &str) -> bool {
    // "Nominations: ..., that Councillor Ash be elected" proposes only.
    let settled = [
        "no other",
        "no further",
        " was elected",
        " was appointed",
        " were elected",
        " were appointed",
    ];
    ELECTED.captures(sentence).is_some_and(|c| {
        PERSON.is_match(&c[0])
            && !ELSEWHERE.is_match(&c[0])
            && (OF_COUNCIL.is_match(&c[0]) || !others::is_elsewhere(sentence))
            && (!lower.contains("nominations") || settled.iter().any(|told| lower.contains(told)))
    })
}

/// "The Committee received a report of the Director" opens a debate; "received and noted the report" ends one.
fn taken_in(lower: &str) -> bool {
    lower.contains("noted") || lower.split(' ').count() <= 7 && !lower.contains("received a")
}

/// Nothing follows the verb, or only the body does: "The spending limits were noted."
fn is_end(verb: &str, rest: &str, subject: &str) -> bool {
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(verb, "noted" | "approved" | "adopted" | "agreed")
        && !["apolog", "absence", "concern"].iter().any(|w| subject.contains(w))
        && (rest.is_empty()
            || ["by the members", "by members", "by the elected members", "by the committee"]
                .contains(&rest))
}

/// What a body does by these words alone, whatever it is done to: "The Members approved the speed limits". A paper that was
/// only accepted or noted must be named as one.
fn is_act(verb: &str, captures: &Captures<'_>) -> bool {
    let acts = |word: &str| {
        [
            "approved",
            "adopted",
            "endorsed",
            "ratified",
            "deferred",
            "refused",
            "upheld",
            "dismissed",
        ]
        .iter()
        .any(|act| word.eq_ignore_ascii_case(act))
    };
    let rest = captures.name("rest").map_or("", |m| m.as_str());
    let second = rest.strip_prefix("and ").and_then(|rest| rest.split(' ').next());
    acts(verb) || second.is_some_and(acts)
}

/// "The minutes were approved as a correct record": its verb.
fn was_decided(sentence: &str) -> Option<String> {
    let c = PASSIVE.captures(sentence).filter(|_| !REMARKS.is_match(sentence))?;
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
        && !others::did_it(c.name("rest").map_or("", |m| m.as_str()))
        && supported
        && !rest.starts_with(" that")
        && (record || !ELSEWHERE.is_match(own))
        && (record
            || (PAPER.is_match(subject) || is_end(&verb, &rest, &lower))
                && subject.split(' ').count() < 40)
        && (verb != "received"
            || record
            || rest.contains("noted")
            || rest.contains("for information")
            || rest.trim_matches('.').is_empty() && subject.split(' ').count() <= 8)
        && !lower.contains(" that ");
    fits.then_some(verb)
}
