//! Dates as people write them: "March 2019", "12th March 2019", "12.03.19", "2018/19", "since 2021", "between 2015 and 2017".

use jiff::civil::{Date, date};

/// A stretch of days, either end open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// Whether the words leave no doubt that a date is meant; a bare year may be a part of a name ("Budget 2019").
    pub(crate) certain: bool,
}

/// A date found in the words of a query: how many words it takes, and what it is.
pub(crate) fn read(words: &[&str]) -> Option<(usize, Days)> {
    let first = fold(words.first()?);
    let rest = &words[1..];
    let stretch = |from, to| Days { from, to, certain: true };
    match first.as_str() {
        "between" | "from" => {
            if let Some((used, a)) = point(rest)
                && let Some(link) = rest.get(used)
                && matches!(fold(link).as_str(), "and" | "to" | "until" | "till" | "-")
                && let Some((more, b)) = point(&rest[used + 1..])
                && a.from <= b.to
            {
                return Some((used + more + 2, stretch(a.from, b.to)));
            }
            if first == "from" {
                return point(rest).map(|(used, days)| (used + 1, stretch(days.from, None)));
            }
            None
        }
        "since" => point(rest).map(|(used, days)| (used + 1, stretch(days.from, None))),
        "after" => point(rest).and_then(|(used, days)| {
            Some((used + 1, stretch(Some(days.to?.tomorrow().ok()?), None)))
        }),
        "before" => point(rest).and_then(|(used, days)| {
            Some((used + 1, stretch(None, Some(days.from?.yesterday().ok()?))))
        }),
        "until" | "till" => point(rest).map(|(used, days)| (used + 1, stretch(None, days.to))),
        "in" | "during" | "on" => {
            point(rest).map(|(used, days)| (used + 1, Days { certain: true, ..days }))
        }
        _ => point(words),
    }
}

/// A day, month, year or municipal year.
pub(crate) fn point(words: &[&str]) -> Option<(usize, Days)> {
    let first = fold(words.first()?);
    let second = words.get(1).map(|word| fold(word)).unwrap_or_default();
    let third = words.get(2).map(|word| fold(word)).unwrap_or_default();
    let certain = |from, to| Days { from: Some(from), to: Some(to), certain: true };
    // 12th [of] March [2019]
    if let Some(day) = day(&first) {
        let (shift, month_word) =
            if second == "of" { (1, third.clone()) } else { (0, second.clone()) };
        if let Some(month) = month(&month_word) {
            let year_word = words.get(2 + shift).map(|word| fold(word)).unwrap_or_default();
            let on = date_of(year(&year_word)?, month, day)?;
            return Some((3 + shift, certain(on, on)));
        }
    }
    if let Some(month) = month(&first) {
        // March 12th 2019
        if let (Some(day), Some(year)) = (day(&second), year(&third)) {
            let on = date_of(year, month, day)?;
            return Some((3, certain(on, on)));
        }
        let year = year(&second)?;
        let from = date_of(year, month, 1)?;
        return Some((2, certain(from, from.last_of_month())));
    }
    if let Some(on) = numeric(&first) {
        return Some((1, certain(on, on)));
    }
    if let Some((from, to)) = years(&first) {
        return Some((1, Days { from: Some(from), to: Some(to), certain: false }));
    }
    let year = year(&first)?;
    let days =
        Days { from: Some(date_of(year, 1, 1)?), to: Some(date_of(year, 12, 31)?), certain: false };
    Some((1, days))
}

/// Whether words begin with a day of a month, its year said or not: "12 March", "3rd of May 2019", "12/03/2019".
pub(super) fn begin_with_a_day(words: &[&str]) -> bool {
    let folded: Vec<String> = words.iter().take(3).map(|word| fold(word)).collect();
    match &folded[..] {
        [first, ..] if numeric(first).is_some() => true,
        [first, of, name, ..] if of == "of" => day(first).is_some() && month(name).is_some(),
        [first, name, ..] => day(first).is_some() && month(name).is_some(),
        _ => false,
    }
}

