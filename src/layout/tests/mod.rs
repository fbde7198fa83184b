//! Tests of pagination with parts that have rows and prices but nothing to draw.

mod by_hand;
mod optimum;
mod reference;
mod replay;

use super::galley::{Drawing, Part, Segment, Setting, Shape, Spanner, White};
use super::paginate::{Pagination, paginate, paginate_onto};
use super::weights as w;
use crate::document::Frame;

/// A segment, as tests write it down.
#[derive(Debug, Clone)]
enum Stretch {
    NewPage,
    Chapter,
    Spanner(Wide),
    Columns(usize, Vec<Piece>),
}

/// Something across all columns.
#[derive(Debug, Clone, Copy)]
struct Wide {
    rows: i64,
    above: i64,
    below: i64,
    keep: i64,
    holds: bool,
}

/// A part of a column, as tests write it down.
#[derive(Debug, Clone)]
struct Piece {
    shape: Shape,
    after: i64,
}

/// A box of so many rows.
fn solid(rows: i64) -> Piece {
    Piece { shape: Shape::Set(vec![Setting::whole(rows)]), after: 0 }
}

/// A heading of one row, which must not stand last in a column.
fn heading() -> Piece {
    Piece { after: w::STRANDED, ..solid(1) }
}

/// A box that may move.
fn float(rows: i64) -> Piece {
    Piece { shape: Shape::Float(rows), after: 0 }
}

/// White that does not grow.
fn white(rows: i64) -> Piece {
    growing(rows, 0)
}

/// White that may grow.
fn growing(rows: i64, stretch: i64) -> Piece {
    Piece { shape: Shape::White(White { rows, stretch, price: w::GROWN }), after: 0 }
}

/// A paragraph in ways of so many lines, each with its price.
fn text(ways: &[(usize, i64)]) -> Piece {
    let setting = |&(lines, cost): &(usize, i64)| {
        let variant = (lines as i64 - ways[0].0 as i64) as i8;
        Setting { rows: 1, variant, cost, between: between(lines) }
    };
    Piece { shape: Shape::Set(ways.iter().map(setting).collect()), after: 0 }
}

/// A paragraph of so many lines.
fn lines(count: usize) -> Piece {
    text(&[(count, 0)])
}

/// What it costs to end a column between the lines of a paragraph.
fn between(lines: usize) -> Vec<i64> {
    let price = |index: usize| {
        let alone = i64::from(index == 0) + i64::from(index + 2 == lines);
        let two = lines > 3 && (index == 1 || index + 3 == lines);
        alone * w::WIDOW_ORPHAN + i64::from(two) * w::TWO_LINES
    };
    (0..lines - 1).map(price).collect()
}

/// A spanner without white around it.
fn plate(rows: i64) -> Wide {
    Wide { rows, above: 0, below: 0, keep: 0, holds: false }
}

/// The segments that the paginator takes.
fn segments(stretches: &[Stretch]) -> Vec<Segment<'static>> {
    stretches.iter().map(segment).collect()
}

fn segment(stretch: &Stretch) -> Segment<'static> {
    match stretch {
        Stretch::NewPage => Segment::NewPage,
        Stretch::Chapter => Segment::Chapter(String::new()),
        Stretch::Spanner(wide) => Segment::Spanner(Spanner {
            rows: wide.rows,
            above: wide.above,
            below: wide.below,
            keep: wide.keep,
            holds: wide.holds,
            frame: Frame::default(),
            heading: None,
        }),
        Stretch::Columns(count, pieces) => Segment::Columns {
            count: *count,
            parts: pieces
                .iter()
                .map(|piece| Part {
                    shape: piece.shape.clone(),
                    after: piece.after,
                    drawing: Drawing::Nothing,
                    heading: None,
                })
                .collect(),
        },
    }
}

/// The pagination of such segments, if there is one.
fn pages_of(stretches: &[Stretch], rows: i64, pages: Option<usize>) -> Option<Pagination> {
    let segments = segments(stretches);
    let cheapest = paginate(&segments, rows)?;
    match pages {
        None => Some(cheapest.pagination),
        Some(pages) => paginate_onto(&segments, rows, pages, i64::MAX, &cheapest),
    }
}
