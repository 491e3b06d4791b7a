//! Roles of an item: which posts its words name, and what they say each did.
//!
//! Posts are found by the record crate's grammar ([`Roles`]); here a short form is given the post it stands for, and the
//! sentence around each mention tells how the post appears ([`context`]). People's names never enter.

mod context;
mod elsewhere;
mod phrases;
mod pronoun;
mod subject;
mod verbs;

use minutebook_record::vocabulary::Roles;
use minutebook_record::vocabulary::roles::Reading;
use minutebook_record::{Holder, How, Part, Passage, Qualifier, RoleMention, VerbClass};

use super::sentence::sentences;

/// A post as the item knows it.
#[derive(Debug, Clone)]
struct Post {
    slug: String,
    rank: String,
    /// The fullest print for each set of qualifiers.
    printed: Vec<(Vec<Qualifier>, String)>,
    holder: Holder,
    has_remit: bool,
}

impl Post {
    /// Keeps the print if it is the fullest with these qualifiers.
    fn saw(&mut self, qualifiers: &[Qualifier], printed: &str) {
        match self.printed.iter_mut().find(|(known, _)| known == qualifiers) {
            Some((_, longest)) if longest.len() < printed.len() => printed.clone_into(longest),
            Some(_) => {}
            None => self.printed.push((qualifiers.to_vec(), printed.to_owned())),
        }
    }

    /// The fullest print with these qualifiers; where that is a short form, the fullest of all.
    fn printed(&self, qualifiers: &[Qualifier]) -> &str {
        self.printed
            .iter()
            .find(|(known, _)| known == qualifiers)
            .or(self.printed.first())
            .map_or("", |(_, printed)| printed)
    }
}

/// One mention, placed and understood.
#[derive(Debug, Clone)]
struct Seen {
    post: usize,
    qualifiers: Vec<Qualifier>,
}

/// The role mentions of an item, one for each post, qualifier and way of appearing, in the order of the text.
///
/// `readings` holds the posts named in each passage; `council` is whose minutes these are, where it is known.
pub(crate) fn roles(
    title: &str,
    passages: &[Passage],
    readings: &[Vec<Reading>],
    council: Option<&str>,
) -> Vec<RoleMention> {
    let mut posts: Vec<Post> = Vec::new();
    let mut found: Vec<(Seen, How, Option<VerbClass>, Option<usize>)> = Vec::new();
    for (index, (passage, readings)) in passages.iter().zip(readings).enumerate() {
        let mut carried: Option<pronoun::Carried> = None;
        for range in sentences(&passage.text) {
            let sentence = &passage.text[range.clone()];
            let first = readings.partition_point(|r| r.start < range.start);
            let mentions: Vec<context::Mention> = readings[first..]
                .iter()
                .take_while(|r| r.start < range.end)
                .filter(|r| r.end <= range.end)
                .map(|r| {
                    let post = place(&mut posts, r, &passage.text[r.start..r.end]);
                    context::Mention {
                        start: r.start - range.start,
                        end: r.end - range.start,
                        tag: Seen { post, qualifiers: r.qualifiers.clone() },
                    }
                })
                .collect();
            let agenda = passage.part == Part::Agenda;
            let said = subject::carried_acts(sentence).filter(|_| !agenda);
            let pronoun = said.as_ref().map(|(pronoun, _)| *pronoun);
            if let Some((pronoun, Some(acts))) = said
                && let Some(meant) = carried.as_ref().and_then(|carried| carried.meant(pronoun))
            {
                for (how, verb) in acts {
                    found.push((meant.clone(), how, verb, Some(index)));
                }
            }
            let named = pronoun::named(sentence, &mentions);
            let read = context::read(sentence, mentions, agenda);
            for (seen, acts) in read.acts {
                for (how, verb) in acts {
                    found.push((seen.clone(), how, verb, Some(index)));
                }
            }
            carried = pronoun::carry(carried, pronoun, &read.subject, &named);
        }
    }
    for reading in Roles::shipped().find(title) {
        let lower = title[..reading.start].to_lowercase();
        let author = [
            "report of the ",
            "report by the ",
            "report from the ",
            "reports of the ",
            "report of ",
        ];
        if author.iter().any(|a| lower.ends_with(a)) {
            let post = place(&mut posts, &reading, &title[reading.start..reading.end]);
            found.push((Seen { post, qualifiers: reading.qualifiers }, How::Author, None, None));
        }
    }
    for post in &mut posts {
        if council.is_some_and(|council| elsewhere::is_elsewhere(&post.slug, &post.rank, council)) {
            post.holder = Holder::Partner;
        }
    }
    gather(&posts, found)
}

