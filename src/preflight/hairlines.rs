//! Lines are thick enough to come out whole.

use super::artwork;
use super::graphics;
use super::outline::Outline;
use super::scene::{Scene, What, is_rectangle, points};
use crate::assets::{Drawing, DrawingShape, Image};
use crate::base::{Abs, Path, Transform};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Picture, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Rounding: less than this below a limit is on it.
const SLACK: f64 = 0.002;

/// What is shorter than this, in points, is a speck and no line.
const LINE: f64 = 1.0;

/// Looks at the width of strokes and of narrow areas, in drawings at the size
/// at which they are printed. An area that a chart draws is as wide as its value,
/// which stands beside it.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.line_width.max(scene.limits.line_width_least).to_pt() - SLACK;
    let values: BTreeSet<(usize, usize)> = graphics::parts(scene).into_iter().collect();
    let mut thinnest: BTreeMap<Span, (Abs, usize, bool)> = BTreeMap::new();
    for (sheet, art) in scene.art() {
        let (width, drawing) = match &art.what {
            What::Shape(shape) => {
                let value = values.contains(&(sheet.number - 1, art.item));
                (of_shape(shape, value), false)
            }
            What::Picture(picture) => match &picture.source {
                Image::Drawing(drawing) => (of_drawing(picture, drawing, limit), true),
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

/// The width of the thinnest line of a shape, in points; if its area shows a
/// `value`, of its stroke alone.
fn of_shape(shape: &Shape, value: bool) -> Option<f64> {
    let stroke = shape.stroke.map(|stroke| stroke.width.to_pt());
    let area = shape.fill.filter(|_| !value && is_rectangle(&shape.path));
    let area = area.and_then(|_| narrow(&shape.path, Transform::IDENTITY));
    least(stroke, area)
}

/// The width of the thinnest line of a drawing at the size of its picture. Areas
/// of odd shape are measured if they are thinner than a limit.
fn of_drawing(picture: &Picture, drawing: &Drawing, limit: f64) -> Option<f64> {
    let map = artwork::placing(picture, drawing);
    artwork::shapes(drawing)
        .into_iter()
        .fold(None, |thinnest, shape| least(thinnest, of_part(shape, map, limit)))
}

fn of_part(shape: &DrawingShape, map: Transform, limit: f64) -> Option<f64> {
    let map = map.after(shape.transform);
    let stroke = shape.stroke.as_ref().filter(|stroke| stroke.opacity.get() > 0.0);
    let width = stroke.map(|stroke| stroke.width.to_pt() * shrink(map));
    // A line along the edge of an area makes up for what the area lacks.
    let fill = shape.fill.as_ref().filter(|fill| stroke.is_none() && fill.opacity.get() > 0.0);
    let area = fill.and_then(|fill| {
        let narrow = narrow(&shape.path, map)?;
        if narrow < limit {
            return Some(narrow);
        }
        // A line that runs aslant, or is the area between two outlines.
        Outline::new(&shape.path).mapped(map).thickness(limit, fill.even_odd)
    });
    least(width, area)
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
    use super::super::fixture::{Proof, artwork, drawing};
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

    /// What is found in a drawing of 100 by 100 points.
    fn drawn(body: &str) -> Vec<Diagnostic> {
        let image = artwork(100.0, 100.0, body);
        Proof::new().picture([50.0, 50.0, 100.0, 100.0], image).findings()
    }

    #[test]
    fn lines_drawn_as_areas_count() {
        let told = |body: &str| drawn(body).first().map(|found| found.message.clone());
        let thin =
            |width: &str| Some(format!("a line of the drawing on page 1 is {width} pt thick"));
        let frame = r#"<path fill-rule="evenodd" d="M10 10H90V90H10zM10.2 10.2H89.8V89.8H10.2z"/>"#;
        assert_eq!(told(frame), thin("0.2"));
        assert_eq!(told(r#"<path d="M10 10L40 50L39.84 50.12L9.84 10.12z"/>"#), thin("0.2"));
        let turned = r#"<rect x="50" width="40" height="0.15" transform="rotate(30)"/>"#;
        assert_eq!(told(turned), thin("0.15"));
        assert_eq!(told(r#"<path d="M10 10L90 12L90 8z"/>"#), None);
        assert_eq!(told(r#"<rect width="0.2" height="0.2"/>"#), None);
    }

    #[test]
    fn what_is_not_seen_is_no_line() {
        let line = |opacity: f64| {
            drawn(&format!(
                r##"<rect x="9" y="9" width="50" height="50" stroke="#000" stroke-width="0.05"
                stroke-opacity="{opacity}"/>"##
            ))
        };
        assert_eq!(line(0.0), []);
        assert_eq!(line(1.0).len(), 1);
    }

    #[test]
    fn the_width_of_a_bar_is_its_value() {
        let mut bar = Proof::new().rect(50.0, 50.0, 0.05, 10.0, Color::BLACK);
        assert_eq!(bar.finding().severity, Severity::Error);
        bar.figure = 1;
        bar.clean();
        let mut separator = Proof::new().line(0.05);
        separator.figure = 1;
        assert_eq!(separator.finding().severity, Severity::Error);
    }

    #[test]
    fn the_limits_are_those_of_the_theme() {
        let mut thin = Proof::new().line(0.2);
        thin.limits.line_width = Abs::pt(0.2);
        thin.clean();
        thin.limits.line_width_least = Abs::pt(0.21);
        assert_eq!(thin.finding().severity, Severity::Error);
    }

    #[test]
    fn a_map_shrinks_by_its_smaller_stretch() {
        assert_eq!(shrink(Transform::scale(3.0, 0.5)), 0.5);
        let turned = Transform { a: 0.0, b: 2.0, c: -2.0, d: 0.0, e: 0.0, f: 0.0 };
        assert_eq!(shrink(turned), 2.0);
    }
}
