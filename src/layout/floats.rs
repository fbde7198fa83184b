//! Boxes that may leave their place: to the head or the foot of their column,
//! or to the head of the next one.
//!
//! A column holds at most one float at its head and one at its foot. Floats
//! stay in their order: none moves past one that stays in its place.

use super::column::{Placement, Spot};
use super::galley::{Part, Shape};
use super::weights as w;

/// White between a float that moved and the text.
const WHITE: i64 = 1;

/// Where the floats of one column stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// From the column before, at the head.
    owed: Option<Float>,
    /// This column's own, at the head.
    head: Option<Float>,
    /// At the foot.
    foot: Option<Float>,
    /// Passed here, at the head of the next column.
    late: Option<Float>,
}

/// A float: its part and its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Float {
    part: usize,
    rows: i64,
}

impl Plan {
    /// The rows that floats at head and foot take with their white.
    pub(super) fn rows(&self) -> i64 {
        self.head_rows() + self.foot.map_or(0, |float| float.rows + WHITE)
    }

    /// The rows above the text.
    pub(super) fn head_rows(&self) -> i64 {
        self.owed.or(self.head).map_or(0, |float| float.rows + WHITE)
    }

    /// What the plan costs.
    pub(super) fn cost(&self) -> i64 {
        let moved = i64::from(self.head.is_some()) + i64::from(self.foot.is_some());
        moved * w::FLOAT_MOVED + i64::from(self.late.is_some()) * w::FLOAT_LATE
    }

    /// The float that the next column starts with.
    pub(super) fn owed(&self) -> Option<u32> {
        self.late.map(|float| float.part as u32)
    }

    /// Whether a float does not stand in its place.
    pub(super) fn moves(&self, part: usize) -> bool {
        self.own().any(|float| float.part == part)
    }

    /// Whether the same floats do not stand in their places.
    pub(super) fn moves_same(&self, other: &Plan) -> bool {
        self.own().all(|float| other.moves(float.part))
            && other.own().all(|float| self.moves(float.part))
    }

    fn own(&self) -> impl Iterator<Item = Float> {
        [self.head, self.foot, self.late].into_iter().flatten()
    }

    /// Whether a float stands at the head, ahead of its place in this column.
    pub(super) fn is_head(&self, part: usize) -> bool {
        self.head.is_some_and(|float| float.part == part)
    }

    /// Whether the places of all floats that move lie before the column's end,
    /// and none moves past another.
    pub(super) fn is_kept(&self, parts: &[Part<'_>], from: Spot, end: Spot) -> bool {
        let (first, last) = (from.part as usize, end.part as usize);
        let stays = |part: usize| matches!(parts[part].shape, Shape::Float(_)) && !self.moves(part);
        let ends = last >= parts.len();
        self.own().all(|float| float.part < last)
            && !(ends && self.late.is_some())
            && self.head.is_none_or(|head| !(first..head.part).any(stays))
            && self.foot.or(self.late).is_none_or(|float| !(float.part + 1..last).any(stays))
    }

    /// Adds the floats at head and foot to a column of so many rows.
    pub(super) fn place(&self, rows: i64, placed: &mut Vec<Placement>) {
        let mut put = |float: Option<Float>, row: i64| {
            if let Some(Float { part, .. }) = float {
                placed.push(Placement { part, setting: 0, lines: 0..1, row });
            }
        };
        put(self.owed.or(self.head), 0);
        put(self.foot, rows - self.foot.map_or(0, |float| float.rows));
        placed.sort_by_key(|placement| (placement.part, placement.lines.start));
    }
}

/// The plans for a column that starts at a spot, the plainest first.
pub(super) fn plans(parts: &[Part<'_>], from: Spot, capacity: i64) -> Vec<Plan> {
    let rows_of = |part: usize| match parts.get(part).map(|part| &part.shape) {
        Some(Shape::Float(rows)) => Some(*rows),
        _ => None,
    };
    let float = |part: usize| rows_of(part).map(|rows| Float { part, rows });
    let owed = from.owed.and_then(|part| float(part as usize));
    let mut plans = vec![Plan { owed, ..Plan::default() }];
    for float in reach(parts, from, capacity).into_iter().filter_map(float) {
        for index in 0..plans.len() {
            let plan = plans[index].clone();
            if plan.owed.is_none() && plan.own().next().is_none() {
                plans.push(Plan { head: Some(float), ..plan.clone() });
            }
            if plan.foot.is_none() && plan.late.is_none() {
                plans.push(Plan { foot: Some(float), ..plan.clone() });
            }
            if plan.late.is_none() {
                plans.push(Plan { late: Some(float), ..plan });
            }
        }
    }
    plans.retain(|plan| plan.rows() <= capacity);
    plans
}

/// The floats whose place may lie in a column.
fn reach(parts: &[Part<'_>], from: Spot, capacity: i64) -> Vec<usize> {
    let mut room = capacity;
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate().skip(from.part as usize) {
        match part.shape {
            Shape::Float(_) => found.push(index),
            Shape::White(_) => {}
            // Of a paragraph that has begun, one line may be all that is left.
            Shape::Set(_) if index == from.part as usize && from.line > 0 => room -= 1,
            Shape::Set(_) => room -= part.least_rows(),
        }
        if room < 0 || found.len() == 3 {
            break;
        }
    }
    found
}
