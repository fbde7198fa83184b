//! What the rest of a brochure costs at least: the look-ahead of the search.

use super::column::Spot;
use super::galley::Segment;
use super::page::Columns;
use super::weights as w;

/// Parts of a row that whole rows divide into for each usual number of columns: so
/// the rows of a column count exactly as a share of the page's.
const SHARES: i64 = 2_520;

/// What is known of all that follows a state.
///
/// Never more than what it will cost, and along no step does it fall by more than
/// the step costs: the search finds the optimum however it is led (Hart, Nilsson
/// and Raphael, 1968).
#[derive(Debug)]
pub(super) struct Ahead {
    /// Shares of a page.
    page: i64,
    /// For each segment, what it and those after it cost at their ends.
    ends: Vec<i64>,
    /// For each segment, the shares that those after it take up to the next that
    /// starts a new page.
    after: Vec<i64>,
    /// For each segment, the pages that are begun after the one which the next new
    /// page from there on starts; none if there is no such segment.
    breaks: Vec<Option<i64>>,
    /// For each segment, the rows that it and those after it take.
    rest: Vec<i64>,
}

impl Ahead {
    /// Looks at segments whose columns are known.
    pub(super) fn new(
        segments: &[Segment<'_>],
        columns: &mut [Option<Columns<'_>>],
        rows: i64,
    ) -> Ahead {
        let count = segments.len();
        // Each page may lose a row of white at its foot.
        let page = (rows.max(1) + 1) * SHARES;
        let mut ahead = Ahead {
            page,
            ends: vec![0; count + 1],
            after: vec![0; count],
            breaks: vec![None; count + 1],
            rest: vec![0; count + 1],
        };
        let mut below = 0;
        for index in (0..count).rev() {
            let least_end = columns[index].as_mut().map_or(0, Columns::least_end);
            let shares = shares(&segments[index], columns[index].as_ref(), Spot::START, rows);
            ahead.ends[index] = ahead.ends[index + 1] + least_end;
            ahead.rest[index] = ahead.rest[index + 1] + shares;
            if matches!(segments[index], Segment::NewPage) {
                ahead.breaks[index] = Some(ahead.pages_of(below, 0, index + 1));
                below = 0;
            } else {
                ahead.breaks[index] = ahead.breaks[index + 1];
                ahead.after[index] = below;
                below += shares;
            }
        }
        ahead
    }

    /// The pages that are begun by so many shares from a row on and by the
    /// segments from the next new page on.
    fn pages_of(&self, shares: i64, row: i64, segment: usize) -> i64 {
        let over = (shares - self.page + row * SHARES).max(0);
        let pages = over.div_euclid(self.page) + i64::from(over % self.page > 0);
        let turned = |pages: i64| pages + i64::from(shares > 0 || row > 0);
        pages + self.breaks.get(segment).copied().flatten().map_or(0, turned)
    }

    /// What follows a state costs at least: the pages that its rows take, and the
    /// ends of segments.
    pub(super) fn least(&self, segment: usize, here: i64, row: i64) -> i64 {
        self.ends(segment) + self.pages(segment, here, row) * w::PAGE
    }

    /// The pages that are begun after a state.
    pub(super) fn pages(&self, segment: usize, here: i64, row: i64) -> i64 {
        match self.after.get(segment) {
            Some(after) => self.pages_of(here + after, row, segment),
            None => 0,
        }
    }

    /// What the ends of a segment and of those after it cost at least.
    pub(super) fn ends(&self, segment: usize) -> i64 {
        self.ends[segment]
    }

    /// How many pages' worth the brochure has.
    pub(super) fn pages_in_all(&self) -> usize {
        usize::try_from(self.rest[0] / self.page).unwrap_or(0)
    }

    /// How many pages' worth of the brochure are set where so much of a segment is left.
    pub(super) fn progress(&self, segment: usize, here: i64) -> usize {
        let after = self.rest.get(segment + 1).copied().unwrap_or(0);
        let done = self.rest[0] - after - here;
        usize::try_from(done / self.page).unwrap_or(0)
    }
}

/// The shares of a row that a segment takes at least from a spot on.
pub(super) fn shares(
    segment: &Segment<'_>,
    columns: Option<&Columns<'_>>,
    spot: Spot,
    rows: i64,
) -> i64 {
    match (columns, segment) {
        // A share must not be rounded up.
        (Some(columns), Segment::Columns { count, .. }) if SHARES % *count as i64 == 0 => {
            columns.rows_left(spot) * (SHARES / *count as i64)
        }
        (_, Segment::Spanner(spanner)) => spanner.rows.min(rows) * SHARES,
        _ => 0,
    }
}
