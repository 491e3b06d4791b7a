//! One segment walked through for plain words: what matches is found first, counted then, and only what is shown is scored.

use tantivy::{DocId, TERMINATED};

use super::super::walk::{BATCH, Met, Place, Walk};
use super::floor::Floor;
use super::list::List;
use super::window::{Marks, WINDOW, Window};
use super::{MUCH, WeighedPlain};

/// Windows are worth their while where they hold at least so many of the rarest word's documents.
const DENSE: u64 = 32;
/// A list with more than so many times the documents that are left is searched for them, not read.
const SEARCH: u64 = 64;

/// What adds to a score: lists that are looked at for whatever is shown, and those only for what may be among the best.
struct Gains<'a> {
    early: Vec<List<'a>>,
    /// What adds most goes first, each with the most it adds.
    late: Vec<(f32, List<'a>)>,
    /// The most that all of the late ones add.
    most: f32,
}

/// What is among the best as far as is known.
struct Able {
    floor: Floor,
    met: Vec<Met>,
}

impl Able {
    #[inline]
    fn note(&mut self, met: Met) {
        if self.floor.note(met.score) {
            if self.met.len() == self.met.capacity() {
                // Most of what was able is no longer.
                let enough = self.floor.enough;
                self.met.retain(|met| met.score >= enough);
            }
            self.met.push(met);
        }
    }
}

impl WeighedPlain<'_> {
    /// Walks through one segment.
    pub(in super::super) fn walk(
        &self,
        place: Place<'_>,
        walk: &mut Walk<'_>,
    ) -> tantivy::Result<()> {
        let lists = self.words.iter().map(|word| List::open(word, place.reader));
        let lists = lists.collect::<tantivy::Result<Vec<_>>>()?;
        if !self.any && lists.iter().any(Option::is_none) {
            return Ok(());
        }
        let mut lists: Vec<List<'_>> = lists.into_iter().flatten().collect();
        let mut gains = self.gains(place)?;
        let floor = Floor::new(walk.run.wanted, gains.most);
        let mut able = Able { floor, met: Vec::with_capacity(BATCH) };
        if self.any {
            any(&mut lists, &mut gains.early, place, walk, &mut able);
        } else if let Some(rarest) = lists.first() {
            let documents = u64::from(place.reader.max_doc());
            if u64::from(rarest.len()) * WINDOW as u64 >= DENSE * documents {
                dense(&mut lists, &mut gains.early, place, walk, &mut able);
            } else {
                sparse(&mut lists, &mut gains.early, place, walk, &mut able);
            }
        }
        for met in able.met {
            if met.score >= able.floor.enough
                && let Some(score) = gains.lift(met, |most| walk.top.passes(most, met.brief.day))
            {
                walk.keep(place, met, score);
            }
        }
        Ok(())
    }

    fn gains(&self, place: Place<'_>) -> tantivy::Result<Gains<'_>> {
        let held = self.words.iter().map(|word| word.held);
        let matching: u64 = if self.any { held.sum() } else { held.min().unwrap_or_default() };
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for gain in &self.gains {
            let Some(list) = List::open(gain, place.reader)? else { continue };
            if gain.term.field() != self.exact && gain.held <= MUCH * matching {
                early.push(list);
            } else {
                // Often in hardly any other words: no score is more.
                late.push((gain.weight.score(0, u32::MAX) * 1.001, list));
            }
        }
        late.sort_by(|a, b| b.0.total_cmp(&a.0));
        let most = late.iter().map(|(most, _)| most).sum();
        Ok(Gains { early, late, most })
    }
}

