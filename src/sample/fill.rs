//! Composes items of the everyday business between the hand-written ones from templates, so that twenty years are not thin.
//!
//! A template begins `%% pools | years | title`. Its slots: `{a|b}` one of several, `{street}` a name from `slots.txt` (the same throughout the item,
//! `{street2}` another), `{#n:20-90}` a number with commas, `{%n:100-999}` without, `{date-30}` a day before the meeting, `{fy}`, `{year}`, `{councillor}`.
//! In `{@a|b}` all such places of one use choose alike, so that a title and its text agree. Choices move on with each use of a template or a list, so no two items come out alike.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::dates;
use super::roster::mix;
use super::texts::{DraftItem, titled};

/// One template and how often it has been used.
#[derive(Debug, Clone)]
struct Template {
    pools: Vec<String>,
    years: (i16, i16),
    lines: Vec<String>,
    used: u32,
}

/// All templates and slot lists, with the state of what has been used.
#[derive(Debug, Clone)]
pub(super) struct Composer {
    templates: Vec<Template>,
    lists: BTreeMap<String, (Vec<String>, usize)>,
}

/// What a composed item may refer to.
#[derive(Debug, Clone)]
pub(super) struct Occasion<'a> {
    pub(super) meeting: u32,
    pub(super) committee: &'a str,
    pub(super) pool: &'a str,
    pub(super) date: Date,
    pub(super) members: Vec<String>,
}

impl Composer {
    pub(super) fn read(templates: &str, slots: &str) -> Self {
        let mut list: Vec<Template> = Vec::new();
        for line in
            templates.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with("// "))
        {
            if let Some(head) = line.strip_prefix("%% ") {
                let mut parts = head.splitn(3, " | ");
                let pools = parts
                    .next()
                    .unwrap_or_default()
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                let (from, to) =
                    parts.next().and_then(|y| y.split_once('-')).unwrap_or(("2004", "2026"));
                list.push(Template {
                    pools,
                    years: (from.parse().unwrap_or(2004), to.parse().unwrap_or(2026)),
                    lines: vec![parts.next().unwrap_or_default().to_owned()],
                    used: 0,
                });
            } else if let Some(last) = list.last_mut() {
                last.lines.push(line.to_owned());
            }
        }
        let lists = slots
            .lines()
            .filter_map(|l| l.split_once(": "))
            .map(|(name, values)| {
                (name.to_owned(), (values.split("; ").map(str::to_owned).collect(), 0))
            })
            .collect();
        Self { templates: list, lists }
    }

    /// The next item for this occasion: from the template of its pool that was used least. `None` when no template suits the year.
    pub(super) fn next(&mut self, occasion: &Occasion<'_>, taken: &[String]) -> Option<DraftItem> {
        let year = occasion.date.year();
        let (index, _) = self
            .templates
            .iter()
            .enumerate()
            .filter(|(_, t)| {
                t.pools.iter().any(|p| p == occasion.pool) && t.years.0 <= year && year <= t.years.1
            })
            .filter(|(_, t)| t.lines.first().is_some_and(|l| !taken.contains(l)))
            .min_by_key(|(n, t)| (t.used, *n))?;
        let template = self.templates.get_mut(index)?;
        template.used += 1;
        let (used, lines) = (template.used, template.lines.clone());
        let mut filling = Filling {
            lists: &mut self.lists,
            occasion,
            template: u32::try_from(index).unwrap_or_default(),
            used,
            asked: 0,
            bound: BTreeMap::new(),
        };
        let mut lines = lines.iter();
        let mut item = titled(&filling.expand(lines.next()?));
        item.flags.push("composed".to_owned());
        for line in lines {
            item.push(&sentence(&filling.expand(line)));
        }
        Some(item)
    }

    /// The first lines of the templates used since an earlier state, so that one meeting does not get two of a kind.
    pub(super) fn used_since(&self, before: &Self) -> Vec<String> {
        let changed = self
            .templates
            .iter()
            .zip(&before.templates)
            .filter(|(now, then)| now.used != then.used);
        changed.filter_map(|(now, _)| now.lines.first().cloned()).collect()
    }
}

