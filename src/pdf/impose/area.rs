//! Rectangles and quarter turns in the coordinates of a PDF: y grows upwards.

use super::super::content::Box4;
use super::super::number::milli;
use crate::base::{Abs, Size};

/// An upright rectangle by its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: Abs,
    pub(super) bottom: Abs,
    pub(super) right: Abs,
    pub(super) top: Abs,
}

impl Area {
    /// Width and height.
    pub(super) fn size(&self) -> Size {
        Size::new(self.right - self.left, self.top - self.bottom)
    }

    /// The same, larger by `by` on all sides.
    pub(super) fn outset(&self, by: Abs) -> Area {
        Area {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    /// What lies in both; its sides may have changed places if nothing does.
    pub(super) fn intersection(&self, other: &Area) -> Area {
        Area {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Whether `other` reaches beyond no side by more than `slack`.
    pub(super) fn holds(&self, other: &Area, slack: Abs) -> bool {
        let room = self.outset(slack);
        room.left <= other.left
            && room.bottom <= other.bottom
            && room.right >= other.right
            && room.top >= other.top
    }

    /// The corners in thousandths of a point, as a PDF has them.
    pub(super) fn corners(&self) -> Box4 {
        [self.left, self.bottom, self.right, self.top].map(milli)
    }
}

/// How a page is turned when shown (ISO 32000-1, table 30, `Rotate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Clockwise,
    UpsideDown,
    Counterclockwise,
}

impl Turn {
    /// A turn by degrees clockwise, if they are a multiple of 90.
    pub(super) fn degrees(degrees: i64) -> Option<Turn> {
        match degrees.rem_euclid(360) {
            0 => Some(Turn::None),
            90 => Some(Turn::Clockwise),
            180 => Some(Turn::UpsideDown),
            270 => Some(Turn::Counterclockwise),
            _ => None,
        }
    }

    /// The matrix that turns `area` and brings its lower left corner, as it is
    /// after the turn, to the origin. Lengths are in thousandths of a point,
    /// and so are the last two numbers; the first four are plain.
    pub(super) fn matrix(self, area: &Area) -> [i64; 6] {
        let [left, bottom, right, top] = area.corners();
        match self {
            Turn::None => [1, 0, 0, 1, -left, -bottom],
            Turn::Clockwise => [0, -1, 1, 0, -bottom, right],
            Turn::UpsideDown => [-1, 0, 0, -1, right, top],
            Turn::Counterclockwise => [0, 1, -1, 0, top, -left],
        }
    }

    /// A size after the turn.
    pub(super) fn size(self, size: Size) -> Size {
        match self {
            Turn::None | Turn::UpsideDown => size,
            Turn::Clockwise | Turn::Counterclockwise => Size::new(size.height, size.width),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(sides: [f64; 4]) -> Area {
        let [left, bottom, right, top] = sides.map(Abs::pt);
        Area { left, bottom, right, top }
    }

    #[test]
    fn a_turn_brings_the_corner_to_the_origin() {
        let place = area([10.0, 20.0, 110.0, 70.0]);
        for (degrees, corner) in
            [(0, [10.0, 20.0]), (90, [110.0, 20.0]), (180, [110.0, 70.0]), (-90, [10.0, 70.0])]
        {
            let turn = Turn::degrees(degrees).unwrap();
            let [a, b, c, d, e, f] = turn.matrix(&place).map(|n| n as f64);
            let to = |[x, y]: [f64; 2]| [a * x + c * y + e / 1e3, b * x + d * y + f / 1e3];
            assert_eq!(to(corner), [0.0, 0.0], "{degrees}");
            // All four corners lie where the turned size says.
            let size = turn.size(place.size());
            for x in [10.0, 110.0] {
                for y in [20.0, 70.0] {
                    let [x, y] = to([x, y]);
                    assert!(x == 0.0 || x == size.width.to_pt(), "{degrees}: {x}");
                    assert!(y == 0.0 || y == size.height.to_pt(), "{degrees}: {y}");
                }
            }
        }
        assert_eq!(Turn::degrees(45), None);
        // The upper left corner of a page turned clockwise is shown at the upper right.
        let [a, b, c, d, e, f] = Turn::Clockwise.matrix(&place).map(|n| n as f64);
        let (x, y) = (10.0, 70.0);
        assert_eq!([a * x + c * y + e / 1e3, b * x + d * y + f / 1e3], [50.0, 100.0]);
    }

    #[test]
    fn areas_hold_what_lies_in_them() {
        let outer = area([0.0, 0.0, 100.0, 100.0]);
        let inner = area([10.0, 10.0, 100.5, 90.0]);
        assert!(!outer.holds(&inner, Abs::ZERO));
        assert!(outer.holds(&inner, Abs::pt(0.5)));
        assert!(outer.holds(&outer.intersection(&inner), Abs::ZERO));
    }
}
