//! A meeting as the engine's documents: its head and its items.

use jiff::Timestamp;
use minutebook_record::vocabulary::{Procedural, Topics};
use minutebook_record::{Doubt, How, Item, Kind, Meeting, Part, Standing, Status, id};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::analysis::BREAK;
use crate::schema::{Fields, SEPARATOR, flags, speaker};

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

/// The documents of one meeting. `seen` tells when an item was first seen in an earlier build.
pub(crate) fn documents(
    fields: &Fields,
    meeting: &Meeting,
    hash: u64,
    first_seen: Timestamp,
    seen: impl Fn(&str) -> Option<i64>,
) -> Result<Vec<TantivyDocument>, serde_json::Error> {
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
    documents.push(head(&shared, hash)?);
    for (place, item) in meeting.items.iter().enumerate() {
        documents.push(item_document(&shared, item, place, &seen)?);
    }
    Ok(documents)
}

fn head(shared: &Shared<'_>, hash: u64) -> Result<TantivyDocument, serde_json::Error> {
    let (fields, meeting) = (shared.fields, shared.meeting);
    let unread = if unread(&meeting.doubts).is_some() { flags::UNREADABLE } else { 0 };
    let mut document = shared.document(flags::MEETING | unread);
    document.add_text(fields.head, &meeting.id);
    document.add_u64(fields.hash, hash);
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
    let stored = Head {
        meeting: Meeting { items: Vec::new(), ..meeting.clone() },
        order: meeting.items.iter().map(|item| (item.id.clone(), item.title.clone())).collect(),
    };
    document.add_bytes(fields.record, &serde_json::to_vec(&stored)?);
    Ok(document)
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
) -> Result<TantivyDocument, serde_json::Error> {
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
    document.add_bytes(fields.record, &serde_json::to_vec(item)?);
    if let Some(number) = &item.number {
        for form in number_forms(number) {
            document.add_text(fields.tag, format!("n:{form}"));
        }
    }
    add_text(&mut document, fields, item);
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
    Ok(document)
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

fn add_text(document: &mut TantivyDocument, fields: &Fields, item: &Item) {
    let mut whole = item.title.clone();
    let mut parts = [String::new(), String::new()];
    for passage in &item.passages {
        push(&mut whole, &passage.text);
        push(&mut parts[usize::from(passage.part == Part::Agenda)], &passage.text);
    }
    let mut decided = String::new();
    for resolution in item.resolutions() {
        push(&mut decided, &resolution.text);
        // Clauses come out of the passages; what does not is found all the same.
        let lead = resolution.passage.and_then(|at| item.passages.get(at));
        let printed = lead.is_some_and(|p| p.text.contains(resolution.text.as_str()))
            || item.passages.iter().any(|p| p.text.contains(resolution.text.as_str()));
        if !printed {
            push(&mut whole, &resolution.text);
        }
    }
    document.add_text(fields.words, &whole);
    document.add_text(fields.exact, &whole);
    document.add_text(fields.title, &item.title);
    document.add_text(fields.title_exact, &item.title);
    if !decided.is_empty() {
        document.add_text(fields.decided, &decided);
        document.add_text(fields.decided_exact, &decided);
    }
    let [minutes, agenda] = parts;
    for (field, text) in [(fields.minutes, minutes), (fields.agenda, agenda)] {
        if !text.is_empty() {
            document.add_text(field, &text);
        }
    }
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
    let mut spoken: Vec<(&str, String)> = Vec::new();
    for role in item.roles() {
        document.add_text(fields.role, joined(&[&role.slug, role.how.as_str(), &role.printed]));
        document.add_text(fields.tag, format!("r:{}", role.slug));
        if !role.how.has_voice() {
            continue;
        }
        document.add_text(fields.tag, format!("b:{}", role.slug));
        let at = spoken.iter().position(|(slug, _)| *slug == role.slug).unwrap_or_else(|| {
            spoken.push((&role.slug, format!("{}\n", speaker(&role.slug))));
            spoken.len() - 1
        });
        for passage in role.passages.iter().filter_map(|at| item.passages.get(*at)) {
            push(&mut spoken[at].1, &passage.text);
        }
    }
    for (_, text) in spoken {
        document.add_text(fields.spoken, &text);
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