struct Filling<'a, 'o> {
    lists: &'a mut BTreeMap<String, (Vec<String>, usize)>,
    occasion: &'a Occasion<'o>,
    template: u32,
    used: u32,
    asked: u32,
    bound: BTreeMap<String, String>,
}

impl Filling<'_, '_> {
    fn expand(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, after) = rest.split_at(start);
            out.push_str(before);
            let Some(end) = closing(after) else {
                out.push_str(after);
                return out;
            };
            let slot = &after[1..end];
            let value = self.slot(slot);
            out.push_str(&value);
            rest = &after[end + 1..];
        }
        out.push_str(rest);
        out
    }

    fn slot(&mut self, slot: &str) -> String {
        if let Some(tied) = slot.strip_prefix('@') {
            let choices = alternatives(tied);
            let chosen = choices[self.used as usize % choices.len()].to_owned();
            return self.expand(&chosen);
        }
        let choices = alternatives(slot);
        if choices.len() > 1 {
            self.asked += 1;
            // With each round through the choices the places of a template move against each other, so that whole items do not recur.
            let turn = self.used
                + self.used / u32::try_from(choices.len()).unwrap_or(1) * self.asked
                + self.asked;
            let chosen = choices[turn as usize % choices.len()].to_owned();
            return self.expand(&chosen);
        }
        if slot.contains('{') {
            return self.expand(slot);
        }
        let name = slot.split(':').next().unwrap_or(slot);
        if let Some(value) = self.bound.get(name) {
            return value.clone();
        }
        let value = self.fresh(slot);
        if name.len() > 1 {
            self.bound.insert(name.to_owned(), value.clone());
        }
        value
    }

    fn fresh(&mut self, slot: &str) -> String {
        let date = self.occasion.date;
        if let Some((low, high)) = slot.split_once(':').and_then(|(_, range)| range.split_once('-'))
        {
            let (low, high): (u32, u32) = (low.parse().unwrap_or(1), high.parse().unwrap_or(9));
            self.asked += 1;
            let n = low
                + mix(
                    self.occasion.meeting * 64 + self.asked,
                    self.template * 512 + self.used * 7 + low,
                ) % (high - low + 1).max(1);
            return if slot.starts_with('%') { n.to_string() } else { thousands(n) };
        }
        if slot == "date" {
            return dates::plain(date);
        }
        if let Some(days) = slot.strip_prefix("date").and_then(|d| d.parse().ok()) {
            return dates::plain(dates::shifted(date, days));
        }
        if let Some(shift) = slot.strip_prefix("fy") {
            return dates::financial_year(date, shift.parse().unwrap_or(0));
        }
        if let Some(shift) = slot.strip_prefix("year") {
            return (date.year() + shift.parse().unwrap_or(0)).to_string();
        }
        if slot == "month" {
            return dates::month(dates::shifted(date, -30)).to_owned();
        }
        if slot == "committee" {
            return self.occasion.committee.to_owned();
        }
        if slot.starts_with("councillor") {
            let members = &self.occasion.members;
            let taken: Vec<&String> = self.bound.values().collect();
            let start = mix(self.occasion.meeting, self.used + self.asked) as usize;
            return (0..members.len())
                .filter_map(|n| members.get((start + n) % members.len()))
                .find(|m| !taken.contains(m))
                .cloned()
                .unwrap_or("A Member".to_owned());
        }
        let list = slot.trim_end_matches(|c: char| c.is_ascii_digit());
        match self.lists.get_mut(list) {
            Some((values, at)) if !values.is_empty() => {
                *at += 1;
                values.get((*at - 1) % values.len()).cloned().unwrap_or_default()
            }
            _ => format!("{{{slot}}}"),
        }
    }
}

/// A capital at the start, one full stop at the end.
fn sentence(line: &str) -> String {
    let line = line.trim().replace("p.m..", "p.m.").replace("  ", " ");
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => line,
    }
}

/// Index of the brace that closes the one at the start.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (n, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(n);
                }
            }
            _ => {}
        }
    }
    None
}

/// Splits at bars outside inner braces.
fn alternatives(slot: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (n, c) in slot.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                out.push(&slot[start..n]);
                start = n + 1;
            }
            _ => {}
        }
    }
    out.push(&slot[start..]);
    out
}

fn thousands(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
