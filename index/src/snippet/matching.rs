//! A text held against what a query looks for: which groups it meets, and where.

use super::marks::{Marks, Unit};
use crate::analysis::Form;
use crate::analysis::scan::scan_where;

/// A word of a text that may matter.
struct Token {
    text: String,
    stem: String,
    form: Form,
    start: usize,
    end: usize,
    position: u32,
}

/// Where a text meets a query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matching {
    /// Worth of the groups met.
    pub(crate) score: f32,
    /// Byte ranges to mark, in order, none overlapping, each with its group.
    pub(crate) spans: Vec<(usize, usize, usize)>,
}

/// Holds a text against the marks.
pub(crate) fn hold(text: &str, marks: &Marks) -> Matching {
    let mut tokens: Vec<Token> = Vec::new();
    if marks.is_empty() {
        return Matching::default();
    }
    scan_where(
        text,
        |letter| marks.may_begin(letter),
        |found| {
            if let Some(stem) = marks.may_match(found.text, found.form) {
                tokens.push(Token {
                    stem,
                    text: found.text.to_owned(),
                    form: found.form,
                    start: found.start,
                    end: found.end,
                    position: found.position,
                });
            }
        },
    );
    let mut matching = Matching::default();
    if tokens.is_empty() {
        return matching;
    }
    for (number, group) in marks.groups.iter().enumerate() {
        let mut best = 0.0_f32;
        for way in &group.ways {
            let mut met = 0;
            let mut spans = Vec::new();
            for unit in way {
                let before = spans.len();
                find(unit, &tokens, &mut spans);
                met += usize::from(spans.len() > before);
            }
            #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
            let share = met as f32 / way.len() as f32;
            // A way half met is worth less than half: its words may be there by chance.
            best = best.max(share * share);
            matching.spans.extend(spans.into_iter().map(|(from, to)| (from, to, number)));
        }
        matching.score += best * group.weight;
    }
    matching
        .spans
        .sort_unstable_by_key(|(from, to, group)| (*from, std::cmp::Reverse(*to), *group));
    let mut last = 0;
    matching.spans.retain(|(from, to, _)| {
        let keep = *from >= last;
        if keep {
            last = *to;
        }
        keep
    });
    matching
}

fn find(unit: &Unit, tokens: &[Token], spans: &mut Vec<(usize, usize)>) {
    let mut each = |wanted: &dyn Fn(&Token) -> bool| {
        spans.extend(tokens.iter().filter(|t| wanted(t)).map(|t| (t.start, t.end)));
    };
    match unit {
        Unit::Stem(stem) => each(&|t| t.form != Form::Capitals && t.stem == *stem),
        Unit::Prefix(prefix) => {
            each(&|t| t.form != Form::Capitals && t.text.starts_with(prefix.as_str()));
        }
        Unit::Fuzzy(word, slips) => each(&|t| t.form == Form::Word && near(&t.text, word, *slips)),
        Unit::Capitals(letters) => each(&|t| t.form == Form::Capitals && t.text == *letters),
        Unit::Phrase(words) => phrase(words, tokens, spans),
    }
}

fn phrase(words: &[String], tokens: &[Token], spans: &mut Vec<(usize, usize)>) {
    let Some(first) = words.first() else { return };
    let plain: Vec<&Token> = tokens.iter().filter(|token| token.form == Form::Word).collect();
    for (at, token) in plain.iter().enumerate() {
        if token.text != *first {
            continue;
        }
        let run = plain[at..].iter().zip(words).enumerate();
        let run: Vec<_> = run
            .take_while(|(step, (token, word))| {
                token.text == **word
                    && token.position as usize == plain[at].position as usize + step
            })
            .map(|(_, (token, _))| (token.start, token.end))
            .collect();
        if run.len() == words.len() {
            spans.extend(run);
        }
    }
}

/// Whether two words are at most so many slips apart: a letter added, dropped, changed, or two swapped.
pub(crate) fn near(a: &str, b: &str, slips: u8) -> bool {
    let slips = usize::from(slips);
    if a.is_ascii() && b.is_ascii() {
        return a.len().abs_diff(b.len()) <= slips
            && apart(a.as_bytes(), b.as_bytes(), slips) <= slips;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    apart(&a, &b, slips) <= slips
}

/// How many slips two words are apart, when it is not more than [`FARTHEST`].
pub(crate) fn slips_apart(a: &str, b: &str) -> usize {
    if a.is_ascii() && b.is_ascii() {
        apart(a.as_bytes(), b.as_bytes(), FARTHEST)
    } else {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        apart(&a, &b, FARTHEST)
    }
}

/// Longest word slips are counted in: no longer one is kept in the index.
const LONGEST: usize = 64;
/// Most slips that are told.
const FARTHEST: usize = 3;

/// How many slips two words are apart; more than `limit` of them are not counted out.
fn apart<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> usize {
    /// More slips than any word has letters.
    const MANY: u8 = 100;
    if a.len().abs_diff(b.len()) > limit || a.len().max(b.len()) > LONGEST {
        return usize::MAX;
    }
    // The last three rows of the table are enough: the one being filled, and two for swapped letters. Of each only the cells
    // about the diagonal: farther ones are farther than the limit.
    let mut rows = [[MANY; LONGEST + 2]; 3];
    for (cell, slips) in rows[0].iter_mut().zip(0..).take(b.len().min(limit) + 1) {
        *cell = slips;
    }
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        let (low, high) = (i.saturating_sub(limit).max(1), (i + limit).min(b.len()));
        rows[now][low - 1] = if low == 1 { u8::try_from(i).unwrap_or(MANY) } else { MANY };
        let mut nearest = rows[now][low - 1];
        for j in low..=high {
            let change = rows[last][j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = best;
            nearest = nearest.min(best);
        }
        rows[now][high + 1] = MANY;
        if usize::from(nearest) > limit {
            return usize::MAX;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, apart) in [
            ("road", "road", 0),
            ("raod", "road", 1),
            ("grafitti", "graffiti", 2),
            ("bin", "bins", 1),
            ("cat", "dog", 3),
        ] {
            assert_eq!(slips_apart(a, b), apart, "{a} {b}");
        }
        assert!(near("lava", "lave", 1) && !near("bin", "binning", 2));
        assert!(near("ŵyl", "wyl", 1) && !near("ŵyl", "wylx", 1));
    }

    proptest::proptest! {
        #[test]
        fn a_few_slips_are_as_many_as_a_whole_table_says(a in "[abc]{0,9}", b in "[abc]{0,9}") {
            let (s, t) = (a.as_bytes(), b.as_bytes());
            let mut table = vec![vec![0_usize; t.len() + 1]; s.len() + 1];
            for i in 0..=s.len() {
                for j in 0..=t.len() {
                    table[i][j] = if i == 0 || j == 0 { i + j } else {
                        let change = table[i - 1][j - 1] + usize::from(s[i - 1] != t[j - 1]);
                        let mut best = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && s[i - 1] == t[j - 2] && s[i - 2] == t[j - 1] {
                            best = best.min(table[i - 2][j - 2] + 1);
                        }
                        best
                    };
                }
            }
            let whole = table[s.len()][t.len()];
            for slips in 0..=2 {
                assert_eq!(near(&a, &b, slips), whole <= usize::from(slips), "{a} {b} {slips}");
            }
        }
    }
}
