//! A meeting as the engine's documents: its head and its items.

use std::ops::Range;

use jiff::Timestamp;
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Doubt, How, Item, Kind, Meeting, Part, Resolution, Standing, Status, id};
use tantivy::TantivyDocument;

use super::batch::{Batch, Stands};
use super::stored::Stored;
use crate::analysis::BREAK;
use crate::analysis::feed::Analysed;
use crate::schema::{
    BUT_AGENDA, BUT_MINUTES, Fields, SEPARATOR, VOICES, flags, not_voice, put, voice,
};

/// The day as a number that sorts.
pub(crate) fn day_number(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// Whether an item is procedural: as judged upstream, else by its title and what it decided.
pub(crate) fn is_routine(item: &Item) -> bool {
    item.procedural.unwrap_or_else(|| Procedural::shipped().holds(item))
}

fn joined(parts: &[&str]) -> String {
    parts.join(SEPARATOR.to_string().as_str())
}

fn status_bits(status: Status) -> u64 {
    let number = match status {
        Status::Agenda => 0,
        Status::Draft => 1,
        Status::Approved => 2,
        Status::Cancelled => 3,
    };
    number << flags::STATUS_SHIFT
}

/// What was found in an item's texts; the room is used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    whole: Analysed,
    short: Analysed,
}

/// What items and head of one meeting share.
struct Shared<'a> {
    fields: &'a Fields,
    meeting: &'a Meeting,
    /// See [`put`].
    put: String,
    committee: String,
    council: Option<String>,
    first_seen: Timestamp,
}

impl Shared<'_> {
    fn document(&self, flags: u64, batch: &mut Batch) -> TantivyDocument {
        let (fields, meeting) = (self.fields, self.meeting);
        batch.name(fields.meeting, &self.put);
        batch.name(fields.site, &meeting.site);
        let mut document = TantivyDocument::new();
        document.add_text(fields.meeting, &meeting.id);
        document.add_text(fields.committee, &self.committee);
        if let Some(council) = &self.council {
            document.add_text(fields.council, council);
        }
        if let Some(date) = meeting.date {
            document.add_i64(fields.day, day_number(date));
        }
        document.add_u64(fields.flags, flags | status_bits(meeting.status));
        document
    }
}

/// Adds the documents of one meeting to a batch. `seen` tells when an item was first seen in an earlier build.
pub(crate) fn add(
    batch: &mut Batch,
    fields: &Fields,
    meeting: &Meeting,
    stored: &Stored,
    first_seen: Timestamp,
    seen: impl Fn(&str) -> Option<i64>,
    analysis: &mut Analysis,
) -> tantivy::Result<()> {
    let committee = &meeting.committee;
    let slug = committee.slug_or_derived();
    let lineage = committee.lineage.as_deref().unwrap_or(&slug);
    let shared = Shared {
        fields,
        meeting,
        put: put(&meeting.id, stored.hash),
        committee: joined(&[&slug, lineage, &committee.name]),
        council: meeting.council.as_deref().map(|name| joined(&[&id::slug(name), name])),
        first_seen: meeting.source.first_seen.unwrap_or(first_seen),
    };
    batch.hold(&meeting.id);
    let document = head(&shared, stored, batch);
    batch.close(&document)?;
    for (place, (item, record)) in meeting.items.iter().zip(&stored.items).enumerate() {
        let mut document = item_document(&shared, item, place, &seen, batch, analysis);
        document.add_text(fields.record, record);
        batch.close(&document)?;
    }
    Ok(())
}

fn head(shared: &Shared<'_>, stored: &Stored, batch: &mut Batch) -> TantivyDocument {
    let (fields, meeting) = (shared.fields, shared.meeting);
    let unread = if unread(&meeting.doubts).is_some() { flags::UNREADABLE } else { 0 };
    let mut document = shared.document(flags::MEETING | unread, batch);
    batch.name(fields.head, &meeting.id);
    document.add_u64(fields.hash, stored.hash);
    let fetched = std::iter::once(&meeting.source)
        .chain(meeting.items.iter().filter_map(|item| item.source.as_ref()))
        .filter_map(|source| source.fetched_at)
        .max();
    if let Some(fetched) = fetched {
        document.add_i64(fields.fetched, fetched.as_second());
    }
    for acronym in &meeting.acronyms {
        document.add_text(fields.acronym, joined(&[&acronym.short, &acronym.long]));
    }
    document.add_text(fields.record, &stored.head);
    document
}

