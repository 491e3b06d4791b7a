//! By when something is due: the words, and the day they mean from the day of the meeting.

use std::sync::LazyLock;

use jiff::{Span, civil::Date};
use regex::Regex;

use super::resolution::regex;

static DUE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)
        \b(?:
          (?:in|within|after|every)\s(?:(?:a|the\snext|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})(?:\sto\s\w+)?)\s?(?P<unit>working\sdays?|days?|weeks?|months?|years?)(?:’?\s?time)?
        | (?:by|before|until|no\slater\sthan|not\slater\sthan|on)\s(?:the\s)?(?:(?P<end>end|beginning|start|close)\sof\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s)?(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)(?:,?\s(?P<year>\d{4}))?
        | in\s(?:early\s|late\s|mid-?)?(?P<month2>january|february|march|april|may|june|july|august|september|october|november|december)(?:,?\s(?P<year2>\d{4}))?
        | (?:by|before|in\stime\sfor|at|to|for)\s(?:the\s|its\s|their\s|a\s)?(?:next|following|subsequent|future|(?:january|february|march|april|may|june|july|august|september|october|november|december))\s(?:ordinary\s|scheduled\s|regular\s|available\s)?(?:meeting|cycle)s?
        | (?:by|before)\s(?:christmas|easter|the\ssummer(?:\srecess)?|the\send\sof\sthe\s(?:month|week|year|financial\syear|municipal\syear))
        )\b",
    )
});

/// The first due words of a text, and the day they mean where it can be worked out.
pub(crate) fn due(text: &str, from: Option<Date>) -> Option<(String, Option<Date>)> {
    let captures = DUE.captures(text)?;
    let printed = captures.get(0)?.as_str().to_owned();
    let day = from.and_then(|from| {
        if let Some(unit) = captures.name("unit") {
            // "every three months" is no one day.
            if printed.to_lowercase().starts_with("every") {
                return None;
            }
            return span(&printed, unit.as_str()).and_then(|span| from.checked_add(span).ok());
        }
        let name = captures.name("month").or(captures.name("month2"))?;
        let month = month(name.as_str())?;
        let year = captures
            .name("year")
            .or(captures.name("year2"))
            .and_then(|y| y.as_str().parse::<i16>().ok());
        let year = year.unwrap_or_else(|| from.year() + i16::from(month < from.month()));
        let first = Date::new(year, month, 1).ok()?;
        match captures.name("day") {
            Some(day) => Date::new(year, month, day.as_str().parse().ok()?).ok(),
            None if captures
                .name("end")
                .is_some_and(|e| !e.as_str().eq_ignore_ascii_case("end")) =>
            {
                Some(first)
            }
            None => Some(first.last_of_month()),
        }
    });
    // What lies before the meeting is not due: the words name another year, or no day that is owed.
    let day = day.filter(|day| from.is_some_and(|from| *day >= from));
    Some((printed, day))
}

pub(crate) use minutebook_record::month::number as month;

fn span(printed: &str, unit: &str) -> Option<Span> {
    let count = printed.split([' ', '-']).find_map(|word| number(word).map(i64::from))?;
    let unit = unit.to_lowercase();
    let span = Span::new();
    // Working days depend on holidays: no day is named.
    match unit.split(' ').next()?.trim_end_matches('s') {
        "day" => span.try_days(count).ok(),
        "week" => span.try_weeks(count).ok(),
        "month" => span.try_months(count).ok(),
        "year" => span.try_years(count).ok(),
        _ => None,
    }
}

/// A small number in figures or words.
pub(crate) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "nil",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let lower = word.to_lowercase();
    if let Ok(number) = lower.parse() {
        return Some(number);
    }
    match lower.as_str() {
        "a" => Some(1),
        "no" | "zero" | "none" => Some(0),
        "thirty" => Some(30),
        "forty" => Some(40),
        "fifty" => Some(50),
        "sixty" => Some(60),
        "seventy" => Some(70),
        "eighty" => Some(80),
        "ninety" => Some(90),
        other => match other.split_once('-') {
            Some((tens, ones)) => Some(number(tens)? + number(ones)?),
            None => WORDS.iter().position(|w| *w == other).and_then(|at| u32::try_from(at).ok()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_worked_out_from_the_meeting() {
        let from = jiff::civil::date(2021, 7, 6);
        for (text, printed, day) in [
            ("report back in six months", "in six months", Some("2022-01-06")),
            ("within 3 weeks", "within 3 weeks", Some("2021-07-27")),
            ("by 30 September 2021", "by 30 September 2021", Some("2021-09-30")),
            ("by March 2022", "by March 2022", Some("2022-03-31")),
            ("by the end of March", "by the end of March", Some("2022-03-31")),
            ("to report further in October.", "in October", Some("2021-10-31")),
            ("to the next meeting", "to the next meeting", None),
            ("within ten working days", "within ten working days", None),
            ("reported every three months", "every three months", None),
            ("by 1 July", "by 1 July", None),
            ("by 6 July", "by 6 July", Some("2021-07-06")),
            ("by the beginning of July", "by the beginning of July", None),
            ("by 30 June", "by 30 June", Some("2022-06-30")),
            ("by 30 June 2020", "by 30 June 2020", None),
            ("by 31 February 2022", "by 31 February 2022", None),
        ] {
            let expected = Some((printed.to_owned(), day.map(|d| d.parse::<Date>().unwrap())));
            assert_eq!(due(text, Some(from)), expected, "{text}");
        }
        assert_eq!(due("in the plan", Some(from)), None);
    }
}
