//! Whom "He" and "She" can mean: the one post of the sentence before, where nobody else is named who they could be.
//! Two posts, or a person beside the post, and nothing is carried: words in another's mouth are worse than none.

use minutebook_record::text::{Word, words};
use minutebook_record::vocabulary::Roles;

use super::Seen;
use super::context::{Mention, Subject};

/// The word that stands for the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    /// "He/she".
    Either,
}

/// Who may be meant, and by which words.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    seen: Seen,
    he: bool,
    she: bool,
}

impl Carried {
    /// Whom the pronoun means, if it can be nobody else.
    pub(super) fn meant(&self, pronoun: Pronoun) -> Option<&Seen> {
        let sure = match pronoun {
            Pronoun::He => self.he,
            Pronoun::She => self.she,
            Pronoun::Either => self.he && self.she,
        };
        sure.then_some(&self.seen)
    }
}

/// Whom a pronoun of the next sentence can mean. `pronoun` is what this sentence itself began with.
pub(super) fn carry(
    before: Option<Carried>,
    pronoun: Option<Pronoun>,
    subject: &Subject,
    named: &Named,
) -> Option<Carried> {
    let mut carried = match subject {
        Subject::Posts(seen) => match seen.as_slice() {
            [only] => Carried { seen: only.clone(), he: true, she: true },
            _ => return None,
        },
        Subject::Person => return None,
        // "He added that it was late.", "Members asked about rents.": nobody new.
        Subject::Other => {
            let before = before?;
            if let Some(pronoun) = pronoun {
                before.meant(pronoun)?;
            }
            before
        }
    };
    if named.posts.iter().any(|post| *post != carried.seen.post) {
        return None;
    }
    carried.he &= !named.he;
    carried.she &= !named.she;
    (carried.he || carried.she).then_some(carried)
}

/// Who else a sentence names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// The posts, by their place in the item.
    posts: Vec<usize>,
    /// A person beside them whom "he" could mean.
    he: bool,
    /// A person beside them whom "she" could mean.
    she: bool,
}

/// Reads who is named: the posts of `mentions`, and persons who hold none of them.
pub(super) fn named(sentence: &str, mentions: &[Mention]) -> Named {
    let roles = Roles::shipped();
    let mut named =
        Named { posts: mentions.iter().map(|m| m.tag.post).collect(), ..Named::default() };
    let words = words(sentence);
    let mut mentions = mentions.iter().peekable();
    let mut last_end = None;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        while let Some(mention) = mentions.next_if(|m| m.end <= word.start) {
            last_end = Some(mention.end);
        }
        let inside = mentions.peek().is_some_and(|m| m.start <= word.start);
        let folded = word.folded();
        let title = is_capital(word) && roles.is_title(&folded);
        if inside || !(title || is_capital(word) && roles.is_given_name(&folded)) {
            at += 1;
            continue;
        }
        // The name goes on over capital words, up to the next post.
        let limit = mentions.peek().map_or(sentence.len(), |m| m.start);
        let mut end = at + 1;
        while let Some(next) = words.get(end).filter(|w| is_capital(w) && w.end <= limit) {
            let gap = sentence[words[end - 1].end..next.start].trim();
            if !matches!(gap, "" | "." | "-" | "'" | "\u{2019}") {
                break;
            }
            end += 1;
        }
        let stop = words[end - 1].end;
        let behind = |from: usize| only_marks(&sentence[from..word.start]);
        let holds = last_end.is_some_and(behind)
            || mentions.peek().is_some_and(|m| only_marks(&sentence[stop..m.start]));
        if !holds {
            named.he |=
                !matches!(folded.as_str(), "mrs" | "ms" | "miss" | "lady" | "dame" | "baroness");
            named.she |= !matches!(folded.as_str(), "mr" | "sir" | "father" | "fr");
        }
        at = end;
    }
    named
}

fn is_capital(word: &Word<'_>) -> bool {
    word.printed.starts_with(char::is_uppercase)
}

/// "Councillor Ash (Lead Member", "the Leader, Councillor Moss": the name of the holder stands right beside the post.
fn only_marks(between: &str) -> bool {
    let rest = between.trim().trim_end_matches("the").trim_end_matches("The").trim();
    rest.chars().count() <= 2
        && rest.chars().all(|c| matches!(c, ',' | '(' | ')' | '-' | '\u{2013}' | '\u{2014}' | '.'))
}
