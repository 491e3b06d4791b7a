//! Motions told in prose, and how they ended: "Councillor A moved, seconded by Councillor B, that ...", "The motion was CARRIED."
//!
//! The sentence that tells the end says nothing of the matter, so the motion is remembered until its end is told. An amendment's
//! end is not the motion's.

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;
use crate::understand::sentence::sentences;

/// Mover and seconder, then the motion; or the mover, the motion, then the seconder.
static PUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:proposed|moved)\b.{0,90}?\bsecond(?:ed|er)\b.{0,60}?\b(?P<after>that .{10,}|the (?:\w+[’']? )?(?:recommendations?|motion|proposals?)\b.*|(?:a|the) (?:\w+ )?(?:motion|proposal|proposition) (?:to|for) .{8,})$|\bseconded by\b.{2,60}?,? (?:moved|proposed) (?P<behind>that .{10,}|the (?:\w+[’']? )?(?:recommendations?|motion|proposals?)\b.*)$|\b(?:proposed|moved) (?P<paper>the (?:\w+[’']? )?(?:reports?|recommendations?|motion|minutes|proposals?)[^,;.]{0,80}?),? (?:and )?(?:duly )?(?:it was )?(?:councillor [^,;.]{2,30} )?second(?:ed|er)\b|\b(?:proposed|moved) (?P<between>that .{10,260}?)[,;]? (?:and )?(?:this |it |which )?(?:was )?(?:duly )?second(?:ed|er)\b",
    )
});
/// A sentence that tells an end and nothing else.
static END: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:(?:(?:up)?on|following|after) (?:a|the|being put to (?:a|the)|a show of) (?:vote|hands|show of hands|meeting)[^,;]{0,40}?,? |there being no (?:objections?|dissent|other \w+),? |(?:the|a) vote on the (?:[\w-]+ )?(?P<vote>motion|proposal|recommendation)s? (?:was|were) (?:then )?taken,? and |a vote was (?:then )?taken and |the (?:chair\w*|mayor|provost|convener) (?:then |duly )?declared (?:that )?|the (?:chair\w*|mayor) (?:then )?put the (?P<put>motion|proposal|recommendations?) to the (?:vote|meeting),? (?:and|which) )?(?:(?:it|this|they|all|(?:all )?(?:committee )?members|everyone|(?:the )?(?:[\w-]+ ){0,2}?(?:committee|board|panel|council|cabinet|commission)|(?:the )?(?P<named>(?:(?:substantive|original|main|amended|above|foregoing|procedural|programme|composite|revised|following) )?(?:motion|proposal|proposition|recommendations?|resolution)s?))(?:,? as amended,?)?,? )?(?:(?:was|were|having been|being|to be|then|duly|unanimously|declared|voted|and|put(?: to (?:the|a) (?:vote|meeting))?,?|on being|on a show of hands,?|thereupon|seconded) )*(?:(?P<carried>carried|agreed|approved|passed|adopted|in favour)|(?P<lost>lost|defeated|not carried|not agreed|rejected|withdrawn|fell))\b(?:,? (?:unanimously|nem\.? con\.?|by (?:[\w-]+ ){0,5}(?:votes?|members|majority|consent|councillors|council|committee|board|panel|meeting|present|all|consensus|acclamation)(?: (?:to|of) [\w-]+)?(?: votes?)?|with (?:[\w-]+ ){1,5}(?:against|abstentions?|dissenting|abstaining)|as amended|to this|of (?:this|the) (?:change|proposal|suggestion|motion|recommendation)))*(?:,? \([^)]*\))?\s*\.?$",
    )
});
/// One sentence with all of it: the motion, who seconded it, and that it was carried.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:proposed|moved)\b.{0,160}?\bseconded\b.{0,90}?(?:\band|,|;) (?:it was |this was |the motion was )?(?:\w+ly )?(?:agreed|carried|adopted|approved|passed|all (?:were |voted )?in favour|all agreed)(?: unanimously)?(?: by (?:the |all )?(?:elected )?(?:members|councillors|committee|council|board|panel)(?: present)?)?\s*[.,;]?\s*$|^(?:this|it|that|the(?: said| above)? (?:notice of motion|motion|proposal|proposition|resolution|recommendation)s?)(?:,? as amended,?)? (?:was|were|which was) (?:then |duly )?seconded by [^;]{2,90}?,? and (?:it was |this was )?(?:\w+ly )?(?:agreed|carried|adopted|approved|passed)(?: unanimously)?\s*\.?\s*$",
    )
});
/// "The Chair proposed that item 9 be taken next and this was agreed."
static SUGGESTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:proposed|moved|suggested|requested|recommended|asked) (?P<text>that .{8,200}?)(?:,? and|,? which|;|,) ?(?:this|it|which|that)? ?was (?:\w+ly |then )*(?:agreed|carried|approved|accepted)\b",
    )
});

