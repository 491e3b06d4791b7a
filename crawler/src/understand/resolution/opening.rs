//! Where a resolution opens: the keyword, in capitals anywhere, in other letters where the sentence says that it decides.

use std::sync::LazyLock;

use minutebook_record::Kind;
use regex::{Captures, Regex};

use super::forms::{Forms, Keyword, regex};
use super::label::Label;

/// A keyword found.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Byte offset of the phrase that holds the keyword.
    pub(super) start: usize,
    /// Byte offset of the first word decided.
    pub(super) end: usize,
    /// The keyword's word.
    pub(super) verb: String,
    pub(super) kind: Option<Kind>,
    /// Body named with the keyword ("RECOMMENDED to Council –").
    pub(super) to: Option<String>,
    /// The number of the paragraph the keyword stands in ("(5) RESOLVED that"): the next number is no clause.
    pub(super) numbered: Option<Label>,
    /// The keyword alone can be the whole decision ("Approved").
    pub(super) whole: bool,
    /// A keyword in ordinary letters that begins its paragraph: in a list it begins a clause ("1. Noted the report.").
    pub(super) weak: bool,
    /// The body alone opened it: a list follows whose lines may begin with keywords of their own ("(1) AGREED ...").
    pub(super) lead: bool,
}

static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:\s*(?:by|of) (?:the )?(?:(?:executive |cabinet |lead |portfolio )+(?:councillor|member|holder)s?(?: (?:for|with) [^:;.]{3,80})?|(?:(?:full|borough|city|county|district|town|parish|area|scrutiny|audit|licensing|planning|select) )*(?:council|cabinet|executive|committee|sub-committee|board|panel|commission|meeting|members|leader|mayor)))?(?P<welsh>\s*\b(?i:yr? (?:cabinet|pwyllgor|is-bwyllgor|cyngor|panel|bwrdd|gweithgor|aelodau)))?(?P<to>\s*(?i:\(?to (?:the )?)(?P<body>[A-Z][\w’']*(?: (?:[A-Z&][\w’']*|and|of|for|the))*))?(?P<marks>\)?\s*(?:\([^)]{2,60}\))?\s*[:;.–—-]+[\s:;–—.-]*(?:\((?i:(?:nem\.? ?con\.?|unanimous(?:ly)?|by|with|to) ?[^)]{0,60}|(?-i:[A-Z]{2,6})[ \d/.-]+)\)[\s:;–—.-]*)?|\s*\([^)]{2,60}\)\s*|\s*,\s+|\s*)",
    )
});
/// "Noted the position.", "Approved the minutes as a correct record.": the clerk leaves the body out. "Nodwyd yr adroddiad" in
/// Welsh, but not "Nodwyd bod": what was merely observed.
static TELLS_WHAT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:the|subject|this|these|those|all|both|its|an?|y|yr|argymhellion|cofnodion|adroddiad)\b",
    )
});
/// "Resolved to RECOMMEND: (to Council)", and the words in the next paragraph.
static RECOMMENDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*(?i:to recommend)\s*[:–-]*\s*(?:\(?to (?:the )?(?P<body>[A-Z][\w’' ]*\w)\)?)?\s*[:–-]*\s*$",
    )
});
/// What follows "Deferred" and "Refused" at a paragraph's start where they decide: "Deferred payment agreements" do not.
static WHEREFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?i:\W*$|(?:to|until|till|for|by|pending|on|as|due|because|subject|at|in|and|contrary|owing|following)\b|(?:planning )?(?:permission|consent|the|this|these|both|all|an?|y|yr)\b|hyd\b|tan\b|i\b)",
    )
});
/// Capitals that go on from a keyword in capitals and still decide: "APPROVED SUBJECT TO CONDITIONS".
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:SUBJECT|UNANIMOUSLY|AS|WITH|IN|BY|FOR|AND|ON|THE|OFFICERS?|PERMISSION|CONDITIONALLY|UNCONDITIONALLY|RECOMMENDATIONS?|RECOMMENDED|ACCORDINGLY|UNTIL|PENDING|AGAINST|CONTRARY|A|AN|ALL|THIS|AFTER|OR|NOT|PLANNING|CONSENT|LISTED|OUTLINE|FULL)\b",
    )
});
static SAYS: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?i:that|to)\b"));

