//! Days as people and programs give them: three boxes, parts of a date, or one whole day.

use jiff::civil::Date;

use super::Raw;

/// Which end of a span of days a date stands for, where only a month or a year is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Its first day.
    First,
    /// Its last day.
    Last,
}

/// A date as three boxes, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DateBoxes {
    /// Day of the month.
    pub(crate) day: String,
    /// Month, as a number or a name.
    pub(crate) month: String,
    /// Year.
    pub(crate) year: String,
    /// Whether the date came in one piece, as links carry it.
    pub(crate) whole: bool,
}

impl DateBoxes {
    /// Reads `name-day`, `name-month` and `name-year`; where all are empty, `name` itself (`2019`, `2019-03`, `2019-03-27`).
    pub(crate) fn read(raw: &Raw, name: &str) -> Self {
        let part =
            |part: &str| raw.first(&format!("{name}-{part}")).unwrap_or_default().trim().to_owned();
        let boxes =
            DateBoxes { day: part("day"), month: part("month"), year: part("year"), whole: false };
        if !boxes.is_empty() {
            return boxes;
        }
        let mut parts =
            raw.first(name).unwrap_or_default().trim().splitn(3, '-').map(str::to_owned);
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        DateBoxes {
            day: day.unwrap_or_default(),
            month: month.unwrap_or_default(),
            year: year.unwrap_or_default(),
            whole: true,
        }
    }

    /// Whether nothing is typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.day.is_empty() && self.month.is_empty() && self.year.is_empty()
    }

    /// The day meant. A missing day or month means the first or last of the span; a year is always needed.
    pub(crate) fn date(&self, edge: Edge) -> Result<Option<Date>, String> {
        if self.is_empty() {
            return Ok(None);
        }
        let example = "for example 27 3 2019, or only 2019";
        if self.year.is_empty() {
            return Err(format!("The date must have a year, {example}"));
        }
        let year = number(&self.year)
            .filter(|year| self.year.len() == 4 && *year >= 1000)
            .ok_or_else(|| format!("The year must have 4 numbers, {example}"))?;
        let month = match self.month.as_str() {
            "" if !self.day.is_empty() => {
                return Err(format!("The date must have a month, {example}"));
            }
            "" => None,
            typed => Some(month_number(typed).ok_or_else(|| {
                format!("The month must be a number from 1 to 12 or a name, {example}")
            })?),
        };
        let first = Date::new(year, month.unwrap_or(1), 1)
            .map_err(|_| "The date is not a real date".to_owned())?;
        if self.day.is_empty() {
            let span_end =
                if month.is_some() { first.last_of_month() } else { first.last_of_year() };
            return Ok(Some(if edge == Edge::First { first } else { span_end }));
        }
        number(&self.day)
            .and_then(|day| i8::try_from(day).ok())
            .and_then(|day| Date::new(year, first.month(), day).ok())
            .map(Some)
            .ok_or_else(|| "The date must be a real date".to_owned())
    }

    /// The boxes for a known day.
    pub(crate) fn of(date: Option<Date>) -> Self {
        date.map_or_else(Self::default, |date| Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
            whole: true,
        })
    }
}

/// A whole day, `YYYY-MM-DD` and nothing else.
pub(super) fn whole(word: &str) -> Option<Date> {
    let bytes = word.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    let part =
        |from: usize, to: usize| word.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(digits: &str) -> Option<i16> {
    (digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn month_number(typed: &str) -> Option<i8> {
    if let Some(number) = number(typed) {
        return i8::try_from(number).ok().filter(|month| (1..=12).contains(month));
    }
    let typed = typed.to_lowercase();
    let fits = |month: &i8| {
        let name = minutebook_record::month::name(*month).to_lowercase();
        typed.len() >= 3 && name.starts_with(&typed)
    };
    (1..=12).find(fits)
}
