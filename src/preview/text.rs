//! Runs of glyphs.

use super::canvas::Canvas;
use super::trace::append;
use crate::base::{Abs, Point, Transform};
use crate::document::GlyphRun;
use tiny_skia::PathBuilder;

/// Draws a run, whose baseline starts at `at`.
pub(super) fn draw(canvas: &mut Canvas<'_>, at: Point, run: &GlyphRun) {
    turned(canvas, run, |along, up| Point::new(at.x + along, at.y - up), false);
}

/// Draws a run, whose baseline starts at `at` and goes upwards.
pub(super) fn draw_upwards(canvas: &mut Canvas<'_>, at: Point, run: &GlyphRun) {
    turned(canvas, run, |along, up| Point::new(at.x - up, at.y - along), true);
}

/// Draws a run on a baseline that goes to the right or upwards. `place` is where
/// a point lies that is so far along the baseline and above it.
fn turned(
    canvas: &mut Canvas<'_>,
    run: &GlyphRun,
    place: impl Fn(Abs, Abs) -> Point,
    upwards: bool,
) {
    let unit = run.size.to_pt() / f64::from(run.font.units_per_em) * canvas.scale;
    let wide = unit * (1.0 + f64::from(run.expansion) / 1000.0);
    let [a, b, c, d] = if upwards { [0.0, -wide, -unit, 0.0] } else { [wide, 0.0, 0.0, -unit] };
    let mut outlines = PathBuilder::new();
    let mut pen = Abs::ZERO;
    for glyph in &run.glyphs {
        if let Some(outline) = run.font.outline(glyph.id) {
            let at = place(pen + glyph.dx, glyph.dy);
            let (e, f) = (at.x.to_pt() * canvas.scale, at.y.to_pt() * canvas.scale);
            append(&mut outlines, outline, Transform { a, b, c, d, e, f }, 1.0);
        }
        pen += glyph.advance;
    }
    // A run at a time, since the rasteriser prepares each fill anew.
    canvas.fill_traced(outlines, Transform::IDENTITY, canvas.ink(run.fill), false, None);
}
