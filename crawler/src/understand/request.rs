//! Requests and undertakings: what is to come back, who owes it, to whom, by when, as far as it is said.

use std::sync::LazyLock;

use jiff::civil::Date;
use minutebook_record::vocabulary::Roles;
use minutebook_record::{Item, Kind, Part, Request};
use regex::Regex;

use super::due::due;
use super::resolution::regex;
use super::sentence::sentences;

/// A decision clause that asks for something.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bbe (?:also |further )?(?:circulated|provided|supplied|sent|forwarded|shared|made available|submitted|presented|brought|reported|asked|requested|instructed|invited|informed|written to)\b|\breport(?:s)? back\b|\b(?:a )?(?:further|progress|update|updated|detailed|interim) reports?\b[^.;]{0,60}\bbe (?:submitted|presented|brought|provided|made|prepared|received)\b|\bfurther (?:information|details|update|work|consideration)\b|\bofficers (?:report|bring|provide|prepare|investigate)\b|\b(?:to )?(?:bring|come) back\b|\bwrites? to\b|\bto write to\b|\brequest(?:s|ed)? (?:that|the|a|an|officers|further|more|written)\b|\binstruct(?:s|ed)? [^.;]{3,90}? to\b|\bwould (?:liaise|look (?:at|into)|arrange|investigate|write)\b|\basked (?:that|for)\b|\bwould (?:bring|provide|circulate|present|submit|prepare)\b|\basks? (?:the|that|officers)\b",
    )
});
/// A sentence in which somebody takes something on, or is asked for it.
static UNDERTAKEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:agreed|undertook|offered|promised|committed|confirmed (?:that )?(?:he|she|they)|advised (?:that )?(?:he|she|they)|stated (?:that )?(?:he|she|they)) (?:would |to )(?:\w+ly )?(?:provide|circulate|send|share|supply|forward|report|revert|look into|look at|follow up|investigate|examine|write|raise|bring|arrange|check|contact|get|liaise|enquire|distribute|speak|discuss|include|consider|feed ?back|find out|re-?examine|re-?visit|review|explore|ascertain|pass|update|ensure|add|obtain|request|take (?:this|it|that|the matter) (?:back|up)|keep (?:members|the|him|her|them)|clarify|confirm|e-?mail|prepare|produce|submit|present|organise|seek)\b|\b(?:was|were) (?:asked|requested|instructed|invited) to (?:\w+ly )?(?:provide|circulate|send|share|supply|forward|report|revert|look into|look at|follow up|investigate|examine|write|raise|bring|arrange|check|contact|get|liaise|enquire|distribute|include|feed ?back|find out|re-?examine|re-?visit|review|explore|ascertain|pass|update|ensure|add|obtain|request|take (?:this|it|that|the matter) (?:back|up)|keep (?:members|the|him|her|them)|clarify|confirm|e-?mail|prepare|produce|submit|present|organise|seek)\b|\bwould (?:also |then |subsequently )?be (?:circulated|provided|sent|shared|reported|forwarded|supplied|brought back|made available|fed back|e-?mailed)(?: back)? (?:to|at|in|by|following|after|outside)\b|\b(?:stated|advised|confirmed|explained|responded|said|indicated|replied|noted|undertook) that [^.;]{0,120}?\b(?:he|she|they|officers) would (?:\w+ly )?(?:provide|circulate|send|share|check|look into|find out|report back|follow up|feed ?back|e-?mail|ascertain|investigate|obtain)\b|\b(?:asked|requested|suggested) that [^.;]{3,120}? be (?:\w+ly )?(?:circulated|provided|sent|shared|issued|reissued|brought|reported|added|included|invited|considered|reviewed|updated|amended|produced|arranged|investigated|submitted|presented)\b|\bwould be helpful if\b|\basked (?:if|whether) [^.;]{2,80}? could (?:\w+ly )?(?:provide|circulate|send|share|bring|report|look into|arrange|investigate|update|supply)\b|\basked for [^.;,]{3,60}? to (?:be|consider|report|provide|look|review|come)\b|\b(?:asked|requested)(?: for| that|,)? (?:an?|more|the|some|additional) ?(?:\w+ ){0,3}?(?:information|report|update|details|briefing|breakdown|figures|data|note|paper|copy|list|timetable)\b|\bwould (?:revert|report back|come back|follow up)\b|^ACTIONS?\b\s*(?:\d+ )?[:–-]|^Actions? ?(?:point)?s?\s*[:–-]",
    )
});
/// A heading over a list of actions, and one of them.
static ACTIONS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^actions?(?: points?)?\s*[:–-]?\s*$"));
static OWED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:[•·§▪◦*–-]\s*)?(?:The )?[A-Z][^.;:]{2,60}? to [a-z]+\b"));
/// The words without which nobody undertakes anything: a quick look before the slow one.
static QUICK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"agreed|undertook|offered|promised|committed|confirmed|advised|stated|would |asked|requested|suggested|ACTION|Action",
    )
});
static TO_WHOM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:circulated|provided|supplied|sent|forwarded|shared|submitted|presented|brought(?: back)?|reported(?: back)?|report(?: back)?|revert|(?:bring|come|report) back|made available|write|written|circulate|provide|send|bring)(?:\s[^.;,]{0,120}?)? to (?P<to>(?:all )?(?:the |a (?:future |special )?meeting of (?:the )?)?(?:[Ee]lected )?(?:[Mm]embers(?: of (?:the )?(?:[A-Z][\w’&-]*(?: (?:and|of|for|the|[A-Z&][\w’&-]*))*|committee|commission|panel|board))?|[A-Z][\w’&-]*(?: (?:and|of|for|the|[A-Z&][\w’&-]*))*|committee|board|panel|council))",
    )
});