/// "The Leader suggested, and Council accepted, that ..."; "The Chair ruled and the Committee agreed that ...".
static AND_AGREED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:proposed|moved|suggested|requested|recommended|ruled|asked|advised),? and (?:the )?(?:[\w-]+ ){0,5}?(?:council|committee|sub-? ?committee|cabinet|executive|board|panel|commission|forum|members|meeting|authority) (?:\w+ly )?(?:accepted|agreed|concurred|approved|resolved),? (?:(?:in|under|for|on) [^;]{3,80}? )?(?P<text>that .{8,})$",
    )
});
/// "The Chair moved that the public be excluded": nobody seconds, the next sentence tells the end.
static MOVED_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:the (?:chair\w*|(?:lord )?mayor|leader|convener|provost)|(?:councillor|cllr|alderman|mrs?|ms|dr)\b[^,;:]{2,40}?),? (?:then |formally )*(?:moved|proposed) (?P<text>that .{10,})$",
    )
});
/// "The following motion was moved by A and seconded by B:": its words stand in the next paragraph.
static FOLLOWS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:moved|proposed)\b.{0,90}\bseconded\b[^:]{0,90}:[\s–-]*$"));

/// How a motion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Carried,
    Lost,
}

/// The motion that a sentence puts, and how far into it its words begin. An amendment is none.
pub(super) fn put(sentence: &str) -> Option<(&str, usize)> {
    if !sentence.contains("second") && !sentence.contains("Second") {
        if !sentence.contains("ed that ") {
            return None;
        }
        let alone = MOVED_ALONE.captures(sentence)?.name("text")?;
        let amends = is_amendment(&sentence[..alone.start()]);
        return (!amends).then_some((alone.as_str(), alone.start()));
    }
    // A motion may speak of an amendment; what is moved as one is none.
    let captures = PUT.captures(sentence).filter(|captures| {
        captures.name("after").or(captures.name("behind")).map_or_else(
            || !is_amendment(sentence),
            |text| !is_amendment(&sentence[..text.start()]),
        )
    })?;
    let text =
        ["after", "behind", "between", "paper"].iter().find_map(|name| captures.name(name))?;
    Some((text.as_str(), text.start()))
}

/// The end that a sentence tells of the motion before it.
pub(super) fn end(sentence: &str) -> Option<End> {
    if sentence.len() > 220 || is_amendment(sentence) {
        return None;
    }
    let plain = sentence.trim_start_matches(['(', '“', '"', '*', ' ']);
    let captures = END.captures(plain)?;
    Some(if captures.name("lost").is_some() { End::Lost } else { End::Carried })
}

/// Whether such a sentence names what ended ("The recommendation was put to the vote and agreed"): it can stand alone.
pub(super) fn is_named(sentence: &str) -> bool {
    END.captures(sentence)
        .is_some_and(|c| ["named", "put", "vote"].iter().any(|name| c.name(name).is_some()))
}

/// Whether a sentence tells motion, seconder and end at once.
pub(super) fn is_whole(sentence: &str) -> bool {
    !is_amendment(sentence) && WHOLE.is_match(sentence)
}

/// Words before a keyword without a last sentence that only names movers: "Proposed A, seconded B, all in favour. RESOLVED to pay".
pub(super) fn without_movers(text: &str) -> &str {
    let last = sentences(text).pop().filter(|range| {
        let said = &text[range.clone()];
        said.len() < 120 && is_whole(said) && put(said).is_none()
    });
    last.map_or(text, |range| &text[..range.start])
}

/// What somebody suggested and the meeting agreed at once.
pub(super) fn suggested(sentence: &str) -> Option<(&str, usize)> {
    let captures = SUGGESTED.captures(sentence).or_else(|| AND_AGREED.captures(sentence));
    let text = captures.filter(|_| !is_amendment(sentence))?.name("text")?;
    Some((text.as_str(), text.start()))
}

/// Whether a sentence only names who moved and seconded what the next paragraph holds.
pub(super) fn follows(sentence: &str) -> bool {
    sentence.contains("econded") && !is_amendment(sentence) && FOLLOWS.is_match(sentence)
}

fn is_amendment(sentence: &str) -> bool {
    sentence.contains("mendment") || sentence.contains("MENDMENT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_every_print() {
        for text in [
            "Carried.",
            "Motion carried unanimously.",
            "All agreed.",
            "The motion was CARRIED.",
            "On being put to the vote the motion was CARRIED.",
            "Upon being put to the vote, the motion was carried.",
            "The motion was put to the vote and declared CARRIED (12 for, 3 against, 1 abstention).",
            "The Chair declared the motion carried.",
            "The Committee agreed unanimously.",
            "On a show of hands, the proposal was carried by 7 votes to 4.",
            "There being no objections, the motion was agreed.",
            "The substantive motion, as amended, was agreed.",
            "All members were in favour.",
        ] {
            assert_eq!(end(text), Some(End::Carried), "{text}");
        }
        for text in ["On being put to the vote the motion was LOST.", "Lost.", "The motion fell."] {
            assert_eq!(end(text), Some(End::Lost), "{text}");
        }
        for text in [
            "The amendment was carried.",
            "The works were carried out.",
            "The report was agreed in principle by officers last year.",
            "The contract was lost.",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }

    #[test]
    fn motions_by_either_order() {
        let text = |sentence| put(sentence).map(|(text, _)| text);
        assert_eq!(
            text("Councillor Ash moved, seconded by Councillor Bell, that the fees be halved."),
            Some("that the fees be halved.")
        );
        assert_eq!(
            text("Cllr Ash proposed that the quote be accepted, seconded by Cllr Bell."),
            Some("that the quote be accepted")
        );
        assert_eq!(
            text("Cllr Ash moved an amendment, seconded by Cllr Bell, that it be nil."),
            None
        );
    }
}
