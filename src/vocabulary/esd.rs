//! The esd controlled list ("taxonomy XML"): items with a name, preferred or pointing at the one to use.

use std::collections::BTreeMap;

use anyhow::Result;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Concept;

/// An item while it is read.
#[derive(Debug, Default)]
struct Item {
    id: String,
    preferred: bool,
    obsolete: bool,
    name: String,
    uses: Vec<String>,
    broader: Vec<String>,
}

/// The concepts of a list, by the number of the preferred item.
pub(super) fn list(text: &str) -> Result<BTreeMap<String, Concept>> {
    let mut reader = Reader::from_str(text);
    let ipsv = text.contains("ItemName=\"IPSV\"");
    let mut items = Vec::new();
    let mut item: Option<Item> = None;
    let mut in_name = false;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                b"Item" => {
                    item = Some(Item {
                        id: attribute(&start, "Id")?,
                        preferred: attribute(&start, "Preferred")? != "false",
                        obsolete: attribute(&start, "Obsolete")? == "true",
                        ..Item::default()
                    });
                }
                b"Name" => in_name = true,
                b"UseItem" => {
                    if let Some(item) = &mut item {
                        item.uses.push(attribute(&start, "Id")?);
                    }
                }
                b"BroaderItem" => {
                    if let Some(item) = &mut item {
                        item.broader.push(attribute(&start, "Id")?);
                    }
                }
                _ => {}
            },
            Event::Text(words) if in_name => {
                if let Some(item) = &mut item {
                    item.name.push_str(&words.decode()?);
                }
            }
            Event::GeneralRef(entity) if in_name => {
                let sign = match &*entity.decode()? {
                    "amp" => "&",
                    "apos" => "'",
                    _ => " ",
                };
                if let Some(item) = &mut item {
                    item.name.push_str(sign);
                }
            }
            Event::End(end) => match end.local_name().as_ref() {
                b"Name" => in_name = false,
                b"Item" => items.extend(
                    item.take().map(|item| Item { name: item.name.trim().to_owned(), ..item }),
                ),
                _ => {}
            },
            _ => {}
        }
    }
    Ok(concepts(items, ipsv))
}

fn concepts(items: Vec<Item>, ipsv: bool) -> BTreeMap<String, Concept> {
    let (preferred, others): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|i| i.preferred && !i.obsolete);
    let mut concepts: BTreeMap<String, Concept> = preferred
        .into_iter()
        .filter(|item| !item.name.is_empty())
        .map(|item| {
            let number = item.id.parse().ok().filter(|_| ipsv);
            let concept = Concept {
                label: item.name,
                broader: item.broader,
                ipsv: number,
                ..Concept::default()
            };
            (item.id, concept)
        })
        .collect();
    for item in others {
        for used in &item.uses {
            if let Some(concept) = concepts.get_mut(used) {
                let list = if item.obsolete { &mut concept.former } else { &mut concept.others };
                list.push(item.name.clone());
            }
        }
    }
    concepts
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<String> {
    Ok(match start.try_get_attribute(name)? {
        Some(found) => found.unescape_value()?.into_owned(),
        None => String::new(),
    })
}
