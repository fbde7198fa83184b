//! Where words stand on the sectors of a disc.

use crate::base::{Abs, Point, Size};
use std::f64::consts::TAU;

/// A disc, and the part of its radius that is cut out.
pub(super) struct Disc {
    pub(super) radius: Abs,
    pub(super) hole: f64,
}

/// A sector: where it starts and ends, in turns clockwise from twelve o'clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sector {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Steps outwards at which a place is looked for.
const STEPS: u32 = 12;

impl Disc {
    /// Where on a sector the middle of a box stands, from the centre: halfway
    /// between the sides, and as near as can be to where the eye looks for it.
    /// In narrow sectors that is further out. None if the box fits nowhere.
    pub(super) fn spot(&self, sector: Sector, size: Size) -> Option<Point> {
        // In the middle of a ring; on a disc where a sector is wide enough.
        let inner = if self.hole > 0.0 { (1.0 + self.hole) / 2.0 } else { 0.66 };
        let middle = (sector.from + sector.to) / 2.0 * TAU;
        let (sine, cosine) = (libm::sin(middle), libm::cos(middle));
        (0..STEPS).find_map(|step| {
            let part = f64::from(step) / f64::from(STEPS);
            let reach = self.radius * (inner + (1.0 - inner) * part);
            let spot = Point::new(reach * sine, -(reach * cosine));
            self.holds(sector, spot, size).then_some(spot)
        })
    }

    /// Whether a box about a spot is wholly on a sector, by its corners and the
    /// middles of its sides.
    fn holds(&self, sector: Sector, spot: Point, size: Size) -> bool {
        const AROUND: [(f64, f64); 8] = [
            (-0.5, -0.5),
            (0.0, -0.5),
            (0.5, -0.5),
            (0.5, 0.0),
            (0.5, 0.5),
            (0.0, 0.5),
            (-0.5, 0.5),
            (-0.5, 0.0),
        ];
        AROUND.iter().all(|&(across, down)| {
            let x = (spot.x + size.width * across) / self.radius;
            let y = (spot.y + size.height * down) / self.radius;
            let away = x * x + y * y;
            let turn = libm::atan2(x, -y) / TAU;
            let turn = if turn < 0.0 { turn + 1.0 } else { turn };
            (self.hole * self.hole..=1.0).contains(&away)
                && (sector.from..=sector.to).contains(&turn)
        })
    }
}

/// A point at a distance from the centre, in turns clockwise from twelve o'clock.
pub(super) fn towards(turn: f64, reach: Abs) -> Point {
    let (sine, cosine) = (libm::sin(turn * TAU), libm::cos(turn * TAU));
    Point::new(reach * sine, -(reach * cosine))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(hole: f64, from: f64, to: f64, width: f64, height: f64) -> Option<Point> {
        let disc = Disc { radius: Abs::pt(50.0), hole };
        disc.spot(Sector { from, to }, Size::new(Abs::pt(width), Abs::pt(height)))
    }

    #[test]
    fn a_value_stands_in_the_middle_of_its_sector() {
        let right = spot(0.0, 0.0, 0.5, 15.0, 6.0).unwrap();
        assert!((right.x.to_pt() - 33.0).abs() < 0.1 && right.y.to_pt().abs() < 0.1, "{right:?}");
        let left = spot(0.6, 0.5, 1.0, 15.0, 6.0).unwrap();
        assert!((left.x.to_pt() + 40.0).abs() < 0.1, "{left:?}");
    }

    #[test]
    fn in_a_narrow_sector_it_stands_further_out() {
        let narrow = spot(0.0, 0.22, 0.28, 9.0, 13.0).unwrap();
        assert!(narrow.x.to_pt() > 37.0, "{narrow:?}");
        assert_eq!(spot(0.0, 0.22, 0.28, 9.0, 20.0), None);
    }

    #[test]
    fn nothing_stands_in_the_hole_or_over_the_rim() {
        assert!(spot(0.58, 0.0, 0.5, 20.0, 6.0).is_some());
        assert_eq!(spot(0.58, 0.0, 0.5, 22.0, 6.0), None);
    }
}
