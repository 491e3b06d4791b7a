//! References to other minutes ("Minute No. 24 refers", "Minute C131 of January 2000"), and the items they point at.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;
use minutebook_record::{Item, Meeting, Reference, id};
use regex::Regex;

use super::resolution::regex;

static POINTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:[Mm]inute|MINUTE|[Mm]in\.|[Cc]ofnod)s?\s*(?:(?:[Nn]os?|NO|[Nn]umbers?|[Rr]ef(?:erence)?|[Rr]hif)\b\.?)?\s*:?\s*(?P<numbers>[A-Z]{0,3}[./ ]?\d{1,4}(?:[/.]\d{1,4})*(?:\([a-z0-9]{1,3}\))?(?:(?:,| and| &) ?[A-Z]{0,3}\d{1,4}(?:/\d{2,4})?(?:\([a-z0-9]{1,3}\))?)*)(?P<when>\s*,?\s*(?:of|from|dated|at|\()\s*(?:the )?(?:[Mm]eeting )?(?:of (?:the )?)?(?:[\w ]{0,50}?(?:held on|on|of|dated) )?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+\d{4})?(?P<refers>\s+refers?\b)?",
    )
});

/// The references in an item's text, in order, each number once.
pub(crate) fn references(item: &Item) -> Vec<Reference> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"[A-Z]{0,3}[./ ]?\d{1,4}(?:[/.]\d{1,4})*(?:\([a-z0-9]{1,3}\))?"));
    static DAY_REST: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:st|nd|rd|th) (?:January|February|March|April|May|June|July|August|September|October|November|December),? \d{4}",
        )
    });
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^\s*[-–]?\s*(?i:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b"));
    let mut found: Vec<Reference> = Vec::new();
    for passage in &item.passages {
        if !["inute", "INUTE", "in.", "ofnod"].iter().any(|w| passage.text.contains(w)) {
            continue;
        }
        for captures in POINTER.captures_iter(&passage.text) {
            let (Some(whole), Some(numbers)) = (captures.get(0), captures.name("numbers")) else {
                continue;
            };
            // "for 10 minutes 30 seconds": a length of time.
            let before = passage.text[..whole.start()].trim_end();
            if before.ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            // "Minute 30 seconds", "one minute 46 second clip": so is this.
            if UNIT.is_match(&passage.text[whole.end()..]) {
                continue;
            }
            let plain =
                whole.as_str().starts_with("minutes") || whole.as_str().starts_with("Minutes");
            let named = whole.as_str().to_lowercase();
            if plain && !named.contains("no") && captures.name("refers").is_none() {
                continue;
            }
            // "Minute No. 44, 24th July 2019": a day is no second number.
            let behind = &passage.text[whole.end()..];
            let day = ["st ", "nd ", "rd ", "th "].iter().any(|end| behind.starts_with(end));
            let until = numbers.as_str().rfind([',', ' ']).filter(|_| day);
            let printed = match DAY_REST.find(behind).filter(|_| day) {
                Some(rest) => &passage.text[whole.start()..whole.end() + rest.end()],
                None => whole.as_str(),
            };
            let numbers = &numbers.as_str()[..until.unwrap_or(numbers.len())];
            for number in NUMBER.find_iter(numbers) {
                let number: String =
                    number.as_str().chars().filter(|c| !matches!(c, ' ')).collect();
                if !found.iter().any(|r| r.number == number) {
                    found.push(Reference {
                        printed: printed.trim().to_owned(),
                        number,
                        body: body(&passage.text, whole.start(), whole.end()),
                        item: None,
                    });
                }
            }
        }
    }
    found
}

/// The body named right before a pointer, or right behind it: "the decision of Cabinet (Minute No. 127 refers)", "Minute 24 of the
/// Audit Committee".
fn body(text: &str, start: usize, end: usize) -> Option<String> {
    const NAME: &str = r"(?:the )?(?P<body>(?:[A-Z][\w’'&-]*,? (?:(?:and|of|for|the) )*){0,6}(?:Council|Cabinet|Executive|Committee|Sub-Committee|Board|Panel|Commission|Forum|Assembly))\b";
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"(?:\b(?:of|by|to|at|from) {NAME}|\b[Tt]he (?P<owner>Council|Cabinet|Executive)['’]s)[^.;]{{0,40}}$"
        ))
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^,? (?:of|from) {NAME}")));
    // The pattern reaches no further back.
    let near = (start.saturating_sub(400)..=start).find(|at| text.is_char_boundary(*at))?;
    let before = &text[near..start];
    let found = BEFORE.captures(before).or_else(|| BEHIND.captures(&text[end..]))?;
    found.name("body").or(found.name("owner")).map(|m| m.as_str().to_owned())
}

