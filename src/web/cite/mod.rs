//! Citations of an item or one clause: as text, Markdown, BibTeX and CSL-JSON. Pure: a view in, words out.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::view::{ItemView, ResolutionView};
use super::words;

/// What a citation says.
#[derive(Debug, Clone)]
pub(crate) struct Citation {
    quotation: Option<String>,
    clause: Option<String>,
    council: Option<String>,
    committee: String,
    date: Option<Date>,
    number: Option<String>,
    title: String,
    address: String,
    /// The council's own page, which people can open.
    source: String,
    /// What the words were read from and the hash is of, where that is another address (a web service's answer, a PDF).
    read_from: Option<String>,
    fetched: Option<String>,
    hash: Option<String>,
    draft: bool,
    /// What the number is the number of.
    numbered: &'static str,
    key: String,
}

/// All its forms.
#[derive(Debug, Clone)]
pub(crate) struct Citations {
    /// One paragraph of plain text.
    pub(crate) text: String,
    /// A quotation block in Markdown.
    pub(crate) markdown: String,
    /// An entry for BibTeX.
    pub(crate) bibtex: String,
    /// An entry in CSL-JSON.
    pub(crate) csl: String,
}

impl Citation {
    /// The citation of an item, or of one clause of it.
    pub(crate) fn new(item: &ItemView, clause: Option<&ResolutionView>) -> Self {
        let quoted = |clause: &ResolutionView| match &clause.lead_in {
            Some(lead_in) => format!("{lead_in} … {}", clause.text),
            None => clause.text.clone(),
        };
        let fetched = item.source.fetched_at.as_deref().and_then(|at| at.parse().ok());
        let read_from = item.source.url.clone().unwrap_or_default();
        let page = if item.source_url.is_empty() { &read_from } else { &item.source_url };
        Self {
            quotation: clause.map(quoted),
            clause: clause.map(|clause| match &clause.label {
                Some(label) => format!("{} {}", clause.kind, bare(label)),
                None => clause.kind.clone(),
            }),
            council: item.council.clone(),
            committee: item.committee.name.clone(),
            date: item.date.as_deref().and_then(|date| date.parse().ok()),
            number: item.number.clone(),
            title: item.title.clone(),
            address: clause.map_or_else(|| item.url.clone(), |clause| clause.url.clone()),
            source: page.clone(),
            read_from: Some(read_from.clone()).filter(|from| !from.is_empty() && from != page),
            fetched: fetched.map(words::moment_day),
            hash: item.source.sha256.clone(),
            draft: item.status == "draft",
            numbered: if matches!(item.status.as_str(), "approved" | "draft") {
                "minute"
            } else {
                "item"
            },
            key: key(&item.id, clause),
        }
    }

    /// Every form.
    pub(crate) fn all(&self) -> Citations {
        Citations {
            text: self.text(),
            markdown: self.markdown(),
            bibtex: self.bibtex(),
            csl: self.csl(),
        }
    }

    fn body(&self) -> String {
        let parts = [self.council.clone(), Some(self.committee.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// `17 September 2019, minute 24, “Title” (draft minutes), recommended 2`; `item 24` where only an agenda is published.
    fn place(&self) -> String {
        let title = format!("“{}”{}", self.title, if self.draft { " (draft minutes)" } else { "" });
        let number = self.number.as_ref().map(|number| format!("{} {number}", self.numbered));
        let parts = [self.date.map(words::day), number, Some(title), self.clause.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn provenance(&self) -> String {
        let fetched = match (&self.read_from, &self.fetched) {
            (Some(from), Some(day)) => Some(format!("read from {from} on {day}")),
            (Some(from), None) => Some(format!("read from {from}")),
            (None, Some(day)) => Some(format!("fetched {day}")),
            (None, None) => None,
        };
        let hash = self.hash.as_ref().map(|hash| format!("SHA-256 {hash}"));
        let known: Vec<_> = [fetched, hash].into_iter().flatten().collect();
        if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
    }

    /// One paragraph of plain text.
    pub(crate) fn text(&self) -> String {
        let quotation = self.quotation.as_ref().map(|words| format!("“{words}” "));
        format!(
            "{}{}, {}. Published at {}{}. {}",
            quotation.unwrap_or_default(),
            self.body(),
            self.place(),
            self.source,
            self.provenance(),
            self.address
        )
    }

    /// A quotation block in Markdown.
    pub(crate) fn markdown(&self) -> String {
        let quotation =
            self.quotation.as_ref().map(|words| format!("> {}\n>\n> — ", markdown(words)));
        format!(
            "{}{}, {}, [{}]({}). [The council’s page](<{}>){}.",
            quotation.unwrap_or_default(),
            markdown(&self.body()),
            markdown(&self.place()),
            if self.clause.is_some() { "the clause" } else { "the item" },
            self.address,
            self.source.replace(['<', '>', ' '], ""),
            markdown(&self.provenance()),
        )
    }

    /// An entry for BibTeX.
    pub(crate) fn bibtex(&self) -> String {
        let mut fields = vec![
            ("author", format!("{{{}}}", tex(&self.body()))),
            ("title", format!("{{{}}}", tex(&self.title))),
        ];
        if let Some(date) = self.date {
            fields.push(("year", date.year().to_string()));
            fields.push(("month", date.month().to_string()));
            fields.push(("day", date.day().to_string()));
        }
        if let Some(number) = &self.number {
            fields.push(("number", tex(number)));
        }
        fields.push((
            "howpublished",
            if self.draft { "Draft minutes" } else { "Minutes" }.to_owned(),
        ));
        fields.push(("url", self.address.clone()));
        let clause = self.clause.as_ref().map(|clause| format!("{}; ", tex(clause)));
        let quotation = self.quotation.as_ref().map(|words| format!("``{}''; ", tex(words)));
        fields.push((
            "note",
            format!(
                "{}{}published at {}{}",
                clause.unwrap_or_default(),
                quotation.unwrap_or_default(),
                tex(&self.source),
                tex(&self.provenance())
            ),
        ));
        let lines: Vec<_> =
            fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{{},\n{}\n}}", self.key, lines.join(",\n"))
    }

    /// An entry in CSL-JSON.
    pub(crate) fn csl(&self) -> String {
        let mut entry = json!({
            "id": self.key,
            "type": "report",
            "genre": if self.draft { "Draft minutes" } else { "Minutes" },
            "title": self.title,
            "author": [{ "literal": self.body() }],
            "number": self.number,
            "section": self.clause,
            "URL": self.address,
            "source": self.source,
            "note": format!("Published at {}{}", self.source, self.provenance()),
            "abstract": self.quotation,
        });
        if let Some(date) = self.date {
            entry["issued"] = json!({ "date-parts": [[date.year(), date.month(), date.day()]] });
        }
        if let Some(map) = entry.as_object_mut() {
            map.retain(|_, value| !value.is_null());
        }
        serde_json::to_string_pretty(&Value::Array(vec![entry])).unwrap_or_default()
    }
}

/// A label without its brackets and stops.
fn bare(label: &str) -> &str {
    label.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')').trim_end_matches(')')
}

fn key(id: &str, clause: Option<&ResolutionView>) -> String {
    let clause = clause.map(|clause| format!("-{}", clause.anchor)).unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' };
    format!("{id}{clause}").chars().map(plain).collect()
}

fn markdown(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if "\\`*_{}[]<>#|".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn tex(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
