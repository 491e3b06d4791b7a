//! What filters, facets and sorting need of each document, decoded once a segment and kept: 32 bytes a document, and its roles
//! and topics beside.
//!
//! Names are numbered over all segments, so that counting is adding up into one array.

use std::collections::HashMap;

use tantivy::columnar::{Column as Values, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

use super::slots::{Counters, Slots};
use super::values::{Lists, TOGETHER};
use crate::schema::{SEPARATOR, flags};
use crate::writer::is_voice;

/// The day of a document without a date.
pub(crate) const NO_DAY: i32 = i32::MIN;
/// The year of a document without a date.
pub(crate) const NO_YEAR: i16 = i16::MIN;
/// The number of an absent name.
pub(crate) const NONE: u32 = u32::MAX;

/// One document's fixed columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Days since the epoch, or [`NO_DAY`].
    pub(crate) day: i32,
    /// Calendar year, or [`NO_YEAR`].
    pub(crate) year: i16,
    /// See [`flags`].
    pub(crate) flags: u8,
    /// Place in the meeting, from 0.
    pub(crate) place: u16,
    /// A bit for each kind of decision.
    pub(crate) kinds: u8,
    /// Number of the committee.
    pub(crate) committee: u32,
    /// Number of the council, or [`NONE`].
    pub(crate) council: u32,
    /// Seconds since the epoch.
    pub(crate) first_seen: i64,
}

impl Row {
    pub(crate) fn is_item(self) -> bool {
        u64::from(self.flags) & flags::MEETING == 0
    }

    pub(crate) fn is_routine(self) -> bool {
        u64::from(self.flags) & flags::ROUTINE != 0
    }

    /// Whether its words were published only in a document nobody could read.
    pub(crate) fn is_unreadable(self) -> bool {
        u64::from(self.flags) & flags::UNREADABLE != 0
    }
}

/// A role's number with whether the post spoke, in one.
pub(crate) const SPOKE: u32 = 1 << 31;

/// The rows of one segment.
#[derive(Debug)]
pub(crate) struct SegmentRows {
    /// Which segment.
    pub(crate) id: SegmentId,
    /// One for each document.
    pub(crate) rows: Vec<Row>,
    /// What counting needs of them.
    pub(crate) slots: Slots,
    /// Topics with their ancestors.
    pub(crate) topics: Lists,
    /// Roles, each once; [`SPOKE`] set where the post spoke.
    pub(crate) roles: Lists,
    /// Hash-free facts of meetings: when their newest page was fetched.
    pub(crate) fetched: Option<i64>,
    /// Acronyms defined, by their number: the council's number, short and long form, how often.
    pub(crate) acronyms: Vec<(u32, String, String, usize)>,
}

/// Names, each numbered once over all segments.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    numbers: HashMap<String, u32>,
    /// Slug by number.
    pub(crate) slugs: Vec<String>,
    /// Label by number, the first printed.
    pub(crate) labels: Vec<String>,
    /// How often each printed form of a name occurs, where names are printed in several ways.
    pub(crate) printed: Vec<HashMap<String, usize>>,
    /// Counter by number, where there is one, see `slots.rs`.
    pub(crate) slots: Vec<u32>,
}

impl Names {
    fn number(&mut self, slug: &str, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(slug) {
            return *number;
        }
        let number = u32::try_from(self.slugs.len()).unwrap_or(NONE - 1);
        self.numbers.insert(slug.to_owned(), number);
        self.slugs.push(slug.to_owned());
        self.labels.push(label.to_owned());
        self.printed.push(HashMap::new());
        number
    }

    /// The number of a slug.
    pub(crate) fn get(&self, slug: &str) -> Option<u32> {
        self.numbers.get(slug).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.slugs.len()
    }

    fn printed(&mut self, number: u32, form: &str, times: usize) {
        if let Some(forms) = self.printed.get_mut(number as usize) {
            *forms.entry(form.to_owned()).or_default() += times;
        }
    }
}

/// All names of an index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interned {
    pub(crate) committees: Names,
    /// Lineage of each committee, by its number.
    pub(crate) lineages: Vec<String>,
    pub(crate) councils: Names,
    pub(crate) roles: Names,
    pub(crate) topics: Names,
    pub(crate) counters: Counters,
}

impl SegmentRows {
    /// Decodes a segment's columns, roles and topics beside the others.
    pub(crate) fn read(segment: &SegmentReader, names: &mut Interned) -> tantivy::Result<Self> {
        let Interned { committees, lineages, councils, roles, topics, counters } = names;
        let (rows, named_topics, named_roles) = std::thread::scope(|scope| {
            let beside = scope.spawn(|| (read_topics(segment, topics), read_roles(segment, roles)));
            let rows = read_rows(segment, committees, lineages, councils);
            let (topics, roles) =
                beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (rows, topics, roles)
        });
        let (rows, named_topics, named_roles) = (rows?, named_topics?, named_roles?);
        for names in [topics, roles] {
            names.slots.resize_with(names.slugs.len(), || counters.give());
        }
        let fetched = segment.fast_fields().i64("fetched")?;
        Ok(Self {
            id: segment.segment_id(),
            slots: Slots::of_rows(&rows, &named_topics, &named_roles, names),
            topics: named_topics,
            roles: named_roles,
            acronyms: acronyms(segment, &rows)?,
            rows,
            fetched: fetched.values.iter().max(),
        })
    }
}

/// The values of some documents in a column of single values.
fn some<T>(column: Option<&Values<T>>, docs: &[DocId]) -> Vec<Option<T>>
where
    T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static,
{
    let mut values = vec![None; docs.len()];
    if let Some(column) = column {
        column.first_vals(docs, &mut values);
    }
    values
}

