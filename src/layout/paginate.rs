//! Where columns and pages end.
//!
//! Dynamic programming after Plass, "Optimal Pagination Techniques for
//! Automatic Typesetting Systems" (Stanford, 1981), over states (segment,
//! piece, row): the cheapest way to set everything from a piece on, if it
//! starts at that row of a page. Within a page the columns are chosen
//! together. The result is the optimum over the whole brochure for the costs
//! in [`super::weights`].

use super::columns::Column;
use super::piece::{Piece, Segment};
use super::weights as w;
use std::collections::BTreeMap;

/// Where one segment's contents come to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// Index of the segment.
    pub(super) segment: usize,
    /// Index of the piece in a column segment; 0 for spanners.
    pub(super) piece: usize,
    /// Page, from 0.
    pub(super) page: usize,
    /// Column, from 0.
    pub(super) column: usize,
    /// Grid row, from 0.
    pub(super) row: i64,
}

/// The whole pagination.
#[derive(Debug, Clone, Default)]
pub(super) struct Pagination {
    /// Every drawn piece and spanner, in reading order.
    pub(super) placed: Vec<Placed>,
    /// How many pages there are.
    pub(super) pages: usize,
}

/// Paginates segments onto pages of `rows` grid rows.
pub(super) fn paginate(segments: &[Segment], rows: i64) -> Pagination {
    let mut solver = Solver { segments, rows, memo: BTreeMap::new() };
    // Solving from the back keeps the recursion shallow: each state then
    // finds the states of later segments solved.
    for index in (0..segments.len()).rev() {
        if let Segment::Columns { pieces, .. } = &segments[index] {
            for piece in (0..pieces.len()).rev() {
                if piece == 0 || pieces[piece - 1].break_after < w::FORBIDDEN {
                    solver.solve(State { segment: index, piece, row: 0 });
                }
            }
        } else {
            solver.solve(State { segment: index, piece: 0, row: 0 });
        }
    }
    solver.trace()
}

/// What remains to be set, and where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    segment: usize,
    piece: usize,
    row: i64,
}

/// How to go on from a state, and what everything from there costs.
#[derive(Debug, Clone)]
struct Choice {
    cost: i64,
    /// Where each column of this page ends (index of the piece after it);
    /// empty if nothing is set on this page.
    ends: Vec<usize>,
    /// The rows of each column after levelling.
    height: i64,
    next: State,
    /// Whether `next` starts on a new page.
    turns: bool,
}

struct Solver<'a> {
    segments: &'a [Segment],
    rows: i64,
    memo: BTreeMap<State, Choice>,
}