/// The next opening in a paragraph at or after `from`.
pub(super) fn find(text: &str, from: usize) -> Option<Opening> {
    let forms = Forms::shipped();
    if from == 0
        && let Some(captures) = forms.opening.captures(text)
        && let Some(opening) = accept(text, 0, &captures, true)
    {
        return Some(opening);
    }
    if !forms.words.is_match(&text[from..]) {
        return None;
    }
    forms
        .inside
        .captures_iter(&text[from..])
        .find_map(|captures| accept(text, from, &captures, false))
}

/// The opening that a keyword makes, if it makes one.
fn accept(text: &str, from: usize, captures: &Captures<'_>, at_start: bool) -> Option<Opening> {
    let start = from + captures.get(0)?.start();
    // “RESOLVED: That ...” in quotation marks: another decision's words, quoted to be corrected.
    if matches!(text[..start].trim(), "“" | "\"" | "‘") {
        return None;
    }
    let word_end = captures.name("after").or(captures.name("keyword"))?.end() + from;
    if let Some(addressee) = RECOMMENDS.captures(&text[word_end..]) {
        return Some(recommends(text, start, addressee.name("body").map(|m| m.as_str())));
    }
    weigh(text, from, captures, at_start)
}

fn weigh(text: &str, from: usize, captures: &Captures<'_>, at_start: bool) -> Option<Opening> {
    let forms = Forms::shipped();
    let word = captures.name("keyword")?;
    let keyword = forms.keyword(word.as_str())?;
    let before = captures.name("before").map_or("", |m| m.as_str()).trim();
    let upper = !word.as_str().contains(char::is_lowercase);
    let capital = word.as_str().starts_with(char::is_uppercase);
    let after_end = captures.name("after").map_or(word.end(), |m| m.end()) + from;
    let rest = &text[after_end..];
    let after = AFTER.captures(rest)?;
    let mut marks = after.name("marks").map_or("", |m| m.as_str()).to_owned();
    let mut body = after.name("body").map(|m| m.as_str().to_owned());
    let mut end = after_end + after.get(0).map_or(0, |m| m.end());
    let punctuated = marks.contains([':', '–', '—', '-', ';']);
    // "RESOLVED TO APPROVE –", "Resolved to RECOMMEND – That": what is decided, no body.
    let act = body.as_deref().and_then(|b| b.split(' ').next()).is_some_and(|word| {
        word.len() > 3
            && !word.contains(char::is_lowercase)
            && forms.verb(word).is_some_and(|verb| verb.base.eq_ignore_ascii_case(word))
    });
    // "RECOMMENDED TO CABINET", and the words in the next paragraph.
    let addressed = keyword.kind == Some(Kind::Recommended) && text[end..].trim().is_empty();
    let unsaid = body.is_some() && !punctuated && !addressed && !SAYS.is_match(&text[end..]);
    if act || unsaid {
        // "RESOLVED to Grant permission": the capital word is none of a body's.
        body = None;
        end = after_end + rest.len() - rest.trim_start().len();
        " ".clone_into(&mut marks);
    }
    let says = SAYS.is_match(&text[end..]);
    let alone = text[end..].trim().is_empty();
    let noun = matches!(keyword.forms.first().map(String::as_str), Some("decision"))
        || word.as_str().to_lowercase().starts_with("resolution");
    let narrates = narrates(text, from + word.start());
    // "Penderfynodd y Cabinet gymeradwyo'r cynllun", but not "Nododd y Pwyllgor fod": what was merely observed.
    let welsh_body = after.name("welsh").is_some() && !text[end..].starts_with(['f', 'b']);
    let ok = if noun {
        let that = text[end..].starts_with("That ");
        let whose = ["", "cabinet", "council", "the committee"];
        let ours = whose.iter().any(|body| before.eq_ignore_ascii_case(body));
        at_start && ours && (punctuated || alone || (upper && says) || that)
    } else if narrates {
        false
    } else if upper {
        (at_start && !shouts_on(&text[end..]))
            || punctuated
            || says
            || alone
            || !before.is_empty()
            || marks.starts_with(',')
    } else if capital && before.is_empty() {
        decides_in_capital(keyword, &text[end..], at_start, &marks) || (at_start && welsh_body)
    } else {
        // "it was resolved that", "the Committee resolved to": the word in small letters decides with its subject only.
        let listed = at_start && marks.contains(':');
        (keyword.verb == "resolved"
            || listed && matches!(keyword.verb.as_str(), "agreed" | "decided"))
            && !before.is_empty()
            && (says || punctuated || text[end..].starts_with(['“', '"']))
            && !before.to_lowercase().ends_with(" was")
                | before.to_lowercase().starts_with("it was")
    };
    if !ok {
        return None;
    }
    // A decision in one word: "Noted.", "Deferred to the November meeting".
    let whole = keyword.kind.is_some_and(|k| k != Kind::Recommended)
        || matches!(keyword.verb.as_str(), "approved" | "granted" | "confirmed");
    let start = from + captures.get(0).map_or(word.start(), |m| m.start());
    let keyword_start = from + word.start();
    let number = captures.name("number").map_or("", |m| m.as_str());
    let that = text[end..].starts_with("that ") || text[end..].starts_with("That ");
    let one_word =
        whole && (!(punctuated || that || alone) || alone && marks.trim_start().starts_with('.'));
    Some(Opening {
        start,
        end: if one_word { keyword_start } else { end },
        verb: keyword.verb.clone(),
        kind: keyword.kind,
        to: body,
        numbered: Label::at_start(number).map(|(label, _)| label),
        whole: whole || keyword.verb == "agreed",
        weak: !upper && at_start && before.is_empty() && !punctuated && keyword.verb != "resolved",
        lead: false,
    })
}