/// Day and item.
type Place = (Option<Date>, String);

/// The minute numbers of an archive: where each was given. Holds a few dozen bytes an item.
#[derive(Debug, Default)]
pub struct Numbers {
    /// By site, committee and number: day and item.
    places: HashMap<(String, String, String), Vec<Place>>,
    /// By site: its committees.
    committees: HashMap<String, BTreeSet<String>>,
    /// By site and committee: how many meetings have numbers, and how many of them begin at one.
    beginnings: HashMap<(String, String), (u32, u32)>,
}

impl Numbers {
    /// Notes the numbers of a meeting's items.
    pub fn add(&mut self, meeting: &Meeting) {
        let committee = family(meeting);
        self.committees.entry(meeting.site.clone()).or_default().insert(committee.clone());
        let numbers = meeting.items.iter().filter_map(|item| item.number.as_deref()).map(bare);
        let (mut any, mut one) = (false, false);
        for number in numbers {
            any |= number.chars().any(|c| c.is_ascii_digit());
            one |= number == "1";
        }
        let known = self.beginnings.entry((meeting.site.clone(), committee.clone())).or_default();
        known.0 += u32::from(any);
        known.1 += u32::from(one);
        for item in &meeting.items {
            if let Some(number) = item.number.as_deref().map(bare).filter(|n| !n.is_empty()) {
                self.places
                    .entry((meeting.site.clone(), committee.clone(), number))
                    .or_default()
                    .push((meeting.date, item.id.clone()));
            }
        }
    }

    /// Fills the references of a meeting that point at items noted: of the body named, else of the same committee; the day the reference names,
    /// or else the last one before within a year and a half (numbers start again every municipal year).
    pub fn link(&self, meeting: &mut Meeting) {
        let committee = family(meeting);
        let (site, date) = (meeting.site.clone(), meeting.date);
        for item in &mut meeting.items {
            for reference in item.references.iter_mut().filter(|r| r.item.is_none()) {
                let number = bare(&reference.number);
                let day = named_month(&reference.printed);
                let places: Vec<Place> = match &reference.body {
                    Some(body) => self.named(&site, body, &committee),
                    None => vec![committee.clone()],
                }
                .into_iter()
                // A number alone names a minute only where numbers run on from meeting to meeting.
                .filter(|family| day.is_some() || self.run_on(&site, family))
                .filter_map(|family| self.places.get(&(site.clone(), family, number.clone())))
                .flatten()
                .cloned()
                .collect();
                reference.item = chosen(&places, date, day).filter(|id| *id != item.id);
            }
        }
    }
}

impl Numbers {
    /// Whether a committee's numbers run on over its meetings, rather than begin again at each.
    fn run_on(&self, site: &str, family: &str) -> bool {
        let key = (site.to_owned(), family.to_owned());
        self.beginnings.get(&key).is_some_and(|(meetings, ones)| ones * 3 <= *meetings)
    }

    /// The committees a printed name can mean: the name itself, one that begins with it ("Cabinet" for "Cabinet and Commissioners'
    /// Decision Making Meeting"); "the Council" also where it is called Full or Borough Council. A name that is none of the site's
    /// leaves nothing to link to.
    fn named(&self, site: &str, body: &str, own: &str) -> Vec<String> {
        /// What the whole council is called: a youth council or a parish council is none of them.
        const WHOLE: [&str; 9] = [
            "annual",
            "borough",
            "city",
            "county",
            "district",
            "extraordinary",
            "full",
            "metropolitan",
            "town",
        ];
        let slug = id::slug(body);
        if own == slug || own.ends_with(&format!("-{slug}")) {
            return vec![own.to_owned()];
        }
        let fits = |family: &&String| {
            **family == slug
                || family.starts_with(&format!("{slug}-and-"))
                || slug == "council"
                    && family.strip_suffix("-council").is_some_and(|kind| WHOLE.contains(&kind))
        };
        self.committees.get(site).into_iter().flatten().filter(fits).cloned().collect()
    }
}

