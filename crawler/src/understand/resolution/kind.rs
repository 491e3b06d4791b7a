//! What sort of decision a clause is, by what it says, and whom it addresses.

use std::sync::LazyLock;

use minutebook_record::vocabulary::Roles;
use minutebook_record::{Holder, Kind};
use regex::Regex;

use super::forms::{Forms, Welsh, regex};

/// What a clause decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Decided {
    pub(super) kind: Kind,
    /// Past participle, lower case.
    pub(super) verb: Option<String>,
    pub(super) to: Option<String>,
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| regex($text));
    };
}

/// A body's name: capital words with small ones between them.
const BODY: &str = r"(?P<body>(?-i:[A-Z][\w’'&-]*)(?:,? (?:(?-i:[A-Z][\w’'&-]*)|and|of|for|the|on|&|to the)){0,14}?)";

static RECOMMENDED_TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?:recommend(?:ed|s|ation)?(?: be made)?) to (?:the |a (?:future )?meeting of (?:the )?)?{BODY}(?: (?:that|to|for|the|meeting|be|at|on|in|as|approve|adopt|agree)\b|[,:;.)–-]| ?$)"
    ))
});
static BODY_RECOMMENDED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?:that )?(?:the )?{BODY} (?:be|is|are) (?:\w+ly )?recommended (?:to|that)\b"
    ))
});
static RECOMMENDS_BODY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\brecommends? (?:to |that )?(?:the )?{BODY} (?:that|to|approve|adopt|agree|be)\b"
    ))
});
static REFERRED_TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?:refer(?:red|s)?|remit(?:ted|s)?)(?: [\w’' ]{{0,60}}?)??(?: back)? to (?:the |a (?:future )?meeting of (?:the )?)?{BODY}(?: (?:for|that|to|with|as|in|at|on|by|so|meeting|who)\b|[,:;.)]| ?$)"
    ))
});
pattern!(
    AUTHORITY,
    r"(?i)\b(?:approval|responsibility|decision|determination)\b[^.;]{0,120}?\b(?:be|is|are|being) (?:\w+ly )?delegated\b|\b(?:authority|powers?|delegation|discretion)\b[^.;]{0,120}?\b(?:be|is|are|being) (?:\w+ly )?(?:delegated|given|granted)\b|\b(?:be|is|are) (?:\w+ly )?(?:given|granted) (?:full )?(?:delegated )?(?:authority|powers?)\b|\b(?:grants?|gives?|delegates?|provides?) (?:\w+ )?(?:delegated )?(?:authority|powers?)\b|\b(?:grants?|gives?) delegated\b|\bdelegated (?:authority|powers?)\b"
);
pattern!(
    AUTHORISED,
    r"(?i)\b(?:be|is|are) (?:also |hereby )?(?:authorised|authorized|empowered)\b|\bauthori[sz]es?\b|^(?:and )?authori[sz]ed the\b"
);
pattern!(OFFICER, r"(?i)\bofficers?\b(?:, [^,]{3,80},)? ?$");
pattern!(
    REFUSED,
    r"(?i)\b(?:be|is|was|were|are) (?:\w+ly )?(?:refused|rejected|dismissed|declined|not (?:approved|granted|supported|agreed))\b|\bpermission refused\b|^(?:that )?(?:the )?[\w’' ]{0,60}\b(?:refused|rejected)\b|\b(?:agreed|resolved|decided|determined|voted)(?: [\w’-]+){0,4} to (?:refuse|reject|dismiss)\b|^(?:to )?refuse (?:the|this|planning|permission|consent|an?|it)\b|\brefuses? (?:the|planning|permission|consent|to grant)\b"
);
pattern!(
    DEFERRED,
    r"(?i)\b(?:be|is|was|were|are|stand|stands|stood) (?:\w+ly )?(?:deferred|postponed|held over|left in abeyance|left on the table|adjourned (?:to|until|for|pending))\b|\blie(?:s)? on the table\b|\bleft (?:in abeyance|on the table)\b|^(?:that )?(?:the )?[\w’' ]{0,60}\bdeferred\b|\b(?:consideration|decision|determination) (?:\w+ )?deferred\b|^(?:to |that .{0,60}? )?(?:defer|postpone)s? (?:the|consideration|a decision|its|determination|this)\b"
);
pattern!(
    REFERRED,
    r"(?i)\b(?:be|is|was|were|are) (?:also |then |\w+ly )*(?:referred|remitted)(?: back)? (?:to|for|back)\b|^(?:that )?(?:to )?(?:refer|remit)(?:s|red|ted)? (?:the|it|this|to|back|consideration)\b|\band referred (?:back )?to\b|\band (?:to )?refer (?:the|it|this|them|these)\b|^(?:that )?(?:the )?[\w’' ]{0,40}\breferred to\b"
);
pattern!(
    RECOMMENDED,
    r"(?i)\b(?:be|is|are|was|were) (?:\w+ly )?recommended\b|\brecommends?\b|\brecommended to\b|\brecommended that\b|\brecommendation (?:be made )?to (?:the )?(?-i:[A-Z])|\band recommended\b"
);

