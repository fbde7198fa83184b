//! What shapes of an SVG are painted with: colours and gradients.

use super::LoadError;
use super::drawing::{DrawingGradient, DrawingPaint, DrawingStop, GradientLine};
use super::svg::{convert, corrupt, unsupported};
use crate::base::{Ratio, Transform};
use std::sync::Arc;
use usvg::{Paint, SpreadMethod};

/// A gradient that repeats more often over its shape is refused: the stripes
/// would hardly be seen, and each is a part of the function in the PDF.
const MOST_REPEATS: i32 = 64;

/// A rectangle: left, top, right, bottom.
pub(super) type Bounds = [f64; 4];

/// The paint, and an opacity that holds all over it. `area` is what may be
/// painted, in the shape's units.
///
/// # Errors
/// If it is a pattern, or a gradient of a kind that is not supported.
pub(super) fn paint(paint: &Paint, area: Bounds) -> Result<(DrawingPaint, f64), LoadError> {
    let (base, line) = match paint {
        Paint::Color(color) => {
            return Ok((DrawingPaint::Solid([color.red, color.green, color.blue]), 1.0));
        }
        Paint::Pattern(_) => return Err(unsupported("a pattern")),
        Paint::LinearGradient(gradient) => {
            let [x1, y1, x2, y2] =
                [gradient.x1(), gradient.y1(), gradient.x2(), gradient.y2()].map(f64::from);
            (&***gradient, GradientLine::Linear { from: (x1, y1), to: (x2, y2) })
        }
        Paint::RadialGradient(gradient) => {
            let [cx, cy, fx, fy] =
                [gradient.cx(), gradient.cy(), gradient.fx(), gradient.fy()].map(f64::from);
            let line = GradientLine::Radial {
                focus: (fx, fy),
                focus_radius: f64::from(gradient.fr().get()),
                center: (cx, cy),
                radius: f64::from(gradient.r().get()),
            };
            (&***gradient, line)
        }
    };
    let stops: Vec<DrawingStop> = base
        .stops()
        .iter()
        .map(|stop| DrawingStop {
            offset: f64::from(stop.offset().get()),
            color: [stop.color().red, stop.color().green, stop.color().blue],
            opacity: Ratio::new(f64::from(stop.opacity().get())),
        })
        .collect();
    let Some(last) = stops.last().copied() else {
        return Err(corrupt("a gradient has no colours"));
    };
    let solid = |stop: DrawingStop| (DrawingPaint::Solid(stop.color), stop.opacity.get());
    // A line of no length is painted in the last colour (SVG 2, 14.2.2).
    if matches!(line, GradientLine::Linear { from, to } if from == to)
        || stops.iter().all(|s| s.color == last.color && s.opacity == last.opacity)
    {
        return Ok(solid(last));
    }
    let transform = convert(base.transform());
    let inverse = transform.inverse().ok_or_else(|| corrupt("a gradient has no extent"))?;
    check(line)?;
    let (line, mut stops) = match base.spread_method() {
        SpreadMethod::Pad => (line, padded(stops)),
        SpreadMethod::Reflect => unrolled(line, &padded(stops), true, inverse, area)?,
        SpreadMethod::Repeat => unrolled(line, &padded(stops), false, inverse, area)?,
    };
    // One opacity for all is kept apart: it needs no mask.
    let opacity = match stops.iter().all(|stop| stop.opacity == last.opacity) {
        true => last.opacity.get(),
        false => 1.0,
    };
    if opacity < 1.0 {
        stops.iter_mut().for_each(|stop| stop.opacity = Ratio::ONE);
    }
    let gradient = DrawingGradient { line, transform, stops };
    Ok((DrawingPaint::Gradient(Arc::new(gradient)), opacity))
}

/// Refuses circles that are not inside each other: SVG 1.1, SVG 2 and readers
/// of PDF paint those in different ways.
fn check(line: GradientLine) -> Result<(), LoadError> {
    let GradientLine::Radial { focus, focus_radius, center, radius } = line else {
        return Ok(());
    };
    let (x, y) = (focus.0 - center.0, focus.1 - center.1);
    if (x * x + y * y).sqrt() + focus_radius > radius * 0.999 {
        return Err(unsupported("a radial gradient whose focus is not inside its circle"));
    }
    Ok(())
}

/// The same stops with one at 0 and one at 1.
fn padded(mut stops: Vec<DrawingStop>) -> Vec<DrawingStop> {
    if let Some(first) = stops.first().copied().filter(|stop| stop.offset > 0.0) {
        stops.insert(0, DrawingStop { offset: 0.0, ..first });
    }
    if let Some(last) = stops.last().copied().filter(|stop| stop.offset < 1.0) {
        stops.push(DrawingStop { offset: 1.0, ..last });
    }
    stops
}