/// Fills the references that point at items of these meetings.
pub fn link_references(meetings: &mut [Meeting]) {
    let mut numbers = Numbers::default();
    for meeting in meetings.iter() {
        numbers.add(meeting);
    }
    for meeting in meetings {
        numbers.link(meeting);
    }
}

fn family(meeting: &Meeting) -> String {
    meeting.committee.lineage.clone().unwrap_or_else(|| meeting.committee.slug_or_derived())
}

fn bare(number: &str) -> String {
    number.trim().trim_end_matches('.').to_uppercase().replace(' ', "")
}

fn chosen(
    places: &[Place],
    today: Option<Date>,
    named: Option<(i16, i8, Option<i8>)>,
) -> Option<String> {
    if let Some((year, month, day)) = named {
        let mut fits = places.iter().filter(|(date, _)| {
            date.is_some_and(|d| {
                d.year() == year && d.month() == month && day.is_none_or(|day| d.day() == day)
            })
        });
        return match (fits.next(), fits.next()) {
            (Some((_, id)), None) => Some(id.clone()),
            _ => None,
        };
    }
    let today = today?;
    let earliest = today.saturating_sub(jiff::Span::new().months(18));
    places
        .iter()
        .filter_map(|(date, id)| date.filter(|d| *d < today && *d >= earliest).map(|d| (d, id)))
        .max_by_key(|(date, _)| *date)
        .map(|(_, id)| id.clone())
}

