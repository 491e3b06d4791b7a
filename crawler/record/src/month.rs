//! The months by name, in the one place that writes them down.

/// Their names, January first.
pub const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, counted from 1; empty for any other number.
pub fn name(number: i8) -> &'static str {
    usize::try_from(number).ok().and_then(|n| NAMES.get(n.wrapping_sub(1))).copied().unwrap_or("")
}

/// The number of a month from its whole name, whatever the case.
pub fn number(name: &str) -> Option<i8> {
    let at = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for (at, own) in (1..).zip(NAMES) {
            assert_eq!((name(at), number(&own.to_uppercase())), (own, Some(at)));
        }
        assert_eq!((name(0), name(13), name(-1)), ("", "", ""));
        assert_eq!((number("Jan"), number("")), (None, None));
    }
}
