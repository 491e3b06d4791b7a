//! Lists of people as minutes print them: "Councillors A Bell, C Dunn and E Frost; Ms G Hay, Head of Housing".

use std::sync::LazyLock;

use minutebook_record::vocabulary::Roles;
use minutebook_record::vocabulary::roles::Reading;
use minutebook_record::{Attendance, AttendanceStatus};
use regex::Regex;

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:Councillors?|Cllrs?\.?|Cyng(?:horydd|horwyr)?\.?|Ald(?:erman|ermen)?\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Prof(?:essor)?\.?|Sir|Dame|Lord|Lady|Baroness|Rev(?:erend|d)?\.?|Canon|The|the|County|Borough|Deputy)\s+)*(?:(?:O[’']|Mac|Mc|de|van|von|ap)?\s*[A-Z][\w’'.-]*\.?\s*){1,5}(?:MBE|OBE|CBE|JP|DL)?$",
    )
    .expect("the pattern is valid")
});

/// Titles in the plural stand before all names of a list, each with what it makes of one of them.
const PLURALS: [(&str, &str); 6] = [
    ("Councillors", "Councillor "),
    ("Cllrs", "Cllr "),
    ("Aldermen", "Alderman "),
    ("Messrs", "Mr "),
    ("Cynghorwyr", "Y Cynghorydd "),
    ("Members", ""),
];

/// The people of a list; a text that is none gives nobody.
pub(crate) fn people(list: &str, status: AttendanceStatus, found: &mut Vec<Attendance>) {
    let roles = Roles::shipped();
    // "Councillors A, B and C": the title is everybody's until another stands.
    let mut title = Title::default();
    for piece in split(list) {
        let person = piece.text.trim().trim_end_matches(['.', ';', ':']).trim();
        let person = person.strip_prefix("and ").unwrap_or(person);
        let person = person.strip_prefix("from ").unwrap_or(person);
        if person.is_empty() {
            continue;
        }
        let (name, role) = name_and_role(person, &roles.find(person));
        let plural =
            PLURALS.iter().find_map(|(plural, one)| Some((name.strip_prefix(plural)?, *one)));
        if let Some((rest, one)) = plural {
            let name = rest.trim_start_matches([':', ' ', '.']);
            title = Title { of_one: one, first: shape(name), closed: piece.last };
            push(found, &format!("{one}{name}"), role, status);
            continue;
        }
        let first = minutebook_record::text::words(&name)
            .first()
            .map(minutebook_record::text::Word::folded);
        let titled = first.is_some_and(|f| roles.is_title(&f)) || name.starts_with("The ");
        if titled || role.as_deref().is_some_and(|r| !r.contains("hair")) {
            if titled && !name.starts_with("Councillor ") && !name.starts_with("Cllr") {
                title = Title::default();
            }
            push(found, &name, role, status);
        } else {
            push(found, &format!("{}{name}", title.before(&name)), role, status);
        }
        title.closed |= piece.last;
    }
}

/// A plural title and the list it stands before.
#[derive(Debug, Clone, Copy, Default)]
struct Title {
    of_one: &'static str,
    first: Shape,
    /// The list's "and" has come: what follows is no part of it.
    closed: bool,
}

impl Title {
    /// The title of a name in the list, or behind it where it is printed as those in it are ("Bell and Carr, Dow").
    fn before(self, name: &str) -> &'static str {
        let alike = self.first != Shape::Whole && shape(name) == self.first;
        if self.closed && !alike { "" } else { self.of_one }
    }
}

/// How a name is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shape {
    /// "Bell".
    Surname,
    /// "A Bell", "Mrs A. Bell".
    Initials,
    /// "Anna Bell".
    #[default]
    Whole,
}

fn shape(name: &str) -> Shape {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next() {
        None => Shape::Surname,
        Some(_) if first.trim_end_matches('.').chars().count() <= 2 => Shape::Initials,
        Some(_) => Shape::Whole,
    }
}

/// The name of a person and the posts printed with it.
fn name_and_role(person: &str, readings: &[Reading]) -> (String, Option<String>) {
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
        let name = person.split(['(', '\u{2013}']).next().unwrap_or(person).trim();
        return (name.to_owned(), None);
    };
    let before = person[..first.start].trim_end_matches([',', '(', '-', '–', ' ', ':']);
    let before = before.strip_suffix("(in the").unwrap_or(before).trim();
    let after = person[last.end..].trim_start_matches([',', ')', '-', '–', ' ', ':', '(']);
    let after = after.trim_end_matches(')');
    let name = if matches!(before, "" | "the" | "The") { after } else { before };
    (name.to_owned(), Some(person[first.start..last.end].to_owned()))
}

