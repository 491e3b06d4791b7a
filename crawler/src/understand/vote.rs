//! Votes: counts, names as printed, carried or lost. Persons who share a surname are never told apart here.

use std::sync::LazyLock;

use minutebook_record::{CastingVote, NamedVote, Part, Passage, Vote, VoteOutcome};
use regex::Regex;

use super::due::number;
use super::resolution::regex;
use super::sentence::sentences;

const NUM: &str = r"(?:\d{1,3}|no|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-\w+)?|thirty(?:-\w+)?|forty(?:-\w+)?)";

/// "For: Councillors A, B and C (3 votes)".
static SIDE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[\s(.;])(?i:voting |those (?:voting )?|votes? |members voting )?(?P<side>(?i:for|in favour|against|abstain(?:ed|ing)?|abstentions?|abstention))\b(?i: of)?(?i: the)?(?i: (?:motion|amendment|proposal|recommendations?|substantive motion))?\s*(?:\((?P<count>\d{1,3})\))?\s*[:–-]+\s*(?:-\s*)?",
    )
});
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?P<for>{NUM})\s+(?:members?\s+|councillors?\s+|votes?\s+)?(?:(?:being cast|cast|voting|voted|were)\s+)?(?:for|in favour)\b[^.;]{{0,60}}?\b(?:and\s+)?(?P<against>{NUM})\s+(?:members?\s+|votes?\s+)?(?:voting\s+|voted\s+|cast\s+)?against\b(?:[^.;]{{0,40}}?\b(?P<abstained>{NUM})\s+(?:members?\s+|councillors?\s+)?(?:abstention|abstain|no vote))?"
    ))
});
static BY_VOTES: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\bby (?P<for>{NUM}) votes? to (?P<against>{NUM})\b(?:[^.;]{{0,40}}?\b(?P<abstained>{NUM}) (?:members? )?abst)?"
    ))
});
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:(?P<carried>carried|passed)|(?P<lost>lost|defeated|not carried|fell))\b")
});
/// The words without which nothing tells of a vote: a quick look before the slow ones.
static QUICK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)against|vote|carried|lost|defeated|abst|passed|in favour|for ?:"));
static PUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:put to (?:the|a) vote|on a vote|on being put|was put|were put|upon a vote|following a vote|recorded vote|a vote was taken|show of hands|and (?:declared )?(?:carried|lost)|(?:was|were|declared) (?:declared )?(?:carried|lost|defeated)|casting vote)\b",
    )
});
/// "the Chairperson exercised his second and casting vote in favour", "on the Mayor's casting vote".
static CASTING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?:[Tt]he )?(?P<by>(?:Councillor|Cllr|Alderman) (?:[A-Z][\w’'.-]*\s?){1,3}|[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}|chair\w*|mayor)(?: of the [\w -]{3,40}?)?,? (?:then |therefore |duly )?(?:exercised|used|gave|cast|having (?:exercised|used)|made use of|exercising|using) (?:(?:his|her|their|the|a) )?(?:(?:second|additional)(?:,? (?:or|and|/))? ?)?casting vote|casting vote (?:of|from|by) (?:the )?(?P<of>(?:Councillor|Cllr|Alderman) (?:[A-Z][\w’'.-]*\s?){1,3}|[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}|chair\w*|mayor)|(?P<whose>(?:[A-Z][\w-]*)(?: [A-Z][\w-]*){0,2}|chair\w*|mayor)['’]s (?:second (?:or|and) )?casting vote)(?: was)?(?: cast)?(?: (?P<side>in favour|for|against))?",
    )
});
static ON: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?P<on>(?:(?:first|second|third|substantive|original|amended|further) )?(?:amendment|motion|recommendations?|proposal|application|resolution))\b",
    )
});

/// The votes of an item.
pub(crate) fn votes(passages: &[Passage]) -> Vec<Vote> {
    let mut found: Vec<Vote> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if passage.part == Part::Agenda || !QUICK.is_match(&passage.text) {
            continue;
        }
        if recorded(&passage.text, index, &mut found) {
            continue;
        }
        for range in sentences(&passage.text) {
            let casting = casting(&passage.text[range.clone()]);
            if let Some(vote) = told(&passage.text[range], index) {
                // "On a vote ... 8 for and 8 against. The motion was lost": one vote in two sentences.
                match found.last_mut().filter(|v| {
                    v.passage == Some(index) && v.outcome.is_none() && vote.in_favour.is_none()
                }) {
                    Some(before) => {
                        before.outcome = vote.outcome;
                        before.on = before.on.take().or(vote.on);
                    }
                    None => found.push(vote),
                }
            }
            // It settles the vote told right before it, or stands for one whose figures are not printed.
            if let Some(casting) = casting {
                let near = found.last_mut().filter(|v| v.passage.is_some_and(|p| p + 3 >= index));
                match near {
                    Some(vote) => vote.casting = Some(casting),
                    None => found.push(Vote {
                        casting: Some(casting),
                        passage: Some(index),
                        ..Vote::default()
                    }),
                }
            }
        }
    }
    found
}