pattern!(
    AT_HAND,
    r"(?i)^(?:$| ?[,.;]| (?:the|this|these|both|all|and|his|her|its|their|reports?|minutes|presentations?|petitions?|information|apologies|verbal|oral)\b)"
);

/// "the driver referred to in Item 7", "as referred to above": nothing is referred anywhere.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^ (?:in|above|below|at|by|under|herein|as)\b"));

/// Reads a clause. `hint` is the kind its keyword gives when it says nothing itself, `keyword` the keyword's verb.
pub(super) fn decide(
    text: &str,
    lead_in: Option<&str>,
    keyword: &str,
    hint: Option<Kind>,
) -> Decided {
    let own = read(text);
    let above = lead_in.map(read);
    let mut decided = match (own, above) {
        // "That the Council be recommended to: (i) ..." tells of all its leaves.
        (Some(_), Some(Some(above))) if above.kind == Kind::Recommended => above,
        (Some(own), _) | (None, Some(Some(own))) => own,
        _ => Decided { kind: hint.unwrap_or_default(), verb: None, to: None },
    };
    // What is recommended is so whatever it asks for; another keyword tells only where the clause does not.
    if let Some(hint) = hint
        && (hint == Kind::Recommended || decided.verb.is_none())
    {
        decided.kind = hint;
    }
    decided.verb.get_or_insert_with(|| keyword.to_owned());
    if decided.to.is_none() {
        decided.to = addressee(text, decided.kind)
            .or_else(|| lead_in.and_then(|lead| addressee(lead, decided.kind)));
    }
    decided
}

pattern!(
    NOTES_THAT,
    r"(?i)^(?:that )?(?:(?:the )?[\w’-]+ )?(?:to |it be )?note[ds]? (?:that|the fact that)\b"
);
pattern!(
    AND_DOES,
    r"(?i)\band (?:that )?(?:to )?(?:also |therefore )?(?:agree|approve|endorse|authorise|delegate|recommend|request|support|adopt|resolve|refer|instruct)(?:s|d|ed)?\b|\bbe (?:approved|adopted|endorsed|agreed)\b"
);

/// The first weighty verb of a clause. "That the plan, as set out in the report, be noted": the verb may stand behind the part cut off.
fn read(text: &str) -> Option<Decided> {
    // "DECISION: REFUSE": the bare verb is the whole decision, rubbish is none.
    let alone = text.trim_matches(|c: char| !c.is_alphanumeric());
    if !alone.contains(' ')
        && let Some(known) = Forms::shipped().verb(alone)
    {
        return Some(Decided { kind: known.kind, verb: Some(known.past.clone()), to: None });
    }
    let main = main_part(text);
    if NOTES_THAT.is_match(main) && !AND_DOES.is_match(main) {
        return Some(Decided { kind: Kind::Noted, verb: Some("noted".to_owned()), to: None });
    }
    read_main(main, text).or_else(|| read_main(text, text))
}

