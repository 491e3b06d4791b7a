//! Several numbers for each document, such as its topics, read from a column and kept in one array.

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::rows::SPOKE;

/// Documents whose columns are read together.
pub(super) const TOGETHER: usize = 1024;

/// Several numbers for each document.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// Reads what a column of so many documents holds, as the numbers of its terms; each number once a document.
    pub(super) fn read(
        column: Option<&StrColumn>,
        docs: DocId,
        mut number: impl FnMut(usize) -> Option<u32>,
    ) -> Self {
        let Some(column) = column.map(|column| column.ords()) else { return Lists::default() };
        let mut starts = Vec::with_capacity(docs as usize + 1);
        starts.push(0);
        let mut values: Vec<u32> = Vec::with_capacity(column.values.num_vals() as usize);
        let mut places = Vec::with_capacity(TOGETHER);
        let mut held: Vec<u64> = Vec::new();
        for from in (0..docs).step_by(TOGETHER) {
            places.clear();
            let some = (from..docs).take(TOGETHER);
            places.extend(some.map(|doc| column.index.value_row_ids(doc)));
            // Values follow each other as their documents do.
            let some = || places.iter().filter(|place| !place.is_empty());
            let begin = some().next().map_or(0, |place| place.start);
            let end = some().next_back().map_or(begin, |place| place.end);
            held.clear();
            held.resize((end - begin) as usize, 0);
            column.values.get_range(u64::from(begin), &mut held);
            let mut ords = held.iter();
            for place in &places {
                let first = values.len();
                let ords = ords.by_ref().take(place.len());
                values.extend(
                    ords.filter_map(|ord| usize::try_from(*ord).ok().and_then(&mut number)),
                );
                once(&mut values, first);
                starts.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
            }
        }
        values.shrink_to_fit();
        Lists { starts, values }
    }

    /// A document's.
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

/// Leaves of the numbers from one place on each once: of a post that spoke and is named besides, that it spoke.
fn once(values: &mut Vec<u32>, first: usize) {
    let mut kept = first;
    for at in first..values.len() {
        let value = values[at];
        let known = values[first..kept].iter_mut().find(|known| (**known ^ value) & !SPOKE == 0);
        if let Some(known) = known {
            *known |= value;
        } else {
            values[kept] = value;
            kept += 1;
        }
    }
    values.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_stands_once_and_has_spoken_if_it_did_anywhere() {
        let mut values = vec![7, 7, 3, 5, 3 | SPOKE, 5];
        once(&mut values, 1);
        assert_eq!(values, [7, 7, 3 | SPOKE, 5]);
    }
}
