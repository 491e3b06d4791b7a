//! Dates and times as councils print them, English and Welsh. A date that cannot be is no date but a doubt; a wrong weekday is a doubt too.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use minutebook_record::Doubt;
use regex::{Captures, Regex};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The day; `None` where what is printed cannot be a day of a council's.
    pub date: Option<Date>,
    /// Time of day, `HH:MM`.
    pub time: Option<String>,
    /// Byte offsets of the date, its weekday included.
    pub span: (usize, usize),
    /// Whether a weekday is printed before it.
    pub has_weekday: bool,
    /// What is odd about it.
    pub doubts: Vec<Doubt>,
}

/// Years in which a meeting can have been held.
const YEARS: std::ops::RangeInclusive<i16> = 1888..=2099;

/// A year printed in two figures is of the last century from here on: "17/09/98" stands in old minutes, and no minutes are held a
/// quarter of a century ahead.
const EARLIEST_SHORT: i16 = 50;

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?: \b (?P<weekday> (?:d?dydd\s+(?:llun|mawrth|mercher|iau|gwener|sadwrn|sul))
             | (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)? )
          \b [.,]? \s+ (?:the\s+)? )?
        \b (?P<day>\d{1,2}) \s* (?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ain)? [\s,.-]* (?:of\s+|o\s+)?
        (?P<month> jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?
          |sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?
          |ionawr|chwefror|fawrth|mawrth|ebrill|fai|mai|mehefin|fehefin|gorffennaf|orffennaf
          |awst|medi|fedi|hydref|tachwedd|dachwedd|rhagfyr|ragfyr )
        \b [.,]? [\s,-]* (?P<year>\d{4})\b",
    )
    .expect("the pattern is valid")
});

static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \b (?: (?P<iso>\d{4})-(?P<isomonth>\d{2})-(?P<isoday>\d{2})
          | (?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d{2}) ) \b",
    )
    .expect("the pattern is valid")
});

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b (?P<hour>\d{1,2}) (?: [.:](?P<minute>\d{2}) )? \s*
          (?P<half> a\.?\s?m\b\.? | p\.?\s?m\b\.? | noon | midday | o['\u{2019}]r\s+gloch (?:\s+y\s+(?:bore|prynhawn|hwyr))? | o['\u{2019}]clock | hours | hrs )?",
    )
    .expect("the pattern is valid")
});

/// All dates of a text, in order.
pub fn all(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> =
        WORDS.captures_iter(text).filter_map(|c| in_words(text, &c)).collect();
    for captures in FIGURES.captures_iter(text) {
        if let Some(date) = in_figures(text, &captures)
            && !found.iter().any(|f| f.span.0 < date.span.1 && date.span.0 < f.span.1)
        {
            found.push(date);
        }
    }
    found.sort_by_key(|f| f.span);
    found
}

/// The first date of a text.
pub fn first(text: &str) -> Option<Found> {
    all(text).into_iter().next()
}

/// The date of a heading such as "Cabinet (to 4th February 2015) - Wednesday 28 January 2015 10.00 a.m.":
/// the last one with a weekday, else the last one outside parentheses.
pub fn of_heading(text: &str) -> Option<Found> {
    let mut dates = all(text);
    let outside = |found: &Found| {
        let before = &text[..found.span.0];
        before.matches('(').count() <= before.matches(')').count()
    };
    let at = dates
        .iter()
        .rposition(|found| found.has_weekday && outside(found))
        .or_else(|| dates.iter().rposition(outside))?;
    // "Tuesday 17th September, 2019 at 10.00 am and Wednesday 18th September, 2019": a meeting of several days begins on the first.
    let joined = |pair: &[Found]| {
        pair[0].has_weekday && AND_ON.is_match(&text[pair[0].span.1..pair[1].span.0])
    };
    let mut first = at;
    while first > 0 && joined(&dates[first - 1..=first]) {
        first -= 1;
    }
    if first < at {
        let note = "a meeting of several days; the first is given";
        let days = text[dates[first].span.0..dates[at].span.1].to_owned();
        dates[first].doubts.push(Doubt::new("several-days", note).at(days));
    }
    Some(dates.swap_remove(first))
}

/// What stands between two days of one meeting.
static AND_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s,]*(?:at\s+)?(?:[\d.:]+\s*(?:[ap]\.?m\.?)?[\s,]*)?(?:and|to|&|until)\s*(?:on\s+)?$")
        .expect("the pattern is valid")
});

/// A day of the web service and of addresses: `17/09/2019`, perhaps with a time after it.
pub fn plain(text: &str) -> Option<Date> {
    first(text)?.date
}

