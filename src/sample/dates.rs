//! Dates the way clerks and sites print them.

use jiff::civil::Date;

const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "Tuesday".
pub(super) fn weekday(date: Date) -> &'static str {
    pick(&DAYS, i32::from(date.weekday().to_monday_zero_offset()))
}

/// "June".
pub(super) fn month(date: Date) -> &'static str {
    minutebook_record::month::name(date.month())
}

/// "Jun".
pub(super) fn month_short(date: Date) -> &'static str {
    month(date).get(..3).unwrap_or_default()
}

/// "st" of "21st".
pub(super) fn suffix(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// "15 June 2021".
pub(super) fn plain(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "15th June, 2021".
pub(super) fn ordinal(date: Date) -> String {
    format!("{}{} {}, {}", date.day(), suffix(date.day()), month(date), date.year())
}

/// "15/06/2021".
pub(super) fn slashed(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// "5.30 pm".
pub(super) fn clock((hour, minute): (u8, u8)) -> String {
    let half = if hour < 12 { "am" } else { "pm" };
    format!("{}.{minute:02} {half}", (hour + 11) % 12 + 1)
}

/// "5.30 p.m.".
pub(super) fn clock_dotted(time: (u8, u8)) -> String {
    clock(time).replace("am", "a.m.").replace("pm", "p.m.")
}

/// The municipal year runs from May: January 2008 belongs to 2007.
pub(super) fn municipal_year(date: Date) -> i16 {
    if date.month() >= 5 { date.year() } else { date.year() - 1 }
}

/// The financial year runs from April: "2007/08".
pub(super) fn financial_year(date: Date, shift: i16) -> String {
    let first = if date.month() >= 4 { date.year() } else { date.year() - 1 } + shift;
    format!("{first}/{:02}", (first + 1).rem_euclid(100))
}

/// The long date of a page heading, in one of the styles seen over the years. The style is a setting, so it goes by committee.
pub(super) fn heading(date: Date, time: (u8, u8), style: u32) -> String {
    let (day, wd, mon, year) = (date.day(), weekday(date), month(date), date.year());
    let th = suffix(day);
    match style % 6 {
        0 => format!("{wd}, {day}{th} {mon}, {year} {}", clock_dotted(time)),
        1 => format!("{wd} {day} {mon} {year} {}", clock_dotted(time)),
        2 => format!("{wd}, {day}{th} {mon} {year} {}", clock(time)),
        3 => format!("{wd} {day}{th} {mon} {year} {}", clock(time)),
        4 => format!("{wd}, {day} {mon} {year} {}", clock_dotted(time)),
        _ => format!("{wd} {day} {mon} {year} {}", clock(time)),
    }
}

/// `Last-Modified` form, always at nine in the morning.
pub(super) fn http(date: Date) -> String {
    let wd = weekday(date).get(..3).unwrap_or_default();
    format!("{wd}, {:02} {} {} 09:00:00 GMT", date.day(), month_short(date), date.year())
}

/// The day so many days later (earlier if negative); the same day where the calendar ends.
pub(super) fn shifted(date: Date, days: i64) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap_or(date)
}

/// The day, or one so many days off where it falls into the Christmas holidays.
pub(super) fn working(date: Date, off: i64) -> Date {
    let holiday =
        (date.month() == 12 && date.day() >= 20) || (date.month() == 1 && date.day() <= 4);
    if holiday { shifted(date, off) } else { date }
}

fn pick(list: &[&'static str], index: i32) -> &'static str {
    usize::try_from(index).ok().and_then(|i| list.get(i)).copied().unwrap_or_default()
}
