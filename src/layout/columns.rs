//! The ways to fill the columns of one page.

use super::piece::Piece;
use super::weights as w;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows that a full column may stay short of the page's foot before the
/// search gives up on it: more than the tallest heading with its lines. Where
/// nothing ends that near, the longest columns that fit are taken.
const SEARCH_DEPTH: i64 = 16;

/// A way to fill the columns of one page.
#[derive(Debug, Clone)]
pub(super) struct PageOption {
    /// What it costs, as in [`super::weights`].
    pub(super) cost: i64,
    /// For each column the piece after its last.
    pub(super) ends: Vec<usize>,
    /// The rows to which the columns are levelled.
    pub(super) height: i64,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Rows from the first to the last drawn piece.
    pub(super) rows: i64,
    /// Rows that the white between them may grow.
    stretch: i64,
    /// Whether there is but one drawn piece, which then has no other place.
    single: bool,
}

impl Column {
    /// The column of the pieces `from..to`.
    pub(super) fn of(pieces: &[Piece], from: usize, to: usize) -> Column {
        let mut column = Column { rows: 0, stretch: 0, single: false };
        let mut drawn = 0;
        for piece in &pieces[Column::trimmed(pieces, from, to)] {
            column.rows += piece.rows;
            column.stretch += piece.stretch;
            drawn += usize::from(!piece.is_space());
        }
        column.single = drawn <= 1;
        column
    }

    /// The pieces without the white at head and foot.
    pub(super) fn trimmed(pieces: &[Piece], from: usize, to: usize) -> Range<usize> {
        let inside = &pieces[from..to];
        let head = inside.iter().take_while(|p| p.is_space()).count();
        let foot = inside[head..].iter().rev().take_while(|p| p.is_space()).count();
        from + head..to - foot
    }

    /// What it costs to bring the column to `height`: white grows as far as
    /// it can, and `per_row` is paid for what is still missing, squared.
    fn levelled(&self, height: i64, per_row: i64) -> i64 {
        let missing = (height - self.rows).max(0);
        let grown = missing.min(self.stretch);
        let short = missing - grown;
        let square = short.min(w::SHORT_ROWS);
        grown * w::STRETCHED_SPACE + square * square * per_row + (short - square) * w::SHORT_ROW
    }

    fn fits(&self, capacity: i64) -> bool {
        // A piece taller than a page is reported elsewhere; here it goes on.
        self.rows <= capacity || self.single
    }
}

/// Sums over the pieces before each one, so that a column is known at once.
struct Sums {
    /// Rows, stretch and drawn pieces before each piece, and after the last.
    before: Vec<(i64, i64, usize)>,
    /// For each piece the first drawn one from there on.
    next_drawn: Vec<usize>,
    /// For each piece the one after the last drawn one before it.
    drawn_end: Vec<usize>,
}

impl Sums {
    fn of(pieces: &[Piece]) -> Sums {
        let mut before = vec![(0, 0, 0)];
        let mut drawn_end = vec![0];
        let (mut rows, mut stretch, mut drawn) = (0, 0, 0);
        for (index, piece) in pieces.iter().enumerate() {
            rows += piece.rows;
            stretch += piece.stretch;
            drawn += usize::from(!piece.is_space());
            before.push((rows, stretch, drawn));
            drawn_end.push(if piece.is_space() { drawn_end[index] } else { index + 1 });
        }
        let mut next_drawn = vec![pieces.len(); pieces.len() + 1];
        for (index, piece) in pieces.iter().enumerate().rev() {
            next_drawn[index] = if piece.is_space() { next_drawn[index + 1] } else { index };
        }
        Sums { before, next_drawn, drawn_end }
    }

    /// The same as [`Column::of`].
    fn column(&self, from: usize, to: usize) -> Column {
        let (first, end) = (self.next_drawn[from], self.drawn_end[to]);
        if first >= end {
            return Column { rows: 0, stretch: 0, single: true };
        }
        let (start, end) = (self.before[first], self.before[end]);
        Column { rows: end.0 - start.0, stretch: end.1 - start.1, single: end.2 - start.2 <= 1 }
    }
}

/// All sensible ways to fill `count` columns of `capacity` rows from a piece on.
pub(super) fn page_options(
    pieces: &[Piece],
    from: usize,
    count: usize,
    capacity: i64,
) -> Vec<PageOption> {
    if capacity <= 0 || from >= pieces.len() {
        return Vec::new();
    }
    let sums = Sums::of(pieces);
    let rest = sums.column(from, pieces.len()).rows;
    let mut search =
        Search { pieces, sums, from, count, capacity, ends: Vec::new(), options: Vec::new() };
    search.full_pages();
    // White at the breaks between columns vanishes: two rows at each at most.
    let gone = 2 * (count as i64 - 1);
    if rest - gone <= capacity * count as i64 {
        search.last_pages(from);
    }
    search.options
}