/// A casting vote told in a sentence.
fn casting(sentence: &str) -> Option<CastingVote> {
    if !sentence.contains("casting vote") {
        return None;
    }
    let captures = CASTING.captures(sentence)?;
    let by = ["by", "of", "whose"]
        .iter()
        .find_map(|name| captures.name(name))
        .map(|m| m.as_str().trim().trim_start_matches("The ").to_owned());
    let vote = captures
        .name("side")
        .map(|m| if m.as_str() == "against" { "against".to_owned() } else { "for".to_owned() });
    Some(CastingVote { by, vote })
}

/// A vote told in a sentence.
fn told(sentence: &str, index: usize) -> Option<Vote> {
    let counts = PROSE.captures(sentence).or_else(|| BY_VOTES.captures(sentence));
    let outcome = OUTCOME.captures(sentence).map(|c| {
        if c.name("carried").is_some() && !sentence.to_lowercase().contains("not carried") {
            VoteOutcome::Carried
        } else {
            VoteOutcome::Lost
        }
    });
    if counts.is_none() && !(outcome.is_some() && PUT.is_match(sentence) && ON.is_match(sentence)) {
        return None;
    }
    let count =
        |name: &str| counts.as_ref().and_then(|c| c.name(name)).and_then(|m| number(m.as_str()));
    Some(Vote {
        on: ON.captures(sentence).and_then(|c| c.name("on")).map(|m| m.as_str().to_owned()),
        outcome,
        in_favour: count("for"),
        against: count("against"),
        abstained: count("abstained"),
        passage: Some(index),
        ..Vote::default()
    })
}

/// Lists of names or counts by side; true when the passage held any.
fn recorded(text: &str, index: usize, found: &mut Vec<Vote>) -> bool {
    let sides: Vec<_> = SIDE.captures_iter(text).collect();
    let mut any = false;
    for (place, captures) in sides.iter().enumerate() {
        let (Some(whole), Some(side)) = (captures.get(0), captures.name("side")) else { continue };
        let end = sides.get(place + 1).and_then(|c| c.get(0)).map_or(text.len(), |m| m.start());
        let Some(list) = text.get(whole.end()..end) else { continue };
        let (names, listed) = names(list);
        let printed = captures.name("count").and_then(|m| m.as_str().parse().ok()).or(listed);
        if names.is_empty() && printed.is_none() {
            continue;
        }
        any = true;
        let key = match side.as_str().to_lowercase().chars().next() {
            Some('f' | 'i') => "for",
            Some('a') if side.as_str().to_lowercase().starts_with("against") => "against",
            _ => "abstained",
        };
        let taken = |vote: &Vote| match key {
            "for" => vote.in_favour.is_some(),
            "against" => vote.against.is_some(),
            _ => vote.abstained.is_some(),
        };
        // The sides of one vote may stand in paragraphs of their own.
        let fresh =
            found.last().is_none_or(|v| taken(v) || v.passage.is_none_or(|p| index > p + 3));
        if fresh {
            found.push(Vote {
                on: ON
                    .captures(&text[..whole.end()])
                    .and_then(|c| c.name("on"))
                    .map(|m| m.as_str().to_owned()),
                passage: Some(index),
                ..Vote::default()
            });
        }
        let Some(vote) = found.last_mut() else { continue };
        let count = printed.or_else(|| u32::try_from(names.len()).ok());
        match key {
            "for" => vote.in_favour = count,
            "against" => vote.against = count,
            _ => vote.abstained = count,
        }
        vote.names.extend(names.into_iter().map(|name| NamedVote { name, vote: key.to_owned() }));
        if let Some(c) = OUTCOME.captures(&text[end..]).filter(|_| place + 1 == sides.len()) {
            let carried = c.name("carried").is_some();
            vote.outcome = Some(if carried { VoteOutcome::Carried } else { VoteOutcome::Lost });
        }
    }
    any
}