/// Whether a keyword that begins with a capital, without a subject, decides by what stands behind it.
fn decides_in_capital(keyword: &Keyword, rest: &str, at_start: bool, marks: &str) -> bool {
    let punctuated = marks.contains([':', '–', '—', '-', ';']);
    let says = SAYS.is_match(rest);
    let strong = keyword.verb == "resolved";
    let put_off = matches!(keyword.kind, Some(Kind::Deferred | Kind::Refused));
    let begins = punctuated
        || says
        || strong
        || rest.trim().is_empty()
        || marks.starts_with('.')
        || (put_off && WHEREFORE.is_match(rest))
        || TELLS_WHAT.is_match(rest);
    (at_start && begins) || (strong && (punctuated || says))
}

/// "AGREED SYLLABUS REVIEW", "APPROVED PREMISES LICENCES": a title, or words of one.
fn shouts_on(rest: &str) -> bool {
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    next.chars().count() > 1
        && next.chars().all(char::is_uppercase)
        && !GOES_ON.is_match(rest)
        // A sentence in capitals is none.
        && !rest.contains(" BE ")
}

/// "Resolved to RECOMMEND: (to Council)".
fn recommends(text: &str, start: usize, to: Option<&str>) -> Opening {
    Opening {
        start,
        end: text.len(),
        verb: "recommended".to_owned(),
        kind: Some(Kind::Recommended),
        to: to.map(str::to_owned),
        numbered: None,
        whole: false,
        weak: false,
        lead: false,
    }
}

/// A keyword that tells of another decision, or is part of a title: "the RESOLVED matters", "had been RESOLVED", "be RECOMMENDED".
fn narrates(text: &str, at: usize) -> bool {
    // The last few words tell: a text may hold the keyword a thousand times.
    let before = text[..at].trim_end();
    let near = before.len().saturating_sub(60);
    let near = (near..before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or_default();
    let before = before[near..].to_lowercase();
    let before = ["therefore", "then", "accordingly", "duly", "unanimously"]
        .iter()
        .find_map(|adverb| before.strip_suffix(adverb))
        .unwrap_or(&before)
        .trim_end();
    if (before.ends_with(" was") || before.ends_with(" were")) && !before.ends_with("it was") {
        return true;
    }
    ["be", "been", "being", "not", "as", "is", "are", "previously", "had", "have", "has", "when"]
        .iter()
        .any(|word| {
            before.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        })
}