impl Solver<'_> {
    fn cost(&mut self, state: State) -> i64 {
        self.solve(state);
        self.memo.get(&state).map_or(0, |choice| choice.cost)
    }

    fn solve(&mut self, state: State) {
        if state.segment >= self.segments.len() || self.memo.contains_key(&state) {
            return;
        }
        let segments = self.segments;
        let choice = match &segments[state.segment] {
            Segment::Chapter(_) => self.pass(state, state.row, 0),
            Segment::NewPage if state.row == 0 => self.pass(state, 0, 0),
            Segment::NewPage => {
                self.turn(State { segment: state.segment + 1, piece: 0, row: 0 }, 0)
            }
            Segment::Spanner(spanner) => {
                let above = if state.row == 0 { 0 } else { spanner.above };
                let end = state.row + above + spanner.rows;
                if state.row > 0 && end + spanner.keep > self.rows {
                    self.turn(State { row: 0, ..state }, empty(self.rows - state.row, 1))
                } else {
                    self.pass(state, (end + spanner.below).min(self.rows), spanner.rows)
                }
            }
            Segment::Columns { count, pieces } => self.columns(state, usize::from(*count), pieces),
        };
        self.memo.insert(state, choice);
    }

    /// Goes on with the next segment on the same page.
    fn pass(&mut self, state: State, row: i64, height: i64) -> Choice {
        let next = State { segment: state.segment + 1, piece: 0, row };
        Choice { cost: self.cost(next), ends: Vec::new(), height, next, turns: false }
    }

    /// Goes on on a new page.
    fn turn(&mut self, next: State, extra: i64) -> Choice {
        let cost = self.cost(next) + extra + w::PAGE;
        Choice { cost, ends: Vec::new(), height: 0, next, turns: true }
    }

    /// The best way to fill the columns of one page.
    fn columns(&mut self, state: State, count: usize, pieces: &[Piece]) -> Choice {
        let capacity = self.rows - state.row;
        let mut best = None::<Choice>;
        if state.row > 0 {
            let fresh = State { row: 0, ..state };
            if fresh != state {
                // Nothing here: the page's rest stays empty.
                best = Some(self.turn(fresh, empty(capacity, count)));
            }
        }
        for page in super::columns::page_options(pieces, state.piece, count, capacity) {
            let full = page.ends.last().copied() != Some(pieces.len());
            let (next, extra) = if full {
                let piece = page.ends.last().copied().unwrap_or(pieces.len());
                (State { segment: state.segment, piece, row: 0 }, w::PAGE)
            } else {
                let row = (state.row + page.height).min(self.rows);
                (State { segment: state.segment + 1, piece: 0, row }, 0)
            };
            let cost = page.cost + extra + self.cost(next);
            if best.as_ref().is_none_or(|b| cost < b.cost) {
                best =
                    Some(Choice { cost, ends: page.ends, height: page.height, next, turns: full });
            }
        }
        best.unwrap_or_else(|| self.pass(state, state.row, 0))
    }

    /// Follows the choices from the start.
    fn trace(&mut self) -> Pagination {
        let mut result = Pagination::default();
        let mut state = State { segment: 0, piece: 0, row: 0 };
        let mut page = 0;
        let mut used = false;
        while state.segment < self.segments.len() {
            self.solve(state);
            let Some(choice) = self.memo.get(&state).cloned() else { break };
            match &self.segments[state.segment] {
                Segment::Spanner(spanner) if !choice.turns => {
                    let above = if state.row == 0 { 0 } else { spanner.above };
                    let row = state.row + above;
                    let segment = state.segment;
                    result.placed.push(Placed { segment, piece: 0, page, column: 0, row });
                    used = true;
                }
                Segment::Columns { pieces, .. } => {
                    place_columns(&mut result.placed, state, &choice, pieces, page);
                    used |= !choice.ends.is_empty();
                }
                _ => {}
            }
            if choice.turns {
                page += 1;
                used = false;
            }
            state = choice.next;
        }
        result.pages = page + usize::from(used);
        result
    }
}

/// What it costs to leave the rest of a page empty.
fn empty(rows: i64, columns: usize) -> i64 {
    rows * rows * w::EMPTY_ROW * columns as i64
}

