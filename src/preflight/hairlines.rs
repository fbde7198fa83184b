//! Lines are thick enough to come out whole.

use super::artwork;
use super::scene::{Scene, What, is_rectangle, points};
use crate::assets::{Drawing, DrawingShape, Image};
use crate::base::{Abs, Path, Transform};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Picture, Shape};
use std::collections::BTreeMap;

/// Rounding: less than this below a limit is on it.
const SLACK: f64 = 0.002;

/// What is shorter than this, in points, is a speck and no line.
const LINE: f64 = 1.0;

/// Looks at the width of strokes and of narrow areas, in drawings at the size
/// at which they are printed.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.line_width.max(scene.limits.line_width_least).to_pt() - SLACK;
    let mut thinnest: BTreeMap<Span, (Abs, usize, bool)> = BTreeMap::new();
    for (sheet, art) in scene.art() {
        let (width, drawing) = match &art.what {
            What::Shape(shape) => (of_shape(shape), false),
            What::Picture(picture) => match &picture.source {
                Image::Drawing(drawing) => (of_drawing(picture, drawing), true),
                Image::Raster(_) => (None, false),
            },
        };
        let Some(width) = width.filter(|&width| width < limit) else { continue };
        let width = Abs::pt(width);
        let entry = thinnest.entry(art.span).or_insert((width, sheet.number, drawing));
        if width < entry.0 {
            *entry = (width, sheet.number, drawing);
        }
    }
    for (span, (width, page, drawing)) in thinnest {
        found.push(finding(scene, span, width, page, drawing));
    }
}

fn finding(scene: &Scene<'_>, span: Span, width: Abs, page: usize, drawing: bool) -> Diagnostic {
    let limits = scene.limits;
    let refused = width.to_pt() < limits.line_width_least.to_pt() - SLACK;
    let what = if drawing { "a line of the drawing" } else { "a line" };
    let message = format!("{what} on page {page} is {} thick", points(width));
    let finding = match refused {
        true => Diagnostic::error(Code::HAIRLINE, span, message),
        false => Diagnostic::warning(Code::HAIRLINE, span, message),
    };
    let hint = match drawing {
        true => "make the line thicker in the SVG file, or print the drawing larger",
        false => "make the line thicker in the theme (`rule_width`, `frame_width` and the like)",
    };
    finding
        .allowed(format!(
            "{} or more (`line_width`); below {} it is refused (`line_width_least`)",
            points(limits.line_width),
            points(limits.line_width_least)
        ))
        .hint(hint)
}

/// The width of the thinnest line of a shape, in points.
fn of_shape(shape: &Shape) -> Option<f64> {
    let stroke = shape.stroke.map(|stroke| stroke.width.to_pt());
    let area = shape.fill.filter(|_| is_rectangle(&shape.path));
    let area = area.and_then(|_| narrow(&shape.path, Transform::IDENTITY));
    least(stroke, area)
}

/// The width of the thinnest line of a drawing at the size of its picture.
fn of_drawing(picture: &Picture, drawing: &Drawing) -> Option<f64> {
    let map = artwork::placing(picture, drawing);
    artwork::shapes(drawing)
        .into_iter()
        .fold(None, |thinnest, shape| least(thinnest, of_part(shape, map)))
}

fn of_part(shape: &DrawingShape, map: Transform) -> Option<f64> {
    let map = map.after(shape.transform);
    let stroke = shape.stroke.as_ref().map(|stroke| stroke.width.to_pt() * shrink(map));
    // A line along the edge of an area makes up for what the area lacks.
    let area = shape.fill.as_ref().filter(|_| shape.stroke.is_none());
    least(stroke, area.and_then(|_| narrow(&shape.path, map)))
}

fn least(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The shorter side of an area that is as long as a line; none for what is
/// empty, which is not painted.
fn narrow(path: &Path, map: Transform) -> Option<f64> {
    let size = path.bounds().size;
    let Transform { a, b, c, d, .. } = map;
    let width = size.width.to_pt() * (a * a + b * b).sqrt();
    let height = size.height.to_pt() * (c * c + d * d).sqrt();
    let (short, long) = (width.min(height), width.max(height));
    (short > 0.0 && long >= LINE).then_some(short)
}

/// By how much a map shrinks a width at most: its smaller singular value.
fn shrink(map: Transform) -> f64 {
    let Transform { a, b, c, d, .. } = map;
    let (sum, area) = (a * a + b * b + c * c + d * d, a * d - b * c);
    let spread = (sum * sum - 4.0 * area * area).max(0.0).sqrt();
    ((sum - spread) / 2.0).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, drawing};
    use super::*;
    use crate::color::Color;
    use crate::diag::Severity;

    #[test]
    fn strokes_are_thick_enough() {
        Proof::new().line(0.25).clean();
        let thin = Proof::new().line(0.2);
        let finding = thin.finding();
        assert_eq!((finding.code, finding.severity), (Code::HAIRLINE, Severity::Warning));
        assert_eq!(finding.span, thin.span(1));
        assert_eq!(finding.message, "a line on page 1 is 0.2 pt thick");
        assert_eq!(Proof::new().line(0.09).finding().severity, Severity::Error);
        assert_eq!(Proof::new().line(0.0).finding().severity, Severity::Error);
    }

    #[test]
    fn so_are_narrow_areas() {
        let area = |height| Proof::new().rect(50.0, 50.0, 100.0, height, Color::BLACK);
        area(0.3).clean();
        area(0.0).clean();
        assert_eq!(area(0.15).finding().code, Code::HAIRLINE);
    }

    #[test]
    fn lines_of_drawings_count_at_their_size() {
        let placed = |side| Proof::new().picture([50.0, 50.0, side, side], drawing("#ffffff", 0.4));
        placed(100.0).clean();
        let small = placed(50.0).finding();
        assert_eq!(small.severity, Severity::Warning);
        assert_eq!(small.message, "a line of the drawing on page 1 is 0.2 pt thick");
        assert_eq!(placed(20.0).finding().severity, Severity::Error);
    }

    #[test]
    fn a_map_shrinks_by_its_smaller_stretch() {
        assert_eq!(shrink(Transform::scale(3.0, 0.5)), 0.5);
        let turned = Transform { a: 0.0, b: 2.0, c: -2.0, d: 0.0, e: 0.0, f: 0.0 };
        assert_eq!(shrink(turned), 2.0);
    }
}
