//! Affine maps, for vector artwork.

use super::Point;

/// An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f; e and f in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transform {
    /// Scale in x.
    pub a: f64,
    /// Skew in y.
    pub b: f64,
    /// Skew in x.
    pub c: f64,
    /// Scale in y.
    pub d: f64,
    /// Shift in x, in points.
    pub e: f64,
    /// Shift in y, in points.
    pub f: f64,
}

impl Transform {
    /// Leaves everything where it is.
    pub const IDENTITY: Transform = Transform { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// A shift.
    pub fn translate(by: Point) -> Transform {
        Transform { e: by.x.to_pt(), f: by.y.to_pt(), ..Transform::IDENTITY }
    }

    /// A scale about the origin.
    pub const fn scale(x: f64, y: f64) -> Transform {
        Transform { a: x, d: y, ..Transform::IDENTITY }
    }

    /// This map after `first`: `first` is applied to points before it.
    pub fn after(self, first: Transform) -> Transform {
        let (m, n) = (self, first);
        Transform {
            a: m.a * n.a + m.c * n.b,
            b: m.b * n.a + m.d * n.b,
            c: m.a * n.c + m.c * n.d,
            d: m.b * n.c + m.d * n.d,
            e: m.a * n.e + m.c * n.f + m.e,
            f: m.b * n.e + m.d * n.f + m.f,
        }
    }

    /// The map that leads back; none if this one makes areas vanish.
    pub fn inverse(&self) -> Option<Transform> {
        let Transform { a, b, c, d, e, f } = *self;
        let det = a * d - b * c;
        let inverse = Transform {
            a: d / det,
            b: -b / det,
            c: -c / det,
            d: a / det,
            e: (c * f - d * e) / det,
            f: (b * e - a * f) / det,
        };
        let Transform { a, b, c, d, e, f } = inverse;
        [a, b, c, d, e, f].iter().all(|value| value.is_finite()).then_some(inverse)
    }

    /// Where a point, in points, comes to lie.
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Abs;

    #[test]
    fn after_applies_the_argument_first() {
        let shift = Transform::translate(Point::new(Abs::pt(10.0), Abs::ZERO));
        let both = Transform::scale(2.0, 2.0).after(shift);
        assert_eq!(both.apply(1.0, 1.0), (22.0, 2.0));
    }

    #[test]
    fn the_inverse_leads_back() {
        let map = Transform { a: 2.0, b: 1.0, c: -4.0, d: 2.0, e: 3.0, f: -5.0 };
        let (x, y) = map.apply(7.0, 11.0);
        assert_eq!(map.inverse().map(|inverse| inverse.apply(x, y)), Some((7.0, 11.0)));
        assert_eq!(Transform::scale(1.0, 0.0).inverse(), None);
    }
}
