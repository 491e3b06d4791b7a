//! SeekStorm as a peer of the search bench: builds an index of the items, then answers line by line. See ../README.md.
use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use seekstorm::commit::Commit;
use seekstorm::highlighter::{Highlight, highlighter};
use seekstorm::index::{
    AccessType, Clustering, Document, DocumentCompression, FileType, FrequentwordType, IndexArc,
    IndexDocument, IndexMetaObject, LexicalSimilarity, NgramSet, StemmerType, StopwordType,
    TokenizerType, create_index,
};
use seekstorm::search::{
    FacetFilter, QueryFacet, QueryRewriting, QueryType, ResultType, Search, SearchMode,
};
use seekstorm::vector::Inference;

const FIELDS: &str = r#"[
    {"field":"text","field_type":"Text","store":true,"index_lexical":true},
    {"field":"committee","field_type":"String16","store":false,"index_lexical":false,"facet":true},
    {"field":"day","field_type":"I32","store":false,"index_lexical":false,"facet":true}
]"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [items, folder, from, to] = &std::env::args().skip(1).collect::<Vec<_>>()[..] else {
        return Err("usage: peer-seekstorm ITEMS FOLDER FROM_DAY TO_DAY".into());
    };
    let (from, to) = (from.parse::<i32>()?, to.parse::<i32>()?);
    let folder = PathBuf::from(folder);
    let index = build(Path::new(items), &folder).await?;
    let mut out = std::io::stdout();
    writeln!(out, "ready {:.2} {}", cpu()?, size(&folder)?)?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (class, words) = line.split_once('\t').ok_or("a query is a class, a tab and words")?;
        let began = Instant::now();
        match answer(&index, class, words, from..to + 1).await? {
            Some(count) => writeln!(out, "{count} {}", began.elapsed().as_micros())?,
            None => writeln!(out, "-")?,
        }
        out.flush()?;
    }
    Ok(())
}

async fn build(items: &Path, folder: &Path) -> Result<IndexArc, Box<dyn Error>> {
    let settings = IndexMetaObject {
        id: 0,
        name: "items".into(),
        lexical_similarity: LexicalSimilarity::Bm25f,
        tokenizer: TokenizerType::UnicodeAlphanumeric,
        stemmer: StemmerType::None,
        stop_words: StopwordType::None,
        frequent_words: FrequentwordType::English,
        ngram_indexing: NgramSet::NgramFF as u8 | NgramSet::NgramFFF as u8,
        document_compression: DocumentCompression::Snappy,
        access_type: AccessType::Mmap,
        spelling_correction: None,
        query_completion: None,
        clustering: Clustering::None,
        inference: Inference::None,
        segment_number_bits: 11,
    };
    let fields = serde_json::from_str(FIELDS)?;
    // One shard: an answer on one core, as of every other engine.
    let index = create_index(folder, settings, &fields, &Vec::new(), true, Some(1)).await?;
    for line in BufReader::new(std::fs::File::open(items)?).lines() {
        let mut item: Document = serde_json::from_str(&line?)?;
        item.retain(|_, value| !value.is_null());
        index.index_document(item, FileType::None).await;
    }
    index.commit().await;
    Ok(index)
}

/// The count of what matches within the days, its ten best with fragments, one facet; none for what it cannot do.
async fn answer(
    index: &IndexArc,
    class: &str,
    words: &str,
    days: std::ops::Range<i32>,
) -> Result<Option<usize>, Box<dyn Error>> {
    let kind = match class {
        "or" => QueryType::Union,
        "phrase" => QueryType::Phrase,
        "prefix" | "fuzzy" => return Ok(None),
        _ => QueryType::Intersection,
    };
    let facet =
        QueryFacet::String16 { field: "committee".into(), prefix: String::new(), length: 50 };
    let filter = FacetFilter::I32 { field: "day".into(), filter: days };
    let found = index
        .search(
            words.to_owned(),
            None,
            kind,
            SearchMode::Lexical,
            false,
            0,
            10,
            ResultType::TopkCount,
            false,
            Vec::new(),
            vec![facet],
            vec![filter],
            Vec::new(),
            QueryRewriting::SearchOnly,
        )
        .await;
    std::hint::black_box(&found.facets);
    let fragment = Highlight {
        field: "text".into(),
        fragment_number: 1,
        fragment_size: 150,
        highlight_markup: true,
        ..Highlight::default()
    };
    let marked = Some(highlighter(index, vec![fragment], found.query_terms).await);
    let held = index.read().await;
    for hit in &found.results {
        let item = held.get_document(hit.doc_id, false, &marked, &HashSet::new(), &[]).await?;
        std::hint::black_box(item);
    }
    Ok(Some(found.result_count_total))
}

/// Seconds of processor this process has taken.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()? as f64 / 100.0)
}

/// Bytes of all files under a folder.
fn size(folder: &Path) -> std::io::Result<u64> {
    let mut all = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        all += if entry.path().is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(all)
}
