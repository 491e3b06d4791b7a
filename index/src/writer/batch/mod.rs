//! Documents put and not yet written out, and how they become a segment of the engine's.
//!
//! The engine's own writer looks every word of every field up by its letters. Here a word is looked up once where it stands
//! and is a number from then on; when the batch is written, each field is a counting sort. The files are the engine's, through
//! its own serializers: it reads and merges them as any.

mod log;
mod postings;

use std::collections::HashSet;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::IndexWriter;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, Schema};
use tantivy::store::StoreWriter;
use tantivy::{DocId, TantivyDocument};

use crate::analysis::feed::{Analysed, Feed, numbers};
use crate::schema::{Fields, VOICES, not_speaker, speaker};
use log::{Log, NONE, Texts};
use postings::{Dictionary, Keep, Part, field};

/// Most words of a batch, with repetitions: some 1,200,000 passages. A million held and turned round take about 400 MB.
const MOST: usize = 48_000_000;
/// Most bytes of distinct texts such as ids.
const MOST_NAMES: usize = 100_000_000;

/// A batch being filled. Everything added goes to the next document until [`Batch::close`] ends it.
pub(super) struct Batch {
    pub(super) feed: Feed,
    fields: Fields,
    schema: Schema,
    segment: Segment,
    whole: Log,
    title: Log,
    decided: Log,
    minutes: Log,
    not_minutes: Log,
    agenda: Log,
    not_agenda: Log,
    /// What each post said, and what was said but not by it, by its place in the item.
    spoken: Vec<Log>,
    not_spoken: Vec<Log>,
    /// Fields of texts taken whole.
    named: Vec<(Field, Texts)>,
    norms: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    docs: DocId,
    names: usize,
    meetings: HashSet<String>,
}

/// What of an item's words stands in one part of it, or what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// In minutes and decisions.
    Minutes,
    NotMinutes,
    /// In agenda text.
    Agenda,
    NotAgenda,
    /// In the words of the post at this place.
    Spoken(usize),
    NotSpoken(usize),
}

impl Batch {
    pub(super) fn new(
        engine: &IndexWriter<TantivyDocument>,
        fields: &Fields,
    ) -> tantivy::Result<Batch> {
        let segment = engine.new_segment();
        let index = segment.index();
        let schema = segment.schema();
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let tokenizers = index.fast_field_tokenizer().clone();
        let logs = || (0..VOICES).map(|_| Log::default()).collect();
        Ok(Batch {
            feed: Feed::default(),
            fields: *fields,
            whole: Log::default(),
            title: Log::default(),
            decided: Log::default(),
            minutes: Log::default(),
            not_minutes: Log::default(),
            agenda: Log::default(),
            not_agenda: Log::default(),
            spoken: logs(),
            not_spoken: logs(),
            named: [fields.id, fields.meeting, fields.head, fields.site, fields.tag]
                .map(|field| (field, Texts::default()))
                .into(),
            norms: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?,
            store,
            docs: 0,
            names: 0,
            meetings: HashSet::new(),
            schema,
            segment,
        })
    }

    /// Whether it is time to write it out.
    pub(super) fn is_full(&self) -> bool {
        self.whole.len() > MOST || self.names > MOST_NAMES
    }

    /// Whether a meeting is in it.
    pub(super) fn holds(&self, meeting: &str) -> bool {
        self.meetings.contains(meeting)
    }

    /// Notes that a meeting is in it.
    pub(super) fn hold(&mut self, meeting: &str) {
        self.meetings.insert(meeting.to_owned());
    }

    /// Adds a text taken whole, such as an id or a tag.
    pub(super) fn name(&mut self, field: Field, text: &str) {
        if let Some((_, texts)) = self.named.iter_mut().find(|(named, _)| *named == field) {
            let is_new = texts.add(self.docs, text);
            self.names += if is_new { text.len() } else { 0 };
        }
    }

    /// Adds the whole text.
    pub(super) fn whole(&mut self, text: &Analysed) {
        let Fields { words, exact, .. } = self.fields;
        self.norm(exact, numbers(&text.words).count());
        self.norm(words, text.stems().len());
        self.whole.add(self.docs, text.words.iter().copied());
    }

    /// Adds the title: so many words and stems.
    pub(super) fn title(&mut self, (typed, stems): (&[u32], usize)) {
        let Fields { title, title_exact, .. } = self.fields;
        self.norm(title_exact, numbers(typed).count());
        self.norm(title, stems);
        self.title.add(self.docs, typed.iter().copied());
    }

