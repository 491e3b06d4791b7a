//! Charts drawn on the server: bars by year as numbers a template can place. No script, no image file.

/// A bar chart by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// One bar a year, gaps included.
    pub(crate) bars: Vec<Bar>,
    /// Width of the drawing.
    pub(crate) width: u32,
    /// Where the bars stand.
    pub(crate) floor: u32,
    /// The first year.
    pub(crate) first: i16,
    /// The last year.
    pub(crate) last: i16,
    /// The highest count.
    pub(crate) most: usize,
    /// What is counted, for those who do not see the bars: "Items", "Meetings".
    pub(crate) what: &'static str,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The year.
    pub(crate) year: i16,
    /// How many.
    pub(crate) count: usize,
    /// Left edge.
    pub(crate) x: u32,
    /// Top edge.
    pub(crate) y: u32,
    /// Width.
    pub(crate) width: u32,
    /// Height; 0 where there is nothing.
    pub(crate) height: u32,
    /// Whether the year is written under it.
    pub(crate) labelled: bool,
}

/// Space for one year.
const STEP: u32 = 36;
/// Space between bars.
const GAP: u32 = 8;
/// Height of the highest bar.
const HIGH: u32 = 110;
/// Space above it, for its count.
const ABOVE: u32 = 20;
/// The most years drawn one by one.
const MOST_YEARS: i16 = 120;

impl Timeline {
    /// The chart of counts by year; none where there are fewer than two years, which a sentence says better.
    pub(crate) fn new(counts: &[(i16, usize)], what: &'static str) -> Option<Self> {
        let last = counts.iter().map(|(year, _)| *year).max()?;
        let first =
            counts.iter().map(|(year, _)| *year).min()?.max(last.saturating_sub(MOST_YEARS));
        if first == last {
            return None;
        }
        let of =
            |year: i16| counts.iter().filter(|(y, _)| *y == year).map(|(_, n)| n).sum::<usize>();
        let most = (first..=last).map(of).max().unwrap_or(0).max(1);
        let every = usize::from((last - first).unsigned_abs()) / 14 + 1;
        let bar = |(at, year): (usize, i16)| {
            let count = of(year);
            let height = bar_height(count, most);
            Bar {
                year,
                count,
                x: u32::try_from(at).unwrap_or(0) * STEP,
                y: ABOVE + HIGH - height,
                width: STEP - GAP,
                height,
                labelled: at.is_multiple_of(every),
            }
        };
        let bars: Vec<Bar> = (first..=last).enumerate().map(bar).collect();
        let width = u32::try_from(bars.len()).unwrap_or(0) * STEP;
        Some(Self { bars, width, floor: ABOVE + HIGH, first, last, most, what })
    }
}

/// In proportion, but never so low that something looks like nothing.
fn bar_height(count: usize, most: usize) -> u32 {
    if count == 0 {
        return 0;
    }
    let share = count.saturating_mul(HIGH as usize) / most.max(1);
    u32::try_from(share).unwrap_or(HIGH).clamp(3, HIGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_has_its_place_and_gaps_stay_gaps() {
        let chart = Timeline::new(&[(2019, 2), (2004, 8), (2019, 2), (2010, 1)], "Items").unwrap();
        assert_eq!(chart.bars.len(), 16);
        assert_eq!((chart.bars[0].count, chart.bars[0].height), (8, HIGH));
        assert_eq!((chart.bars[15].count, chart.bars[15].height), (4, HIGH / 2));
        assert_eq!((chart.bars[1].count, chart.bars[1].height), (0, 0));
        assert!(chart.bars[6].height >= 3);
        assert_eq!(Timeline::new(&[(2019, 2)], "Items"), None);
        assert_eq!(Timeline::new(&[], "Items"), None);
        assert!(Timeline::new(&[(1, 1), (9999, 1)], "Items").unwrap().bars.len() <= 121);
    }
}
