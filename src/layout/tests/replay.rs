//! Checks where a pagination puts things, and adds up what that costs.

use super::super::column::Placement;
use super::super::paginate::Pagination;
use super::reference::{
    FLOAT_WHITE, apart, end_cost, ends_chapter, left_empty, page_cost, stranded, tail,
};
use super::{Piece, Shape, Stretch, White, w};
use std::collections::BTreeMap;

/// What the places of everything cost. Fails unless everything stands once, in
/// order, without overlap and on its page.
pub(super) fn price(stretches: &[Stretch], rows: i64, pagination: &Pagination) -> i64 {
    let mut replay = Replay { rows, row: 0, page: 0, cost: 0 };
    for (segment, stretch) in stretches.iter().enumerate() {
        let placed = || pagination.placed.iter().filter(move |placed| placed.segment == segment);
        match stretch {
            Stretch::Chapter => assert_eq!(placed().count(), 0),
            Stretch::NewPage => {
                assert_eq!(placed().count(), 0);
                if replay.row > 0 {
                    replay.turn(stretches, segment, 0);
                }
            }
            Stretch::Spanner(wide) => {
                let all: Vec<_> = placed().collect();
                assert_eq!(all.len(), 1, "a spanner stands once");
                if all[0].page > replay.page {
                    let extra = stranded(stretches, segment) + apart(stretches, segment);
                    replay.turn(stretches, segment, extra);
                }
                replay.cost += tail(stretches, segment, replay.row);
                let above = if replay.row == 0 { 0 } else { wide.above };
                let row = replay.row + above;
                assert_eq!((all[0].page, all[0].what.row), (replay.page, row));
                let end = row + wide.rows;
                assert!(replay.row == 0 || end + wide.keep <= rows, "too little room below");
                assert!(end <= rows, "a spanner leaves its page");
                replay.row = (end + wide.below).min(rows);
            }
            Stretch::Columns(count, pieces) => {
                let mut columns: BTreeMap<(usize, usize), Vec<&Placement>> = BTreeMap::new();
                for placed in placed() {
                    columns.entry((placed.page, placed.column)).or_default().push(&placed.what);
                }
                assert_complete(pieces, placed().map(|placed| &placed.what));
                let first = columns.keys().next().map_or(0, |(page, _)| *page);
                let last = columns.keys().last().map_or(0, |(page, _)| *page);
                if first > replay.page {
                    replay.turn(stretches, segment, stranded(stretches, segment));
                }
                assert_eq!(first, replay.page);
                let mut passed = 0;
                for page in first..=last {
                    let of_page: Vec<_> =
                        (0..*count).map_while(|column| columns.remove(&(page, column))).collect();
                    replay.columns(pieces, *count, of_page, page == last, &mut passed);
                }
                assert!(columns.is_empty(), "a column follows an empty one");
            }
        }
    }
    let last = pagination.placed.iter().map(|placed| placed.page).max();
    assert_eq!(pagination.pages, last.map_or(0, |last| last + 1));
    assert!(pagination.pages <= replay.page + 1);
    replay.cost + left_empty(replay.row, rows, true)
}

/// Every line of every part stands once, in a single setting, in reading order.
fn assert_complete<'p>(pieces: &[Piece], placed: impl Iterator<Item = &'p Placement>) {
    let mut found: BTreeMap<usize, Vec<&Placement>> = BTreeMap::new();
    for what in placed {
        found.entry(what.part).or_default().push(what);
    }
    for (part, piece) in pieces.iter().enumerate() {
        let found = found.remove(&part).unwrap_or_default();
        let expected = match &piece.shape {
            Shape::White(_) => 0,
            Shape::Float(_) => 1,
            Shape::Set(settings) => settings[found[0].setting].lines(),
        };
        let lines: Vec<usize> = found.iter().flat_map(|what| what.lines.clone()).collect();
        assert_eq!(lines, (0..expected).collect::<Vec<_>>(), "lines of part {part}");
        assert!(found.iter().all(|what| what.setting == found[0].setting));
    }
    assert!(found.is_empty());
}

/// The white between two parts.
fn white_between(pieces: &[Piece], above: usize, below: usize) -> Option<White> {
    let whites = pieces[above + 1..below].iter().filter_map(|piece| match piece.shape {
        Shape::White(white) => Some(white),
        _ => None,
    });
    whites.reduce(|a, b| a.larger(b))
}

/// Whether two parts in their places may stand so many rows apart.
fn may_be(pieces: &[Piece], above: usize, below: usize, gap: i64) -> bool {
    match white_between(pieces, above, below) {
        None => gap == 0,
        Some(white) => (0..=white.stretch).contains(&(gap - white.rows)),
    }
}