    /// Adds the text of the resolutions.
    pub(super) fn decided(&mut self, text: &Analysed) {
        let Fields { decided, decided_exact, .. } = self.fields;
        self.norm(decided_exact, numbers(&text.words).count());
        self.norm(decided, text.stems().len());
        self.decided.add(self.docs, text.words.iter().copied());
    }

    fn norm(&mut self, field: Field, words: usize) {
        self.norms.record(self.docs, field, u32::try_from(words).unwrap_or(u32::MAX));
    }

    /// Adds the stems that stand in a part, each once.
    pub(super) fn list(&mut self, where_: Stands, stems: Vec<u32>) {
        let log = match where_ {
            Stands::Minutes => &mut self.minutes,
            Stands::NotMinutes => &mut self.not_minutes,
            Stands::Agenda => &mut self.agenda,
            Stands::NotAgenda => &mut self.not_agenda,
            Stands::Spoken(place) => &mut self.spoken[place.min(VOICES - 1)],
            Stands::NotSpoken(place) => &mut self.not_spoken[place.min(VOICES - 1)],
        };
        log.add(self.docs, stems);
    }

    /// Ends the document, of which columns and stored values are these.
    pub(super) fn close(&mut self, document: &TantivyDocument) -> tantivy::Result<()> {
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        self.docs += 1;
        Ok(())
    }

    /// Writes it as a segment and hands that to the engine, which shows it with the next commit.
    pub(super) fn write(mut self, engine: &IndexWriter<TantivyDocument>) -> tantivy::Result<()> {
        if self.docs == 0 {
            return Ok(());
        }
        self.norms.fill_up_to_max_doc(self.docs);
        let to = self.segment.open_write(SegmentComponent::FieldNorms)?;
        self.norms.serialize(FieldNormsSerializer::from_write(to)?, None)?;
        self.postings()?;
        let mut to = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut to, None)?;
        to.terminate()?;
        self.store.close()?;
        let segment = self.segment.with_max_doc(self.docs);
        // There is no store to be sorted later.
        segment.meta().untrack_temp_docstore();
        engine.add_segment(segment.meta().clone())
    }

    fn postings(&self) -> tantivy::Result<()> {
        let norms = FieldNormReaders::open(self.segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut to = InvertedIndexSerializer::open(&self.segment)?;
        for (name, texts) in &self.named {
            let all = Dictionary::new(texts.texts());
            let part = Part { key: "", log: &texts.log, ranks: &all.ranks };
            field(&mut to, *name, None, Keep::There, &all, &[part])?;
        }
        let words = Dictionary::new(self.feed.words());
        let stems = Dictionary::new(self.feed.stems());
        // Of a word that has no stem there is none.
        let rank_of = |stem: &u32| stems.ranks.get(*stem as usize).copied().unwrap_or(NONE);
        let stemmed: Vec<u32> = self.feed.stem_of().iter().map(rank_of).collect();
        let Fields { words: whole, exact, title, title_exact, decided, decided_exact, .. } =
            self.fields;
        for (log, of_stems, typed) in [
            (&self.whole, whole, exact),
            (&self.title, title, title_exact),
            (&self.decided, decided, decided_exact),
        ] {
            let part = Part { key: "", log, ranks: &stemmed };
            field(&mut to, of_stems, norms.get_field(of_stems)?, Keep::Times, &stems, &[part])?;
            let part = Part { key: "", log, ranks: &words.ranks };
            field(&mut to, typed, norms.get_field(typed)?, Keep::Places, &words, &[part])?;
        }
        let Fields { minutes, not_minutes, agenda, not_agenda, spoken, .. } = self.fields;
        for (name, log) in [
            (minutes, &self.minutes),
            (not_minutes, &self.not_minutes),
            (agenda, &self.agenda),
            (not_agenda, &self.not_agenda),
        ] {
            let part = Part { key: "", log, ranks: &stems.ranks };
            field(&mut to, name, None, Keep::There, &stems, &[part])?;
        }
        let mut voices: Vec<(String, &Log)> = Vec::new();
        voices.extend(self.spoken.iter().enumerate().map(|(at, log)| (speaker(at), log)));
        voices.extend(self.not_spoken.iter().enumerate().map(|(at, log)| (not_speaker(at), log)));
        voices.retain(|(_, log)| log.len() > 0);
        voices.sort_by(|a, b| a.0.cmp(&b.0));
        let part = |(key, log)| Part { key, log, ranks: &stems.ranks };
        let voices: Vec<_> = voices.iter().map(|(key, log)| part((key.as_str(), *log))).collect();
        field(&mut to, spoken, None, Keep::There, &stems, &voices)?;
        to.close()?;
        Ok(())
    }
}