/// Puts the pieces of one page's columns into their rows.
fn place_columns(
    placed: &mut Vec<Placed>,
    state: State,
    choice: &Choice,
    pieces: &[Piece],
    page: usize,
) {
    let mut from = state.piece;
    for (column, &end) in choice.ends.iter().enumerate() {
        let mut extra = choice.height - Column::of(pieces, from, end).rows;
        let mut row = state.row;
        for piece in Column::trimmed(pieces, from, end) {
            if pieces[piece].is_space() {
                let grow = extra.clamp(0, pieces[piece].stretch);
                extra -= grow;
                row += grow;
            } else {
                let segment = state.segment;
                placed.push(Placed { segment, piece, page, column, row });
            }
            row += pieces[piece].rows;
        }
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Frame;
    use crate::layout::piece::Spanner;

    fn line() -> Piece {
        Piece::drawn(Frame::default(), 1)
    }

    /// A paragraph of `n` lines with its widow and orphan costs, white after it.
    fn paragraph(n: usize) -> Vec<Piece> {
        let mut lines: Vec<Piece> = (0..n).map(|_| line()).collect();
        if n > 1 {
            lines[0].break_after = w::WIDOW_ORPHAN;
            lines[n - 2].break_after = w::WIDOW_ORPHAN;
        }
        lines.push(Piece::space(1));
        lines
    }

    fn columns(pieces: Vec<Piece>) -> Segment {
        Segment::Columns { count: 2, pieces }
    }

    /// Page, column and row of each drawn piece.
    fn places(segments: &[Segment], rows: i64) -> Vec<(usize, usize, i64)> {
        paginate(segments, rows).placed.iter().map(|p| (p.page, p.column, p.row)).collect()
    }

    #[test]
    fn a_short_text_is_balanced() {
        let pieces = (0..6).map(|_| line()).collect();
        let got = places(&[columns(pieces)], 10);
        assert_eq!(got, [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 1, 1), (0, 1, 2)]);
    }

    #[test]
    fn no_single_line_stands_alone() {
        for total in 5..40 {
            for rows in 6..12 {
                let pieces: Vec<Piece> =
                    paragraph(total).into_iter().chain(paragraph(5)).chain(paragraph(4)).collect();
                let placed = paginate(&[columns(pieces.clone())], rows).placed;
                for pair in placed.windows(2) {
                    if (pair[0].page, pair[0].column) != (pair[1].page, pair[1].column) {
                        let cost = pieces[pair[0].piece].break_after;
                        assert!(cost < w::WIDOW_ORPHAN, "{total} lines on {rows} rows");
                    }
                }
            }
        }
    }

    #[test]
    fn white_vanishes_at_the_head_of_a_column() {
        let mut pieces = paragraph(4);
        pieces.extend(paragraph(4));
        let got = places(&[columns(pieces)], 4);
        assert_eq!(got[4], (0, 1, 0));
        assert_eq!(got.len(), 8);
    }

    #[test]
    fn a_box_moves_whole_to_the_next_column() {
        let mut pieces: Vec<Piece> = (0..4).map(|_| line()).collect();
        pieces.push(Piece::drawn(Frame::default(), 5));
        pieces.extend((0..8).map(|_| line()));
        let placed = paginate(&[columns(pieces)], 8).placed;
        let tall = placed.iter().find(|p| p.piece == 4).expect("the box");
        assert_eq!((tall.page, tall.column, tall.row), (0, 1, 0));
    }

    #[test]
    fn a_spanner_keeps_rows_below_it() {
        let spanner = |keep| {
            Segment::Spanner(Spanner {
                rows: 3,
                above: 2,
                below: 1,
                keep,
                frame: Frame::default(),
                heading: None,
            })
        };
        let text = columns((0..10).map(|_| line()).collect());
        let stays = paginate(&[text.clone(), spanner(0), text.clone()], 10).placed;
        assert_eq!((stays[10].page, stays[10].row), (0, 7));
        let moves = paginate(&[text.clone(), spanner(2), text], 10).placed;
        assert_eq!((moves[10].page, moves[10].row), (1, 0));
        assert_eq!((moves[11].page, moves[11].row), (1, 4));
    }

    #[test]
    fn everything_is_placed_once_and_in_order() {
        let mut pieces = Vec::new();
        for n in [3, 9, 1, 14, 2, 30, 5] {
            pieces.extend(paragraph(n));
        }
        let count = pieces.iter().filter(|p| !p.is_space()).count();
        let placed =
            paginate(&[columns(pieces), Segment::NewPage, columns(paragraph(3))], 9).placed;
        assert_eq!(placed.len(), count + 3);
        let keys: Vec<_> = placed.iter().map(|p| (p.segment, p.piece)).collect();
        assert!(keys.is_sorted());
        let spots: Vec<_> = placed.iter().map(|p| (p.page, p.column, p.row)).collect();
        assert!(spots.is_sorted());
        assert!(placed.iter().all(|p| p.row < 9));
    }

    #[test]
    fn a_piece_taller_than_the_page_does_not_hang() {
        let pieces = vec![line(), Piece::drawn(Frame::default(), 50), line()];
        assert_eq!(paginate(&[columns(pieces)], 10).placed.len(), 3);
    }
}