fn fold(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn date_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn day(word: &str) -> Option<i8> {
    let digits =
        ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

fn month(word: &str) -> Option<i8> {
    let whole_or_short = |name: &str| {
        name.eq_ignore_ascii_case(word)
            || (matches!(word.len(), 3 | 4)
                && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    let at = minutebook_record::month::NAMES.into_iter().position(whole_or_short)?;
    i8::try_from(at + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1880..=2099).contains(year))
}

/// 12.03.19, 12/03/2019, 2019-03-12: the day first, as in Britain and Ireland.
fn numeric(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let [a, b, c] = parts[..] else { return None };
    if !parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()) && !p.is_empty()) {
        return None;
    }
    if a.len() == 4 {
        return date_of(year(a)?, b.parse().ok()?, c.parse().ok()?);
    }
    let year = match c.len() {
        4 => year(c)?,
        2 => {
            let short: i16 = c.parse().ok()?;
            if short < 70 { 2000 + short } else { 1900 + short }
        }
        _ => return None,
    };
    date_of(year, b.parse().ok()?, a.parse().ok()?)
}

/// 2018/19: from the start of the financial year (April) to the end of the municipal one (April, or May where the annual
/// meeting is late); 2015-2018: whole years.
fn years(word: &str) -> Option<(Date, Date)> {
    let (a, b) = word.split_once(['/', '-'])?;
    let first = year(a)?;
    if let Some(last) = year(b) {
        if last == first + 1 && word.contains('/') {
            return Some((date(first, 4, 1), date(last, 5, 31)));
        }
        return (last > first).then(|| (date(first, 1, 1), date(last, 12, 31)));
    }
    let next: i16 = (b.len() == 2).then(|| b.parse().ok()).flatten()?;
    ((first + 1) % 100 == next).then(|| (date(first, 4, 1), date(first + 1, 5, 31)))
}

/// The stretch for a reader.
pub(crate) fn label(days: &Days) -> String {
    let day = |date: Date| date.strftime("%-d %B %Y").to_string();
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => format!("on {}", day(from)),
        (Some(from), Some(to)) => format!("from {} to {}", day(from), day(to)),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(to)) => format!("up to {}", day(to)),
        (None, None) => "on any day".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("March 2019", "2 from 1 March 2019 to 31 March 2019"),
            ("12th March 2019 minutes", "3 on 12 March 2019"),
            ("12 of March 2019", "4 on 12 March 2019"),
            ("March 12th, 2019", "3 on 12 March 2019"),
            ("12.03.19", "1 on 12 March 2019"),
            ("12/03/2019", "1 on 12 March 2019"),
            ("2019-03-12", "1 on 12 March 2019"),
            ("2018/19", "1 from 1 April 2018 to 31 May 2019"),
            ("2018-2021", "1 from 1 January 2018 to 31 December 2021"),
            ("since 2021", "2 from 1 January 2021"),
            ("after March 2019", "3 from 1 April 2019"),
            ("before 2015", "2 up to 31 December 2014"),
            ("until June 2015", "3 up to 30 June 2015"),
            ("between 2015 and 2017", "4 from 1 January 2015 to 31 December 2017"),
            ("from Jan 2015 to Sept 2015", "6 from 1 January 2015 to 30 September 2015"),
            ("in 2019", "2 from 1 January 2019 to 31 December 2019"),
            ("feb 2020", "2 from 1 February 2020 to 29 February 2020"),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let (used, days) = read(&words).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(format!("{used} {}", label(&days)), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_stays_words() {
        for text in [
            "may",
            "march on",
            "31 February 2019",
            "2018/20",
            "12",
            "section 106",
            "24/00093",
            "since then",
            "99.99.99",
            "between friends",
            "",
            "12.03",
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(read(&words), None, "{text}");
        }
    }

    #[test]
    fn a_bare_year_is_no_certainty() {
        let certain = |text: &str| read(&text.split(' ').collect::<Vec<_>>()).unwrap().1.certain;
        assert!(!certain("2019") && !certain("2018/19"));
        assert!(certain("in 2019") && certain("May 2019") && certain("since 2018/19"));
    }
}
