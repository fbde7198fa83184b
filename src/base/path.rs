//! Outlines made of straight lines and cubic Bézier curves.

use super::{Abs, Point, Rect};

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Starts a new part at a point.
    Move(Point),
    /// A straight line to a point.
    Line(Point),
    /// A curve by two control points to a point.
    Cubic(Point, Point, Point),
    /// A straight line back to the start of the part.
    Close,
}

/// An outline, possibly of several parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// The steps in order.
    pub segments: Vec<Segment>,
}

impl Path {
    /// The outline of a rectangle.
    pub fn rect(rect: Rect) -> Path {
        let corner = |x, y| Point::new(x, y);
        Path {
            segments: vec![
                Segment::Move(corner(rect.left(), rect.top())),
                Segment::Line(corner(rect.right(), rect.top())),
                Segment::Line(corner(rect.right(), rect.bottom())),
                Segment::Line(corner(rect.left(), rect.bottom())),
                Segment::Close,
            ],
        }
    }

    /// The smallest rectangle around all points, control points included.
    pub fn bounds(&self) -> Rect {
        let mut corners: Option<(Point, Point)> = None;
        let mut grow = |p: Point| {
            let (low, high) = corners.unwrap_or((p, p));
            let low = Point::new(low.x.min(p.x), low.y.min(p.y));
            corners = Some((low, Point::new(high.x.max(p.x), high.y.max(p.y))));
        };
        for segment in &self.segments {
            match *segment {
                Segment::Move(p) | Segment::Line(p) => grow(p),
                Segment::Cubic(a, b, p) => [a, b, p].into_iter().for_each(&mut grow),
                Segment::Close => {}
            }
        }
        let (low, high) = corners.unwrap_or_default();
        Rect::new(low.x, low.y, high.x - low.x, high.y - low.y)
    }

    /// A straight line.
    pub fn line(from: Point, to: Point) -> Path {
        Path { segments: vec![Segment::Move(from), Segment::Line(to)] }
    }

    /// A sector of a ring between two angles; with `inner` zero, of a disc.
    /// Angles are in turns, clockwise from twelve o'clock.
    ///
    /// Each Bézier curve covers an eighth of a turn at most, with the control
    /// distance 4/3·tan(θ/4), which keeps the error below 0.0004 % of the radius.
    pub fn sector(centre: Point, outer: Abs, inner: Abs, from: f64, to: f64) -> Path {
        let mut segments = Vec::new();
        let at = |radius: Abs, turn: f64| {
            let angle = turn * std::f64::consts::TAU;
            centre + Point::new(radius * libm::sin(angle), -(radius * libm::cos(angle)))
        };
        arc(&mut segments, &at, outer, from, to);
        segments[0] = Segment::Move(at(outer, from));
        if inner > Abs::ZERO {
            let start = segments.len();
            arc(&mut segments, &at, inner, to, from);
            segments[start] = Segment::Line(at(inner, to));
        } else {
            segments.push(Segment::Line(centre));
        }
        segments.push(Segment::Close);
        Path { segments }
    }

    /// A circle, by the curves of [`Path::sector`].
    pub fn circle(centre: Point, radius: Abs) -> Path {
        let mut path = Path::sector(centre, radius, Abs::ZERO, 0.0, 1.0);
        // Without the line to the centre, which comes before the end.
        path.segments.truncate(path.segments.len() - 2);
        path.segments.push(Segment::Close);
        path
    }
}

/// Appends a placeholder for the first point and the curves of an arc after it.
fn arc(
    segments: &mut Vec<Segment>,
    at: &impl Fn(Abs, f64) -> Point,
    radius: Abs,
    from: f64,
    to: f64,
) {
    segments.push(Segment::Close);
    let steps = ((to - from).abs() * 8.0).ceil().max(1.0) as u32;
    let step = (to - from) / f64::from(steps);
    let reach = 4.0 / 3.0 * libm::tan(step * std::f64::consts::TAU / 4.0);
    for i in 0..steps {
        let (start, end) = (from + step * f64::from(i), from + step * f64::from(i + 1));
        // The tangent at a turn is the radius a quarter of a turn further on.
        let tangent = |turn: f64| at(radius * reach, turn + 0.25) - at(Abs::ZERO, 0.0);
        let (p, q) = (at(radius, start), at(radius, end));
        segments.push(Segment::Cubic(p + tangent(start), q - tangent(end), q));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_sector_starts_at_the_top_and_ends_at_the_right() {
        let path = Path::sector(Point::ZERO, Abs::pt(10.0), Abs::ZERO, 0.0, 0.25);
        assert_eq!(path.segments[0], Segment::Move(Point::new(Abs::ZERO, Abs::pt(-10.0))));
        let Segment::Cubic(_, _, end) = path.segments[2] else { panic!("{path:?}") };
        assert_eq!(end, Point::new(Abs::pt(10.0), Abs::ZERO));
    }
}