/// The requests of an item: from its resolutions, and from what was undertaken in the debate.
pub(crate) fn requests(item: &Item, date: Option<Date>) -> Vec<Request> {
    let mut found: Vec<Request> = Vec::new();
    let mut decided: Vec<&str> = Vec::new();
    for resolution in item.resolutions() {
        decided.push(&resolution.text);
        let asks = !matches!(resolution.kind, Kind::Noted | Kind::Refused);
        if asks && ASKED.is_match(&resolution.text) {
            found.push(request(&resolution.text, resolution.passage, date, true));
        }
    }
    let mut listed = false;
    for (index, passage) in item.passages.iter().enumerate() {
        if passage.part == Part::Agenda {
            continue;
        }
        // "Actions", and who is to do what in the paragraphs behind it.
        if ACTIONS.is_match(&passage.text) {
            listed = true;
            continue;
        }
        listed = listed && OWED.is_match(&passage.text);
        if listed {
            let text = passage.text.trim_start_matches(['•', '·', '▪', '-', '–', ' ']);
            found.push(request(text, Some(index), date, false));
            continue;
        }
        for range in sentences(&passage.text) {
            let sentence = &passage.text[range];
            if !QUICK.is_match(sentence) {
                continue;
            }
            let told = decided.iter().any(|d| sentence.contains(*d) || d.contains(sentence));
            if !told && UNDERTAKEN.is_match(sentence) {
                found.push(request(sentence, Some(index), date, false));
            }
        }
    }
    found
}

fn request(text: &str, passage: Option<usize>, date: Option<Date>, decision: bool) -> Request {
    let to = TO_WHOM
        .captures(text)
        .and_then(|c| c.name("to"))
        .map(|m| {
            let mut to = m.as_str().trim_start_matches("the ").trim_end();
            while let Some(cut) =
                [" and", " of", " for", " the"].iter().find_map(|w| to.strip_suffix(w))
            {
                to = cut;
            }
            to.to_owned()
        })
        .filter(|to| !to.is_empty());
    let (due, due_date) = due(text, date).map_or((None, None), |(due, day)| (Some(due), day));
    Request { text: text.to_owned(), by: owed_by(text, decision), to, due, due_date, passage }
}

