//! Small drawn things.

use crate::base::{Abs, Path, Point, Rect, Segment};
use crate::color::Color;
use crate::diag::Span;
use crate::document::{Fill, Item, Shape, Stroke};
use crate::theme::Sign;

/// A filled rectangle.
pub(super) fn rect(rect: Rect, color: Color, span: Span) -> Item {
    filled(Path::rect(rect), color, span)
}

/// A filled outline.
pub(super) fn filled(path: Path, color: Color, span: Span) -> Item {
    Item::Shape(Shape { path, fill: Some(Fill::new(color)), stroke: None, span })
}

/// The outline of a rectangle, drawn inside its edges.
pub(super) fn framed(rect: Rect, color: Color, width: Abs, span: Span) -> Item {
    let inner = rect.outset(-(width / 2));
    let stroke = Some(Stroke { color, width });
    Item::Shape(Shape { path: Path::rect(inner), fill: None, stroke, span })
}

/// A straight line.
pub(super) fn line(from: Point, to: Point, color: Color, width: Abs, span: Span) -> Item {
    let stroke = Some(Stroke { color, width });
    Item::Shape(Shape { path: Path::line(from, to), fill: None, stroke, span })
}

/// The sign before a list entry, in a square of the letters' x-height.
pub(super) fn sign(sign: Sign, color: Color, x_height: Abs, span: Span) -> Item {
    let at = |x: f64, y: f64| Point::new(x_height * x, x_height * y);
    match sign {
        // Four fifths of the x-height look as tall as the letters beside it.
        Sign::Square => {
            let side = x_height * 0.8;
            rect(Rect::new(Abs::ZERO, x_height * 0.1, side, side), color, span)
        }
        Sign::Dash => {
            rect(Rect::new(Abs::ZERO, x_height * 0.45, x_height, x_height * 0.16), color, span)
        }
        Sign::Arrow => {
            // A little taller than the x-height: pointed shapes look smaller.
            let points = [at(0.0, -0.08), at(0.95, 0.5), at(0.0, 1.08)];
            let segments = vec![
                Segment::Move(points[0]),
                Segment::Line(points[1]),
                Segment::Line(points[2]),
                Segment::Close,
            ];
            filled(Path { segments }, color, span)
        }
    }
}
