//! How much ink lies under a place of a page, as far as it matters to black
//! text: whether there is room for black ink on top.

use super::ops::{Paint, rectangle};
use crate::base::{Abs, Path, Point, Rect, Segment};

/// A full plate of ink, in hundredths of a percent.
const FULL: u32 = 10_000;

/// What has been painted on a page so far, from back to front.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    areas: Vec<Ground>,
}

/// A painted area.
#[derive(Debug)]
struct Ground {
    /// The upright rectangle about it.
    area: Rect,
    /// The most ink that may be in it, black left out.
    ink: u32,
    /// What it covers of the rectangle.
    form: Form,
}

/// What a painted area covers of its rectangle.
#[derive(Debug)]
pub(super) enum Form {
    /// All of it, so that it hides what lies below.
    Solid,
    /// Nobody knows which parts.
    Unknown,
    /// What lies within these outlines, as points in turn.
    Outlines(Vec<Vec<(f64, f64)>>),
}

impl Form {
    /// What an outline covers, whose origin lies at `origin`.
    pub(super) fn of(path: &Path, origin: Point) -> Form {
        match rectangle(&path.segments) {
            Some((_, _, [])) => Form::Solid,
            _ => Form::Outlines(flatten(path, origin)),
        }
    }
}

impl Grounds {
    /// Adds an area with the most ink that may be in it, black left out.
    pub(super) fn add(&mut self, area: Rect, ink: u32, form: Form) {
        self.areas.push(Ground { area, ink, form });
    }

    /// Whether black text in `area` may print over what lies below, so that no
    /// place gets more ink than `limit`. Where it may not, it must knock out.
    pub(super) fn takes_black(&self, area: Rect, limit: u16) -> bool {
        let mut most = 0;
        for ground in self.areas.iter().rev().filter(|ground| meet(&ground.area, &area)) {
            if let Form::Outlines(outlines) = &ground.form
                && !touches(outlines, &area)
            {
                continue;
            }
            most = most.max(ground.ink);
            if matches!(ground.form, Form::Solid) && holds(&ground.area, &area) {
                break;
            }
        }
        most + FULL <= u32::from(limit)
    }
}

/// The ink of a paint that stays below black, in hundredths of a percent: all but
/// its own black, which the black on top takes the place of.
pub(super) fn ink_under_black(paint: Paint) -> u32 {
    match paint {
        Paint::Rgb(_) => 0,
        Paint::Cmyk([c, m, y, _]) => u32::from(c) + u32::from(m) + u32::from(y),
        Paint::Spot { tint, .. } => tint.into(),
        // Marks stand outside the bleed.
        Paint::Registration => 0,
    }
}

/// Lines into which each curve is cut, to see what it touches.
const CUTS: i32 = 12;

/// Outlines as points, in points of length.
fn flatten(path: &Path, origin: Point) -> Vec<Vec<(f64, f64)>> {
    let at = |point: Point| ((origin + point).x.to_pt(), (origin + point).y.to_pt());
    let mut outlines: Vec<Vec<(f64, f64)>> = Vec::new();
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => outlines.push(vec![at(to)]),
            Segment::Line(to) => {
                if let Some(outline) = outlines.last_mut() {
                    outline.push(at(to));
                }
            }
            Segment::Cubic(c1, c2, to) => {
                let Some(outline) = outlines.last_mut() else { continue };
                let Some(&start) = outline.last() else { continue };
                let (c1, c2, to) = (at(c1), at(c2), at(to));
                let part = |a: f64, b: f64, c: f64, d: f64, t: f64| {
                    let u = 1.0 - t;
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                outline.extend((1..=CUTS).map(|cut| {
                    let t = f64::from(cut) / f64::from(CUTS);
                    (part(start.0, c1.0, c2.0, to.0, t), part(start.1, c1.1, c2.1, to.1, t))
                }));
            }
            Segment::Close => {}
        }
    }
    outlines
}

/// Whether closed outlines, filled by the even-odd rule, reach into a rectangle:
/// one of their sides crosses it, or its middle lies inside.
fn touches(outlines: &[Vec<(f64, f64)>], area: &Rect) -> bool {
    let (left, top) = (area.left().to_pt(), area.top().to_pt());
    let (right, bottom) = (area.right().to_pt(), area.bottom().to_pt());
    let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    let mut inside = false;
    for outline in outlines {
        let ends = outline.iter().cycle().skip(1);
        for (&(x1, y1), &(x2, y2)) in outline.iter().zip(ends) {
            if crosses((x1, y1), (x2, y2), [left, top, right, bottom]) {
                return true;
            }
            // A ray from the middle to the right.
            let below = |y: f64| y > middle.1;
            if below(y1) != below(y2) && middle.0 < x1 + (middle.1 - y1) * (x2 - x1) / (y2 - y1) {
                inside = !inside;
            }
        }
    }
    inside
}

/// Whether a line has a part in a rectangle (after Liang and Barsky, 1984).
fn crosses(from: (f64, f64), to: (f64, f64), [left, top, right, bottom]: [f64; 4]) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - top), (dy, bottom - from.1)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            start = start.max(room / step);
        } else {
            end = end.min(room / step);
        }
    }
    start < end
}

fn meet(a: &Rect, b: &Rect) -> bool {
    let overlap = |from: Abs, to: Abs| from < to;
    overlap(a.left().max(b.left()), a.right().min(b.right()))
        && overlap(a.top().max(b.top()), a.bottom().min(b.bottom()))
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.left() <= inner.left()
        && outer.right() >= inner.right()
        && outer.top() <= inner.top()
        && outer.bottom() >= inner.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        let [x, y, width, height] = [x, y, width, height].map(Abs::pt);
        Rect::new(x, y, width, height)
    }

    #[test]
    fn black_goes_over_what_leaves_room_for_it() {
        let mut grounds = Grounds::default();
        let word = rect(10.0, 10.0, 30.0, 10.0);
        assert!(grounds.takes_black(word, 30_000));
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 20_000, Form::Solid);
        assert!(grounds.takes_black(word, 30_000));
        grounds.add(rect(20.0, 0.0, 100.0, 100.0), 20_001, Form::Solid);
        assert!(!grounds.takes_black(word, 30_000), "dark under a part of it");
        assert!(grounds.takes_black(rect(0.0, 0.0, 9.0, 9.0), 30_000), "beside it");
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 0, Form::Solid);
        assert!(grounds.takes_black(word, 30_000), "covered by paper");
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 20_001, Form::Solid);
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 0, Form::Unknown);
        assert!(!grounds.takes_black(word, 30_000), "a ring of paper");
    }

    #[test]
    fn black_beside_an_outline_goes_over_nothing() {
        let mut grounds = Grounds::default();
        let disc = Path::circle(Point::new(Abs::pt(50.0), Abs::pt(50.0)), Abs::pt(50.0));
        grounds.add(rect(0.0, 0.0, 100.0, 100.0), 25_000, Form::of(&disc, Point::ZERO));
        assert!(grounds.takes_black(rect(0.0, 0.0, 14.0, 14.0), 30_000), "in the corner");
        assert!(!grounds.takes_black(rect(0.0, 0.0, 16.0, 16.0), 30_000), "over the edge");
        assert!(!grounds.takes_black(rect(45.0, 45.0, 4.0, 4.0), 30_000), "in the middle");
        assert!(!grounds.takes_black(rect(-5.0, -5.0, 200.0, 200.0), 30_000), "all about it");
    }
}