fn read_rows(
    segment: &SegmentReader,
    committees: &mut Names,
    lineages: &mut Vec<String>,
    councils: &mut Names,
) -> tantivy::Result<Vec<Row>> {
    let columns = segment.fast_fields();
    let (days, flags) = (columns.i64("day")?, columns.u64("flags")?);
    let (kinds, seen) = (columns.u64("kinds")?, columns.i64("first_seen")?);
    let committee = columns.str("committee")?;
    let committee_of = terms(committee.as_ref(), |parts| {
        let number = committees.number(parts[0], parts.get(2).unwrap_or(&parts[0]));
        lineages.resize(committees.len(), String::new());
        let lineage = *parts.get(1).unwrap_or(&parts[0]);
        lineage.clone_into(&mut lineages[number as usize]);
        number
    })?;
    let council = columns.str("council")?;
    let council_of = terms(council.as_ref(), |parts| {
        councils.number(parts[0], parts.get(1).unwrap_or(&parts[0]))
    })?;
    let named = |ord: Option<u64>, numbers: &[u32]| {
        ord.and_then(|ord| numbers.get(usize::try_from(ord).ok()?).copied()).unwrap_or(NONE)
    };
    let all: Vec<DocId> = (0..segment.max_doc()).collect();
    let mut rows = Vec::with_capacity(all.len());
    // Of one meeting, mostly, is the document before.
    let (mut last_day, mut last_year) = (NO_DAY, NO_YEAR);
    for docs in all.chunks(TOGETHER) {
        let (days, flags) = (some(Some(&days), docs), some(Some(&flags), docs));
        let (kinds, seen) = (some(Some(&kinds), docs), some(Some(&seen), docs));
        let committee = some(committee.as_ref().map(|column| column.ords()), docs);
        let council = some(council.as_ref().map(|column| column.ords()), docs);
        for at in 0..docs.len() {
            let day = days[at].and_then(|day| i32::try_from(day).ok()).unwrap_or(NO_DAY);
            if day != last_day {
                (last_day, last_year) = (day, year(day));
            }
            let flags = flags[at].unwrap_or_default();
            let row = Row {
                day,
                year: last_year,
                flags: u8::try_from(flags & 0xff).unwrap_or_default(),
                place: u16::try_from(flags >> flags::PLACE_SHIFT).unwrap_or(u16::MAX),
                kinds: u8::try_from(kinds[at].unwrap_or_default()).unwrap_or_default(),
                committee: named(committee[at], &committee_of),
                council: named(council[at], &council_of),
                first_seen: seen[at].unwrap_or_default(),
            };
            rows.push(row);
        }
    }
    Ok(rows)
}

fn read_topics(segment: &SegmentReader, names: &mut Names) -> tantivy::Result<Lists> {
    let column = segment.fast_fields().str("topic")?;
    let shipped = minutebook_record::vocabulary::Topics::in_use();
    let numbers = terms(column.as_ref(), |parts| names.number(parts[0], &shipped.label(parts[0])))?;
    Ok(Lists::read(column.as_ref(), segment.max_doc(), |ord| numbers.get(ord).copied()))
}

fn read_roles(segment: &SegmentReader, names: &mut Names) -> tantivy::Result<Lists> {
    let column = segment.fast_fields().str("role")?;
    let mut forms = Vec::new();
    let numbers = terms(column.as_ref(), |parts| {
        let printed = parts.get(2).unwrap_or(&parts[0]);
        let number = names.number(parts[0], printed);
        forms.push((number, (*printed).to_owned(), 0_usize));
        number | if is_voice(parts.get(1).unwrap_or(&"")) { SPOKE } else { 0 }
    })?;
    let lists = Lists::read(column.as_ref(), segment.max_doc(), |ord| {
        if let Some(form) = forms.get_mut(ord) {
            form.2 += 1;
        }
        numbers.get(ord).copied()
    });
    for (number, printed, times) in forms {
        names.printed(number, &printed, times);
    }
    Ok(lists)
}

fn acronyms(
    segment: &SegmentReader,
    rows: &[Row],
) -> tantivy::Result<Vec<(u32, String, String, usize)>> {
    let Some(column) = segment.fast_fields().str("acronym")? else { return Ok(Vec::new()) };
    let mut pairs = Vec::new();
    terms(Some(&column), |parts| {
        pairs.push((parts[0].to_owned(), (*parts.get(1).unwrap_or(&"")).to_owned()));
        0
    })?;
    let mut counts: HashMap<(u32, u64), usize> = HashMap::new();
    for doc in 0..segment.max_doc() {
        for ord in column.term_ords(doc) {
            *counts.entry((rows[doc as usize].council, ord)).or_default() += 1;
        }
    }
    Ok(counts
        .into_iter()
        .filter_map(|((council, ord), times)| {
            let (short, long) = pairs.get(usize::try_from(ord).ok()?)?.clone();
            Some((council, short, long, times))
        })
        .collect())
}

/// The value `each` makes of every term of a column, by the term's number in it.
fn terms(
    column: Option<&StrColumn>,
    mut each: impl FnMut(&[&str]) -> u32,
) -> tantivy::Result<Vec<u32>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let term = std::str::from_utf8(stream.key()).unwrap_or_default();
        let parts: Vec<&str> = term.split(SEPARATOR).collect();
        values.push(each(&parts));
    }
    Ok(values)
}

fn year(day: i32) -> i16 {
    if day == NO_DAY {
        return NO_YEAR;
    }
    date(day).map_or(NO_YEAR, jiff::civil::Date::year)
}

/// The day a number stands for.
pub(crate) fn date(day: i32) -> Option<jiff::civil::Date> {
    if day == NO_DAY {
        return None;
    }
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}
