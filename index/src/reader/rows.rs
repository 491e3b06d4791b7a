//! What filters, facets and sorting need of each document, decoded once a segment and kept: 24 bytes a document, and its roles
//! and topics beside.
//!
//! Names are numbered over all segments, so that counting is adding up into one array.

use std::collections::HashMap;

use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

use super::slots::{Counters, Slots};
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

/// Several numbers for each document, in one array.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    #[inline]
    pub(crate) fn of(&self, doc: DocId) -> &[u32] {
        match self.starts.get(doc as usize..) {
            Some([from, to, ..]) => {
                self.values.get(*from as usize..*to as usize).unwrap_or_default()
            }
            _ => &[],
        }
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
    /// Counter by number, see `slots.rs`.
    pub(crate) slots: Vec<u32>,
}

impl Names {
    fn number(&mut self, slug: &str, label: &str, counters: &mut Counters) -> u32 {
        if let Some(number) = self.numbers.get(slug) {
            return *number;
        }
        let number = u32::try_from(self.slugs.len()).unwrap_or(NONE - 1);
        self.numbers.insert(slug.to_owned(), number);
        self.slugs.push(slug.to_owned());
        self.labels.push(label.to_owned());
        self.printed.push(HashMap::new());
        self.slots.push(counters.give());
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
    /// Decodes a segment's columns.
    pub(crate) fn read(segment: &SegmentReader, names: &mut Interned) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let (day, flags) = (columns.i64("day")?, columns.u64("flags")?);
        let (kinds, first_seen) = (columns.u64("kinds")?, columns.i64("first_seen")?);
        let committee = columns.str("committee")?;
        let committees = terms(committee.as_ref(), |parts| {
            let label = parts.get(2).unwrap_or(&parts[0]);
            let number = names.committees.number(parts[0], label, &mut names.counters);
            names.lineages.resize(names.committees.len(), String::new());
            let lineage = *parts.get(1).unwrap_or(&parts[0]);
            lineage.clone_into(&mut names.lineages[number as usize]);
            number
        })?;
        let council = columns.str("council")?;
        let councils = terms(council.as_ref(), |parts| {
            let label = parts.get(1).unwrap_or(&parts[0]);
            names.councils.number(parts[0], label, &mut names.counters)
        })?;
        let single = |column: Option<&StrColumn>, numbers: &[u32], doc| {
            let ord = column.and_then(|column| column.term_ords(doc).next());
            ord.and_then(|ord| numbers.get(usize::try_from(ord).ok()?).copied()).unwrap_or(NONE)
        };
        let rows = (0..segment.max_doc())
            .map(|doc| {
                let day = day.first(doc).and_then(|day| i32::try_from(day).ok()).unwrap_or(NO_DAY);
                let column = flags.first(doc).unwrap_or_default();
                Row {
                    day,
                    year: year(day),
                    flags: u8::try_from(column & 0xff).unwrap_or_default(),
                    place: u16::try_from(column >> flags::PLACE_SHIFT).unwrap_or(u16::MAX),
                    kinds: u8::try_from(kinds.first(doc).unwrap_or_default()).unwrap_or_default(),
                    committee: single(committee.as_ref(), &committees, doc),
                    council: single(council.as_ref(), &councils, doc),
                    first_seen: first_seen.first(doc).unwrap_or_default(),
                }
            })
            .collect::<Vec<_>>();
        let fetched = columns.i64("fetched")?;
        let fetched = (0..segment.max_doc()).filter_map(|doc| fetched.first(doc)).max();
        let (topics, roles) = (topics(segment, names)?, roles(segment, names)?);
        Ok(Self {
            id: segment.segment_id(),
            slots: Slots::of_rows(&rows, &topics, &roles, names),
            topics,
            roles,
            acronyms: acronyms(segment, &rows)?,
            rows,
            fetched,
        })
    }
}

fn topics(segment: &SegmentReader, names: &mut Interned) -> tantivy::Result<Lists> {
    let column = segment.fast_fields().str("topic")?;
    let shipped = minutebook_record::vocabulary::Topics::shipped();
    let numbers = terms(column.as_ref(), |parts| {
        names.topics.number(parts[0], &shipped.label(parts[0]), &mut names.counters)
    })?;
    Ok(lists(segment, column.as_ref(), |ord| numbers.get(ord).copied()))
}

fn roles(segment: &SegmentReader, names: &mut Interned) -> tantivy::Result<Lists> {
    let column = segment.fast_fields().str("role")?;
    let mut forms = Vec::new();
    let numbers = terms(column.as_ref(), |parts| {
        let printed = parts.get(2).unwrap_or(&parts[0]);
        let number = names.roles.number(parts[0], printed, &mut names.counters);
        forms.push((number, (*printed).to_owned(), 0_usize));
        number | if is_voice(parts.get(1).unwrap_or(&"")) { SPOKE } else { 0 }
    })?;
    let lists = lists(segment, column.as_ref(), |ord| {
        if let Some(form) = forms.get_mut(ord) {
            form.2 += 1;
        }
        numbers.get(ord).copied()
    });
    for (number, printed, times) in forms {
        names.roles.printed(number, &printed, times);
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

/// The values of each document, sorted, each number once.
fn lists(
    segment: &SegmentReader,
    column: Option<&StrColumn>,
    mut value: impl FnMut(usize) -> Option<u32>,
) -> Lists {
    let Some(column) = column else { return Lists::default() };
    let mut lists = Lists { starts: vec![0], values: Vec::new() };
    let mut here: Vec<u32> = Vec::new();
    for doc in 0..segment.max_doc() {
        here.clear();
        for ord in column.term_ords(doc) {
            here.extend(usize::try_from(ord).ok().and_then(&mut value));
        }
        // A post that spoke stands before the same post that did not, and is the one kept.
        here.sort_unstable_by_key(|number| (number & !SPOKE, number & SPOKE == 0));
        here.dedup_by_key(|number| *number & !SPOKE);
        lists.values.extend_from_slice(&here);
        lists.starts.push(u32::try_from(lists.values.len()).unwrap_or(u32::MAX));
    }
    lists.values.shrink_to_fit();
    lists
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
