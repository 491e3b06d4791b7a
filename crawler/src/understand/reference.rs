//! References to other minutes ("Minute No. 24 refers", "Minute C131 of January 2000"), and the items they point at.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use minutebook_record::{Item, Meeting, Reference};
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
                        item: None,
                    });
                }
            }
        }
    }
    found
}

/// Day and item.
type Place = (Option<Date>, String);

/// The minute numbers of an archive: where each was given. Holds a few dozen bytes an item.
#[derive(Debug, Default)]
pub struct Numbers {
    /// By site, committee and number: day and item.
    places: HashMap<(String, String, String), Vec<Place>>,
}

impl Numbers {
    /// Notes the numbers of a meeting's items.
    pub fn add(&mut self, meeting: &Meeting) {
        let committee = family(meeting);
        for item in &meeting.items {
            if let Some(number) = item.number.as_deref().map(bare).filter(|n| !n.is_empty()) {
                self.places
                    .entry((meeting.site.clone(), committee.clone(), number))
                    .or_default()
                    .push((meeting.date, item.id.clone()));
            }
        }
    }

    /// Fills the references of a meeting that point at items noted: of the same committee, the day the reference names,
    /// or else the last one before within a year and a half (numbers start again every municipal year).
    pub fn link(&self, meeting: &mut Meeting) {
        let committee = family(meeting);
        let (site, date) = (meeting.site.clone(), meeting.date);
        for item in &mut meeting.items {
            for reference in item.references.iter_mut().filter(|r| r.item.is_none()) {
                let key = (site.clone(), committee.clone(), bare(&reference.number));
                let Some(places) = self.places.get(&key) else { continue };
                reference.item = chosen(places, date, named_month(&reference.printed))
                    .filter(|id| *id != item.id);
            }
        }
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
        check("Audio recording - 1 minute 46 seconds", &[]);
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
}
