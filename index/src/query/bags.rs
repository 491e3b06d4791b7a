//! Forms of the vocabulary whose telling words stand in a query in another order, or with others between them: "teach my son at
//! home" and "home, teaching a child" both hold the words of "teach at home".

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use minutebook_record::vocabulary::{Topic, Topics};

use super::function::is_function;
use crate::analysis;

/// Fewest telling words that point to a topic wherever they stand; two do so side by side only.
const ANYWHERE: usize = 3;
/// Most words of a query that are looked at.
const MOST: usize = 32;

/// The telling words of a form, as stems.
struct Bag {
    stems: BTreeSet<String>,
    topic: &'static Topic,
}

struct Bags {
    all: Vec<Bag>,
    /// The bags a stem is in.
    with: HashMap<String, Vec<usize>>,
}

static BAGS: LazyLock<Bags> = LazyLock::new(|| {
    let mut bags = Bags { all: Vec::new(), with: HashMap::new() };
    for topic in Topics::in_use().iter() {
        let label = topic.label.to_lowercase();
        let known = topic.exact.iter().chain(&topic.historic).chain(&topic.resident);
        for form in std::iter::once(&label).chain(known) {
            let stems: BTreeSet<String> = telling(form).collect();
            if stems.len() < 2 {
                continue;
            }
            for stem in &stems {
                bags.with.entry(stem.clone()).or_default().push(bags.all.len());
            }
            bags.all.push(Bag { stems, topic });
        }
    }
    bags
});

fn telling(text: &str) -> impl Iterator<Item = String> {
    let words = analysis::words(text).into_iter().filter(|word| !is_function(word));
    words.map(|word| analysis::stem(&word).into_owned())
}

/// The form with the most telling words that all stand among these words, and where they do. `words` are the free words of a
/// query that tell something, in order.
pub(super) fn find(words: &[&str]) -> Option<(Vec<usize>, &'static Topic)> {
    let stems: Vec<Vec<String>> = words.iter().take(MOST).map(|w| telling(w).collect()).collect();
    // A stem that is typed twice counts once, where it first stands.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, stems) in stems.iter().enumerate() {
        for stem in stems {
            places.entry(stem).or_insert(at);
        }
    }
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    for stem in places.keys() {
        for bag in BAGS.with.get(*stem).into_iter().flatten() {
            *met.entry(*bag).or_default() += 1;
        }
    }
    let mut best: Option<(usize, Vec<usize>)> = None;
    for (bag, count) in met {
        let wanted = &BAGS.all[bag].stems;
        if count < wanted.len()
            || best.as_ref().is_some_and(|(b, _)| BAGS.all[*b].stems.len() >= wanted.len())
        {
            continue;
        }
        let at: BTreeSet<usize> = wanted.iter().map(|stem| places[stem.as_str()]).collect();
        let at: Vec<usize> = at.into_iter().collect();
        let beside = at.windows(2).all(|pair| pair[1] == pair[0] + 1);
        if wanted.len() >= ANYWHERE || beside {
            best = Some((bag, at));
        }
    }
    best.map(|(bag, at)| (at, BAGS.all[bag].topic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> Option<&'static str> {
        let words: Vec<&str> = text.split(' ').filter(|word| !is_function(word)).collect();
        find(&words).map(|(_, topic)| topic.id.as_str())
    }

    #[test]
    fn order_and_words_between_do_not_matter() {
        let home = Some("elective-home-education");
        assert_eq!(topic("taking our child away from school and teach him at home"), home);
        assert_eq!(topic("child I want to teach at home"), home);
    }

    #[test]
    fn two_words_must_stand_side_by_side() {
        assert_eq!(topic("schooling at home"), Some("elective-home-education"));
        assert_eq!(topic("schooling for people at home"), None);
        assert_eq!(topic("home"), None);
        assert_eq!(topic(""), None);
    }
}