fn named_month(printed: &str) -> Option<(i16, i8, Option<i8>)> {
    static WHEN: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>January|February|March|April|May|June|July|August|September|October|November|December),?\s+(?P<year>\d{4})",
        )
    });
    let captures = WHEN.captures(printed)?;
    let month = super::due::month(&captures["month"])?;
    let day = captures.name("day").and_then(|d| d.as_str().parse().ok());
    Some((captures["year"].parse().ok()?, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutebook_record::{Part, Passage};

    fn item(id: &str, number: &str, text: &str) -> Item {
        Item {
            id: id.to_owned(),
            number: Some(number.to_owned()),
            passages: vec![Passage { part: Part::Minutes, text: text.to_owned() }],
            ..Item::default()
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            references(&item("x", "1", text)).into_iter().map(|r| r.number).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn pointers_in_every_print() {
        check("Further to the last meeting (Minute No. 24 refers), it", &["24"]);
        check("Minute C131 of the meeting held on 5 January 2000", &["C131"]);
        check("see Minute 111 and Minute No 22/12", &["111", "22/12"]);
        check("(Minute Nos. 24 and 25 refer)", &["24", "25"]);
        check("Min. no 7", &["7"]);
        check("Further to Minute No. 44, 24th July 2019, the Director", &["44"]);
        check("The minutes of the meeting held on 3 May 2012", &[]);
        let body = |text: &str| references(&item("x", "1", text)).pop().and_then(|r| r.body);
        let cabinet = Some("Cabinet".to_owned());
        assert_eq!(body("the recommendation of Cabinet, Minute No. C131 refers."), cabinet);
        assert_eq!(
            body("The decision of the Cabinet (Minute No. 127 refers) was called in"),
            cabinet
        );
        assert_eq!(body("The Cabinet’s plan of July (Minute No. 38 refers)"), cabinet);
        assert_eq!(body("Minute No. 4 of the Audit Committee"), Some("Audit Committee".to_owned()));
        assert_eq!(body("Arising from Minute No. 61 of the meeting held in January"), None);
        assert_eq!(body("Cabinet met. The plan (Minute No. 38 refers)"), None);
        check("Audio recording - 1 minute 46 seconds", &[]);
        check("Minute 30 seconds of silence", &[]);
        check("A one minute 46 second clip was shown", &[]);
        check("a minute’s silence; 5 minutes 30 seconds", &[]);
    }

    #[test]
    fn a_reference_finds_its_item() {
        let line = |id: &str, date: &str| {
            format!(
                r#"{{"format":1,"site":"https://a.example/","id":"{id}","committee":{{"name":"Cabinet"}},"date":"{date}"}}"#
            )
        };
        let parse = |id: &str, date: &str| {
            minutebook_record::file::parse(line(id, date).as_bytes(), 1).unwrap()
        };
        let mut meetings =
            vec![parse("a", "2018-05-01"), parse("b", "2019-05-01"), parse("c", "2019-09-01")];
        meetings[0].items = vec![item("a-24", "24", "")];
        meetings[1].items = vec![item("b-24", "24.", "")];
        let mut last = item("c-9", "9", "(Minute No. 24 refers) and Minute 24 of May 2018");
        last.references = references(&last);
        let mut old = item("c-10", "10", "Minute 24 of 1st May 2018");
        old.references = references(&old);
        meetings[2].items = vec![last, old];
        link_references(&mut meetings);
        assert_eq!(meetings[2].items[0].references[0].item.as_deref(), Some("b-24"));
        assert_eq!(meetings[2].items[1].references[0].item.as_deref(), Some("a-24"));
    }

    fn parse(id: &str, committee: &str, date: &str) -> Meeting {
        let line = format!(
            r#"{{"format":1,"site":"https://a.example/","id":"{id}","committee":{{"name":"{committee}"}},"date":"{date}"}}"#
        );
        minutebook_record::file::parse(line.as_bytes(), 1).unwrap()
    }

    fn linked(mut meetings: Vec<Meeting>, text: &str) -> Vec<Option<String>> {
        let mut last = item("z-9", "9", text);
        last.references = references(&last);
        meetings.last_mut().unwrap().items.push(last);
        link_references(&mut meetings);
        let last = meetings.pop().unwrap().items.pop().unwrap();
        last.references.into_iter().map(|reference| reference.item).collect()
    }

    #[test]
    fn numbers_that_begin_again_at_each_meeting_name_no_minute() {
        let meetings = |numbers: [&str; 2]| {
            let mut meetings: Vec<Meeting> = ["2019-05-01", "2019-06-01", "2019-07-01"]
                .iter()
                .map(|date| parse(date, "Planning Committee", date))
                .collect();
            for (meeting, number) in meetings.iter_mut().zip(numbers) {
                let id = |n: &str| format!("{}-{n}", meeting.id);
                meeting.items = vec![item(&id(number), number, ""), item(&id("24"), "24", "")];
            }
            meetings
        };
        let text = "Further to Minute No. 24, and Minute No. 24 of 1st May 2019";
        assert_eq!(linked(meetings(["1", "1"]), "(Minute No. 24 refers)"), [None]);
        assert_eq!(
            linked(meetings(["1", "1"]), "(Minute No. 24 of 1st May 2019 refers)"),
            [Some("2019-05-01-24".to_owned())]
        );
        assert_eq!(linked(meetings(["20", "21"]), text), [Some("2019-06-01-24".to_owned())]);
    }

    #[test]
    fn the_council_is_no_youth_council() {
        for (name, expected) in [
            ("Youth Council", None),
            ("Ashby Parish Council", None),
            ("Full Council", Some("a-25".to_owned())),
            ("Borough Council", Some("a-25".to_owned())),
        ] {
            let mut meetings =
                vec![parse("a", name, "2019-05-01"), parse("b", "Scrutiny Board", "2019-06-01")];
            meetings[0].items = vec![item("a-25", "25", "")];
            let text = "Words of the Council (Minute No. 25 refers) too.";
            assert_eq!(linked(meetings, text), [expected], "{name}");
        }
    }

    #[test]
    fn a_reference_to_another_body_finds_that_bodys_minutes() {
        let parse = |id: &str, committee: &str, date: &str| {
            let line = format!(
                r#"{{"format":1,"site":"https://a.example/","id":"{id}","committee":{{"name":"{committee}"}},"date":"{date}"}}"#
            );
            minutebook_record::file::parse(line.as_bytes(), 1).unwrap()
        };
        let mut meetings = vec![
            parse("a", "Cabinet and Commissioners", "2019-05-01"),
            parse("b", "Scrutiny Board", "2019-05-02"),
            parse("c", "Scrutiny Board", "2019-06-01"),
        ];
        meetings[0].items = vec![item("a-24", "24", "")];
        meetings[1].items = vec![item("b-24", "24", ""), item("b-25", "25", "")];
        let mut last = item(
            "c-9",
            "9",
            "The decision of Cabinet (Minute No. 24 refers) stood. Words of the Council (Minute No. 25 refers) too.",
        );
        last.references = references(&last);
        meetings[2].items = vec![last];
        link_references(&mut meetings);
        let linked: Vec<_> =
            meetings[2].items[0].references.iter().map(|r| r.item.as_deref()).collect();
        // The Council's minutes are not held; the Board's own Minute 25 is not meant.
        assert_eq!(linked, [Some("a-24"), None]);
    }
}