/// Who owes it: the post before "be asked to" or "agreed to", or the officers.
fn owed_by(text: &str, decision: bool) -> Option<String> {
    static ASKED_OF: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\b(?:requests?|requested|asks?|asked|instructs?|instructed)(?: that)? (?:the )?$",
        )
    });
    static OWES: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\bbe (?:also |further )?(?:asked|requested|instructed|invited)\b|\b(?:agreed|undertook|offered|promised|committed)\b|\b(?:confirmed|advised|stated)\b|\bwould\b|\b(?:was|were) (?:asked|requested|instructed|invited)\b|\bto (?:report|provide|bring|write|ask|circulate|send|share|supply|forward|investigate|arrange|check|contact|confirm|prepare|submit|present|liaise)\b",
        )
    });
    static DOES: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^,? (?:write|report|email|provide|bring|circulate|arrange|investigate|submit|prepare|convene|liaise)\b",
        )
    });
    let roles = Roles::shipped().find(text);
    let asked = roles.iter().find(|r| ASKED_OF.is_match(&text[..r.start]));
    if let Some(role) = asked {
        return Some(text[role.start..role.end].to_owned());
    }
    // "That the Leader write to the Minister."
    let told = roles.iter().find(|r| DOES.is_match(&text[r.end..]));
    if let Some(role) = told {
        return Some(text[role.start..role.end].to_owned());
    }
    let at = OWES.find(text)?;
    if let Some(role) = roles.iter().rev().find(|r| r.end <= at.start()) {
        return Some(text[role.start..role.end].to_owned());
    }
    // "(the Chair) asked the Director for a report": the post asked owes it.
    if let Some(role) = roles.iter().find(|r| r.start >= at.end() && !decision) {
        return Some(text[role.start..role.end].to_owned());
    }
    let lower = text.to_lowercase();
    lower.contains("officers").then(|| "officers".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_record::{Passage, Resolution};

    fn read(texts: &[&str], resolution: Option<&str>) -> Vec<Request> {
        let item = Item {
            passages: texts
                .iter()
                .map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() })
                .collect(),
            resolutions: resolution
                .map(|t| vec![Resolution { text: t.to_owned(), ..Resolution::default() }]),
            ..Item::default()
        };
        requests(&item, Some(jiff::civil::date(2021, 7, 6)))
    }

    #[test]
    fn clauses_that_ask() {
        let found = read(
            &[],
            Some(
                "That the Assistant Director, Education be asked to circulate the timetable to members of the Commission by 30 September 2021.",
            ),
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].by.as_deref(), Some("Assistant Director, Education"));
        assert_eq!(found[0].to.as_deref(), Some("members of the Commission"));
        assert_eq!(found[0].due.as_deref(), Some("by 30 September 2021"));
        assert_eq!(found[0].due_date, Some(jiff::civil::date(2021, 9, 30)));
        let found = read(
            &[],
            Some(
                "That information on the priorities be circulated to members of the Improving Places Select Commission.",
            ),
        );
        assert_eq!(
            found[0].to.as_deref(),
            Some("members of the Improving Places Select Commission")
        );
        assert_eq!((found[0].by.as_deref(), found[0].due.as_deref()), (None, None));
        assert_eq!(read(&[], Some("That the report be noted.")), []);
    }

    #[test]
    fn undertakings_in_the_debate() {
        let found = read(
            &[
                "The Head of Housing agreed to provide the figures to the Panel in six months. It was late.",
            ],
            None,
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].by.as_deref(), Some("Head of Housing"));
        assert_eq!(found[0].to.as_deref(), Some("Panel"));
        assert_eq!(found[0].due_date, Some(jiff::civil::date(2022, 1, 6)));
        assert_eq!(read(&["The Head of Housing agreed that it was late."], None), []);
        assert_eq!(read(&["Members were asked to consider the report."], None), []);
        let actions = read(&["Actions", "• Officers to add the figures.", "It rained."], None);
        assert_eq!(actions.len(), 1);
        for text in [
            "The Cabinet Member stated that she would check whether the figures were held.",
            "The Head of Parks confirmed that the reply would also be circulated to Members.",
            "Officers undertook to re-examine the lease.",
            "A response would be provided at the meeting in May.",
            "The Chair asked that the calendar be reissued.",
            "The Chair asked if Mr Ash could provide an update in July.",
            "Councillor Ash said it would be helpful if a marked copy was given; he suggested one.",
        ] {
            assert_eq!(read(&[text], None).len(), 1, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}") {
            read(&[&text], Some(&text));
        }
    }
}
