//! One item from the blocks that belong to it: title, text by part, papers. Shared by all pages that show items.

use std::sync::LazyLock;

use minutebook_record::{Doubt, Part, Standing};
use regex::Regex;

use crate::extract::fragment::ItemPart;
use crate::extract::link;
use crate::extract::outline::{Anchor, Block, Mark};
use crate::extract::text::furniture::{self, Label};
use crate::extract::text::{labels, paragraphs};
use crate::page::{Page, PageKind};

/// Titles that say an item is not for the public.
static RESTRICTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\((?:exempt|restricted|confidential|eithriedig)\b|^(?:exempt|restricted|confidential)\s*(?:item|report|minutes?)?\s*[-–:]|\b(?:exempt|restricted) (?:appendix|annex)\b.*only|\bnot for publication\b")
        .expect("the pattern is valid")
});

/// What the words that follow are.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Part(Part),
    Documents,
    Aside,
}

/// Reads an item. `number` is what the number cell holds; `marked` says whether the page marks its sub-labels, so that "Decision:" within a clerk's text is the clerk's.
pub(super) fn read(page: &Page, number: &str, blocks: &[Block], marked: bool) -> ItemPart {
    let mut item = ItemPart { number: labels::item_number(number), ..ItemPart::default() };
    let mut place = Place::Part(Part::Agenda);
    let mut last_part = Part::Agenda;
    let mut texts: Vec<(Part, Vec<String>)> = Vec::new();
    for block in blocks {
        note_number(&mut item, block);
        if let Some(label) = block.label.as_deref().filter(|_| !block.word)
            && furniture::label(label).is_none_or(|label| label == Label::Aside)
        {
            // "Contact: ..." and the like: no one's words.
            continue;
        }
        if block.mark == Mark::ItemTitle && !block.word && title(&mut item, page, block) {
            continue;
        }
        if block.word && furniture::label(&block.text) == Some(Label::Part(last_part)) {
            // The label once more, within the text.
            continue;
        }
        if block.mark == Mark::SubLabel || !(block.word && marked) {
            match furniture::label(&block.text) {
                Some(Label::Part(part)) => {
                    place = Place::Part(part);
                    last_part = part;
                    continue;
                }
                Some(Label::Documents) => {
                    place = Place::Documents;
                    continue;
                }
                Some(Label::Aside) if block.mark == Mark::SubLabel => {
                    place = Place::Aside;
                    continue;
                }
                _ if block.mark == Mark::SubLabel => {
                    let note = "a sub-label that is not known; the words after it were kept";
                    item.doubts.push(Doubt::new("unknown-label", note).at(block.text.clone()));
                    continue;
                }
                _ => {}
            }
        }
        let papers = link::documents(page, block);
        match (block.mark, place) {
            (Mark::Actions | Mark::Footer, _) => continue,
            (Mark::Bullets, _) | (_, Place::Documents) if !block.word => {
                item.documents.extend(papers);
                if !block.anchors.is_empty()
                    || block.mark == Mark::Bullets && place == Place::Documents
                {
                    continue;
                }
                if place == Place::Documents && left_out(&mut item, &block.text) {
                    continue;
                }
            }
            (_, Place::Aside) => continue,
            _ => {}
        }
        let part = if let Place::Part(part) = place { part } else { last_part };
        let text = match cut_short(block) {
            Some(kept) => {
                item.cut.push(part);
                kept.to_owned()
            }
            None => block.text.clone(),
        };
        match texts.last_mut() {
            Some((open, texts)) if *open == part => texts.push(text),
            _ => texts.push((part, vec![text])),
        }
    }
    fill(&mut item, texts);
    item.documents.dedup();
    let texts = &item.passages;
    let only_says_so = !texts.is_empty() && texts.iter().all(|p| says_restricted(&p.text));
    if is_restricted(&item.title) || only_says_so {
        item.standing = Standing::Restricted;
    }
    item
}

/// Whether words among the papers are the name of a paper that is not there, or furniture; says which were left out. A clerk's sentence
/// outside the marks of the text is kept.
fn left_out(item: &mut ItemPart, text: &str) -> bool {
    let ends = text.trim_end().ends_with(['.', '!', '?', ':', ';']);
    if ends && text.split_whitespace().count() >= 4 {
        return false;
    }
    let words = without_size(text).split_whitespace();
    let words = words.filter(|word| word.contains(char::is_alphabetic)).count();
    if words >= 2 && !furniture::is_furniture(text) && !is_restricted(text) {
        let note = "words among the papers were left out";
        item.doubts.push(Doubt::new("words-left-out", note).at(text.to_owned()));
    }
    true
}

