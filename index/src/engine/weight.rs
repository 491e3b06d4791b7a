//! The weights of the ranking, each with what set it: nDCG@10 over the training half of the judged queries in
//! `tests/retrieval` (51 queries over 4,377 items), November 2026, everything else as it stands here (0.809).

/// A word in the title, beside its score in the whole.
pub(crate) const TITLE: f32 = 1.0;
/// A word in a resolution.
pub(crate) const DECIDED: f32 = 0.5;
/// A word just as typed.
pub(crate) const EXACT: f32 = 0.25;
/// The words of a known span that stand apart, beside 1 for words side by side.
pub(crate) const SCATTERED: f32 = 0.5;
/// A phrase that means the same; raw vocabularies with weights like these raised nDCG@8 from .663 to .692 in a pilot of 14
/// residents' queries, without them single queries lost half their worth.
pub(crate) const SYNONYM: f32 = 0.6;
/// An acronym that means the same; from the same pilot.
pub(crate) const ACRONYM: f32 = 0.6;
/// The topic itself, on a scale with a word of the same rarity. At 0.4: residents' words .592 for .618.
pub(crate) const TOPIC: f32 = 0.8;
/// A narrower topic, or one of which the words name a part; from the same pilot.
pub(crate) const NARROWER: f32 = 0.3;
/// Residents' words for a topic and topics beside it, where little else is found.
pub(crate) const LOOSELY: f32 = 0.3;
/// What a single word of a topic is worth for being printed at all: acronyms' recall@50 .849 for .779 without.
pub(crate) const SURE: f32 = 2.0;
/// What each further way of meeting a span adds, beside the best one.
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
