//! Outlines as straight lines, to tell what lies inside them.

use crate::base::{Path, Point, Segment, Transform};

/// Straight pieces that a Bézier curve is taken for.
const PIECES: u32 = 12;

/// How many places along an outline are asked how thick its area is.
const SAMPLES: f64 = 48.0;

/// How far inside an edge the area begins for sure, in points, and how exactly a
/// thickness is told.
const ONSET: f64 = 0.002;

/// An outline in points. Every part of it is closed for the inside, and drawn as
/// it is.
pub(super) struct Outline {
    parts: Vec<Part>,
}

struct Part {
    points: Vec<(f64, f64)>,
    closed: bool,
}

impl Outline {
    pub(super) fn new(path: &Path) -> Outline {
        let mut parts: Vec<Part> = Vec::new();
        let pair = |p: Point| (p.x.to_pt(), p.y.to_pt());
        for segment in &path.segments {
            if let Segment::Move(p) = *segment {
                parts.push(Part { points: vec![pair(p)], closed: false });
                continue;
            }
            let Some(part) = parts.last_mut() else { continue };
            match *segment {
                Segment::Move(_) => {}
                Segment::Line(p) => part.points.push(pair(p)),
                Segment::Cubic(a, b, c) => {
                    let Some(&from) = part.points.last() else { continue };
                    let (a, b, c) = (pair(a), pair(b), pair(c));
                    let piece = |n: u32| {
                        let t = f64::from(n) / f64::from(PIECES);
                        let s = 1.0 - t;
                        let mix = |p: f64, a: f64, b: f64, c: f64| {
                            s * s * s * p
                                + 3.0 * s * s * t * a
                                + 3.0 * s * t * t * b
                                + t * t * t * c
                        };
                        (mix(from.0, a.0, b.0, c.0), mix(from.1, a.1, b.1, c.1))
                    };
                    part.points.extend((1..=PIECES).map(piece));
                }
                Segment::Close => part.closed = true,
            }
        }
        Outline { parts }
    }

    /// The outline brought elsewhere.
    pub(super) fn mapped(mut self, map: Transform) -> Outline {
        for (x, y) in self.parts.iter_mut().flat_map(|part| &mut part.points) {
            (*x, *y) = map.apply(*x, *y);
        }
        self
    }

    /// How thick the area is where most of its outline runs: the median of what
    /// is found going inwards from places spread along it. None if more than half
    /// of them have `limit` or more behind them, or nothing.
    pub(super) fn thickness(&self, limit: f64, even_odd: bool) -> Option<f64> {
        let length: f64 =
            self.parts.iter().flat_map(|part| edges(&part.points, true)).map(long).sum();
        let apart = length / SAMPLES;
        let places = self.places_every(apart);
        let inside = |[(x, y), (across, down)]: [Pair; 2], by: f64| {
            self.holds((x + across * by, y + down * by), even_odd)
        };
        let thin = |place: [Pair; 2]| {
            // What is inside on one side alone is an edge.
            let inwards = match (inside(place, ONSET), inside(place, -ONSET)) {
                (true, false) => 1.0,
                (false, true) => -1.0,
                _ => return None,
            };
            if inside(place, inwards * limit) {
                return None;
            }
            let (mut low, mut high) = (ONSET, limit);
            while high - low > ONSET {
                let middle = (low + high) / 2.0;
                match inside(place, inwards * middle) {
                    true => low = middle,
                    false => high = middle,
                }
            }
            Some((low + high) / 2.0)
        };
        let count = places.len();
        let mut found: Vec<f64> = places.into_iter().filter_map(thin).collect();
        found.sort_by(f64::total_cmp);
        (found.len() * 2 > count).then(|| found.get(found.len() / 2).copied()).flatten()
    }