/// The doubt that says that words were published only in a document nobody could read, if there is one; the one that names the
/// document goes first.
pub(crate) fn unread(doubts: &[Doubt]) -> Option<&Doubt> {
    let of_pdf = doubts.iter().find(|doubt| doubt.kind.starts_with("pdf"));
    of_pdf.or_else(|| doubts.iter().find(|doubt| doubt.kind == "minutes-only-printed"))
}

fn item_document(
    shared: &Shared<'_>,
    item: &Item,
    place: usize,
    seen: impl Fn(&str) -> Option<i64>,
    batch: &mut Batch,
    analysis: &mut Analysis,
) -> TantivyDocument {
    let fields = shared.fields;
    let mut bits = flags::place(place);
    if is_routine(item) {
        bits |= flags::ROUTINE;
    }
    if item.standing == Standing::Restricted {
        bits |= flags::RESTRICTED;
    }
    if item.passages.is_empty() && unread(&item.doubts).is_some() {
        bits |= flags::UNREADABLE;
    }
    let mut document = shared.document(bits, batch);
    batch.name(fields.id, &item.id);
    let own = item.source.as_ref().and_then(|source| source.first_seen);
    let first_seen = own.unwrap_or(shared.first_seen).as_second();
    document.add_i64(fields.first_seen, seen(&item.id).map_or(first_seen, |s| s.min(first_seen)));
    if let Some(number) = &item.number {
        for form in number_forms(number) {
            batch.name(fields.tag, &format!("n:{form}"));
        }
    }
    add_text(batch, fields, item, analysis);
    add_readings(&mut document, batch, fields, item);
    for (prefix, value) in
        [("c", &shared.committee), ("o", shared.council.as_ref().unwrap_or(&String::new()))]
    {
        if let Some(slug) = value.split(SEPARATOR).next().filter(|slug| !slug.is_empty()) {
            batch.name(fields.tag, &format!("{prefix}:{slug}"));
        }
    }
    if let Some(date) = shared.meeting.date {
        batch.name(fields.tag, &format!("y:{}", date.year()));
    }
    document
}

