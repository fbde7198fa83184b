//! Outlines as straight lines.

use crate::base::{Path, Point, Segment, Transform};
use tiny_skia::PathBuilder;

/// How far, in pixels, a line may lie from the curve that it stands for: a fifth
/// of the finest part of a pixel that the rasteriser tells apart.
const TOLERANCE: f64 = 0.05;

/// Appends an outline as `map` places it. Curves become lines that are off by
/// [`TOLERANCE`] at most when they are magnified by `zoom`.
///
/// Outlines mean what they mean in a PDF: a line or curve without a start begins
/// where it leads.
pub(super) fn append(builder: &mut PathBuilder, path: &Path, map: Transform, zoom: f64) {
    let place = |point: Point| map.apply(point.x.to_pt(), point.y.to_pt());
    let mut start = None;
    let mut last = (0.0, 0.0);
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => {
                last = place(to);
                start = Some(last);
                builder.move_to(last.0 as f32, last.1 as f32);
            }
            Segment::Line(to) | Segment::Cubic(_, _, to) if start.is_none() => {
                last = place(to);
                start = Some(last);
                builder.move_to(last.0 as f32, last.1 as f32);
            }
            Segment::Line(to) => {
                last = place(to);
                builder.line_to(last.0 as f32, last.1 as f32);
            }
            Segment::Cubic(a, b, to) => {
                let curve = [last, place(a), place(b), place(to)];
                cubic(builder, curve, zoom);
                last = curve[3];
            }
            Segment::Close => {
                if let Some(start) = start {
                    builder.close();
                    last = start;
                }
            }
        }
    }
}

/// Appends a curve as lines of equal steps in its parameter.
///
/// A chord over a step of 1/n is off by at most max |B″| / (8n²) (de Boor, *A
/// Practical Guide to Splines*, chapter II), and |B″| is at most six times the
/// larger second difference of the control points.
fn cubic(builder: &mut PathBuilder, curve: [(f64, f64); 4], zoom: f64) {
    let bend = |a: usize| {
        let second = |of: fn(&(f64, f64)) -> f64| {
            of(&curve[a]) - 2.0 * of(&curve[a + 1]) + of(&curve[a + 2])
        };
        let (x, y) = (second(|p| p.0), second(|p| p.1));
        (x * x + y * y).sqrt()
    };
    let bend = bend(0).max(bend(1)) * zoom;
    // 500 steps are enough for an arc across the finest page.
    let steps = (0.75 * bend / TOLERANCE).sqrt().ceil().clamp(1.0, 500.0) as u32;
    for step in 1..steps {
        let t = f64::from(step) / f64::from(steps);
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        let (x, y) = weights.iter().zip(&curve).fold((0.0, 0.0), |(x, y), (weight, point)| {
            (x + weight * point.0, y + weight * point.1)
        });
        builder.line_to(x as f32, y as f32);
    }
    builder.line_to(curve[3].0 as f32, curve[3].1 as f32);
}

/// How much a map magnifies at most.
pub(super) fn magnification(map: Transform) -> f64 {
    let Transform { a, b, c, d, .. } = map;
    (a * a + b * b).max(c * c + d * d).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Abs;
    use tiny_skia::PathSegment;

    fn lines(path: &Path, zoom: f64) -> Vec<(f32, f32)> {
        let mut builder = PathBuilder::new();
        append(&mut builder, path, Transform::IDENTITY, zoom);
        let Some(path) = builder.finish() else { return Vec::new() };
        path.segments()
            .filter_map(|segment| match segment {
                PathSegment::MoveTo(p) | PathSegment::LineTo(p) => Some((p.x, p.y)),
                PathSegment::Close => None,
                curve => panic!("{curve:?} is left"),
            })
            .collect()
    }

    #[test]
    fn a_circle_is_cut_as_finely_as_it_is_magnified() {
        let circle = Path::sector(Point::ZERO, Abs::pt(10.0), Abs::ZERO, 0.0, 1.0);
        for zoom in [1.0, 20.0] {
            let lines = lines(&circle, zoom);
            for pair in lines[..lines.len() - 1].windows(2) {
                let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
                let radius = f64::from(middle.0).hypot(f64::from(middle.1));
                assert!((10.0 - radius) * zoom < TOLERANCE + 0.001, "{middle:?} at {zoom}");
            }
        }
        assert!(lines(&circle, 20.0).len() > lines(&circle, 1.0).len());
    }

    #[test]
    fn an_outline_without_a_start_begins_where_it_leads() {
        let at = |x: f64| Point::new(Abs::pt(x), Abs::pt(1.0));
        let path =
            Path { segments: vec![Segment::Close, Segment::Line(at(3.0)), Segment::Line(at(5.0))] };
        assert_eq!(lines(&path, 1.0), [(3.0, 1.0), (5.0, 1.0)]);
        assert!(lines(&Path::default(), 1.0).is_empty());
    }
}
