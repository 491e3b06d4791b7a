//! The weights of the ranking, each with what set it: nDCG@10 over the training half of the judged queries in
//! `tests/retrieval` (89 queries), November 2026, everything else as it stands here (SCATTERED 0.5): all .857, residents' words
//! .764, acronyms .837, formal topics .897. Differences under .005 are a query or two.

/// A word in the title, beside its score in the whole: 0 .852, 2 .854.
pub(crate) const TITLE: f32 = 1.0;
/// A word in a resolution: 0 .857 (residents' words .758), 1 .856 (formal topics .886).
pub(crate) const DECIDED: f32 = 0.5;
/// A word just as typed: 0 .852 (formal topics .884), 0.5 .857.
pub(crate) const EXACT: f32 = 0.25;
/// The words of a known span that stand apart, beside 1 for words side by side: 0.5 .857 (formal topics .897 for .906), 1 .848
/// (residents' words .742).
pub(crate) const SCATTERED: f32 = 0.25;
/// A phrase that means the same: 0.3 .857, 1 .856 (residents' words .759).
pub(crate) const SYNONYM: f32 = 0.6;
/// An acronym that means the same: 0.3 .856, 1 .858 (acronyms .828).
pub(crate) const ACRONYM: f32 = 0.6;
/// The topic itself, on a scale with a word of the same rarity: 0.6 .857 (residents' words .761), 1.2 .856 (acronyms .818).
pub(crate) const TOPIC: f32 = 0.8;
/// A narrower topic, or one of which the words name a part: 0.1 .856, 0.6 .857 (acronyms' recall@50 .767 for .788).
pub(crate) const NARROWER: f32 = 0.3;
/// Residents' words for a topic, topics beside it and a span's rare words, where little else is found: at 0 recall@50 is .829 for
/// .832, at 0.6 nDCG@10 .855.
pub(crate) const LOOSELY: f32 = 0.3;
/// What a single word of a topic is worth for being printed at all: acronyms .826 at 0, .831 at 1, .846 at 4, where residents'
/// words lose as much (.759).
pub(crate) const SURE: f32 = 2.0;
/// What each further way of meeting a span adds, beside the best one: 0 .849 (residents' words .739), 0.7 .855.
pub(crate) const TIE: f32 = 0.4;
/// A condition inside `OR`: enough to find, never to outweigh words.
pub(crate) const CONDITION: f32 = 0.5;
/// The share of what a sentence's words tell that "most of them" must carry. Residents' words: 0.35 .696, 0.4 .708, 0.45 .692, 0.5 .687.
pub(crate) const MOST: f32 = 0.4;
/// How many words "most of them" is chosen from: the others only add to the score. Seven make 35 choices at worst.
pub(crate) const MOST_WORDS: usize = 7;
/// With fewer hits than this for all words, most of them will do. All queries' recall@50: 10 .798, 20 .804, 30 .806.
pub(crate) const FEW: usize = 20;
/// How many times longer than they are texts are said to be on average, see `statistics`. All / acronyms' recall@50: 1 .813 /
/// .779, 2 .809 / .849, 3 .802 / .877, 8 .789 / .906.
pub(crate) const LENGTH: u64 = 2;
