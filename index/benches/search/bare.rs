//! Bare tantivy: one text field with the defaults, a day and a committee.

use std::path::Path;

use minutebook_record::Meeting;
use tantivy::aggregation::AggregationCollector;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as Engine, RangeQuery, RegexQuery,
    TermQuery,
};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TEXT};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, TantivyDocument, Term};

use super::corpus::whole_text;
use super::queries::Query;

pub struct Bare {
    reader: IndexReader,
    text: Field,
    day: Field,
}

pub fn day(date: &str) -> i64 {
    let date: jiff::civil::Date = date.parse().unwrap();
    number(date)
}

pub fn number(date: jiff::civil::Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
}

impl Bare {
    pub fn build(dir: &Path, meetings: &[Meeting]) {
        std::fs::create_dir_all(dir).unwrap();
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT | STORED);
        let day = schema.add_i64_field("day", FAST | INDEXED);
        let committee = schema.add_text_field("committee", STRING | FAST | STORED);
        let index = Index::create_in_dir(dir, schema.build()).unwrap();
        let mut writer = index.writer(400_000_000).unwrap();
        for meeting in meetings {
            for item in &meeting.items {
                let mut document = TantivyDocument::new();
                document.add_text(text, whole_text(item));
                document.add_text(committee, &meeting.committee.name);
                if let Some(date) = meeting.date {
                    document.add_i64(day, number(date));
                }
                writer.add_document(document).unwrap();
            }
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
    }

    pub fn open(dir: &Path) -> Bare {
        let index = Index::open_in_dir(dir).unwrap();
        let field = |name| index.schema().get_field(name).unwrap();
        Bare { reader: index.reader().unwrap(), text: field("text"), day: field("day") }
    }

    fn query(&self, query: &Query) -> Box<dyn Engine> {
        let term = |word: &String| Term::from_field_text(self.text, word);
        let words = || {
            query.words.iter().map(|word| {
                Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
                    as Box<dyn Engine>
            })
        };
        match query.class {
            "and" => Box::new(BooleanQuery::intersection(words().collect())),
            "or" => Box::new(BooleanQuery::union(words().collect())),
            "phrase" => Box::new(PhraseQuery::new(query.words.iter().map(term).collect())),
            "prefix" => Box::new(
                RegexQuery::from_pattern(&format!("{}.*", query.words[0]), self.text).unwrap(),
            ),
            "fuzzy" => {
                let slips = if query.words[0].len() >= 8 { 2 } else { 1 };
                Box::new(FuzzyTermQuery::new(term(&query.words[0]), slips, true))
            }
            _ => words().next().unwrap(),
        }
    }

    /// The best ten.
    pub fn top(&self, query: &Query) -> usize {
        let searcher = self.reader.searcher();
        let query = self.query(query);
        searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap().len()
    }

    /// The best ten with snippets, an exact count and one facet, within a range of dates.
    pub fn whole(&self, query: &Query) -> usize {
        let searcher = self.reader.searcher();
        let words = self.query(query);
        let bound =
            |date: &str| std::ops::Bound::Included(Term::from_field_i64(self.day, day(date)));
        let range = RangeQuery::new(bound(super::FROM), bound(super::TO));
        let both = BooleanQuery::new(vec![
            (Occur::Must, words.box_clone()),
            (Occur::Must, Box::new(range)),
        ]);
        let facet =
            serde_json::from_str(r#"{"c":{"terms":{"field":"committee","size":50}}}"#).unwrap();
        let facet = AggregationCollector::from_aggs(
            facet,
            tantivy::aggregation::AggContextParams::default(),
        );
        let top = TopDocs::with_limit(10).order_by_score();
        let (top, count, facets) = searcher.search(&both, &(top, Count, facet)).unwrap();
        std::hint::black_box(facets);
        let generator = SnippetGenerator::create(&searcher, &words, self.text).unwrap();
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            std::hint::black_box(generator.snippet_from_doc(&document).to_html());
        }
        count
    }
}

/// What each field of an index takes, part by part, printed: for finding out where a size comes from.
pub fn space(dir: &Path) {
    let index = Index::open_in_dir(dir).unwrap();
    let usage = index.reader().unwrap().searcher().space_usage().unwrap();
    for segment in usage.segments() {
        let parts = [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("positions", segment.positions()),
            ("columns", segment.fast_fields()),
            ("norms", segment.fieldnorms()),
        ];
        for (name, part) in parts {
            println!("{name}: {}", part.total());
            for field in part.fields() {
                println!("  {}: {}", field.field_name(), field.total());
            }
        }
        println!("store: {}", segment.store().total());
    }
}