/// The names of a list, and the count printed with it ("(4 votes)", "12").
fn names(list: &str) -> (Vec<String>, Option<u32>) {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^\s*(?P<only>\d{1,3})\b|\((?P<votes>\d{1,3})(?: votes?)?\)|[–-] (?P<tail>\d{1,3})\s*\.?\s*$|\bTotal:? (?P<total>\d{1,3})",
        )
    });
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:(?:Councillors?|Cllrs?\.?|Ald\.?|Alderman|Aldermen|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Sir|The|the|Lord|Lady)\s+)*(?:[A-Z][\w’'.-]*\s*){1,5}(?:\([^)]{1,30}\))?$",
        )
    });
    let count = COUNT.captures(list).and_then(|c| {
        ["only", "votes", "tail", "total"]
            .iter()
            .find_map(|n| c.name(n))
            .and_then(|m| m.as_str().parse().ok())
    });
    let end = list.find(". ").map_or(list.len(), |at| {
        // An initial's full stop ends no list.
        if list[..at].len() < 3 || list[..at].ends_with(|c: char| c.is_uppercase()) {
            list.len()
        } else {
            at
        }
    });
    let text = list[..end].trim_end_matches(['.', ' ', ';']);
    let text = match text.find(" (") {
        Some(at) if count.is_some() && text[at..].contains("vote") => &text[..at],
        _ => text,
    };
    let names = text
        .split([',', ';'])
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
        .map(|name| {
            let name = name
                .trim()
                .trim_start_matches("and ")
                .trim_start_matches("Councillors ")
                .trim_start_matches("Councillor ")
                .trim_start_matches("Cllrs ")
                .trim_start_matches("Cllr ");
            // "Dunn (5)": the side's count.
            match name.rsplit_once(" (") {
                Some((name, tail))
                    if tail.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit()) =>
                {
                    name
                }
                _ => name,
            }
        })
        .filter(|name| NAME.is_match(name) && !matches!(*name, "None" | "Nil" | "Councillors"))
        .map(str::to_owned)
        .collect();
    (names, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Vec<Vote> {
        let passages: Vec<Passage> =
            texts.iter().map(|t| Passage { part: Part::Minutes, text: (*t).to_owned() }).collect();
        votes(&passages)
    }

    /// For, against, abstained, outcome.
    type Counts = (Option<u32>, Option<u32>, Option<u32>, Option<VoteOutcome>);

    fn check(texts: &[&str], expected: &[Counts]) {
        let found: Vec<_> =
            read(texts).iter().map(|v| (v.in_favour, v.against, v.abstained, v.outcome)).collect();
        assert_eq!(found, expected, "{texts:?}");
    }

    #[test]
    fn counts_in_prose() {
        use VoteOutcome::{Carried, Lost};
        check(
            &[
                "On a vote eight Members voted for the proposal and eight against, with one no vote.",
            ],
            &[(Some(8), Some(8), Some(1), None)],
        );
        check(
            &["The amendment was put and CARRIED, nine voting for and four against."],
            &[(Some(9), Some(4), None, Some(Carried))],
        );
        check(
            &["The motion was carried by 12 votes to 5 with 2 abstentions."],
            &[(Some(12), Some(5), Some(2), Some(Carried))],
        );
        check(
            &["On being put to the vote, the amendment was lost."],
            &[(None, None, None, Some(Lost))],
        );
        check(&["For: 12", "Against: 5", "Abstentions: 1"], &[(Some(12), Some(5), Some(1), None)]);
        check(&["The report was carried over to the next day.", "The contract was lost."], &[]);
    }

    #[test]
    fn names_as_printed() {
        let found = read(&[
            "A recorded vote was taken, as follows: For: Councillors Ash, B. Bell and Sykes-Dean (3 votes). Against: Councillors Lumb and Pearsall (2 votes).",
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].in_favour, found[0].against), (Some(3), Some(2)));
        let names: Vec<_> =
            found[0].names.iter().map(|n| (n.name.as_str(), n.vote.as_str())).collect();
        assert_eq!(
            names,
            [
                ("Ash", "for"),
                ("B. Bell", "for"),
                ("Sykes-Dean", "for"),
                ("Lumb", "against"),
                ("Pearsall", "against")
            ]
        );
        let found = read(&[
            "Voting for the motion: Councillors Ash and Bell. Voting against the motion: Councillor Carr. Abstained: none.",
        ]);
        assert_eq!(found[0].names.len(), 3);
    }

    #[test]
    fn casting_votes() {
        let casting = |texts: &[&str]| {
            read(texts).last().and_then(|v| v.casting.clone()).map(|c| (c.by, c.vote))
        };
        let by =
            |by: &str, vote: Option<&str>| Some((Some(by.to_owned()), vote.map(str::to_owned)));
        assert_eq!(
            casting(&[
                "On a vote, eight Members voted for the proposal and eight against and, the vote being equal, the Chairperson exercised his second and casting vote in favour and it was declared carried."
            ]),
            by("Chairperson", Some("for"))
        );
        assert_eq!(
            casting(&["The Mayor gave his casting vote against the motion and declared it LOST."]),
            by("Mayor", Some("against"))
        );
        assert_eq!(
            casting(&["The amendment was carried on the casting vote of the Chair."]),
            by("Chair", None)
        );
        assert_eq!(
            casting(&[
                "For: 4",
                "Against: 4",
                "Councillor Ash used her casting vote for the motion."
            ]),
            by("Councillor Ash", Some("for"))
        );
        assert_eq!(
            read(&["For: 4", "Against: 4", "The Chair’s casting vote was against."]).len(),
            1
        );
        assert_eq!(casting(&["He would not use a casting vote lightly."]), None);
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read(words in proptest::collection::vec(proptest::sample::select(vec![
            "For", ":", "Against", "Councillors", "Ash", ",", "and", "(4 votes)", "12", "carried", "lost", "motion", "put to the vote", ".",
            "eight", "voted for", "against", "é", "–"]), 0..30)) {
            read(&[&words.join(" ")]);
        }
    }
}
