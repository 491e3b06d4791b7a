//! Understanding: what an assembled meeting's words say: resolutions, roles, topics, votes, requests, references.
//!
//! Pure functions of records: nothing here knows HTML, files, a clock or a network. What a record already gives is respected;
//! only what is absent is read from the text, so minutes from any other system are understood the same way.

mod acronym;
mod attendance;
mod bound;
mod due;
mod reference;
mod request;
mod resolution;
mod role;
mod sentence;
mod topic;
mod vote;

use std::sync::LazyLock;

use minutebook_record::vocabulary::roles::Reading;
use minutebook_record::vocabulary::{Procedural, Roles, Topics};
use minutebook_record::{Item, Meeting};

pub use reference::{Numbers, link_references};
use topic::Tagger;

/// Fills what a meeting's record leaves open, with the vocabularies given.
///
/// The shipped vocabulary is made ready once; for another one over many meetings make a [`Reader`].
pub fn complete(meeting: &mut Meeting, topics: &Topics, procedural: &Procedural) {
    static SHIPPED: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(Topics::in_use()));
    if std::ptr::eq(topics, Topics::in_use()) {
        fill(meeting, &SHIPPED, procedural);
    } else {
        fill(meeting, &Tagger::new(topics), procedural);
    }
}

/// Vocabularies made ready for reading many meetings.
#[derive(Debug)]
pub struct Reader<'a> {
    tagger: Tagger,
    procedural: &'a Procedural,
}

impl<'a> Reader<'a> {
    /// Makes vocabularies ready.
    pub fn new(topics: &Topics, procedural: &'a Procedural) -> Reader<'a> {
        Reader { tagger: Tagger::new(topics), procedural }
    }

    /// Fills what a meeting's record leaves open, see [`complete`].
    pub fn complete(&self, meeting: &mut Meeting) {
        fill(meeting, &self.tagger, self.procedural);
    }
}

fn fill(meeting: &mut Meeting, tagger: &Tagger, procedural: &Procedural) {
    let mut acronyms = Vec::new();
    let date = meeting.date;
    let council = meeting.council.clone();
    let set_aside = bound::set_aside(&mut meeting.items);
    for item in &mut meeting.items {
        let posts = posts(item);
        if item.resolutions.is_none() {
            item.resolutions = Some(resolution::resolutions(&item.passages));
        }
        let is_procedural = match item.procedural {
            Some(judged) => judged,
            None => procedural.holds(item),
        };
        item.procedural = Some(is_procedural);
        if item.roles.is_none() {
            item.roles = Some(role::roles(&item.title, &item.passages, &posts, council.as_deref()));
        }
        if item.topics.is_none() {
            let tags = if is_procedural { Vec::new() } else { tagger.tags(item, &posts) };
            item.topics = Some(tags.iter().map(|tag| tag.topic.clone()).collect());
            item.topic_tags = tags;
        }
        if item.votes.is_empty() {
            item.votes = vote::votes(&item.passages);
        }
        if item.requests.is_empty() {
            item.requests = request::requests(item, date);
        }
        if item.references.is_empty() {
            item.references = reference::references(item);
        }
        for passage in &item.passages {
            acronyms.extend(acronym::acronyms(&passage.text));
        }
    }
    if meeting.attendance.is_empty() {
        meeting.attendance = attendance::attendance(meeting);
    }
    bound::put_back(&mut meeting.items, set_aside);
    if meeting.acronyms.is_empty() {
        for acronym in acronyms {
            if !meeting.acronyms.contains(&acronym) {
                meeting.acronyms.push(acronym);
            }
        }
    }
}

/// The posts named in each passage: read once, used for roles and topics.
fn posts(item: &Item) -> Vec<Vec<Reading>> {
    item.passages.iter().map(|passage| Roles::shipped().find(&passage.text)).collect()
}

#[cfg(test)]
mod growth;
#[cfg(test)]
mod tests;