/// A gradient that repeats, as a longer one that does not, over an area in the
/// shape's units.
fn unrolled(
    line: GradientLine,
    stops: &[DrawingStop],
    reflect: bool,
    inverse: Transform,
    [left, top, right, bottom]: Bounds,
) -> Result<(GradientLine, Vec<DrawingStop>), LoadError> {
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
        .map(|(x, y)| inverse.apply(x, y));
    let (first, last) = periods(line, corners)?;
    let count = f64::from(last - first);
    let mut all = Vec::with_capacity(stops.len() * (last - first) as usize);
    for period in first..last {
        let start = f64::from(period - first);
        let mut one: Vec<DrawingStop> = stops.to_vec();
        if reflect && period.rem_euclid(2) == 1 {
            one.reverse();
            one.iter_mut().for_each(|stop| stop.offset = 1.0 - stop.offset);
        }
        all.extend(
            one.iter().map(|stop| DrawingStop { offset: (start + stop.offset) / count, ..*stop }),
        );
    }
    let between =
        |a: (f64, f64), b: (f64, f64), t: f64| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let (first, last) = (f64::from(first), f64::from(last));
    let line = match line {
        GradientLine::Linear { from, to } => {
            GradientLine::Linear { from: between(from, to, first), to: between(from, to, last) }
        }
        GradientLine::Radial { focus, focus_radius, center, radius } => GradientLine::Radial {
            focus,
            focus_radius,
            center: between(focus, center, last),
            radius: focus_radius + (radius - focus_radius) * last,
        },
    };
    Ok((line, all))
}

/// The first whole period that an area touches, and the one after the last.
fn periods(line: GradientLine, corners: [(f64, f64); 4]) -> Result<(i32, i32), LoadError> {
    let too_many = || unsupported("a gradient that repeats more than 64 times over its shape");
    match line {
        GradientLine::Linear { from, to } => {
            let (x, y) = (to.0 - from.0, to.1 - from.1);
            let along = |p: (f64, f64)| ((p.0 - from.0) * x + (p.1 - from.1) * y) / (x * x + y * y);
            let (low, high) = corners.iter().fold((f64::MAX, f64::MIN), |(low, high), corner| {
                (low.min(along(*corner)), high.max(along(*corner)))
            });
            let (low, high) = (low.floor(), high.ceil().max(low.floor() + 1.0));
            if !(high - low <= f64::from(MOST_REPEATS) && low.abs() < 1e6) {
                return Err(too_many());
            }
            Ok((low as i32, high as i32))
        }
        GradientLine::Radial { focus_radius, .. } if focus_radius > 0.0 => {
            Err(unsupported("a radial gradient that repeats about a focal circle"))
        }
        GradientLine::Radial { focus, center, radius, .. } => {
            let inside = |times: i32| {
                let t = f64::from(times);
                let middle =
                    (focus.0 + (center.0 - focus.0) * t, focus.1 + (center.1 - focus.1) * t);
                corners.iter().all(|corner| {
                    let (x, y) = (corner.0 - middle.0, corner.1 - middle.1);
                    x * x + y * y <= radius * radius * t * t
                })
            };
            let last = (1..=MOST_REPEATS).find(|&times| inside(times)).ok_or_else(too_many)?;
            Ok((0, last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(offset: f64, red: u8) -> DrawingStop {
        DrawingStop { offset, color: [red, 0, 0], opacity: Ratio::ONE }
    }

    #[test]
    fn repeats_are_unrolled_over_the_area() {
        let line = GradientLine::Linear { from: (0.0, 0.0), to: (10.0, 0.0) };
        let stops = [stop(0.0, 0), stop(1.0, 255)];
        let area = [-5.0, 0.0, 25.0, 1.0];
        let (long, all) = unrolled(line, &stops, true, Transform::IDENTITY, area).unwrap();
        assert_eq!(long, GradientLine::Linear { from: (-10.0, 0.0), to: (30.0, 0.0) });
        let found: Vec<(f64, u8)> = all.iter().map(|s| (s.offset, s.color[0])).collect();
        assert_eq!(
            found,
            [
                (0.0, 255),
                (0.25, 0),
                (0.25, 0),
                (0.5, 255),
                (0.5, 255),
                (0.75, 0),
                (0.75, 0),
                (1.0, 255)
            ]
        );
        let (_, all) = unrolled(line, &stops, false, Transform::IDENTITY, area).unwrap();
        assert_eq!(all[1].color[0], 255);
        assert_eq!(all[2].color[0], 0);
    }

    #[test]
    fn circles_repeat_until_they_hold_the_area() {
        let line = GradientLine::Radial {
            focus: (1.0, 0.0),
            focus_radius: 0.0,
            center: (0.0, 0.0),
            radius: 10.0,
        };
        let stops = [stop(0.0, 0), stop(1.0, 255)];
        let (long, all) =
            unrolled(line, &stops, false, Transform::IDENTITY, [-15.0, -15.0, 15.0, 15.0]).unwrap();
        let GradientLine::Radial { center, radius, .. } = long else { panic!("{long:?}") };
        assert_eq!((center, radius), ((-2.0, 0.0), 30.0));
        assert_eq!(all.len(), 6);
        let far = unrolled(line, &stops, false, Transform::IDENTITY, [0.0, 0.0, 1e4, 1.0]);
        assert!(far.is_err());
    }
}