/// The first weighty verb of a clause's main part; "noted" weighs least.
fn read_main(main: &str, text: &str) -> Option<Decided> {
    let forms = Forms::shipped();
    let mut found: Vec<(usize, Kind, String)> = Vec::new();
    let mut add = |at: Option<usize>, kind: Kind, verb: &str| {
        if let Some(at) = at {
            found.push((at, kind, verb.to_owned()));
        }
    };
    add(RECOMMENDED.find(main).map(|m| m.start()), Kind::Recommended, "recommended");
    add(REFUSED.find(main).map(|m| m.start()), Kind::Refused, "refused");
    add(DEFERRED.find(main).map(|m| m.start()), Kind::Deferred, "deferred");
    let referred = REFERRED.find_iter(main).find(|m| !NAMED.is_match(&main[m.end()..]));
    add(referred.map(|m| m.start()), Kind::Referred, "referred");
    add(AUTHORITY.find(main).map(|m| m.start()), Kind::Delegated, "delegated");
    let authorised = AUTHORISED.find(main).filter(|m| {
        OFFICER.is_match(&main[..m.start()])
            || Roles::shipped().find(main).iter().any(|r| r.end <= m.start() || r.start >= m.end())
    });
    add(authorised.map(|m| m.start()), Kind::Delegated, "authorised");
    let mut after = None;
    for pattern in [&forms.leading, &forms.body_does] {
        if let Some(verb) = pattern.captures(main).and_then(|c| c.name("verb"))
            && let Some(known) = forms.verb(verb.as_str())
        {
            // "to receive a further report in May": something is to come, nothing is noted.
            let to_come = known.base == "receive"
                && verb.as_str().to_lowercase().starts_with("receive")
                && !verb.as_str().to_lowercase().ends_with('d')
                && !AT_HAND.is_match(&main[verb.end()..]);
            let kind = match known.kind {
                Kind::Referred => Kind::Resolved,
                _ if to_come => Kind::Resolved,
                kind => kind,
            };
            // "That refuse collection be continued": rubbish, no refusal.
            let rubbish = verb.as_str().eq_ignore_ascii_case("refuse")
                && !REFUSED.is_match(&main[verb.start()..]);
            if !rubbish {
                add(Some(verb.start()), kind, &known.past);
                after.get_or_insert(verb.end());
            }
        }
    }
    for captures in forms.passive.captures_iter(main) {
        if let Some(verb) = captures.name("verb")
            && let Some(known) = forms.verb(verb.as_str())
        {
            // Refused, referred and deferred have patterns of their own, with their guards.
            let kind = match known.kind {
                Kind::Referred => Kind::Resolved,
                kind => kind,
            };
            if !captures[0].to_lowercase().contains(" not ") {
                add(Some(verb.start()), kind, &known.past);
            }
            after.get_or_insert(verb.end());
        }
    }
    if let Some(from) = after
        && let Some(verb) =
            forms.and_past.captures(&main[from..]).and_then(|c| c.name("verb").or(c.name("base")))
        && let Some(known) = forms.verb(verb.as_str())
    {
        add(Some(from + verb.start()), known.kind, &known.past);
    }
    if found.is_empty() {
        found.extend(welsh(text).map(|w| (0, w.kind, w.verb.clone())));
    }
    found.sort_by_key(|(at, kind, _)| (*at, weight(*kind)));
    let weighty = found.iter().find(|(_, kind, verb)| *kind != Kind::Noted && !mild(verb));
    // A kind with a pattern of its own outweighs a plain verb beside it ("delegated authority be granted").
    let chosen = match weighty {
        Some((at, Kind::Resolved, _)) => found
            .iter()
            .find(|(other, kind, _)| {
                !matches!(kind, Kind::Noted | Kind::Resolved) && other.abs_diff(*at) < 40
            })
            .or(weighty),
        other => other,
    };
    chosen
        .or_else(|| found.iter().find(|(_, kind, _)| *kind == Kind::Noted))
        .or_else(|| found.first())
        .map(|(_, kind, verb)| Decided { kind: *kind, verb: Some(verb.clone()), to: None })
}

/// Verbs that say nothing about the clause when another stands beside them.
fn mild(verb: &str) -> bool {
    matches!(verb, "considered" | "submitted" | "circulated" | "amended" | "thanked" | "welcomed")
}

fn weight(kind: Kind) -> u8 {
    match kind {
        Kind::Resolved => 1,
        Kind::Noted => 2,
        _ => 0,
    }
}

/// The clause up to what only explains it ("as recommended by ...", "for the following reasons").
fn main_part(text: &str) -> &str {
    static CUT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i),? (?:as (?:recommended|referred|agreed|approved|set out|detailed|outlined|noted)|for the (?:following )?reasons?|on the grounds?|in accordance with the recommendation|contrary to)\b",
        )
    });
    let end = CUT.find_iter(text).map(|m| m.start()).find(|at| *at > 30).unwrap_or(text.len());
    &text[..end]
}

/// The body or post a clause addresses.
pub(super) fn addressee(text: &str, kind: Kind) -> Option<String> {
    let body = |pattern: &Regex| {
        pattern
            .captures(text)
            .and_then(|c| c.name("body"))
            .map(|m| m.as_str().trim_end_matches([',', ' ']).to_owned())
            .filter(|b| !matches!(b.as_str(), "That" | "The" | "It" | "Report"))
    };
    match kind {
        Kind::Recommended => body(&RECOMMENDED_TO)
            .or_else(|| body(&BODY_RECOMMENDED))
            .or_else(|| body(&RECOMMENDS_BODY)),
        Kind::Referred => body(&REFERRED_TO),
        Kind::Delegated => post(text),
        _ => None,
    }
}