/// Gives the item its passages; a paragraph that only repeats the title is none.
fn fill(item: &mut ItemPart, mut texts: Vec<(Part, Vec<String>)>) {
    if let Some((Part::Agenda, list)) = texts.first_mut()
        && list.first().is_some_and(|text| plain_title(text) == item.title)
    {
        list.remove(0);
    }
    for (part, list) in &texts {
        item.passages.extend(paragraphs::passages(*part, list.iter().map(String::as_str)));
    }
}

/// "(Exempt under Paragraph 3 of Part I of Schedule 12A ...)": all that is published of some items.
fn says_restricted(text: &str) -> bool {
    SAYS_RESTRICTED.is_match(text)
}

/// The word alone, or with what it is said of: "Restricted byway 12" and "Confidential waste" are other things.
static SAYS_RESTRICTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[(\[\s]*(?:not for publication|eithriedig|(?:exempt|restricted|confidential)\s*(?:$|[-–:;,.)\]]|(?:items?|reports?|appendi\w+|annex\w*|information|minutes?|business|papers?|documents?|under|by\s+virtue|in\s+accordance|pursuant|because|as|and|paragraphs?|schedule)\b))")
        .expect("the pattern is valid")
});

/// Whether a title says that its item is not for the public.
pub(super) fn is_restricted(title: &str) -> bool {
    RESTRICTED.is_match(title)
}

/// Takes the title from a block so marked; false if it is something else.
fn title(item: &mut ItemPart, page: &Page, block: &Block) -> bool {
    if item.title.is_empty() {
        let mut text = block.text.trim();
        // A title alone on its page may begin with a figure of its own: "7.5 Tonne Weight Limit".
        let kind_of_page = crate::address::kind(&page.url);
        if item.number.is_none()
            && let Some((first, rest)) = text.split_once(' ')
            && labels::starts_with_label(text)
            && !is_measure(first, rest)
            && (first.ends_with(['.', ')', ':']) || kind_of_page != PageKind::Item)
        {
            item.number = labels::item_number(first);
            text = rest.trim();
        }
        if labels::is_item_number(text) && !text.is_empty() {
            item.number = labels::item_number(text);
            return true;
        }
        item.title = plain_title(text);
        item.documents.extend(link::documents(page, block));
        return true;
    }
    item.title == plain_title(&block.text)
}

/// "7.5 Tonne Weight Limit", "20 mph zones", "E coli": a title that begins with a figure or a letter of its own.
fn is_measure(first: &str, rest: &str) -> bool {
    let next = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
    let unit = [
        "tonne", "tonnes", "ton", "mph", "metre", "metres", "mile", "miles", "kg", "km", "year",
        "years", "hour", "hours", "per", "%",
    ]
    .contains(&next.as_str());
    let letter = first.trim_end_matches('.').chars().count() == 1
        && first.starts_with(char::is_alphabetic)
        && rest.starts_with(char::is_lowercase);
    unit || letter
}

static SIZE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*[(\[]?(?:PDF|HTML?|DOCX?|XLSX?|PPTX?|RTF|TXT|CSV|ZIP)[\s,]+[\d.,]+\s?(?:B|KB|MB|GB|bytes)[)\]]?\s*$")
        .expect("the pattern is valid")
});

/// The words of a link without the size of the file it leads to.
pub(crate) fn without_size(text: &str) -> &str {
    SIZE.find(text).map_or(text, |size| &text[..size.start()])
}

/// A title as a reader sees it: one line, entities that were encoded twice decoded.
pub(crate) fn plain_title(text: &str) -> String {
    let text = crate::extract::entities::decode_again(text);
    without_size(&minutebook_record::text::one_line(&text)).to_owned()
}

/// The source's number of the item, from its target or from links about it.
fn note_number(item: &mut ItemPart, block: &Block) {
    if item.number_in_source.is_none() {
        // Links within a clerk's text lead to other items, save the one to the rest of this text.
        let about = !block.word || furniture::cut_short(&block.text).is_some();
        let linked = || block.anchors.iter().filter(|_| about).find_map(of_anchor);
        item.number_in_source = block.targets.first().copied().or_else(linked);
    }
}

fn of_anchor(anchor: &Anchor) -> Option<u64> {
    let lower = anchor.href.to_ascii_lowercase();
    if lower.contains("mgai.aspx") {
        link::number(&anchor.href, &["ID", "AIId"])
    } else if lower.contains("iedecisiondetails.aspx") || lower.contains("mgdeclarations") {
        link::number(&anchor.href, &["AIId"])
    } else {
        None
    }
}

/// What is left of a text that the site cut short.
fn cut_short(block: &Block) -> Option<&str> {
    furniture::cut_short(&block.text)
}