fn push(found: &mut Vec<Attendance>, name: &str, role: Option<String>, status: AttendanceStatus) {
    let name = name.trim().trim_end_matches([',', ';', ' ']).to_owned();
    let known = found.iter().any(|a| a.name == name);
    if NAME.is_match(&name) && name.split(' ').count() <= 7 && !known {
        found.push(Attendance { name, role, status });
    }
}

/// One of a list.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    /// Stands behind the "and" that closes a list.
    last: bool,
}

/// Cuts a list at its semicolons, and what a plural title stands before at its commas too: "Councillor Ash (Chair);
/// Councillors Bell, Carr and Dow". A list without semicolons is cut at commas.
fn split(list: &str) -> Vec<Piece<'_>> {
    let pieces = cut(list, true);
    if pieces.len() == 1 {
        return cut(list, false);
    }
    pieces
        .into_iter()
        .flat_map(|piece| {
            let text = piece.text.trim_start();
            let plural = PLURALS.iter().any(|(plural, _)| text.starts_with(plural));
            if plural { cut(piece.text, false) } else { vec![piece] }
        })
        .collect()
}

/// Cuts at semicolons alone, or at commas and "and" as well; never inside brackets nor before a post ("Sharon Kemp, Chief
/// Executive").
fn cut(list: &str, at_semicolons: bool) -> Vec<Piece<'_>> {
    let roles = Roles::shipped().find(list);
    let mut pieces = Vec::new();
    let (mut start, mut depth, mut closing) = (0, 0usize, false);
    let (mut at, mut post) = (0, 0);
    while let Some(c) = list[at..].chars().next() {
        let next = at + c.len_utf8();
        // Posts stand in order: the first that ends behind here is in it or ahead.
        while roles.get(post).is_some_and(|r| r.end <= at) {
            post += 1;
        }
        let in_role = roles.get(post).is_some_and(|r| at >= r.start);
        let before_role = || {
            let skip = list[next..].len() - list[next..].trim_start().len();
            roles[post..]
                .iter()
                .take_while(|r| r.start <= next + skip + 4)
                .any(|r| r.start == next + skip || r.start == next + skip + 4)
        };
        let (ends, behind, closes) = match c {
            '(' => {
                depth += 1;
                (false, next, false)
            }
            ')' => {
                depth = depth.saturating_sub(1);
                (false, next, false)
            }
            _ if depth > 0 || in_role => (false, next, false),
            ';' | '\u{2022}' => (true, next, false),
            ',' if !at_semicolons && !before_role() => (true, next, false),
            ' ' if !at_semicolons && list[at..].starts_with(" and ") => (true, at + 5, true),
            _ => (false, next, false),
        };
        if ends {
            pieces.push(Piece { text: &list[start..at], last: closing });
            (start, closing) = (behind, closes);
        }
        at = behind;
    }
    pieces.push(Piece { text: &list[start..], last: closing });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Vec<String> {
        let mut found = Vec::new();
        people(list, AttendanceStatus::Present, &mut found);
        found
            .into_iter()
            .map(|a| match a.role {
                Some(role) => format!("{} ({role})", a.name),
                None => a.name,
            })
            .collect()
    }

    #[test]
    fn a_title_is_for_the_names_of_its_list() {
        assert_eq!(
            read(
                "Councillors A Bell and C Dunn, Sarah Jones, Head of Legal and Democratic Services"
            ),
            [
                "Councillor A Bell",
                "Councillor C Dunn",
                "Sarah Jones (Head of Legal and Democratic Services)"
            ]
        );
        assert_eq!(
            read("Councillors A Bell and C Dunn, Sarah Jones"),
            ["Councillor A Bell", "Councillor C Dunn", "Sarah Jones"]
        );
        assert_eq!(
            read("Councillors Bell, Carr and Dow, Eve"),
            ["Councillor Bell", "Councillor Carr", "Councillor Dow", "Councillor Eve"]
        );
        assert_eq!(
            read("Councillor A Marsh (in the Chair); Councillors B Holt, C Vane and D Reed"),
            [
                "Councillor A Marsh (Chair)",
                "Councillor B Holt",
                "Councillor C Vane",
                "Councillor D Reed"
            ]
        );
    }

    #[test]
    fn a_semicolon_in_brackets_cuts_nothing() {
        assert_eq!(
            read("Councillors Bell (Chair; left at 7pm), Carr and Dow."),
            ["Councillor Bell (Chair)", "Councillor Carr", "Councillor Dow"]
        );
        // A bracket that never closes keeps the rest, and ends.
        read("Councillors Bell (Chair; left at 7pm, Carr; Dow");
        read("Councillors;Councillors;");
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_read(pieces in proptest::collection::vec(proptest::sample::select(vec![
            "Councillors ", "Councillor ", "Bell", "A. ", "Mr ", ", ", ";", " and ", "(", ")", "Head of Housing", "’s", "é", "Chair", " ", "•",
        ]), 0..24)) {
            read(&pieces.concat());
        }
    }
}
