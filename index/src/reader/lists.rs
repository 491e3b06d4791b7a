//! Who and what is in the index: committees, roles, topics and councils with how much of each is held.

use jiff::civil::Date;

use super::rows::{NO_YEAR, Names, date};
use super::snapshot::Tally;
use crate::results::Coverage;
use crate::{Index, IndexError, analysis};

/// One committee, role, topic or council of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The value a filter takes.
    pub slug: String,
    /// What readers see.
    pub label: String,
    /// Items with it; for committees and councils procedural ones too, for roles and topics only where there are no others.
    pub items: usize,
    /// Meetings; for committees and councils.
    pub meetings: usize,
    /// First meeting day with it.
    pub first: Option<Date>,
    /// Last meeting day with it.
    pub last: Option<Date>,
    /// For committees: the slug shared with those it was renamed from or to.
    pub lineage: Option<String>,
    /// For committees: meetings in each calendar year, oldest first, undated left out.
    pub years: Vec<(i16, usize)>,
    /// For topics: slugs of the wider ones.
    pub broader: Vec<String>,
}

fn listed(names: &Names, tallies: &[Tally], label: impl Fn(usize) -> String) -> Vec<Listed> {
    let mut all: Vec<Listed> = tallies
        .iter()
        .enumerate()
        .filter(|(_, tally)| tally.items + tally.meetings > 0)
        .map(|(at, tally)| Listed {
            slug: names.slugs[at].clone(),
            label: label(at),
            items: tally.items,
            meetings: tally.meetings,
            first: tally.first.and_then(date),
            last: tally.last.and_then(date),
            lineage: None,
            years: Vec::new(),
            broader: Vec::new(),
        })
        .collect();
    // As a reader looks them up: capitals and accents make no difference.
    all.sort_by_cached_key(|one| (analysis::words(&one.label), one.slug.clone()));
    all
}

/// Counts items as the search does that a list leads to.
fn as_shown(all: &mut [Listed], names: &Names, tallies: &[Tally]) {
    for one in all {
        let tally = names.get(&one.slug).and_then(|number| tallies.get(number as usize));
        one.items = tally.map_or(one.items, Tally::shown);
    }
}

impl Index {
    /// The committees held, by name.
    pub fn committees(&self) -> Vec<Listed> {
        let snapshot = self.snapshot();
        let names = &snapshot.names;
        let mut all = listed(&names.committees, &snapshot.committees, |at| {
            names.committees.labels[at].clone()
        });
        for committee in &mut all {
            let Some(number) = names.committees.get(&committee.slug) else { continue };
            committee.lineage = names.lineages.get(number as usize).cloned();
            committee.years = snapshot
                .meetings
                .range((number, NO_YEAR + 1)..=(number, i16::MAX))
                .map(|((_, year), count)| (*year, *count))
                .collect();
        }
        all
    }

    /// The roles named in items, by name.
    pub fn roles(&self) -> Vec<Listed> {
        let snapshot = self.snapshot();
        let mut all = listed(&snapshot.names.roles, &snapshot.roles, |at| snapshot.role_label(at));
        as_shown(&mut all, &snapshot.names.roles, &snapshot.roles);
        all
    }

    /// The topics items carry, by name; wider topics count their narrower ones.
    pub fn topics(&self) -> Vec<Listed> {
        let snapshot = self.snapshot();
        let shipped = minutebook_record::vocabulary::Topics::in_use();
        let names = &snapshot.names.topics;
        let mut all = listed(names, &snapshot.topics, |at| names.labels[at].clone());
        as_shown(&mut all, names, &snapshot.topics);
        for topic in &mut all {
            topic.broader = shipped.get(&topic.slug).map(|t| t.broader.clone()).unwrap_or_default();
        }
        all
    }

    /// The councils held, by name.
    pub fn councils(&self) -> Vec<Listed> {
        let snapshot = self.snapshot();
        let names = &snapshot.names.councils;
        listed(names, &snapshot.councils, |at| names.labels[at].clone())
    }

    /// What is held at all.
    pub fn coverage(&self) -> Result<Coverage, IndexError> {
        Ok(self.snapshot().coverage.clone())
    }
}
