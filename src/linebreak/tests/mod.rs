//! Hand-made widths, then random paragraphs against an exhaustive search.

mod by_hand;
mod limits;
mod random;
mod reference;

use super::*;
use crate::base::Abs;

/// Whole points; everything in these tests is.
fn pt(points: i64) -> Abs {
    Abs::sp(points * 65_536)
}

fn word(width: i64) -> Item {
    Item::rigid(pt(width))
}

/// A box that gives this much either way.
fn elastic(width: i64, widen: i64, narrow: i64) -> Item {
    Item::Box { width: pt(width), widen: pt(widen), narrow: pt(narrow) }
}

fn glue(width: i64, stretch: i64, shrink: i64) -> Item {
    Item::Glue { width: pt(width), stretch: pt(stretch), shrink: pt(shrink) }
}

fn penalty(cost: i32) -> Item {
    Item::Penalty(Penalty { cost, before: Abs::ZERO, after: Abs::ZERO, hyphen: false })
}

/// A hyphen of 1 pt.
fn hyphen(cost: i32) -> Item {
    Item::Penalty(Penalty { cost, before: pt(1), after: Abs::ZERO, hyphen: true })
}

/// Words of these widths with spaces of 2 ± 1 pt, finished.
fn paragraph(words: &[i64]) -> Vec<Item> {
    let mut items = Vec::new();
    for &width in words {
        items.extend([word(width), glue(2, 1, 1)]);
    }
    finish(&mut items);
    items
}

/// Weights without the limit that lies in wait for short lines.
fn params() -> Params {
    Params { runt: Abs::ZERO, ..Params::justified(pt(10)) }
}

/// The same, with a first pass without hyphens.
fn patient() -> Params {
    Params { pretolerance: Some(100), ..params() }
}

/// The items that each line is broken at.
fn broken_at(breaks: &Breaks) -> Vec<usize> {
    breaks.lines.iter().map(|line| line.break_at).collect()
}