struct Search<'a> {
    pieces: &'a [Piece],
    sums: Sums,
    from: usize,
    count: usize,
    capacity: i64,
    /// The ends of the columns chosen so far.
    ends: Vec<usize>,
    options: Vec<PageOption>,
}

impl Search<'_> {
    /// Pages on which every column is filled and something remains: of those
    /// that end at the same piece the cheapest, since what follows is the same.
    fn full_pages(&mut self) {
        let mut pages = BTreeMap::from([(self.from, (0, Vec::new()))]);
        for _ in 0..self.count {
            let mut longer = BTreeMap::<usize, (i64, Vec<usize>)>::new();
            for (from, (cost, ends)) in pages {
                for (end, column) in self.full_columns(from) {
                    let cost = cost + column;
                    if longer.get(&end).is_none_or(|(known, _)| cost < *known) {
                        let ends = ends.iter().copied().chain([end]).collect();
                        longer.insert(end, (cost, ends));
                    }
                }
            }
            pages = longer;
        }
        let height = self.capacity;
        let pages = pages.into_values();
        self.options.extend(pages.map(|(cost, ends)| PageOption { cost, ends, height }));
    }

    /// Where a full column that starts at `from` may end, and what that costs.
    fn full_columns(&self, from: usize) -> Vec<(usize, i64)> {
        let mut found = Vec::new();
        for end in from + 1..self.pieces.len() {
            let column = self.sums.column(from, end);
            if !column.fits(self.capacity) {
                break;
            }
            let after = self.pieces[end - 1].break_after;
            if after < w::FORBIDDEN && column.rows > 0 {
                found.push((
                    end,
                    column.rows,
                    column.levelled(self.capacity, w::SHORT_COLUMN) + after,
                ));
            }
        }
        let near = found.iter().filter(|f| f.1 >= self.capacity - SEARCH_DEPTH).count();
        let keep = near.max(3).min(found.len());
        found.split_off(found.len() - keep).into_iter().map(|(end, _, cost)| (end, cost)).collect()
    }

    /// Pages on which the rest is set, in columns as level as can be.
    fn last_pages(&mut self, from: usize) {
        if self.ends.len() + 1 == self.count {
            self.ends.push(self.pieces.len());
            let option = self.last_page();
            self.options.extend(option);
            self.ends.pop();
            return;
        }
        for end in from + 1..=self.pieces.len() {
            if !self.sums.column(from, end).fits(self.capacity) {
                break;
            }
            if end == self.pieces.len() || self.pieces[end - 1].break_after < w::FORBIDDEN {
                self.ends.push(end);
                self.last_pages(end);
                self.ends.pop();
            }
        }
    }

    /// The last page with the chosen ends, if all columns fit.
    fn last_page(&self) -> Option<PageOption> {
        let starts = std::iter::once(self.from).chain(self.ends.iter().copied());
        let columns: Vec<Column> =
            starts.zip(&self.ends).map(|(from, &end)| self.sums.column(from, end)).collect();
        if columns.iter().any(|column| !column.fits(self.capacity)) {
            return None;
        }
        let height = columns.iter().map(|column| column.rows).max().unwrap_or(0);
        let ended = self.ends.iter().filter(|&&end| end < self.pieces.len());
        let breaks: i64 = ended.map(|&end| self.pieces[end - 1].break_after).sum();
        let uneven: i64 = columns.iter().map(|column| column.levelled(height, w::UNBALANCED)).sum();
        Some(PageOption { cost: breaks + uneven, ends: self.ends.clone(), height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Frame;

    #[test]
    fn sums_give_the_same_columns() {
        let drawn = |rows| Piece::drawn(Frame::default(), rows);
        let pieces = [
            Piece::space(1),
            drawn(2),
            Piece::gap(1),
            drawn(1),
            Piece::space(2),
            Piece::gap(1),
            drawn(3),
            Piece::space(1),
        ];
        let sums = Sums::of(&pieces);
        for from in 0..=pieces.len() {
            for to in from..=pieces.len() {
                let (got, want) = (sums.column(from, to), Column::of(&pieces, from, to));
                assert_eq!(
                    (got.rows, got.stretch, got.single),
                    (want.rows, want.stretch, want.single),
                    "{from}..{to}"
                );
            }
        }
    }
}