/// Where any of the words will do: all of their lists are read, window by window.
fn any(
    lists: &mut [List<'_>],
    early: &mut [List<'_>],
    place: Place<'_>,
    walk: &mut Walk<'_>,
    able: &mut Able,
) {
    let mut window = Window::new(0);
    let mut batch = Vec::with_capacity(WINDOW);
    while let Some((base, end)) = lists.iter().map(List::doc).min().and_then(window_of) {
        let mut marks = Marks::none();
        for list in &mut *lists {
            list.add(end, &mut window.scores, &mut marks);
        }
        for list in &mut *early {
            list.gain(base, end, &mut window.scores);
        }
        let score = |doc: DocId| window.scores[doc as usize % WINDOW];
        marks.each(base, |doc| batch.push(Met::new(doc, score(doc))));
        walk.count(place, &mut batch);
        batch.drain(..).for_each(|met| able.note(met));
        window.scores.fill(0.0);
    }
}

/// Where all of them must stand and the rarest is in many documents: each window's are marked for each word.
fn dense(
    lists: &mut [List<'_>],
    early: &mut [List<'_>],
    place: Place<'_>,
    walk: &mut Walk<'_>,
    able: &mut Able,
) {
    let Some(rarest) = lists.first().map(|list| u64::from(list.len())) else { return };
    let mut window = Window::new(lists.len());
    let mut batch = Vec::with_capacity(WINDOW);
    while let Some((base, end)) = lists.iter().map(List::doc).max().and_then(window_of) {
        let mut marks: Option<Marks> = None;
        for (list, times) in lists.iter_mut().zip(&mut window.times) {
            match &mut marks {
                Some(marks) if u64::from(list.len()) > SEARCH * rarest => {
                    marks.retain(base, |doc| {
                        let there = list.seek(doc);
                        if there {
                            times[doc as usize % WINDOW] = list.times();
                        }
                        there
                    });
                }
                marked => {
                    let mut own = Marks::none();
                    list.mark(base, end, &mut own, times);
                    match marked {
                        Some(marks) => marks.and(&own),
                        None => *marked = Some(own),
                    }
                }
            }
        }
        if let Some(marks) = &marks {
            marks.each(base, |doc| batch.push(Met::new(doc, 0.0)));
        }
        walk.count(place, &mut batch);
        for met in &batch {
            let at = met.doc as usize % WINDOW;
            let scores = lists.iter().zip(&window.times);
            window.scores[at] = scores.map(|(list, times)| list.score(met.doc, times[at])).sum();
        }
        for list in &mut *early {
            list.gain(base, end, &mut window.scores);
        }
        for mut met in batch.drain(..) {
            met.score = window.scores[met.doc as usize % WINDOW];
            able.note(met);
        }
    }
}

/// Where all of them must stand and the rarest is in few documents: each of these is looked for in the other lists.
fn sparse(
    lists: &mut [List<'_>],
    early: &mut [List<'_>],
    place: Place<'_>,
    walk: &mut Walk<'_>,
    able: &mut Able,
) {
    let Some((rarest, others)) = lists.split_first_mut() else { return };
    let mut batch = Vec::with_capacity(BATCH);
    let mut more = rarest.doc() != TERMINATED;
    while more {
        let (docs, times) = rarest.rest();
        for (doc, times) in docs.iter().zip(times) {
            if others.iter_mut().all(|other| other.seek(*doc)) {
                let own = rarest.score(*doc, *times);
                let score = others.iter().fold(own, |sum, other| sum + other.here(*doc));
                batch.push(Met::new(*doc, score));
            }
        }
        more = rarest.advance();
        if more && batch.len() < BATCH / 2 {
            continue;
        }
        walk.count(place, &mut batch);
        for mut met in batch.drain(..) {
            for list in &mut *early {
                met.score += list.of(met.doc).unwrap_or(0.0);
            }
            able.note(met);
        }
    }
}

/// The window a document stands in: where it begins, and where the next one does.
fn window_of(doc: DocId) -> Option<(DocId, DocId)> {
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand")]
    let size = WINDOW as DocId;
    let base = doc - doc % size;
    (doc != TERMINATED).then_some((base, base + size))
}

impl Gains<'_> {
    /// A document's score with what it gains late, unless that does not reach.
    fn lift(&mut self, met: Met, reaches: impl Fn(f32) -> bool) -> Option<f32> {
        let Met { doc, mut score, .. } = met;
        let mut most = self.most;
        for (own, list) in &mut self.late {
            if !reaches(score + most) {
                return None;
            }
            score += list.of(doc).unwrap_or(0.0);
            most -= *own;
        }
        Some(score)
    }
}
