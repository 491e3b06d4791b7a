//! Decisions in a clerk's short hand: "Recommendation approved.", "Minutes agreed and signed.", "The Cabinet Member approved the report."

use std::sync::LazyLock;

use regex::Regex;

use super::forms::regex;

/// A paper and what became of it, without any "was".
static ELLIPTIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:(?:received|noted) and (?P<both>noted|agreed|received|approved)\s*\.?$)|^(?:the )?(?:(?:officers?|draft|verbal|annual|written|oral|above|planning|chair\w*)[’']?s? )?(?:reports?|minutes|recommendations?|applications?|proposals?|position|updates?|information|contents?|accounts|payments|correspondence)(?: (?:of|for|in|on|at|as|no\.?|number|dated|held|[\w/]*\d[\w/]*|meeting|january|february|march|april|may|june|july|august|september|october|november|december|the|above|set out|report)){0,9} (?P<verb>noted|agreed|approved|accepted|adopted|granted|refused|deferred|confirmed|signed|endorsed)(?: (?:and|as|subject|unanimously|nem|by|with|until|to|for|contrary|in)\b[^.;]{0,120})?\s*\.?$",
    )
});
/// A decision of one person: a verb that only a decision-taker can be the subject of.
static ONE_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:(?:having|after|following|in) [^.;]{5,200}?, )?the (?:cabinet|executive|lead) member(?: (?:for|of) [^.;]{3,100}?)?,? (?:(?:therefore|then|also|formally|accordingly) )*(?P<verb>approved|authorised|agreed) (?:the|that)\b|^(?:(?:having|after|following|in) [^.;]{5,200}?, )?the (?:leader|(?:elected |executive )?mayor|commissioner|portfolio holder|(?:cabinet|executive|lead) member)(?: (?:for|of) [^.;,]{3,100}?)?(?:, having [^.;]{5,200}?)?,? (?:(?:therefore|then|also|formally|accordingly) )*(?P<both>decided|determined|resolved) (?:to|that)\b",
    )
});
/// The chair's signature under the minutes: they are agreed.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:the (?:chair\w*|mayor|convener|president|vice[- ]chair\w*)|councillor [\w’' .-]{2,40}) (?:then |duly )?(?P<verb>signed|approved|confirmed) the (?:draft |open |public )?minutes\b[^.;]{0,120}\b(?:correct|true|accurate)\b",
    )
});

/// The verb of a sentence that is a decision in short hand.
pub(super) fn verb(sentence: &str) -> Option<String> {
    if sentence.len() > 400 {
        return None;
    }
    [&*ELLIPTIC, &*ONE_PERSON, &*SIGNED]
        .iter()
        .find_map(|pattern| pattern.captures(sentence))
        .and_then(|captures| captures.name("verb").or(captures.name("both")))
        .map(|verb| verb.as_str().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_hand_is_read() {
        for (text, expected) in [
            ("Recommendation approved.", "approved"),
            ("Recommendations agreed as printed.", "agreed"),
            ("Minutes of 4 May 2021 approved and signed.", "approved"),
            ("Report noted.", "noted"),
            ("Application refused, contrary to the recommendation", ""),
            ("Application 21/0042 refused contrary to the officers’ advice.", "refused"),
            ("The Cabinet Member for Highways approved the scheme.", "approved"),
            ("The Chairman signed the minutes as a correct record.", "signed"),
            ("Report on the accounts approved last year by the auditor.", ""),
            ("The Cabinet Member noted the report.", ""),
            ("The Cabinet Member for Highways agreed to withdraw the report.", ""),
            ("The Leader agreed to write to the Minister.", ""),
        ] {
            assert_eq!(verb(text).unwrap_or_default(), expected, "{text}");
        }
    }
}