/// A time of day as `HH:MM`, where the text begins with one.
pub fn time(text: &str) -> Option<String> {
    let text = text.trim_start_matches([' ', ',', '-', '–', '\u{a0}', '(']);
    let text = text.strip_prefix("at ").or_else(|| text.strip_prefix("am ")).unwrap_or(text);
    let captures = TIME.captures(text).filter(|c| c.get(0).is_some_and(|m| m.start() == 0))?;
    let mut hour: u32 = captures["hour"].parse().ok()?;
    let minute: u32 = captures.name("minute").map_or(Ok(0), |m| m.as_str().parse()).ok()?;
    let half = captures.name("half").map(|m| m.as_str().to_lowercase());
    match half.as_deref() {
        None if captures.name("minute").is_none() => return None,
        Some(half)
            if half.starts_with('p') || half.ends_with("prynhawn") || half.ends_with("hwyr") =>
        {
            hour = if hour < 12 { hour + 12 } else { hour };
        }
        Some(half) if half.starts_with('a') || half.ends_with("bore") => {
            hour = if hour == 12 { 0 } else { hour };
        }
        Some("hours" | "hrs" | "noon" | "midday") => {}
        // "2.00 o'r gloch": no council meets at two in the morning. "02:00" is meant as it stands.
        _ if (1..=7).contains(&hour) && !captures["hour"].starts_with('0') => hour += 12,
        _ => {}
    }
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

fn in_words(text: &str, captures: &Captures<'_>) -> Option<Found> {
    let whole = captures.get(0)?;
    let weekday = captures.name("weekday").and_then(|m| weekday(m.as_str()));
    let month = month(&captures["month"])?;
    let day = captures["day"].parse().ok()?;
    let year = captures["year"].parse().ok()?;
    Some(found(text, (whole.start(), whole.end()), (year, month, day), weekday))
}

fn in_figures(text: &str, captures: &Captures<'_>) -> Option<Found> {
    let whole = captures.get(0)?;
    let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let (year, month, day) = match number("iso") {
        Some(year) => (year, number("isomonth")?, number("isoday")?),
        None => (number("year")?, number("month")?, number("day")?),
    };
    let year = match year {
        0..EARLIEST_SHORT => year + 2000,
        EARLIEST_SHORT..100 => year + 1900,
        _ => year,
    };
    let day = (year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some(found(text, (whole.start(), whole.end()), day, None))
}

fn found(
    text: &str,
    span: (usize, usize),
    (year, month, day): (i16, i8, i8),
    weekday: Option<Weekday>,
) -> Found {
    let printed = &text[span.0..span.1];
    let mut doubts = Vec::new();
    let date = match Date::new(year, month, day) {
        Ok(date) if YEARS.contains(&year) => Some(date),
        Ok(_) => {
            let note = "the year printed cannot be that of a meeting";
            doubts.push(Doubt::new("impossible-year", note).at(printed));
            None
        }
        Err(_) => {
            let note = "the day printed is not in the calendar";
            doubts.push(Doubt::new("impossible-date", note).at(printed));
            None
        }
    };
    if let (Some(date), Some(weekday)) = (date, weekday)
        && date.weekday() != weekday
    {
        let note = "the weekday printed is not that of the date";
        doubts.push(Doubt::new("weekday-mismatch", note).at(printed));
    }
    Found { date, time: time(&text[span.1..]), span, has_weekday: weekday.is_some(), doubts }
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let name = word.split_whitespace().last().unwrap_or_default();
    let welsh = word.contains("dydd");
    Some(match name {
        "llun" => Weekday::Monday,
        "mawrth" if welsh => Weekday::Tuesday,
        "mercher" => Weekday::Wednesday,
        "iau" => Weekday::Thursday,
        "gwener" => Weekday::Friday,
        "sadwrn" => Weekday::Saturday,
        "sul" => Weekday::Sunday,
        name => match name.get(..3)? {
            "mon" => Weekday::Monday,
            "tue" => Weekday::Tuesday,
            "wed" => Weekday::Wednesday,
            "thu" => Weekday::Thursday,
            "fri" => Weekday::Friday,
            "sat" => Weekday::Saturday,
            "sun" => Weekday::Sunday,
            _ => return None,
        },
    })
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    Some(match word.as_str() {
        "ionawr" => 1,
        "chwefror" => 2,
        "mawrth" | "fawrth" => 3,
        "ebrill" => 4,
        "mai" | "fai" => 5,
        "mehefin" | "fehefin" => 6,
        "gorffennaf" | "orffennaf" => 7,
        "awst" => 8,
        "medi" | "fedi" => 9,
        "hydref" => 10,
        "tachwedd" | "dachwedd" => 11,
        "rhagfyr" | "ragfyr" => 12,
        english => {
            let months = [
                "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            ];
            let at = months.iter().position(|m| english.get(..3) == Some(m))?;
            i8::try_from(at + 1).ok()?
        }
    })
}

#[cfg(test)]
mod tests;