fn gather(
    posts: &[Post],
    found: Vec<(Seen, How, Option<VerbClass>, Option<usize>)>,
) -> Vec<RoleMention> {
    let mut mentions: Vec<RoleMention> = Vec::new();
    for (seen, how, verb, passage) in found {
        let post = &posts[seen.post];
        let known = mentions.iter_mut().find(|m| {
            m.slug == post.slug
                && m.how == how
                && m.qualifiers().eq(seen.qualifiers.iter().copied())
        });
        match known {
            Some(mention) => {
                if let Some(passage) = passage
                    && mention.passages.last() != Some(&passage)
                {
                    mention.passages.push(passage);
                }
                mention.verb = mention.verb.or(verb);
            }
            None => mentions.push(RoleMention {
                printed: post.printed(&seen.qualifiers).to_owned(),
                slug: post.slug.clone(),
                how,
                holder: post.holder,
                qualifier: seen.qualifiers.first().copied(),
                further_qualifiers: seen.qualifiers.iter().skip(1).copied().collect(),
                verb,
                passages: passage.into_iter().collect(),
            }),
        }
    }
    mentions
}

/// The item's post for a reading: itself, or the fuller one it is short for.
fn place(posts: &mut Vec<Post>, reading: &Reading, printed: &str) -> usize {
    let short = !reading.has_remit;
    let printed = minutebook_record::text::one_line(printed.trim_matches([' ', ',']));
    if short && let Some(fuller) = fuller(posts, reading) {
        if !posts[fuller].printed.iter().any(|(known, _)| *known == reading.qualifiers) {
            posts[fuller].saw(&reading.qualifiers, &printed);
        }
        return fuller;
    }
    if let Some(known) = posts.iter().position(|p| p.slug == reading.slug) {
        posts[known].saw(&reading.qualifiers, &printed);
        return known;
    }
    posts.push(Post {
        slug: reading.slug.clone(),
        rank: reading.rank.clone(),
        printed: vec![(reading.qualifiers.clone(), printed)],
        holder: reading.holder,
        has_remit: reading.has_remit,
    });
    posts.len() - 1
}

/// The last fuller mention of the same rank; or the only post so far whose rank ends in the word ("the Director" after
/// "the Strategic Director of Housing").
fn fuller(posts: &[Post], reading: &Reading) -> Option<usize> {
    // "The Chair" and "the Mayor" are those of the meeting, whatever other bodies' chairs were named.
    let own = [
        "chair",
        "mayor",
        "provost",
        "cathaoirleach",
        "convener",
        "convenor",
        "clerk",
        "cadeirydd",
    ];
    if own.iter().any(|word| reading.rank.contains(word)) {
        return None;
    }
    let same = posts.iter().rposition(|p| p.rank == reading.rank && p.has_remit);
    if same.is_some() {
        return same;
    }
    if posts.iter().any(|p| p.slug == reading.slug)
        || reading.rank.contains(' ')
        || reading.holder == Holder::Member
    {
        return None;
    }
    let tail = format!(" {}", reading.rank);
    let mut longer = posts.iter().enumerate().filter(|(_, p)| p.rank.ends_with(&tail));
    match (longer.next(), longer.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