    /// Whether a place is inside, by the even-odd or the non-zero winding rule
    /// (ISO 32000-1, 8.5.3.3).
    pub(super) fn holds(&self, (x, y): (f64, f64), even_odd: bool) -> bool {
        let mut winding = 0_i32;
        for part in &self.parts {
            for (a, b) in edges(&part.points, true) {
                if (a.1 <= y) != (b.1 <= y) {
                    let cross = a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0);
                    if cross > x {
                        winding += if a.1 < b.1 { 1 } else { -1 };
                    }
                }
            }
        }
        if even_odd { winding % 2 != 0 } else { winding != 0 }
    }

    /// Whether the line itself passes a place within a distance.
    pub(super) fn passes(&self, (x, y): (f64, f64), within: f64) -> bool {
        self.parts.iter().any(|part| {
            edges(&part.points, part.closed).any(|(a, b)| {
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let long = dx * dx + dy * dy;
                let along = if long > 0.0 { ((x - a.0) * dx + (y - a.1) * dy) / long } else { 0.0 };
                let along = along.clamp(0.0, 1.0);
                let (ox, oy) = (x - a.0 - dx * along, y - a.1 - dy * along);
                ox * ox + oy * oy <= within * within
            })
        })
    }

    /// Places along the closed outline at equal distances, each with the direction
    /// across the line.
    fn places_every(&self, apart: f64) -> Vec<[Pair; 2]> {
        let mut places = Vec::new();
        // To the next place; short edges may have none.
        let mut next = apart / 2.0;
        for (a, b) in self.parts.iter().flat_map(|part| edges(&part.points, true)) {
            let whole = long((a, b));
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            while whole > 0.0 && apart > 0.0 && next < whole {
                let part = next / whole;
                places.push([(a.0 + dx * part, a.1 + dy * part), (-dy / whole, dx / whole)]);
                next += apart;
            }
            next -= whole;
        }
        places
    }

    /// Places along the closed outline, a distance apart or a little less, each
    /// with the direction across the line.
    pub(super) fn places(&self, apart: f64) -> Vec<[(f64, f64); 2]> {
        let mut places = Vec::new();
        for (a, b) in self.parts.iter().flat_map(|part| edges(&part.points, true)) {
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let long = (dx * dx + dy * dy).sqrt();
            if long > 0.0 {
                let count = (long / apart).ceil();
                let place = |n: u32| {
                    let part = (f64::from(n) + 0.5) / count;
                    [(a.0 + dx * part, a.1 + dy * part), (-dy / long, dx / long)]
                };
                places.extend((0..count as u32).map(place));
            }
        }
        places
    }
}

type Pair = (f64, f64);

/// How long an edge is.
fn long((a, b): (Pair, Pair)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    (dx * dx + dy * dy).sqrt()
}

fn edges(points: &[Pair], closed: bool) -> impl Iterator<Item = (Pair, Pair)> {
    let last = points.last().copied().zip(points.first().copied()).filter(|_| closed);
    points.windows(2).map(|pair| (pair[0], pair[1])).chain(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Abs, Rect};

    fn rect(x: f64, y: f64, side: f64) -> Path {
        let [x, y, side] = [x, y, side].map(Abs::pt);
        Path::rect(Rect::new(x, y, side, side))
    }

    #[test]
    fn the_inside_follows_the_winding_rule() {
        let mut path = rect(0.0, 0.0, 10.0);
        path.segments.extend(rect(3.0, 3.0, 4.0).segments);
        let outline = Outline::new(&path);
        assert!(outline.holds((1.0, 1.0), true) && outline.holds((1.0, 1.0), false));
        assert!(!outline.holds((5.0, 5.0), true) && outline.holds((5.0, 5.0), false));
        assert!(!outline.holds((11.0, 5.0), true));
        let centre = Point::new(Abs::pt(10.0), Abs::pt(10.0));
        let circle = Outline::new(&Path::circle(centre, Abs::pt(10.0)));
        assert!(circle.holds((16.9, 16.9), false) && !circle.holds((17.3, 17.3), false));
    }

    #[test]
    fn areas_are_as_thick_as_between_their_edges() {
        let near = |found: Option<f64>, expected: f64| {
            assert!(found.is_some_and(|found| (found - expected).abs() < 0.01), "{found:?}");
        };
        let line = |x: f64, y: f64| Segment::Line(Point::new(Abs::pt(x), Abs::pt(y)));
        let start = Segment::Move(Point::ZERO);
        // A line from corner to corner, 0.1 thick across.
        let slope =
            [start, line(30.0, 40.0), line(29.92, 40.06), line(-0.08, 0.06), Segment::Close];
        let slope = Outline::new(&Path { segments: slope.to_vec() });
        near(slope.thickness(0.25, false), 0.1);
        assert_eq!(slope.thickness(0.09, false), None);
        // A frame, 0.2 thick.
        let mut frame = rect(0.0, 0.0, 50.0);
        frame.segments.extend(rect(0.2, 0.2, 49.6).segments);
        near(Outline::new(&frame).thickness(0.25, true), 0.2);
        assert_eq!(Outline::new(&frame).thickness(0.25, false), None);
        // Thin at its ends only.
        let wedge = [start, line(30.0, 3.0), line(30.0, -3.0), Segment::Close];
        assert_eq!(Outline::new(&Path { segments: wedge.to_vec() }).thickness(0.25, false), None);
        let half = Transform::scale(0.5, 0.5);
        near(slope.mapped(half).thickness(0.25, false), 0.05);
        assert_eq!(Outline::new(&Path::default()).thickness(0.25, false), None);
    }

    #[test]
    fn lines_are_as_wide_as_they_are() {
        let outline = Outline::new(&rect(0.0, 0.0, 10.0));
        assert!(outline.passes((10.4, 5.0), 0.5) && !outline.passes((10.6, 5.0), 0.5));
        // The last side counts.
        assert!(outline.passes((-0.4, 5.0), 0.5));
        assert_eq!(outline.places(2.5).len(), 16);
    }
}