/// The forms an item's number is asked for in: `111.`, `Minute 111`, `C131`, `45/12`.
pub(crate) fn number_forms(number: &str) -> Vec<String> {
    let plain: String =
        number.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
    let bare: String =
        plain.chars().filter(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-')).collect();
    let mut forms = vec![plain];
    if !bare.is_empty() && !forms.contains(&bare) {
        forms.push(bare);
    }
    forms.retain(|form| !form.is_empty());
    forms
}

/// The longest text of which capitals tell something though nothing else is in it, see `analysis/scan`.
const SHORT: usize = 6;

/// The item's whole text, and where each passage stands in it.
fn whole_text(item: &Item) -> (String, Vec<Range<usize>>) {
    let mut whole = item.title.clone();
    let mut stretches = Vec::with_capacity(item.passages.len());
    for passage in &item.passages {
        push(&mut whole, &passage.text);
        stretches.push(whole.len() - passage.text.len()..whole.len());
    }
    for resolution in item.resolutions() {
        // Clauses come out of the passages; what does not is found all the same.
        if !is_printed(item, resolution) {
            push(&mut whole, &resolution.text);
        }
    }
    (whole, stretches)
}

/// Whether a clause stands in a passage as it is.
fn is_printed(item: &Item, clause: &Resolution) -> bool {
    let text = clause.text.as_str();
    let own = clause.passage.and_then(|at| item.passages.get(at));
    let can = || item.passages.iter().map(|p| p.text.as_str()).filter(|p| p.len() >= text.len());
    // Mostly it begins or ends its passage, which is found without searching.
    own.into_iter().any(|p| p.text.ends_with(text) || p.text.contains(text))
        || can().any(|p| p.ends_with(text) || p.starts_with(text))
        || can().any(|p| p.contains(text))
}

fn add_text(batch: &mut Batch, fields: &Fields, item: &Item, analysis: &mut Analysis) {
    let Analysis { whole, short } = analysis;
    let (text, stretches) = whole_text(item);
    batch.feed.analyse(&text, item.title.len(), whole);
    batch.whole(whole);
    if item.title.len() <= SHORT {
        // Alone its capitals tell more than before other text.
        batch.feed.analyse(&item.title, item.title.len(), short);
        batch.title(short.head());
    } else {
        batch.title(whole.head());
    }
    let mut decided = String::new();
    item.resolutions().iter().for_each(|resolution| push(&mut decided, &resolution.text));
    if !decided.is_empty() {
        batch.feed.analyse(&decided, 0, short);
        batch.decided(short);
    }
    for (there, elsewhere, tag, agenda) in [
        (Stands::Minutes, Stands::NotMinutes, BUT_MINUTES, false),
        (Stands::Agenda, Stands::NotAgenda, BUT_AGENDA, true),
    ] {
        let of_part = item.passages.iter().zip(&stretches);
        let of_part = of_part.filter(|(passage, _)| (passage.part == Part::Agenda) == agenda);
        let of_part: Vec<_> = of_part.map(|(_, stretch)| stretch.clone()).collect();
        let inside = batch.feed.within(whole, &of_part);
        let outside = batch.feed.outside(whole, &of_part);
        if inside.len() <= outside.len() {
            batch.list(there, inside);
        } else {
            batch.name(fields.tag, tag);
            batch.list(elsewhere, outside);
        }
    }
    for (place, (post, passages)) in spoken(item).into_iter().enumerate() {
        let said: Vec<_> = passages.iter().filter_map(|at| stretches.get(*at)).cloned().collect();
        let inside = batch.feed.within(whole, &said);
        // The last place is shared, and holds what any of its posts says.
        let outside = (place + 1 < VOICES).then(|| batch.feed.outside(whole, &said));
        if let Some(outside) = outside.filter(|outside| outside.len() < inside.len()) {
            batch.name(fields.tag, &not_voice(place, post));
            batch.list(Stands::NotSpoken(place), outside);
        } else {
            batch.name(fields.tag, &voice(place, post));
            batch.list(Stands::Spoken(place), inside);
        }
    }
}

/// The posts that speak, each with the passages it does so in.
fn spoken(item: &Item) -> Vec<(&str, Vec<usize>)> {
    let mut spoken: Vec<(&str, Vec<usize>)> = Vec::new();
    for role in item.roles().iter().filter(|role| role.how.has_voice()) {
        let at = spoken.iter().position(|(slug, _)| *slug == role.slug).unwrap_or_else(|| {
            spoken.push((&role.slug, Vec::new()));
            spoken.len() - 1
        });
        spoken[at].1.extend(&role.passages);
    }
    spoken
}

fn push(to: &mut String, text: &str) {
    if !to.is_empty() {
        to.push(BREAK);
    }
    // A break of the source's own would pass for ours.
    if text.contains(BREAK) {
        to.push_str(&text.replace(BREAK, " "));
    } else {
        to.push_str(text);
    }
}

fn add_readings(document: &mut TantivyDocument, batch: &mut Batch, fields: &Fields, item: &Item) {
    let mut topics: Vec<&str> = Vec::new();
    for topic in item.topics() {
        for slug in std::iter::once(topic.as_str()).chain(Topics::in_use().ancestors(topic)) {
            if !topics.contains(&slug) {
                topics.push(slug);
            }
        }
    }
    for topic in topics {
        document.add_text(fields.topic, topic);
        batch.name(fields.tag, &format!("t:{topic}"));
    }
    for topic in item.topics() {
        // The topic itself, without what is counted under it from narrower ones.
        batch.name(fields.tag, &format!("T:{topic}"));
    }
    let mut kinds = 0;
    for resolution in item.resolutions() {
        kinds |= 1 << kind_bit(resolution.kind);
    }
    document.add_u64(fields.kinds, kinds);
    for kind in Kind::ALL.into_iter().filter(|kind| kinds & 1 << kind_bit(*kind) != 0) {
        batch.name(fields.tag, &format!("k:{}", kind.as_str()));
    }
    for role in item.roles() {
        document.add_text(fields.role, joined(&[&role.slug, role.how.as_str(), &role.printed]));
        batch.name(fields.tag, &format!("r:{}", role.slug));
    }
}

/// The bit of a kind in the `kinds` column.
pub(crate) fn kind_bit(kind: Kind) -> usize {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or_default()
}

/// Whether a role's mention lets its post speak.
pub(crate) fn is_voice(how: &str) -> bool {
    [How::Spoke, How::Presented, How::Advised].iter().any(|voice| voice.as_str() == how)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_asked_for() {
        assert_eq!(number_forms("111."), ["111"]);
        assert_eq!(number_forms("C 131"), ["c131"]);
        assert_eq!(number_forms("7(a)"), ["7(a)", "7a"]);
        assert_eq!(number_forms("45/12"), ["45/12"]);
        assert!(number_forms(" . ").is_empty());
    }

    #[test]
    fn days_sort_across_the_epoch() {
        let day = |text: &str| day_number(text.parse().unwrap());
        assert_eq!(day("1970-01-02"), 1);
        assert_eq!(day("1969-12-31"), -1);
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
    }
}