struct Replay {
    rows: i64,
    row: i64,
    page: usize,
    cost: i64,
}

impl Replay {
    fn turn(&mut self, stretches: &[Stretch], segment: usize, extra: i64) {
        let ends = ends_chapter(stretches, segment);
        self.cost += extra + w::PAGE + left_empty(self.row, self.rows, ends);
        self.row = 0;
        self.page += 1;
    }

    /// The columns of a page; `passed` is the part after the last that stands
    /// in its place in earlier ones.
    fn columns(
        &mut self,
        pieces: &[Piece],
        count: usize,
        columns: Vec<Vec<&Placement>>,
        ends: bool,
        passed: &mut usize,
    ) {
        let mut heights = Vec::new();
        for column in &columns {
            heights.push(self.column(pieces, column, passed));
        }
        let most = heights.iter().copied().max().unwrap_or(0);
        assert!(self.row + most <= self.rows, "a column leaves its page");
        if ends {
            self.cost += end_cost(&heights, count);
            self.row += most;
        } else {
            heights.resize(count, 0);
            self.cost += w::PAGE + page_cost(&heights, self.row, self.rows);
            self.row = 0;
            self.page += 1;
        }
    }

    /// A column; its rows.
    fn column(&mut self, pieces: &[Piece], column: &[&Placement], passed: &mut usize) -> i64 {
        let mut column = column.to_vec();
        column.sort_by_key(|what| what.row);
        let height = |what: &Placement| match &pieces[what.part].shape {
            Shape::Set(settings) => settings[what.setting].rows * what.lines.len() as i64,
            Shape::Float(rows) => *rows,
            Shape::White(_) => 0,
        };
        let ends: Vec<i64> = column.iter().map(|what| what.row + height(what)).collect();
        assert_eq!(column[0].row, self.row, "white at a column's head");
        for (end, next) in ends.iter().zip(&column[1..]) {
            assert!(*end <= next.row, "two parts overlap");
        }
        let rows = ends[ends.len() - 1] - self.row;
        let floats = |what: &Placement| matches!(pieces[what.part].shape, Shape::Float(_));
        let is_head = |column: &[&Placement]| {
            let Some(later) = column[1..].iter().map(|what| what.part).min() else { return false };
            // Without anything before it, only the white below tells.
            let gap = column[1].row - ends[0];
            let moved = later < column[0].part
                || gap == FLOAT_WHITE && !may_be(pieces, column[0].part, column[1].part, gap);
            floats(column[0]) && moved
        };
        // One of an earlier column, or one that was moved up.
        if floats(column[0]) && column[0].part < *passed {
            assert_eq!(column[1].row - ends[0], FLOAT_WHITE);
            self.cost += w::FLOAT_LATE;
            column.remove(0);
        } else if is_head(&column) {
            assert_eq!(column[1].row - ends[0], FLOAT_WHITE);
            self.cost += w::FLOAT_MOVED;
            column.remove(0);
        }
        let last = column.len() - 1;
        if last > 0 && floats(column[last]) && column[last].part < column[last - 1].part {
            let above = column[last - 1];
            assert_eq!(column[last].row - above.row - height(above), FLOAT_WHITE);
            self.cost += w::FLOAT_MOVED;
            column.remove(last);
        }
        self.in_place(pieces, &column, height);
        *passed = column[column.len() - 1].part + 1;
        rows
    }

    /// What stands in its place, from top to bottom.
    fn in_place(
        &mut self,
        pieces: &[Piece],
        column: &[&Placement],
        height: impl Fn(&Placement) -> i64,
    ) {
        for pair in column.windows(2) {
            assert!(pair[0].part < pair[1].part, "parts out of order");
            let gap = pair[1].row - pair[0].row - height(pair[0]);
            let (above, below) = (pair[0].part, pair[1].part);
            assert!(may_be(pieces, above, below, gap), "{gap} rows between {above} and {below}");
            if let Some(white) = white_between(pieces, above, below) {
                let grown = gap - white.rows;
                self.cost +=
                    white.price * (1..=grown).map(|row| (1..=row).sum::<i64>()).sum::<i64>();
            }
        }
        for (index, what) in column.iter().enumerate() {
            let piece = &pieces[what.part];
            let Shape::Set(settings) = &piece.shape else {
                self.cost += if index + 1 == column.len() { piece.after } else { 0 };
                continue;
            };
            let setting = &settings[what.setting];
            self.cost += if what.lines.start == 0 { setting.cost } else { 0 };
            if what.lines.end < setting.lines() {
                assert_eq!(index + 1, column.len(), "a part ends in the midst of a column");
                self.cost += setting.between[what.lines.end - 1];
            } else if index + 1 == column.len() {
                self.cost += piece.after;
            }
        }
    }
}