/// The post a power goes to: the first after "to" or "authorise", or the one that "be authorised".
fn post(text: &str) -> Option<String> {
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\b(?:delegated(?: authority| powers?)?(?: [^.;]{0,120}?)??|given|granted|authority|powers?|delegation|delegates?[^.;]{0,80}?) to|\bauthori[sz]es?|\bempowers?|\bgrants?|\bgives?|\bgiv(?:en|ing) (?:the )?",
        )
    });
    let roles = Roles::shipped().find(text);
    let after = TO
        .find_iter(text)
        .find_map(|to| roles.iter().find(|r| r.start >= to.end() && r.start - to.end() < 40));
    let consulted = text.to_lowercase().find("in consultation with").unwrap_or(text.len());
    after
        .or_else(|| roles.iter().find(|r| r.start < consulted && r.holder != Holder::Partner))
        .or_else(|| roles.first())
        .map(|r| text[r.start..r.end].to_owned())
}

/// The Welsh verb-noun of a text, in its own form or softened.
fn welsh(text: &str) -> Option<&'static Welsh> {
    let lower = minutebook_record::text::plain_marks(text).to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    Forms::shipped()
        .welsh
        .iter()
        .find(|w| words.contains(&w.word.as_str()) || words.contains(&softened(&w.word).as_str()))
}

/// A Welsh word as it begins behind "y Cabinet" and "i": cymeradwyo, gymeradwyo.
fn softened(word: &str) -> String {
    const SOFT: [(&str, &str); 9] = [
        ("ll", "l"),
        ("rh", "r"),
        ("b", "f"),
        ("c", "g"),
        ("d", "dd"),
        ("g", ""),
        ("m", "f"),
        ("p", "b"),
        ("t", "d"),
    ];
    SOFT.iter()
        .find_map(|(hard, soft)| word.strip_prefix(hard).map(|rest| format!("{soft}{rest}")))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: Kind, verb: &str, to: Option<&str>) {
        let found = decide(text, None, "resolved", None);
        assert_eq!(
            (found.kind, found.verb.as_deref(), found.to.as_deref()),
            (kind, Some(verb), to),
            "{text}"
        );
    }

    #[test]
    fn kinds_by_content() {
        check("That the report be noted.", Kind::Noted, "noted", None);
        check("That the report be received and noted.", Kind::Noted, "received", None);
        check(
            "That the report be noted and the fee be approved.",
            Kind::Resolved,
            "approved",
            None,
        );
        check(
            "That it be recommended that Elective Home Education be a priority.",
            Kind::Recommended,
            "recommended",
            None,
        );
        check(
            "That it be recommended to Cabinet that the scheme be continued.",
            Kind::Recommended,
            "recommended",
            Some("Cabinet"),
        );
        check(
            "That Council be recommended to set the rate.",
            Kind::Recommended,
            "recommended",
            Some("Council"),
        );
        check("That information be circulated to members.", Kind::Resolved, "circulated", None);
        check(
            "the petition be referred to the Southmarsh Joint Transportation Board for consideration",
            Kind::Referred,
            "referred",
            Some("Southmarsh Joint Transportation Board"),
        );
        check(
            "That consideration of the street lighting policy be deferred until November.",
            Kind::Deferred,
            "deferred",
            None,
        );
        check("That the application be refused.", Kind::Refused, "refused", None);
        check("That refuse collection be continued.", Kind::Resolved, "continued", None);
        check(
            "That the Assistant Director of Housing be authorised to make minor changes, in consultation with the Leader.",
            Kind::Delegated,
            "authorised",
            Some("Assistant Director of Housing"),
        );
        check(
            "that authority to award the contract be delegated to the Strategic Director, Resources in consultation with the Leader",
            Kind::Delegated,
            "delegated",
            Some("Strategic Director, Resources"),
        );
        check("notes the results of the consultation;", Kind::Noted, "noted", None);
        check("to accept the quotation", Kind::Resolved, "accepted", None);
        check(
            "That the recommendations of the Board be accepted.",
            Kind::Resolved,
            "accepted",
            None,
        );
        check(
            "That the Chief Officer be requested to report further in October.",
            Kind::Resolved,
            "requested",
            None,
        );
        check("Deferred to the November meeting", Kind::Deferred, "deferred", None);
        check("That the rate be 40p a mile.", Kind::Resolved, "resolved", None);
    }
}
