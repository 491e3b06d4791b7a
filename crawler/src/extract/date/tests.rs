use jiff::civil::date;

use super::*;

fn check(text: &str, expected: Option<Date>, time: Option<&str>) -> Vec<String> {
    let found = of_heading(text).unwrap_or_else(|| panic!("no date in {text:?}"));
    assert_eq!(found.date, expected, "{text:?}");
    assert_eq!(found.time.as_deref(), time, "{text:?}");
    found.doubts.into_iter().map(|doubt| doubt.kind).collect()
}

#[test]
fn every_printed_style_is_read() {
    for (text, day, time) in [
        ("Tuesday, 17th September, 2019 5.30 p.m.", date(2019, 9, 17), Some("17:30")),
        ("Wednesday 28 January 2015 10.00 a.m.", date(2015, 1, 28), Some("10:00")),
        ("Wednesday, 27th June, 2018 1.00 pm", date(2018, 6, 27), Some("13:00")),
        ("Wednesday 4th October 2017 11.00 am", date(2017, 10, 4), Some("11:00")),
        ("Thursday, 26 July 2012 2.00 p.m.", date(2012, 7, 26), Some("14:00")),
        ("Dydd Iau, 9fed Hydref, 2014 2.00 o'r gloch", date(2014, 10, 9), Some("14:00")),
        (
            "Dydd Mawrth, 3ydd Mawrth, 2020 10.00 o\u{2019}r gloch y bore",
            date(2020, 3, 3),
            Some("10:00"),
        ),
        ("14 Jul 2026\u{a0}6.00 pm", date(2026, 7, 14), Some("18:00")),
        ("26th-Feb-2020 18.30 Council", date(2020, 2, 26), Some("18:30")),
        ("Monday, 12th July, 2021, 10.00 a.m.", date(2021, 7, 12), Some("10:00")),
        ("Meeting of Planning Committee, 11/02/2026 3.00 pm", date(2026, 2, 11), Some("15:00")),
        ("08/02/2011, 10:00", date(2011, 2, 8), Some("10:00")),
        ("2019-09-17", date(2019, 9, 17), None),
        ("17/09/15 - Cabinet", date(2015, 9, 17), None),
        ("17/09/98 - Cabinet", date(1998, 9, 17), None),
        ("01.04.74", date(1974, 4, 1), None),
        ("01/04/00", date(2000, 4, 1), None),
        ("Monday 1st of May 2023 12 noon", date(2023, 5, 1), Some("12:00")),
        ("Thursday, 2nd May, 2024 12.15 am", date(2024, 5, 2), Some("00:15")),
    ] {
        assert_eq!(check(text, Some(day), time), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn the_last_weekday_outside_parentheses_is_the_meetings() {
    let text = "Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015) - Wednesday 28 January 2015 10.00 a.m.";
    check(text, Some(date(2015, 1, 28)), Some("10:00"));
    let text = "Cabinet (Pre-Intervention - 2nd June 2004 to 4th February 2015) - 28/01/2015";
    check(text, Some(date(2015, 1, 28)), None);
    let text = "Friday 1st May 2015 Panel (set up on Monday 2nd March 2015)";
    check(text, Some(date(2015, 5, 1)), None);
}

#[test]
fn what_cannot_be_is_a_doubt() {
    assert_eq!(check("17 September 2204", None, None), ["impossible-year"]);
    assert_eq!(check("Monday 30th February 2015", None, None), ["impossible-date"]);
    let wrong = check("Monday, 17th September, 2019", Some(date(2019, 9, 17)), None);
    assert_eq!(wrong, ["weekday-mismatch"]);
}

#[test]
fn what_is_no_date_is_none() {
    for text in ["", "Minute 24/12", "5.30 p.m.", "May 2020", "99/99/9", "the 2nd of many"] {
        assert!(first(text).is_none_or(|f| f.date.is_none()), "{text:?}");
    }
    assert_eq!(time("to be confirmed"), None);
    assert_eq!(time("25.00"), None);
    assert_eq!(time("14"), None);
}
