//! A meeting as the engine's documents: its head and its items.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use jiff::Timestamp;
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Doubt, How, Item, Kind, Meeting, Part, Resolution, Standing, Status, id};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::analysis::BREAK;
use crate::analysis::feed::{Analysed, Feed};
use crate::schema::{BUT_AGENDA, BUT_MINUTES, Fields, SEPARATOR, flags, speaker, voice};

/// A meeting's head as stored: the record without its items, and what they are called.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The meeting; `items` is empty.
    pub(crate) meeting: Meeting,
    /// Id and title of each item, in reading order.
    pub(crate) order: Vec<(String, String)>,
}

/// The day as a number that sorts.
pub(crate) fn day_number(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// Whether an item is procedural: as judged upstream, else by its title.
pub(crate) fn is_routine(item: &Item) -> bool {
    item.procedural.unwrap_or_else(|| Procedural::shipped().is_procedural(&item.title))
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

/// What is needed to analyse texts, used again for each.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    feed: Feed,
    whole: Analysed,
    short: Analysed,
}

/// What items and head of one meeting share.
struct Shared<'a> {
    fields: &'a Fields,
    meeting: &'a Meeting,
    committee: String,
    council: Option<String>,
    first_seen: Timestamp,
}

impl Shared<'_> {
    fn document(&self, flags: u64) -> TantivyDocument {
        let (fields, meeting) = (self.fields, self.meeting);
        let mut document = TantivyDocument::new();
        document.add_text(fields.meeting, &meeting.id);
        document.add_text(fields.site, &meeting.site);
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

/// A meeting as stored: JSON of its head and of each item.
pub(crate) struct Stored {
    head: String,
    items: Vec<String>,
}

impl Stored {
    /// What is stored of a meeting.
    pub(crate) fn of(meeting: &Meeting) -> Result<Stored, serde_json::Error> {
        let order = meeting.items.iter().map(|item| (item.id.clone(), item.title.clone()));
        let head = Head { meeting: without_items(meeting), order: order.collect() };
        let items = meeting.items.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        Ok(Stored { head: serde_json::to_string(&head)?, items })
    }

    /// A hash of all of it: a meeting with the same one is the same.
    pub(crate) fn hash(&self) -> u64 {
        let mut hash = DefaultHasher::new();
        self.head.hash(&mut hash);
        self.items.hash(&mut hash);
        hash.finish()
    }
}

/// The documents of one meeting. `seen` tells when an item was first seen in an earlier build.
pub(crate) fn documents(
    fields: &Fields,
    meeting: &Meeting,
    stored: &Stored,
    first_seen: Timestamp,
    seen: impl Fn(&str) -> Option<i64>,
    analysis: &mut Analysis,
) -> Vec<TantivyDocument> {
    let committee = &meeting.committee;
    let slug = committee.slug_or_derived();
    let lineage = committee.lineage.as_deref().unwrap_or(&slug);
    let shared = Shared {
        fields,
        meeting,
        committee: joined(&[&slug, lineage, &committee.name]),
        council: meeting.council.as_deref().map(|name| joined(&[&id::slug(name), name])),
        first_seen: meeting.source.first_seen.unwrap_or(first_seen),
    };
    let mut documents = Vec::with_capacity(meeting.items.len() + 1);
    documents.push(head(&shared, stored));
    for (place, (item, record)) in meeting.items.iter().zip(&stored.items).enumerate() {
        let mut document = item_document(&shared, item, place, &seen, analysis);
        document.add_text(fields.record, record);
        documents.push(document);
    }
    documents
}

fn head(shared: &Shared<'_>, stored: &Stored) -> TantivyDocument {
    let (fields, meeting) = (shared.fields, shared.meeting);
    let unread = if unread(&meeting.doubts).is_some() { flags::UNREADABLE } else { 0 };
    let mut document = shared.document(flags::MEETING | unread);
    document.add_text(fields.head, &meeting.id);
    document.add_u64(fields.hash, stored.hash());
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

/// The meeting without its items, which may be long: not cloned only to be thrown away.
fn without_items(meeting: &Meeting) -> Meeting {
    Meeting {
        format: meeting.format,
        site: meeting.site.clone(),
        council: meeting.council.clone(),
        id: meeting.id.clone(),
        committee: meeting.committee.clone(),
        date: meeting.date,
        time: meeting.time.clone(),
        title: meeting.title.clone(),
        status: meeting.status,
        status_from: meeting.status_from.clone(),
        url: meeting.url.clone(),
        venue: meeting.venue.clone(),
        language: meeting.language.clone(),
        attendance: meeting.attendance.clone(),
        items: Vec::new(),
        documents: meeting.documents.clone(),
        acronyms: meeting.acronyms.clone(),
        doubts: meeting.doubts.clone(),
        source: meeting.source.clone(),
    }
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
    let mut document = shared.document(bits);
    document.add_text(fields.id, &item.id);
    let own = item.source.as_ref().and_then(|source| source.first_seen);
    let first_seen = own.unwrap_or(shared.first_seen).as_second();
    document.add_i64(fields.first_seen, seen(&item.id).map_or(first_seen, |s| s.min(first_seen)));
    if let Some(number) = &item.number {
        for form in number_forms(number) {
            document.add_text(fields.tag, format!("n:{form}"));
        }
    }
    add_text(&mut document, fields, item, analysis);
    add_readings(&mut document, fields, item);
    for (prefix, value) in
        [("c", &shared.committee), ("o", shared.council.as_ref().unwrap_or(&String::new()))]
    {
        if let Some(slug) = value.split(SEPARATOR).next().filter(|slug| !slug.is_empty()) {
            document.add_text(fields.tag, format!("{prefix}:{slug}"));
        }
    }
    if let Some(date) = shared.meeting.date {
        document.add_text(fields.tag, format!("y:{}", date.year()));
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

fn add_text(document: &mut TantivyDocument, fields: &Fields, item: &Item, analysis: &mut Analysis) {
    let Analysis { feed, whole, short } = analysis;
    let (text, stretches) = whole_text(item);
    feed.analyse(&text, whole);
    document.add_text(fields.words, &whole.stems);
    document.add_text(fields.exact, &whole.exact);
    feed.analyse(&item.title, short);
    document.add_text(fields.title, &short.stems);
    document.add_text(fields.title_exact, &short.exact);
    let mut decided = String::new();
    item.resolutions().iter().for_each(|resolution| push(&mut decided, &resolution.text));
    if !decided.is_empty() {
        feed.analyse(&decided, short);
        document.add_text(fields.decided, &short.stems);
        document.add_text(fields.decided_exact, &short.exact);
    }
    for (there, elsewhere, tag, agenda) in [
        (fields.minutes, fields.not_minutes, BUT_MINUTES, false),
        (fields.agenda, fields.not_agenda, BUT_AGENDA, true),
    ] {
        let of_part = item.passages.iter().zip(&stretches);
        let of_part = of_part.filter(|(passage, _)| (passage.part == Part::Agenda) == agenda);
        let of_part: Vec<_> = of_part.map(|(_, stretch)| stretch.clone()).collect();
        let (inside, outside) = (feed.within(whole, &of_part, ""), feed.outside(whole, &of_part));
        if inside.len() <= outside.len() {
            document.add_text(there, inside);
        } else {
            document.add_text(fields.tag, tag);
            document.add_text(elsewhere, outside);
        }
    }
    for (place, (post, passages)) in spoken(item).into_iter().enumerate() {
        let said: Vec<_> = passages.iter().filter_map(|at| stretches.get(*at)).cloned().collect();
        document.add_text(fields.spoken, feed.within(whole, &said, &speaker(place)));
        document.add_text(fields.tag, voice(place, post));
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

fn add_readings(document: &mut TantivyDocument, fields: &Fields, item: &Item) {
    let mut topics: Vec<&str> = Vec::new();
    for topic in item.topics() {
        for slug in std::iter::once(topic.as_str()).chain(Topics::shipped().ancestors(topic)) {
            if !topics.contains(&slug) {
                topics.push(slug);
            }
        }
    }
    for topic in topics {
        document.add_text(fields.topic, topic);
        document.add_text(fields.tag, format!("t:{topic}"));
    }
    for topic in item.topics() {
        // The topic itself, without what is counted under it from narrower ones.
        document.add_text(fields.tag, format!("T:{topic}"));
    }
    let mut kinds = 0;
    for resolution in item.resolutions() {
        kinds |= 1 << kind_bit(resolution.kind);
    }
    document.add_u64(fields.kinds, kinds);
    for kind in Kind::ALL.into_iter().filter(|kind| kinds & 1 << kind_bit(*kind) != 0) {
        document.add_text(fields.tag, format!("k:{}", kind.as_str()));
    }
    for role in item.roles() {
        document.add_text(fields.role, joined(&[&role.slug, role.how.as_str(), &role.printed]));
        document.add_text(fields.tag, format!("r:{}", role.slug));
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
