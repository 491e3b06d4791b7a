//! What stands before the first number of running minutes: names on lines of their own, business without a number.

use minutebook_record::Part;

use crate::extract::fragment::ItemPart;
use crate::extract::text::{paragraphs, print};
use crate::extract::{date, present};

/// An item without a number for the words before the first one, where they are more than the head of the minutes.
pub(super) fn item(before: &[String]) -> Option<ItemPart> {
    let tells = |line: &str| is_sentence(line) || present::is_label(line);
    let start = before.iter().position(|line| tells(line))?;
    // A heading in capitals belongs to what it stands before.
    let start = if start > 0 && is_heading(&before[start - 1]) { start - 1 } else { start };
    let rest: Vec<&str> = before[start..]
        .iter()
        .map(String::as_str)
        .filter(|line| !present::is_read(line) && !print::is_page_number(line))
        .collect();
    if !rest.iter().any(|line| tells(line)) {
        return None;
    }
    Some(ItemPart {
        title: TITLE.to_owned(),
        passages: paragraphs::passages(Part::Minutes, rest),
        ..ItemPart::default()
    })
}

/// No source prints a title here.
const TITLE: &str = "Before the first item";

/// A sentence that is not the head's ("held in the Town Hall on Tuesday, 4 May 2004.").
fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', ':', ';'])
        && line.split_whitespace().count() >= 5
        && date::of_heading(line).is_none()
}

fn is_heading(line: &str) -> bool {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3
        && letters().all(char::is_uppercase)
        && !line.to_uppercase().contains("MINUTES")
        && date::of_heading(line).is_none()
        && !["COMMITTEE", "COUNCIL", "CABINET", "BOARD", "PANEL"].iter().any(|w| line.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let item = item(&lines);
        item.map_or(Vec::new(), |item| item.passages.into_iter().map(|p| p.text).collect())
    }

    #[test]
    fn business_before_the_first_number_is_kept_and_the_head_is_not() {
        assert_eq!(
            told(&[
                "PLANNING BOARD",
                "Tuesday, 4 May 2004.",
                "Present:- Councillor A Marsh (in the Chair); Councillors Bell and Carr.",
                "PRESENTATION BY THE POLICE",
                "The Board resolved to support the new station.",
            ]),
            ["PRESENTATION BY THE POLICE", "The Board resolved to support the new station."]
        );
        assert_eq!(
            told(&["Cabinet", "Present:", "Councillor Bell", "Councillor Carr"]),
            ["Present:", "Councillor Bell", "Councillor Carr"]
        );
        assert!(told(&["CABINET", "4th May, 2004", "Present:- Councillor Bell."]).is_empty());
        assert!(
            told(&["MINUTES of the meeting held on Tuesday, 4 May 2004 at 10.00 a.m."]).is_empty()
        );
    }
}
